import type { AskableAgent } from '../../../shared/contract/permissions.ts';
import {
  type PermissionAnswer,
  type PermissionQuestion,
  permissionQuestionSchema,
} from '../../../shared/model/permissions.ts';
import { AppError } from '../errors.ts';
import type { StoredAsset } from '../store/repos/merged-facts.ts';
import { type Call, parseCall } from './call.ts';
import type { Evaluator, LaunchContext, Policy, Setting } from './evaluator.ts';
import { type Impact, impactOf } from './impact/impact.ts';
import { programReader } from './programs.ts';
import { evaluatorNamed, evaluators } from './registry.ts';
import type { ShellGrammar } from './shell/grammar.ts';
import type { ScannedFacts } from './stored-facts.ts';
import type { Answer, Decision, RulePlace, Verdict } from './verdict.ts';

/** Answers questions over the facts of one scan. Policies are compiled once per agent and setting. */
export type Asker = {
  /** Throws AppError for a question that cannot be understood. */
  ask(question: PermissionQuestion): PermissionAnswer;
  /** The verdict of the same question without its explanation, which takes most of the time. */
  verdict(question: PermissionQuestion): Verdict;
  impact(question: PermissionQuestion): Impact;
  /** Verdict and impact of a typed call; null where it cannot be asked. */
  judge(question: {
    readonly agent: string;
    readonly call: string;
    readonly context: LaunchContext;
  }): { readonly verdict: Verdict; readonly decidedBy: string; readonly impact: Impact } | null;
  agents(): readonly AskableAgent[];
};

export function createAsker(
  facts: ScannedFacts,
  grammar: ShellGrammar,
  platform: Setting['platform'] = 'linux',
): Asker {
  const policies = new Map<string, Policy>();
  const program = programReader(grammar);
  const policyOf = (question: PermissionQuestion): { readonly policy: Policy; readonly found: Found } => {
    const found = findAgent(facts, question);
    const setting = settingOf(question, facts, found.folder, platform);
    const key = JSON.stringify([found.evaluator.host, found.asset?.key ?? '', setting]);
    let policy = policies.get(key);
    if (policy === undefined) {
      policy = found.evaluator.compile({ facts, agent: found.asset, setting, grammar });
      policies.set(key, policy);
    }
    return { policy, found };
  };
  return {
    ask(question) {
      const { policy, found } = policyOf(question);
      return toAnswer(
        question,
        policy,
        policy.explain(callOf(question.call, found.evaluator)),
        found.asset?.name ?? '',
      );
    },
    verdict(question) {
      const { policy, found } = policyOf(question);
      return policy.verdict(callOf(question.call, found.evaluator));
    },
    impact(question) {
      return impactOf(callOf(question.call, findAgent(facts, question).evaluator), program);
    },
    judge({ agent, call, context }) {
      const question = permissionQuestionSchema.parse({ agent, call, context });
      const { policy, found } = policyOf(question);
      const parsed = callOf(call, found.evaluator);
      const { verdict, decidedBy } = policy.explain(parsed);
      return { verdict, decidedBy: decidedBy.rule, impact: impactOf(parsed, program) };
    },
    agents: () =>
      facts.all.flatMap((asset): readonly AskableAgent[] => {
        const evaluator = asset.kind === 'agent' ? evaluatorNamed(hostOf(asset)) : undefined;
        if (evaluator === undefined) return [];
        return [
          {
            id: asset.id,
            name: asset.name,
            host: evaluator.host,
            hostTitle: evaluator.title,
            folder: folderOf(asset, facts) ?? '',
            subAgent: asset.properties['subAgent'] === true,
          },
        ];
      }),
  };
}

type Found = { readonly evaluator: Evaluator; readonly asset: StoredAsset | null; readonly folder: string | null };

function findAgent(facts: ScannedFacts, { host, agent, cwd }: PermissionQuestion): Found {
  if (agent === null) {
    if (host === null) throw new AppError('bad-request', 'A question names a host or an agent.');
    return { evaluator: evaluatorOf(host), asset: null, folder: cwd };
  }
  const fitting = agentsNamed(facts, agent).filter((one) => host === null || hostOf(one) === host);
  const [asset, second] = fitting;
  if (asset === undefined) throw new AppError('not-found', `There is no agent called ${agent}.`);
  if (second !== undefined)
    throw new AppError(
      'bad-request',
      `Several agents are called ${agent}: ${fitting
        .slice(0, 5)
        .map((one) => one.id)
        .join(', ')}. Name one by its id.`,
    );
  return { evaluator: evaluatorOf(hostOf(asset)), asset, folder: cwd ?? folderOf(asset, facts) };
}

const named = new WeakMap<ScannedFacts, Map<string, StoredAsset[]>>();

/** Agents by id, key and name; read once per facts. */
function agentsNamed(facts: ScannedFacts, name: string): readonly StoredAsset[] {
  let known = named.get(facts);
  if (known === undefined) {
    known = new Map();
    for (const asset of facts.all) {
      if (asset.kind !== 'agent') continue;
      for (const key of new Set([asset.id, asset.key, asset.name])) {
        const list = known.get(key) ?? [];
        list.push(asset);
        known.set(key, list);
      }
    }
    named.set(facts, known);
  }
  return known.get(name) ?? [];
}

function hostOf(asset: StoredAsset): string {
  const { host, framework, language } = asset.properties;
  if (typeof host === 'string') return host;
  // What code builds has a language and no host.
  if (typeof language === 'string') return 'code';
  return typeof framework === 'string' ? framework : '';
}

function evaluatorOf(host: string): Evaluator {
  const evaluator = evaluatorNamed(host);
  if (evaluator !== undefined) return evaluator;
  throw new AppError(
    'bad-request',
    `Permissions of ${host || 'this agent'} are not evaluated. Hosts: ${evaluators.map((one) => one.host).join(', ')}.`,
  );
}

/** The folder that an agent of a host speaks for: of its key for a folder's agent, of its file for a sub-agent. */
function folderOf(asset: StoredAsset, facts: ScannedFacts): string | null {
  const anchor = asset.key.includes('@') ? asset.key.slice(asset.key.indexOf('@') + 1) : null;
  if (anchor !== null && anchor !== '') return facts.pathOf(anchor);
  const place = asset.evidence[0]?.place;
  if (place === undefined) return null;
  const path = facts.pathOf(place);
  return path === null ? null : path.replace(/\/\.[^/]+\/.*$|\/[^/]*$/, '');
}

function settingOf(
  question: PermissionQuestion,
  facts: ScannedFacts,
  folder: string | null,
  platform: Setting['platform'],
): Setting {
  const home = facts.home ?? '/home/user';
  return {
    version: question.version,
    context: question.context,
    mode: question.mode,
    trusted: question.trusted,
    home,
    workingDirectory: folder ?? home,
    sandboxAvailable: question.sandboxAvailable,
    flags: question.cli,
    environment: question.env,
    platform,
  };
}

/** A line as a person types it, or a tool of the host with its input. */
function callOf(call: PermissionQuestion['call'], evaluator: Evaluator): Call {
  if (typeof call === 'string') {
    const parsed = parseCall(call);
    if (parsed.ok) return parsed.call;
    throw new AppError('bad-request', parsed.message);
  }
  const { tool, ...input } = call;
  const nested = input['input'];
  const found = evaluator.toolCall(tool, isRecord(nested) && Object.keys(input).length === 1 ? nested : input);
  if (found === null) throw new AppError('bad-request', `${evaluator.title} has no tool called ${tool}.`);
  return found;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function toAnswer(question: PermissionQuestion, policy: Policy, answer: Answer, agent: string): PermissionAnswer {
  return {
    id: question.id,
    verdict: answer.verdict,
    decidedBy: flat(answer.decidedBy),
    chain: answer.chain.map(({ outcome, effect, why, ...step }) => ({ ...flat(step), outcome, effect, why })),
    inert: answer.inert.map(({ rule, why, place }) => ({ rule, why, ...flatPlace(place) })),
    assumptions: [...answer.assumptions],
    agent,
    host: policy.host,
    version: policy.version,
  };
}

const flat = ({ kind, rule, place }: Decision): PermissionAnswer['decidedBy'] => ({ kind, rule, ...flatPlace(place) });

const flatPlace = (place: RulePlace | null): Pick<PermissionAnswer['decidedBy'], 'file' | 'line' | 'scope'> => ({
  file: place?.file ?? null,
  line: place?.line ?? null,
  scope: place?.scope ?? null,
});
