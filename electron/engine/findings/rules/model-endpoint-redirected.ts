import { evidenceOf } from '../context.ts';
import { isInUse, placedOf, textOf } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

export const modelEndpointRedirected: Rule = {
  id: 'model-endpoint-redirected',
  title: 'A repository decides where the model is asked',
  version: 1,
  why: 'The address gets the key of whoever works in the folder and everything that is said, and answers with what it likes.',
  fix: 'Set the address in user or managed settings, where a change of the repository does not reach it.',
  references: references('OWASP-ASI-2026:ASI04', 'OWASP-LLM-2025:LLM03:2025', 'CWE:CWE-441'),
  kinds: ['agent'],
  subjects: (context) => context.all('agent').filter((agent) => isInUse(agent) && 'environment' in agent.properties),
  judge(agent): readonly Judgement[] {
    return placedOf(agent, 'environment')
      .filter(({ name, scope }) => /_BASE_URL$/.test(textOf(name)) && (scope === 'project' || scope === 'local'))
      .map((one): Judgement => {
        const address = textOf(agent.properties['apiBaseUrl']);
        return {
          outcome: 'found',
          severity: severityOf({
            impact: 'operational',
            reach: one['scope'] === 'project' ? 'content' : 'insider',
            gate: 'none',
          }),
          confidence: 'high',
          message: `${agent.name}: ${textOf(one['name'])} is set by the repository${address === '' ? '' : ` to ${address}`}.`,
          evidence: evidenceOf(agent, one),
          detail: `${textOf(one['name'])}@${textOf(one['scope'])}`,
        };
      });
  },
};
