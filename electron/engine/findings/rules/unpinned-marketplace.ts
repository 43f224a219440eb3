import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const unpinnedMarketplace: Rule = {
  id: 'unpinned-marketplace',
  title: 'A marketplace of plugins without a fixed version',
  version: 1,
  why: 'Whoever can write to it decides what plugins of these names are from now on.',
  fix: 'Name a reference for the marketplace, or mirror what you have reviewed.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-AST:AST07', 'OWASP-AISVS:10.1.1'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'marketplaces' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'marketplaces')
      .filter((one) => /^(?:github|git|url|npm)$/.test(textOf(one['source'])) && textOf(one['reference']) === '')
      .map(
        (one): Judgement => ({
          outcome: 'found',
          severity: severityOf({ impact: 'informational', reach: 'insider', gate: 'none' }),
          confidence: 'medium',
          message: `${agent.name}: marketplace ${textOf(one['name'])} (${textOf(one['address']) || textOf(one['source'])}) is followed without a version.`,
          evidence: evidenceOf(agent, one),
          detail: textOf(one['name']),
        }),
      );
  },
};
