import type { AssetKind } from '../../../shared/kinds.ts';
import type { Asset, JsonValue, Properties } from '../../../shared/model/facts.ts';
import type { AssetRecord, RecordEntry, RecordField } from '../../../shared/model/records.ts';
import { isObject } from '../../facts/property-words.ts';

type Said = { readonly by: string; readonly at: number };

/** What people and registers say of one asset, a person's word before a register's. */
export type Governance = {
  /** Null: nobody said; '' : somebody said that there is none. */
  readonly ownerSaid: string | null;
  readonly ownerBy: Said | null;
  readonly state: string;
  /** Who declared it: a person with a time, or a register as `file:line`. */
  readonly stateBy: { readonly by: string; readonly at: number | null } | null;
  /** yes, no, ambiguous, or '' where no register speaks of such things. */
  readonly registered: 'yes' | 'no' | 'ambiguous' | '';
  /** Place of the entry as `file:line`, '' where there is none. */
  readonly registry: string;
  readonly domain: string;
  readonly attested: string;
  readonly trust: string;
  readonly note: string;
  readonly review: {
    readonly reviewer: string;
    readonly date: string;
    readonly decision: string;
    readonly conditions: string;
    readonly nextReview: string;
  } | null;
};

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const recordOf = (value: JsonValue | undefined): Properties => (value !== undefined && isObject(value) ? value : {});

export function governanceOf(asset: Asset, record: AssetRecord | null, history: readonly RecordEntry[]): Governance {
  const said = recordOf(asset.properties['governance']);
  const review = recordOf(said['review']);
  const { registered } = said;
  const stateAt = said['stateAt'];
  const stateBy = textOf(said['stateBy']);
  return {
    ownerSaid: record?.owner ?? null,
    ownerBy: record?.owner == null ? null : lastOf(history, 'owner'),
    state: textOf(said['state']) || textOf(asset.properties['imported'] === true ? asset.properties['state'] : ''),
    stateBy: stateBy === '' ? null : { by: stateBy, at: typeof stateAt === 'number' ? stateAt : null },
    registered:
      registered === true ? 'yes' : registered === false ? 'no' : registered === 'ambiguous' ? 'ambiguous' : '',
    registry: textOf(said['registry']),
    domain: textOf(said['domain']) || textOf(asset.properties['domain']),
    attested: textOf(said['attested']),
    trust: textOf(said['trust']),
    note: textOf(said['note']),
    review:
      said['review'] === undefined || !isObject(said['review'])
        ? null
        : {
            reviewer: textOf(review['reviewer']) || 'reviewer not named',
            date: textOf(review['date']) || 'no date',
            decision: textOf(review['decision']) || 'no decision written',
            conditions: textOf(review['conditions']),
            nextReview: textOf(review['nextReview']),
          },
  };
}

/** The last time that a field was changed by anybody; the history comes newest first. */
function lastOf(history: readonly RecordEntry[], field: RecordField): Said | null {
  const entry = history.find((item) => item.field === field);
  return entry === undefined ? null : { by: entry.by, at: entry.at };
}

export type GovernanceRow = {
  readonly title: string;
  readonly text: string;
  readonly isUntold: boolean;
  readonly by: string;
  readonly at: number | null;
};

const row = (title: string, text: string, isUntold = false, by = '', at: number | null = null): GovernanceRow => ({
  title,
  text,
  isUntold,
  by,
  at,
});

/** Kinds that a register speaks of. */
const registrable: ReadonlySet<AssetKind> = new Set(['agent', 'mcp-server']);

/** State always, register for what registers speak of, the rest where somebody said something. */
export function governanceRows(governance: Governance, kind: AssetKind): readonly GovernanceRow[] {
  const { state, stateBy, registered, registry, domain, attested, trust, note } = governance;
  return [
    state === ''
      ? row('State', 'not declared', true)
      : row('State', state, false, stateBy === null ? '' : `by ${stateBy.by}`, stateBy?.at ?? null),
    ...registerRows(registered, registry, kind),
    ...(domain === '' ? [] : [row('Domain', domain)]),
    ...(attested === '' ? [] : [row('Confirmed', attested)]),
    ...(trust === '' ? [] : [row('Trust', trust)]),
    ...(note === '' ? [] : [row('Note', note)]),
  ];
}

function registerRows(
  registered: Governance['registered'],
  registry: string,
  kind: AssetKind,
): readonly GovernanceRow[] {
  switch (registered) {
    case 'yes':
      return [row('Register', 'registered', false, registry)];
    case 'no':
      return [row('Register', 'unregistered: found, and no register speaks of it', true)];
    case 'ambiguous':
      return [row('Register', 'ambiguous: an entry fits several things', true)];
    case '':
      return registrable.has(kind)
        ? [row('Register', 'unknown: no imported register speaks of such things', true)]
        : [];
  }
}

/** Whether a day has come. `day`: ISO date; days are those of this machine's calendar. */
export function isDue(day: string, now: Date): boolean {
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;
  return day <= today;
}
