import './open-dialogs.css';
import { useState } from 'react';
import { useOpenDialog } from '../../actions/dialogs.ts';
import { openScreen } from '../../actions/navigation.ts';
import { useCall, useClient, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBlock } from '../../ui/notes.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FolderBrowser } from './folder-browser.tsx';
import { rootsWith, workspaceName } from './start-model.ts';

/** The dialogs that any screen may ask for. */
export function OpenDialogs({ onClose }: { readonly onClose: () => void }) {
  const dialog = useOpenDialog((state) => state.dialog);
  switch (dialog.kind) {
    case 'none':
    case 'record':
    case 'import':
      return null;
    case 'folder':
      return <OpenFolderDialog key={dialog.path} chosen={dialog.path} onClose={onClose} />;
    case 'workspace':
      return <OpenWorkspaceDialog onClose={onClose} />;
  }
}

type Target = 'new' | 'this';

function OpenFolderDialog({ chosen, onClose }: { readonly chosen: string; readonly onClose: () => void }) {
  const client = useClient();
  const about = valueOf(useCall('settings.about', {}));
  const workspace = valueOf(useCall('workspaces.current', {})) ?? null;
  const browsed = valueOf(useCall('workspaces.browse', { path: null }));
  const [path, setPath] = useState(chosen);
  const [withHome, setWithHome] = useState(true);
  const [target, setTarget] = useState<Target>(workspace === null ? 'new' : 'this');
  const [error, setError] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const folder = path.trim() === '' ? (browsed?.path ?? '') : path.trim();
  const home = about?.home ?? browsed?.home ?? null;

  const start = async (): Promise<void> => {
    if (folder === '' || starting) return;
    setStarting(true);
    setError(await scanFolder());
    setStarting(false);
  };

  /** The message of what failed; null when the scan runs. */
  const scanFolder = async (): Promise<string | null> => {
    let roots: readonly string[] = [folder];
    let exclude: string[] = [];
    let fsRoot: string | null = null;
    if (target === 'new') {
      const made = await client.call('workspaces.create', { path: null, name: workspaceName(folder) });
      if (!made.ok) return made.error.message;
    } else {
      const last = await client.call('scans.lastRequest', {});
      if (!last.ok) return last.error.message;
      roots = rootsWith(last.value?.roots ?? [], folder);
      exclude = last.value?.exclude ?? [];
      fsRoot = last.value?.fsRoot ?? null;
    }
    const started = await client.call('scans.start', {
      roots: [...roots],
      home: withHome ? home : null,
      fsRoot,
      exclude,
    });
    if (!started.ok) return started.error.message;
    onClose();
    openScreen('scan');
    return null;
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title="Scan a folder"
      foot={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={folder === '' || starting} onClick={() => void start()}>
            {starting ? 'Starting' : `Scan ${folder === '' ? 'folder' : workspaceName(folder)}`}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorBlock title="The scan did not start.">{error}</ErrorBlock>}
      <div className="open-folder__row">
        <TextField
          label="Folder to scan"
          look="code"
          placeholder={browsed?.path ?? 'Path of a folder'}
          value={path}
          onChange={setPath}
          onKeyDown={(event) => event.key === 'Enter' && void start()}
        />
        {client.chooseFolder !== undefined && (
          <Button
            onClick={async () => {
              const next = await client.chooseFolder?.();
              if (typeof next === 'string') setPath(next);
            }}
          >
            Choose another
          </Button>
        )}
      </div>
      {client.chooseFolder === undefined && <FolderBrowser path={path.trim()} onPath={setPath} />}
      <div className="open-folder__choice">
        <Checkbox checked={withHome} onChange={setWithHome}>
          Include the user settings of this home
        </Checkbox>
        <p className="open-folder__hint">
          {home !== null && (
            <>
              Agent settings below <code>{home}</code>.{' '}
            </>
          )}
          They can overrule what a folder says; without them such rules read "could not tell".
        </p>
      </div>
      {workspace !== null && (
        <Segmented
          label="Where the facts go"
          value={target}
          onChange={setTarget}
          options={[
            { value: 'this', label: `Add to ${workspace.name}` },
            { value: 'new', label: 'New workspace' },
          ]}
        />
      )}
    </Dialog>
  );
}

function OpenWorkspaceDialog({ onClose }: { readonly onClose: () => void }) {
  const client = useClient();
  const [folder, setFolder] = useState('');
  const [path, setPath] = useState('');
  const [error, setError] = useState<string | null>(null);
  const open = async (file: string): Promise<void> => {
    const result = await client.call('workspaces.open', { path: file });
    if (!result.ok) return setError(result.error.message);
    onClose();
    openScreen('overview');
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Open a workspace file"
      foot={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={path.trim() === ''} onClick={() => void open(path.trim())}>
            Open workspace
          </Button>
        </>
      }
    >
      {error !== null && <ErrorBlock title="The workspace was not opened.">{error}</ErrorBlock>}
      <TextField
        label="Workspace file"
        look="code"
        placeholder="Path of a .countersign file"
        value={path}
        onChange={setPath}
        onKeyDown={(event) => event.key === 'Enter' && path.trim() !== '' && void open(path.trim())}
      />
      <FolderBrowser path={folder} onPath={setFolder} onWorkspace={(file) => void open(file)} />
    </Dialog>
  );
}
