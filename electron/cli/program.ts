import { Command, CommanderError, Option } from 'commander';
import { AppError } from '../engine/errors.ts';
import { findAppFolders } from '../host/app-folders.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';
import {
  canHelp,
  demoHelp,
  diffExitCodeHelp,
  diffHelp,
  exitCodeHelp,
  findingsHelp,
  importHelp,
  introspectHelp,
  openHelp,
  rootHelp,
  scanHelp,
  serveHelp,
} from './help.ts';
import { printable } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

/** Formats of the command line's contract that this version has. */
const formats = ['text', 'json'] as const;
export type Format = (typeof formats)[number];
/** Formats of what holds findings. */
const findingFormats = ['text', 'json', 'sarif'] as const;
export type FindingFormat = (typeof findingFormats)[number];
const laterFormats = ['html'];
const failLevels = ['low', 'medium', 'high', 'critical', 'never'];

/**
 * Runs one command and returns its exit code; never ends the process itself. Everything heavy is loaded by the command
 * that needs it, so that `--version` and `--help` answer at once.
 */
export async function runCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  let code: ExitCode = exitCodes.clean;
  const finish = async (work: Promise<ExitCode>): Promise<void> => {
    code = await work;
  };
  const program = defineProgram(io, finish);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    return failureCode(error, io);
  }
}

function failureCode(error: unknown, io: CommandIo): ExitCode {
  // Commander has written its own message by now; help and version end with 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.usage;
  if (error instanceof UsageError) {
    io.note(`error: ${printable(error.message)}\n`);
    return exitCodes.usage;
  }
  if (error instanceof AppError) {
    io.note(`error: ${printable(error.message)}\n`);
    return error.code === 'internal'
      ? exitCodes.internal
      : error.code === 'bad-request'
        ? exitCodes.usage
        : exitCodes.incomplete;
  }
  io.note(`internal error: ${printable(error instanceof Error ? error.message : String(error))}\n`);
  if (io.environment['COUNTERSIGN_DEBUG'] && error instanceof Error) io.note(`${error.stack ?? ''}\n`);
  else io.note('Set COUNTERSIGN_DEBUG=1 to see where.\n');
  return exitCodes.internal;
}

type Finish = (work: Promise<ExitCode>) => Promise<void>;

function defineProgram(io: CommandIo, finish: Finish): Command {
  const program = new Command('countersign')
    .description('Finds the AI agents on a disk, what they can use, and where that is written.')
    .version(findAppFolders().version, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand(false)
    .addHelpText('after', rootHelp)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) =>
        io.note(
          text
            .split('\n')
            .map((line) => printable(line))
            .join('\n'),
        ),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showHelpAfterError('Try --help.');
  // Subcommands take over exit and output settings when they are made by `command()`.
  defineScan(program, io, finish);
  defineDiff(program, io, finish);
  defineImport(program, io, finish);
  defineIntrospect(program, io, finish);
  defineDemo(program, io, finish);
  defineCan(program, io, finish);
  defineFindings(program, io, finish);
  defineServe(program, io, finish);
  defineOpen(program, io, finish);
  return program;
}

const formatOption = (known: readonly FindingFormat[] = formats): Option =>
  new Option('--format <format>', `how to print: ${known.join(', ')}`)
    .default('text')
    .argParser((value: string): FindingFormat => {
      const format = known.find((one) => one === value);
      if (format !== undefined) return format;
      throw new UsageError(
        laterFormats.includes(value)
          ? `Format ${value} is not part of this version. Formats: ${known.join(', ')}.`
          : `There is no format '${value}'. Formats: ${known.join(', ')}.`,
      );
    });

/** Which findings end a command with 1. */
const withJudging = (command: Command): Command =>
  command
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a finding is at least this severe (default: high)').choices(
        failLevels,
      ),
    )
    .option('--baseline <file>', 'JSON report of an earlier run: only what is new counts')
    .option('--waivers <file>', 'YAML or JSON with findings that somebody answers for until a day');

const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Switches that were not typed. */
const unset = { exclude: [], quiet: false, allowIncomplete: false } as const;

function defineScan(program: Command, io: CommandIo, finish: Finish): void {
  withJudging(program.command('scan'))
    .description('look at folders (and a home) and print what was found')
    .argument('<path...>', 'folders to look at')
    .option('--home <dir>', 'home folder whose user settings are read as well')
    .option('--fs-root <dir>', 'folder that stands for a whole file system; the other paths are then inside it')
    .option('--workspace <file>', 'workspace file that keeps the facts; made when it is not there')
    .option('--exclude <glob>', 'leave out what matches, as in .gitignore; may be repeated', collect)
    .addOption(formatOption(findingFormats))
    .option('--output <file>', 'write the report to a file (owner only) instead of stdout')
    .option('--quiet', 'no progress and no notes')
    .option('--allow-incomplete', 'exit 0 although a path could only partly be looked at')
    .addHelpText('after', scanHelp + exitCodeHelp)
    .action((paths: string[], options: ScanFlags) =>
      finish(import('./scan.ts').then(({ scanCommand }) => scanCommand({ ...unset, ...options, paths }, io))),
    );
}

/** Flags of `scan` as they were typed. */
export type ScanFlags = {
  readonly home?: string;
  readonly fsRoot?: string;
  readonly workspace?: string;
  readonly exclude: readonly string[];
  readonly format: FindingFormat;
  readonly output?: string;
  readonly quiet: boolean;
  readonly allowIncomplete: boolean;
  readonly failOn?: string;
  readonly baseline?: string;
  readonly waivers?: string;
};

function defineFindings(program: Command, io: CommandIo, finish: Finish): void {
  withJudging(program.command('findings'))
    .description('what rules say of a workspace or of folders: found, not found, could not tell')
    .argument('[path...]', 'folders to look at, where no workspace is named')
    .option('--workspace <file>', 'workspace whose newest scan is judged')
    .option('--home <dir>', 'home folder whose user settings are read as well')
    .option('--fs-root <dir>', 'folder that stands for a whole file system; the other paths are then inside it')
    .option('--exclude <glob>', 'leave out what matches, as in .gitignore; may be repeated', collect)
    .addOption(formatOption(findingFormats))
    .option('--output <file>', 'write the findings to a file (owner only) instead of stdout')
    .option('--quiet', 'no progress')
    .option('--allow-incomplete', 'exit 0 although a path could only partly be looked at')
    .addHelpText('after', findingsHelp + exitCodeHelp)
    .action((paths: string[], options: FindingsFlags) =>
      finish(
        import('./findings.ts').then(({ findingsCommand }) => findingsCommand({ ...unset, ...options, paths }, io)),
      ),
    );
}

/** Flags of `findings` as they were typed. */
export type FindingsFlags = ScanFlags;

function defineDiff(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command('diff')
    .description('say what is different between two scans or two reports')
    .argument('<before>', 'a report (JSON), a workspace (its latest scan) or FILE.countersign#NUMBER')
    .argument('[after]', 'the same; without it the two latest complete scans of a workspace are compared')
    .option('--workspace <file>', 'workspace whose scans are meant where just a number is given')
    .addOption(formatOption())
    .option('--output <file>', 'write the comparison to a file (owner only) instead of stdout')
    .option('--exit-code', 'exit 1 when something is different')
    .option('--allow-incomplete', 'exit 0 although a side is not complete')
    .addHelpText('after', diffHelp + diffExitCodeHelp)
    .action((before: string, after: string | undefined, options: Partial<DiffFlags> & Pick<DiffFlags, 'format'>) =>
      finish(
        import('./diff.ts').then(({ diffCommand }) =>
          diffCommand({ exitCode: false, allowIncomplete: false, ...options, before, after: after ?? null }, io),
        ),
      ),
    );
}

/** Flags of `diff` as they were typed. */
export type DiffFlags = Pick<ScanFlags, 'workspace' | 'output' | 'allowIncomplete'> & {
  readonly format: Format;
  readonly exitCode: boolean;
};

function defineImport(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command('import')
    .description('read lists into a workspace: registry, agents, classification, environments, tools of MCP servers')
    .argument('<file...>', 'files to import; what they are is told by their content')
    .requiredOption('--workspace <file>', 'workspace file; made when it is not there')
    .option('--by <name>', 'who imports (default: the user of this machine)')
    .option('--server <name>', 'for a list of MCP tools that does not say whose it is: name or id of the server')
    .addOption(formatOption())
    .option('--output <file>', 'write the result to a file (owner only) instead of stdout')
    .addHelpText('after', importHelp + exitCodeHelp)
    .action((files: string[], options: ImportFlags) =>
      finish(import('./import.ts').then(({ importCommand }) => importCommand({ ...options, files }, io))),
    );
}

/** Flags of `import` as they were typed. */
export type ImportFlags = Pick<ScanFlags, 'format' | 'output'> & {
  readonly workspace: string;
  readonly by?: string;
  readonly server?: string;
};

function defineIntrospect(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command('introspect')
    .description('start or call one MCP server, after showing how, and keep the list of its tools')
    .argument('<server>', 'name or id of a server of the newest scan')
    .requiredOption('--workspace <file>', 'workspace file that holds the scan')
    .option(
      '--configuration <number>',
      'which of its configurations, counted from 0 (default: the first that is on)',
      position,
    )
    .option('--yes <digest>', 'agree to exactly what this digest of an earlier preview names')
    .option('--by <name>', 'who asks (default: the user of this machine)')
    .addOption(formatOption())
    .addHelpText('after', introspectHelp + exitCodeHelp)
    .action((server: string, options: IntrospectFlags) =>
      finish(import('./introspect.ts').then(({ introspectCommand }) => introspectCommand({ ...options, server }, io))),
    );
}

/** Flags of `introspect` as they were typed. */
export type IntrospectFlags = Pick<ScanFlags, 'format'> & {
  readonly workspace: string;
  readonly configuration?: number;
  readonly yes?: string;
  readonly by?: string;
};

const position = (value: string): number => {
  if (/^\d{1,4}$/.test(value)) return Number(value);
  throw new UsageError(`'${value}' is no position of a configuration: 0, 1, 2, ...`);
};

function defineDemo(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command('demo')
    .description('scan the sample that ships with Countersign and print what was found')
    .option('--workspace <file>', 'workspace file to keep the result in; made when it is not there')
    .addOption(formatOption(findingFormats))
    .option('--output <file>', 'write the report to a file (owner only) instead of stdout')
    .option('--quiet', 'no progress and no notes')
    .addHelpText('after', demoHelp + exitCodeHelp)
    .action((options: DemoFlags) =>
      finish(import('./demo.ts').then(({ demoCommand }) => demoCommand({ ...unset, ...options }, io))),
    );
}

/** Flags of `demo` as they were typed. */
export type DemoFlags = Pick<ScanFlags, 'workspace' | 'format' | 'output' | 'quiet'>;

const repeated = (value: string, before: readonly string[] = []): string[] => [...before, value];

function defineCan(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command('can')
    .description('may this agent do this call: silently, after asking, or not at all, and which rule decides')
    .argument('[agent]', 'name or id of an agent, or a host: claude-code, codex, ...')
    .argument('[call]', "one call: 'run: terraform destroy', 'write: ~/.ssh/config', 'mcp: github/create_issue'")
    .addOption(
      new Option('--context <context>', 'where the host is started').choices([
        'interactive',
        'headless',
        'ide',
        'cloud',
        'ci',
      ]),
    )
    .option('--mode <mode>', 'mode chosen at start, in the words of the host')
    .option('--host-version <version>', 'version of the host (default: the newest whose semantics are known)')
    .option('--cwd <dir>', 'folder that the host is started in')
    .option('--trusted', 'the person trusted the folder')
    .option('--untrusted', 'the person never trusted the folder')
    .option('--flag <flag>', 'a flag that the host was started with; may be repeated', repeated)
    .option('--calls <file>', 'questions, one JSON object a line; one JSON answer a line')
    .option('--questions <file>', 'questions with expected verdicts; exit 1 when an answer differs')
    .option('--workspace <file>', 'workspace whose newest scan is asked')
    .option('--fs-root <dir>', 'folder that stands for a whole file system; the other paths are then inside it')
    .option('--home <dir>', 'home folder whose user settings count')
    .addOption(formatOption())
    .addHelpText('after', canHelp + exitCodeHelp)
    .action((agent: string | undefined, call: string | undefined, options: CanFlags) =>
      finish(import('./can.ts').then(({ canCommand }) => canCommand({ ...options, agent, call }, io))),
    );
}

/** Flags of `can` as they were typed. */
export type CanFlags = {
  readonly context?: 'interactive' | 'headless' | 'ide' | 'cloud' | 'ci';
  readonly mode?: string;
  readonly hostVersion?: string;
  readonly cwd?: string;
  readonly trusted?: boolean;
  readonly untrusted?: boolean;
  readonly flag?: readonly string[];
  readonly calls?: string;
  readonly questions?: string;
  readonly workspace?: string;
  readonly fsRoot?: string;
  readonly home?: string;
  readonly format: Format;
};

const port = (value: string): number => {
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new UsageError(`'${value}' is no port: a number from 0 (any free one) to 65535.`);
};

function defineServe(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command('serve')
    .description('serve the workbench to a browser on this machine')
    .option('--workspace <file>', 'workspace to open; made when it is not there')
    .option('--port <number>', 'port on 127.0.0.1 and ::1 (default: any free one)', port)
    .option('--no-open', 'print the address and leave the browser alone')
    .addHelpText('after', serveHelp)
    .action((options: { workspace?: string; port?: number; open: boolean }) =>
      finish(
        import('../serve.ts').then(({ serveCommand }) =>
          serveCommand(
            { workspace: options.workspace ?? null, port: options.port ?? 0, openBrowser: options.open },
            io,
          ),
        ),
      ),
    );
}

function defineOpen(program: Command, io: CommandIo, finish: Finish): void {
  program
    .command('open')
    .description('open the workbench: in its window where that can be, else in the browser')
    .argument('[workspace]', 'workspace file to open; made when it is not there')
    .addHelpText('after', openHelp)
    .action((workspace: string | undefined) =>
      finish(import('./open.ts').then(({ openCommand }) => openCommand(workspace ?? null, io))),
    );
}
