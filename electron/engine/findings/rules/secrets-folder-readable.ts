import { askedHosts, evidenceOfVerdict } from '../context.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

const calls: readonly (readonly [call: string, words: string])[] = [
  ['read: ~/.ssh/id_ed25519', '~/.ssh'],
  ['read: ~/.aws/credentials', '~/.aws'],
  ['read: ~/.kube/config', '~/.kube'],
  ['run: cat ~/.ssh/id_ed25519', '~/.ssh by the shell'],
];

export const secretsFolderReadable: Rule = {
  id: 'secrets-folder-readable',
  title: 'Keys in the home folder can be read unasked',
  version: 1,
  why: 'A key that is in the context of a model has left the hands of its owner.',
  fix: 'Deny reading `~/.ssh`, `~/.aws`, `~/.kube` and the like in user or managed settings, for tools and for the shell.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-LLM-2025:LLM02:2025', 'MITRE-ATLAS:AML.T0083'),
  kinds: ['agent'],
  subjects: (context) =>
    askedHosts(context, 'read: README.md').filter((agent) => agent.properties['location'] !== 'ci'),
  judge(agent, context): readonly Judgement[] {
    const open = calls.flatMap(([call, words]) => {
      const answer = context.verdict(agent, call);
      return answer?.verdict === 'allow' ? [{ words, answer }] : [];
    });
    const [first] = open;
    if (first === undefined) return [];
    return [
      {
        outcome: 'found',
        // Reading alone takes nothing away and sends nothing; what goes out is asked by silent-egress. What a host does by
        // itself is nobody's mistake in a file.
        severity: severityOf({
          impact: 'informational',
          reach: open.some(({ answer }) => answer.place !== null) ? 'content' : 'insider',
          gate: 'none',
        }),
        confidence: 'high',
        message: `${agent.name} can read ${open.map(({ words }) => words).join(', ')} unasked; decided by ${first.answer.decidedBy}.`,
        evidence: evidenceOfVerdict(agent, first.answer),
        detail: '',
      },
    ];
  },
};
