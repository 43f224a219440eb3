import './host/process-start.ts';
import { runCommand } from './cli/program.ts';
import { processIo } from './cli/io.ts';

process.exitCode = await runCommand(process.argv.slice(2), processIo());
