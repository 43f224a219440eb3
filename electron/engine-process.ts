import './host/process-start.ts';
import { createEngine } from './engine/create-engine.ts';
import { createLogger } from './engine/log.ts';
import { engineDeps } from './host/engine-deps.ts';
import { type ParentPort, serveParentPort } from './host/parent-port.ts';
import { createRouter } from './host/router.ts';

// The engine of the desktop window, in a utility process of its own: a crash here leaves the window standing.
const { parentPort } = process as { readonly parentPort?: ParentPort };
if (parentPort === undefined) throw new Error('The engine process is started by the window, not by hand.');

const log = createLogger((line) => process.stderr.write(line), Date.now);
const engine = await createEngine(engineDeps('desktop', log));
serveParentPort(parentPort, engine, createRouter(engine, log), log, () => process.exit(0));
