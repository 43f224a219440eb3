/** Programs that start another one and add nothing to it but a shell, an environment or a time limit. Read, never run. */

export type CommandLine = {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables that the line sets itself (`env X=1`, `cross-env X=1`). */
  readonly envNames: readonly string[];
  /** Programs that hand secrets on, outermost first. */
  readonly wrappers: readonly string[];
};

const deepest = 6;

export const baseName = (command: string): string =>
  (command.split(/[\\/]/).at(-1) ?? command).toLowerCase().replace(/\.(?:exe|cmd|bat|ps1)$/, '');

export const unwrapCommand = (command: string, args: readonly string[]): CommandLine =>
  unwrap({ command, args, envNames: [], wrappers: [] }, 0);

/** `cmd /c npx ...`, `sh -c "npx ..."`, `env X=1 npx ...`, `op run -- npx ...`, and a whole line written into `command`. */
function unwrap(line: CommandLine, depth: number): CommandLine {
  if (depth > deepest) return line;
  const name = baseName(line.command);
  if (line.args.length === 0 && /\s/.test(line.command) && !/[\\/]\S*\s/.test(line.command)) {
    const [command, ...args] = splitLine(line.command) ?? [];
    if (command !== undefined && command !== line.command) return unwrap({ ...line, command, args }, depth + 1);
  }
  const [first = '', ...rest] = line.args;
  if (name === 'cmd' && /^\/[ck]$/i.test(first)) return next(line, rest, depth);
  if ((name === 'powershell' || name === 'pwsh') && /^-(?:c|command)$/i.test(first)) return next(line, rest, depth);
  if (/^(?:sh|bash|zsh|dash)$/.test(name) && /^-l?i?c$/.test(first) && rest.length >= 1) {
    const words = splitLine(rest[0] ?? '');
    return words === null ? line : next(line, words, depth);
  }
  if (name === 'env' || name === 'cross-env') return next(...afterAssignments(line), depth);
  if (name === 'wsl' || name === 'exec') return next(line, first === '--' || first === '-e' ? rest : line.args, depth);
  if (plainPrefixes.has(name)) return next(line, afterFlags(line.args), depth);
  if (name === 'timeout') return next(line, afterFlags(line.args).slice(1), depth);
  const words = behindSecretRunner(name, line.args);
  return words === null ? line : next({ ...line, wrappers: [...line.wrappers, name] }, words, depth);
}

function next(line: CommandLine, words: readonly string[], depth: number): CommandLine {
  const [command, ...args] = words;
  return command === undefined ? line : unwrap({ ...line, command, args }, depth + 1);
}

/** Programs whose whole rest is another command line. */
const plainPrefixes = new Set(['nohup', 'nice', 'setsid', 'stdbuf', 'command', 'caffeinate']);

const afterFlags = (args: readonly string[]): readonly string[] => {
  const at = args.findIndex((word) => !word.startsWith('-'));
  return at === -1 ? [] : args.slice(at);
};

function afterAssignments(line: CommandLine): readonly [CommandLine, readonly string[]] {
  const envNames: string[] = [];
  let at = 0;
  for (; at < line.args.length; at++) {
    const match = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(line.args[at] ?? '');
    if (match?.[1] !== undefined) envNames.push(match[1]);
    else if (!/^-(?:i|S|-)?$/.test(line.args[at] ?? '')) break;
  }
  return [{ ...line, envNames: [...line.envNames, ...envNames] }, line.args.slice(at)];
}

/** Programs that fetch secrets or load an environment and then run what stands behind `--`, with the word that says so. */
const secretRunners: ReadonlyMap<string, string | null> = new Map([
  ['op', 'run'],
  ['doppler', 'run'],
  ['infisical', 'run'],
  ['dotenvx', 'run'],
  ['teller', 'run'],
  ['akeyless', 'run'],
  ['bws', 'run'],
  ['phase', 'run'],
  ['varlock', 'run'],
  ['aws-vault', 'exec'],
  ['chamber', 'exec'],
  ['mise', null],
  ['direnv', 'exec'],
  ['dotenv', null],
  ['envchain', null],
]);

/** Words behind a runner; null where the program is none, or what it runs is not said plainly. */
function behindSecretRunner(name: string, args: readonly string[]): readonly string[] | null {
  const verb = secretRunners.get(name);
  if (verb === undefined || (verb !== null && args[0] !== verb)) return null;
  const dashes = args.indexOf('--');
  if (dashes !== -1) return args.slice(dashes + 1);
  if (name === 'mise' && args[0] !== 'x' && args[0] !== 'exec') return null;
  // `direnv exec DIR cmd`, `envchain NAMESPACE cmd`.
  if (name === 'direnv') return args.slice(2);
  return name === 'envchain' ? args.slice(1) : null;
}

/** Words of a plain command line; null where a shell would do more than split it. */
export function splitLine(text: string): readonly string[] | null {
  if (text.length > 8192 || /[|&;<>`\n]|\$\(/.test(text)) return null;
  const words: string[] = [];
  for (const match of text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g))
    words.push(match[1] ?? match[2] ?? match[3] ?? '');
  return words;
}
