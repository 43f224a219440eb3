import { z } from 'zod';
import { escapedJson } from '../../../../shared/escaped-json.ts';
import type { Exporter, Snapshot } from '../exporter.ts';
import { reportFinding } from './report-finding.ts';
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
    out(`  "schemaVersion": ${escapedJson(reportSchemaVersion)},\n`);
    out(`  "tool": ${escapedJson({ name: snapshot.tool.name, version: snapshot.tool.version })},\n`);
    out(`  "status": ${escapedJson(snapshot.status)},\n`);
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
  for (const [index, item] of items.entries())
    out(`    ${escapedJson(item)}${index === items.length - 1 ? '' : ','}\n`);
  out(`  ]${after}\n`);
}
