import { type Confidence, confidences, type Severity, severities } from '../../../shared/kinds.ts';
import type { Finding, FindingsResult, Reference, RuleOutcome } from '../../../shared/model/findings.ts';

export const findingViews = ['findings', 'rules', 'untold'] as const;
export type FindingView = (typeof findingViews)[number];

/** root: findings of one cause together · rule: findings of one rule together. */
export const groupings = ['root', 'rule'] as const;
export type Grouping = (typeof groupings)[number];

/** What findings can be narrowed by. The names are the parameters of the address. */
export const facetNames = ['severity', 'confidence', 'kind', 'host', 'rule'] as const;
export type FacetName = (typeof facetNames)[number];

export const facetTitles: { readonly [F in FacetName]: string } = {
  severity: 'Severity',
  confidence: 'Confidence',
  kind: 'Kind',
  host: 'Host',
  rule: 'Rule',
};

export type FindingsQuery = {
  readonly text: string;
  readonly facets: { readonly [F in FacetName]: readonly string[] };
  readonly grouping: Grouping;
};

export function parseFindingsQuery(search: URLSearchParams): FindingsQuery {
  return {
    text: search.get('q') ?? '',
    facets: Object.fromEntries(
      facetNames.map((name) => [name, [...new Set(search.getAll(name))]] as const),
    ) as unknown as FindingsQuery['facets'],
    grouping: search.get('group') === 'rule' ? 'rule' : 'root',
  };
}

/** The address parameters of a query; with nothing chosen there are none. */
export function formatFindingsQuery(query: FindingsQuery): URLSearchParams {
  const search = new URLSearchParams();
  if (query.text !== '') search.set('q', query.text);
  for (const name of facetNames) for (const value of query.facets[name]) search.append(name, value);
  if (query.grouping === 'rule') search.set('group', 'rule');
  return search;
}

export const isNarrowed = (query: FindingsQuery): boolean =>
  query.text.trim() !== '' || facetNames.some((name) => query.facets[name].length > 0);

export function toggleFacet(query: FindingsQuery, name: FacetName, value: string): FindingsQuery {
  const chosen = query.facets[name];
  const next = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
  return { ...query, facets: { ...query.facets, [name]: next } };
}

export const withoutFilters = (query: FindingsQuery): FindingsQuery =>
  parseFindingsQuery(new URLSearchParams(query.grouping === 'rule' ? { group: 'rule' } : {}));

/** A finding with the host of the thing that it is about, '' where it has none. */
export type HostedFinding = { readonly finding: Finding; readonly host: string };

function facetValue({ finding, host }: HostedFinding, name: FacetName): string {
  switch (name) {
    case 'severity':
      return finding.severity;
    case 'confidence':
      return finding.confidence;
    case 'kind':
      return finding.subjectKind;
    case 'host':
      return host;
    case 'rule':
      return finding.rule;
  }
}

export type FacetOption = { readonly value: string; readonly count: number; readonly chosen: boolean };

export type NarrowedFindings = {
  readonly findings: readonly HostedFinding[];
  /** Counts of each facet under all the other filters. */
  readonly options: { readonly [F in FacetName]: readonly FacetOption[] };
};

export function narrowFindings(all: readonly HostedFinding[], query: FindingsQuery): NarrowedFindings {
  const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitsText = ({ finding, host }: HostedFinding): boolean => {
    if (words.length === 0) return true;
    const files = finding.evidence.map((one) => one.file).join(' ');
    const haystack =
      `${finding.title}\n${finding.message}\n${finding.subjectName}\n${finding.rule}\n${host}\n${files}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  };
  const missing = (one: HostedFinding): readonly FacetName[] =>
    facetNames.filter((name) => {
      const wanted = query.facets[name];
      return wanted.length > 0 && !wanted.includes(facetValue(one, name));
    });
  const counts = new Map(facetNames.map((name) => [name, new Map<string, number>()]));
  const findings: HostedFinding[] = [];
  for (const one of all) {
    if (!fitsText(one)) continue;
    const missed = missing(one);
    if (missed.length > 1) continue;
    if (missed.length === 0) findings.push(one);
    for (const name of missed.length === 1 ? missed : facetNames) {
      const values = counts.get(name);
      const value = facetValue(one, name);
      values?.set(value, (values.get(value) ?? 0) + 1);
    }
  }
  const options = Object.fromEntries(
    facetNames.map((name) => [name, optionsOf(name, counts.get(name) ?? new Map(), query.facets[name])]),
  ) as NarrowedFindings['options'];
  return { findings, options };
}

const severityRank = (severity: Severity): number => severities.length - severities.indexOf(severity);
const confidenceRank = (confidence: Confidence): number => confidences.indexOf(confidence);

function optionsOf(
  name: FacetName,
  counts: ReadonlyMap<string, number>,
  chosen: readonly string[],
): readonly FacetOption[] {
  const rank = (value: string): number =>
    name === 'severity'
      ? severityRank(value as Severity)
      : name === 'confidence'
        ? confidenceRank(value as Confidence)
        : -(counts.get(value) ?? 0);
  return [...new Set([...counts.keys(), ...chosen])]
    .toSorted((one, other) => rank(one) - rank(other) || one.localeCompare(other))
    .map((value) => ({ value, count: counts.get(value) ?? 0, chosen: chosen.includes(value) }));
}

export type FindingGroup = {
  readonly key: string;
  readonly title: string;
  /** What the members have in the list below the title. */
  readonly line: string;
  readonly severity: Severity;
  readonly members: readonly HostedFinding[];
};

/** Groups, the gravest first; members likewise. */
export function groupFindings(findings: readonly HostedFinding[], grouping: Grouping): readonly FindingGroup[] {
  const groups = Map.groupBy(findings, ({ finding }) => (grouping === 'root' ? finding.group : finding.rule));
  return [...groups]
    .map(([name, unsorted]): FindingGroup => {
      const members = unsorted.toSorted(
        (one, other) =>
          severityRank(one.finding.severity) - severityRank(other.finding.severity) ||
          one.finding.subjectName.localeCompare(other.finding.subjectName) ||
          one.finding.id.localeCompare(other.finding.id),
      );
      const first = (members[0] as HostedFinding).finding;
      const { title, line } = groupWords(members, grouping);
      return { key: `group:${name}`, title, line, severity: first.severity, members };
    })
    .toSorted(
      (one, other) =>
        severityRank(one.severity) - severityRank(other.severity) ||
        other.members.length - one.members.length ||
        one.title.localeCompare(other.title) ||
        one.key.localeCompare(other.key),
    );
}

const distinct = (words: readonly string[]): string => {
  const known = [...new Set(words)];
  return known.length > 3 ? `${known.slice(0, 3).join(', ')} and ${known.length - 3} more` : known.join(', ');
};

/** One thing with several findings is named by the thing, one finding at several things by the finding. */
function groupWords(
  members: readonly HostedFinding[],
  grouping: Grouping,
): { readonly title: string; readonly line: string } {
  const titles = members.map(({ finding }) => finding.title);
  const subjects = members.map(({ finding }) => finding.subjectName);
  return grouping === 'root' && new Set(titles).size > 1
    ? { title: distinct(subjects), line: distinct(titles) }
    : { title: titles[0] ?? '', line: distinct(subjects) };
}

/** The sentence of a finding behind the name of its thing: a sentence that begins with the name is not given it twice. */
export const namedMessage = ({ subjectName, message }: Finding): string =>
  message.startsWith(subjectName) ? message : `${subjectName}: ${message}`;

/** The rest of the sentence where the name stands above it. */
export const bareMessage = ({ subjectName, message }: Finding): string =>
  message.startsWith(`${subjectName}: `) ? message.slice(subjectName.length + 2) : message;

/** What tells a row from its neighbours: the finding, the thing, or, where both are the same, the place. */
type Naming = 'finding' | 'thing' | 'place';

export type ListRow =
  | { readonly type: 'group'; readonly key: string; readonly group: FindingGroup; readonly open: boolean }
  | {
      readonly type: 'finding';
      readonly key: string;
      readonly item: HostedFinding;
      readonly level: 1 | 2;
      readonly named: Naming;
    };

/** Members of a group that are shown at once; larger groups are folded until somebody opens them. */
const shownAtFirst = 12;

/** A cause with one finding is that finding; a rule is always a group, so that its count can be read. */
export function listRows(
  groups: readonly FindingGroup[],
  grouping: Grouping,
  folded: ReadonlyMap<string, boolean>,
  selected: string,
): readonly ListRow[] {
  return groups.flatMap((group): readonly ListRow[] => {
    const [only] = group.members;
    if (grouping === 'root' && group.members.length === 1 && only !== undefined)
      return [{ type: 'finding', key: only.finding.id, item: only, level: 1, named: 'finding' }];
    // What the head of the group says already is not said again by its members.
    const named = namingOf(group.members);
    const holdsSelected = group.members.some(({ finding }) => finding.id === selected);
    const open = !(folded.get(group.key) ?? (group.members.length > shownAtFirst && !holdsSelected));
    return [
      { type: 'group', key: group.key, group, open },
      ...(open
        ? group.members.map((item): ListRow => ({ type: 'finding', key: item.finding.id, item, level: 2, named }))
        : []),
    ];
  });
}

function namingOf(members: readonly HostedFinding[]): Naming {
  const differ = (name: 'title' | 'subjectName'): boolean =>
    new Set(members.map(({ finding }) => finding[name])).size > 1;
  if (differ('title')) return 'finding';
  return differ('subjectName') || members.length === 1 ? 'thing' : 'place';
}

/** First place of a finding, as `file:line`; its thing where no file names it. */
export function placeName({ evidence: [first], subjectName }: Finding): string {
  return first === undefined ? subjectName : `${first.file}:${first.line}`;
}

/** How many findings of each severity, the gravest first; severities without any are left out. */
export const severityCounts = (
  findings: readonly HostedFinding[],
): readonly { readonly severity: Severity; readonly count: number }[] =>
  severities
    .toReversed()
    .map((severity) => ({ severity, count: findings.filter(({ finding }) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0);

/** One of the three outcomes of a rule, or why there is none. What needs a person first. */
export const ruleStates = ['failed', 'found', 'could-not-tell', 'nothing-to-look-at', 'not-found'] as const;
export type RuleState = (typeof ruleStates)[number];

export function ruleState({ failure, found, couldNotTell, looked }: RuleOutcome): RuleState {
  if (failure !== null) return 'failed';
  if (found > 0) return 'found';
  if (couldNotTell > 0) return 'could-not-tell';
  return looked === 0 ? 'nothing-to-look-at' : 'not-found';
}

export const ruleStateWords: { readonly [S in RuleState]: string } = {
  failed: 'unknown, the rule failed',
  found: 'found',
  'could-not-tell': 'could not tell',
  'not-found': 'not found',
  'nothing-to-look-at': 'nothing to look at',
};

export type Tally = {
  readonly rules: number;
  readonly failed: number;
  readonly looked: number;
  readonly couldNotTell: number;
};

export const tallyOf = ({ rules, undecided }: FindingsResult): Tally => ({
  rules: rules.length,
  failed: rules.filter((rule) => rule.failure !== null).length,
  looked: rules.reduce((sum, rule) => sum + rule.looked, 0),
  couldNotTell: undecided.length,
});

/** "OWASP-ASI-2026" is the ASI list of OWASP in its edition of 2026; "NIST-SP-800-53" names none. */
export function referenceParts({ framework, id }: Reference): {
  readonly name: string;
  readonly edition: string;
  readonly id: string;
} {
  const match = /^(.*?)-((?:19|20)\d\d|v\d[\w.]*|\d+\.\d[\w.]*)$/.exec(framework);
  const name = (match?.[1] ?? framework).replaceAll('-', ' ');
  return { name, edition: match?.[2] ?? '', id };
}

export function findingAsMarkdown({ finding }: HostedFinding, why: string): string {
  return [
    `**${finding.title}** (${finding.severity}, confidence ${finding.confidence})`,
    '',
    finding.message,
    ...(why === '' ? [] : ['', why]),
    '',
    ...finding.evidence.map((one) => `- \`${one.file}:${one.line}\``),
    '',
    `Fix: ${finding.fix}`,
    '',
    `References: ${finding.references.map((one) => `${one.framework} ${one.id}`).join(', ')}`,
    '',
    `Finding \`${finding.id}\``,
    '',
  ].join('\n');
}
