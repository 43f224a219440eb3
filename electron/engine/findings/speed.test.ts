import { expect, test } from 'vitest';
import { createAsker } from '../permissions/ask.ts';
import { loadShellGrammar } from '../permissions/shell/grammar.ts';
import type { StoredAsset, StoredRelation } from '../store/repos/merged-facts.ts';
import { scannedFacts } from './judge-files.test-support.ts';
import { runRules } from './run-rules.ts';

const agents = 2000;
const servers = 5000;
/** Milliseconds of one core. The clock on the wall would measure what else the machine does. */
const limit = 2000;

const evidence = (place: string) => [{ place, line: 1, endLine: 9, source: 's' }];

function estate(): { readonly assets: readonly StoredAsset[]; readonly relations: readonly StoredRelation[] } {
  const common = { origin: 'declared', confidence: 'high', dynamic: false } as const;
  const hosts = ['claude-code', 'codex', 'cursor', 'gemini-cli'];
  const assets: StoredAsset[] = [];
  const relations: StoredRelation[] = [];
  for (let index = 0; index < agents; index++) {
    const host = hosts[index % hosts.length] ?? '';
    const place = `app/${index}/settings.json`;
    assets.push({
      ...common,
      id: `agent-${index}`,
      kind: 'agent',
      key: `${host}@app/${index}`,
      name: `${host} in ${index}`,
      properties: {
        host,
        permissions: ['Bash(npm test)', 'Bash(git *)', 'WebFetch(domain:example.com)'].map((rule, at) => ({
          list: 'allow',
          rule,
          scope: 'project',
          place,
          line: at + 2,
        })),
        modes: [{ key: 'permissions.defaultMode', value: 'acceptEdits', scope: 'project', place, line: 8 }],
      },
      evidence: evidence(place),
    });
  }
  for (let index = 0; index < servers; index++) {
    const of = index % agents;
    const host = hosts[of % hosts.length] ?? '';
    const place = `app/${of}/mcp.json`;
    const key = `npm:server-${index}`;
    assets.push({
      ...common,
      id: `server-${index}`,
      kind: 'mcp-server',
      key,
      name: `server-${index % 50}`,
      properties: {
        configurations: [
          {
            host,
            agent: `${host}@app/${of}`,
            anchor: `app/${of}`,
            scope: 'project',
            name: `server-${index % 50}`,
            place,
            line: 3,
            endLine: 9,
            enabled: true,
            command: 'npx',
            args: ['-y', `server-${index}`],
            pinned: false,
            supplyChain: { source: 'npm', name: `server-${index}` },
            auth: { type: 'none' },
            transportSecurity: { scheme: 'stdio', encrypted: null },
            literalSecrets: [],
            secretRefs: ['env:TOKEN'],
            autoApprovedTools: ['get_thing'],
          },
        ],
      },
      evidence: evidence(place),
    });
    relations.push({
      ...common,
      kind: 'uses',
      from: { kind: 'agent', key: `${host}@app/${of}` },
      to: { kind: 'mcp-server', key },
      discriminator: '',
      properties: {},
      evidence: evidence(place),
    });
  }
  return { assets, relations };
}

test(`all rules over ${agents} agents and ${servers} servers`, async () => {
  const grammar = await loadShellGrammar();
  const { assets, relations } = estate();
  const facts = scannedFacts(assets, relations);
  const kinds = Map.groupBy(assets, ({ kind }) => kind);
  const indexed = { ...facts, assets: (kind: StoredAsset['kind']) => kinds.get(kind) ?? [] };
  // The better of two: the first one also compiles this program.
  const runs = [0, 1].map(() => {
    const asker = createAsker(indexed, grammar);
    const before = process.cpuUsage();
    const result = runRules(indexed, asker, 1);
    const { user, system } = process.cpuUsage(before);
    return { result, took: (user + system) / 1000 };
  });
  const result = runs[1]?.result ?? { rules: [] };
  expect(result.rules.filter(({ failure }) => failure !== null)).toEqual([]);
  expect(result.rules.find(({ rule }) => rule === 'unpinned-server-package')).toMatchObject({
    looked: servers,
    found: servers,
  });
  expect(Math.min(...runs.map(({ took }) => took))).toBeLessThan(limit);
}, 60_000);
