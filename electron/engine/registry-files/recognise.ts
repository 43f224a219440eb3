import { createHash } from 'node:crypto';
import type { ImportContent, ImportIssue } from '../../../shared/model/imports.ts';
import { AppError } from '../errors.ts';
import { readToolLists } from '../imports/mcp-tools/read-tool-lists.ts';
import { decodeText } from '../scan/decode.ts';
import { readSafely } from '../scan/safe-read.ts';
import { formatOf, hasLists, parseList, readContextLists, schemaOf } from '../sources/context-files/lists.ts';
import type { Node, ParsedDocument } from '../sources/parse/node.ts';
import { agentRows, importedAgents, isAgentList } from './agent-list.ts';
import { isRegistry, registryEntries, registryRows } from './registry-list.ts';

/** A file of the organisation, understood. */
export type RecognisedFile = {
  readonly name: string;
  readonly sha256: string;
  readonly content: ImportContent;
  readonly issues: readonly ImportIssue[];
};

const maxBytes = 8 * 1024 * 1024;
const maxIssues = 500;

/** Names of the published forms, as `schema` in YAML and JSON. */
export const listSchemas = {
  registry: 'countersign-registry/1',
  agents: 'countersign-agents/1',
  context: 'countersign-context/1',
} as const;

/** Reads a file that a person named. Throws AppError where it cannot be read or is none of the known lists. */
export function readImportFile(path: string): RecognisedFile {
  const read = readSafely(path, maxBytes);
  if (read.status !== 'read') throw new AppError('file-unreadable', `${path} cannot be read: ${read.detail}.`);
  return recogniseList(path.replaceAll('\\', '/').split('/').at(-1) ?? path, decodeText(read.bytes).text, path);
}

/** The same file with the server that its tools belong to, where somebody says so. Throws AppError for anything but one list of tools. */
export function forServer(file: RecognisedFile, server: string | undefined): RecognisedFile {
  if (server === undefined) return file;
  if (file.content.type !== 'tools' || file.content.lists.length !== 1)
    throw new AppError('bad-request', `${file.name} is not one list of MCP tools, so it belongs to no single server.`);
  return { ...file, content: { ...file.content, server } };
}

/** Tells by content what a file is; `called` is how messages name it. */
export function recogniseList(name: string, text: string, called = name): RecognisedFile {
  if (text.length > maxBytes) throw new AppError('file-unreadable', `${called} is larger than ${maxBytes} bytes.`);
  const document = parseList(text, formatOf(name, text));
  const { root, problems } = document;
  if (root === null && !/\.(?:csv|tsv|ya?ml|json)$/i.test(name)) throw noList(called);
  if (root === null) {
    const first = problems[0];
    const where = first?.line === null || first === undefined ? '' : ` (line ${first.line})`;
    throw new AppError('file-unreadable', `${called}${where}: ${first?.message ?? 'holds nothing'}.`);
  }
  const issues: ImportIssue[] = problems.map(({ line, message }) => ({ line, message }));
  const content = contentOf(root, document, issues);
  if (content === null) throw noList(called);
  return {
    name: name.slice(0, 200),
    sha256: createHash('sha256').update(text).digest('hex'),
    content,
    issues: issues.slice(0, maxIssues),
  };
}

const noList = (called: string): AppError =>
  new AppError(
    'file-unreadable',
    `${called} is none of the lists that can be imported: an agent registry, a list of agents, a data classification, a list of environments or a list of MCP tools.`,
  );

function contentOf(root: Node, document: ParsedDocument, issues: ImportIssue[]): ImportContent | null {
  const schema = schemaOf(root);
  const known = Object.values(listSchemas) as readonly string[];
  if (schema !== '' && schema.startsWith('countersign-') && !known.includes(schema))
    throw new AppError('file-unreadable', `'${schema}' is no form that this version knows: ${known.join(', ')}.`);
  // First, because a dump that is sorted by servers has the looks of a register of servers.
  const toolLists = schema === '' ? readToolLists(root, issues) : [];
  if (toolLists.length > 0) return { type: 'tools', origin: 'file', server: '', askedAt: null, lists: toolLists };
  if (schema === listSchemas.registry || (schema === '' && isRegistry(root)))
    return { type: 'registry', entries: registryEntries(registryRows(root), issues) };
  if (schema === listSchemas.agents || (schema === '' && isAgentList(root)))
    return { type: 'agents', entries: importedAgents(agentRows(root), issues) };
  const lists = readContextLists(document);
  if (schema !== listSchemas.context && !hasLists(lists)) return null;
  // The problems of the document are in the list already.
  issues.push(...lists.issues.slice(document.problems.length));
  const { stores, environments, owners } = lists;
  return {
    type: 'context',
    stores: [...stores],
    environments: environments.map((entry) => ({
      ...entry,
      members: Object.fromEntries(
        Object.entries(entry.members).map(([member, names]) => [member, [...names]]),
      ) as ContextMembers,
    })),
    owners: [...owners],
  };
}

type ContextMembers = Extract<ImportContent, { type: 'context' }>['environments'][number]['members'];
