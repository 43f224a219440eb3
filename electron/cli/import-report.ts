import type { ComparedEntry, RegistryComparison } from '../../shared/contract/registry.ts';
import type { ImportReport } from './import.ts';
import { printable, type Style } from './terminal-text.ts';

const listLimit = 60;

const typeWords = {
  registry: 'agent registry',
  agents: 'agents that no scan can see',
  context: 'lists of the organisation',
  tools: 'tools of MCP servers',
} as const;

/** What was understood, what was not, and how the register compares with what was found. */
export function writeImportText(
  { imports, registry, toolLists, drift }: ImportReport,
  style: Style,
  out: (text: string) => void,
): void {
  if (imports.length === 0) return;
  const lines: string[] = [];
  for (const { name, type, rows, issues } of imports) {
    const counts = Object.entries(rows)
      .filter(([, count]) => count > 0)
      .map(([what, count]) => `${count} ${what}`);
    lines.push(`${style.bold(printable(name))}  ${typeWords[type]}: ${counts.join(', ') || 'nothing'}`);
    for (const { line, message } of issues.slice(0, listLimit))
      lines.push(style.warn(`  ${line === null ? '' : `line ${line}: `}${printable(message)}`));
    lines.push(...more(issues.length, style));
  }
  if (toolLists.length > 0) lines.push('', ...toolLines(toolLists, drift, style));
  if (registry !== null) lines.push('', ...registryLines(registry, style));
  out(`${lines.join('\n')}\n`);
}

/** Whose tools they are, and what is not as it was. */
function toolLines(lists: ImportReport['toolLists'], drift: ImportReport['drift'], style: Style): string[] {
  return [
    style.bold('Lists of tools and the servers that they belong to'),
    ...lists.slice(0, listLimit).map(({ file, line, name, tools, server, by, why, candidates }) => {
      const from = `  ${printable(`${file}:${line}`)}  ${tools} tools`;
      if (server !== null) return `${from}  of ${printable(server.name)} (by ${by})`;
      const among = candidates.map((one) => printable(`${one.name} ${one.id}`)).join(', ');
      return style.warn(
        `${from}  of ${printable(name || 'nobody')}: ${printable(why)}${among === '' ? '' : `: ${among}`}`,
      );
    }),
    ...more(lists.length, style),
    ...drift.slice(0, listLimit).map(({ change, name, fields, before, after }) => {
      const places = [before[0], after[0]].map((at) => (at === undefined ? '-' : `${at.file}:${at.line}`)).join(' -> ');
      return style.warn(
        `  ${change} ${printable(name)}: ${fields.map((field) => field.name).join(', ') || 'as a whole'}  ${printable(places)}`,
      );
    }),
    ...more(drift.length, style),
  ];
}

function registryLines(registry: RegistryComparison, style: Style): string[] {
  const { both, shadow, gone, ambiguous, imported } = registry;
  const lines = [
    style.bold('Register against what was found'),
    `  ${pad('registered')}${registry.registered}`,
    `  ${pad('found and registered')}${both.length}`,
    ...counted('shadow', shadow.length, style),
    ...shadow.slice(0, listLimit).map(({ name, place, owners }) => {
      const owner = owners[0];
      const who =
        owner === undefined ? 'no owner known' : `owner ${owner.guess ? 'perhaps ' : ''}${printable(owner.name)}`;
      return `    ${printable(name)}  ${printable(place)}  ${style.dim(who)}`;
    }),
    ...more(shadow.length, style),
    ...counted('registered and gone', gone.length, style),
    ...gone.slice(0, listLimit).map(({ entry, lastSeen }) => {
      const seen =
        lastSeen === null ? 'no scan ever saw it' : `last seen ${new Date(lastSeen).toISOString().slice(0, 10)}`;
      return `    ${named(entry)}  ${style.dim(seen)}`;
    }),
    ...more(gone.length, style),
    ...counted('ambiguous', ambiguous.length, style),
    ...ambiguous.slice(0, listLimit).map(
      ({ entry, candidates }) =>
        `    ${named(entry)}  fits ${candidates.length}: ${candidates
          .slice(0, 5)
          .map(({ name, place }) => printable(`${name} (${place})`))
          .join(', ')}`,
    ),
  ];
  if (imported.length > 0) lines.push(`  ${pad('imported agents')}${imported.length}, apart from what was found`);
  return lines;
}

const counted = (word: string, count: number, style: Style): string[] => [
  count === 0 ? `  ${pad(word)}0` : style.warn(`  ${pad(word)}${count}`),
];

const named = ({ name, id, file, line }: ComparedEntry): string =>
  `${printable(name || id)}  ${printable(file)}:${line}`;

const more = (count: number, style: Style): string[] =>
  count > listLimit ? [style.warn(`    and ${count - listLimit} more: --format json lists them all`)] : [];

const pad = (word: string): string => word.padEnd(24);
