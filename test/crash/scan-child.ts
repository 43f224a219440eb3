import { runScan } from '../../electron/engine/scan/run-scan.ts';
import { silentLogger } from '../../electron/engine/log.ts';
import { linkers, sources } from '../../electron/engine/sources/registry.ts';
import { connect } from '../../electron/engine/store/driver.ts';
import { openWorkspace } from '../../electron/engine/store/open.ts';
import { scanLimitsSchema } from '../../shared/model/scan.ts';
import { existsSync } from 'node:fs';

/** A scan in a process of its own that can be killed: `scan-child.ts WORKSPACE ROOT`. Says `scanning` when it has begun. */
const [file = '', root = ''] = process.argv.slice(2);
const workspace = await openWorkspace(file, {
  mustWrite: true,
  ...(existsSync(file) ? {} : { create: { name: 'crash', sample: false, now: Date.now() } }),
});
const connection = connect(file, 'facts');
process.stdout.write('scanning\n');
const outcome = await runScan(
  {
    connection,
    sources,
    linkers,
    parseWorker: new URL('../../electron/engine/scan/parse-worker.ts', import.meta.url),
    now: Date.now,
    log: silentLogger,
    tool: 'crash test',
    platform: 'linux',
  },
  {
    request: { roots: [root], home: null, fsRoot: null, exclude: [] },
    limits: scanLimitsSchema.parse({}),
    signal: new AbortController().signal,
    progress: () => {},
  },
);
connection.close();
workspace.close();
process.stdout.write(`${outcome.status}\n`);
