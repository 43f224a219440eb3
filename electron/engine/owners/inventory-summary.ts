import type { InventorySummary } from '../../../shared/contract/inventory.ts';
import type { Properties } from '../../../shared/model/facts.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import { ownersByAsset, surestOwners } from './owners-of.ts';
import type { WorkspaceFacts } from './workspace-facts.ts';

const day = 24 * 60 * 60 * 1000;

export type Freshness = {
  readonly scan: ScanSummary;
  /** Places that were looked for. */
  readonly places: number;
  readonly now: number;
  readonly staleAfterDays: number;
};

/** The figures of the dashboard: who owns what, what is registered, what is due, and how old and complete all this is. */
export function inventorySummary(facts: WorkspaceFacts, freshness: Freshness): InventorySummary {
  const agents = facts.all.assets.filter(({ kind }) => kind === 'agent');
  const owners = ownersByAsset(facts.all);
  const { records, imports } = facts.sources;
  const { registry } = facts.additions;
  const unownedIds: string[] = [];
  let guessed = 0;
  const states = { proposed: 0, approved: 0, retired: 0, none: 0 };
  for (const { id, properties } of agents) {
    const [first] = surestOwners(owners.get(id), records.get(id)?.record.owner === '');
    if (first === undefined) unownedIds.push(id);
    else if (first.guess) guessed++;
    const state = (recordOf(properties['governance'])['state'] ?? properties['state'] ?? 'none') as keyof typeof states;
    states[Object.hasOwn(states, state) ? state : 'none']++;
  }
  const hasRegister = imports.some(({ content }) => content.type === 'registry');
  const today = new Date(freshness.now).toISOString().slice(0, 10);
  return {
    scan: facts.scanned.scan,
    agents: agents.length,
    owned: agents.length - guessed - unownedIds.length,
    ownerGuessed: guessed,
    unowned: unownedIds.length,
    unownedIds,
    shadow: hasRegister ? registry.shadow.filter(({ kind }) => kind === 'agent').length : null,
    registeredGone: hasRegister ? registry.gone.length : null,
    importedAgents: facts.additions.imported.length,
    states,
    reviewsDue: [...records].flatMap(([id, { record }]) =>
      record.review?.nextReview != null && record.review.nextReview <= today ? [id] : [],
    ),
    freshness: freshnessOf(freshness),
  };
}

function freshnessOf({ scan, places, now, staleAfterDays }: Freshness): InventorySummary['freshness'] {
  const scannedAt = scan.endedAt ?? scan.startedAt;
  const ageDays = Math.max(0, Math.floor(((now - scannedAt) / day) * 10) / 10);
  const isStale = ageDays > staleAfterDays || scan.status !== 'complete';
  const age =
    ageDays < 1 ? 'less than a day old' : `${Math.floor(ageDays)} ${Math.floor(ageDays) === 1 ? 'day' : 'days'} old`;
  const complete =
    scan.status !== 'complete'
      ? 'the scan did not finish'
      : scan.couldNotTell === 0
        ? `all ${places} places that were looked for could be told`
        : `${scan.couldNotTell} of ${places} places could not be told`;
  return {
    scannedAt,
    ageDays,
    isStale,
    staleAfterDays,
    couldNotTell: scan.couldNotTell,
    places,
    statement: `The inventory is ${age}${ageDays > staleAfterDays ? `, more than the ${staleAfterDays} days it may be` : ''}; ${complete}.`,
  };
}

const recordOf = (value: unknown): Properties =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Properties) : {};
