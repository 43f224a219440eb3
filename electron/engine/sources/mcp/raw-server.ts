import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  itemsOf,
  linedTexts,
  type MapNode,
  nodeOf,
  scalarText,
  type Span,
  textOf,
  textsOf,
} from '../parse/node.ts';

export type Transport = 'stdio' | 'http' | 'sse' | 'ws' | 'unknown';

/** A named value with its line; the value stays inside the reader and is never put into a fact. */
export type NamedValue = Span & { readonly name: string; readonly value: string };

/** An entry of an `mcpServers`-like map as written, before anything is concluded from it. */
export type RawServer = Span & {
  readonly name: string;
  readonly transport: Transport;
  readonly command: string | null;
  readonly args: readonly string[];
  /** Line of each argument. */
  readonly argLines: readonly number[];
  readonly url: string | null;
  readonly urlLine: number;
  readonly env: readonly NamedValue[];
  readonly headers: readonly NamedValue[];
  /** Variables whose value is handed to the server or sent as a header, by name only. */
  readonly envReferences: readonly (Span & { readonly name: string; readonly use: 'env' | 'header' | 'bearer' })[];
  readonly enabled: boolean;
  readonly autoApprovedTools: readonly string[];
  readonly includeTools: readonly string[];
  readonly excludeTools: readonly string[];
  /** True where the file names the transport, false where it follows from the other keys. */
  readonly transportDeclared?: boolean;
  /** OAuth as the entry asks for it; null where it says nothing. Scopes are names, not secrets. */
  readonly oauth?: { readonly scopes: readonly string[]; readonly where: string } | null;
  /** Keys of the entry that switch certificate checks off. */
  readonly tlsOff?: readonly string[];
  /** Line of each key that a finding points at, where the entry has it. */
  readonly keyLines?: Readonly<Record<string, number>>;
};

const pointedAt: ReadonlySet<string> = new Set([
  'alwaysAllow',
  'args',
  'autoApprove',
  'command',
  'env',
  'environment',
  'headers',
  'httpUrl',
  'serverUrl',
  'trust',
  'url',
]);

const transportNames: ReadonlyMap<string, Transport> = new Map([
  ['stdio', 'stdio'],
  ['local', 'stdio'],
  ['http', 'http'],
  ['streamable-http', 'http'],
  ['streamable_http', 'http'],
  ['streamablehttp', 'http'],
  ['http-stream', 'http'],
  ['remote', 'http'],
  ['sse', 'sse'],
  ['ws', 'ws'],
  ['websocket', 'ws'],
]);

export const transportNamed = (text: string | undefined): Transport | undefined =>
  text === undefined ? undefined : transportNames.get(text.trim().toLowerCase());

/** What one entry may say at most: more is no configuration that anybody wrote. */
const mostArguments = 500;
const longestArgument = 8192;
const cut = (text: string): string => text.slice(0, longestArgument);
const cutOrNull = (text: string | undefined): string | null => (text === undefined ? null : cut(text));

/** Reads the keys that hosts share. What a host does differently it passes as `changes`, or changes afterwards. */
export function readRawServer(entry: Entry, node: MapNode, serverName = entry.key): RawServer {
  const commandNode = nodeOf(node, 'command');
  const commandWords = commandNode?.kind === 'list' ? textsOf(commandNode).slice(0, mostArguments).map(cut) : null;
  const command = commandWords === null ? (cutOrNull(textOf(commandNode))?.trim() ?? null) : (commandWords[0] ?? null);
  const argNodes = linedTexts(nodeOf(node, 'args') ?? nodeOf(node, 'arguments'))
    .slice(0, mostArguments)
    .map((item) => ({ ...item, text: cut(item.text) }));
  const args = [...(commandWords?.slice(1) ?? []), ...argNodes.map((item) => item.text)];
  const argLines = [
    ...(commandWords?.slice(1).map(() => commandNode?.line ?? entry.line) ?? []),
    ...argNodes.map((item) => item.line),
  ];
  const urlEntry =
    entryOf(node, 'url') ?? entryOf(node, 'serverUrl') ?? entryOf(node, 'httpUrl') ?? entryOf(node, 'uri');
  const url = urlEntry === undefined ? null : (cutOrNull(textOf(urlEntry.node))?.trim() ?? null);
  const declared = transportNamed(textOf(nodeOf(node, 'type')) ?? textOf(nodeOf(node, 'transport')));
  return {
    name: serverName.slice(0, 200),
    line: entry.line,
    endLine: entry.endLine,
    transport: declared ?? guessTransport(command, url),
    command: command === '' ? null : command,
    args,
    argLines,
    url,
    urlLine: urlEntry?.line ?? entry.line,
    env: namedValues(entryOf(node, 'env') ?? entryOf(node, 'environment')),
    headers: namedValues(entryOf(node, 'headers')),
    envReferences: [],
    enabled: booleanOf(nodeOf(node, 'disabled')) !== true && booleanOf(nodeOf(node, 'enabled')) !== false,
    autoApprovedTools: [...textsOf(nodeOf(node, 'autoApprove')), ...textsOf(nodeOf(node, 'alwaysAllow'))].filter(
      (text) => text !== 'false' && text !== 'true',
    ),
    includeTools: textsOf(nodeOf(node, 'includeTools')),
    excludeTools: [...textsOf(nodeOf(node, 'excludeTools')), ...textsOf(nodeOf(node, 'disabledTools'))],
    transportDeclared: declared !== undefined,
    oauth: oauthOf(node),
    tlsOff: tlsOffOf(node),
    keyLines: Object.fromEntries(
      entriesOf(node).flatMap(({ key, line }) => (pointedAt.has(key) ? [[key, line] as const] : [])),
    ),
  };
}

/** Keys under which hosts ask for OAuth, an object, a switch or the word itself. */
const oauthKeys = ['oauth', 'auth', 'authorization', 'oauth_resource', 'oauthScopes', 'oauth_client_id', 'scopes'];

function oauthOf(node: MapNode): Exclude<RawServer['oauth'], undefined> {
  for (const key of oauthKeys) {
    const found = nodeOf(node, key);
    if (found === undefined || booleanOf(found) === false) continue;
    const word = textOf(found)?.toLowerCase();
    const type = textOf(nodeOf(found, 'type'))?.toLowerCase();
    if (key === 'auth' || key === 'authorization') {
      const isOauth =
        word === undefined
          ? type === undefined
            ? entriesOf(found).some((entry) => /client_?id|scopes?|oauth/i.test(entry.key))
            : type.includes('oauth')
          : word.includes('oauth');
      if (!isOauth) continue;
    } else if (found.kind === 'scalar' && found.value === null) continue;
    const scopes = [
      ...textsOf(nodeOf(node, 'scopes')),
      ...textsOf(nodeOf(node, 'oauthScopes')),
      ...textsOf(nodeOf(found, 'scopes')),
      ...textsOf(nodeOf(found, 'scope')),
    ]
      .flatMap((text) => text.split(/[\s,]+/))
      .filter((text) => text !== '');
    return { where: key, scopes: [...new Set(scopes)].slice(0, 100).map((text) => text.slice(0, 200)) };
  }
  return null;
}

/** Keys that say whether certificates are checked, with the value that says no. */
const tlsKeys: ReadonlyMap<string, boolean> = new Map([
  ['verify', false],
  ['verify_ssl', false],
  ['ssl_verify', false],
  ['verifySsl', false],
  ['sslVerify', false],
  ['tlsVerify', false],
  ['rejectUnauthorized', false],
  ['insecure', true],
  ['insecureSkipVerify', true],
  ['skipTlsVerify', true],
  ['allowInsecure', true],
  ['allowSelfSigned', true],
  ['dangerouslyIgnoreCertificateErrors', true],
]);

const tlsOffOf = (node: MapNode): readonly string[] =>
  [node, nodeOf(node, 'tls'), nodeOf(node, 'ssl'), nodeOf(node, 'requestOptions')].flatMap((place) =>
    entriesOf(place).flatMap((entry) => {
      const off = tlsKeys.get(entry.key);
      return off !== undefined && off === booleanOf(entry.node) ? [entry.key] : [];
    }),
  );

const guessTransport = (command: string | null, url: string | null): Transport => {
  if (command !== null && command !== '') return 'stdio';
  if (url === null) return 'unknown';
  return /^wss?:/i.test(url) ? 'ws' : 'http';
};

/** A map of texts, or the list form `["NAME=value"]`. */
export function namedValues(entry: Entry | undefined): readonly NamedValue[] {
  if (entry === undefined) return [];
  if (entry.node.kind === 'map') {
    return entriesOf(entry.node).map((member) => ({
      name: member.key,
      value: cut(scalarText(member.node) ?? ''),
      line: member.line,
      endLine: member.endLine,
    }));
  }
  return itemsOf(entry.node).flatMap((item): NamedValue[] => {
    const text = textOf(item);
    if (text === undefined) return [];
    const equals = text.indexOf('=');
    return [
      {
        name: equals === -1 ? text : text.slice(0, equals),
        value: equals === -1 ? '' : text.slice(equals + 1),
        line: item.line,
        endLine: item.endLine,
      },
    ];
  });
}
