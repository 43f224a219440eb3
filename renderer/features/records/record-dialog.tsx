import './record-dialog.css';
import { useState } from 'react';
import { emptyRecord } from '../../../shared/model/records.ts';
import { announce } from '../../actions/announce.ts';
import { closeDialog, useOpenDialog } from '../../actions/dialogs.ts';
import { setPerson, usePerson } from '../../actions/person.ts';
import { FailedCall } from '../../client/failed-call.tsx';
import { useCall, useCommand } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBlock, LoadingLine } from '../../ui/notes.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { changesOf, decisionOptions, formOf, formProblem, type RecordForm } from './record-form.ts';

/** What people say of assets: owner, state, review. Asked for by any screen. */
export function RecordDialogs() {
  const dialog = useOpenDialog((state) => state.dialog);
  if (dialog.kind !== 'record') return null;
  return <RecordDialog key={dialog.assets.join(' ')} assets={dialog.assets} name={dialog.name} />;
}

/** ISO date of today, as this machine's calendar has it. */
const todayOf = (now: Date): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`;

function RecordDialog({ assets, name }: { readonly assets: readonly string[]; readonly name: string }) {
  const only = assets.length === 1 ? assets[0] : undefined;
  const answer = useCall('records.get', only === undefined ? null : { asset: only });
  const title = only === undefined ? `Record of ${assets.length} assets` : `Record of ${name}`;
  if (only !== undefined && answer.state !== 'ready') {
    return (
      <Dialog open onClose={closeDialog} title={title}>
        {answer.state === 'failed' ? (
          <FailedCall title="The record could not be read." name="records.get" error={answer.error} />
        ) : (
          <LoadingLine>Reading the record.</LoadingLine>
        )}
      </Dialog>
    );
  }
  const record = answer.state === 'ready' ? answer.value.record : emptyRecord;
  return <RecordFormDialog title={title} assets={assets} first={formOf(record, todayOf(new Date()))} />;
}

type FormProps = { readonly title: string; readonly assets: readonly string[]; readonly first: RecordForm };

function RecordFormDialog({ title, assets, first }: FormProps) {
  const [start] = useState(first);
  const [form, setForm] = useState(first);
  const known = usePerson((state) => state.name);
  const [by, setBy] = useState(known);
  const save = useCommand('records.set');
  const set = (change: Partial<RecordForm>): void => setForm({ ...form, ...change });
  const changes = changesOf(start, form);
  const isChanged = Object.keys(changes).length > 0;
  const problem = isChanged ? formProblem(form, by) : null;
  const usable = isChanged && problem === null && !save.running;
  const submit = async (): Promise<void> => {
    if (!usable) return;
    setPerson(by.trim());
    const result = await save.run({ assets: [...assets], by: by.trim(), changes });
    if (!result.ok) return;
    announce('The record was saved.');
    closeDialog();
  };
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={title}
      foot={
        <>
          <span className="record-dialog__problem" role="status">
            {problem ?? ''}
          </span>
          <Button look="quiet" onClick={closeDialog}>
            Cancel
          </Button>
          <Button look="primary" disabled={!usable} onClick={() => void submit()}>
            {save.running ? 'Saving' : 'Save record'}
          </Button>
        </>
      }
    >
      {save.error !== null && <ErrorBlock title="The record was not saved.">{save.error.message}</ErrorBlock>}
      <div className="record-form">
        <span className="record-form__label">Your name</span>
        <span className="record-form__field">
          <TextField label="Your name" value={by} maxLength={200} onChange={setBy} />
        </span>
        <span className="record-form__rule" />
        <OwnerFields form={form} set={set} />
        <span className="record-form__rule" />
        <ReviewFields form={form} set={set} by={by} />
        <span className="record-form__rule" />
        <OtherFields form={form} set={set} />
      </div>
    </Dialog>
  );
}

type FieldsProps = { readonly form: RecordForm; readonly set: (change: Partial<RecordForm>) => void };

function OwnerFields({ form, set }: FieldsProps) {
  return (
    <>
      <span className="record-form__label">State</span>
      <span className="record-form__field">
        <Segmented
          label="State"
          value={form.state}
          onChange={(state) => set({ state })}
          options={[
            { value: 'none', label: 'Not declared' },
            { value: 'proposed', label: 'Proposed' },
            { value: 'approved', label: 'Approved' },
            { value: 'retired', label: 'Retired' },
          ]}
        />
      </span>
      <span className="record-form__label">Owner</span>
      <span className="record-form__field">
        <Segmented
          label="Owner"
          value={form.ownerMode}
          onChange={(ownerMode) => set({ ownerMode })}
          options={[
            { value: 'found', label: 'As found' },
            { value: 'named', label: 'Named here' },
            { value: 'nobody', label: 'Nobody' },
          ]}
        />
        {form.ownerMode === 'named' && (
          <TextField
            label="Name of the owner"
            placeholder="Person or team"
            maxLength={200}
            value={form.owner}
            onChange={(owner) => set({ owner })}
          />
        )}
      </span>
      <span className="record-form__hint">
        {form.ownerMode === 'found'
          ? 'What registers, files and history say counts.'
          : form.ownerMode === 'named'
            ? 'Counts before what registers, files and history say.'
            : 'It is on record that nobody owns it, whatever files say.'}
      </span>
      <span className="record-form__label">Domain</span>
      <span className="record-form__field">
        <TextField
          label="Business domain"
          placeholder="Part of the business"
          maxLength={200}
          value={form.domain}
          onChange={(domain) => set({ domain })}
        />
      </span>
    </>
  );
}

function ReviewFields({ form, set, by }: FieldsProps & { readonly by: string }) {
  return (
    <>
      <span className="record-form__label">Review</span>
      <span className="record-form__field">
        <Checkbox
          checked={form.reviewed}
          onChange={(reviewed) => set({ reviewed, reviewer: form.reviewer === '' ? by : form.reviewer })}
        >
          It was reviewed
        </Checkbox>
      </span>
      {form.reviewed && (
        <>
          <span className="record-form__label">Reviewer, date</span>
          <span className="record-form__field">
            <TextField
              label="Reviewer"
              maxLength={200}
              value={form.reviewer}
              onChange={(reviewer) => set({ reviewer })}
            />
            <TextField
              className="text-field--date"
              label="Date of the review"
              type="date"
              value={form.reviewDate}
              onChange={(reviewDate) => set({ reviewDate })}
            />
          </span>
          <span className="record-form__label">Decision, next</span>
          <span className="record-form__field">
            <Select
              label="Decision"
              value={form.decision}
              options={decisionOptions}
              onChange={(decision) => set({ decision })}
            />
            <TextField
              className="text-field--date"
              label="Next review"
              type="date"
              value={form.nextReview}
              onChange={(nextReview) => set({ nextReview })}
            />
          </span>
          <span className="record-form__label record-form__label--top">Conditions</span>
          <span className="record-form__field">
            <textarea
              className="text-area"
              aria-label="Conditions"
              maxLength={4000}
              value={form.conditions}
              onChange={(event) => set({ conditions: event.target.value })}
            />
          </span>
        </>
      )}
    </>
  );
}

function OtherFields({ form, set }: FieldsProps) {
  const today = todayOf(new Date());
  return (
    <>
      <span className="record-form__label">Trust</span>
      <span className="record-form__field">
        <Select
          label="Trust in where it comes from"
          value={form.trust}
          onChange={(trust) => set({ trust })}
          options={[
            { value: 'none', label: 'Not stated' },
            { value: 'own', label: 'Our own' },
            { value: 'vendor', label: 'A vendor' },
            { value: 'community', label: 'Community' },
            { value: 'unknown', label: 'Unknown origin' },
          ]}
        />
        <Checkbox checked={form.attested === today} onChange={(checked) => set({ attested: checked ? today : '' })}>
          I confirm today that this record is right
        </Checkbox>
      </span>
      {form.attested !== '' && form.attested !== today && (
        <span className="record-form__hint">Last confirmed on {form.attested}.</span>
      )}
      <span className="record-form__label record-form__label--top">Note</span>
      <span className="record-form__field">
        <textarea
          className="text-area"
          aria-label="Note"
          maxLength={10_000}
          value={form.note}
          onChange={(event) => set({ note: event.target.value })}
        />
      </span>
    </>
  );
}
