import { splitLine } from './wrappers.ts';

/**
 * Programs that speak one transport to the host and pass every message on to a server behind them: an agent that starts
 * one reaches the server in two hops. Read in the READMEs of mcp-remote 0.15.1, mcp-proxy 6.7.19 (npm), mcp-proxy (PyPI,
 * another program of the same name: to an address it speaks SSE unless told otherwise) and supergateway 4.0.0. The other
 * programs are unverified knowledge.
 */
export type Bridge = {
  readonly program: string;
  readonly target:
    | {
        readonly kind: 'url';
        readonly url: string;
        readonly transport: 'http' | 'sse';
        readonly headers: readonly string[];
      }
    | { readonly kind: 'program'; readonly command: string; readonly args: readonly string[] };
};

type Syntax = {
  /** Flags that take one value. */
  readonly values: readonly string[];
  /** Flags that take two. */
  readonly pairs?: readonly string[];
  /** Flags whose value is the address of the server, by transport. */
  readonly urls?: Readonly<Record<string, 'http' | 'sse'>>;
  /** Flag whose value is a whole command line. */
  readonly line?: string;
  /** Flag behind which the command line stands as words. */
  readonly rest?: string;
  /** True where the first word that is no flag is a program, unless it is an address. */
  readonly startsPrograms: boolean;
  /** Transport to an address where the line does not say; `http` where absent. */
  readonly usual?: 'sse';
  /** A first word that has to stand there. */
  readonly verb?: string;
};

const remote: Syntax = {
  values: [
    '--transport',
    '--host',
    '--resource',
    '--static-oauth-client-metadata',
    '--static-oauth-client-info',
    '--ignore-tool',
    '--auth-timeout',
    '--authorize-param',
    '--callback-path',
    '--auth-success-url',
    '--client-metadata-url',
    '--connect-timeout',
    '--headers-timeout',
    '--body-timeout',
    '--token-endpoint',
    '--protocol',
  ],
  startsPrograms: false,
};

const proxy: Syntax = {
  values: [
    '--transport',
    '--port',
    '--host',
    '--sse-port',
    '--sse-host',
    '--cwd',
    '--allow-origin',
    '--log-level',
    '--server',
    '--apiKey',
    '--named-server-config',
    '--client-id',
    '--client-secret',
    '--token-url',
    '--endpoint',
    '--sseEndpoint',
    '--streamEndpoint',
    '--gracefulShutdownTimeout',
    '--requestTimeout',
    '--connectionTimeout',
    '--keepAliveTimeout',
    '--sessionIdleTimeout',
    '--upstreamProtocol',
    '--eventStoreMaxEvents',
    '--maxBodySize',
    '--tunnelSubdomain',
    '--sslCert',
    '--sslKey',
    '--sslCa',
  ],
  pairs: ['-e', '--env', '--named-server'],
  startsPrograms: true,
  usual: 'sse',
};

const gateway: Syntax = {
  values: [
    '--port',
    '--outputTransport',
    '--baseUrl',
    '--ssePath',
    '--messagePath',
    '--streamableHttpPath',
    '--logLevel',
    '--healthEndpoint',
    '--sessionTimeout',
    '--protocolVersion',
    '--oauth2Bearer',
  ],
  urls: { '--sse': 'sse', '--streamableHttp': 'http' },
  line: '--stdio',
  startsPrograms: false,
};

const bridges: ReadonlyMap<string, Syntax> = new Map([
  ['mcp-remote', remote],
  ['mcp-proxy', proxy],
  ['supergateway', gateway],
  ['@michlyn/supergateway', gateway],
  ['invariant-gateway', { values: ['--project-name', '--push-explorer'], rest: '--exec', startsPrograms: false }],
  ['mcp-context-protector', { values: [], urls: { '--url': 'http' }, line: '--command', startsPrograms: false }],
  ['pipelock', { values: ['--config', '--preset'], urls: { '--upstream': 'http' }, startsPrograms: false }],
  ['fastmcp', { values: ['--transport', '-t', '--name'], startsPrograms: false, verb: 'run' }],
  ['@pyroprompts/mcp-stdio-to-streamable-http-adapter', { values: [], startsPrograms: false }],
]);

const headerFlags = new Set(['--header', '-H', '--headers']);

/** What a bridge passes on to; null for any other program, and where the line does not say. */
export function bridgeOf(program: string, all: readonly string[]): Bridge | null {
  const syntax = bridges.get(program);
  if (syntax === undefined) return null;
  const args = syntax.verb === undefined ? all : all[0] === syntax.verb ? all.slice(1) : null;
  if (args === null) return null;
  const headers: string[] = [];
  let transport: 'http' | 'sse' = syntax.usual ?? 'http';
  let url: string | null = null;
  let words: readonly string[] | null = null;
  for (let at = 0; at < args.length && words === null; at++) {
    const word = args[at] ?? '';
    const value = args[at + 1];
    const flagged = syntax.urls?.[word];
    if (word === '--' || word === syntax.rest) words = args.slice(at + 1);
    else if (headerFlags.has(word) && value !== undefined) {
      const third = args[at + 2];
      const pair = !value.includes(':') && third !== undefined && !third.startsWith('-') && program === 'mcp-proxy';
      headers.push(pair ? `${value}: ${third}` : value);
      at += pair ? 2 : 1;
    } else if (word === '--transport' && value !== undefined) {
      transport = value.startsWith('sse') ? 'sse' : 'http';
      at++;
    } else if (flagged !== undefined && value !== undefined) {
      url ??= value;
      transport = flagged;
      at++;
    } else if (word === syntax.line && value !== undefined) words = splitLine(value) ?? [];
    else if (syntax.pairs?.includes(word) === true) at += 2;
    else if (syntax.values.includes(word)) at++;
    else if (isAddress(word)) url ??= word;
    else if (!word.startsWith('-') && url === null && syntax.startsPrograms) words = args.slice(at);
  }
  if (url !== null) return { program, target: { kind: 'url', url, transport, headers } };
  const [command, ...rest] = words ?? [];
  return command === undefined ? null : { program, target: { kind: 'program', command, args: rest } };
}

const isAddress = (word: string): boolean =>
  /^https?:\/\//i.test(word) || /^\$\{?[A-Za-z_][A-Za-z0-9_:]*\}?/.test(word);
