import type { AssetLifecycle, LifecycleEvent } from '../../../shared/contract/inventory.ts';
import type { RecordEntry } from '../../../shared/model/records.ts';
import { sameValue, withoutLines } from '../diff/plain-values.ts';
import type { FormRow, ScanTime } from '../store/repos/asset-lifecycle.ts';

type Seen = { readonly scan: number; readonly at: number };

/** Times of complete scans, by number and in order. */
export type ScanTimes = { readonly at: (scan: number) => number; readonly before: (scan: number) => Seen | null };

export function scanTimes(scans: readonly ScanTime[]): ScanTimes {
  const at = new Map(scans.map(({ number, startedAt }) => [number, startedAt]));
  return {
    at: (scan) => at.get(scan) ?? 0,
    before(scan) {
      const last = scans.findLast(({ number }) => number < scan);
      return last === undefined ? null : { scan: last.number, at: last.startedAt };
    },
  };
}

/**
 * What became of things, from the forms that complete scans saw them in, in the order of assets and time: found, changed,
 * switched off and on, gone, found again. A thing that only moved within its file did not change.
 */
export function lifecycleEvents(forms: Iterable<FormRow>, times: ScanTimes): LifecycleEvent[] {
  const events: LifecycleEvent[] = [];
  let before: FormRow | null = null;
  const add = (form: FormRow, type: LifecycleEvent['type'], scan: number, detail: string[] = []): void => {
    const { asset, kind, name } = form;
    events.push({ type, asset, kind, name, at: times.at(scan), scan, by: '', detail });
  };
  const end = (form: FormRow | null): void => {
    if (form?.until != null) add(form, 'gone', form.until);
  };
  for (const form of forms) {
    if (before === null || before.asset !== form.asset) {
      end(before);
      add(form, 'found', form.since);
    } else if (before.until === form.since) {
      const detail = changedNames(before, form);
      const isOn = form.properties['enabled'] !== false;
      if (detail.includes('enabled') && isOn !== (before.properties['enabled'] !== false))
        add(form, isOn ? 'enabled' : 'disabled', form.since);
      const others = detail.filter((name) => name !== 'enabled');
      if (others.length > 0) add(form, 'changed', form.since, others);
    } else {
      end(before);
      add(form, 'found-again', form.since);
    }
    before = form;
  }
  end(before);
  return events;
}

function changedNames(before: FormRow, after: FormRow): string[] {
  const names = [...new Set([...Object.keys(before.properties), ...Object.keys(after.properties)])]
    .filter(
      (name) => !sameValue(withoutLines(before.properties[name] ?? null), withoutLines(after.properties[name] ?? null)),
    )
    .sort();
  for (const field of ['dynamic', 'confidence', 'origin', 'name'] as const)
    if (before[field] !== after[field]) names.unshift(field);
  return names;
}

/** What people declared, as events of the same kind. Notes and domains are history of the record, not of the thing. */
export function declaredEvents(
  entries: readonly RecordEntry[],
  nameOf: (asset: string) => Pick<LifecycleEvent, 'kind' | 'name'> | undefined,
): LifecycleEvent[] {
  return entries.flatMap(({ asset, field, after, by, at }): LifecycleEvent[] => {
    const named = nameOf(asset);
    const type =
      field === 'state' ? 'declared' : field === 'owner' ? 'owner-set' : field === 'review' ? 'reviewed' : null;
    if (named === undefined || type === null) return [];
    const detail =
      typeof after === 'object' && after !== null && !Array.isArray(after)
        ? String(after['decision'] ?? '')
        : String(after ?? '');
    return [{ type, asset, kind: named.kind, name: named.name, at, scan: null, by, detail: [detail] }];
  });
}

export const newestFirst = (events: LifecycleEvent[]): LifecycleEvent[] =>
  events.sort((a, b) => b.at - a.at || (b.scan ?? Infinity) - (a.scan ?? Infinity));

/** First and last sight of one thing, and when it last changed. */
export function seenOf(
  forms: readonly FormRow[],
  events: readonly LifecycleEvent[],
  times: ScanTimes,
  latest: number | null,
): Pick<AssetLifecycle, 'firstSeen' | 'lastSeen' | 'lastChanged' | 'gone'> {
  const seen = (scan: number): Seen => ({ scan, at: times.at(scan) });
  const first = forms[0];
  const last = forms.at(-1);
  if (first === undefined || last === undefined)
    return { firstSeen: null, lastSeen: null, lastChanged: null, gone: null };
  const changed = events.filter(({ type, scan }) => scan !== null && /^(?:changed|enabled|disabled)$/.test(type));
  const lastChange = Math.max(...changed.map(({ scan }) => scan ?? 0), 0);
  return {
    firstSeen: seen(first.since),
    lastSeen: last.until === null ? (latest === null ? seen(last.since) : seen(latest)) : times.before(last.until),
    lastChanged: lastChange === 0 ? null : seen(lastChange),
    gone: last.until === null ? null : seen(last.until),
  };
}
