import type { ImportIssue, RegistryEntry } from '../../../shared/model/imports.ts';
import { type DeclaredState, declaredStates, reviewDecisions } from '../../../shared/model/records.ts';
import { pick, pickText, plainText } from '../sources/context-files/lists.ts';
import { entriesOf, itemsOf, type Node, scalarText } from '../sources/parse/node.ts';

/** A row of a register with the kind of thing that its list holds. */
type Row = { readonly kind: RegistryEntry['kind']; readonly name: string; readonly node: Node };

const maxRows = 20_000;

/**
 * The rows of an agent registry: `agents` and `servers`, each a list or a map whose keys are the names; a bare list (also a
 * table) holds agents.
 */
export function registryRows(root: Node): readonly Row[] {
  if (root.kind === 'list') return rowsOf('agent', root);
  return [
    ...rowsOf('agent', pick(root, 'agents', 'registry', 'register')),
    ...rowsOf('mcp-server', pick(root, 'servers', 'mcpservers')),
  ];
}

function rowsOf(kind: Row['kind'], node: Node | undefined): Row[] {
  if (node?.kind === 'list')
    return itemsOf(node)
      .slice(0, maxRows)
      .map((item) => ({ kind, name: item.kind === 'scalar' ? (scalarText(item) ?? '') : '', node: item }));
  return entriesOf(node)
    .slice(0, maxRows)
    .map((entry) => ({ kind, name: entry.key, node: entry.node }));
}

/** Columns that only a register has; a table of names and owners alone is one as well. */
const registryKeys = ['repository', 'state', 'status', 'asset', 'review', 'attested', 'registered', 'path', 'owner'];

/** Whether an unmarked document is a register: every row has a name, some say more, and none names the system it runs in. */
export function isRegistry(root: Node): boolean {
  const rows = registryRows(root);
  const isNamed = (row: Row): boolean => row.name !== '' || pick(row.node, 'name', 'agent') !== undefined;
  if (rows.length === 0 || !rows.every(isNamed)) return false;
  if (rows.some(({ node }) => pick(node, 'system', 'platform', 'vendor', 'saas') !== undefined)) return false;
  if (rows.some(({ node }) => pick(node, 'store', 'classification') !== undefined)) return false;
  return root.kind === 'map' || rows.some(({ node }) => pick(node, ...registryKeys) !== undefined);
}

export function registryEntries(rows: readonly Row[], issues: ImportIssue[]): RegistryEntry[] {
  return rows.flatMap(({ kind, name, node }): RegistryEntry[] => {
    const named = plainText(name) || pickText(node, 'name', 'agent', 'server');
    const asset = pickText(node, 'asset', 'assetid', 'key');
    if (named === '' && asset === '') {
      issues.push({ line: node.line, message: 'an entry needs a name' });
      return [];
    }
    const owner = pick(node, 'owner', 'owners', 'team');
    return [
      {
        line: node.line,
        id: pickText(node, 'id'),
        asset,
        kind: kindOf(node) ?? kind,
        name: named,
        aliases: textsOf(pick(node, 'aliases', 'alias')),
        repository: pickText(node, 'repository', 'repo'),
        path: pickText(node, 'path', 'file'),
        owner: owner === undefined ? null : plainText(scalarText(owner) ?? ''),
        state: stateOf(pickText(node, 'state', 'status'), node.line, issues),
        domain: pickText(node, 'domain'),
        attested: pickText(node, 'attested', 'attestedon', 'lastattestation'),
        review: reviewOf(pick(node, 'review')),
      },
    ];
  });
}

function kindOf(node: Node): RegistryEntry['kind'] | null {
  const told = pickText(node, 'kind', 'type').toLowerCase();
  return told === 'mcp-server' || told === 'server' ? 'mcp-server' : told === 'agent' ? 'agent' : null;
}

/** Words that registers use; another word is told and not taken for one of them. */
const stateWords: ReadonlyMap<string, DeclaredState> = new Map([
  ...declaredStates.map((state) => [state, state] as const),
  ['active', 'approved'],
  ['registered', 'approved'],
  ['pending', 'proposed'],
  ['draft', 'proposed'],
  ['decommissioned', 'retired'],
  ['inactive', 'retired'],
]);

export function stateOf(text: string, line: number, issues: ImportIssue[]): DeclaredState | null {
  if (text === '') return null;
  const state = stateWords.get(text.toLowerCase());
  if (state === undefined)
    issues.push({ line, message: `'${text.slice(0, 60)}' is no state: ${declaredStates.join(', ')}` });
  return state ?? null;
}

function reviewOf(node: Node | undefined): RegistryEntry['review'] {
  if (node?.kind !== 'map') return null;
  const decision = pickText(node, 'decision').toLowerCase().replaceAll(' ', '-');
  return {
    reviewer: pickText(node, 'reviewer', 'by'),
    date: pickText(node, 'date', 'on'),
    decision: reviewDecisions.find((known) => known === decision) ?? null,
    conditions: pickText(node, 'conditions', 'condition'),
    nextReview: pickText(node, 'nextreview', 'next'),
  };
}

/** A list, or one text with semicolons or commas between its members, as a table has it. */
export function textsOf(node: Node | undefined): string[] {
  const texts =
    node?.kind === 'list'
      ? itemsOf(node).map((item) => scalarText(item) ?? '')
      : (scalarText(node) ?? '').split(/[;,]/);
  return texts
    .map(plainText)
    .filter((text) => text !== '')
    .slice(0, 500);
}
