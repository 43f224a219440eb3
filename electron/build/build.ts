import { stripVTControlCharacters } from 'node:util';
import { ensureBuilt } from './ensure-built.ts';
import { type PartName, parts } from './parts.ts';

// npm run build [-- part ...]: builds the named parts, or all of them, whether or not they look fresh.
const isPart = (name: string): name is PartName => Object.hasOwn(parts, name);
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !isPart(name));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}. Parts: ${Object.keys(parts).join(', ')}.\n`);
  process.exitCode = 2;
} else {
  const names = asked.length > 0 ? asked.filter(isPart) : (Object.keys(parts) as PartName[]);
  try {
    await ensureBuilt(names, (line) => process.stderr.write(`${line}\n`), { force: true });
  } catch (error) {
    process.stderr.write(
      `not built: ${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}\n`,
    );
    process.exitCode = 1;
  }
}
