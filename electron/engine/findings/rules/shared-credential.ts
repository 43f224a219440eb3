import type { StoredAsset, StoredEvidence } from '../../store/repos/merged-facts.ts';
import { codeAgentsWith } from '../code-agents.ts';
import type { FindingContext } from '../context.ts';
import { isInUse, named } from '../fact-access.ts';
import { type Judgement, type Rule, references, severityOf } from '../rule.ts';

type Use = { readonly principal: StoredAsset; readonly evidence: readonly StoredEvidence[] };

/** Keys of model providers are shared by design, and the token of a pipeline is another one in each job. */
const notOwn =
  /^(?:GITHUB_TOKEN|ambient-.*|(?:ANTHROPIC|OPENAI|AZURE_OPENAI|GEMINI|GOOGLE|MISTRAL|COHERE|GROQ)_API_KEY)$/;

function usesOf(credential: StoredAsset, context: FindingContext): readonly Use[] {
  return context.incoming(credential, 'authenticates-with').flatMap((relation): readonly Use[] => {
    const user = context.source(relation);
    if (user === undefined || !isInUse(user) || relation.properties['implied'] === true) return [];
    const { evidence } = relation;
    if (user.kind === 'agent' || user.kind === 'mcp-server') return [{ principal: user, evidence }];
    // One tool in the hands of several agents of a process is one use of the credential.
    const [principal] = user.kind === 'tool' ? codeAgentsWith(user, context) : [];
    return principal === undefined ? [] : [{ principal, evidence }];
  });
}

/** A server that is the same code as another one is no second principal, nor is an agent that is deployed twice. */
const principalsOf = (uses: readonly Use[]): readonly Use[] => [
  ...new Map(
    uses
      .filter(({ principal }) => principal.properties['sameCodeAs'] === undefined)
      .map((use) => [use.principal.id, use]),
  ).values(),
];

const isCode = ({ principal }: Use): boolean =>
  principal.kind === 'agent' && principal.properties['language'] !== undefined;

export const sharedCredential: Rule = {
  id: 'shared-credential',
  title: 'Several agents and servers act with one credential',
  version: 1,
  why: 'None can be limited or stopped alone, and the log of the service cannot tell who it was.',
  fix: 'Give each an account of its own with what it needs.',
  references: references('OWASP-ASI-2026:ASI03', 'OWASP-NHI-2025:NHI9:2025', 'NIST-SP-800-53:IA-2'),
  kinds: ['credential'],
  subjects: (context) =>
    context
      .all('credential')
      .filter((credential) => !notOwn.test(credential.name) && usesOf(credential, context).some(isCode)),
  judge(credential, context): readonly Judgement[] {
    const uses = principalsOf(usesOf(credential, context));
    if (uses.length < 2) return [];
    return [
      {
        outcome: 'found',
        severity: severityOf({ impact: 'operational', reach: 'content', gate: 'none' }),
        // One name in two places is one value as a rule, and not always.
        confidence: 'medium',
        message: `${credential.name} is used by ${named(uses.map(({ principal }) => principal.name))}.`,
        evidence: uses.flatMap(({ evidence }) => evidence.slice(0, 1)),
        detail: '',
      },
    ];
  },
};
