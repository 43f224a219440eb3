import { isCredentialName } from '../parse/credential-names.ts';
import { looksRandom } from '../parse/secrets.ts';
import { type Bridge, bridgeOf } from './bridges.ts';
import { denoSpec, goSpec, imageSpec, npmSpec, nugetSpec, type PackageSpec, pythonSpec } from './package-spec.ts';
import { baseName, unwrapCommand } from './wrappers.ts';

/** What a command line of a server really starts. Read, never run. */
export type Launch = {
  /** Program and arguments after wrappers such as `cmd /c`, `env` or `op run --` are taken off. */
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
  /** The program that a bridge starts and stands in front of; `via` names the bridge. */
  readonly inner: { readonly launch: Launch; readonly via: string } | null;
  /** One entry that stands for many servers. */
  readonly gateway: string | null;
  /** Variables named on the command line (`env X=1`, `docker -e X`). */
  readonly envNames: readonly string[];
  /** Programs that only hand secrets or an environment on (`op`, `doppler`), outermost first. */
  readonly wrappers: readonly string[];
};

const deepestBridge = 3;

export function readLaunch(command: string, args: readonly string[], depth = 0): Launch {
  const line = unwrapCommand(command, args);
  const candidate = packageOf(baseName(line.command), line.args);
  // A name that looks generated is the value of a flag that this reader does not know.
  const found = candidate?.package != null && looksRandom(candidate.package.name) ? null : candidate;
  const envNames = [...line.envNames, ...(found?.envNames ?? [])];
  const packageArgs = found?.rest ?? line.args;
  const program = found?.package?.name ?? baseName(line.command);
  const bridge = depth < deepestBridge ? bridgeOf(program, packageArgs) : null;
  return {
    command: line.command,
    args: line.args,
    package: found?.package ?? null,
    packageArgs,
    remote: remoteOf(bridge),
    inner:
      bridge?.target.kind === 'program'
        ? { launch: readLaunch(bridge.target.command, bridge.target.args, depth + 1), via: bridge.program }
        : null,
    gateway: gatewayOf(baseName(line.command), line.args, found?.package ?? null),
    envNames,
    wrappers: line.wrappers,
  };
}

const remoteOf = (bridge: Bridge | null): Launch['remote'] =>
  bridge?.target.kind === 'url'
    ? {
        url: bridge.target.url,
        transport: bridge.target.transport,
        via: bridge.program,
        headers: bridge.target.headers,
      }
    : null;

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

/** Programs that stand for many servers, which another file or service names. By their own READMEs. */
const gatewayPrograms: ReadonlyMap<string, string> = new Map([
  ['docker/mcp-gateway', 'docker-mcp-gateway'],
  ['@1mcp/agent', '1mcp'],
  ['mcp-hub', 'mcp-hub'],
  ['@metamcp/mcp-server-metamcp', 'metamcp'],
  ['@pluggedin/pluggedin-mcp-proxy', 'pluggedin'],
  ['@smithery/cli', 'smithery'],
  ['agentgateway', 'agentgateway'],
  ['mcpproxy', 'mcpproxy'],
]);

function gatewayOf(program: string, args: readonly string[], spec: PackageSpec | null): string | null {
  if (program === 'docker' && args[0] === 'mcp' && args.includes('gateway')) return 'docker-mcp-gateway';
  if (program === 'docker-mcp' && args.includes('gateway')) return 'docker-mcp-gateway';
  if (program === 'mcp-proxy' || spec?.name === 'mcp-proxy')
    return args.includes('--named-server-config') || args.includes('--named-server') ? 'mcp-proxy' : null;
  return gatewayPrograms.get(spec?.name ?? program) ?? null;
}
