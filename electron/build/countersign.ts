import { runCommandLine } from './run-command-line.ts';

// npm run --silent countersign -- <arguments>: the command line of this checkout, built first where needed.
await runCommandLine(process.argv.slice(2));
