import './agent-picker.css';
import '../../ui/menu.css';
import '../../ui/overlay.css';
import { Combobox } from '@base-ui/react/combobox';
import { Bot, ChevronDown, Search } from 'lucide-react';
import { type Ref, useMemo } from 'react';
import type { AskableAgent } from '../../../shared/contract/permissions.ts';
import { lastSegment } from '../../ui/words.ts';
import { allAgents } from './ask-address.ts';

type Entry = { readonly id: string; readonly name: string; readonly hint: string; readonly words: string };

/** Entries that are drawn at once; the rest is found by typing. */
const shownEntries = 60;

type AgentPickerProps = {
  readonly agents: readonly AskableAgent[];
  /** Id, or `all`. */
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly trigger?: Ref<HTMLButtonElement>;
};

export const agentHint = ({ hostTitle, subAgent, folder, name }: AskableAgent): string =>
  [
    subAgent ? `sub-agent of ${hostTitle}` : hostTitle,
    folder === '' || name.includes(lastSegment(folder)) ? '' : lastSegment(folder),
  ]
    .filter(Boolean)
    .join(', ');

/** Who is asked about: one agent, found by name, host or folder, or all of them. */
export function AgentPicker({ agents, value, onChange, trigger }: AgentPickerProps) {
  const entries = useMemo(
    (): readonly Entry[] => [
      { id: allAgents, name: 'All agents', hint: `${agents.length}`, words: 'all agents' },
      ...agents.map((agent) => ({
        id: agent.id,
        name: agent.name,
        hint: agentHint(agent),
        words: `${agent.name} ${agent.hostTitle} ${agent.folder}`.toLowerCase(),
      })),
    ],
    [agents],
  );
  const chosen = entries.find((entry) => entry.id === value) ?? null;
  return (
    <Combobox.Root
      items={entries}
      value={chosen}
      onValueChange={(entry) => entry !== null && onChange(entry.id)}
      itemToStringLabel={(entry) => entry.name}
      isItemEqualToValue={(one, other) => one.id === other.id}
      filter={(entry, query) =>
        query
          .toLowerCase()
          .split(/\s+/)
          .every((word) => entry.words.includes(word))
      }
      limit={shownEntries}
      autoHighlight
    >
      <Combobox.Trigger ref={trigger} className="agent-picker" aria-label={`Agent: ${chosen?.name ?? 'none chosen'}`}>
        <Bot aria-hidden className="kind-icon--agent" />
        <span className="agent-picker__name">{chosen?.name ?? 'Choose an agent'}</span>
        <ChevronDown aria-hidden />
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className="overlay-positioner" sideOffset={4} align="start">
          <Combobox.Popup className="overlay-popup agent-picker__popup" aria-label="Agents">
            <div className="agent-picker__field">
              <Search aria-hidden />
              <Combobox.Input
                className="agent-picker__input"
                placeholder="Name, host or folder"
                aria-label="Find an agent"
                spellCheck={false}
              />
            </div>
            <Combobox.Empty className="agent-picker__empty">No agent whose rules are evaluated fits.</Combobox.Empty>
            <Combobox.List className="agent-picker__list">
              {(entry: Entry) => (
                <Combobox.Item key={entry.id} value={entry} className="menu__item">
                  <span className="menu__label">{entry.name}</span>
                  <span className="menu__hint">{entry.hint}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
