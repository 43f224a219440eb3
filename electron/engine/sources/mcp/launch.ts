import { isCredentialName } from '../parse/credential-names.ts';
import { looksRandom } from '../parse/secrets.ts';
import { denoSpec, goSpec, imageSpec, npmSpec, nugetSpec, type PackageSpec, pythonSpec } from './package-spec.ts';

/** What a command line of a server really starts. Read, never run. */
export type Launch = {
  /** Program and arguments after wrappers such as `cmd /c` or `env` are taken off. */
  readonly command: string;
  readonly args: readonly string[];
  readonly package: PackageSpec | null;
  /** Arguments behind the package, which belong to the server itself. */
  readonly packageArgs: readonly string[];
  /** A remote server in disguise: the program only passes messages on. */
  readonly remote: {
    readonly url: string;
    readonly transport: 'http' | 'sse';
    readonly via: string;
    readonly headers: readonly string[];
  } | null;
  /** One entry that stands for many servers. */
  readonly gateway: string | null;
  /** Variables named on the command line (`env X=1`, `docker -e X`). */
  readonly envNames: readonly string[];
};

type Line = { readonly command: string; readonly args: readonly string[]; readonly envNames: readonly string[] };

const baseName = (command: string): string =>
  (command.split(/[\\/]/).at(-1) ?? command).toLowerCase().replace(/\.(?:exe|cmd|bat|ps1)$/, '');

export function readLaunch(command: string, args: readonly string[]): Launch {
  const line = unwrapShell({ command, args, envNames: [] }, 0);
  const candidate = packageOf(baseName(line.command), line.args);
  // A name that looks generated is the value of a flag that this reader does not know.
  const found = candidate?.package != null && looksRandom(candidate.package.name) ? null : candidate;
  const envNames = [...line.envNames, ...(found?.envNames ?? [])];
  const packageArgs = found?.rest ?? line.args;
  const program = found?.package?.name ?? baseName(line.command);
  return {
    command: line.command,
    args: line.args,
    package: found?.package ?? null,
    packageArgs,
    remote: remoteOf(program, packageArgs),
    gateway: gatewayOf(baseName(line.command), line.args, found?.package ?? null),
    envNames,
  };
}

/** `cmd /c npx ...`, `sh -c "npx ..."`, `env X=1 npx ...`, and a whole line written into `command`. */
function unwrapShell(line: Line, depth: number): Line {
  if (depth > 4) return line;
  const name = baseName(line.command);
  if (line.args.length === 0 && /\s/.test(line.command) && !/[\\/]\S*\s/.test(line.command)) {
    const [command, ...args] = splitLine(line.command) ?? [];
    if (command !== undefined && command !== line.command) return unwrapShell({ ...line, command, args }, depth + 1);
  }
  const [first = '', ...rest] = line.args;
  if (name === 'cmd' && /^\/[ck]$/i.test(first)) return unwrapList(line, rest, depth);
  if ((name === 'powershell' || name === 'pwsh') && /^-(?:c|command)$/i.test(first))
    return unwrapList(line, rest, depth);
  if (/^(?:sh|bash|zsh|dash)$/.test(name) && /^-l?i?c$/.test(first) && rest.length >= 1) {
    const words = splitLine(rest[0] ?? '');
    return words === null ? line : unwrapList(line, words, depth);
  }
  if (name === 'env') {
    const envNames: string[] = [];
    let at = 0;
    for (; at < line.args.length; at++) {
      const match = /^([A-Za-z_][A-Za-z0-9_]*)=/.exec(line.args[at] ?? '');
      if (match?.[1] !== undefined) envNames.push(match[1]);
      else if (!/^-(?:i|S|-)?$/.test(line.args[at] ?? '')) break;
    }
    return unwrapList({ ...line, envNames: [...line.envNames, ...envNames] }, line.args.slice(at), depth);
  }
  if (name === 'wsl' || name === 'exec')
    return unwrapList(line, first === '--' || first === '-e' ? rest : line.args, depth);
  return line;
}

function unwrapList(line: Line, words: readonly string[], depth: number): Line {
  const [command, ...args] = words;
  return command === undefined ? line : unwrapShell({ command, args, envNames: line.envNames }, depth + 1);
}

/** Words of a plain command line; null where a shell would do more than split it. */
function splitLine(text: string): readonly string[] | null {
  if (/[|&;<>`\n]|\$\(/.test(text)) return null;
  const words: string[] = [];
  for (const match of text.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g))
    words.push(match[1] ?? match[2] ?? match[3] ?? '');
  return words;
}

type Found = {
  readonly package: PackageSpec | null;
  readonly rest: readonly string[];
  readonly envNames?: readonly string[];
};

function packageOf(program: string, args: readonly string[]): Found | null {
  const [first = '', ...rest] = args;
  switch (program) {
    case 'npx':
    case 'pnpx':
    case 'bunx':
      return nodeRunner(args);
    case 'npm':
      return first === 'exec' || first === 'x' ? nodeRunner(rest) : null;
    case 'pnpm':
    case 'yarn':
      return first === 'dlx' ? nodeRunner(rest) : null;
    case 'bun':
      return first === 'x' ? nodeRunner(rest) : null;
    case 'uvx':
      return pythonRunner(args);
    case 'uv':
      return first === 'tool' && rest[0] === 'run'
        ? pythonRunner(rest.slice(1))
        : first === 'x'
          ? pythonRunner(rest)
          : null;
    case 'pipx':
      return first === 'run' ? pythonRunner(rest) : null;
    case 'docker':
    case 'podman':
    case 'nerdctl':
      return containerRun(args);
    case 'deno':
      return first === 'run' || first === 'x' ? denoRun(rest) : null;
    case 'go':
      return first === 'run' ? goRun(rest) : null;
    case 'dnx':
      return dotnetRun(args);
    default:
      return null;
  }
}

/** Programs that only start a script of this machine: the package is not the server. */
const scriptRunners = new Set([
  'tsx',
  'ts-node',
  'nodemon',
  'cross-env',
  'dotenv',
  'dotenv-cli',
  'esno',
  'vite-node',
  'ts-node-esm',
]);
const nodeValueFlags = new Set([
  '-p',
  '--package',
  '-c',
  '--call',
  '--registry',
  '-w',
  '--workspace',
  '--prefix',
  '--cache',
  '--userconfig',
  '--node-options',
  '--cwd',
]);

function nodeRunner(args: readonly string[]): Found | null {
  let named: string | null = null;
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (!word.startsWith('-')) break;
    const equals = /^(?:-p|--package)=(.+)$/.exec(word);
    if (equals !== null) named ??= equals[1] ?? null;
    else if (nodeValueFlags.has(word) || isCredentialName(word)) {
      if (word === '-p' || word === '--package') named ??= args[at + 1] ?? null;
      at++;
    }
  }
  const target = named ?? args[at];
  if (target === undefined) return null;
  const spec = npmSpec(target);
  const rest = args.slice(at + 1);
  if (spec !== null && named === null && scriptRunners.has(spec.name)) return null;
  return spec === null ? null : { package: spec, rest };
}

const pythonValueFlags = new Set([
  '--with',
  '--with-editable',
  '--with-requirements',
  '--python',
  '-p',
  '--index-url',
  '-i',
  '--extra-index-url',
  '--index',
  '--default-index',
  '--directory',
  '--project',
  '--env-file',
  '--cache-dir',
  '--find-links',
  '-f',
  '--config-file',
  '--constraint',
  '-c',
  '--pip-args',
  '--refresh-package',
]);

function pythonRunner(args: readonly string[]): Found | null {
  let named: string | null = null;
  let at = 0;
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (word === '--') {
      at++;
      break;
    }
    if (!word.startsWith('-')) break;
    const equals = /^--(?:from|spec)=(.+)$/.exec(word);
    if (equals !== null) named ??= equals[1] ?? null;
    else if (word === '--from' || word === '--spec') named ??= args[++at] ?? null;
    else if (pythonValueFlags.has(word) || isCredentialName(word)) at++;
  }
  const target = named ?? args[at];
  if (target === undefined) return null;
  const spec = pythonSpec(target);
  return spec === null ? null : { package: spec, rest: args.slice(at + 1) };
}

const containerSwitches = new Set([
  '-i',
  '-t',
  '-it',
  '-ti',
  '-d',
  '-dit',
  '-itd',
  '--rm',
  '--init',
  '--interactive',
  '--tty',
  '--detach',
  '--privileged',
  '--read-only',
  '--no-healthcheck',
  '-P',
  '--publish-all',
  '--quiet',
  '-q',
  '--sig-proxy',
  '--oom-kill-disable',
  '--disable-content-trust',
  '--replace',
]);

function containerRun(args: readonly string[]): Found | null {
  const run = args.indexOf('run');
  if (run === -1 || args.slice(0, run).includes('mcp') || args.slice(0, run).includes('compose')) return null;
  const envNames: string[] = [];
  let at = run + 1;
  for (; at < args.length; at++) {
    const word = args[at] ?? '';
    if (!word.startsWith('-')) break;
    const inline = /^(?:--env=|-e=?)([A-Za-z_][A-Za-z0-9_]*)/.exec(word);
    if (inline?.[1] !== undefined && word !== '-e') envNames.push(inline[1]);
    else if (containerSwitches.has(word) || word.includes('=')) continue;
    else {
      const value = args[at + 1] ?? '';
      const name = /^([A-Za-z_][A-Za-z0-9_]*)/.exec(value)?.[1];
      if ((word === '-e' || word === '--env') && name !== undefined) envNames.push(name);
      at++;
    }
  }
  const image = args[at];
  if (image === undefined) return null;
  const spec = imageSpec(image);
  return spec === null ? null : { package: spec, rest: args.slice(at + 1), envNames };
}

function denoRun(args: readonly string[]): Found | null {
  const at = args.findIndex((word) => !word.startsWith('-'));
  const spec = at === -1 ? null : denoSpec(args[at] ?? '');
  return spec === null ? null : { package: spec, rest: args.slice(at + 1) };
}

function goRun(args: readonly string[]): Found | null {
  const at = args.findIndex((word) => !word.startsWith('-'));
  const spec = at === -1 ? null : goSpec(args[at] ?? '');
  return spec === null ? null : { package: spec, rest: args.slice(at + 1) };
}

function dotnetRun(args: readonly string[]): Found | null {
  const at = args.findIndex((word) => !word.startsWith('-'));
  const version = args.indexOf('--version');
  const spec = at === -1 ? null : nugetSpec(args[at] ?? '', version === -1 ? null : (args[version + 1] ?? null));
  return spec === null ? null : { package: spec, rest: args.slice(at + 1) };
}

const passThrough = new Set(['mcp-remote', 'mcp-proxy', 'supergateway']);

function remoteOf(program: string, args: readonly string[]): Launch['remote'] {
  if (!passThrough.has(program)) return null;
  const headers: string[] = [];
  let transport: 'http' | 'sse' = 'http';
  let url: string | null = null;
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? '';
    const next = args[at + 1];
    if (word === '--') break;
    if ((word === '--header' || word === '-H' || word === '--headers') && next !== undefined) {
      const value = args[at + 2];
      const pair = program === 'mcp-proxy' && !next.includes(':') && value !== undefined && !value.startsWith('-');
      headers.push(pair ? `${next}: ${value}` : next);
      at += pair ? 2 : 1;
    } else if (word === '--transport' && next !== undefined) {
      if (next.startsWith('sse')) transport = 'sse';
      at++;
    } else if (word === '--sse' && next !== undefined) {
      transport = 'sse';
      url ??= next;
      at++;
    } else if (word === '--streamableHttp' && next !== undefined) {
      url ??= next;
      at++;
    } else if (/^https?:\/\//i.test(word) || (url === null && /^\$\{?[A-Za-z_][A-Za-z0-9_:]*\}?/.test(word)))
      url ??= word;
  }
  return url === null ? null : { url, transport, via: program, headers };
}

function gatewayOf(program: string, args: readonly string[], spec: PackageSpec | null): string | null {
  if (program === 'docker' && args[0] === 'mcp' && args.includes('gateway')) return 'docker-mcp-gateway';
  return spec?.name === 'docker/mcp-gateway' ? 'docker-mcp-gateway' : null;
}
