import { describe, expect, it } from 'vitest';
import type { AssetDetail } from '../../../shared/contract/assets.ts';
import type { AssetKind, RelationKind } from '../../../shared/kinds.ts';
import type { Evidence, Properties } from '../../../shared/model/facts.ts';
import { propertyTitle } from '../../facts/property-words.ts';
import { evidenceOfPlace, factsOf, relationGroups, sentenceOf } from './inspector-model.ts';

const relation = (
  kind: RelationKind,
  direction: 'out' | 'in',
  otherKind: AssetKind,
  name: string,
): AssetDetail['relations'][number] => ({
  relation: {
    id: name,
    kind,
    from: 'a',
    to: 'b',
    origin: 'declared',
    confidence: 'high',
    properties: {},
    evidence: [],
  },
  direction,
  other: { id: name, kind: otherKind, name },
});
const detail = (kind: AssetKind, properties: Properties, relations: AssetDetail['relations'] = []): AssetDetail => ({
  asset: { id: 'a', kind, name: 'x', origin: 'declared', confidence: 'high', properties, evidence: [] },
  roots: [],
  relations,
  relationsLeftOut: 0,
});

describe('facts', () => {
  it('turns properties into texts, lists, groups and tables, in that order', () => {
    const facts = factsOf({
      permissions: [
        { list: 'allow', rule: 'Bash(*)', place: 'app/.claude/settings.json', line: 6 },
        { list: 'deny', rule: 'Read(.env)', note: null, place: 'app/.claude/settings.json', line: 7 },
      ],
      package: { name: 'server', version: null },
      args: ['-y', 'server'],
      command: 'npx',
      enabled: true,
      empty: [],
      nothing: null,
    });
    expect(facts).toEqual([
      { form: 'text', name: 'command', text: 'npx', code: true },
      { form: 'text', name: 'enabled', text: 'yes', code: false },
      { form: 'list', name: 'args', items: ['-y', 'server'] },
      {
        form: 'group',
        name: 'package',
        record: { facts: [{ form: 'text', name: 'name', text: 'server', code: true }], place: null },
      },
      {
        form: 'table',
        name: 'permissions',
        table: {
          columns: ['list', 'rule'],
          rows: [
            { cells: ['allow', 'Bash(*)'], place: { place: 'app/.claude/settings.json', line: 6 } },
            { cells: ['deny', 'Read(.env)'], place: { place: 'app/.claude/settings.json', line: 7 } },
          ],
        },
      },
    ]);
  });

  it('shows members with many or nested facts one below the other, their place taken out', () => {
    const member = { a: 1, b: 2, c: 3, d: 4, e: null, f: { g: true }, place: 'app/x.json', line: 2, endLine: 4 };
    expect(factsOf({ configurations: [member] })).toEqual([
      {
        form: 'records',
        name: 'configurations',
        records: [
          {
            place: { place: 'app/x.json', line: 2 },
            facts: [
              ...['a', 'b', 'c', 'd'].map((name, index) => ({
                form: 'text',
                name,
                text: String(index + 1),
                code: false,
              })),
              {
                form: 'group',
                name: 'f',
                record: { facts: [{ form: 'text', name: 'g', text: 'yes', code: false }], place: null },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('writes names of properties as words', () => {
    expect(['apiBaseUrl', 'envNames', 'mcp-server', 'sha256'].map(propertyTitle)).toEqual([
      'API base URL',
      'Env names',
      'MCP server',
      'SHA256',
    ]);
  });

  it('finds the evidence that a place means by the longest path', () => {
    const evidence: readonly Evidence[] = [
      { root: 0, file: 'settings.json', line: 1, endLine: 9, source: 's' },
      { root: 1, file: '.claude/settings.json', line: 1, endLine: 9, source: 's' },
    ];
    expect(evidenceOfPlace({ place: 'app/.claude/settings.json', line: 6 }, evidence)).toEqual({
      root: 1,
      file: '.claude/settings.json',
      line: 6,
      endLine: 6,
      source: 's',
    });
    expect(evidenceOfPlace({ place: 'app/other-settings.json', line: 6 }, evidence)).toBeNull();
  });
});

describe('relations', () => {
  it('groups by direction and kind, outgoing first', () => {
    const groups = relationGroups([
      relation('uses', 'in', 'agent', 'support'),
      relation('uses', 'out', 'tool', 'mail'),
      relation('uses', 'out', 'tool', 'crm'),
    ]);
    expect(groups.map((group) => [group.title, group.members.length])).toEqual([
      ['Uses', 2],
      ['Used by', 1],
    ]);
  });
});

describe('sentence', () => {
  it('says what an agent uses, each thing once', () => {
    const relations = [
      relation('uses', 'out', 'mcp-server', 'github'),
      relation('uses', 'out', 'mcp-server', 'github'),
      relation('uses', 'out', 'tool', 'mail'),
      relation('configured-by', 'out', 'prompt', 'x'),
    ];
    expect(sentenceOf(detail('agent', { host: 'cursor' }, relations))).toBe(
      'Agent of cursor that uses 1 MCP server and 1 tool.',
    );
  });

  it('does not take a server that no file switches on for one that runs', () => {
    expect(sentenceOf(detail('mcp-server', { transport: 'stdio' }))).toBe(
      'MCP server over stdio. Nothing that was found uses it. No file switches it on.',
    );
  });

  it('tells a credential whose value stands in a file from one that is only named', () => {
    expect(sentenceOf(detail('credential', { literal: true, forms: [{}, {}] }))).toContain(
      'At least one file holds the value itself',
    );
    expect(sentenceOf(detail('credential', { forms: [{}] }))).toBe(
      'Credential named in 1 place. No file that was read holds its value.',
    );
  });
});
