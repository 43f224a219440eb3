import type { Confidence, Scope } from '../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { type ServerEndpoint, serverRef } from '../keys.ts';
import { linesOf, locationOfAnchor, type ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { CredentialCollector } from './credential-facts.ts';
import { type Launch, readLaunch } from './launch.ts';
import { maskArguments } from './mask-arguments.ts';
import type { RawServer } from './raw-server.ts';

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
  const ref = serverRef(endpointOf(raw, launch, context, file.place));
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
  const unwrapped: JsonValue =
    launch?.remote == null
      ? null
      : { transport: launch.remote.transport, url: maskUrl(launch.remote.url), via: launch.remote.via };
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
    ...(location === null ? {} : { location }),
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
    hosts: [context.host],
    ...(raw.enabled ? { enabled: true } : {}),
    configurations: [configuration],
  };
  builder.asset({ ...ref, name: raw.name, properties, lines: linesOf(raw), confidence: context.confidence ?? 'high' });
  if (context.user !== null) {
    builder.relation({
      kind: 'uses',
      from: context.user,
      to: ref,
      discriminator: raw.name,
      properties: { name: raw.name, scope: context.scope, enabled: raw.enabled },
      lines: linesOf(raw),
      confidence: context.confidence ?? 'high',
    });
  }
  credentials.emit(builder, ref);
  return ref;
}

const asWord = (text: string): string => (text === '' || /[\s"]/.test(text) ? JSON.stringify(text) : text);

const remoteUrl = (raw: RawServer, launch: Launch | null): string | null => {
  if (launch?.remote != null) return maskUrl(launch.remote.url);
  return raw.url === null || raw.url === '' || raw.command !== null ? null : maskUrl(raw.url);
};

function endpointOf(raw: RawServer, launch: Launch | null, context: ServerContext, place: string): ServerEndpoint {
  const url = launch?.remote?.url ?? (raw.command === null ? raw.url : null);
  if (url !== null && url !== '') {
    const clean = maskUrl(url);
    return URL.canParse(clean) && !/^[a-z]+:\/\/[^/]*\$/i.test(clean)
      ? { type: 'url', url: clean }
      : { type: 'unknown', place, name: raw.name };
  }
  if (launch === null) return { type: 'unknown', place, name: raw.name };
  if (launch.package !== null) {
    return {
      type: 'package',
      registry: launch.package.registry,
      name: maskUrl(launch.package.name),
      args: maskArguments(launch.packageArgs).args.map(withoutHome),
    };
  }
  return {
    type: 'command',
    command: fromFolder(withoutHome(maskText(launch.command)), './'),
    args: maskArguments(launch.args).args.map((text) => fromFolder(withoutHome(text), '')),
    anchor: context.anchor,
  };
}

/**
 * The ways in which hosts write "in this folder" are one: `./x`, `${workspaceFolder}/x`, `${CLAUDE_PROJECT_DIR:-.}/x`.
 * In an argument `x` alone is that as well; a command without a slash is looked for elsewhere.
 */
const fromFolder = (text: string, start: '' | './'): string =>
  text.replace(
    /^(?:\.[\\/])*(?:(?:\$\{(?:workspaceFolder|workspaceRoot|workspacePath|CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_ROOT|extensionPath)(?::-\.?)?\}|\$(?:CLAUDE_PROJECT_DIR|CLAUDE_PLUGIN_ROOT))[\\/]|\.[\\/])/,
    start,
  );

/** Keys must not differ between two machines for the name of a home folder. */
export const withoutHome = (text: string): string =>
  text.replace(
    /(^|[\s=:"'])(?:\/(?:home|Users)\/[^/\s"']{1,64}|\/root|[A-Za-z]:[\\/]Users[\\/][^\\/\s"']{1,64})(?=[\\/]|$)/g,
    '$1~',
  );

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
