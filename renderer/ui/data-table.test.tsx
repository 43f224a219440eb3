import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataTable, type TableColumn } from './data-table.tsx';
import { noLayout, noSelection, type Selection, type Sort, sortRows } from './data-table-model.ts';

const columns: readonly TableColumn<number>[] = [
  { id: 'name', title: 'Name', width: 200, look: 'name', text: (row) => `asset ${row}` },
  { id: 'parity', title: 'Parity', width: 80, text: (row) => (row % 2 === 0 ? 'even' : 'odd') },
];
const rows = Array.from({ length: 5000 }, (_, index) => index);
const rowKey = (row: number): string => `key-${row}`;

function Table({ onOpen }: { readonly onOpen?: (row: number) => void }) {
  const [selection, setSelection] = useState<Selection>(noSelection);
  const [sort, setSort] = useState<Sort | null>(null);
  return (
    <DataTable
      label="Assets"
      columns={columns}
      rows={sortRows(rows, columns, sort)}
      rowKey={rowKey}
      sort={sort}
      onSort={setSort}
      selection={selection}
      onSelect={setSelection}
      onOpen={onOpen ?? (() => {})}
      layout={noLayout}
      onLayout={() => {}}
    />
  );
}

const selected = (): readonly (string | null)[] =>
  screen
    .getAllByRole('row', { selected: true })
    .map((row) => row.querySelector('[role="gridcell"]')?.textContent ?? null);

beforeEach(() => {
  // jsdom lays nothing out: without a height no row is in view.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(800);
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('table', () => {
  it('mounts only rows in view and says how many there are', () => {
    render(<Table />);
    const grid = screen.getByRole('grid', { name: 'Assets' });
    expect(grid.getAttribute('aria-rowcount')).toBe('5001');
    expect(screen.getAllByRole('row').length).toBeGreaterThan(15);
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('moves, extends and opens by keyboard', () => {
    const opened: number[] = [];
    render(<Table onOpen={(row) => opened.push(row)} />);
    const grid = screen.getByRole('grid');
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    fireEvent.keyDown(grid, { key: 'ArrowDown' });
    expect(selected()).toEqual(['asset 1']);
    fireEvent.keyDown(grid, { key: 'ArrowDown', shiftKey: true });
    expect(selected()).toEqual(['asset 1', 'asset 2']);
    fireEvent.keyDown(grid, { key: 'Enter' });
    expect(opened).toEqual([2]);
    const active = grid.getAttribute('aria-activedescendant');
    expect(active && document.getElementById(active)?.textContent).toBe('asset 2even');
  });

  it('selects by mouse, with Ctrl and Shift', () => {
    render(<Table />);
    fireEvent.click(screen.getByText('asset 3'));
    fireEvent.click(screen.getByText('asset 6'), { ctrlKey: true });
    expect(selected()).toEqual(['asset 3', 'asset 6']);
    fireEvent.click(screen.getByText('asset 8'), { shiftKey: true });
    expect(selected()).toEqual(['asset 6', 'asset 7', 'asset 8']);
  });

  it('sorts by its heads and says so', () => {
    render(<Table />);
    const head = screen.getByRole('columnheader', { name: 'Name' });
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    expect(head.getAttribute('aria-sort')).toBe('descending');
    expect(screen.getAllByRole('row')[1]?.textContent).toBe('asset 4999odd');
  });

  it('copies the selected rows as TSV', () => {
    const copied: string[] = [];
    vi.stubGlobal('navigator', {
      ...navigator,
      userAgent: '',
      clipboard: { writeText: async (text: string) => copied.push(text) },
    });
    render(<Table />);
    fireEvent.click(screen.getByText('asset 3'));
    fireEvent.click(screen.getByText('asset 5'), { ctrlKey: true });
    fireEvent.keyDown(screen.getByRole('grid'), { key: 'c', ctrlKey: true });
    vi.unstubAllGlobals();
    expect(copied).toEqual(['Name\tParity\nasset 3\todd\nasset 5\todd']);
  });
});
