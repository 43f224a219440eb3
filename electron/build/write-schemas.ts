import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { comparisonJsonSchema } from '../engine/diff/comparison-schema.ts';
import { reportJsonSchema } from '../engine/exporters/json/report-schema.ts';
import { checkout } from './parts.ts';

// npm run schemas: writes the published schemas anew; a test fails while they differ from the code.
const folder = join(checkout, 'resources', 'schemas');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'report-1.schema.json'), `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
writeFileSync(join(folder, 'diff-1.schema.json'), `${JSON.stringify(comparisonJsonSchema(), null, 2)}\n`);
