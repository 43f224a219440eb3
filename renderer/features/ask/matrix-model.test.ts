import { describe, expect, it } from 'vitest';
import type { AskableAgent, MatrixCell, PermissionMatrix } from '../../../shared/contract/permissions.ts';
import { packText } from '../../../shared/contract/columns.ts';
import { assetKinds, relationKinds } from '../../../shared/kinds.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import {
  fitsText,
  matrixColumns,
  matrixRows,
  orderRows,
  parentsOf,
  resourceSpans,
  silentDestructive,
  silentUnknown,
  widerThanParent,
} from './matrix-model.ts';

const agent = (id: string, subAgent = false): AskableAgent => ({
  id,
  name: id,
  host: 'claude-code',
  hostTitle: 'Claude Code',
  folder: '/src/shop',
  subAgent,
});

const cell = (call: string, verdict: MatrixCell['verdict'], more: Partial<MatrixCell> = {}): MatrixCell => ({
  resource: 'repository',
  verb: 'delete',
  of: 'its folder',
  call,
  verdict,
  decidedBy: 'a rule',
  impact: { impact: 'destructive', reversible: 'no', says: 'deletes', from: 'catalogue' },
  ...more,
});

const harmless = { impact: 'informational', reversible: 'not-needed', says: 'reads', from: 'catalogue' } as const;

const matrixOf = (...rows: PermissionMatrix['rows']): PermissionMatrix => ({
  scan: 1,
  context: 'interactive',
  rows,
  unknown: [{ id: 'agent:x', name: 'x', why: 'rules of n8n are not evaluated' }],
});

describe('the matrix', () => {
  it('shows the worst of several calls: a silent alarm before anything, unknown before a question', () => {
    const matrix = matrixOf({
      agent: agent('a'),
      cells: [cell('1', 'deny'), cell('2', 'ask'), cell('3', 'unknown'), cell('4', 'allow', { impact: harmless })],
    });
    const [row] = matrixRows(matrix);
    expect(row?.groups.get('repository delete')?.cells.map((one) => one.call)).toEqual(['4', '3', '2', '1']);
    expect(row?.groups.get('repository delete')?.alarm).toBe(false);
    const alarmed = matrixRows(
      matrixOf({ agent: agent('a'), cells: [cell('1', 'allow', { impact: harmless }), cell('2', 'allow')] }),
    );
    expect(alarmed[0]?.groups.get('repository delete')?.worst.call).toBe('2');
    expect(alarmed[0]?.alarms).toBe(1);
  });

  it('takes sending out for an alarm although nothing is destroyed', () => {
    const sent = matrixOf({ agent: agent('a'), cells: [cell('1', 'allow', { verb: 'send', impact: harmless })] });
    expect(matrixRows(sent)[0]?.alarms).toBe(1);
  });

  it('has the columns that some agent has a call in, in the order of the contract', () => {
    const matrix = matrixOf(
      { agent: agent('a'), cells: [cell('1', 'ask', { resource: 'home', verb: 'read' })] },
      { agent: agent('b'), cells: [cell('1', 'ask'), cell('2', 'ask')] },
    );
    const columns = matrixColumns(matrix);
    expect(columns.map(({ key, several }) => [key, several])).toEqual([
      ['repository delete', true],
      ['home read', false],
    ]);
    expect(resourceSpans(columns).map(({ resource, columns: members }) => [resource, members.length])).toEqual([
      ['repository', 1],
      ['home', 1],
    ]);
  });

  it('orders agents by what they do silently, then by name', () => {
    const rows = matrixRows(
      matrixOf(
        { agent: agent('b'), cells: [] },
        { agent: agent('c'), cells: [cell('1', 'allow')] },
        { agent: agent('a'), cells: [] },
      ),
    );
    expect(orderRows(rows, 'alarming').map((row) => row.agent.id)).toEqual(['c', 'a', 'b']);
    expect(orderRows(rows, 'name').map((row) => row.agent.id)).toEqual(['a', 'b', 'c']);
    expect(fitsText('shop claude', agent('a'))).toBe(true);
    expect(fitsText('codex', agent('a'))).toBe(false);
  });
});

describe('what is destructive and runs without a person', () => {
  it('is what runs silently or because a model agreed, and nothing else', () => {
    const matrix = matrixOf({
      agent: agent('a'),
      cells: [
        cell('allow', 'allow'),
        cell('classifier', 'classifier'),
        cell('ask', 'ask'),
        cell('conditional', 'conditional'),
        cell('read', 'allow', { impact: harmless }),
        cell('who knows', 'allow', {
          impact: { impact: 'operational', reversible: 'unknown', says: 'not known', from: 'unknown' },
        }),
      ],
    });
    expect(silentDestructive(matrix).map((row) => row.cell.call)).toEqual(['allow', 'classifier']);
    expect(silentUnknown(matrix)).toBe(1);
  });
});

describe('sub-agents and their parents', () => {
  const assets = assetTableOf({
    scan: 1,
    count: 3,
    ids: packText(['parent', 'child', 'server']),
    names: packText(['parent', 'child', 'server']),
    kinds: Uint8Array.from([
      assetKinds.indexOf('agent'),
      assetKinds.indexOf('agent'),
      assetKinds.indexOf('mcp-server'),
    ]),
    origins: new Uint8Array(3),
    confidences: new Uint8Array(3),
    dynamic: new Uint8Array(3),
    hosts: packText(['', '', '']),
    repositories: packText(['', '', '']),
    places: packText(['', '', '']),
    sources: packText(['', '', '']),
    notes: packText(['', '', '']),
  });
  const delegates = relationKinds.indexOf('delegates-to');
  const parents = parentsOf(assets, {
    scan: 1,
    count: 3,
    from: Uint32Array.from([0, 0, 0]),
    to: Uint32Array.from([1, 2, 1]),
    kinds: Uint8Array.from([delegates, delegates, relationKinds.indexOf('uses')]),
    origins: new Uint8Array(3),
  });

  it('are found by delegation between agents alone', () => {
    expect([...parents]).toEqual([['child', ['parent']]]);
  });

  it('are compared call by call; what could not be told is no difference', () => {
    const wider = widerThanParent(
      matrixOf(
        {
          agent: agent('parent'),
          cells: [cell('1', 'ask'), cell('2', 'allow'), cell('3', 'unknown'), cell('4', 'hidden')],
        },
        {
          agent: agent('child', true),
          cells: [cell('1', 'allow'), cell('2', 'deny'), cell('3', 'allow'), cell('4', 'deny')],
        },
        { agent: agent('stray', true), cells: [cell('1', 'allow')] },
      ),
      parents,
    );
    expect(wider.rows.map((row) => [row.agent.id, row.parent.id, row.cell.call, row.parentCell.verdict])).toEqual([
      ['child', 'parent', '1', 'ask'],
    ]);
    expect(wider.compared).toBe(1);
    expect(wider.untold).toBe(1);
    expect(wider.withoutParent.map((one) => one.id)).toEqual(['stray']);
  });
});
