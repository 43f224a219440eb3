import { createHash } from 'node:crypto';
import type { IntrospectionPreview, IntrospectionResult } from '../../../shared/contract/introspection.ts';
import type { Asset, Evidence, JsonValue, Properties } from '../../../shared/model/facts.ts';
import type { ImportIssue } from '../../../shared/model/imports.ts';
import { AppError } from '../errors.ts';
import { compareToolLists } from '../imports/mcp-tools/drift.ts';
import { readToolLists } from '../imports/mcp-tools/read-tool-lists.ts';
import { asChange } from '../imports/mcp-tools/tool-changes.ts';
import { listsByServer, storedLists } from '../imports/mcp-tools/tool-history.ts';
import { noServer, readInstructions } from '../sources/mcp/tool-list.ts';
import { nodeOf, textOf } from '../sources/parse/node.ts';
import { parseJson } from '../sources/parse/json-document.ts';
import type { Connection } from '../store/driver.ts';
import { putImport, readImports } from '../store/repos/imports.ts';
import { introspectionKey } from '../store/repos/introspection-key.ts';
import { getScan, scanRoots } from '../store/repos/scans.ts';
import type { ToolList } from '../../../shared/model/tool-lists.ts';
import { findEntry } from './find-entry.ts';
import { planIntrospection, type PlannedIntrospection } from './launch-plan.ts';
import type { IntrospectionLimits } from './limits.ts';
import { configurationsOf, serverOf } from './server-of-scan.ts';

export type IntrospectionDeps = {
  readonly version: string;
  readonly home: string;
  readonly now: () => number;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly limits: IntrospectionLimits;
};

export type Wanted = { readonly scan: number; readonly server: string; readonly configuration: number | null };

/** What asking this server would run or call. Reads its configuration again; starts nothing. */
export function previewIntrospection(
  connection: Connection,
  wanted: Wanted,
  deps: IntrospectionDeps,
): IntrospectionPreview {
  return planned(connection, wanted, deps).preview;
}

function planned(connection: Connection, wanted: Wanted, deps: IntrospectionDeps): PlannedIntrospection {
  const server = serverOf(connection, wanted);
  const configurations = configurationsOf(server);
  const index =
    wanted.configuration ??
    Math.max(
      0,
      configurations.findIndex((one) => one['enabled'] !== false),
    );
  const configuration = configurations[index];
  if (configuration === undefined)
    throw new AppError(
      'not-found',
      `${server.name} has no configuration that could be run: it is known in another way.`,
    );
  if ((getScan(connection, wanted.scan)?.fsRoot ?? null) !== null)
    throw new AppError(
      'bad-request',
      'This scan is of another file system: its programs are not those of this machine.',
    );
  const { path, evidence } = fileOf(connection, wanted.scan, server, configuration);
  const entry = findEntry(path, configuration);
  return planIntrospection({
    server: { id: server.id, name: server.name },
    configuration: { index, host: textValue(configuration['host']), file: path, line: evidence.line },
    entry,
    sources: {
      environment: deps.environment,
      folder: folderOf(connection, wanted.scan, configuration, deps.home),
      home: deps.home,
    },
    platform: process.platform,
    limits: deps.limits,
    key: introspectionKey(connection),
  });
}

/**
 * Asks a server for its tools and keeps the answer. `digest` is the consent: it has to name exactly what would be run now.
 * Throws AppError where it does not, and where the server gives no list; nothing is kept then.
 */
export async function runIntrospection(
  connection: Connection,
  request: Wanted & { readonly digest: string; readonly by: string },
  deps: IntrospectionDeps,
  stop?: AbortSignal,
): Promise<IntrospectionResult> {
  const { plan, preview } = planned(connection, request, deps);
  if (plan === null || preview.digest === null)
    throw new AppError('bad-request', `This server cannot be asked: ${preview.problems.join('; ')}.`);
  if (preview.digest !== request.digest)
    throw new AppError('bad-request', 'What would be run is not what was agreed to. Look at it again.');
  const started = performance.now();
  // The client of the protocol is loaded when it is needed: most commands never ask a server.
  const { askServer } = await import('./ask-server.ts');
  const answer = await askServer(plan, deps.limits, deps.version, stop);
  const milliseconds = Math.round(performance.now() - started);
  const server = serverOf(connection, request);
  const { list, issues } = listOf(answer.document, server, preview);
  const at = deps.now();
  const before = listsByServer(storedLists(readImports(connection, 'all'), [server]))
    .get(server.id)
    ?.at(-1);
  const added = putImport(connection, {
    name: `introspection of ${server.name} (${server.id})`.slice(0, 200),
    sha256: createHash('sha256').update(answer.document).digest('hex'),
    content: { type: 'tools', origin: 'introspection', server: server.id, askedAt: at, lists: [list] },
    issues,
    by: request.by,
    at,
  });
  const after = listsByServer(storedLists([added], [server]))
    .get(server.id)
    ?.at(-1);
  return {
    import: added.id,
    server: { id: server.id, name: server.name },
    presentedName: list.server.presentedName,
    version: list.server.version,
    protocol: list.server.protocol,
    tools: list.tools.length,
    prompts: list.prompts,
    resources: list.resources,
    refused: [...answer.refused],
    milliseconds,
    drift:
      before === undefined || after === undefined
        ? null
        : compareToolLists(before.list, after.list).map((change) =>
            asChange(server, before, after, change, { before: 0, after: 0 }),
          ),
  };
}

/** An answer without a single tool is an answer too, and no dump that could be recognised. */
function listOf(
  document: string,
  server: Asset,
  preview: IntrospectionPreview,
): { readonly list: ToolList; readonly issues: ImportIssue[] } {
  const { root, problems } = parseJson(document);
  if (root === null)
    throw new AppError('unavailable', `The server's answer cannot be kept: ${problems[0]?.message ?? 'it is empty'}.`);
  const issues: ImportIssue[] = [];
  const found = readToolLists(root, issues)[0];
  const instructions = textOf(nodeOf(root, 'instructions'));
  const list: ToolList = found ?? {
    line: 1,
    server: noServer,
    instructions: instructions === undefined || instructions === '' ? null : readInstructions(instructions),
    tools: [],
    toolsLeftOut: 0,
    hasMore: false,
    prompts: null,
    resources: null,
  };
  return { list: { ...list, server: { ...list.server, name: server.name, host: preview.host } }, issues };
}

const textValue = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** The file of a configuration on this disk: the evidence of the server that has its place and line. */
function fileOf(
  connection: Connection,
  scan: number,
  server: Asset,
  configuration: Properties,
): { readonly path: string; readonly evidence: Evidence } {
  const place = textValue(configuration['place']);
  const evidence = server.evidence.find(
    ({ file, line }) => line === configuration['line'] && (place === `/${file}` || place.endsWith(`/${file}`)),
  );
  const root = evidence === undefined ? undefined : scanRoots(connection, scan)[evidence.root];
  if (evidence === undefined || root === undefined)
    throw new AppError('not-found', 'It is not known in which file this configuration stands.');
  return { path: root.path === '/' ? `/${evidence.file}` : `${root.path}/${evidence.file}`, evidence };
}

/** Where the host would start the program: the folder of the project, or the home for what the user configured. */
function folderOf(connection: Connection, scan: number, configuration: Properties, home: string): string {
  const anchor = textValue(configuration['anchor']);
  const root = scanRoots(connection, scan).find(
    ({ type, label }) => type === 'scan' && (anchor === label || anchor.startsWith(`${label}/`)),
  );
  return root === undefined ? home : `${root.path}${anchor.slice(root.label.length)}`;
}
