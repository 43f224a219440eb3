import { type Severity, severities } from '../../shared/kinds.ts';
import type { FindingsResult, JudgedFinding } from '../../shared/model/findings.ts';
import { counts } from '../engine/findings/waivers.ts';
import { printable, type Style } from './terminal-text.ts';

/** More findings of one severity are counted instead of listed; the JSON report has them all. */
const listLimit = 200;

/** Findings for people: the worst first, each with its places; then what could not be told. */
export function findingLines(
  findings: readonly JudgedFinding[],
  result: FindingsResult,
  roots: readonly string[],
  known: ReadonlySet<string>,
  style: Style,
): readonly string[] {
  const shown = findings.filter(({ id }) => !known.has(id));
  const lines: string[] = [style.bold(`Findings (${summary(shown.filter((one) => counts(one, known)))})`)];
  for (const severity of severities.toReversed()) {
    const own = shown.filter((finding) => finding.severity === severity);
    for (const finding of own.slice(0, listLimit)) lines.push(...oneFinding(finding, roots, style));
    if (own.length > listLimit)
      lines.push(style.warn(`    and ${own.length - listLimit} more of severity ${severity}`));
  }
  if (findings.length > shown.length) lines.push(`  ${findings.length - shown.length} known from the baseline`);
  const failed = result.rules.filter(({ failure }) => failure !== null);
  for (const { rule, failure } of failed) lines.push(style.warn(`  rule ${rule} failed: ${printable(failure ?? '')}`));
  lines.push('', style.bold(`Could not tell (${result.undecided.length})`));
  for (const { rule, subjectName, why } of result.undecided.slice(0, listLimit))
    lines.push(`  ${rule}  ${printable(subjectName)}: ${printable(why)}`);
  if (result.undecided.length > listLimit)
    lines.push(style.warn(`    and ${result.undecided.length - listLimit} more: --format json lists them all`));
  return lines;
}

export function summary(findings: readonly { readonly severity: Severity }[]): string {
  const parts = severities
    .toReversed()
    .map((severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function oneFinding(finding: JudgedFinding, roots: readonly string[], style: Style): readonly string[] {
  const { waived } = finding;
  return [
    `  ${style.bold(finding.severity.padEnd(8))}  ${finding.rule}  ${printable(finding.message)}`,
    ...finding.evidence
      .slice(0, 5)
      .map(
        ({ root, file, line }) =>
          `            ${printable(`${(roots[root] ?? '').replace(/\/$/, '')}/${file}:${line}`)}`,
      ),
    ...(waived === null
      ? []
      : [
          style.dim(
            `            ${waived.expired ? 'waiver expired, counts again' : 'waived'}: ${printable(waived.reason)} (${printable(waived.owner)}, until ${waived.until})`,
          ),
        ]),
    style.dim(`            ${finding.id}`),
  ];
}
