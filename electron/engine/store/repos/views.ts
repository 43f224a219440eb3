import type { SavedView } from '../../../../shared/contract/views.ts';
import type { Connection } from '../driver.ts';

type ViewRow = { id: string; name: string; screen: SavedView['screen']; search: string; created_at: number };

const toView = ({ created_at: createdAt, ...row }: ViewRow): SavedView => ({ ...row, createdAt });

export const listViews = (connection: Connection): SavedView[] =>
  (
    connection
      .prepare('SELECT id, name, screen, search, created_at FROM saved_view ORDER BY name, id')
      .all() as ViewRow[]
  ).map(toView);

/** Adds a view, or changes the one with this id; the time of its making stays. */
export function putView(connection: Connection, view: SavedView): SavedView {
  const row = connection
    .prepare(
      `INSERT INTO saved_view(id, name, screen, search, created_at) VALUES (@id, @name, @screen, @search, @createdAt)
       ON CONFLICT(id) DO UPDATE SET name = excluded.name, screen = excluded.screen, search = excluded.search
       RETURNING id, name, screen, search, created_at`,
    )
    .get(view) as ViewRow;
  return toView(row);
}

export const removeView = (connection: Connection, id: string): void =>
  void connection.prepare('DELETE FROM saved_view WHERE id = ?').run(id);

export type Position = { readonly id: string; readonly x: number; readonly y: number };

export const readPositions = (connection: Connection, layout: string): Position[] =>
  connection
    .prepare('SELECT asset AS id, x, y FROM position WHERE layout = ? ORDER BY asset')
    .all(layout) as Position[];

/** The given positions become the whole layout; an empty list resets it. */
export function putPositions(connection: Connection, layout: string, positions: readonly Position[]): void {
  const add = connection.prepare('INSERT OR REPLACE INTO position(layout, asset, x, y) VALUES (?, ?, ?, ?)');
  connection.transaction(() => {
    connection.prepare('DELETE FROM position WHERE layout = ?').run(layout);
    for (const { id, x, y } of positions) add.run(layout, id, x, y);
  })();
}
