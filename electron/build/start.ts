import { runCommandLine } from './run-command-line.ts';

// npm start [-- workspace]: the workbench in its own window where Electron and a display exist, else in the browser.
await runCommandLine(['open', ...process.argv.slice(2)]);
