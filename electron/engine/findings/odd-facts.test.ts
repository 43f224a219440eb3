import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assetKinds, relationKinds } from '../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../shared/model/facts.ts';
import type { Asker } from '../permissions/ask.ts';
import type { StoredAsset, StoredRelation } from '../store/repos/merged-facts.ts';
import { AppError } from '../errors.ts';
import { scannedFacts } from './judge-files.test-support.ts';
import { rules } from './registry.ts';
import { runRules } from './run-rules.ts';

/** Names of properties that rules ask for: random names would hit none of them. */
const names = [
  ...'host framework language location permissions modes sandbox settings mcpApprovals ignoredFiles ignoredPermissions'.split(
    ' ',
  ),
  ...'inert inertRules startProblems rejected helpers environment apiBaseUrl additionalDirectories marketplaces'.split(
    ' ',
  ),
  ...'subAgent tools permissionMode disallowedTools transcripts literalSecrets startMode effective requirements'.split(
    ' ',
  ),
  ...'configurations states shadowed package preApproves hiddenInstructions hiddenCharacters claims imports role'.split(
    ' ',
  ),
  ...'readOnlyHint annotations capabilities capabilitiesKnown description steersModel forms secretKind source'.split(
    ' ',
  ),
  ...'marketplace marketplaces enabled event command url scope whoCanTrigger triggers untrustedInput tokenScopes'.split(
    ' ',
  ),
  ...'agentToken secrets allowedTools dangerousFlags pinnedToSha letsIn network drift state ownerLeftEmpty folder'.split(
    ' ',
  ),
];
const members =
  'list rule key value scope place line why name what text kind host form agent args lines auth transportSecurity supplyChain pinned trust autoApprovedTools cloudProfiles toolApproval class because'.split(
    ' ',
  );

const odd = fc.oneof(
  fc.constantFrom<JsonValue>(
    null,
    true,
    false,
    0,
    -1,
    1.5,
    7,
    '',
    '*',
    'allow',
    'literal',
    'Bash(*)',
    'app/x.json',
    'ci',
    '~',
  ),
  fc.string({ maxLength: 12 }),
);
const value: fc.Arbitrary<JsonValue> = fc.oneof(
  odd,
  fc.array(odd, { maxLength: 3 }),
  fc.array(fc.dictionary(fc.constantFrom(...members), odd, { maxKeys: 6 }), { maxLength: 3 }),
  fc.dictionary(fc.constantFrom(...members), odd, { maxKeys: 4 }),
  // A member that stands somewhere, so that it is looked at.
  fc
    .array(fc.dictionary(fc.constantFrom(...members), odd, { maxKeys: 6 }), { minLength: 1, maxLength: 2 })
    .map((list) => list.map((one) => ({ ...one, place: 'app/x.json', line: 3 }))),
);
const properties: fc.Arbitrary<Properties> = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 12 });

const evidence = fc.array(
  fc.constantFrom(
    { place: 'app/x.json', line: 1, endLine: 9, source: 's' },
    { place: '~/y.json', line: 2, endLine: 2, source: 's' },
    { place: '/etc/z', line: 1, endLine: 1, source: 's' },
  ),
  { maxLength: 2 },
);
const asset = fc
  .record({
    kind: fc.constantFrom(...assetKinds),
    key: fc.constantFrom('a', 'claude-code@app', 'claude-code@', 'codex@~', ''),
    name: fc.string({ maxLength: 8 }),
    properties,
    evidence,
    dynamic: fc.boolean(),
  })
  .map((one): StoredAsset => ({ ...one, id: `${one.kind}-${one.key}`, origin: 'declared', confidence: 'high' }));

const asker = (verdict: 'allow' | 'ask' | 'unknown'): Asker => ({
  verdict: ({ call }) => {
    if (String(call).startsWith('fetch')) throw new AppError('bad-request', 'no such call');
    return verdict;
  },
  ask: () => {
    return {
      id: '',
      verdict,
      decidedBy: { kind: 'rule', rule: 'r', file: verdict === 'ask' ? null : 'app/x.json', line: 3, scope: null },
      chain: [],
      inert: [],
      assumptions: [],
      agent: '',
      host: '',
      version: '',
    };
  },
  impact: () => ({ impact: 'operational', reversible: 'unknown', says: '', from: 'unknown' }),
  judge: () => null,
  agents: () =>
    ['a', 'claude-code@app', 'claude-code@', 'codex@~', ''].map((key) => ({
      id: `agent-${key}`,
      name: '',
      host: '',
      hostTitle: '',
      folder: '',
      subAgent: false,
    })),
});

test('no rule fails on facts of odd types, and every finding can be written down', () => {
  fc.assert(
    fc.property(
      fc.array(asset, { maxLength: 12 }),
      fc.array(fc.tuple(fc.nat(11), fc.nat(11), fc.constantFrom(...relationKinds), properties, evidence), {
        maxLength: 12,
      }),
      fc.constantFrom('allow' as const, 'ask' as const, 'unknown' as const),
      (given, links, verdict) => {
        const assets = [...new Map(given.map((one) => [one.id, one])).values()];
        const relations = links.flatMap(([from, to, kind, more, seen]): StoredRelation[] => {
          const [one, other] = [assets[from], assets[to]];
          return one === undefined || other === undefined
            ? []
            : [
                {
                  kind,
                  from: { kind: one.kind, key: one.key },
                  to: { kind: other.kind, key: other.key },
                  discriminator: '',
                  origin: 'declared',
                  confidence: 'high',
                  dynamic: false,
                  properties: more,
                  evidence: seen,
                },
              ];
        });
        const result = runRules(scannedFacts(assets, relations), asker(verdict), 1);
        expect(result.rules.filter(({ failure }) => failure !== null)).toEqual([]);
        for (const finding of result.findings) {
          expect(finding.message).not.toMatch(/\[object Object\]|undefined/);
          for (const { line, endLine } of finding.evidence) expect(line >= 1 && endLine >= line).toBe(true);
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test('the same facts give the same findings, in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(asset, { maxLength: 10 }), (given) => {
      const assets = [...new Map(given.map((one) => [one.id, one])).values()];
      const ids = (list: readonly StoredAsset[]): readonly string[] =>
        runRules(scannedFacts(list, []), asker('allow'), 1).findings.map(({ id }) => id);
      expect(ids(assets.toReversed()).toSorted()).toEqual(ids(assets).toSorted());
    }),
    { numRuns: 200 },
  );
});

test('a rule that throws is a result that is unknown, and the others still run', () => {
  const [first, ...others] = rules;
  if (first === undefined) throw new Error('no rules');
  const broken = {
    ...first,
    subjects: () => {
      throw new Error('boom');
    },
  };
  const result = runRules(scannedFacts([], []), asker('ask'), 1, [broken, ...others]);
  expect(result.rules[0]).toMatchObject({ rule: first.id, failure: 'boom' });
  expect(result.rules.slice(1).every(({ failure }) => failure === null)).toBe(true);
});
