import type { Change, ComparedSide, Comparison } from '../../shared/model/changes.ts';
import type { Evidence } from '../../shared/model/facts.ts';
import { kindWords } from './text-report.ts';
import { printable, type Style } from './terminal-text.ts';

const listLimit = 400;
const marks = { added: '+', removed: '-', changed: '~' } as const;

/** The comparison for people: counts, then each difference with the lines on both sides. */
export function writeDiffText(comparison: Comparison, style: Style, out: (text: string) => void): void {
  const { before, after, changes, relations, counts, leftOut } = comparison;
  const lines = [`${style.bold(printable(before.name))} → ${style.bold(printable(after.name))}`, ''];
  if (changes.length === 0 && relations.length === 0) lines.push('Nothing is different.');
  for (const [kind, { added, removed, changed }] of Object.entries(counts))
    lines.push(`  ${wordOf(kind).padEnd(20)}+${added} -${removed} ~${changed}`);
  if (changes.length > 0) lines.push('');
  for (const change of changes.slice(0, listLimit)) lines.push(...changeLines(change, comparison, style));
  if (relations.length > 0) {
    const count = (kind: Change['change']): number => relations.filter((each) => each.change === kind).length;
    lines.push('', `  ${'relations'.padEnd(20)}+${count('added')} -${count('removed')} ~${count('changed')}`, '');
    for (const { change, kind, from, to, before: old, after: fresh } of relations.slice(0, listLimit)) {
      const where = placeOf(change === 'removed' ? old : fresh, change === 'removed' ? before : after);
      lines.push(
        `${marks[change]} ${printable(from.name, 120)} ${kind} ${printable(to.name, 120)}  ${style.dim(where)}`,
      );
    }
  }
  const hidden = leftOut + Math.max(0, changes.length - listLimit) + Math.max(0, relations.length - listLimit);
  if (hidden > 0)
    lines.push('', style.warn(`and ${hidden} more${leftOut > 0 ? '' : ': --format json lists them all'}`));
  out(`${lines.join('\n')}\n`);
}

function changeLines(change: Change, { before, after }: Comparison, style: Style): string[] {
  const old = placeOf(change.before, before);
  const fresh = placeOf(change.after, after);
  const where = change.change === 'changed' ? (old === fresh ? fresh : `${old} → ${fresh}`) : old || fresh;
  return [
    `${marks[change.change]} ${change.kind.padEnd(12)} ${style.bold(printable(change.name, 200))}  ${style.dim(where)}`,
    ...change.fields.map(
      ({ name, before: was, after: is }) => `    ${printable(name)}: ${valueOf(was)} → ${valueOf(is)}`,
    ),
  ];
}

const wordOf = (kind: string): string =>
  kind === 'rule' ? 'permission rules' : (new Map<string, string>(Object.entries(kindWords)).get(kind) ?? kind);

const valueOf = (value: unknown): string => printable(value === null ? 'nothing' : JSON.stringify(value), 160);

function placeOf(evidence: readonly Evidence[], side: ComparedSide): string {
  const first = evidence[0];
  if (first === undefined) return '';
  const root = side.roots.length > 1 ? `${(side.roots[first.root] ?? '').split('/').at(-1) ?? ''}/` : '';
  return printable(`${root}${first.file}:${first.line}`);
}
