import './start-screen.css';
import {
  CircleQuestionMark,
  FlaskConical,
  FolderOpen,
  FolderSearch,
  type LucideIcon,
  Pin,
  PinOff,
  X,
} from 'lucide-react';
import { useState } from 'react';
import type { RecentWorkspace } from '../../../shared/contract/workspaces.ts';
import { runActionById } from '../../actions/action-store.ts';
import { openScreen } from '../../actions/navigation.ts';
import { reportProblem } from '../../actions/problem.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, useClient, useQueryCache } from '../../client/use-client.tsx';
import { IconButton } from '../../ui/button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ago } from '../../ui/words.ts';
import { orderRecent } from './start-model.ts';

/** No workspace is open, or somebody wants another one. */
export function StartScreen() {
  const client = useClient();
  const [making, setMaking] = useState(false);

  const openSample = async (): Promise<void> => {
    setMaking(true);
    const made = await client.call('workspaces.createSample', {});
    if (made.ok) {
      const { roots } = made.value;
      const started = await client.call('scans.start', { roots, home: null, fsRoot: null, exclude: [] });
      if (started.ok) openScreen('scan');
      else reportProblem('The scan of the sample did not start.', started.error);
    } else reportProblem('The sample was not made.', made.error);
    setMaking(false);
  };

  return (
    <div className="start">
      <div className="start__column">
        <div className="start__title">
          <Mark size={32} />
          <h1>Countersign</h1>
        </div>
        <p className="start__lead">
          Finds the AI agents in a folder and what each of them is connected to, with the file and line for everything
          it says. Works on this machine alone: nothing is sent, and nothing that is found is run.
        </p>
        <div className="start__ways">
          <Way icon={FolderSearch} title="Open folder" onClick={() => runActionById('workspace.new')}>
            Scan a repository or any folder into a new workspace.
          </Way>
          <Way icon={FolderOpen} title="Open workspace" onClick={() => runActionById('workspace.open')}>
            Go on with a .countersign file.
          </Way>
          <Way
            icon={FlaskConical}
            title={making ? 'Making the sample' : 'Try the sample'}
            disabled={making}
            onClick={() => void openSample()}
          >
            A small company with agents. Scanned for real, here and now.
          </Way>
        </div>
        <RecentList />
        {client.pathOfDrop !== undefined && (
          <p className="start__foot">A folder or a workspace can also be dropped here.</p>
        )}
      </div>
    </div>
  );
}

type WayProps = {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
};

function Way({ icon: Icon, title, children, disabled = false, onClick }: WayProps) {
  return (
    <button type="button" className="start__way" disabled={disabled} onClick={onClick}>
      <strong>
        <Icon aria-hidden />
        {title}
      </strong>
      <span>{children}</span>
    </button>
  );
}

function RecentList() {
  const answer = useCall('workspaces.recent', {});
  if (answer.state === 'failed' && answer.value === undefined) {
    return (
      <FailedCall
        title="The list of recent workspaces could not be read."
        name="workspaces.recent"
        error={answer.error}
      />
    );
  }
  const recent = answer.state === 'loading' ? [] : orderRecent(answer.value ?? []);
  if (recent.length === 0) return null;
  return (
    <section className="start__recent">
      <div className="start__recent-head">
        <h2>Recent workspaces</h2>
        <span className="muted">{recent.length}</span>
      </div>
      <ul>
        {recent.map((entry) => (
          <RecentRow key={entry.path} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function RecentRow({ entry }: { readonly entry: RecentWorkspace }) {
  const client = useClient();
  const cache = useQueryCache();
  const now = useNow(60_000);
  const open = async (): Promise<void> => {
    const result = await client.call('workspaces.open', { path: entry.path });
    if (result.ok) openScreen('overview');
    else reportProblem(`${entry.name} was not opened.`, result.error);
  };
  const change = async (call: Promise<{ readonly ok: boolean }>): Promise<void> => {
    await call;
    cache.invalidate(['workspaces.recent']);
  };
  return (
    <li className="recent-row">
      <button
        type="button"
        className="recent-row__open"
        disabled={!entry.present}
        onClick={() => void open()}
        title={entry.path}
      >
        <span className="recent-row__name">{entry.name}</span>
        <span className="recent-row__path">{entry.path}</span>
        {entry.present ? (
          <span className="recent-row__when">
            {entry.pinned && <Pin aria-label="Pinned" />}
            {ago(entry.openedAt, now)}
          </span>
        ) : (
          <span className="recent-row__when recent-row__when--missing">
            <CircleQuestionMark aria-hidden /> file not there
          </span>
        )}
      </button>
      <IconButton
        small
        icon={entry.pinned ? PinOff : Pin}
        label={entry.pinned ? `Unpin ${entry.name}` : `Pin ${entry.name}`}
        onClick={() => void change(client.call('workspaces.setPinned', { path: entry.path, pinned: !entry.pinned }))}
      />
      <IconButton
        small
        icon={X}
        label={`Remove ${entry.name} from this list`}
        onClick={() => void change(client.call('workspaces.forget', { path: entry.path }))}
      />
    </li>
  );
}
