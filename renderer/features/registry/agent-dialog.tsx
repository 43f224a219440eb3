import { useState } from 'react';
import { announce } from '../../actions/announce.ts';
import { selectAsset } from '../../actions/navigation.ts';
import { setPerson, usePerson } from '../../actions/person.ts';
import { useCommand } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorBlock } from '../../ui/notes.tsx';
import { TextField } from '../../ui/text-field.tsx';

const fields = [
  { name: 'name', title: 'Name', hint: 'Service assistant' },
  { name: 'system', title: 'System', hint: 'Product that runs it' },
  { name: 'owner', title: 'Owner', hint: 'Person or team' },
  { name: 'domain', title: 'Domain', hint: 'Part of the business' },
  { name: 'model', title: 'Model', hint: 'As the product names it' },
  { name: 'tools', title: 'Tools', hint: 'Separated by commas' },
  { name: 'data', title: 'Data', hint: 'Separated by commas' },
  { name: 'description', title: 'Purpose', hint: 'What it is for' },
] as const;
type Fields = { readonly [F in (typeof fields)[number]['name']]: string };

const nothing: Fields = {
  name: '',
  system: '',
  owner: '',
  domain: '',
  model: '',
  tools: '',
  data: '',
  description: '',
};

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean);

/** An agent that no scan can see, entered by hand. */
export function AgentDialog({ onClose }: { readonly onClose: () => void }) {
  const [form, setForm] = useState(nothing);
  const known = usePerson((state) => state.name);
  const [by, setBy] = useState(known);
  const add = useCommand('imports.addAgent');
  const usable = form.name.trim() !== '' && by.trim() !== '' && !add.running;
  const run = async (): Promise<void> => {
    if (!usable) return;
    setPerson(by.trim());
    const { tools, data, ...texts } = form;
    const result = await add.run({ agent: { ...texts, tools: listOf(tools), data: listOf(data) }, by: by.trim() });
    if (!result.ok) return;
    announce(`${form.name} was entered.`);
    onClose();
    selectAsset(result.value.id);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Enter an agent that no scan can see"
      foot={
        <>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={!usable} onClick={() => void run()}>
            {add.running ? 'Entering' : 'Enter agent'}
          </Button>
        </>
      }
    >
      {add.error !== null && <ErrorBlock title="The agent was not entered.">{add.error.message}</ErrorBlock>}
      <div className="import-dialog__fields">
        {fields.map(({ name, title, hint }) => (
          <FieldRow
            key={name}
            title={title}
            hint={hint}
            value={form[name]}
            onChange={(value) => setForm({ ...form, [name]: value })}
          />
        ))}
        <FieldRow title="Your name" hint="Who enters it" value={by} onChange={setBy} />
      </div>
    </Dialog>
  );
}

type FieldRowProps = {
  readonly title: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
};

function FieldRow({ title, hint, value, onChange }: FieldRowProps) {
  return (
    <>
      <span>{title}</span>
      <TextField label={title} placeholder={hint} maxLength={200} value={value} onChange={onChange} />
    </>
  );
}
