import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy, Setting } from '../../evaluator.ts';
import { matchesPathGlob, matchesWildcard } from '../../globs.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import { programReader } from '../../programs.ts';
import type { ShellProgram, SimpleCommand } from '../../shell/program.ts';
import { assume, decision, type InertRule, newTrace, type Trace } from '../../verdict.ts';
import { toolCall } from './tool-call.ts';

const host = 'cursor';

/** Cursor: the command line's rules, and the editor's lists where the question is about the editor (context ide). Excerpts of 2026. */
export const cursorEvaluator: Evaluator = {
  host,
  title: 'Cursor',
  aliases: ['cursor-cli'],
  versions: [{ version: '2026', from: 'excerpt' }],
  toolCall,
  compile({ facts, setting, grammar }): Policy {
    const rules = rulesOf(facts, setting);
    const program = programReader(grammar);
    const editor = setting.context === 'ide';
    const force =
      setting.flags.some((flag) => flag === '--force' || flag === '-f' || flag === '--yolo') ||
      setting.mode === 'force';
    const decide = (call: Call, trace: Trace | null): Outcome => {
      const result = editor
        ? inEditor(rules, setting, call, program, trace)
        : onCommandLine(rules, setting, call, program);
      if (result.verdict !== 'ask') return result;
      if (force && !editor) return outcome('allow', decision('mode', '--force: what is not denied runs'));
      return setting.context === 'headless' || setting.context === 'ci'
        ? outcome('deny', decision('headless', 'nobody can be asked'))
        : result;
    };
    return {
      host,
      version: setting.version ?? '2026',
      inert: rules.inert,
      verdict: (call) => decide(call, null).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, `Cursor ${editor ? 'editor' : 'command line'} of 2026, from excerpts of its documentation`);
        return answerOf(decide(call, trace), trace, rules.inert);
      },
    };
  },
};

type Token = {
  readonly effect: 'allow' | 'deny';
  readonly kind: string;
  readonly argument: string;
  readonly text: string;
  readonly member: Located;
};

type Rules = {
  readonly tokens: readonly Token[];
  readonly terminal: readonly Located[];
  readonly servers: readonly Located[];
  readonly inert: readonly InertRule[];
};

function rulesOf(facts: PermissionFacts, setting: Setting): Rules {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const members = [machine, user, ...projects.map(({ asset }) => asset)].flatMap((asset) =>
    locatedOf(asset, 'permissions'),
  );
  const inert: InertRule[] = [];
  const tokens = members.flatMap((member): readonly Token[] => {
    const { list, rule } = member;
    if (list !== 'allow' && list !== 'deny') return [];
    const match = /^(Shell|Read|Write|WebFetch|Mcp)\(([\s\S]*)\)$/.exec(String(rule));
    if (match === null) {
      inert.push({ rule: `${list} ${String(rule)}`, why: 'not of the form Kind(pattern)', place: placeOf(member) });
      return [];
    }
    return [{ effect: list, kind: match[1] ?? '', argument: match[2] ?? '', text: `${list} ${String(rule)}`, member }];
  });
  for (const asset of projects.map((one) => one.asset))
    for (const one of locatedOf(asset, 'inert'))
      inert.push({ rule: String(one['key']), why: String(one['why']), place: placeOf(one) });
  const list = (name: string): readonly Located[] =>
    locatedOf(user, 'permissions').filter((one) => one['list'] === name);
  return { tokens, terminal: list('terminalAllowlist'), servers: list('mcpAllowlist'), inert };
}

function onCommandLine(rules: Rules, setting: Setting, call: Call, program: (text: string) => ShellProgram): Outcome {
  switch (call.type) {
    case 'shell':
      return shell(rules, program(call.command));
    case 'read':
    case 'list':
      return byTokens(rules, 'Read', (pattern) => matchesPathGlob(pattern, absolutePath(call.path, setting), setting));
    case 'search':
      return byTokens(rules, 'Read', (pattern) =>
        matchesPathGlob(pattern, absolutePath(call.path ?? '.', setting), setting),
      );
    case 'write':
    case 'edit':
    case 'delete':
      return byTokens(rules, 'Write', (pattern) => matchesPathGlob(pattern, absolutePath(call.path, setting), setting));
    case 'fetch':
      return byTokens(rules, 'WebFetch', (pattern) => fitsDomain(pattern, call.url));
    case 'mcp':
      return byTokens(rules, 'Mcp', (pattern) => fitsTool(pattern, call.server, call.name));
    default:
      return outcome('unknown', decision('default', `not known how Cursor treats this ${call.type}`));
  }
}

/** Deny beats allow; what neither names asks. */
function byTokens(rules: Rules, kind: string, fits: (pattern: string) => boolean): Outcome {
  const fitting = rules.tokens.filter((token) => token.kind === kind && fits(token.argument));
  const token = fitting.find(({ effect }) => effect === 'deny') ?? fitting[0];
  if (token !== undefined) return outcome(token.effect, decision('rule', token.text, placeOf(token.member)));
  return kind === 'Read'
    ? outcome('allow', decision('default', 'reading is not asked for'))
    : outcome('ask', decision('default', 'no rule'));
}

/** A rule of any part that denies decides; every part has to be allowed. */
function shell(rules: Rules, program: ShellProgram): Outcome {
  if (program.unreadable) return outcome('ask', decision('built-in', 'the command cannot be parsed'));
  let result: Outcome | null = null;
  for (const command of program.commands) {
    const one = byTokens(rules, 'Shell', (pattern) => fitsCommand(pattern, command));
    if (one.verdict === 'deny') return one;
    if (result === null || one.verdict === 'ask') result = one;
  }
  return result ?? outcome('ask', decision('default', 'no rule'));
}

/** `Shell(git)` is the program with whatever follows; `Shell(git push)` the words as well; stars as in the shell. */
function fitsCommand(pattern: string, command: SimpleCommand): boolean {
  const words = command.words.map((word) => word.value ?? word.raw);
  const text = words.join(' ');
  if (matchesWildcard(pattern, text)) return true;
  const plain = pattern.replace(/:\*$/, '');
  return text === plain || text.startsWith(`${plain} `) || (words[0] ?? '').replace(/^.*\//, '') === plain;
}

function fitsDomain(pattern: string, url: string): boolean {
  let name: string;
  try {
    name = new URL(url).hostname.toLowerCase();
  } catch {
    return false;
  }
  return matchesWildcard(pattern.toLowerCase(), name);
}

/** Seen as `server:tool` and as `server, tool`. */
function fitsTool(pattern: string, server: string, tool: string): boolean {
  const [wantedServer = '', wantedTool = '*'] = pattern.split(/\s*[:,]\s*/);
  return matchesWildcard(wantedServer, server) && matchesWildcard(wantedTool, tool);
}

/** The editor: its run mode and switches lie in its own database, so only the two lists are known. */
function inEditor(
  rules: Rules,
  setting: Setting,
  call: Call,
  program: (text: string) => ShellProgram,
  trace: Trace | null,
): Outcome {
  assume(trace, 'the run mode of the editor lies in its own database; taken as "ask, except what the lists allow"');
  if (call.type === 'shell') {
    const read = program(call.command);
    const allowed =
      read.unreadable || read.commands.length === 0
        ? []
        : read.commands.map((command) => rules.terminal.find((one) => fitsCommand(String(one['rule']), command)));
    const [first] = allowed;
    return first !== undefined && allowed.every((one) => one !== undefined)
      ? outcome('allow', decision('rule', `terminalAllowlist ${String(first['rule'])}`, placeOf(first)))
      : outcome('ask', decision('default', 'not in the list of commands that run by themselves'));
  }
  if (call.type === 'mcp') {
    const found = rules.servers.find((one) => fitsTool(String(one['rule']), call.server, call.name));
    return found === undefined
      ? outcome('ask', decision('default', 'not in the list of tools that run by themselves'))
      : outcome('allow', decision('rule', `mcpAllowlist ${String(found['rule'])}`, placeOf(found)));
  }
  if (call.type === 'read' || call.type === 'list' || call.type === 'search')
    return outcome('allow', decision('built-in', 'reading is not asked for'));
  if (call.type === 'write' || call.type === 'edit')
    return outcome(
      'allow',
      decision(
        'built-in',
        `edits are applied, to be kept or undone by the person: ${absolutePath(call.path, setting)}`,
      ),
    );
  return outcome('unknown', decision('default', `not known how Cursor treats this ${call.type}`));
}
