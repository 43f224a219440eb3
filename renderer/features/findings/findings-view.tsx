import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { type AssetKind, assetKinds } from '../../../shared/kinds.ts';
import type { FindingsResult } from '../../../shared/model/findings.ts';
import type { ScanSummary } from '../../../shared/model/scan.ts';
import type { Action } from '../../actions/action.ts';
import { useActions } from '../../actions/action-store.ts';
import { changeSearch, navigate, openScreen, useAddress } from '../../actions/navigation.ts';
import { formatAddress } from '../../actions/routes.ts';
import { useCall, valueOf } from '../../client/use-client.tsx';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { FacetMenu } from '../../ui/facet-menu.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { kindWord, sentenceCase } from '../../ui/kind-words.ts';
import { EmptyState, HatchNote } from '../../ui/notes.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { SeverityMark } from '../../ui/severity-mark.tsx';
import { counted, lastSegment } from '../../ui/words.ts';
import { FindingDetail, GroupDetail } from './finding-detail.tsx';
import { FindingList, type FindingListHandle } from './finding-list.tsx';
import {
  type FacetName,
  facetNames,
  facetTitles,
  type FindingsQuery,
  formatFindingsQuery,
  groupFindings,
  type HostedFinding,
  isNarrowed,
  listRows,
  narrowFindings,
  parseFindingsQuery,
  severityCounts,
  type Tally,
  tallyOf,
  toggleFacet,
  withoutFilters,
} from './findings-model.ts';

/** Names the finding, or the group, that is shown beside the list: a link to it opens it. */
const selectionName = 'finding';

type FindingsViewProps = {
  readonly all: readonly HostedFinding[];
  readonly result: FindingsResult;
  readonly scan: ScanSummary | null;
};

export function FindingsView({ all, result, scan }: FindingsViewProps) {
  const search = useAddress()?.search;
  const query = useMemo(() => parseFindingsQuery(search ?? new URLSearchParams()), [search]);
  const deferred = useDeferredValue(query);
  const wanted = search?.get(selectionName) ?? '';
  const narrowed = useMemo(() => narrowFindings(all, deferred), [all, deferred]);
  const groups = useMemo(() => groupFindings(narrowed.findings, deferred.grouping), [narrowed, deferred.grouping]);
  const [folded, setFolded] = useState<ReadonlyMap<string, boolean>>(new Map());
  const rows = useMemo(
    () => listRows(groups, deferred.grouping, folded, wanted),
    [groups, deferred.grouping, folded, wanted],
  );
  const rules = valueOf(useCall('findings.rules', {})) ?? [];
  const tally = tallyOf(result);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<FindingListHandle>(null);
  useListActions(list, field);

  const change = (next: FindingsQuery, replace = false): void => {
    const address = formatFindingsQuery(next);
    if (wanted !== '') address.set(selectionName, wanted);
    navigate(formatAddress('findings', address), { replace });
  };
  const select = (key: string): void => changeSearch({ [selectionName]: key }, { replace: true });

  if (all.length === 0) return <NothingFound tally={tally} result={result} scan={scan} />;
  const shown = rows.find((row) => row.key === wanted) ?? rows.find((row) => row.type === 'finding') ?? rows[0];
  const absent = wanted !== '' && !rows.some((row) => row.key === wanted);
  const known = absent && (all.some(({ finding }) => finding.id === wanted) || wanted.startsWith('group:'));
  return (
    <>
      <div className="findings__toolbar">
        <FilterField
          className="findings__filter"
          label="Filter by text, name or file"
          field={field}
          text={query.text}
          onText={(text) => change({ ...query, text }, true)}
        />
        {facetNames.map((name) => (
          <FacetMenu
            key={name}
            title={facetTitles[name]}
            options={narrowed.options[name].map((option) => ({
              ...option,
              word: facetWord(name, option.value, rules),
            }))}
            onToggle={(value) => change(toggleFacet(query, name, value))}
          />
        ))}
        <span className="findings__push" />
        <Segmented
          label="Group by"
          value={query.grouping}
          options={[
            { value: 'root', label: 'By root cause' },
            { value: 'rule', label: 'By rule' },
          ]}
          onChange={(grouping) => change({ ...query, grouping }, true)}
        />
      </div>
      <Chosen query={query} rules={rules} onChange={change} />
      <div className="findings__summary">
        <span className="figures">
          {narrowed.findings.length === all.length
            ? counted(all.length, 'finding')
            : `${narrowed.findings.length} of ${counted(all.length, 'finding')}`}
          {tally.failed + tally.couldNotTell > 0 && ' or more'}
        </span>
        {severityCounts(narrowed.findings).map(({ severity, count }) => (
          <span key={severity} className="findings__severity figures">
            <SeverityMark severity={severity} /> {count}
          </span>
        ))}
      </div>
      <Untold tally={tally} />
      {absent && !known && (
        <div className="findings__note">
          <HatchNote
            step={
              <Button look="link" onClick={() => changeSearch({ [selectionName]: null })}>
                Clear
              </Button>
            }
          >
            The finding of this link is not in the latest scan. It was fixed, or its thing is gone.
          </HatchNote>
        </div>
      )}
      {absent && known && isNarrowed(query) && (
        <div className="findings__note">
          <HatchNote
            step={
              <Button look="link" onClick={() => change(withoutFilters(query))}>
                Clear filters
              </Button>
            }
          >
            The chosen finding does not fit the filters.
          </HatchNote>
        </div>
      )}
      {rows.length === 0 || shown === undefined ? (
        <div className="findings__state">
          <EmptyState
            title={`None of ${counted(all.length, 'finding')} fits.`}
            steps={<Button onClick={() => change(withoutFilters(query))}>Clear filters</Button>}
          >
            {query.text.trim() === ''
              ? 'The filters leave nothing.'
              : `Looked for "${query.text.trim()}" in titles, sentences, names, hosts and files.`}
          </EmptyState>
        </div>
      ) : (
        <div className="findings__columns">
          <FindingList
            rows={rows}
            active={shown.key}
            handle={list}
            onSelect={select}
            onFold={(key, isFolded) => setFolded(new Map(folded).set(key, isFolded))}
          />
          {shown.type === 'finding' ? (
            <FindingDetail
              key={shown.key}
              item={shown.item}
              rule={rules.find((rule) => rule.id === shown.item.finding.rule)}
              siblings={all.filter(
                ({ finding }) => finding.group === shown.item.finding.group && finding.id !== shown.item.finding.id,
              )}
              scan={result.scan}
              onOpen={select}
            />
          ) : (
            <GroupDetail
              key={shown.key}
              group={shown.group}
              rule={rules.find((rule) => rule.id === shown.group.members[0]?.finding.rule)}
              onOpen={select}
            />
          )}
        </div>
      )}
    </>
  );
}

type RuleTitles = readonly { readonly id: string; readonly title: string }[];

function facetWord(name: FacetName, value: string, rules: RuleTitles): string {
  if (name === 'kind')
    return (assetKinds as readonly string[]).includes(value) ? sentenceCase(kindWord(value as AssetKind)) : value;
  if (name === 'rule') return rules.find((rule) => rule.id === value)?.title ?? value;
  return value === '' ? 'No host' : value;
}

type ChosenProps = {
  readonly query: FindingsQuery;
  readonly rules: RuleTitles;
  readonly onChange: (query: FindingsQuery) => void;
};

function Chosen({ query, rules, onChange }: ChosenProps) {
  const chosen = facetNames.flatMap((name) => query.facets[name].map((value) => ({ name, value })));
  if (chosen.length === 0) return null;
  return (
    <div className="findings__chips">
      {chosen.map(({ name, value }) => {
        const word = facetWord(name, value, rules);
        return (
          <Chip
            key={`${name} ${value}`}
            removeLabel={`Remove the filter ${facetTitles[name]}: ${word}`}
            onRemove={() => onChange(toggleFacet(query, name, value))}
          >
            {facetTitles[name]}: {word}
          </Chip>
        );
      })}
      <Button look="link" onClick={() => onChange(withoutFilters(query))}>
        Clear filters
      </Button>
    </div>
  );
}

/** Rules that failed or could not tell: the list may lack something, and says so. */
function Untold({ tally }: { readonly tally: Tally }) {
  if (tally.failed + tally.couldNotTell === 0) return null;
  const parts = [
    ...(tally.failed > 0
      ? [
          `${counted(tally.failed, 'rule')} of ${tally.rules} failed, so ${tally.failed === 1 ? 'its' : 'their'} result is unknown`,
        ]
      : []),
    ...(tally.couldNotTell > 0 ? [`${counted(tally.couldNotTell, 'question')} could not be told`] : []),
  ];
  return (
    <div className="findings__note">
      <HatchNote
        step={
          <Button look="link" onClick={() => openScreen('findings', { view: 'untold' })}>
            Show the reasons
          </Button>
        }
      >
        {parts.join(', ')}.
      </HatchNote>
    </div>
  );
}

type NothingFoundProps = {
  readonly tally: Tally;
  readonly result: FindingsResult;
  readonly scan: ScanSummary | null;
};

/** Rules that an empty screen names; all of them have a view of their own. */
const firstRules = 12;

/** Nothing found says what was looked at; where something could not be told it is no result at all. */
function NothingFound({ tally, result, scan }: NothingFoundProps) {
  const untold = tally.failed + tally.couldNotTell > 0;
  const where = scan === null || scan.roots.length === 0 ? 'the scan' : scan.roots.map(lastSegment).join(', ');
  return (
    <div className="findings__state">
      <EmptyState
        outcome={untold || tally.looked === 0 ? 'untold' : 'looked'}
        title={
          tally.looked === 0
            ? `The rules had nothing to look at in ${where}.`
            : untold
              ? `No findings in ${where}, and not everything could be told.`
              : `No findings in ${where}.`
        }
        steps={
          <>
            <Button onClick={() => openScreen('findings', { view: 'rules' })}>Show the rules</Button>
            {tally.looked === 0 && <Button onClick={() => openScreen('scan')}>Show the scan</Button>}
          </>
        }
      >
        {counted(tally.rules, 'rule')} looked at {counted(tally.looked, 'thing')}:
        <ul className="findings__looked">
          {result.rules.slice(0, firstRules).map((rule) => (
            <li key={rule.rule}>
              {rule.title}:{' '}
              {rule.failure !== null
                ? 'the rule failed, its result is unknown'
                : `${counted(rule.looked, 'thing')} looked at${rule.couldNotTell > 0 ? `, ${rule.couldNotTell} could not be told` : ''}`}
            </li>
          ))}
        </ul>
        {result.rules.length > firstRules && `and ${result.rules.length - firstRules} more.`}
      </EmptyState>
    </div>
  );
}

function useListActions(
  list: React.RefObject<FindingListHandle | null>,
  field: React.RefObject<HTMLInputElement | null>,
): void {
  const actions = useMemo(
    (): readonly Action[] => [
      {
        id: 'edit.find',
        title: 'Filter the findings',
        group: 'Table',
        keys: ['/', 'mod+f'],
        run: () => field.current?.select(),
      },
      { id: 'table.next', title: 'Next finding', group: 'Table', keys: ['j'], run: () => list.current?.step(1) },
      {
        id: 'table.previous',
        title: 'Previous finding',
        group: 'Table',
        keys: ['k'],
        run: () => list.current?.step(-1),
      },
      { id: 'table.open', title: 'Read the finding', group: 'Table', keys: ['o'], run: () => list.current?.open() },
    ],
    [list, field],
  );
  useActions(actions);
}
