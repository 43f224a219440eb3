import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy, Setting } from '../../evaluator.ts';
import { hostAgents, isInside, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath, baseName } from '../../paths.ts';
import { programReader } from '../../programs.ts';
import { serversOf } from '../../server-facts.ts';
import type { ShellProgram } from '../../shell/program.ts';
import type { MergedAsset } from '../../../sources/source.ts';
import { assume, decision, type InertRule, newTrace, type Trace } from '../../verdict.ts';
import { operandsOf } from '../../file-operands.ts';
import { toolCall, toolOf } from './tool-call.ts';

const host = 'opencode';

/** OpenCode: the last matching pattern decides; agents over the configuration. 1.18.33 as seen, documentation of 1.1.1. */
export const openCodeEvaluator: Evaluator = {
  host,
  title: 'OpenCode',
  versions: [
    { version: '1.18.33', from: 'observed' },
    { version: '1.1.1', from: 'documented' },
  ],
  toolCall,
  compile({ facts, agent, setting, grammar }): Policy {
    const { rules, inert, broken } = rulesOf(facts, agent, setting);
    const servers = serversOf(facts, host, setting);
    const program = programReader(grammar);
    const decide = (call: Call, trace: Trace | null): Outcome => {
      if (broken !== null) return outcome('deny', broken);
      if (call.type === 'mcp') {
        const server = servers.find(({ name }) => name === call.server);
        if (server === undefined)
          assume(trace, `no server called ${call.server} was found in the files; its tools are taken to be there`);
        else if (server.configuration['enabled'] === false || server.state === 'disabled')
          return outcome(
            'hidden',
            decision('server-state', `server ${server.name} is disabled`, placeOf(server.configuration)),
          );
      }
      const tool = toolOf(call);
      if (tool === null)
        return outcome('unknown', decision('default', `not known how OpenCode treats this ${call.type}`));
      const switched = switchedOff(agent, tool);
      if (switched !== null) return outcome('hidden', switched);
      const result = decideTool(rules, setting, call, tool, program);
      if (result.verdict !== 'ask' || (setting.context !== 'headless' && setting.context !== 'ci')) return result;
      return outcome('deny', decision('headless', 'nobody can be asked'));
    };
    return {
      host,
      version: setting.version ?? '1.18.33',
      inert,
      verdict: (call) => decide(call, null).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, `OpenCode ${setting.version ?? '1.18.33, the newest whose semantics are known'}`);
        return answerOf(decide(call, trace), trace, inert);
      },
    };
  },
};

type Rule = {
  readonly effect: 'allow' | 'ask' | 'deny';
  readonly tool: string;
  readonly pattern: string;
  readonly text: string;
  readonly member: Located | null;
};

const builtIn = (effect: Rule['effect'], tool: string, pattern: string, text: string): Rule => ({
  effect,
  tool,
  pattern,
  text,
  member: null,
});

/** First to last; the last that fits decides. `.env` asks since 1.18 (seen); older documents say deny. */
const defaults: readonly Rule[] = [
  builtIn('allow', '*', '*', 'default: allow'),
  builtIn('ask', 'doom_loop', '*', 'default: doom_loop asks'),
  builtIn('ask', 'external_directory', '*', 'default: outside of the project asks'),
  builtIn('ask', 'read', '*.env', 'default: .env files ask'),
  builtIn('ask', 'read', '*.env.*', 'default: .env files ask'),
  builtIn('allow', 'read', '*.env.example', 'default: .env.example'),
];

function rulesOf(
  facts: PermissionFacts,
  agent: MergedAsset | null,
  setting: Setting,
): {
  readonly rules: readonly Rule[];
  readonly inert: readonly InertRule[];
  readonly broken: ReturnType<typeof decision> | null;
} {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  // Lowest first: the user's, then the project's from the root down, then what the organisation put on top.
  const layers = [user, ...projects.map(({ asset }) => asset).reverse(), machine].filter(
    (asset) => asset !== undefined,
  );
  const own = agent !== null && agent.properties['subAgent'] === true ? locatedOf(agent, 'permissions') : [];
  const members = [...layers.map((asset) => locatedOf(asset, 'permissions')), own];
  const inert = layers
    .flatMap((asset) => locatedOf(asset, 'inertRules'))
    .map(
      (one): InertRule => ({
        rule: `${String(one['list'])} ${String(one['rule'])}`,
        why: String(one['why'] ?? ''),
        place: placeOf(one),
      }),
    );
  const rules = members.flatMap((list) =>
    [...list].sort((one, other) => orderOf(one) - orderOf(other)).flatMap(ruleOf),
  );
  const refused = layers.flatMap((asset) => locatedOf(asset, 'startProblems'))[0];
  return {
    rules: [...defaults, ...rules],
    inert,
    broken:
      refused === undefined
        ? null
        : decision('malformed', `no session starts: ${String(refused['why'] ?? '')}`, placeOf(refused)),
  };
}

const orderOf = (one: Located): number => (typeof one['order'] === 'number' ? one['order'] : one.line);

function ruleOf(member: Located): readonly Rule[] {
  const { list, tool, pattern } = member;
  if (list !== 'allow' && list !== 'ask' && list !== 'deny') return [];
  return [
    {
      effect: list,
      tool: typeof tool === 'string' ? tool : '*',
      pattern: typeof pattern === 'string' ? pattern : '*',
      text: `${list} ${String(member['rule'] ?? '')}`,
      member,
    },
  ];
}

/** `tools: {bash: false}` of an agent's own file. */
function switchedOff(agent: MergedAsset | null, tool: string): ReturnType<typeof decision> | null {
  const tools = agent?.properties['toolSwitches'] ?? agent?.properties['disabledTools'];
  if (Array.isArray(tools) && tools.some((name) => name === tool))
    return decision('tool-list', `${tool} is switched off for this agent`);
  return null;
}

function decideTool(
  rules: readonly Rule[],
  setting: Setting,
  call: Call,
  tool: string,
  program: (text: string) => ShellProgram,
): Outcome {
  switch (call.type) {
    case 'shell':
      return shell(rules, setting, call.command, program);
    case 'delete':
      return shell(rules, setting, `rm '${call.path.replaceAll("'", "'\\''")}'`, program);
    case 'code':
      return last(rules, 'bash', call.text);
    case 'read':
    case 'list':
    case 'write':
    case 'edit': {
      const path = absolutePath(call.path, setting);
      const inside = isInside(path, setting.workingDirectory);
      const own = last(rules, tool, inside ? path.slice(setting.workingDirectory.length + 1) : path);
      const outside = inside ? null : last(rules, 'external_directory', path);
      return outside !== null && rank(outside) > rank(own) ? outside : own;
    }
    case 'fetch':
      return last(rules, tool, call.url);
    case 'search':
      return last(rules, tool, call.pattern);
    case 'search-web':
      return last(rules, tool, call.query);
    case 'agent':
    case 'skill':
      return last(rules, tool, call.name);
    default:
      return last(rules, tool, '*');
  }
}

const rank = ({ verdict }: Outcome): number => (verdict === 'deny' ? 2 : verdict === 'ask' ? 1 : 0);

/** Compounds, pipes and substitutions are split; wrappers such as sudo, env, timeout, xargs are not seen past (1.18.33). */
function shell(
  rules: readonly Rule[],
  setting: Setting,
  command: string,
  program: (text: string) => ShellProgram,
): Outcome {
  const read = program(command);
  if (read.unreadable) return last(rules, 'bash', command);
  let worst: Outcome | null = null;
  for (const one of read.commands) {
    if (one.words.length === 0) continue;
    // `cd` is asked about by its folder alone (seen on 1.18.33).
    const results = one.words[0]?.value === 'cd' ? [] : [last(rules, 'bash', one.text)];
    for (const operand of operandsOf(one)) {
      const path = absolutePath(operand, setting);
      if (!isInside(path, setting.workingDirectory)) results.push(last(rules, 'external_directory', path));
    }
    for (const result of results) if (worst === null || rank(result) > rank(worst)) worst = result;
  }
  return (
    worst ??
    (read.commands.length > 0
      ? outcome('allow', decision('built-in', 'changes the folder only'))
      : last(rules, 'bash', command))
  );
}

function last(rules: readonly Rule[], tool: string, text: string): Outcome {
  for (let at = rules.length - 1; at >= 0; at -= 1) {
    const rule = rules[at];
    if (rule === undefined || !fits(rule.tool, tool) || !fitsPattern(rule, text)) continue;
    return outcome(
      rule.effect,
      decision(
        rule.member === null ? 'built-in' : 'rule',
        rule.text,
        rule.member === null ? null : placeOf(rule.member),
      ),
    );
  }
  return outcome('ask', decision('default', 'no rule'));
}

const fits = (pattern: string, text: string): boolean => pattern === '*' || expressionOf(pattern).test(text);

/** `*` and `?`; `~` is not expanded here because rules hang on the text. A file's bare name fits anywhere. */
function fitsPattern({ tool, pattern }: Rule, text: string): boolean {
  if (fits(pattern, text)) return true;
  return tool === 'read' && pattern.startsWith('*.') && fits(pattern, baseName(text));
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    if (expressions.size > 5000) expressions.clear();
    const text = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '[^]*')
      .replace(/\?/g, '[^]');
    // `git *` also fits `git` alone.
    expression = new RegExp(`^${text.endsWith(' [^]*') ? `${text.slice(0, -5)}(?: [^]*)?` : text}$`);
    expressions.set(pattern, expression);
  }
  return expression;
}
