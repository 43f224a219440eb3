import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

/** Keys of which somebody expects protection. */
const protecting = /sandbox|permission|approval|deny|disallow|trust|allowed|disable|redact|network|readonly|read_only/i;

export const inertKey: Rule = {
  id: 'inert-key',
  title: 'A setting that does nothing where it stands',
  version: 1,
  why: 'A control that is written in a file where its host does not read it is not there.',
  fix: 'Move the key to a file where the host reads it, or remove it.',
  references: references('NIST-SP-800-53:CM-6'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'inert' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'inert').map((one): Judgement => {
      const key = textOf(one['key']);
      return {
        outcome: 'found',
        severity: protecting.test(key) ? 'medium' : 'info',
        confidence: 'high',
        message: `${agent.name}: ${key} has no effect here: ${textOf(one['why'])}.`,
        evidence: evidenceOf(agent, one),
        detail: `${key}@${one.place}`,
      };
    });
  },
};
