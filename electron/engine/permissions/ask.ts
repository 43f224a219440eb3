import type { PermissionAnswer, PermissionQuestion } from '../../../shared/model/permissions.ts';
import { AppError } from '../errors.ts';
import type { StoredAsset } from '../store/repos/merged-facts.ts';
import { type Call, parseCall } from './call.ts';
import type { Evaluator, Policy, Setting } from './evaluator.ts';
import { evaluatorNamed, evaluators } from './registry.ts';
import type { ShellGrammar } from './shell/grammar.ts';
import type { ScannedFacts } from './stored-facts.ts';
import type { Answer, Decision, RulePlace } from './verdict.ts';

/** Answers questions over the facts of one scan. Policies are compiled once per agent and setting. */
export type Asker = { ask(question: PermissionQuestion): PermissionAnswer };

export function createAsker(
  facts: ScannedFacts,
  grammar: ShellGrammar,
  platform: Setting['platform'] = 'linux',
): Asker {
  const policies = new Map<string, Policy>();
  return {
    ask(question) {
      const { evaluator, asset, folder } = findAgent(facts, question);
      const setting = settingOf(question, facts, folder, platform);
      const key = JSON.stringify([evaluator.host, asset?.key ?? '', setting]);
      let policy = policies.get(key);
      if (policy === undefined) {
        policy = evaluator.compile({ facts, agent: asset, setting, grammar });
        policies.set(key, policy);
      }
      const call = callOf(question.call, evaluator);
      return toAnswer(question, policy, policy.explain(call), asset?.name ?? '');
    },
  };
}

type Found = { readonly evaluator: Evaluator; readonly asset: StoredAsset | null; readonly folder: string | null };

function findAgent(facts: ScannedFacts, { host, agent, cwd }: PermissionQuestion): Found {
  if (agent === null) {
    if (host === null) throw new AppError('bad-request', 'A question names a host or an agent.');
    return { evaluator: evaluatorOf(host), asset: null, folder: cwd };
  }
  const fitting = facts.all.filter(
    (one) => one.kind === 'agent' && isNamed(one, agent) && (host === null || hostOf(one) === host),
  );
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

const isNamed = (asset: StoredAsset, name: string): boolean =>
  asset.id === name || asset.key === name || asset.name === name;

function hostOf(asset: StoredAsset): string {
  const { host, framework } = asset.properties;
  return typeof host === 'string' ? host : typeof framework === 'string' ? framework : '';
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
