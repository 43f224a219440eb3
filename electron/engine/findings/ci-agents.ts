import type { StoredAsset, StoredEvidence } from '../store/repos/merged-facts.ts';
import type { FindingContext } from './context.ts';
import { evidenceInOwnFile, isInUse, recordOf, recordsOf, textOf, textsOf } from './fact-access.ts';

/** Agents that run in a pipeline. */
export const ciAgents = (context: FindingContext): readonly StoredAsset[] =>
  context.all('agent').filter((agent) => isInUse(agent) && agent.properties['location'] === 'ci');

/** Strangers can make it run. A fork without secrets counts apart. */
export const strangersCanTrigger = (agent: StoredAsset): boolean =>
  textOf(agent.properties['whoCanTrigger']) === 'anyone';

/** It reads what strangers wrote, whoever made it run. */
export const readsStrangers = (agent: StoredAsset): boolean =>
  strangersCanTrigger(agent) || recordsOf(agent.properties['untrustedInput']).length > 0;

/** Scopes of the token of its job that let it change something. */
export function writeScopes(agent: StoredAsset): readonly string[] {
  const own = recordOf(agent.properties['agentToken'] ?? null)['tokenScopes'];
  const scopes = recordOf(own ?? agent.properties['tokenScopes']);
  return Object.keys(scopes).filter((name) => textOf(scopes[name]) === 'write');
}

/** Scopes beyond answering: they change code, releases, runs, or make identities. */
export const strongScopes = (agent: StoredAsset): readonly string[] =>
  writeScopes(agent).filter((scope) => !/^(?:issues|pull-requests|discussions|checks|statuses|models)$/.test(scope));

const plainShell = /^(?:Bash|run_shell_command|ShellTool|shell|bash)(?:\((?:\*{0,2}|:\*)\))?$/;

/** It runs any command: by its list of tools, or because nothing holds it back. */
export const hasWholeShell = (agent: StoredAsset): boolean =>
  textsOf(agent.properties['allowedTools']).some((tool) => plainShell.test(tool)) || isUnheld(agent) !== null;

/** What takes every limit away, in the words of the file; null where limits stand. */
export function isUnheld(agent: StoredAsset): string | null {
  const { sandbox, safetyStrategy, mode } = agent.properties;
  if (sandbox === 'danger-full-access') return 'sandbox danger-full-access';
  if (safetyStrategy === 'unsafe') return 'safety-strategy unsafe';
  if (/^(?:bypassPermissions|yolo|bypass)$/.test(textOf(mode))) return `mode ${textOf(mode)}`;
  const [flag] = textsOf(agent.properties['dangerousFlags']);
  return flag ?? null;
}

/** Keys that a step needs to ask its model, and the token of the job. */
const needed =
  /^(?:ANTHROPIC|OPENAI|GEMINI|GOOGLE|CLAUDE_CODE|CODEX|COPILOT|AZURE_OPENAI|OPENROUTER|MISTRAL|DEEPSEEK|XAI|GROQ|GH|GITHUB|CURSOR|OPENCODE)(?:_[A-Z]+)*_?(?:API_KEY|OAUTH_TOKEN|AUTH_TOKEN|TOKEN|KEY|PAT)$/i;

export const unneededSecrets = (agent: StoredAsset): readonly string[] =>
  textsOf(agent.properties['secrets']).filter((name) => !needed.test(name));

/** Lines of the workflow at which a credential reaches the agent. */
export function secretEvidence(
  agent: StoredAsset,
  names: readonly string[],
  context: FindingContext,
): readonly StoredEvidence[] {
  const wanted = new Set(names);
  const found = context
    .outgoing(agent, 'authenticates-with')
    .filter((relation) => wanted.has(context.target(relation)?.name ?? ''))
    .flatMap(({ evidence }) => evidence.slice(0, 1));
  return found.length > 0 ? found : evidenceInOwnFile(agent, null);
}
