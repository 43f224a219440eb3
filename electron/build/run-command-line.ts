import { stripVTControlCharacters } from 'node:util';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findDesktop } from '../cli/desktop-runtime.ts';
import { ensureBuilt } from './ensure-built.ts';
import { checkout, outFolder, type PartName } from './parts.ts';

/** Builds what the command needs (messages on stderr), then runs the bundled command line in this same process. */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    await ensureBuilt(partsFor(args), (line) => process.stderr.write(`${line}\n`));
  } catch (error) {
    process.stderr.write(
      `countersign could not be built: ${stripVTControlCharacters(error instanceof Error ? error.message : String(error))}\n`,
    );
    process.exitCode = 4;
    return;
  }
  process.argv.splice(1, process.argv.length - 1, join(outFolder, 'cli.js'), ...args);
  await import(pathToFileURL(join(outFolder, 'cli.js')).href);
}

/** `serve` and `open` show pages; everything else runs without them. */
function partsFor(args: readonly string[]): readonly PartName[] {
  const asksOnly = args.some((arg) => arg === '--help' || arg === '-h' || arg === '--version');
  if (asksOnly) return ['cli'];
  if (args[0] === 'serve') return ['cli', 'renderer'];
  if (args[0] === 'open')
    return findDesktop(checkout, process.env).found ? ['desktop', 'renderer'] : ['cli', 'renderer'];
  return ['cli'];
}
