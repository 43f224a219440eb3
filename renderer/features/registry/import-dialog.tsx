import './import-dialog.css';
import { CircleQuestionMark, FileInput } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import type { ImportSummary } from '../../../shared/contract/imports.ts';
import { announce } from '../../actions/announce.ts';
import { closeDialog, type ImportFile, useOpenDialog } from '../../actions/dialogs.ts';
import { openScreen } from '../../actions/navigation.ts';
import { setPerson, usePerson } from '../../actions/person.ts';
import { assetTableOf } from '../../client/asset-table.ts';
import { useCall, useCommand, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBlock } from '../../ui/notes.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { counted } from '../../ui/words.ts';
import { listEndings, readImportFile } from './import-file.ts';
import { IssueLines } from './issue-lines.tsx';
import { rowsSentence, typeWord } from './registry-model.ts';

/** Import of a list of the organisation. Asked for by any screen, or by dropping a file on the window. */
export function ImportDialogs() {
  const dialog = useOpenDialog((state) => state.dialog);
  if (dialog.kind !== 'import') return null;
  return <ImportDialog key={dialog.file?.name ?? ''} first={dialog.file} />;
}

function ImportDialog({ first }: { readonly first: ImportFile | null }) {
  const [file, setFile] = useState(first);
  const [problem, setProblem] = useState<string | null>(null);
  const [server, setServer] = useState('');
  const known = usePerson((state) => state.name);
  const [by, setBy] = useState(known);
  const [added, setAdded] = useState<ImportSummary | null>(null);
  const add = useCommand('imports.add');
  const remove = useCommand('imports.remove');
  const choose = async (chosen: File | undefined): Promise<void> => {
    if (chosen === undefined) return;
    add.clearError();
    const read = await readImportFile(chosen);
    setProblem(typeof read === 'string' ? read : null);
    setFile(typeof read === 'string' ? null : read);
  };
  const usable = file !== null && by.trim() !== '' && !add.running;
  const run = async (): Promise<void> => {
    if (file === null || !usable) return;
    setPerson(by.trim());
    const result = await add.run({ file, by: by.trim(), ...(server === '' ? {} : { server }) });
    if (!result.ok) return;
    setAdded(result.value);
    announce(`${result.value.name} was imported.`);
  };

  if (added !== null) {
    return (
      <Dialog
        open
        onClose={closeDialog}
        title="Imported"
        foot={
          <>
            <Button
              look="quiet"
              disabled={remove.running}
              onClick={async () => {
                const result = await remove.run({ id: added.id, by: by.trim() });
                if (result.ok) closeDialog();
              }}
            >
              Take it out again
            </Button>
            <Button
              look="primary"
              onClick={() => {
                closeDialog();
                openScreen('registry', added.type === 'registry' ? {} : { tab: 'imports' });
              }}
            >
              Show what it changes
            </Button>
          </>
        }
      >
        {remove.error !== null && <ErrorBlock title="It was not taken out.">{remove.error.message}</ErrorBlock>}
        <p>
          <b>{added.name}</b> is understood as: {typeWord(added.type).toLowerCase()}. {rowsSentence(added.rows)} count.
        </p>
        {added.issues.length > 0 && (
          <>
            <p className="import-dialog__untold">
              <CircleQuestionMark aria-hidden />
              {counted(added.issues.length, 'place')} could not be understood and{' '}
              {added.issues.length === 1 ? 'does' : 'do'} not count.
            </p>
            <IssueLines file={added.name} issues={added.issues} />
          </>
        )}
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={closeDialog}
      title="Import a list"
      foot={
        <>
          <Button look="quiet" onClick={closeDialog}>
            Cancel
          </Button>
          <Button look="primary" disabled={!usable} onClick={() => void run()}>
            {add.running ? 'Importing' : file === null ? 'Import' : `Import ${file.name}`}
          </Button>
        </>
      }
    >
      {add.error !== null && <ErrorBlock title="Nothing was imported.">{add.error.message}</ErrorBlock>}
      {problem !== null && <ErrorBlock title="The file was not taken.">{problem}</ErrorBlock>}
      <DropField file={file} onFile={(chosen) => void choose(chosen)} />
      <p className="import-dialog__hint">
        What a file is, is told by its content: a register of agents and servers, agents of SaaS products,
        classification of data, environments, owners, or tools/list answers of MCP servers. YAML, JSON or CSV. A file of
        the same name and kind takes the place of the earlier one.
      </p>
      <div className="import-dialog__fields">
        <span>Your name</span>
        <TextField label="Your name" value={by} maxLength={200} onChange={setBy} />
        <span>Tools are of</span>
        <ServerChoice server={server} onServer={setServer} />
      </div>
    </Dialog>
  );
}

type DropFieldProps = { readonly file: ImportFile | null; readonly onFile: (file: File | undefined) => void };

function DropField({ file, onFile }: DropFieldProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <section
      className={`import-dialog__drop${over ? ' import-dialog__drop--over' : ''}`}
      aria-label="File to import"
      onDragOver={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <FileInput aria-hidden />
      <span className="import-dialog__name">
        {file === null ? 'Drop a file here, or choose one.' : `${file.name}, ${counted(lineCount(file.text), 'line')}`}
      </span>
      <Button onClick={() => input.current?.click()}>{file === null ? 'Choose a file' : 'Choose another'}</Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        tabIndex={-1}
        aria-label="File"
        accept={listEndings}
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </section>
  );
}

const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Servers offered for a list of tools that does not say whose it is. */
const mostServers = 200;

function ServerChoice({ server, onServer }: { readonly server: string; readonly onServer: (id: string) => void }) {
  const columns = valueOf(useCall('assets.columns', { scan: null }));
  const table = columns === undefined ? null : assetTableOf(columns);
  const servers: { value: string; label: string }[] = [];
  for (let row = 0; table !== null && row < table.count && servers.length < mostServers; row += 1)
    if (table.kind(row) === 'mcp-server') servers.push({ value: table.ids[row] ?? '', label: table.names[row] ?? '' });
  return (
    <Select
      label="Server of a tool list"
      value={server}
      options={[{ value: '', label: 'As the file says' }, ...servers]}
      onChange={onServer}
    />
  );
}
