import {
  type AskableAgent,
  type MatrixCell,
  type PermissionMatrix,
  resourceClasses,
  resourceVerbs,
} from '../../../shared/contract/permissions.ts';
import { relationKinds } from '../../../shared/kinds.ts';
import type { RelationColumns } from '../../../shared/contract/assets.ts';
import type { AssetTable } from '../../client/asset-table.ts';
import { isSilentAlarm, type Verdict } from '../../ui/verdict-words.ts';

export const resourceTitles: { readonly [R in MatrixCell['resource']]: string } = {
  repository: 'Repository',
  home: 'Home',
  secrets: 'Secrets',
  'own-configuration': 'Own rules',
  network: 'Network',
  'mcp-server': 'MCP',
  infrastructure: 'Infrastructure',
};

export const verbTitles: { readonly [V in MatrixCell['verb']]: string } = {
  read: 'Read',
  write: 'Write',
  delete: 'Delete',
  execute: 'Execute',
  send: 'Send',
};

/** Words that fit a cell of the matrix. */
export const shortVerdict: { readonly [V in Verdict]: string } = {
  allow: 'Allow',
  ask: 'Ask',
  classifier: 'Model',
  deny: 'Deny',
  hidden: 'Hidden',
  conditional: 'If',
  unknown: 'Unknown',
};

export type MatrixColumn = {
  readonly key: string;
  readonly resource: MatrixCell['resource'];
  readonly verb: MatrixCell['verb'];
  /** Several calls stand behind one cell of some agent. */
  readonly several: boolean;
};

/** All calls of one resource and verb, the one that is worst for a person first. */
export type CellGroup = { readonly cells: readonly MatrixCell[]; readonly worst: MatrixCell; readonly alarm: boolean };

export type MatrixRow = {
  readonly agent: AskableAgent;
  readonly groups: ReadonlyMap<string, CellGroup>;
  /** Calls that run silently and are destructive or send something out. */
  readonly alarms: number;
};

export const isAlarm = (cell: MatrixCell): boolean =>
  isSilentAlarm(cell.verdict, cell.impact.impact, cell.verb === 'send');

/** What a cell of several calls shows: never the milder one. Unknown counts as worse than a question to a person. */
const order: readonly Verdict[] = ['allow', 'conditional', 'classifier', 'unknown', 'ask', 'deny', 'hidden'];
const badness = (cell: MatrixCell): number => (isAlarm(cell) ? -1 : order.indexOf(cell.verdict));

const keyOf = ({ resource, verb }: { readonly resource: string; readonly verb: string }): string =>
  `${resource} ${verb}`;

/** Columns that some agent has a call in, in the order of the contract. */
export function matrixColumns(matrix: PermissionMatrix): readonly MatrixColumn[] {
  const most = new Map<string, number>();
  for (const { cells } of matrix.rows) {
    const counts = new Map<string, number>();
    for (const cell of cells) counts.set(keyOf(cell), (counts.get(keyOf(cell)) ?? 0) + 1);
    for (const [key, count] of counts) most.set(key, Math.max(most.get(key) ?? 0, count));
  }
  return resourceClasses.flatMap((resource) =>
    resourceVerbs.flatMap((verb): readonly MatrixColumn[] => {
      const count = most.get(keyOf({ resource, verb }));
      return count === undefined ? [] : [{ key: keyOf({ resource, verb }), resource, verb, several: count > 1 }];
    }),
  );
}

/** How many columns stand below each resource, for the upper head. */
export function resourceSpans(
  columns: readonly MatrixColumn[],
): readonly { readonly resource: MatrixCell['resource']; readonly columns: readonly MatrixColumn[] }[] {
  const spans = Map.groupBy(columns, (column) => column.resource);
  return [...spans].map(([resource, members]) => ({ resource, columns: members }));
}

export function matrixRows(matrix: PermissionMatrix): readonly MatrixRow[] {
  return matrix.rows.map(({ agent, cells }) => ({
    agent,
    groups: new Map(
      [...Map.groupBy(cells, keyOf)].map(([key, members]) => {
        const sorted = members.toSorted((one, other) => badness(one) - badness(other));
        const worst = sorted[0] as MatrixCell;
        return [key, { cells: sorted, worst, alarm: isAlarm(worst) }] as const;
      }),
    ),
    alarms: cells.filter(isAlarm).length,
  }));
}

export const matrixOrders = ['alarming', 'name'] as const;
export type MatrixOrder = (typeof matrixOrders)[number];

type Named = { readonly name: string; readonly hostTitle?: string; readonly folder?: string };

/** Every word has to occur in name, host or folder. */
export function fitsText(text: string, { name, hostTitle = '', folder = '' }: Named): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const haystack = `${name}\n${hostTitle}\n${folder}`.toLowerCase();
  return words.every((word) => haystack.includes(word));
}

export function orderRows(rows: readonly MatrixRow[], by: MatrixOrder): readonly MatrixRow[] {
  const names = new Intl.Collator('en', { numeric: true });
  return rows.toSorted(
    (one, other) =>
      (by === 'alarming' ? other.alarms - one.alarms : 0) || names.compare(one.agent.name, other.agent.name),
  );
}

/** One destructive call that runs although no person said yes: silently, or because a model agreed. */
export type SilentRow = { readonly key: string; readonly agent: AskableAgent; readonly cell: MatrixCell };

export const silentDestructive = (matrix: PermissionMatrix): readonly SilentRow[] =>
  matrix.rows.flatMap(({ agent, cells }) =>
    cells
      .filter(({ verdict, impact }) => impact.impact === 'destructive' && runsWithoutPerson(verdict))
      .map((cell) => ({ key: `${agent.id} ${cell.call}`, agent, cell })),
  );

const runsWithoutPerson = (verdict: Verdict): boolean => verdict === 'allow' || verdict === 'classifier';

/** Calls that run silently of which nobody knows what they do: they may be destructive, and are not in the list. */
export const silentUnknown = (matrix: PermissionMatrix): number =>
  matrix.rows
    .flatMap(({ cells }) => cells)
    .filter(({ verdict, impact }) => impact.from === 'unknown' && runsWithoutPerson(verdict)).length;

/** Who starts whom: ids of the agents that delegate to an agent. */
export function parentsOf(table: AssetTable, relations: RelationColumns): ReadonlyMap<string, readonly string[]> {
  const parents = new Map<string, string[]>();
  const delegates = relationKinds.indexOf('delegates-to');
  for (let index = 0; index < relations.count; index += 1) {
    if (relations.kinds[index] !== delegates) continue;
    const [from, to] = [relations.from[index] ?? -1, relations.to[index] ?? -1];
    if (from < 0 || to < 0 || table.kind(from) !== 'agent' || table.kind(to) !== 'agent') continue;
    const child = table.ids[to] ?? '';
    parents.set(child, [...(parents.get(child) ?? []), table.ids[from] ?? '']);
  }
  return parents;
}

export type WiderRow = {
  readonly key: string;
  readonly agent: AskableAgent;
  readonly parent: AskableAgent;
  readonly cell: MatrixCell;
  readonly parentCell: MatrixCell;
};

export type Wider = {
  readonly rows: readonly WiderRow[];
  /** Sub-agents that were compared with a parent. */
  readonly compared: number;
  /** Sub-agents of which no parent was found, or none whose rules are evaluated. */
  readonly withoutParent: readonly AskableAgent[];
  /** Calls of which one side could not be told. */
  readonly untold: number;
};

/** How much a verdict lets happen; null where it cannot be compared. */
const widths: { readonly [V in Verdict]: number | null } = {
  hidden: 0,
  deny: 0,
  ask: 1,
  classifier: 2,
  allow: 3,
  conditional: null,
  unknown: null,
};

/** What a sub-agent may do with less in its way than the agent that starts it. */
export function widerThanParent(matrix: PermissionMatrix, parents: ReadonlyMap<string, readonly string[]>): Wider {
  const byId = new Map(matrix.rows.map((row) => [row.agent.id, row]));
  const rows: WiderRow[] = [];
  const withoutParent: AskableAgent[] = [];
  let compared = 0;
  let untold = 0;
  for (const { agent, cells } of matrix.rows) {
    const above = (parents.get(agent.id) ?? []).flatMap((id) => byId.get(id) ?? []);
    if (above.length === 0) {
      if (agent.subAgent) withoutParent.push(agent);
      continue;
    }
    compared += 1;
    for (const parent of above) {
      const calls = new Map(parent.cells.map((cell) => [cell.call, cell]));
      for (const cell of cells) {
        const parentCell = calls.get(cell.call);
        if (parentCell === undefined) continue;
        const [own, theirs] = [widths[cell.verdict], widths[parentCell.verdict]];
        if (own === null || theirs === null) untold += 1;
        else if (own > theirs)
          rows.push({
            key: `${agent.id} ${parent.agent.id} ${cell.call}`,
            agent,
            parent: parent.agent,
            cell,
            parentCell,
          });
      }
    }
  }
  return { rows, compared, withoutParent, untold };
}
