import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CoverageCell } from '../../../shared/contract/scans.ts';
import { scopes } from '../../../shared/kinds.ts';
import {
  boardAsMarkdown,
  boardRows,
  boardTotals,
  cellSentence,
  cellWords,
  quietSentence,
  splitRows,
} from './coverage-model.ts';

const cell = (changes: Partial<CoverageCell>): CoverageCell => ({
  source: 'claude-code/settings',
  title: 'Settings',
  product: 'Claude Code',
  scope: 'project',
  read: 0,
  absent: 0,
  couldNotTell: 0,
  reason: '',
  assets: 0,
  ...changes,
});
const home = { home: '/home/dev' };

describe('coverage board', () => {
  it('sums sources up to their product and keeps them below it', () => {
    const rows = boardRows(
      [
        cell({ read: 2, assets: 5 }),
        cell({ source: 'claude-code/agents', title: 'Sub-agents', read: 1, assets: 1 }),
        cell({ product: 'Cursor', source: 'cursor/mcp', absent: 1 }),
      ],
      home,
    );
    expect(rows.map((row) => [row.title, row.sources.map((source) => source.title), row.meaning])).toEqual([
      ['Claude Code', ['Settings', 'Sub-agents'], '6 assets from 3 files.'],
      ['Cursor', [], 'Looked for and not there.'],
    ]);
  });

  it('folds products that say nothing of their own, and never hides that some could not be told', () => {
    const untold = { scope: 'user', couldNotTell: 1, reason: 'no home was given' } as const;
    const rows = boardRows(
      [
        cell({ read: 1 }),
        cell({ product: 'Broken', couldNotTell: 1, reason: 'malformed' }),
        cell({ product: 'Absent', absent: 1 }),
        cell({ product: 'Homeless', ...untold }),
      ],
      { home: null },
    );
    const { telling, quiet } = splitRows(rows);
    expect(telling.map(({ title }) => title)).toEqual(['Claude Code', 'Broken']);
    expect(quietSentence(quiet)).toBe(
      '1 further product whose user or managed settings could not be told, 1 product looked for and not there',
    );
  });

  it('says what a missing home means and offers it', () => {
    const cells = [cell({ read: 1, assets: 1 }), cell({ scope: 'user', couldNotTell: 1, reason: 'no home was given' })];
    expect(boardRows(cells, { home: null })[0]).toMatchObject({
      meaning: 'User settings could overrule what was read.',
      step: 'add-home',
    });
    expect(boardRows(cells, home)[0]).toMatchObject({
      meaning: '1 place could not be told: no home was given.',
      step: 'see-places',
    });
  });

  it('never lets a place that could not be told look like one that was read', () => {
    const number = fc.nat({ max: 4 });
    const cells = fc.array(
      fc.record({
        scope: fc.constantFrom(...scopes),
        read: number,
        absent: number,
        couldNotTell: number,
        source: fc.constantFrom('a', 'b'),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(cells, (drawn) => {
        const list = drawn.map((changes) => cell(changes));
        for (const row of boardRows(list, home)) {
          for (const item of row.cells) {
            const untold = list.some((one) => one.scope === item.scope && one.couldNotTell > 0);
            expect(item.outcome === 'untold').toBe(untold);
          }
          if (list.some((one) => one.couldNotTell > 0)) expect(row.step).not.toBe('none');
        }
      }),
    );
  });

  it('fits the words to the cell and keeps the whole reason for the tooltip', () => {
    const words = (changes: Partial<CoverageCell>) => {
      const item = boardRows([cell(changes)], home)[0]?.cells.find((one) => one.scope === 'project');
      return item && [cellWords(item), cellSentence(item)];
    };
    expect(words({ read: 2, assets: 3 })).toEqual(['2 files', 'Project: 2 files read, 3 assets.']);
    expect(words({ absent: 2 })).toEqual(['not there', 'Project: looked, not there.']);
    expect(words({ couldNotTell: 1, reason: 'permission denied by the system' })).toEqual([
      'unreadable',
      'Project: 1 place could not be told, permission denied by the system; 0 files read.',
    ]);
    expect(words({ couldNotTell: 1, read: 2, reason: 'malformed' })?.[0]).toBe('1 of 3');
  });

  it('adds up and copies as Markdown, the doubt marked in words', () => {
    const cells = [cell({ read: 2 }), cell({ scope: 'user', couldNotTell: 1, reason: 'malformed' })];
    expect(boardTotals(cells)).toEqual({ read: 2, absent: 0, couldNotTell: 1 });
    expect(boardAsMarkdown(boardRows(cells, home)).split('\n')[2]).toBe(
      '| Claude Code | · | ? malformed | 2 files | · | 1 place could not be told: malformed. |',
    );
  });
});
