import { type AssetKind, assetKinds } from '../../shared/kinds.ts';
import type { Asset, CoverageEntry, Relation, ScanIssue } from '../../shared/model/facts.ts';
import type { Snapshot } from '../engine/exporters/exporter.ts';
import { counts } from '../engine/findings/waivers.ts';
import { summary } from './findings-text.ts';
import { printable, type Style } from './terminal-text.ts';

/** More than this of one thing is counted instead of listed; the JSON report has them all. */
const listLimit = 60;
const namesPerLine = 12;
const findingLimit = 10;

/** One word for each kind in the plural, as the summary counts them. */
export const kindWords: { readonly [K in AssetKind]: string } = {
  agent: 'agents',
  model: 'models',
  prompt: 'instructions',
  tool: 'tools',
  'mcp-server': 'MCP servers',
  skill: 'skills',
  plugin: 'plugins',
  hook: 'hooks',
  identity: 'identities',
  credential: 'credentials',
  'data-store': 'data stores',
  'external-service': 'external services',
  workload: 'workloads',
  repository: 'repositories',
  'approval-gate': 'approval gates',
  guardrail: 'guardrails',
  person: 'people',
};

/** The report for people: coverage first, then agents with what they use, then counts, then what could not be understood. */
export function writeTextReport(snapshot: Snapshot, style: Style, out: (text: string) => void): void {
  const lines = [
    ...heading(snapshot, style),
    ...coverageLines(snapshot.coverage, style),
    ...agentLines(snapshot, style),
    ...countLines(snapshot, style),
    ...findingCounts(snapshot, style),
    ...issueLines(snapshot.issues, style),
  ];
  out(`${lines.join('\n')}\n`);
}

function heading(snapshot: Snapshot, style: Style): string[] {
  const state =
    snapshot.status === 'complete'
      ? 'scan complete'
      : style.warn('scan not complete: what follows is what was found until it ended');
  return [
    `${style.bold(`${snapshot.tool.name} ${snapshot.tool.version}`)} · ${state}`,
    ...snapshot.roots.map((root) => `  ${printable(root)}`),
    '',
  ];
}

function coverageLines(coverage: readonly CoverageEntry[], style: Style): string[] {
  const count = (status: CoverageEntry['status']): number => coverage.filter((entry) => entry.status === status).length;
  const unclear = coverage.filter((entry) => entry.status !== 'read' && entry.status !== 'absent');
  const lines = [
    style.bold('What was looked at'),
    `  ${pad('read')}${count('read')}`,
    `  ${pad('not there')}${count('absent')}`,
    unclear.length === 0 ? `  ${pad('could not tell')}0` : style.warn(`  ${pad('could not tell')}${unclear.length}`),
  ];
  const groups = groupUnclear(unclear);
  for (const { entry, sources } of groups.slice(0, listLimit)) {
    const because = entry.detail === '' ? '' : `: ${printable(entry.detail)}`;
    lines.push(`    ${printable(entry.path)}  ${entry.status}${because}  ${style.dim(listed(sources))}`);
  }
  return [...lines, ...leftOut(groups.length, style), ''];
}

type UnclearGroup = { readonly entry: CoverageEntry; readonly sources: string[] };

/** One line for all sources that could not look at the same place for the same reason. */
function groupUnclear(unclear: readonly CoverageEntry[]): readonly UnclearGroup[] {
  const groups = new Map<string, UnclearGroup>();
  for (const entry of unclear) {
    const key = JSON.stringify([entry.path, entry.status, entry.detail]);
    const group = groups.get(key);
    const source = printable(entry.source);
    if (group === undefined) groups.set(key, { entry, sources: [source] });
    else if (!group.sources.includes(source)) group.sources.push(source);
  }
  return [...groups.values()];
}

/** A few names, and how many more there are. */
function listed(names: readonly string[], limit = 3): string {
  const more = names.length > limit ? ` and ${names.length - limit} more` : '';
  return `${names.slice(0, limit).join(', ')}${more}`;
}

function agentLines(snapshot: Snapshot, style: Style): string[] {
  const agents = snapshot.assets.filter((asset) => asset.kind === 'agent');
  const byId = new Map(snapshot.assets.map((asset) => [asset.id, asset]));
  const outgoing = new Map<string, Relation[]>();
  for (const relation of snapshot.relations) {
    const list = outgoing.get(relation.from);
    if (list === undefined) outgoing.set(relation.from, [relation]);
    else list.push(relation);
  }
  const lines = [style.bold(`Agents (${agents.length})`)];
  if (agents.length === 0) lines.push('  none in what was read');
  for (const agent of agents) {
    lines.push(`  ${style.bold(printable(agent.name))}${style.dim(agentNote(agent))}`);
    const place = placeOf(agent, snapshot.roots);
    if (place !== '') lines.push(`    ${pad('where')}${place}`);
    lines.push(...usedLines(outgoing.get(agent.id) ?? [], byId));
  }
  return [...lines, ''];
}

function agentNote(agent: Asset): string {
  const product = agent.properties['host'] ?? agent.properties['framework'];
  const words = [
    typeof product === 'string' ? printable(product) : '',
    agent.origin === 'declared' ? '' : agent.origin,
  ];
  if (agent.confidence !== 'high') words.push(`${agent.confidence} confidence`);
  if (agent.dynamic === true) words.push('depends on run time');
  const note = words.filter((word) => word !== '').join(', ');
  return note === '' ? '' : `  ${note}`;
}

function usedLines(relations: readonly Relation[], byId: ReadonlyMap<string, Asset>): string[] {
  const lines: string[] = [];
  const byKind = new Map<AssetKind, Set<string>>();
  // A guess at an owner must not look like somebody's word.
  const said = new Set(relations.flatMap(({ to, properties }) => (properties['guess'] === true ? [] : [to])));
  for (const { to } of relations) {
    const other = byId.get(to);
    if (other === undefined) continue;
    const names = byKind.get(other.kind) ?? new Set();
    byKind.set(other.kind, names.add(`${printable(describe(other), 120)}${said.has(to) ? '' : ' (guess)'}`));
  }
  for (const kind of assetKinds) {
    const names = byKind.get(kind);
    if (names === undefined) continue;
    const word = kind === 'agent' ? 'sub-agents' : kind === 'person' ? 'owners' : kindWords[kind];
    lines.push(`    ${pad(word)}${listed([...names].sort(), namesPerLine)}`);
  }
  return lines;
}

/** A server is only told apart by how it is reached; everything else by its name. */
function describe(asset: Asset): string {
  if (asset.kind !== 'mcp-server') return asset.name;
  const transport = asset.properties['transport'];
  return typeof transport === 'string' ? `${asset.name} (${transport})` : asset.name;
}

function countLines(snapshot: Snapshot, style: Style): string[] {
  const lines = [style.bold('Found')];
  for (const kind of assetKinds) {
    const count = snapshot.assets.filter((asset) => asset.kind === kind).length;
    if (count > 0) lines.push(`  ${pad(kindWords[kind])}${count}`);
  }
  return [...lines, `  ${pad('relations')}${snapshot.relations.length}`, ''];
}

function findingCounts({ findings }: Snapshot, style: Style): string[] {
  if (findings === undefined) return [];
  const counting = findings.filter((finding) => counts(finding, new Set()));
  const grave = counting.filter(({ severity }) => severity === 'critical' || severity === 'high');
  return [
    style.bold(`Findings (${summary(counting)})`),
    ...grave
      .slice(0, findingLimit)
      .map(({ severity, rule, message }) => `  ${severity.padEnd(8)}  ${rule}  ${printable(message)}`),
    ...(counting.length > Math.min(grave.length, findingLimit)
      ? [style.dim('  countersign findings lists all, with their places')]
      : []),
    '',
  ];
}

function issueLines(issues: readonly ScanIssue[], style: Style): string[] {
  const lines = [style.bold(`Issues (${issues.length})`)];
  for (const issue of issues.slice(0, listLimit)) {
    const place = issue.line === null ? printable(issue.path) : `${printable(issue.path)}:${issue.line}`;
    lines.push(
      `  ${place}  ${printable(issue.message)}${issue.source === '' ? '' : style.dim(`  ${printable(issue.source)}`)}`,
    );
  }
  return [...lines, ...leftOut(issues.length, style)];
}

const leftOut = (count: number, style: Style): string[] =>
  count > listLimit ? [style.warn(`    and ${count - listLimit} more: --format json lists them all`)] : [];

function placeOf(asset: Asset, roots: readonly string[]): string {
  const first = asset.evidence[0];
  if (first === undefined) return '';
  const root = roots[first.root] ?? '';
  return printable(`${root.replace(/\/$/, '')}/${first.file}:${first.line}`);
}

const pad = (word: string): string => word.padEnd(18);
