import type { MergedAsset } from '../../../sources/source.ts';
import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy, Setting } from '../../evaluator.ts';
import { absolutePath } from '../../paths.ts';
import type { ShellGrammar } from '../../shell/grammar.ts';
import { readProgram } from '../../shell/read-program.ts';
import type { ShellProgram } from '../../shell/program.ts';
import {
  type Answer,
  assume,
  type Decision,
  decision,
  type InertRule,
  newTrace,
  note,
  type Trace,
  type Verdict,
} from '../../verdict.ts';
import { atLeast } from '../../versions.ts';
import { byMode, byRule, type Context, outcome, type Outcome } from './context.ts';
import { fileVerdict } from './files.ts';
import { hooksFor } from './hooks.ts';
import { pathRule, type PathRule } from './path-rules.ts';
import { matchesTool, type Rule } from './rule.ts';
import { serverStates } from './servers.ts';
import { type Effective, effectiveSettings, host } from './settings.ts';
import { shellVerdict } from './shell.ts';
import { subAgentOf, type SubAgent } from './sub-agent.ts';
import { toolCall } from './tool-call.ts';
import { hostOf, isPreapproved, matchesWeb } from './web-rules.ts';

/** Claude Code: documentation of 2026-08-22 (v2.1.240), and what 2.1.328 did where it differed. */
export const claudeCodeEvaluator: Evaluator = {
  host,
  title: 'Claude Code',
  versions: [
    { version: '2.1.328', from: 'observed' },
    { version: '2.1.240', from: 'documented' },
  ],
  toolCall,
  compile,
};

function compile({
  facts,
  agent,
  setting,
  grammar,
}: {
  readonly facts: PermissionFacts;
  readonly agent: MergedAsset | null;
  readonly setting: Setting;
  readonly grammar: ShellGrammar;
}): Policy {
  const version = setting.version ?? '2.1.328';
  const observed = atLeast(version, '2.1.328');
  const effective = effectiveSettings(facts, setting, observed);
  const subAgent = subAgentOf(agent, effective.mode, observed);
  const context = contextOf(effective, setting, observed, subAgent, grammar);
  const servers = serverStates(facts, setting);
  const hooks = hooksFor(facts, effective, setting);

  function decide(call: Call, trace: Trace | null): Outcome {
    const tool = toolOf(call);
    const absent = subAgent?.withheld(tool) ?? null;
    if (absent !== null) return outcome('hidden', absent);
    if (call.type === 'connect') return servers.connect(call.server);
    if (call.type === 'mcp') {
      const state = servers.stateOf(call.server, trace);
      if (state !== null) return state;
    }
    const blocked = hooks.blocks(tool, call, trace);
    if (blocked !== null) return outcome('deny', blocked);
    return unasked(context, ruled(context, call, tool, trace), trace);
  }

  return {
    host,
    version,
    inert: [...effective.inert, ...effective.modeNotes],
    verdict: (call) => decide(call, null).verdict,
    explain(call) {
      const trace = newTrace();
      assume(
        trace,
        `Claude Code ${version}${setting.version === null ? ', the newest whose semantics are known' : ''}`,
      );
      if (effective.trustFrom.startsWith('no record')) assume(trace, effective.trustFrom);
      const { verdict, by } = decide(call, trace);
      return answerOf(verdict, by, trace, [...effective.inert, ...effective.modeNotes], toolOf(call));
    },
  };
}

function contextOf(
  effective: Effective,
  setting: Setting,
  observed: boolean,
  subAgent: SubAgent | null,
  grammar: ShellGrammar,
): Context {
  const anchors = {
    home: setting.home,
    workingDirectory: setting.workingDirectory,
    settingsFolder: (rule: Rule): string =>
      rule.place.scope === 'user'
        ? `${setting.home}/.claude`
        : rule.place.scope === 'project'
          ? effective.projectFolder
          : setting.workingDirectory,
  };
  const rules = [...effective.rules, ...(subAgent?.rules ?? [])];
  const paths = (tool: string): readonly PathRule[] =>
    rules.filter((rule) => rule.tool === tool).map((rule) => pathRule(rule, anchors));
  const found = new Map<string, ReturnType<Context['byTool']>>();
  const programs = new Map<string, ShellProgram>();
  return {
    setting,
    observed,
    effective,
    mode: subAgent?.mode ?? effective.mode,
    byTool(tool) {
      let list = found.get(tool);
      if (list === undefined) {
        if (found.size > 10_000) found.clear();
        const fitting = rules.filter((rule) => matchesTool(rule.tool, tool));
        list = {
          deny: fitting.filter((rule) => rule.effect === 'deny'),
          ask: fitting.filter((rule) => rule.effect === 'ask'),
          allow: fitting.filter((rule) => rule.effect === 'allow'),
        };
        found.set(tool, list);
      }
      return list;
    },
    readRules: paths('Read'),
    editRules: paths('Edit'),
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
}

/** Rules, built-in behaviour and mode; a question is still a question here. */
function ruled(context: Context, call: Call, tool: string, trace: Trace | null): Outcome {
  switch (call.type) {
    case 'shell':
      return shellVerdict(context, call, trace);
    case 'read':
    case 'list':
    case 'write':
    case 'edit':
    case 'delete':
      return fileVerdict(context, call.type, absolutePath(call.path, context.setting), tool, trace);
    case 'search':
      return fileVerdict(context, 'read', absolutePath(call.path ?? '.', context.setting), tool, trace);
    case 'fetch':
      return simple(context, tool, trace, {
        fits: (rule) => matchesWeb(rule, call.url),
        silent: isPreapproved(hostOf(call.url) ?? '') ? 'documentation host that needs no approval' : null,
      });
    case 'mcp':
      return simple(context, tool, trace, {
        fits: (rule) => rule.specifier === null,
        silent: null,
        planAsks: call.hints?.readOnly !== true && context.observed,
      });
    case 'agent':
      return simple(context, 'Agent', trace, {
        fits: (rule) => rule.specifier === null || rule.specifier === call.name,
        silent: 'starting a sub-agent needs no approval',
      });
    case 'skill':
      return simple(context, 'Skill', trace, {
        fits: (rule) => rule.specifier === null || rule.specifier === call.name || rule.specifier === `${call.name} *`,
        silent: null,
      });
    case 'search-web':
    case 'code':
    case 'tool':
      return simple(context, tool, trace, {
        fits: (rule) => rule.specifier === null,
        silent: silentTools.get(tool) ?? null,
      });
    case 'connect':
      return outcome(
        'unknown',
        decision('default', 'connecting a server is decided by its state, ask for a tool of it'),
      );
    case 'hook':
      return context.effective.trusted || context.setting.context === 'headless'
        ? outcome('allow', decision('trust', 'hooks of the repository run in a trusted folder, and with -p in any'))
        : outcome('deny', decision('trust', 'hooks of the repository wait for trust'));
    case 'flag':
      return flagVerdict(context, call.flag);
  }
}

const silentTools = new Map([
  ['TodoWrite', 'touches nothing outside of the session'],
  ['TaskOutput', 'reads what the session itself started'],
  ['BashOutput', 'reads what the session itself started'],
  ['KillShell', 'ends what the session itself started'],
  ['ExitPlanMode', 'a person approves the plan itself'],
]);

function flagVerdict(context: Context, flag: string): Outcome {
  if (flag !== '--dangerously-skip-permissions') return outcome('unknown', decision('default', `flag ${flag}`));
  const off = context.effective.value('permissions.disableBypassPermissionsMode');
  return off?.['value'] === 'disable'
    ? outcome(
        'deny',
        decision('policy', 'disableBypassPermissionsMode', { file: off.place, line: off.line, scope: off.scope }),
      )
    : outcome('allow', decision('default', 'nothing forbids the flag'));
}

type SimpleCase = {
  readonly fits: (rule: Rule) => boolean;
  /** Why the tool runs without approval by itself. */
  readonly silent: string | null;
  /** Plan mode asks in spite of an allow rule. */
  readonly planAsks?: boolean;
};

/** Tools whose rules are held against one thing at a time. */
function simple(context: Context, tool: string, trace: Trace | null, one: SimpleCase): Outcome {
  const { deny, ask, allow } = context.byTool(tool);
  const denied = deny.find((rule) => rule.specifier === null && one.fits(rule)) ?? deny.find(one.fits);
  if (denied !== undefined) return outcome(denied.specifier === null ? 'hidden' : 'deny', byRule(denied));
  const asked = ask.find(one.fits);
  if (asked !== undefined) return outcome('ask', byRule(asked));
  const allowed = allow.find(one.fits);
  if (allowed !== undefined) {
    if (one.planAsks !== true || context.mode !== 'plan') return outcome('allow', byRule(allowed));
    note(trace, () => ({
      ...byRule(allowed),
      outcome: 'narrowed',
      effect: 'ask',
      why: 'plan mode asks for a tool that may write',
    }));
  }
  if (one.silent !== null) return outcome('allow', decision('built-in', one.silent));
  return byMode(context);
}

/** Where nobody can be asked, a question is a refusal. */
function unasked(context: Context, result: Outcome, trace: Trace | null): Outcome {
  if (result.verdict !== 'ask') return result;
  if (context.mode === 'dontAsk') {
    note(trace, () => ({ ...result.by, outcome: 'narrowed', effect: 'ask', why: 'dontAsk refuses what would ask' }));
    return outcome('deny', decision('mode', 'mode dontAsk', context.effective.modeFrom.place));
  }
  const { context: launch } = context.setting;
  if (launch !== 'headless' && launch !== 'ci') return result;
  note(trace, () => ({ ...result.by, outcome: 'narrowed', effect: 'ask', why: 'nobody can be asked' }));
  return outcome('deny', decision('headless', 'no prompt available: a session with -p refuses what would ask'));
}

/** Name of the tool that Claude Code would use for a call. */
export function toolOf(call: Call): string {
  if (call.tool !== undefined) return call.tool;
  switch (call.type) {
    case 'shell':
    case 'delete':
      return 'Bash';
    case 'read':
    case 'list':
      return 'Read';
    case 'write':
      return 'Write';
    case 'edit':
      return 'Edit';
    case 'search':
      return 'Grep';
    case 'fetch':
      return 'WebFetch';
    case 'search-web':
      return 'WebSearch';
    case 'mcp':
      return `mcp__${call.server}__${call.name}`;
    case 'agent':
      return 'Agent';
    case 'skill':
      return 'Skill';
    case 'code':
      return 'Bash';
    case 'tool':
      return call.name;
    case 'connect':
    case 'hook':
    case 'flag':
      return '';
  }
}

function answerOf(verdict: Verdict, by: Decision, trace: Trace, inert: readonly InertRule[], tool: string): Answer {
  trace.steps.push({ ...by, outcome: 'decided', effect: verdict, why: '' });
  return {
    verdict,
    decidedBy: by,
    chain: trace.steps,
    inert: inert.filter((one) => speaksOf(one.rule, tool)),
    assumptions: trace.assumptions,
  };
}

/** Inert rules that somebody would have expected to count here: of the same tool or family. */
function speaksOf(rule: string, tool: string): boolean {
  const named = /^(?:allow|ask|deny)\s+([^\s(]+)/.exec(rule)?.[1];
  if (named === undefined) return true;
  if (matchesTool(named, tool) || named.includes('*')) return true;
  const files = ['Read', 'Edit', 'Write', 'MultiEdit', 'NotebookEdit', 'Glob', 'Grep'];
  return files.includes(named) && (files.includes(tool) || tool === 'Bash');
}
