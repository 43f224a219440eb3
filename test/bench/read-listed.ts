import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// node read-listed.ts FOLDER LIST: reads the files that a JSON list names. The second half of a yardstick of the repository scan.
const [, , folder = '.', list = ''] = process.argv;
let bytes = 0;
for (const path of JSON.parse(readFileSync(list, 'utf8')) as readonly string[])
  bytes += readFileSync(join(folder, path)).length;
process.stdout.write(String(bytes));
