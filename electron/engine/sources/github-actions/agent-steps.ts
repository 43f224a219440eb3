import { type AgentCommand, agentCommands, commandFlags, toolList } from '../infrastructure/agent-commands.ts';
import type { Confidence } from '../../../../shared/kinds.ts';
import { type Entry, entriesOf, entryOf, scalarText } from '../parse/node.ts';
import type { Step } from './workflow-model.ts';
import { actionReference } from './workflow-model.ts';

/** A step that is, or starts, an agent. */
export type AgentStep = {
  readonly step: Step;
  readonly host: string;
  readonly title: string;
  readonly line: number;
  readonly endLine: number;
  readonly action: ReturnType<typeof actionReference> | null;
  readonly prompts: readonly { readonly entry: Entry; readonly key: string }[];
  readonly promptFile: string | null;
  readonly model: { readonly id: string; readonly line: number } | null;
  readonly mode: string | null;
  readonly dangerous: readonly string[];
  readonly allowedTools: readonly string[];
  readonly disallowedTools: readonly string[];
  /** Path of a file, or the text of one. */
  readonly mcpConfig: readonly { readonly text: string; readonly line: number }[];
  /** JSON of settings, or a path. */
  readonly settings: Entry | undefined;
  readonly maxTurns: string | null;
  readonly sandbox: string | null;
  readonly safetyStrategy: string | null;
  /** Who is let in beside people with write access; null where the step asks nobody. */
  readonly guard: { readonly users: string | null; readonly bots: string | null } | null;
  readonly command: AgentCommand | null;
  readonly confidence: Confidence;
  readonly more: Readonly<Record<string, string>>;
};

type KnownAction = { readonly host: string; readonly title: string; readonly confidence: Confidence };

/**
 * Actions that are agents. claude-code-action and codex-action by their `action.yml` and documentation of 2026, the others
 * by name.
 */
const actions: ReadonlyMap<string, KnownAction> = new Map([
  ['anthropics/claude-code-action', { host: 'claude-code-action', title: 'Claude Code action', confidence: 'high' }],
  [
    'anthropics/claude-code-base-action',
    { host: 'claude-code-action', title: 'Claude Code base action', confidence: 'high' },
  ],
  [
    'anthropics/claude-code-action/base-action',
    { host: 'claude-code-action', title: 'Claude Code base action', confidence: 'high' },
  ],
  ['openai/codex-action', { host: 'codex-action', title: 'Codex action', confidence: 'high' }],
  [
    'google-github-actions/run-gemini-cli',
    { host: 'run-gemini-cli', title: 'Gemini CLI action', confidence: 'medium' },
  ],
  ['google-gemini/gemini-cli-action', { host: 'run-gemini-cli', title: 'Gemini CLI action', confidence: 'medium' }],
  ['qwenlm/qwen-code-action', { host: 'qwen-code-action', title: 'Qwen Code action', confidence: 'low' }],
  ['sst/opencode/github', { host: 'opencode-action', title: 'OpenCode action', confidence: 'low' }],
  ['anomalyco/opencode/github', { host: 'opencode-action', title: 'OpenCode action', confidence: 'low' }],
  ['factory-ai/droid-action', { host: 'droid-action', title: 'Droid action', confidence: 'low' }],
  ['augmentcode/augment-agent', { host: 'augment-agent', title: 'Augment agent', confidence: 'low' }],
  ['warpdotdev/oz-agent-action', { host: 'oz-agent-action', title: 'Oz agent action', confidence: 'low' }],
  ['qodo-ai/pr-agent', { host: 'pr-agent', title: 'PR-Agent', confidence: 'low' }],
  ['codium-ai/pr-agent', { host: 'pr-agent', title: 'PR-Agent', confidence: 'low' }],
]);

export const inferenceAction = 'actions/ai-inference';

/** Agents of one step: at most one for an action, one for each host that a script starts. */
export function agentStepsOf(step: Step): readonly AgentStep[] {
  if (step.uses !== undefined) {
    const action = actionReference(scalarText(step.uses.node) ?? '');
    if (action.action === inferenceAction) return usesTools(step) ? [inference(step, step.uses, action)] : [];
    const known = actions.get(action.action) ?? localAction(step, action.action);
    return known === undefined ? [] : [actionStep(step, step.uses, action, known)];
  }
  if (step.run === undefined) return [];
  const seen = new Set<string>();
  return agentCommands(scalarText(step.run.node) ?? '').flatMap((command) => {
    if (seen.has(command.host)) return [];
    seen.add(command.host);
    return [commandStep(step, step.run as Entry, command)];
  });
}

/** Inputs that only one agent's action has: a copy of it, or an action of the repository that hands them on. */
const ownInputs: readonly (readonly [RegExp, KnownAction])[] = [
  [
    /^(?:claude_args|claude_code_oauth_token|claude_env|path_to_claude_code_executable)$/,
    { host: 'claude-code-action', title: 'Claude Code action of the repository', confidence: 'medium' },
  ],
  [
    /^(?:codex-args|codex-home|codex-version)$/,
    { host: 'codex-action', title: 'Codex action of the repository', confidence: 'medium' },
  ],
  [
    /^(?:gemini_cli_version|gemini_model)$/,
    { host: 'run-gemini-cli', title: 'Gemini CLI action of the repository', confidence: 'medium' },
  ],
];

/** `uses: ./path` with a prompt and the inputs of an agent's action. */
function localAction(step: Step, action: string): KnownAction | undefined {
  if (!isLocalAction(action) || input(step, 'prompt', 'prompt_file', 'prompt-file', 'direct_prompt') === undefined)
    return undefined;
  const names = entriesOf(step.with?.node).map((entry) => entry.key);
  return ownInputs.find(([shape]) => names.some((name) => shape.test(name)))?.[1];
}

export const isLocalAction = (uses: string): boolean => uses.startsWith('./');

/** A model call with the tools of a server is an agent; one without is none ("actions/ai-inference", README). */
export const usesTools = (step: Step): boolean => input(step, 'enable-github-mcp')?.text === 'true';

export function input(
  step: Step,
  ...names: readonly string[]
): { readonly entry: Entry; readonly text: string } | undefined {
  for (const name of names) {
    const entry = entryOf(step.with?.node, name);
    const text = scalarText(entry?.node);
    if (entry !== undefined && text !== undefined && text.trim() !== '') return { entry, text };
  }
  return undefined;
}

const nothing = {
  promptFile: null,
  model: null,
  mode: null,
  dangerous: [],
  allowedTools: [],
  disallowedTools: [],
  mcpConfig: [],
  settings: undefined,
  maxTurns: null,
  sandbox: null,
  safetyStrategy: null,
  guard: null,
  command: null,
  more: {},
} as const;

function actionStep(step: Step, uses: Entry, action: AgentStep['action'], known: KnownAction): AgentStep {
  const base = { ...nothing, step, ...known, line: uses.line, endLine: uses.endLine, action };
  switch (known.host) {
    case 'claude-code-action':
      return { ...base, ...claudeInputs(step) };
    case 'codex-action':
      return { ...base, ...codexInputs(step) };
    case 'run-gemini-cli':
    case 'qwen-code-action': {
      const model = input(step, 'gemini_model', 'qwen_model', 'model');
      return {
        ...base,
        prompts: prompts(step, ['prompt']),
        settings: input(step, 'settings', 'settings_json')?.entry,
        model: model === undefined ? null : { id: model.text, line: model.entry.line },
        more: inputs(step, [
          'extensions',
          'gcp_workload_identity_provider',
          'gcp_service_account',
          'use_vertex_ai',
          'upload_artifacts',
          'gemini_cli_version',
        ]),
      };
    }
    default: {
      const model = input(step, 'model');
      return {
        ...base,
        prompts: prompts(step, ['prompt', 'instruction']),
        model: model === undefined ? null : { id: model.text, line: model.entry.line },
      };
    }
  }
}

function claudeInputs(step: Step): Partial<AgentStep> & Pick<AgentStep, 'prompts'> {
  const args = input(step, 'claude_args');
  const flags = commandFlags(args?.text ?? '');
  const model = input(step, 'model');
  const modelLine = args === undefined ? 0 : lineWithin(args.entry, args.text, /--model/);
  const users = input(step, 'allowed_non_write_users')?.text ?? null;
  const bots = input(step, 'allowed_bots')?.text ?? null;
  return {
    prompts: prompts(step, [
      'prompt',
      'direct_prompt',
      'override_prompt',
      'custom_instructions',
      'system_prompt',
      'append_system_prompt',
    ]),
    promptFile: input(step, 'prompt_file')?.text ?? null,
    model:
      flags.model !== null
        ? { id: flags.model, line: modelLine }
        : model === undefined
          ? null
          : { id: model.text, line: model.entry.line },
    mode: flags.mode,
    dangerous: flags.dangerous,
    allowedTools: [...flags.allowedTools, ...toolList(input(step, 'allowed_tools')?.text ?? '')],
    disallowedTools: [...disallowed(args?.text ?? ''), ...toolList(input(step, 'disallowed_tools')?.text ?? '')],
    mcpConfig: [
      ...flags.mcpConfig.map((text) => ({
        text,
        line: args === undefined ? step.line : lineWithin(args.entry, args.text, /--mcp-config/),
      })),
      ...one(input(step, 'mcp_config')),
    ],
    settings: input(step, 'settings')?.entry,
    maxTurns: flags.maxTurns ?? input(step, 'max_turns')?.text ?? null,
    guard: { users, bots },
    more: inputs(step, [
      'trigger_phrase',
      'assignee_trigger',
      'label_trigger',
      'additional_permissions',
      'plugins',
      'plugin_marketplaces',
      'use_bedrock',
      'use_vertex',
      'use_foundry',
      'mode',
      'track_progress',
      'show_full_output',
    ]),
  };
}

const disallowed = (args: string): readonly string[] => {
  const match = /--disallowed-?[tT]ools(?:\s+|=)(?:"([^"]{1,20000})"|'([^']{1,20000})'|(\S{1,2000}))/.exec(args);
  return match === null ? [] : toolList(match[1] ?? match[2] ?? match[3] ?? '');
};

function codexInputs(step: Step): Partial<AgentStep> & Pick<AgentStep, 'prompts'> {
  const args = input(step, 'codex-args')?.text ?? '';
  const flags = commandFlags(args);
  const model = input(step, 'model');
  const profile = input(step, 'permission-profile')?.text;
  return {
    prompts: prompts(step, ['prompt']),
    promptFile: input(step, 'prompt-file')?.text ?? null,
    model: model === undefined ? null : { id: model.text, line: model.entry.line },
    mode: flags.mode,
    dangerous: flags.dangerous,
    sandbox: input(step, 'sandbox')?.text ?? (profile === undefined ? 'workspace-write (default)' : profile),
    safetyStrategy: input(step, 'safety-strategy')?.text ?? 'drop-sudo (default)',
    guard: {
      users: input(step, 'allow-users')?.text ?? null,
      bots: input(step, 'allow-bots', 'allow-bot-users')?.text ?? null,
    },
    more: inputs(step, ['effort', 'output-file', 'working-directory', 'codex-home', 'codex-version']),
  };
}

function inference(step: Step, uses: Entry, action: AgentStep['action']): AgentStep {
  const model = input(step, 'model');
  return {
    ...nothing,
    step,
    host: 'ai-inference',
    title: 'AI inference with GitHub tools',
    line: uses.line,
    endLine: uses.endLine,
    action,
    confidence: 'medium',
    prompts: prompts(step, ['prompt', 'system-prompt']),
    promptFile: input(step, 'prompt-file')?.text ?? null,
    model: model === undefined ? null : { id: model.text, line: model.entry.line },
  };
}

function commandStep(step: Step, run: Entry, command: AgentCommand): AgentStep {
  const line = run.node.line + command.line;
  return {
    ...nothing,
    step,
    host: command.host,
    title: `${command.title} (run step)`,
    line,
    endLine: line,
    action: null,
    prompts: [{ entry: run, key: 'run' }],
    model: command.model === null ? null : { id: command.model, line },
    mode: command.mode,
    dangerous: command.dangerous,
    allowedTools: command.allowedTools,
    mcpConfig: command.mcpConfig.map((text) => ({ text, line })),
    maxTurns: command.maxTurns,
    command,
    confidence: 'medium',
  };
}

const prompts = (step: Step, names: readonly string[]): AgentStep['prompts'] =>
  names.flatMap((name) => {
    const found = input(step, name);
    return found === undefined ? [] : [{ entry: found.entry, key: name }];
  });

const inputs = (step: Step, names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const found = input(step, name);
      return found === undefined ? [] : [[name, found.text.slice(0, 500)] as const];
    }),
  );

const one = (found: ReturnType<typeof input>): AgentStep['mcpConfig'] =>
  found === undefined ? [] : [{ text: found.text, line: found.entry.node.line }];

/** Line of the first match within the text of a value. */
export function lineWithin(entry: Entry, text: string, shape: RegExp): number {
  const index = text.split('\n').findIndex((part) => shape.test(part));
  return index === -1 ? entry.line : Math.min(entry.node.line + index, entry.endLine);
}
