import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// node read-tree.ts FOLDER: reads every byte below it with plain Node calls. The yardstick of the source scan.
let bytes = 0;
const waiting = [process.argv[2] ?? '.'];
for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) waiting.push(path);
    else if (entry.isFile()) bytes += readFileSync(path).length;
  }
}
process.stdout.write(String(bytes));
