import './palette.css';
import '../ui/overlay.css';
import { Dialog } from '@base-ui/react/dialog';
import { CircleQuestionMark, Search, SquareTerminal } from 'lucide-react';
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Output } from '../../shared/contract/index.ts';
import { useClient } from '../client/use-client.tsx';
import { KeyCaps } from '../ui/key-cap.tsx';
import { KindIcon } from '../ui/kind-icon.tsx';
import { kindWord, sentenceCase } from '../ui/kind-words.ts';
import { SeverityMark } from '../ui/severity-mark.tsx';
import { closePalette, offeredActions, runAction, useActionStore } from './action-store.ts';
import { currentAddress, openScreen, selectAsset } from './navigation.ts';
import { type PaletteMode, rankActions, readPaletteText } from './palette-model.ts';

type Found = Output<'assets.search'>[number];
type Item = { readonly id: string; readonly group: string; readonly row: ReactNode; run(): void };

const assetLimit = 40;

/** Ctrl/Cmd+K. Mounted only while open, so that it starts fresh. */
export function Palette() {
  const open = useActionStore((state) => state.paletteOpen);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || closePalette()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="overlay-backdrop" />
        <Dialog.Popup className="overlay-popup palette" aria-label="Search or run a command">
          <PaletteContent />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteContent() {
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState(useActionStore.getState().paletteText);
  const [active, setActive] = useState(0);
  const { mode, query } = readPaletteText(text);
  const assets = useFoundAssets(mode, query);
  const items = useItems(mode, query, assets, useFoundFindings(mode, query));
  const at = Math.min(active, items.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  const run = (item: Item | undefined): void => {
    if (item === undefined) return;
    closePalette();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && items.length > 0) setActive((at + step + items.length) % items.length);
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) run(items[at]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="palette__field">
        <Search aria-hidden />
        <input
          className="palette__input"
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
          aria-label="Search or run a command"
          placeholder="Search assets or run a command"
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <KeyCaps chord="escape" />
      </div>
      <div className="palette__list" id={listId} role="listbox" aria-label="Results" ref={list}>
        {items.map((item, index) => (
          <Fragment key={item.id}>
            {item.group !== items[index - 1]?.group && (
              <div className="palette__group" role="presentation">
                {item.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys */}
            <div
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="palette__item"
              onClick={() => run(item)}
              onMouseMove={() => index === at || setActive(index)}
            >
              {item.row}
            </div>
          </Fragment>
        ))}
        {items.length === 0 && <div className="palette__empty">{emptyWords(mode, query)}</div>}
      </div>
      <div className="palette__foot">
        <span>
          <KeyCaps chord=">" /> commands
        </span>
        <span>
          <KeyCaps chord="@" /> agents
        </span>
        <span>
          <KeyCaps chord="#" /> findings
        </span>
        <span>
          <KeyCaps chord="/" /> paths
        </span>
        <span>
          <code>run: ...</code> what may an agent do
        </span>
      </div>
    </>
  );
}

function emptyWords(mode: PaletteMode, query: string): string {
  if (mode === 'commands') return `No command matches "${query}".`;
  if (mode === 'findings') return query === '' ? 'There are no findings.' : `No finding matches "${query}".`;
  if (query === '') return mode === 'agents' ? 'Type the name of an agent.' : 'Type a part of a path.';
  return `Nothing in the last scan matches "${query}".`;
}

function useItems(
  mode: PaletteMode,
  query: string,
  assets: readonly Found[],
  findings: readonly Item[],
): readonly Item[] {
  const offered = useActionStore((state) => state.offered);
  const recent = useActionStore((state) => state.recent);
  return useMemo(() => {
    if (mode === 'findings') return findings;
    if (mode === 'call') return callItems(query);
    const commands =
      mode === 'agents' || mode === 'paths'
        ? []
        : rankActions(offeredActions(offered), query, recent).map(
            ({ action, at }): Item => ({
              id: `action ${action.id}`,
              group: query === '' && recent.includes(action.id) ? 'Recent' : 'Commands',
              row: (
                <ActionRow
                  title={action.title}
                  at={at}
                  icon={action.icon}
                  keys={action.keys?.[0]}
                  group={action.group}
                />
              ),
              run: () => runAction(action),
            }),
          );
    const found = assets.map(
      (asset): Item => ({
        id: `asset ${asset.id}`,
        group: 'In the last scan',
        row: (
          <>
            <KindIcon kind={asset.kind} />
            <span className="palette__title">{asset.name}</span>
            <span className="muted">{sentenceCase(kindWord(asset.kind))}</span>
            <span className="palette__hint palette__hint--code">{asset.place}</span>
          </>
        ),
        run: () => showAsset(asset.id),
      }),
    );
    return query === ''
      ? [...commands, ...found]
      : [
          ...found.slice(0, 6),
          ...commands,
          ...found.slice(6).map((item) => ({ ...item, group: 'More in the last scan' })),
        ];
  }, [mode, query, assets, findings, offered, recent]);
}

/** A call is asked of the agent that was asked last, or of all. */
function callItems(call: string): readonly Item[] {
  const item = (id: string, title: string, agent: string | null): Item => ({
    id: `ask ${id}`,
    group: 'What may an agent do?',
    row: (
      <>
        <CircleQuestionMark aria-hidden />
        <span className="palette__title">{title}</span>
        <span className="palette__hint palette__hint--code">{call}</span>
      </>
    ),
    run: () => openScreen('ask', { agent, call }),
  });
  return [item('all', 'Ask all agents', 'all'), item('one', 'Ask one agent', null)];
}

/** Findings of the last scan whose words hold all of the query. */
function useFoundFindings(mode: PaletteMode, query: string): readonly Item[] {
  const client = useClient();
  const [items, setItems] = useState<readonly Item[]>([]);
  const wanted = mode === 'findings';
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void client.call('findings.list', { scan: null }).then((result) => {
      if (!current || !result.ok) return;
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const fitting = result.value.findings.filter(({ title, message, rule }) => {
        const text = `${title} ${message} ${rule}`.toLowerCase();
        return words.every((word) => text.includes(word));
      });
      setItems(
        fitting.slice(0, assetLimit).map((finding) => ({
          id: `finding ${finding.id}`,
          group: 'Findings of the last scan',
          row: (
            <>
              <SeverityMark severity={finding.severity} />
              <span className="palette__title">{finding.title}</span>
              <span className="palette__hint">{finding.subjectName}</span>
            </>
          ),
          run: () => openScreen('findings', { finding: finding.id }),
        })),
      );
    });
    return () => {
      current = false;
    };
  }, [client, query, wanted]);
  return items;
}

/** The graph stays the graph; every other screen opens the table. */
function showAsset(id: string): void {
  if (currentAddress()?.screen === 'graph') selectAsset(id);
  else openScreen('inventory', { asset: id });
}

function useFoundAssets(mode: PaletteMode, query: string): readonly Found[] {
  const client = useClient();
  const [found, setFound] = useState<readonly Found[]>([]);
  const wanted =
    mode !== 'commands' && mode !== 'findings' && mode !== 'call' && query.length >= (mode === 'everything' ? 2 : 1);
  useEffect(() => {
    if (!wanted) {
      setFound([]);
      return;
    }
    let current = true;
    const timer = setTimeout(async () => {
      const result = await client.call('assets.search', { scan: null, text: query, limit: assetLimit });
      if (!current || !result.ok) return;
      setFound(mode === 'agents' ? result.value.filter((asset) => asset.kind === 'agent') : result.value);
    }, 60);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, mode, query, wanted]);
  return found;
}

type ActionRowProps = {
  readonly title: string;
  readonly at: readonly number[];
  readonly icon: typeof SquareTerminal | undefined;
  readonly keys: string | undefined;
  readonly group: string;
};

function ActionRow({ title, at, icon: Icon = SquareTerminal, keys, group }: ActionRowProps) {
  return (
    <>
      <Icon aria-hidden />
      <span className="palette__title">{markLetters(title, at)}</span>
      <span className="palette__hint">{group}</span>
      {keys !== undefined && <KeyCaps chord={keys} />}
    </>
  );
}

function markLetters(text: string, at: readonly number[]): ReactNode {
  if (at.length === 0) return text;
  const marked = new Set(at);
  return [...text].map((letter, index) => {
    const key = `${index}${letter}`;
    return marked.has(index) ? <mark key={key}>{letter}</mark> : <Fragment key={key}>{letter}</Fragment>;
  });
}
