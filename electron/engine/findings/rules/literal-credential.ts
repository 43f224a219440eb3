import type { Severity } from '../../../../shared/kinds.ts';
import type { StoredAsset } from '../../store/repos/merged-facts.ts';
import type { FindingContext } from '../context.ts';
import {
  evidenceAt,
  isInRepository,
  isInUse,
  lineOf,
  type Placed,
  placedOf,
  recordsOf,
  textOf,
} from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const inExample = /(?:^|\/)(?:tests?|__tests__|fixtures?|__fixtures__|testdata|examples?|samples?|templates?)\//i;

export const literalCredential: Rule = {
  id: 'literal-credential',
  title: 'A secret stands written out in a file',
  version: 1,
  why: 'Whoever can read the file has it: everybody with the repository, every tool on the machine, and the agent itself.',
  fix: 'Take it back and make a new one, then name a variable or a secret store in its place. It stays in the history of the repository.',
  references: references('CWE:CWE-798', 'OWASP-MCP-2025:MCP01:2025', 'OWASP-NHI-2025:NHI2:2025', 'OWASP-AISVS:9.5.4'),
  kinds: ['credential', 'agent', 'mcp-server'],
  subjects: (context) => [
    ...context.all('credential').filter((one) => isInUse(one) && 'forms' in one.properties),
    ...context.all('agent').filter((agent) => isInUse(agent) && placedOf(agent, 'literalSecrets').length > 0),
    ...context.all('mcp-server').filter((server) => isInUse(server) && literalsOf(server).length > 0),
  ],
  judge(subject, context): readonly Judgement[] {
    if (subject.kind === 'credential')
      return placedOf(subject, 'forms')
        .filter((form) => textOf(form['form']) === 'literal')
        .map((form) => found(subject, form, textOf(subject.properties['secretKind']) || 'secret', subject.name));
    const own = subject.kind === 'agent' ? placedOf(subject, 'literalSecrets') : literalsOf(subject);
    return own
      .filter((one) => !isToldByCredential(context, one))
      .map((one) => found(subject, one, textOf(one['kind']) || 'secret', textOf(one['where'])));
  },
};

function literalsOf(server: StoredAsset): readonly Placed[] {
  return placedOf(server, 'configurations').flatMap((one) =>
    recordsOf(one['literalSecrets']).map((secret) => ({
      ...secret,
      place: one.place,
      line: lineOf(secret['line']) ?? one.line,
    })),
  );
}

const told = new WeakMap<FindingContext, ReadonlySet<string>>();

/** The credential is an asset of its own as a rule; then the finding is there. */
function isToldByCredential(context: FindingContext, { place, line }: Placed): boolean {
  let known = told.get(context);
  if (known === undefined) {
    known = new Set(
      context.all('credential').flatMap((one) =>
        placedOf(one, 'forms')
          .filter((form) => textOf(form['form']) === 'literal')
          .map((form) => `${form.place}\0${form.line}`),
      ),
    );
    told.set(context, known);
  }
  return known.has(`${place}\0${line}`);
}

function found(subject: StoredAsset, at: Placed, kind: string, name: string): Judgement {
  const host = textOf(at['host']);
  return {
    outcome: 'found',
    severity: severityAt(at.place, host),
    confidence: inExample.test(at.place) ? 'low' : 'high',
    message: `${name}: a ${kind} stands written out in ${at.place} (never shown).`,
    evidence: [evidenceAt(subject, at.place, at.line)],
    detail: `${at.place}#${name}`,
  };
}

/** A repository goes to everybody who works on it; `.env` and a home are meant to stay on one machine. */
function severityAt(place: string, host: string): Severity {
  if (inExample.test(place)) return 'low';
  if (isInRepository(place) && host !== 'env-file')
    return severityOf({ impact: 'destructive', reach: 'content', gate: 'none' });
  return host === 'env-file' ? 'low' : severityOf({ impact: 'operational', reach: 'insider', gate: 'none' });
}
