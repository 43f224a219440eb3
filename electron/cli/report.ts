import { isAbsolute, resolve } from 'node:path';
import { AppError } from '../engine/errors.ts';
import type { Snapshot } from '../engine/exporters/exporter.ts';
import { exporters } from '../engine/exporters/registry.ts';
import type { CommandIo } from './io.ts';
import { writeOutputFile } from './output-file.ts';
import type { FindingFormat } from './program.ts';
import { plainStyle } from './terminal-text.ts';
import { writeTextReport } from './text-report.ts';

/** Prints the snapshot in the format asked for, to a file where one is named. */
export function writeReport(
  snapshot: Snapshot,
  format: FindingFormat,
  output: string | undefined,
  io: CommandIo,
): void {
  if (output !== undefined) {
    const path = isAbsolute(output) ? output : resolve(io.folder, output);
    writeOutputFile(path, (out) => writeFormat(snapshot, format, { ...io, style: plainStyle }, out));
    return;
  }
  const buffered = gather((text) => io.out(text));
  writeFormat(snapshot, format, io, buffered.add);
  buffered.flush();
}

function writeFormat(snapshot: Snapshot, format: FindingFormat, io: CommandIo, out: (chunk: string) => void): void {
  if (format === 'text') {
    writeTextReport(snapshot, io.style, out);
    return;
  }
  const exporter = exporters.find((known) => known.id === format);
  if (exporter === undefined) throw new AppError('bad-request', `There is no format '${format}'.`);
  exporter.write(snapshot, exporter.options.parse({}), out);
}

/** Reports come in small pieces; a write to a pipe for each would be slow. */
function gather(write: (text: string) => void): { add(chunk: string): void; flush(): void } {
  let chunks: string[] = [];
  let length = 0;
  const flush = (): void => {
    if (length > 0) write(chunks.join(''));
    chunks = [];
    length = 0;
  };
  return {
    add(chunk) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > 1 << 16) flush();
    },
    flush,
  };
}
