import { evidenceOf } from '../context.ts';
import { evidenceOfPlaced, hostOf, isInUse, type Placed, placedOf, textOf, textsOf } from '../fact-access.ts';
import { type Judgement, type Rule, references } from '../rule.ts';

const lists = ['modes', 'settings', 'sandbox'] as const;
/** What administrators forbid as a list of allowed values, and the key that it is about. Codex requirements, 0.169. */
const allowedValues: ReadonlyMap<string, string> = new Map([
  ['allowed_approval_policies', 'approval_policy'],
  ['allowed_sandbox_modes', 'sandbox_mode'],
]);

export const managedSettingContradicted: Rule = {
  id: 'managed-setting-contradicted',
  title: 'A file asks for what managed settings forbid',
  version: 1,
  why: 'Somebody tries to do without a control that the organisation set; where the managed file is missing, it works.',
  fix: 'Remove the setting, and make sure that the managed file is on every machine that opens this folder.',
  references: references('NIST-SP-800-53:CM-6', 'OWASP-ASI-2026:ASI03'),
  kinds: ['agent'],
  subjects: (context) =>
    context
      .all('agent')
      .filter(
        (agent) =>
          isInUse(agent) &&
          !agent.key.endsWith('@') &&
          agent.key.includes('@') &&
          context.byKey('agent', `${hostOf(agent)}@`) !== undefined,
      ),
  judge(agent, context): readonly Judgement[] {
    const managed = context.byKey('agent', `${hostOf(agent)}@`);
    if (managed === undefined) return [];
    const found: Judgement[] = [];
    const judged = (own: Placed, by: Placed, wanted: string): Judgement => ({
      outcome: 'found',
      severity: 'low',
      confidence: 'high',
      message: `${agent.name}: ${textOf(own['key'])} is ${String(own['value'])} here; managed settings say ${wanted}, and count.`,
      evidence: [...evidenceOf(agent, own), ...evidenceOfPlaced(managed, [by])],
      detail: `${textOf(own['key'])}@${textOf(own['scope'])}`,
    });
    for (const list of lists)
      for (const by of placedOf(managed, list))
        for (const own of placedOf(agent, list))
          if (own['key'] === by['key'] && isPlain(own['value']) && isPlain(by['value']) && own['value'] !== by['value'])
            found.push(judged(own, by, String(by['value'])));
    for (const by of placedOf(managed, 'requirements')) {
      const key = allowedValues.get(textOf(by['key']));
      const allowed = textsOf(by['value']);
      if (key === undefined || allowed.length === 0) continue;
      for (const list of lists)
        for (const own of placedOf(agent, list))
          if (own['key'] === key && typeof own['value'] === 'string' && !allowed.includes(own['value']))
            found.push(judged(own, by, `one of ${allowed.join(', ')}`));
    }
    return found;
  },
};

const isPlain = (value: unknown): boolean => ['string', 'boolean', 'number'].includes(typeof value);
