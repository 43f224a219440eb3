import { describe, expect, it } from 'vitest';
import { type AssetRecord, emptyRecord } from '../../../shared/model/records.ts';
import { changesOf, formOf, formProblem, recordOf } from './record-form.ts';

const today = '2026-11-20';
const full: AssetRecord = {
  state: 'approved',
  owner: 'platform-oncall',
  note: 'n',
  domain: 'ops',
  trust: 'vendor',
  review: {
    reviewer: 'Maria',
    date: '2026-09-28',
    decision: 'approved-with-conditions',
    conditions: 'no shell',
    nextReview: '2027-03-28',
  },
  attested: '2026-10-01',
};

describe('record form', () => {
  it('gives back the record that it was made of', () => {
    for (const record of [full, emptyRecord, { ...emptyRecord, owner: '' }])
      expect(recordOf(formOf(record, today))).toEqual(record);
  });

  it('sends only what was changed', () => {
    const before = formOf(full, today);
    expect(changesOf(before, before)).toEqual({});
    expect(changesOf(before, { ...before, ownerMode: 'found' })).toEqual({ owner: null });
    expect(changesOf(before, { ...before, ownerMode: 'nobody', state: 'none' })).toEqual({ owner: '', state: null });
    expect(changesOf(before, { ...before, reviewed: false })).toEqual({ review: null });
  });

  it('says what is missing', () => {
    const form = formOf(emptyRecord, today);
    expect(formProblem(form, ' ')).toMatch(/enter your name/);
    expect(formProblem({ ...form, ownerMode: 'named' }, 'Ada')).toMatch(/Name the owner/);
    expect(formProblem({ ...form, reviewed: true }, 'Ada')).toMatch(/reviewer/);
    const reviewed = { ...form, reviewed: true, reviewer: 'Ada' };
    expect(formProblem({ ...reviewed, nextReview: '2026-01-01' }, 'Ada')).toMatch(/lies before/);
    expect(formProblem({ ...reviewed, decision: 'approved-with-conditions' }, 'Ada')).toMatch(/write the conditions/);
    expect(formProblem(reviewed, 'Ada')).toBeNull();
  });
});
