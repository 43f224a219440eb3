import { z } from 'zod';
import type { Exporter, Snapshot } from '../exporter.ts';
import { reportFinding } from '../findings-report.ts';
import { reportSchemaVersion } from './report-schema.ts';

/** The published report: one line for each thing in a list, so that two reports can be compared line by line. */
export const jsonExporter: Exporter<z.ZodObject> = {
  id: 'json',
  title: 'Countersign report (JSON)',
  extension: 'json',
  mediaType: 'application/json',
  options: z.strictObject({}),
  write(snapshot: Snapshot, _options, out) {
    out('{\n');
    out(`  "schemaVersion": ${line(reportSchemaVersion)},\n`);
    out(`  "tool": ${line({ name: snapshot.tool.name, version: snapshot.tool.version })},\n`);
    out(`  "status": ${line(snapshot.status)},\n`);
    writeList('roots', snapshot.roots, out);
    writeList('coverage', snapshot.coverage, out);
    writeList('issues', snapshot.issues, out);
    writeList('assets', snapshot.assets, out);
    writeList('relations', snapshot.relations, out);
    writeList('findings', (snapshot.findings ?? []).map(reportFinding), out, '');
    out('}\n');
  },
};

function writeList(name: string, items: readonly unknown[], out: (chunk: string) => void, after = ','): void {
  if (items.length === 0) {
    out(`  "${name}": []${after}\n`);
    return;
  }
  out(`  "${name}": [\n`);
  for (const [index, item] of items.entries()) out(`    ${line(item)}${index === items.length - 1 ? '' : ','}\n`);
  out(`  ]${after}\n`);
}

/** JSON leaves DEL, C1 controls and bidirectional marks as they are; a terminal would obey them. Escaped they mean the same. */
const obeyed = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

export const line = (value: unknown): string =>
  JSON.stringify(value).replace(obeyed, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
