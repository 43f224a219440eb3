import './ask-bar.css';
import { type FormEvent, type KeyboardEvent, type Ref, useId, useState } from 'react';
import type { AskableAgent } from '../../../shared/contract/permissions.ts';
import { launchContextNames } from '../../../shared/model/permissions.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { AgentPicker } from './agent-picker.tsx';
import { type AskAddress, versionProblem } from './ask-address.ts';
import { useAskSession } from './ask-session.ts';
import { contextWords, modesOf } from './ask-words.ts';
import { completions, readCall } from './call-text.ts';

type AskBarProps = {
  readonly ask: AskAddress;
  readonly agents: readonly AskableAgent[];
  readonly onAsk: (ask: AskAddress) => void;
  readonly field: Ref<HTMLInputElement>;
  readonly picker: Ref<HTMLButtonElement>;
};

const trustLabels = { '': 'from files', yes: 'trusted', no: 'not trusted' } as const;

/** Who, in what setting, and the call. A changed setting asks again at once where there is a call. */
export function AskBar({ ask, agents, onAsk, field, picker }: AskBarProps) {
  const [text, setText] = useState(ask.call);
  const [version, setVersion] = useState(ask.version);
  const [tried, setTried] = useState(false);
  const reading = readCall(text);
  const agent = agents.find((one) => one.id === ask.agent);
  const modes = agent === undefined ? [] : modesOf(agent.host);
  const wrongVersion = versionProblem(version);

  const change = (changes: Partial<AskAddress>): void => onAsk({ ...ask, ...changes });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (reading.state === 'ok' && wrongVersion === null)
      onAsk({ ...ask, call: text.trim(), version: version.trim().replace(/^v/, '') });
  };
  const suggestion = reading.state === 'wrong' ? reading.suggestion : null;
  // What stands in the address is explained where the answer would be.
  const shownBelow = text === ask.call && wrongVersion === null;
  const help = shownBelow
    ? null
    : wrongVersion !== null
      ? wrongVersion
      : reading.state === 'wrong' || (reading.state === 'unfinished' && (tried || text.includes(':')))
        ? reading.message
        : tried && reading.state === 'empty'
          ? 'Nothing was typed.'
          : null;

  return (
    <form className="ask-bar" onSubmit={submit}>
      <div className="ask-bar__setting">
        <AgentPicker
          agents={agents}
          value={ask.agent}
          onChange={(id) => change({ agent: id, mode: '', version: '' })}
          trigger={picker}
        />
        <Select
          label="Context"
          showLabel
          value={ask.context}
          options={[
            ...launchContextNames.map((value) => ({ value, label: contextWords[value] })),
            { value: 'all' as const, label: 'all five' },
          ]}
          onChange={(context) => change({ context })}
        />
        {modes.length > 0 && (
          <Select
            label="Mode"
            showLabel
            value={ask.mode}
            options={[{ value: '', label: 'from files' }, ...modes.map((value) => ({ value, label: value }))]}
            onChange={(mode) => change({ mode })}
          />
        )}
        <Select
          label="Folder"
          showLabel
          value={ask.trust}
          options={(['', 'yes', 'no'] as const).map((value) => ({ value, label: trustLabels[value] }))}
          onChange={(trust) => change({ trust })}
        />
        {agent !== undefined && (
          <label className="ask-bar__version">
            <span>Version</span>
            <input
              value={version}
              placeholder="newest known"
              aria-label="Version of the host"
              aria-invalid={wrongVersion !== null}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setVersion(event.target.value)}
            />
          </label>
        )}
      </div>
      <div className="ask-bar__call">
        <CallField text={text} onText={setText} field={field} help={help} />
        <Button look="primary" keys="enter" onClick={submit}>
          Ask
        </Button>
      </div>
      {help !== null && (
        <p className="ask-bar__help" id="ask-help" role="status">
          {help}
          {suggestion !== null && (
            <Button look="link" onClick={() => onAsk({ ...ask, call: suggestion })}>
              Ask {suggestion}
            </Button>
          )}
        </p>
      )}
      {/* Enter in any field of the form sends it only where the form has a button of this kind. */}
      <button type="submit" hidden tabIndex={-1} aria-hidden />
    </form>
  );
}

type CallFieldProps = {
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly field: Ref<HTMLInputElement>;
  readonly help: string | null;
};

/** The call, with what was asked before and the forms of calls below it. */
function CallField({ text, onText, field, help }: CallFieldProps) {
  const listId = useId();
  const asked = useAskSession((state) => state.asked);
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const items = open
    ? completions(
        text,
        asked.map((one) => one.ask.call),
      )
    : [];

  const choose = (item: string | undefined): void => {
    if (item !== undefined) onText(item);
    setOpen(false);
    setActive(-1);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      if (!open) setOpen(true);
      else if (items.length > 0) setActive((active + step + items.length) % items.length);
    } else if (event.key === 'Enter' && active >= 0) choose(items[active]);
    else if (event.key === 'Escape' && open && items.length > 0) choose(undefined);
    else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
  };

  return (
    <div className="call-field">
      <TextField
        ref={field}
        look="code"
        label="Call"
        placeholder="run: terraform destroy"
        value={text}
        onChange={(next) => {
          onText(next);
          setOpen(next !== '');
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => choose(undefined)}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={active >= 0 ? `${listId}-${active}` : undefined}
        aria-describedby={help === null ? undefined : 'ask-help'}
        aria-invalid={help !== null}
      />
      <div
        id={listId}
        role="listbox"
        aria-label="Calls to complete with"
        className={items.length > 0 ? 'overlay-popup call-field__list' : 'visually-hidden'}
      >
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={item}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className="call-field__item"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(item)}
          >
            <code>{item}</code>
          </div>
        ))}
      </div>
    </div>
  );
}
