import { setFlagsFromString } from 'node:v8';

// Imported before anything else by the entries whose process scans: both settings are taken when they are first needed.

// A cold disk answers faster when more is asked of it at once than Node's four threads ask.
process.env['UV_THREADPOOL_SIZE'] ??= '16';
// Facts of a scan live until it ends: a young generation that grows only keeps three copies of them in memory.
setFlagsFromString('--semi-space-growth-factor=1');
