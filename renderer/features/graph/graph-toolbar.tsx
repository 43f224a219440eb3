import { ChevronDown, Download, Table2, Waypoints } from 'lucide-react';
import { type Ref, useMemo } from 'react';
import { assetKinds, relationKinds } from '../../../shared/kinds.ts';
import type { GraphData } from '../../graph/graph-data.ts';
import { lenses, lensOf } from '../../graph/lenses.ts';
import { effectiveGrouping, type Grouping, largestHops } from '../../graph/questions.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';
import { Menu, type MenuEntry } from '../../ui/menu.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { count } from '../../ui/words.ts';
import { formatGraphAddress, type GraphAddress } from './graph-address.ts';
import { GraphSearch } from './graph-search.tsx';
import { focusOn } from './graph-steps.ts';
import { GraphViewsMenu } from './graph-views-menu.tsx';

type GraphToolbarProps = {
  readonly data: GraphData;
  readonly address: GraphAddress;
  readonly searchField: Ref<HTMLInputElement>;
  readonly exports: readonly MenuEntry[];
  onChange(address: GraphAddress): void;
  onFocus(row: number): void;
};

const groupTitles: { readonly [G in Exclude<Grouping, 'auto'>]: string } = {
  host: 'host',
  repository: 'repository',
  kind: 'kind',
  none: 'none',
};
const hopOptions = Array.from({ length: largestHops }, (_, index) => ({
  value: String(index + 1),
  label: String(index + 1),
}));

/** Lens, scope, filters: everything that makes the question, and ways to take the answer along. */
export function GraphToolbar({ data, address, searchField, exports, onChange, onFocus }: GraphToolbarProps) {
  const { question } = address;
  const focusRow = question.focus === null ? undefined : data.rowOf.get(question.focus);
  const change = (part: Partial<GraphAddress['question']>): void =>
    onChange({ ...address, members: '', question: { ...question, ...part } });
  const grouping = useMemo(() => effectiveGrouping(data, question), [data, question]);
  const groupOptions = (
    focusRow === undefined
      ? (['host', 'repository', 'kind', 'none'] as const)
      : (['none', 'host', 'repository'] as const)
  ).map((value) => ({
    value,
    label: groupTitles[value],
  }));
  return (
    <div className="graph-toolbar">
      <Segmented
        label="Lens"
        value={question.lens}
        options={lenses.map((lens) => ({ value: lens.id, label: lens.title }))}
        onChange={(lens) => change({ lens })}
      />
      <GraphSearch data={data} field={searchField} onChoose={onFocus} />
      {question.focus !== null && (
        <Chip
          title="The neighbourhood of this asset is shown"
          onRemove={() => onChange(focusOn(address, null))}
          removeLabel="Show the whole estate"
        >
          {focusRow === undefined ? 'not in this scan' : data.names[focusRow]}
        </Chip>
      )}
      {focusRow !== undefined && (
        <Select
          label="Hops"
          showLabel
          value={String(question.hops)}
          options={hopOptions}
          onChange={(hops) => change({ hops: Number(hops) })}
        />
      )}
      <Select
        label={focusRow === undefined ? 'Groups by' : 'Boxes'}
        showLabel
        value={grouping}
        options={groupOptions}
        onChange={(group) =>
          change({ group, open: focusRow === undefined ? new Set() : question.open, closed: new Set() })
        }
      />
      <FilterMenu data={data} address={address} onChange={change} />
      <div className="graph-toolbar__end">
        <Menu align="end" entries={exports} trigger={<IconButton icon={Download} label="Export the picture" />} />
        <GraphViewsMenu search={formatGraphAddress({ ...address, item: '' }).toString()} />
        <Button
          look="quiet"
          icon={address.table ? Waypoints : Table2}
          keys="t"
          aria-pressed={address.table}
          onClick={() => onChange({ ...address, table: !address.table, members: '' })}
        >
          {address.table ? 'Graph' : 'Table'}
        </Button>
      </div>
    </div>
  );
}

function FilterMenu({
  data,
  address,
  onChange,
}: {
  readonly data: GraphData;
  readonly address: GraphAddress;
  onChange(part: Partial<GraphAddress['question']>): void;
}) {
  const { question } = address;
  const lens = lensOf(question.lens);
  const counts = useMemo(() => {
    const assets = new Uint32Array(assetKinds.length);
    const relations = new Uint32Array(relationKinds.length);
    for (const kind of data.kinds) assets[kind] = (assets[kind] ?? 0) + 1;
    for (const kind of data.edgeKinds) relations[kind] = (relations[kind] ?? 0) + 1;
    return { assets, relations };
  }, [data]);
  const entries = (
    bits: number,
    hidden: number,
    names: readonly string[],
    totals: Uint32Array,
    set: (hidden: number) => void,
    word: (name: string) => string,
  ): MenuEntry[] =>
    names.flatMap((name, bit) =>
      ((bits >> bit) & 1) === 0 || totals[bit] === 0
        ? []
        : [
            {
              type: 'check' as const,
              id: name,
              label: word(name),
              hint: count(totals[bit] ?? 0),
              checked: ((hidden >> bit) & 1) === 0,
              onChange: (shown: boolean) => set(shown ? hidden & ~(1 << bit) : hidden | (1 << bit)),
            },
          ],
    );
  const hiddenCount =
    bitCount(question.hiddenKinds & lens.assets) + bitCount(question.hiddenRelations & lens.relations);
  return (
    <Menu
      entries={[
        { type: 'label', id: 'kinds', label: 'Kinds shown' },
        ...entries(
          lens.assets,
          question.hiddenKinds,
          assetKinds,
          counts.assets,
          (hiddenKinds) => onChange({ hiddenKinds }),
          (name) => sentenceCase(kindWord(name as (typeof assetKinds)[number], 2)),
        ),
        { type: 'separator', id: 'between' },
        { type: 'label', id: 'relations', label: 'Relations shown' },
        ...entries(
          lens.relations,
          question.hiddenRelations,
          relationKinds,
          counts.relations,
          (hiddenRelations) => onChange({ hiddenRelations }),
          (name) => sentenceCase(name.replaceAll('-', ' ')),
        ),
        ...(hiddenCount === 0
          ? []
          : [
              { type: 'separator' as const, id: 'all' },
              {
                type: 'item' as const,
                id: 'show-all',
                label: 'Show all kinds and relations',
                onSelect: () => onChange({ hiddenKinds: 0, hiddenRelations: 0 }),
              },
            ]),
      ]}
      trigger={
        <button type="button" className={`graph-toolbar__filter${hiddenCount > 0 ? ' graph-toolbar__filter--on' : ''}`}>
          Filter{hiddenCount > 0 && `: ${hiddenCount} hidden`}
          <ChevronDown aria-hidden />
        </button>
      }
    />
  );
}

function bitCount(bits: number): number {
  let total = 0;
  for (let rest = bits >>> 0; rest !== 0; rest >>>= 1) total += rest & 1;
  return total;
}
