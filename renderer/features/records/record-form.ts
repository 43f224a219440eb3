import {
  type AssetRecord,
  emptyRecord,
  type RecordChanges,
  type Review,
  reviewDecisions,
} from '../../../shared/model/records.ts';

/** What the dialog holds: every field as it is typed. */
export type RecordForm = {
  readonly state: 'none' | 'proposed' | 'approved' | 'retired';
  /** found: what files say · named: `owner` · nobody: there is none, and somebody says so. */
  readonly ownerMode: 'found' | 'named' | 'nobody';
  readonly owner: string;
  readonly domain: string;
  readonly note: string;
  readonly trust: 'none' | 'own' | 'vendor' | 'community' | 'unknown';
  readonly reviewed: boolean;
  readonly reviewer: string;
  readonly reviewDate: string;
  readonly decision: Review['decision'];
  readonly conditions: string;
  readonly nextReview: string;
  /** Day as ISO date, '' where nobody attested it. */
  readonly attested: string;
};

/** `today`: ISO date. */
export function formOf(record: AssetRecord, today: string): RecordForm {
  const { review } = record;
  return {
    state: record.state ?? 'none',
    ownerMode: record.owner === null ? 'found' : record.owner === '' ? 'nobody' : 'named',
    owner: record.owner ?? '',
    domain: record.domain,
    note: record.note,
    trust: record.trust ?? 'none',
    reviewed: review !== null,
    reviewer: review?.reviewer ?? '',
    reviewDate: review?.date ?? today,
    decision: review?.decision ?? 'approved',
    conditions: review?.conditions ?? '',
    nextReview: review?.nextReview ?? '',
    attested: record.attested ?? '',
  };
}

export function recordOf(form: RecordForm): AssetRecord {
  return {
    state: form.state === 'none' ? null : form.state,
    owner: form.ownerMode === 'found' ? null : form.ownerMode === 'nobody' ? '' : form.owner.trim(),
    domain: form.domain.trim(),
    note: form.note,
    trust: form.trust === 'none' ? null : form.trust,
    attested: form.attested === '' ? null : form.attested,
    review: !form.reviewed
      ? null
      : {
          reviewer: form.reviewer.trim(),
          date: form.reviewDate,
          decision: form.decision,
          conditions: form.conditions,
          nextReview: form.nextReview === '' ? null : form.nextReview,
        },
  };
}

/** Only the fields that a person changed: of several assets each keeps what was not touched. */
export function changesOf(before: RecordForm, after: RecordForm): RecordChanges {
  const [old, fresh] = [recordOf(before), recordOf(after)];
  const changes: Record<string, unknown> = {};
  for (const name of Object.keys(emptyRecord) as (keyof AssetRecord)[])
    if (JSON.stringify(old[name]) !== JSON.stringify(fresh[name])) changes[name] = fresh[name];
  return changes as RecordChanges;
}

/** What keeps the form from being saved, as one sentence; null where nothing does. */
export function formProblem(form: RecordForm, by: string): string | null {
  if (by.trim() === '') return 'A record says who made it: enter your name.';
  if (form.ownerMode === 'named' && form.owner.trim() === '') return 'Name the owner, or choose another answer.';
  if (form.reviewed && form.reviewer.trim() === '') return 'A review names its reviewer.';
  if (form.reviewed && form.reviewDate === '') return 'A review has a date.';
  if (form.reviewed && form.nextReview !== '' && form.nextReview < form.reviewDate)
    return 'The next review lies before this one.';
  if (form.reviewed && form.decision === 'approved-with-conditions' && form.conditions.trim() === '')
    return 'Approved with conditions: write the conditions.';
  return null;
}

export const decisionWords: { readonly [D in (typeof reviewDecisions)[number]]: string } = {
  approved: 'Approved',
  'approved-with-conditions': 'Approved with conditions',
  rejected: 'Rejected',
  deferred: 'Deferred',
};
export const decisionOptions = reviewDecisions.map((value) => ({ value, label: decisionWords[value] }));
