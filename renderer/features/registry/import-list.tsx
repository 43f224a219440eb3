import { CircleQuestionMark, FileInput } from 'lucide-react';
import { useState } from 'react';
import type { ImportSummary } from '../../../shared/contract/imports.ts';
import { runActionById } from '../../actions/action-store.ts';
import { setPerson, usePerson } from '../../actions/person.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, useCommand } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState, ErrorBlock, LoadingLine } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { clock, counted } from '../../ui/words.ts';
import { IssueLines } from './issue-lines.tsx';
import { orderImports, rowsSentence, typeWord } from './registry-model.ts';

/** Lists that count and lists that did, with who and when, and what could not be understood of each. */
export function ImportList() {
  const answer = useCall('imports.list', {});
  const [leaving, setLeaving] = useState<ImportSummary | null>(null);
  if (answer.state === 'failed')
    return <FailedCall title="The imports could not be read." name="imports.list" error={answer.error} />;
  if (answer.state === 'loading') return <LoadingLine>Reading the imports.</LoadingLine>;
  const imports = orderImports(answer.value);
  const counting = imports.filter(({ endedAt }) => endedAt === null).length;
  if (imports.length === 0) {
    return (
      <EmptyState
        outcome="untold"
        title="No list of the organisation was imported."
        steps={
          <Button look="primary" icon={FileInput} onClick={() => runActionById('imports.add')}>
            Import a list
          </Button>
        }
      >
        Who owns what, what is approved, which data is sensitive and which agents live in SaaS products is only guessed
        or unknown. A file can also be dropped anywhere on this window.
      </EmptyState>
    );
  }
  return (
    <section aria-label="Imports">
      <div className="registry__section-head">
        <h2>Imports</h2>
        <span>
          {counting} that count, {imports.length - counting} of the past
        </span>
      </div>
      {imports.map((item) => (
        <ImportRow key={item.id} item={item} onTakeOut={() => setLeaving(item)} />
      ))}
      {leaving !== null && <TakeOutDialog item={leaving} onClose={() => setLeaving(null)} />}
    </section>
  );
}

function ImportRow({ item, onTakeOut }: { readonly item: ImportSummary; readonly onTakeOut: () => void }) {
  const [open, setOpen] = useState(false);
  const now = Date.now();
  const ended = item.endedAt !== null;
  return (
    <div className={`import-row${ended ? ' import-row--ended' : ''}`}>
      <div className="import-row__line">
        <span className="import-row__name" title={`SHA-256 ${item.sha256}`}>
          {item.name}
        </span>
        <span>{typeWord(item.type)}</span>
        <span className="import-row__rows">
          {rowsSentence(item.rows)}
          {item.issues.length > 0 && (
            <Button look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
              <span className="registry-untold">
                <CircleQuestionMark aria-hidden />
                {counted(item.issues.length, 'issue')}
              </span>
            </Button>
          )}
        </span>
        <span className="import-row__second">
          {item.by}, {clock(item.at, now)}
          {item.endedAt !== null &&
            `; out since ${clock(item.endedAt, now)}${item.endedBy === null ? ', replaced' : `, ${item.endedBy}`}`}
        </span>
        <span className="import-row__end">{!ended && <Button onClick={onTakeOut}>Take out</Button>}</span>
      </div>
      {open && <IssueLines file={item.name} issues={item.issues} />}
    </div>
  );
}

function TakeOutDialog({ item, onClose }: { readonly item: ImportSummary; readonly onClose: () => void }) {
  const known = usePerson((state) => state.name);
  const [by, setBy] = useState(known);
  const remove = useCommand('imports.remove');
  const run = async (): Promise<void> => {
    setPerson(by.trim());
    const result = await remove.run({ id: item.id, by: by.trim() });
    if (result.ok) onClose();
  };
  return (
    <Dialog
      open
      narrow
      onClose={onClose}
      title={`Take out ${item.name}`}
      foot={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={by.trim() === '' || remove.running} onClick={() => void run()}>
            Take it out
          </Button>
        </>
      }
    >
      {remove.error !== null && <ErrorBlock title="It was not taken out.">{remove.error.message}</ErrorBlock>}
      <p>What it says of {rowsSentence(item.rows)} does not count any more. The list stays here as history.</p>
      <TextField label="Your name" placeholder="Your name" maxLength={200} value={by} onChange={setBy} />
    </Dialog>
  );
}
