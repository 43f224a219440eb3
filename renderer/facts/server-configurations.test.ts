import { describe, expect, it } from 'vitest';
import type { Asset, Properties } from '../../shared/model/facts.ts';
import { compareConfigurations, configurationsOf } from './server-configurations.ts';

const configuration = (more: Properties): Properties => ({
  host: 'cursor',
  agent: 'cursor@app',
  anchor: 'app',
  scope: 'project',
  name: 'tickets',
  place: 'app/.cursor/mcp.json',
  line: 3,
  endLine: 9,
  enabled: true,
  transport: 'stdio',
  command: 'npx',
  args: ['-y', '@acme/tickets@1.2.0'],
  url: null,
  version: '1.2.0',
  pinned: true,
  envNames: ['TICKETS_KEY'],
  headerNames: [],
  secretRefs: [],
  literalSecrets: [],
  autoApprovedTools: [],
  includeTools: [],
  excludeTools: [],
  auth: { type: 'env', names: ['TICKETS_KEY'] },
  transportSecurity: { scheme: null, encrypted: null },
  supplyChain: { source: 'npm', name: '@acme/tickets', version: '1.2.0', integrity: { kind: 'version' } },
  ...more,
});

const server = (configurations: readonly Properties[], states: readonly Properties[] = []): Asset => ({
  id: 'mcp-server:1',
  kind: 'mcp-server',
  name: 'tickets',
  origin: 'declared',
  confidence: 'high',
  properties: { configurations, states },
  evidence: [],
});

const cells = (asset: Asset, id: string) =>
  compareConfigurations(configurationsOf(asset)).find((row) => row.id === id)?.cells;

describe('configurations of one server', () => {
  it('are the same where they say the same, whatever place they stand in', () => {
    const rows = compareConfigurations(
      configurationsOf(server([configuration({}), configuration({ host: 'codex', place: 'app/.codex', line: 40 })])),
    );
    expect(rows.filter((row) => row.differs)).toEqual([]);
  });

  it('mark what fewer of them say, and both where it is one against one', () => {
    const floating = configuration({
      args: ['-y', '@acme/tickets'],
      version: null,
      pinned: false,
      supplyChain: { source: 'npm', name: '@acme/tickets', version: null, integrity: { kind: 'none' } },
    });
    const three = server([configuration({}), floating, configuration({})]);
    expect(cells(three, 'args')?.map(({ odd }) => odd)).toEqual([false, true, false]);
    expect(cells(three, 'pinning')?.map(({ text }) => text)).toEqual([
      'npm @acme/tickets@1.2.0, pinned by version',
      'npm @acme/tickets, floats',
      'npm @acme/tickets@1.2.0, pinned by version',
    ]);
    expect(cells(server([configuration({}), floating]), 'args')?.map(({ odd }) => odd)).toEqual([true, true]);
  });

  it('say why a cell is silent: nothing set, cannot be set, not known', () => {
    const remote = configuration({
      transport: 'http',
      command: null,
      args: [],
      url: 'https://tickets.example/mcp',
      headerNames: ['Authorization'],
      auth: null,
      transportSecurity: { scheme: 'https', encrypted: true },
      supplyChain: null,
      version: null,
      pinned: null,
    });
    const asset = server([configuration({ command: null, envNames: [] }), remote]);
    const texts = (id: string) => cells(asset, id)?.map(({ text, silent }) => [text, silent]);
    expect(texts('command')).toEqual([
      ['unknown', true],
      ['not applicable', true],
    ]);
    expect(texts('envNames')?.[0]).toEqual(['not set', true]);
    expect(texts('url')).toEqual([
      ['not applicable', true],
      ['https://tickets.example/mcp', false],
    ]);
    expect(texts('security')).toEqual([
      ['not applicable', true],
      ['encrypted, https', false],
    ]);
    expect(texts('auth')?.[1]).toEqual(['unknown', true]);
    expect(texts('pinning')?.[1]).toEqual(['not applicable', true]);
    expect(texts('state')?.[0]).toEqual(['unknown', true]);
  });

  it('belong to the states that name their place', () => {
    const state = (line: number): Properties => ({
      host: 'cursor',
      agent: 'cursor@app',
      name: 'tickets',
      context: 'interactive',
      state: 'connects',
      why: 'approved',
      decidedBy: 'settings',
      definitions: [{ scope: 'project', place: 'app/.cursor/mcp.json', line }],
    });
    expect(configurationsOf(server([configuration({})], [state(3), state(99)]))[0]?.states).toEqual([
      { context: 'interactive', state: 'connects', why: 'approved', decidedBy: 'settings' },
    ]);
  });

  it('show members that no row knows by their own name', () => {
    expect(cells(server([configuration({ trust: true }), configuration({})]), 'trust')).toEqual([
      { text: 'yes', silent: false, odd: true },
      { text: 'not set', silent: true, odd: true },
    ]);
  });
});
