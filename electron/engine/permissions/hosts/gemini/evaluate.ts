import type { Call } from '../../call.ts';
import type { Evaluator, Policy, Setting } from '../../evaluator.ts';
import { isInside } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import type { ShellProgram } from '../../shell/program.ts';
import { readProgram } from '../../shell/read-program.ts';
import { assume, decision, newTrace, note, type Trace } from '../../verdict.ts';
import { atLeast } from '../../versions.ts';
import { type GeminiSettings, geminiSettings, host, type PolicyRule } from './rules.ts';
import { toolCall, toolOf } from './tool-call.ts';

/** Gemini CLI: numbered policy rules, the highest that fits decides. Documentation v0.55.1; 0.61.0 as seen. */
export const geminiEvaluator: Evaluator = {
  host,
  title: 'Gemini CLI',
  aliases: ['gemini'],
  versions: [
    { version: '0.61.0', from: 'observed' },
    { version: '0.55.1', from: 'documented' },
  ],
  toolCall,
  compile({ facts, setting, grammar }): Policy {
    const version = /\d+(?:\.\d+)+/.exec(setting.version ?? '')?.[0] ?? '0.61.0';
    const settings = geminiSettings(facts, setting);
    const programs = new Map<string, ShellProgram>();
    const engine: Engine = {
      settings,
      setting,
      version,
      program(text) {
        let program = programs.get(text);
        if (program === undefined) {
          if (programs.size > 5000) programs.clear();
          program = readProgram(grammar, text);
          programs.set(text, program);
        }
        return program;
      },
    };
    return {
      host,
      version,
      inert: settings.inert,
      verdict: (call) => decide(engine, call, null).verdict,
      explain(call) {
        const trace = newTrace();
        assume(
          trace,
          `Gemini CLI ${version}${setting.version === null ? ', the newest whose semantics are known' : ''}`,
        );
        if (settings.trustFrom.startsWith('no record')) assume(trace, settings.trustFrom);
        return answerOf(decide(engine, call, trace), trace, settings.inert);
      },
    };
  },
};

type Engine = {
  readonly settings: GeminiSettings;
  readonly setting: Setting;
  readonly version: string;
  program(text: string): ShellProgram;
};

function decide(engine: Engine, call: Call, trace: Trace | null): Outcome {
  const { settings, setting } = engine;
  const tool = toolOf(call);
  if (tool === null)
    return outcome('unknown', decision('default', `not known how Gemini CLI treats this ${call.type}`));
  const removed = settings.removed(tool);
  if (removed !== null) return outcome('hidden', removed);
  if (settings.mode === 'plan' && tool === 'run_shell_command')
    return outcome('hidden', { ...settings.modeFrom, rule: 'plan mode hides the shell' });
  const result = call.type === 'shell' ? shell(engine, call.command, trace) : byRules(engine, tool, call, null, trace);
  const outside = result.verdict === 'deny' ? null : refusedByTool(engine, call);
  if (outside !== null) return outside;
  if (result.verdict !== 'ask' || !isHeadless(setting)) return result;
  const canRun = settings.rules.some(
    (rule) => rule.effect === 'allow' && fitsTool(rule, tool, call) && fitsMode(rule, engine),
  );
  note(trace, () => ({ ...result.by, outcome: 'narrowed', effect: 'ask', why: 'nobody can be asked' }));
  return atLeast(engine.version, '0.61.0') && !canRun
    ? outcome('hidden', decision('headless', 'a tool that could only ask is not offered with -p'))
    : outcome('deny', decision('headless', 'ask_user is deny without a user'));
}

const isHeadless = ({ context }: Setting): boolean => context === 'headless' || context === 'ci';

/** File tools refuse what lies outside of the workspace, and writes below `.git`, in every mode (seen on 0.61.0). */
function refusedByTool({ settings, setting, version }: Engine, call: Call): Outcome | null {
  if (call.type !== 'read' && call.type !== 'write' && call.type !== 'edit' && call.type !== 'list') return null;
  if (!atLeast(version, '0.61.0')) return null;
  const path = absolutePath(call.path, setting);
  const inside = settings.directories.some((folder) => isInside(path, folder));
  if (!inside) return outcome('deny', decision('working-directory', 'the tool refuses paths outside of the workspace'));
  const writes = call.type === 'write' || call.type === 'edit';
  return writes && path.split('/').includes('.git')
    ? outcome('deny', decision('protected-path', 'the tool refuses writes below .git'))
    : null;
}

/** The whole command first, then every part of it: deny beats ask beats allow among the parts. */
function shell(engine: Engine, command: string, trace: Trace | null): Outcome {
  const whole = byRules(engine, 'run_shell_command', null, command, trace);
  if (whole.verdict === 'deny') return whole;
  const program = engine.program(command);
  if (program.unreadable)
    return engine.settings.mode === 'yolo'
      ? whole
      : outcome('ask', decision('built-in', 'the command cannot be parsed'));
  if (atLeast(engine.version, '0.61.0') && substitutes(program))
    return outcome('deny', decision('built-in', 'the tool refuses command substitution, in every mode'));
  // A group or a negation is held against the rules as a whole, and what is inside as well (seen on 0.61.0).
  const grouped = program.structures.has('group') || program.structures.has('negation');
  const texts = grouped ? [command, ...partsOf(engine, program)] : partsOf(engine, program);
  let worst = texts.length > 1 || texts[0] !== command ? null : whole;
  for (const text of texts) {
    if (worst === whole) break;
    const one = byRules(engine, 'run_shell_command', null, text, trace);
    if (worst === null || rank(one) > rank(worst)) worst = one;
  }
  const result = worst ?? whole;
  if (result.verdict === 'allow' && redirects(program) && !letsRedirect(engine, result)) {
    note(trace, () => ({
      ...result.by,
      outcome: 'narrowed',
      effect: 'ask',
      why: 'a redirection asks unless the rule allows it',
    }));
    return outcome('ask', decision('built-in', 'the command redirects into a file'));
  }
  return result;
}

/** `$()`, backquotes, `<()` and `>()`: refused by the tool itself (seen on 0.61.0). */
const substitutes = ({ structures }: ShellProgram): boolean =>
  structures.has('substitution') || structures.has('process-substitution');

const rank = ({ verdict }: Outcome): number => (verdict === 'deny' ? 2 : verdict === 'ask' ? 1 : 0);

/** Commands inside of compounds, substitutions and `bash -c`; assignments and sudo are not seen past. */
function partsOf(engine: Engine, program: ShellProgram, depth = 0): readonly string[] {
  return program.commands.flatMap((command) => {
    const [name, flag, script] = command.words.map((word) => word.value);
    if (depth < 3 && (name === 'bash' || name === 'sh') && flag === '-c' && typeof script === 'string') {
      const inner = engine.program(script);
      if (!inner.unreadable) return [command.text, ...partsOf(engine, inner, depth + 1)];
    }
    return [command.text];
  });
}

/** Any redirection counts, also `2>&1`, `< file` and here-strings (seen on 0.61.0). */
const redirects = (program: ShellProgram): boolean => program.structures.has('redirection');

/** In auto_edit and yolo a redirection is no reason to ask. */
function letsRedirect({ settings }: Engine, result: Outcome): boolean {
  if (settings.mode === 'autoEdit' || settings.mode === 'yolo') return true;
  return settings.rules.some((rule) => rule.allowRedirection === true && rule.text === result.by.rule);
}

function byRules(
  engine: Engine,
  tool: string,
  call: Call | null,
  command: string | null,
  trace: Trace | null,
): Outcome {
  const json = call === null && command === null ? '' : stableJson(command === null ? argumentsOf(call) : { command });
  for (const rule of engine.settings.rules) {
    if (!fitsTool(rule, tool, call) || !fitsMode(rule, engine)) continue;
    if (
      rule.prefixes !== undefined &&
      (command === null || !rule.prefixes.some((prefix) => beginsWith(command, prefix)))
    )
      continue;
    if (rule.pattern !== undefined && !rule.pattern.test(json)) continue;
    // Plain readers run by themselves in the built-in tier (seen on 0.61.0).
    if (command !== null && rule.effect === 'ask' && rule.priority < 2 && isSafe(command))
      return outcome('allow', decision('built-in', 'built-in safe command'));
    const kind = rule.place === null ? (rule.modes === undefined ? 'default' : 'mode') : 'rule';
    return outcome(
      rule.effect,
      decision(kind, rule.text, rule.place ?? (kind === 'mode' ? engine.settings.modeFrom.place : null)),
    );
  }
  assume(trace, 'no rule fits, so the person is asked');
  return outcome('ask', decision('default', 'no rule: ask_user'));
}

function fitsTool(rule: PolicyRule, tool: string, call: Call | null): boolean {
  if (rule.server !== undefined) {
    if (call?.type !== 'mcp' || call.server !== rule.server) return false;
    return rule.tools.length === 0 || rule.tools.some((pattern) => glob(pattern, call.name) || glob(pattern, tool));
  }
  return rule.tools.length === 0 || rule.tools.some((pattern) => glob(pattern, tool));
}

const fitsMode = (rule: PolicyRule, { settings, setting }: Engine): boolean =>
  (rule.modes === undefined || rule.modes.includes(settings.mode)) &&
  (rule.interactive === undefined || rule.interactive !== isHeadless(setting));

/** `git` fits `git` and `git push`, not `gitk`. */
const beginsWith = (command: string, prefix: string): boolean =>
  command.startsWith(prefix) &&
  (command.length === prefix.length || /[\s"']/.test(command[prefix.length] ?? '') || /\s$/.test(prefix));

const globs = new Map<string, RegExp>();

function glob(pattern: string, text: string): boolean {
  if (pattern === '*' || pattern === text) return true;
  if (!pattern.includes('*')) return false;
  let expression = globs.get(pattern);
  if (expression === undefined) {
    if (globs.size > 2000) globs.clear();
    expression = new RegExp(
      `^${pattern
        .split(/\*+/)
        .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^]*')}$`,
    );
    globs.set(pattern, expression);
  }
  return expression.test(text);
}

const safeCommands = new Set([
  'ls',
  'pwd',
  'cat',
  'echo',
  'head',
  'tail',
  'wc',
  'which',
  'whoami',
  'date',
  'grep',
  'stat',
  'uname',
  'id',
]);

/** Readers that 0.61.0 ran without asking; only `ls` was seen, the rest are its documented company. */
function isSafe(command: string): boolean {
  return /^[\w./ =:@%+,-]+$/.test(command) && safeCommands.has(command.trim().split(/\s+/)[0] ?? '');
}

function argumentsOf(call: Call | null): Readonly<Record<string, unknown>> {
  if (call === null) return {};
  switch (call.type) {
    case 'mcp':
      return call.arguments ?? {};
    case 'read':
    case 'write':
    case 'edit':
    case 'list':
    case 'delete':
      return { file_path: call.path };
    case 'fetch':
      return { prompt: call.url };
    case 'tool':
      return call.input;
    default:
      return {};
  }
}

/** Keys in order, no blanks: what `argsPattern` is applied to. */
function stableJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stableJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${stableJson(one)}`).join(',')}}`;
}
