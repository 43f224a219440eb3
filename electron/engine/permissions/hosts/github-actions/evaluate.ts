import type { MergedAsset } from '../../../sources/source.ts';
import type { Call } from '../../call.ts';
import type { Evaluator, Policy, Setting } from '../../evaluator.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { textsOf } from '../../server-facts.ts';
import { assume, type Decision, decision, newTrace, type RulePlace } from '../../verdict.ts';
import { claudeCodeEvaluator } from '../claude-code/evaluate.ts';
import { codexEvaluator } from '../codex/evaluate.ts';
import { geminiEvaluator } from '../gemini/evaluate.ts';
import { openCodeEvaluator } from '../opencode/evaluate.ts';

/**
 * Agents that a workflow step starts: the host's own rules over the checked-out repository, with the flags that the step
 * gives and nobody to ask. Reference of hosts, section CI agents (2026-11-20).
 */
const actionEvaluator = (
  host: string,
  title: string,
  under: Evaluator,
  flagsOf: (agent: MergedAsset) => readonly string[],
): Evaluator => ({
  host,
  title,
  versions: under.versions,
  toolCall: under.toolCall,
  compile({ facts, agent, setting, grammar }): Policy {
    const place = placeOf(agent);
    const inner = under.compile({
      facts,
      agent: null,
      setting: {
        ...setting,
        context: 'ci',
        // The runner starts the host without a dialogue.
        trusted: setting.trusted ?? false,
        flags: [...(agent === null ? [] : flagsOf(agent)), ...setting.flags],
        workingDirectory: repositoryOf(agent, setting, facts.pathOf),
      },
      grammar,
    });
    const named = (by: Decision): Decision =>
      by.place === null && /flag|chosen at start/.test(by.rule)
        ? { ...by, place }
        : by.place?.file === 'command line'
          ? { ...by, place }
          : by;
    return {
      host,
      version: inner.version,
      inert: inner.inert,
      verdict: inner.verdict,
      explain(call) {
        const answer = inner.explain(call);
        const token = agent?.properties['tokenScopes'];
        return {
          ...answer,
          decidedBy: named(answer.decidedBy),
          assumptions: [
            ...answer.assumptions,
            'nobody is there to be asked: the step runs without a person',
            ...(typeof token === 'object' && token !== null
              ? [
                  `the token of the job has: ${Object.entries(token)
                    .map(([scope, level]) => `${scope} ${String(level)}`)
                    .join(', ')}`,
                ]
              : []),
          ],
        };
      },
    };
  },
});

const placeOf = (agent: MergedAsset | null): RulePlace | null => {
  const [first] = agent?.evidence ?? [];
  return first === undefined ? null : { file: first.place, line: first.line, scope: 'project' };
};

/** The repository that the workflow file lies in: what the step checks out. */
function repositoryOf(agent: MergedAsset | null, setting: Setting, pathOf: (place: string) => string | null): string {
  const place = agent?.evidence[0]?.place;
  const path = place === undefined ? null : pathOf(place);
  const end = path?.indexOf('/.github/') ?? -1;
  return path === null || end < 0 ? setting.workingDirectory : path.slice(0, end);
}

const mode = (agent: MergedAsset): string | null =>
  typeof agent.properties['mode'] === 'string' ? agent.properties['mode'] : null;

export const claudeCodeActionEvaluator = actionEvaluator(
  'claude-code-action',
  'Claude Code action',
  claudeCodeEvaluator,
  (agent) => [
    ...textsOf(agent.properties['allowedTools']).flatMap((tool) => ['--allowedTools', tool]),
    ...textsOf(agent.properties['disallowedTools']).flatMap((tool) => ['--disallowedTools', tool]),
    ...textsOf(agent.properties['dangerousFlags']),
    ...(mode(agent) === null ? [] : ['--permission-mode', mode(agent) ?? '']),
  ],
);

export const codexActionEvaluator = actionEvaluator('codex-action', 'Codex action', codexEvaluator, (agent) => {
  const { sandbox } = agent.properties;
  return [
    ...(typeof sandbox === 'string' ? ['--sandbox', sandbox] : []),
    ...textsOf(agent.properties['dangerousFlags']),
  ];
});

export const geminiActionEvaluator = actionEvaluator(
  'run-gemini-cli',
  'Gemini CLI action',
  geminiEvaluator,
  (agent) => [
    // The action starts the client with --yolo (its documentation of 2026).
    ...(mode(agent) === null ? ['--yolo'] : ['--approval-mode', mode(agent) ?? '']),
  ],
);

export const openCodeActionEvaluator = actionEvaluator(
  'opencode-action',
  'OpenCode action',
  openCodeEvaluator,
  () => [],
);

/**
 * GitHub Agentic Workflows: the agent has a reading token; what it writes goes through safe outputs, jobs of their own
 * that run after it. The engine's own tools run inside of a sandbox with a list of domains.
 */
export const agenticWorkflowEvaluator: Evaluator = {
  host: 'gh-aw',
  title: 'GitHub Agentic Workflow',
  versions: [{ version: '2026', from: 'excerpt' }],
  toolCall: (tool, input) => claudeCodeEvaluator.toolCall(tool, input),
  compile({ agent, setting }): Policy {
    const properties = agent?.properties ?? {};
    const place = placeOf(agent);
    const tools =
      typeof properties['tools'] === 'object' && properties['tools'] !== null && !Array.isArray(properties['tools'])
        ? (properties['tools'] as Readonly<Record<string, unknown>>)
        : {};
    const inactive = typeof properties['state'] === 'string' && properties['state'].startsWith('inactive');
    const decide = (call: Call): Outcome => {
      if (inactive) return outcome('hidden', decision('server-state', String(properties['state']), place));
      switch (call.type) {
        case 'shell':
          return bash(tools['bash'], call.command, place);
        case 'read':
        case 'list':
        case 'search':
          return outcome('allow', decision('built-in', 'the checked-out repository can be read'));
        case 'write':
        case 'edit':
        case 'delete':
          return 'edit' in tools
            ? outcome('allow', decision('rule', 'tools: edit', place))
            : outcome('hidden', decision('tool-list', 'tools: edit is not listed', place));
        case 'fetch':
          return 'web-fetch' in tools
            ? outcome('conditional', decision('rule', 'tools: web-fetch, to the domains of network.allowed', place))
            : outcome('hidden', decision('tool-list', 'tools: web-fetch is not listed', place));
        case 'search-web':
          return 'web-search' in tools
            ? outcome('allow', decision('rule', 'tools: web-search', place))
            : outcome('hidden', decision('tool-list', 'tools: web-search is not listed', place));
        case 'mcp':
          return call.server in tools
            ? outcome(
                'conditional',
                decision(
                  'rule',
                  `tools: ${call.server}; the token of the job and the list of allowed tools decide`,
                  place,
                ),
              )
            : outcome('hidden', decision('tool-list', `no tool called ${call.server}`, place));
        default:
          return outcome('unknown', decision('default', `not known how an agentic workflow treats this ${call.type}`));
      }
    };
    return {
      host: 'gh-aw',
      version: setting.version ?? '2026',
      inert: [],
      verdict: (call) => decide(call).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, 'what it writes to GitHub goes through safe outputs, which run after the agent');
        return answerOf(decide(call), trace, []);
      },
    };
  },
};

/** `bash: [":*"]` or a list of command prefixes; absent = only a few safe commands (documentation excerpt). */
function bash(value: unknown, command: string, place: RulePlace | null): Outcome {
  if (value === undefined) return outcome('hidden', decision('tool-list', 'tools: bash is not listed', place));
  const allowed = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null;
  if (value === true || value === null || allowed?.some((one) => one === ':*' || one === '*') === true)
    return outcome('allow', decision('rule', 'tools: bash, every command', place));
  const found = allowed?.find(
    (one) =>
      command === one.replace(/:?\*$/, '').trim() || command.startsWith(`${one.replace(/:?\s*\*$/, '').trim()} `),
  );
  return found === undefined
    ? outcome('deny', decision('rule', 'tools: bash does not list the command', place))
    : outcome('allow', decision('rule', `tools: bash: ${found}`, place));
}
