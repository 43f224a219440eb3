import { createHash } from 'node:crypto';
import type { ImportedAgent, ImportIssue } from '../../../shared/model/imports.ts';
import { idText, pick, pickText } from '../sources/context-files/lists.ts';
import { itemsOf, type Node, scalarText } from '../sources/parse/node.ts';
import { mask } from '../sources/parse/secrets.ts';
import { stateOf, textsOf } from './registry-list.ts';

const maxRows = 20_000;

/** Rows of a list of agents that no scan can see, from `agents` or a bare list (also a table). */
export const agentRows = (root: Node): readonly Node[] =>
  itemsOf(root.kind === 'list' ? root : pick(root, 'agents', 'saasagents')).slice(0, maxRows);

/** Whether an unmarked document is such a list: every row says in which system the agent runs. */
export function isAgentList(root: Node): boolean {
  const rows = agentRows(root);
  return (
    rows.length > 0 &&
    rows.every(
      (row) =>
        pick(row, 'name', 'agent') !== undefined && pick(row, 'system', 'platform', 'vendor', 'saas') !== undefined,
    )
  );
}

export function importedAgents(rows: readonly Node[], issues: ImportIssue[]): ImportedAgent[] {
  const seen = new Set<string>();
  return rows.flatMap((row): ImportedAgent[] => {
    const name = pickText(row, 'name', 'agent', 'displayname');
    if (name === '') {
      issues.push({ line: row.line, message: 'an agent needs a name' });
      return [];
    }
    const agent: ImportedAgent = {
      line: row.line,
      id: externalId(scalarText(pick(row, 'id', 'externalid')) ?? ''),
      name,
      system: pickText(row, 'system', 'platform', 'vendor', 'saas'),
      domain: pickText(row, 'domain', 'department'),
      owner: pickText(row, 'owner', 'team'),
      description: pickText(row, 'description', 'purpose'),
      model: pickText(row, 'model'),
      url: pickText(row, 'url', 'link'),
      tools: textsOf(pick(row, 'tools', 'actions', 'connectors')),
      data: textsOf(pick(row, 'data', 'datastores', 'knowledge')),
      state: stateOf(pickText(row, 'state', 'status'), row.line, issues),
    };
    const key = importedKey(agent);
    if (seen.has(key)) {
      issues.push({ line: row.line, message: 'the same agent stands twice in the list; the first one counts' });
      return [];
    }
    seen.add(key);
    return [agent];
  });
}

/** An id as the other system gives it. One that could be a secret is kept as a digest: it only has to tell agents apart. */
function externalId(given: string): string {
  const text = given.trim().slice(0, 500);
  const shown = idText(text);
  return shown.includes(mask) ? `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}` : shown;
}

/** Natural key of an imported agent: never that of a scanned one, whose keys begin with a host or a place. */
export const importedKey = ({ system, id, name }: Pick<ImportedAgent, 'system' | 'id' | 'name'>): string =>
  `imported:${system.toLowerCase()}:${id === '' ? `name:${name.toLowerCase()}` : id}`;
