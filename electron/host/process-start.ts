import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { dataFolder } from './app-folders.ts';

// Imported before anything else by the entries whose process scans: these settings are taken when they are first needed.

// A cold disk answers faster when more is asked of it at once than Node's four threads ask.
process.env['UV_THREADPOOL_SIZE'] ??= '16';
// Facts of a scan live until it ends: a young generation that grows only keeps three copies of them in memory.
setFlagsFromString('--semi-space-growth-factor=1');
// The old generation grows in smaller steps: a few per cent of time for a third less memory on a large home.
setFlagsFromString('--heap-growing-percent=25');
// What runs often enough in a scan of seconds is compiled well by the first compiler; the second one would take a tenth of the time.
setFlagsFromString('--invocation-count-for-turbofan=50000');
// Compiling the readers anew takes a tenth of a scan. The folder is this user's own: who can write it could run code here.
const compiled = join(dataFolder(process.env, homedir()), 'compiled');
process.env['NODE_COMPILE_CACHE'] ??= compiled;
enableCompileCache(compiled);
