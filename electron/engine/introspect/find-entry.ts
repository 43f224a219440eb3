import type { JsonValue, Properties } from '../../../shared/model/facts.ts';
import { AppError } from '../errors.ts';
import { decodeText } from '../scan/decode.ts';
import { readSafely } from '../scan/safe-read.ts';
import { maskArguments } from '../sources/mcp/mask-arguments.ts';
import { type NamedValue, type RawServer, readRawServer } from '../sources/mcp/raw-server.ts';
import { parseJson } from '../sources/parse/json-document.ts';
import { type Entry, entriesOf, entryOf, type Node, nodeOf, scalarText, textsOf } from '../sources/parse/node.ts';
import { maskText, maskUrl } from '../sources/parse/secrets.ts';
import { parseToml } from '../sources/parse/toml-document.ts';
import { parseYaml } from '../sources/parse/yaml-document.ts';

const maxBytes = 4 * 1024 * 1024;

/** The same entry as the scan saw, with its values: they are needed to start the server and go nowhere else. */
export type FoundEntry = {
  readonly raw: RawServer;
  /** Headers whose values are variables by name, as Codex writes them: header to variable. */
  readonly headerVariables: readonly { readonly name: string; readonly variable: string; readonly bearer: boolean }[];
};

/**
 * Reads the configuration again from disk. Throws AppError where it is not what the scan saw: then what people were shown
 * in the inventory is not what would run.
 */
export function findEntry(path: string, configuration: Properties): FoundEntry {
  const read = readSafely(path, maxBytes);
  if (read.status !== 'read')
    throw new AppError('file-unreadable', `The configuration cannot be read again: ${read.detail}.`);
  const text = decodeText(read.bytes).text;
  const root = /\.toml$/i.test(path)
    ? parseToml(text).root
    : /\.ya?ml$/i.test(path)
      ? parseYaml(text).root
      : parseJson(text).root;
  const name = textOf(configuration['name']);
  const line = configuration['line'];
  const entry = root === null ? undefined : search(root, name, typeof line === 'number' ? line : 0, 0);
  if (entry === undefined || entry.node.kind !== 'map') throw changed();
  const raw = readRawServer(entry, entry.node, name);
  const found: FoundEntry = {
    raw: {
      ...raw,
      env: [...raw.env, ...named(entryOf(entry.node, 'envs'))],
      headers: [...raw.headers, ...named(entryOf(entry.node, 'http_headers'))],
    },
    headerVariables: variablesOf(entry.node),
  };
  if (!isAsScanned(found.raw, configuration)) throw changed();
  return found;
}

const changed = (): AppError =>
  new AppError(
    'bad-request',
    'The configuration is not what the scan saw any more, or its host writes servers in a form that cannot be started from here. Scan again, then ask.',
  );

const named = (entry: Entry | undefined): readonly NamedValue[] =>
  entriesOf(entry?.node).map(({ key, node, line, endLine }) => ({
    name: key,
    value: scalarText(node) ?? '',
    line,
    endLine,
  }));

/** `bearer_token_env_var`, `env_http_headers` of Codex (configuration reference, 2026): names of variables, no values. */
function variablesOf(node: Node): FoundEntry['headerVariables'] {
  const bearer = scalarText(nodeOf(node, 'bearer_token_env_var'));
  const headers = named(entryOf(node, 'env_http_headers'));
  return [
    ...(bearer === undefined ? [] : [{ name: 'Authorization', variable: bearer, bearer: true }]),
    ...headers.map(({ name, value }) => ({ name, variable: value, bearer: false })),
    ...textsOf(nodeOf(node, 'env_vars')).map((variable) => ({ name: '', variable, bearer: false })),
  ];
}

function search(node: Node, name: string, line: number, depth: number): Entry | undefined {
  if (depth > 12 || node.kind === 'scalar') return undefined;
  if (node.kind === 'list') {
    for (const item of node.items) {
      const found = search(item, name, line, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  for (const entry of node.entries.values()) {
    if (entry.key.slice(0, 200) === name && entry.line === line && entry.node.kind === 'map') return entry;
    const found = search(entry.node, name, line, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether what was read gives the facts that the scan stored, as far as they say what runs. */
function isAsScanned(raw: RawServer, configuration: Properties): boolean {
  const command = raw.command === null ? null : maskText(raw.command);
  if (command !== (configuration['command'] ?? null)) return false;
  if (JSON.stringify(maskArguments(raw.args).args) !== JSON.stringify(configuration['args'] ?? [])) return false;
  const url = configuration['url'];
  return raw.command !== null || (raw.url !== null && typeof url === 'string' && maskUrl(raw.url) === url);
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
