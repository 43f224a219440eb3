import { join } from 'node:path';
import { cruiseLayers } from './cruise.ts';

// npm run imports: import directions between the layers and folders.
const { modules, violations } = await cruiseLayers(join(import.meta.dirname, '..', '..'));
for (const { rule, from, to, comment } of violations) console.error(`${rule}: ${from} -> ${to}\n  ${comment}`);
console.log(`${modules} modules, ${violations.length} imports in the wrong direction`);
if (modules === 0) console.error('No module was looked at: the check itself is broken.');
if (modules === 0 || violations.length > 0) process.exitCode = 1;
