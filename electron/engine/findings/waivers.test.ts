import { expect, test } from 'vitest';
import type { Finding } from '../../../shared/model/findings.ts';
import { AppError } from '../errors.ts';
import { applyWaivers, counts, parseWaivers } from './waivers.ts';

const finding: Finding = {
  id: 'sandbox-off:1',
  rule: 'sandbox-off',
  title: '',
  severity: 'medium',
  confidence: 'high',
  subject: 'agent-1',
  subjectKind: 'agent',
  subjectName: 'Codex in app',
  message: '',
  fix: '',
  evidence: [],
  references: [],
  group: '',
};
const waiver = { reason: 'in a container', owner: 'maria', until: '2027-01-31' };
const file = (waivers: readonly object[]) => parseWaivers(JSON.stringify({ waivers }), 'waivers.json');

test('a waiver counts up to its last day, and then the finding counts again', () => {
  const waivers = file([{ ...waiver, finding: 'sandbox-off:1' }]);
  const [before] = applyWaivers([finding], waivers, '2027-01-31');
  const [after] = applyWaivers([finding], waivers, '2027-02-01');
  expect([before?.waived, after?.waived]).toEqual([
    { ...waiver, expired: false },
    { ...waiver, expired: true },
  ]);
  expect([before, after].map((one) => one !== undefined && counts(one, new Set()))).toEqual([false, true]);
});

test('by rule and subject; others are left alone', () => {
  const waivers = file([{ ...waiver, rule: 'sandbox-off', subject: 'Codex in app' }]);
  const other = { ...finding, id: 'x', subjectName: 'Codex in other' };
  expect(applyWaivers([finding, other], waivers, '2026-01-01').map(({ waived }) => waived?.owner ?? null)).toEqual([
    'maria',
    null,
  ]);
});

test('YAML with a date that is not quoted', () => {
  const text = 'waivers:\n  - { finding: a, reason: r, owner: o, until: 2027-01-31 }\n';
  expect(parseWaivers(text, 'w.yaml')).toEqual([{ finding: 'a', reason: 'r', owner: 'o', until: '2027-01-31' }]);
});

test('what is known from a baseline does not count', () => {
  expect(counts({ ...finding, waived: null }, new Set(['sandbox-off:1']))).toBe(false);
});

test.each([
  ['no owner', 'waivers: [{ finding: a, reason: r, until: 2027-01-31 }]'],
  ['an empty reason', "waivers: [{ finding: a, reason: ' ', owner: o, until: 2027-01-31 }]"],
  ['no day', 'waivers: [{ finding: a, reason: r, owner: o, until: soon }]'],
  ['a rule without a subject', 'waivers: [{ rule: a, reason: r, owner: o, until: 2027-01-31 }]'],
  ['a key that is not known', 'waivers: [{ finding: a, reason: r, owner: o, until: 2027-01-31, x: 1 }]'],
  ['another file', '[]'],
  ['no YAML', '{ waivers: ['],
  ['aliases', 'a: &a [1]\nwaivers: *a\n'],
])('%s is refused', (_, text) => {
  expect(() => parseWaivers(text, 'w.yaml')).toThrow(AppError);
});
