import type { Confidence, Scope } from '../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { awsProfile } from '../infrastructure/identities.ts';
import { serverRef } from '../keys.ts';
import { linesOf, locationOfAnchor, type ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { authenticationOf } from './authentication.ts';
import { CredentialCollector } from './credential-facts.ts';
import { dataStoresOf } from './data-stores.ts';
import { serverEndpoint } from './endpoint-key.ts';
import { type Launch, readLaunch } from './launch.ts';
import { maskArguments } from './mask-arguments.ts';
import { networkProxiesOf, proxyFacts } from './proxy-facts.ts';
import type { RawServer } from './raw-server.ts';
import { supplyChainOf } from './supply-chain.ts';
import { targetOf } from './target-kind.ts';
import { isLegacy, legacyTransport, transportSecurity } from './transport-security.ts';

/** Who configures the server, and how the place is called in facts. */
export type ServerContext = {
  readonly host: string;
  /** The agent that gets the server; null where something else decides (a plugin, a linker). */
  readonly user: AssetRef | null;
  readonly scope: Scope;
  /** Path of the map that holds the entry, as in the file: `mcpServers`, `mcp_servers`, `servers`. */
  readonly where: string;
  /** Folder that relative commands are meant from; part of the identity of programs that are not packages. */
  readonly anchor: string;
  readonly confidence?: Confidence | undefined;
  /** Further facts of this configuration (`headersHelper`, `trust`, `project` ...). */
  readonly extra?: Properties | undefined;
  /** Ids of inputs that the host asks for as a password. */
  readonly passwordInputs?: ReadonlySet<string>;
  /** Path in the file of what an entry holds (`env.X`, `headers.Y`), where it is not `<where>.<name>.<what>`. */
  readonly pathOf?: ((inside: string) => string) | undefined;
};

/** Emits the server, its credentials and the relations; returns the server. */
export function serverFacts(builder: ReadingBuilder, raw: RawServer, context: ServerContext): AssetRef {
  const { file } = builder;
  const launch = raw.command === null ? null : readLaunch(raw.command, raw.args);
  const masked = maskArguments(raw.args);
  const credentials = new CredentialCollector(raw, { ...context, place: file.place });
  credentials.fromEnvironment();
  credentials.fromHeaders();
  credentials.fromArguments(masked);
  credentials.fromUrl();
  const command = raw.command === null ? null : maskText(raw.command);
  const url = remoteUrl(raw, launch);
  const ref = serverRef(serverEndpoint(raw, launch, context.anchor, file.place));
  const packageFacts: JsonValue =
    launch?.package == null
      ? null
      : {
          registry: launch.package.registry,
          name: maskUrl(launch.package.name),
          version: launch.package.version,
          pinned: launch.package.pinned,
          pin: launch.package.pin,
        };
  const unwrapped = unwrappedFacts(launch);
  const transport = launch?.remote?.transport ?? raw.transport;
  const legacy = isLegacy(transport);
  const supplyChain = supplyChainOf(raw, launch);
  const proxies = networkProxiesOf(raw);
  const target = targetOf(raw, launch);
  const wrappers = launch?.wrappers ?? [];
  const dataStores = dataStoresOf(raw);
  const envNames = unique([
    ...raw.env.map((item) => item.name),
    ...raw.envReferences.filter((item) => item.use === 'env').map((item) => item.name),
    ...(launch?.envNames ?? []),
  ]);
  const headerNames = unique([
    ...raw.headers.map((item) => item.name),
    ...(launch?.remote === null || launch === null ? [] : masked.headerNames),
  ]);
  const location = locationOfAnchor(file.anchor);
  const profiles = cloudProfilesOf(raw);
  const lines = keyLinesOf(raw, launch);
  const configuration: Properties = {
    host: context.host,
    agent: context.user?.key ?? null,
    anchor: context.anchor,
    scope: context.scope,
    name: raw.name,
    place: file.place,
    line: raw.line,
    endLine: raw.endLine,
    enabled: raw.enabled,
    transport: raw.transport,
    command,
    args: masked.args,
    url,
    version: launch?.package?.version ?? null,
    pinned: launch?.package?.pinned ?? null,
    envNames,
    headerNames,
    secretRefs: credentials.secretRefs,
    literalSecrets: credentials.literalSecrets,
    autoApprovedTools: raw.autoApprovedTools,
    includeTools: raw.includeTools,
    excludeTools: raw.excludeTools,
    ...(raw.transportDeclared === undefined ? {} : { transportDeclared: raw.transportDeclared }),
    ...(legacy ? { legacyTransport } : {}),
    auth: authenticationOf(raw, launch, masked, context.extra),
    transportSecurity: transportSecurity(raw, launch),
    target,
    ...(supplyChain === null ? {} : { supplyChain }),
    ...(proxies.length === 0 ? {} : { networkProxies: proxies.map(({ from, url }) => ({ from, url })) }),
    ...(wrappers.length === 0 ? {} : { wrappers }),
    ...(dataStores.length === 0 ? {} : { dataStores }),
    ...(location === null ? {} : { location }),
    ...(profiles.length === 0 ? {} : { cloudProfiles: profiles }),
    ...(Object.keys(lines).length === 0 ? {} : { lines }),
    ...context.extra,
  };
  const properties: Properties = {
    transport: raw.transport,
    // One text: lists of several configurations would be united to a command line that nobody wrote.
    ...(command === null ? {} : { command, commandLine: [command, ...masked.args].map(asWord).join(' ') }),
    ...(url === null ? {} : { url }),
    ...(packageFacts === null ? {} : { package: packageFacts }),
    ...(unwrapped === null ? {} : { unwrapped }),
    ...(launch?.gateway == null ? {} : { gateway: launch.gateway }),
    ...(legacy ? { legacyTransport: true } : {}),
    ...(target['kind'] === 'unknown' ? {} : { targetKind: target['kind'] ?? null }),
    hosts: [context.host],
    ...(raw.enabled ? { enabled: true } : {}),
    configurations: [configuration],
  };
  builder.asset({ ...ref, name: raw.name, properties, lines: linesOf(raw), confidence: context.confidence ?? 'high' });
  const bridge = proxyFacts(builder, ref, raw, launch, context);
  if (context.user !== null) {
    builder.relation({
      kind: 'uses',
      from: context.user,
      to: ref,
      discriminator: raw.name,
      properties: {
        name: raw.name,
        scope: context.scope,
        enabled: raw.enabled,
        ...(bridge === null ? {} : { via: bridge.key }),
      },
      lines: linesOf(raw),
      confidence: context.confidence ?? 'high',
    });
  }
  credentials.emit(builder, ref);
  emitProfiles(builder, ref, profiles, context);
  return ref;
}

/** A server that is told a profile of AWS acts as whatever that profile is. */
function emitProfiles(
  builder: ReadingBuilder,
  server: AssetRef,
  profiles: readonly Properties[],
  context: ServerContext,
): void {
  for (const profile of profiles) {
    const { variable, name, line } = profile;
    if (typeof name !== 'string' || typeof variable !== 'string' || typeof line !== 'number') continue;
    if (!/(?:^|_)AWS_/.test(variable)) continue;
    const lines = { line, endLine: line };
    const to = builder.asset({ ...awsProfile(name), lines });
    builder.relation({
      kind: 'runs-as',
      from: server,
      to,
      properties: { variable },
      lines,
      confidence: context.confidence ?? 'high',
    });
  }
}

/** Names of profiles that a server takes its cloud rights from: names, never what stands behind them. */
function cloudProfilesOf(raw: RawServer): readonly Properties[] {
  const isName = (value: string): boolean => /^[\w.@+-]{1,64}$/.test(value);
  return [
    ...raw.env.flatMap(({ name, value, line }) =>
      /(?:^|_)(?:AWS|GCP|GCLOUD|AZURE|CLOUDSDK)_.*(?:PROFILE|CONFIG)(?:_NAME)?$|^AWS_PROFILE$/.test(name) &&
      isName(value)
        ? [{ variable: name, name: value, line }]
        : [],
    ),
    ...raw.args.flatMap((word, index) => {
      const value = /^--profile=(.+)$/.exec(word)?.[1] ?? (word === '--profile' ? (raw.args[index + 1] ?? '') : '');
      return isName(value) ? [{ variable: '--profile', name: value, line: raw.argLines[index] ?? raw.line }] : [];
    }),
  ];
}

/** Lines of what findings point at: keys of the entry, and the argument that names the package. */
function keyLinesOf(raw: RawServer, launch: Launch | null): Properties {
  const named = launch?.package?.name;
  const at = named === undefined ? -1 : raw.args.findIndex((word) => word.includes(named));
  return {
    ...raw.keyLines,
    ...(raw.url === null ? {} : { url: raw.urlLine }),
    ...(at === -1 ? {} : { package: raw.argLines[at] ?? raw.line }),
  };
}

const asWord = (text: string): string => (text === '' || /[\s"]/.test(text) ? JSON.stringify(text) : text);

/** What stands behind a bridge: a remote server, or a program that the bridge starts. Null where there is no bridge. */
function unwrappedFacts(launch: Launch | null): Properties | null {
  if (launch?.remote != null)
    return { transport: launch.remote.transport, url: maskUrl(launch.remote.url), via: launch.remote.via };
  if (launch?.inner == null) return null;
  const inner = launch.inner.launch;
  const words = [inner.command, ...maskArguments(inner.args).args];
  return { transport: 'stdio', command: words.map((word) => asWord(maskText(word))).join(' '), via: launch.inner.via };
}

const remoteUrl = (raw: RawServer, launch: Launch | null): string | null => {
  if (launch?.remote != null) return maskUrl(launch.remote.url);
  return raw.url === null || raw.url === '' || raw.command !== null ? null : maskUrl(raw.url);
};

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
