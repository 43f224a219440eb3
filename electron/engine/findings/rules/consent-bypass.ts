import { evidenceAt, evidenceInOwnFile, isInUse, recordsOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

/** Strands Agents Tools: with this variable its tools that change things no longer ask (documentation of strands-tools). */
const bypass = 'BYPASS_TOOL_CONSENT';

export const consentBypass: Rule = {
  id: 'consent-bypass',
  title: 'The questions of the tools are switched off',
  version: 1,
  why: 'Tools that would ask before they run a command or write a file do it unasked.',
  fix: 'Remove the variable; where nobody is there to answer, give the agent narrower tools.',
  references: references('OWASP-ASI-2026:ASI02', 'OWASP-AISVS:9.2.1', 'NIST-SP-800-53:CM-7'),
  kinds: ['workload'],
  subjects: (context) =>
    context
      .all('workload')
      .filter((workload) => isInUse(workload) && recordsOf(workload.properties['environment']).length > 0),
  judge: (workload): readonly Judgement[] =>
    recordsOf(workload.properties['environment'])
      .filter((one) => textOf(one['name']) === bypass)
      .flatMap((one): readonly Judgement[] => {
        const value = one['value'];
        if (value === undefined)
          return [{ outcome: 'could-not-tell', why: `the value of ${bypass} is not in the files` }];
        if (!/^(?:true|1|yes)$/i.test(String(value))) return [];
        const place = textOf(one['place']);
        return [
          {
            outcome: 'found',
            severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
            confidence: workload.confidence,
            message: `${workload.name} sets ${bypass}: its tools no longer ask.`,
            evidence:
              place === '' || typeof one['line'] !== 'number'
                ? evidenceInOwnFile(workload, one['line'])
                : [evidenceAt(workload, place, one['line'])],
            detail: '',
          },
        ];
      }),
};
