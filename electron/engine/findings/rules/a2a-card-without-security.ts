import { evidenceInOwnFile, isInUse, named, recordsOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const local = /^https?:\/\/(?:localhost|127\.|\[::1\])/i;

export const a2aCardWithoutSecurity: Rule = {
  id: 'a2a-card-without-security',
  title: 'The card of an agent asks callers for nothing',
  version: 1,
  why: 'Every agent that finds the card may give it work, and nobody knows whose work it was.',
  fix: 'Name security schemes in the card and require one of them.',
  references: references('OWASP-ASI-2026:ASI07', 'OWASP-ASI-2026:ASI03', 'CWE:CWE-306', 'NIST-SP-800-53:IA-9'),
  kinds: ['workload'],
  subjects: (context) =>
    context.all('workload').filter((workload) => isInUse(workload) && workload.properties['kind'] === 'agent-card'),
  judge(card): readonly Judgement[] {
    if (card.properties['authenticationRequired'] === true) return [];
    const addresses = textsOf(card.properties['addresses']).filter((url) => !local.test(url));
    if (addresses.length === 0)
      return [{ outcome: 'could-not-tell', why: 'the card names no address that others reach' }];
    const schemes = recordsOf(card.properties['securitySchemes']);
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'anyone', gate: 'model' }),
        confidence: card.confidence,
        message: `${card.name} at ${named(addresses)} ${schemes.length === 0 ? 'names no security scheme' : 'names security schemes and requires none'}.`,
        evidence: evidenceInOwnFile(card, null),
        detail: '',
      },
    ];
  },
};
