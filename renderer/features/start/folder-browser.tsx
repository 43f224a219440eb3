import './open-dialogs.css';
import { ChevronRight, Database, Folder } from 'lucide-react';
import { Fragment, type KeyboardEvent } from 'react';
import { useCall } from '../../client/use-client.tsx';
import { LoadingLine } from '../../ui/notes.tsx';
import { crumbs } from './start-model.ts';

type FolderBrowserProps = {
  /** Folder to show; '' for this user's home. */
  readonly path: string;
  readonly onPath: (path: string) => void;
  /** Shows workspace files too, and says which one was pressed. */
  readonly onWorkspace?: (path: string) => void;
};

const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const step =
    event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : null;
  if (step === null) return;
  event.preventDefault();
  const next = (event.target as HTMLElement).closest('li')?.[step];
  next?.querySelector('button')?.focus();
};

/** Folders of this machine, for hosts without a native dialog. */
export function FolderBrowser({ path, onPath, onWorkspace }: FolderBrowserProps) {
  const answer = useCall('workspaces.browse', { path: path === '' ? null : path });
  const listing = answer.state === 'ready' ? answer.value : undefined;
  const entries = (listing?.entries ?? []).filter((entry) => entry.kind === 'folder' || onWorkspace !== undefined);
  return (
    <div className="browse">
      <nav className="browse__crumbs" aria-label="Folders above">
        {crumbs(listing?.path ?? path).map((crumb, index) => (
          <Fragment key={crumb.path}>
            {index > 1 && <ChevronRight aria-hidden className="muted" size={12} />}
            <button type="button" onClick={() => onPath(crumb.path)}>
              {crumb.label}
            </button>
          </Fragment>
        ))}
      </nav>
      <ul className="browse__list" onKeyDown={moveFocus} aria-label="Folders">
        {answer.state === 'loading' && (
          <li className="browse__note">
            <LoadingLine>Reading the folder.</LoadingLine>
          </li>
        )}
        {answer.state === 'failed' && <li className="browse__note">{answer.error.message}</li>}
        {listing !== undefined && entries.length === 0 && <li className="browse__note">No folders in here.</li>}
        {entries.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              className={`browse__entry${entry.kind === 'workspace' ? ' browse__entry--workspace' : ''}`}
              onClick={() => (entry.kind === 'workspace' ? onWorkspace?.(entry.path) : onPath(entry.path))}
            >
              {entry.kind === 'workspace' ? <Database aria-hidden /> : <Folder aria-hidden />}
              {entry.name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
