import { describe, expect, it } from 'vitest';
import type { Finding } from '../../../shared/model/findings.ts';
import {
  bareMessage,
  formatFindingsQuery,
  groupFindings,
  type HostedFinding,
  listRows,
  namedMessage,
  narrowFindings,
  parseFindingsQuery,
  referenceParts,
  ruleState,
  severityCounts,
  tallyOf,
  toggleFacet,
} from './findings-model.ts';

const finding = (id: string, more: Partial<Finding> = {}): HostedFinding => ({
  host: 'claude-code',
  finding: {
    id,
    rule: 'bypass-mode',
    title: 'A mode that drops every prompt',
    severity: 'high',
    confidence: 'high',
    subject: 'agent:1',
    subjectKind: 'agent',
    subjectName: 'support',
    message: 'support: nothing is asked for.',
    fix: 'Remove the mode.',
    evidence: [{ root: 0, file: 'a/.claude/settings.json', line: 3, endLine: 3, source: 'claude-code/settings' }],
    references: [],
    group: 'one',
    ...more,
  },
});
const none = parseFindingsQuery(new URLSearchParams());
const ids = (list: readonly HostedFinding[]): readonly string[] => list.map((one) => one.finding.id);

describe('filters of the findings', () => {
  const all = [
    finding('1'),
    finding('2', { severity: 'critical', confidence: 'low', rule: 'inert-rule' }),
    { ...finding('3', { subjectKind: 'mcp-server', message: 'in orders.json' }), host: '' },
  ];

  it('come back from the address as they were', () => {
    const query = parseFindingsQuery(new URLSearchParams('q=a+b&severity=high&severity=low&host=&group=rule'));
    expect(parseFindingsQuery(formatFindingsQuery(query))).toEqual(query);
    expect(formatFindingsQuery(none).toString()).toBe('');
  });

  it('narrow by every word and every chosen value, and count under the other filters', () => {
    expect(ids(narrowFindings(all, { ...none, text: 'orders support' }).findings)).toEqual(['3']);
    expect(ids(narrowFindings(all, { ...none, text: 'settings.json' }).findings)).toEqual(['1', '2', '3']);
    const critical = narrowFindings(all, toggleFacet(none, 'severity', 'critical'));
    expect(ids(critical.findings)).toEqual(['2']);
    expect(critical.options.severity).toEqual([
      { value: 'critical', count: 1, chosen: true },
      { value: 'high', count: 2, chosen: false },
    ]);
    expect(critical.options.rule).toEqual([{ value: 'inert-rule', count: 1, chosen: false }]);
    expect(ids(narrowFindings(all, toggleFacet(none, 'host', '')).findings)).toEqual(['3']);
    expect(severityCounts(all)).toEqual([
      { severity: 'critical', count: 1 },
      { severity: 'high', count: 2 },
    ]);
  });
});

describe('groups of findings', () => {
  it('put the gravest first, and name a thing with several findings by the thing', () => {
    const groups = groupFindings(
      [
        finding('1', { group: 'a' }),
        finding('2', { group: 'b', severity: 'critical', title: 'Runs silently' }),
        finding('3', { group: 'b', title: 'Mode' }),
      ],
      'root',
    );
    expect(groups.map(({ key, title, line, severity }) => [key, title, line, severity])).toEqual([
      ['group:b', 'support', 'Runs silently, Mode', 'critical'],
      ['group:a', 'A mode that drops every prompt', 'support', 'high'],
    ]);
  });

  it('show a cause with one finding as that finding, and a rule always as a group', () => {
    const one = [finding('1')];
    expect(listRows(groupFindings(one, 'root'), 'root', new Map(), '').map((row) => row.type)).toEqual(['finding']);
    expect(listRows(groupFindings(one, 'rule'), 'rule', new Map(), '').map((row) => row.type)).toEqual([
      'group',
      'finding',
    ]);
  });

  it('fold large groups, except the one that holds what is looked at', () => {
    const many = Array.from({ length: 40 }, (_, index) => finding(String(index)));
    const groups = groupFindings(many, 'root');
    expect(listRows(groups, 'root', new Map(), '')).toHaveLength(1);
    expect(listRows(groups, 'root', new Map(), '7')).toHaveLength(41);
    expect(listRows(groups, 'root', new Map([['group:one', true]]), '7')).toHaveLength(1);
    const named = listRows(groups, 'root', new Map([['group:one', false]]), '')[1];
    expect(named).toMatchObject({ type: 'finding', level: 2, named: 'place' });
  });

  it('do not say a name twice', () => {
    const { finding: told } = finding('1');
    expect(namedMessage(told)).toBe('support: nothing is asked for.');
    expect(bareMessage(told)).toBe('nothing is asked for.');
    expect(namedMessage({ ...told, message: 'nothing is asked for.' })).toBe('support: nothing is asked for.');
  });
});

describe('outcomes of rules', () => {
  const outcome = { rule: 'r', title: 'R', looked: 4, found: 1, notFound: 2, couldNotTell: 1, failure: null };

  it('are three, and a rule that failed has none of them', () => {
    expect(ruleState(outcome)).toBe('found');
    expect(ruleState({ ...outcome, found: 0 })).toBe('could-not-tell');
    expect(ruleState({ ...outcome, found: 0, couldNotTell: 0 })).toBe('not-found');
    expect(ruleState({ ...outcome, looked: 0, found: 0, couldNotTell: 0 })).toBe('nothing-to-look-at');
    expect(ruleState({ ...outcome, failure: 'it broke' })).toBe('failed');
    const undecided = [{ rule: 'r', subject: 's', subjectName: 's', why: 'w' }];
    expect(tallyOf({ scan: 1, findings: [], undecided, rules: [outcome, { ...outcome, failure: 'x' }] })).toEqual({
      rules: 2,
      failed: 1,
      looked: 8,
      couldNotTell: 1,
    });
  });
});

it('a reference names the edition of its framework, and takes no other number for one', () => {
  expect(referenceParts({ framework: 'OWASP-ASI-2026', id: 'ASI02' })).toEqual({
    name: 'OWASP ASI',
    edition: '2026',
    id: 'ASI02',
  });
  expect(referenceParts({ framework: 'NIST-SP-800-53', id: 'AC-3' }).edition).toBe('');
  expect(referenceParts({ framework: 'ISO-42001', id: 'A.6' })).toEqual({ name: 'ISO 42001', edition: '', id: 'A.6' });
});
