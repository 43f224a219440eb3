import { createHash } from 'node:crypto';
import { severities } from '../../../shared/kinds.ts';
import type { Evidence } from '../../../shared/model/facts.ts';
import type { Finding, FindingsResult, RuleOutcome, Undecided } from '../../../shared/model/findings.ts';
import type { Asker } from '../permissions/ask.ts';
import type { ScannedFacts } from '../permissions/stored-facts.ts';
import type { StoredAsset, StoredEvidence } from '../store/repos/merged-facts.ts';
import { findingContext } from './context.ts';
import { rules as allRules } from './registry.ts';
import type { Judgement, Rule } from './rule.ts';

/** Findings of one rule; beyond them only their number is kept. */
const maxFindingsPerRule = 2000;

/** Runs every rule over the facts of one scan. A rule that throws is a result that is unknown, not a crash. */
export function runRules(
  facts: ScannedFacts,
  asker: Asker,
  scan: number,
  rules: readonly Rule[] = allRules,
): FindingsResult {
  const context = findingContext(facts, asker);
  const findings: Finding[] = [];
  const undecided: Undecided[] = [];
  const outcomes: RuleOutcome[] = [];
  const place = placer(facts);
  for (const rule of rules) {
    let [looked, found, notFound, couldNotTell] = [0, 0, 0, 0];
    let failure: string | null = null;
    try {
      for (const subject of rule.subjects(context)) {
        looked += 1;
        const judgements = rule.judge(subject, context);
        const hits = judgements.filter((one) => one.outcome === 'found');
        const unclear = judgements.filter((one) => one.outcome === 'could-not-tell');
        if (hits.length > 0) found += 1;
        else if (unclear.length > 0) couldNotTell += 1;
        else notFound += 1;
        for (const hit of hits)
          if (findings.length < maxFindingsPerRule * rules.length) findings.push(toFinding(rule, subject, hit, place));
        for (const one of unclear)
          undecided.push({ rule: rule.id, subject: subject.id, subjectName: subject.name, why: one.why });
      }
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
    }
    outcomes.push({ rule: rule.id, title: rule.title, looked, found, notFound, couldNotTell, failure });
  }
  const unique = [...new Map(findings.map((finding) => [finding.id, finding])).values()];
  unique.sort(
    (one, other) =>
      severities.indexOf(other.severity) - severities.indexOf(one.severity) ||
      compare(one.rule, other.rule) ||
      compare(one.subjectName, other.subjectName) ||
      compare(one.id, other.id),
  );
  return { scan, findings: unique, undecided, rules: outcomes };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function toFinding(
  rule: Rule,
  subject: StoredAsset,
  hit: Extract<Judgement, { outcome: 'found' }>,
  place: (evidence: StoredEvidence) => Evidence,
): Finding {
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([rule.id, subject.kind, subject.key, hit.detail]))
    .digest('hex')
    .slice(0, 16);
  return {
    id: `${rule.id}:${fingerprint}`,
    rule: rule.id,
    title: rule.title,
    severity: hit.severity,
    confidence: hit.confidence,
    subject: subject.id,
    subjectKind: subject.kind,
    subjectName: subject.name,
    message: hit.message,
    fix: rule.fix,
    evidence: hit.evidence.map(place),
    references: [...rule.references],
    group: hit.group ?? `${rule.id}:${subject.id}`,
  };
}

/** Places back to root and file, as reports count them. */
function placer(facts: ScannedFacts): (evidence: StoredEvidence) => Evidence {
  return ({ place, line, endLine, source }) => ({ ...facts.rootOf(place), line, endLine, source });
}
