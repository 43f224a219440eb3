import type { StoredAsset } from '../store/repos/merged-facts.ts';
import { type CallVerdict, type FindingContext, isHeldByNetwork } from './context.ts';
import { recordsOf, textOf } from './fact-access.ts';

/** A promise of a text, as a call or as a class of tools that would break it. */
export type Claim = {
  readonly text: string;
  readonly line: number | null;
  readonly kind: 'forbids' | 'asks';
  /** Calls that the sentence is about, for agents that are hosts; empty where no call means exactly that. */
  readonly calls: readonly string[];
  /** Classes of tools that the sentence is about, for agents in code. */
  readonly classes: readonly string[];
  /** Things that the sentence names; a tool that deletes has to speak of one of them. Empty where it speaks of everything. */
  readonly things: readonly string[];
};

type Meaning = {
  readonly words: RegExp;
  readonly calls: readonly string[];
  readonly classes: readonly string[];
};

/**
 * What sentences of instructions are about. Records of customers and the like have no call that means exactly them, so
 * they have none here: a rule then says that it could not tell.
 */
const meanings: readonly Meaning[] = [
  {
    words:
      /\b(?:delete|drop|destroy|remove|wipe|touch)\b[^.]{0,60}\b(?:databases?|backups?|buckets?|clusters?|namespaces?|infrastructure|production|resources)\b/i,
    calls: [
      'run: aws rds delete-db-instance --db-instance-identifier main',
      'run: terraform destroy -auto-approve',
      'run: kubectl delete namespace production',
    ],
    classes: ['deletes', 'executes-code'],
  },
  {
    words: /\b(?:force[- ]?push|push --force|rewrite history)\b/i,
    calls: ['run: git push --force origin main'],
    classes: [],
  },
  {
    words: /\b(?:push|merge)\b[^.]{0,30}\b(?:to )?(?:main|master|the remote)\b/i,
    calls: ['run: git push origin main'],
    classes: [],
  },
  { words: /\b(?:read|open|access|print|show)\b[^.]{0,30}\.env\b/i, calls: ['read: .env'], classes: [] },
  {
    words: /\b(?:run|use|execute)\b[^.]{0,30}\b(?:terraform (?:apply|destroy))\b/i,
    calls: ['run: terraform destroy -auto-approve', 'run: terraform apply -auto-approve'],
    classes: [],
  },
  { words: /\b(?:publish|release)\b[^.]{0,30}\b(?:packages?|to npm)\b/i, calls: ['run: npm publish'], classes: [] },
  { words: /\brm -rf\b/i, calls: ['run: rm -rf build'], classes: [] },
  {
    words: /\b(?:refund|money|pay(?:ment|ing)?s?|charge|transfer|purchase)\b/i,
    calls: [],
    classes: ['spends-money'],
  },
  { words: /\b(?:delete|remove|erase|drop)\b[^.]{0,40}\bdata\b/i, calls: [], classes: ['deletes', 'executes-code'] },
  {
    words: /\b(?:change|modify|write|edit|alter)\s+anything\b/i,
    calls: [],
    classes: ['writes', 'deletes', 'executes-code'],
  },
];

const things =
  /\b(?:databases?|backups?|buckets?|clusters?|namespaces?|instances?|snapshots?|tables?|tickets?|accounts?)\b/g;

export function claimsOf(prompt: StoredAsset): readonly Claim[] {
  return recordsOf(prompt.properties['claims']).map(({ text, line, kind }) => {
    const said = textOf(text);
    const meaning = meanings.find(({ words }) => words.test(said));
    return {
      text: said,
      line: typeof line === 'number' ? line : null,
      kind: kind === 'asks' ? 'asks' : 'forbids',
      calls: meaning?.calls ?? [],
      classes: meaning?.classes ?? [],
      things: [...said.toLowerCase().matchAll(things)].map(([word]) => word.replace(/s$/, '')),
    };
  });
}

/** Agents that read a text: those that use it, and for shared instructions the hosts of the folder. */
export function readersOf(prompt: StoredAsset, context: FindingContext): readonly StoredAsset[] {
  const users = context
    .incoming(prompt)
    .filter(({ kind }) => kind === 'uses' || kind === 'configured-by')
    .flatMap((relation) => context.source(relation) ?? [])
    .filter(({ kind }) => kind === 'agent');
  const folder = textOf(prompt.properties['folder']);
  const ofFolder =
    folder === ''
      ? []
      : context
          .all('agent')
          .filter(({ key, properties }) => key.endsWith(`@${folder}`) && properties['subAgent'] !== true);
  return [...new Map([...users, ...ofFolder].map((agent) => [agent.id, agent])).values()];
}

export type Broken = { readonly agent: StoredAsset; readonly call: string; readonly answer: CallVerdict };

/**
 * Calls of the claim that an agent may do unasked because a file says so. What a host lets happen by itself breaks no
 * promise of these files: nobody granted it.
 */
export const brokenCalls = (claim: Claim, agent: StoredAsset, context: FindingContext): readonly Broken[] =>
  claim.calls.flatMap((call) => {
    const answer = context.verdict(agent, call);
    return answer?.verdict === 'allow' && answer.place !== null && !isHeldByNetwork(agent, answer)
      ? [{ agent, call, answer }]
      : [];
  });
