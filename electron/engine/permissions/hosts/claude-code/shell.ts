import { absolutePath } from '../../paths.ts';
import type { Call } from '../../call.ts';
import type { ShellProgram, SimpleCommand } from '../../shell/program.ts';
import { assume, decision, note, type Trace } from '../../verdict.ts';
import { byMode, byRule, type Context, isInWorkingDirectories, outcome, type Outcome } from './context.ts';
import { first, writeVerdict } from './files.ts';
import { isReadOnly, operandsOf } from './read-only.ts';
import type { Rule } from './rule.ts';
import {
  allowReaches,
  allowTexts,
  assignedVariables,
  isBareShell,
  matchesParameter,
  matchesPattern,
  neverPrefixApproved,
  strictTexts,
} from './shell-rules.ts';

type Shell = Extract<Call, { type: 'shell' }>;

/** Bash. Documentation 2026-08-22 (v2.1.240): permissions, sandboxing; deviations seen on 2.1.328. */
export function shellVerdict(context: Context, call: Shell, trace: Trace | null): Outcome {
  const program = context.program(call.command);
  const rules = context.byTool('Bash');
  const sandbox = sandboxed(context, program, call, trace);
  const bareDeny = rules.deny.find(isBareShell);
  if (bareDeny !== undefined) return outcome('hidden', byRule(bareDeny));
  if (program.unreadable)
    return outcome('ask', decision('built-in', 'the command cannot be parsed, or is longer than 10,000 characters'));
  const strict = strictOf(program);
  const hit = (list: readonly Rule[]): Rule | undefined =>
    list.find((rule) => {
      if (rule.specifier === null) return false;
      const parameter = matchesParameter(rule.specifier, call.background === true);
      if (parameter !== null) return parameter;
      return strict.some((text) => matchesPattern(rule.specifier ?? '', text));
    });
  const denied = hit(rules.deny);
  if (denied !== undefined) return outcome('deny', byRule(denied));
  const deniedPath = pathRuleHit(context, program, 'deny');
  if (deniedPath !== null) return outcome('deny', byRule(deniedPath));
  const asked = hit(rules.ask);
  if (asked !== undefined) return outcome('ask', byRule(asked));
  const critical = criticalRemoval(context, program);
  if (critical !== null) return outcome('ask', decision('built-in', `rm of a critical path: ${critical}`));
  const bareAsk = rules.ask.find(isBareShell);
  if (bareAsk !== undefined) {
    if (!sandbox) return outcome('ask', byRule(bareAsk));
    note(trace, () => ({
      ...byRule(bareAsk),
      outcome: 'lost',
      effect: 'ask',
      why: 'a bare Bash ask rule is skipped for sandboxed commands',
    }));
  }
  const askedPath = pathRuleHit(context, program, 'ask');
  if (askedPath !== null) return outcome('ask', byRule(askedPath));
  if (sandbox) return outcome('allow', context.effective.sandbox.from ?? decision('sandbox', 'sandbox'));
  return allowed(context, program, rules.allow, trace);
}

function allowed(context: Context, program: ShellProgram, rules: readonly Rule[], trace: Trace | null): Outcome {
  const bare = rules.find(isBareShell);
  if (context.mode === 'auto' && bare !== undefined) {
    note(trace, () => ({
      ...byRule(bare),
      outcome: 'not-applied',
      effect: 'allow',
      why: 'auto mode drops Bash(*) on entry',
    }));
  } else if (bare !== undefined) {
    const target = redirectedWrites(context, program, true, trace);
    return target ?? outcome('allow', byRule(bare));
  }
  if (context.mode === 'bypassPermissions') return byMode(context);
  let decided: Outcome | null = null;
  for (const command of program.commands) {
    const one = commandVerdict(context, command, program, rules, trace);
    if (one.verdict !== 'allow') return one;
    decided = decided === null || decided.by.kind === 'built-in' ? one : decided;
  }
  const target = redirectedWrites(context, program, false, trace);
  if (target !== null) return target;
  return decided ?? byMode(context);
}

function commandVerdict(
  context: Context,
  command: SimpleCommand,
  program: ShellProgram,
  rules: readonly Rule[],
  trace: Trace | null,
): Outcome {
  const outside = operandsOf(command)
    .map((path) => absolutePath(path, context.setting))
    .find(
      (path) =>
        !isInWorkingDirectories(context, path) &&
        first(context.readRules, 'allow', path, true) === null &&
        path !== '/dev/null',
    );
  const blocked = outcome(
    'ask',
    decision('working-directory', `${outside ?? ''} is outside of the working directories`),
  );
  if (isReadOnly(command)) {
    if (outside === undefined) return outcome('allow', decision('built-in', 'built-in read-only set'));
    return context.mode === 'auto' ? byMode(context) : blocked;
  }
  const texts = allowTexts(command);
  const rule = neverPrefixApproved(command)
    ? undefined
    : rules.find(({ specifier }) => specifier !== null && texts.some((text) => matchesPattern(specifier, text)));
  if (rule !== undefined) {
    const reach = allowReaches(command, program);
    if (reach === null && outside === undefined) return outcome('allow', byRule(rule));
    note(trace, () => ({
      ...byRule(rule),
      outcome: 'narrowed',
      effect: 'ask',
      why: reach ?? 'a prefix does not lift the check of the folder',
    }));
    if (reach === null) return blocked;
  }
  if (context.mode === 'acceptEdits' && editsOnly(context, command))
    return outcome('allow', context.effective.modeFrom);
  return byMode(context);
}

const editCommands = new Set(['mkdir', 'touch', 'rm', 'rmdir', 'mv', 'cp', 'sed']);

/** What acceptEdits lets through: seven commands, inside of the working directories, no protected path. */
function editsOnly(context: Context, command: SimpleCommand): boolean {
  if (!editCommands.has(command.words[0]?.value ?? '')) return false;
  const operands = command.words.slice(1).filter((word) => word.value === null || !word.value.startsWith('-'));
  if (operands.some((word) => word.value === null)) return false;
  const paths = (command.words[0]?.value === 'sed' ? operands.slice(1) : operands).map((word) =>
    absolutePath(word.value ?? '', context.setting),
  );
  return paths.every(
    (path) => isInWorkingDirectories(context, path) && writeVerdict(context, path, 'Edit', null).verdict === 'allow',
  );
}

const strictByProgram = new WeakMap<ShellProgram, readonly string[]>();

/** Texts of all commands that deny and ask rules are held against; worked out once per program. */
function strictOf(program: ShellProgram): readonly string[] {
  let texts = strictByProgram.get(program);
  if (texts === undefined) {
    const variables = assignedVariables(program);
    texts = [...new Set(program.commands.flatMap((command) => strictTexts(command, variables)))];
    strictByProgram.set(program, texts);
  }
  return texts;
}

/** Null where every redirection is fine. A prefix rule does not cover the file; bare Bash does, protected paths apart. */
function redirectedWrites(context: Context, program: ShellProgram, bare: boolean, trace: Trace | null): Outcome | null {
  for (const command of program.commands) {
    for (const { kind, target } of command.redirections) {
      if (kind !== 'write' && kind !== 'append') continue;
      if (target === '/dev/null' || target === '/dev/stderr' || target === '/dev/stdout') continue;
      if (target === null) {
        if (bare) continue;
        return outcome('ask', decision('built-in', 'the redirection goes to a file that is computed'));
      }
      const path = absolutePath(target, context.setting);
      const write = writeVerdict(context, path, 'Edit', trace);
      if (write.verdict === 'allow') continue;
      if (bare && write.by.kind !== 'protected-path') continue;
      return outcome(write.verdict, {
        ...write.by,
        kind: write.by.kind === 'protected-path' ? 'protected-path' : 'built-in',
        rule: `file-write check on the redirection target ${target}: ${write.by.rule}`,
      });
    }
  }
  return null;
}

/** Read rules over the operands of recognised file commands, Edit rules over redirection targets. */
function pathRuleHit(context: Context, program: ShellProgram, effect: 'deny' | 'ask'): Rule | null {
  for (const command of program.commands) {
    for (const operand of operandsOf(command)) {
      const rule = first(context.readRules, effect, absolutePath(operand, context.setting), effect === 'deny');
      if (rule !== null) return rule;
    }
    for (const { kind, target } of command.redirections) {
      if (target === null) continue;
      const path = absolutePath(target, context.setting);
      const rules =
        kind === 'read' ? context.readRules : kind === 'write' || kind === 'append' ? context.editRules : [];
      const rule = first(rules, effect, path, false);
      if (rule !== null) return rule;
    }
  }
  return null;
}

/** `rm -rf /`, the home, the working directory and what is above it: asked for in every mode. */
function criticalRemoval(context: Context, program: ShellProgram): string | null {
  const { home, workingDirectory } = context.setting;
  for (const command of program.commands) {
    const words = command.words.map((word) => word.value);
    const at = words.findIndex((word) => word === 'rm' || word === 'rmdir');
    if (at < 0 || at > 3) continue;
    for (const word of command.words.slice(at + 1)) {
      if (word.value?.startsWith('-') === true) continue;
      if (word.value === null) {
        if (/^"?\$\{?\w+\}?"?\/\*/.test(word.raw)) return word.raw;
        continue;
      }
      const path = absolutePath(word.value, context.setting);
      const glob = path.endsWith('/*') ? path.slice(0, -2) || '/' : path;
      const parts = glob.split('/').filter((part) => part !== '');
      if (parts.length <= 1 || glob === home || glob === workingDirectory || workingDirectory.startsWith(`${glob}/`))
        return word.value;
    }
  }
  return null;
}

/** Whether the command runs in the sandbox and is approved by that. */
function sandboxed(context: Context, program: ShellProgram, call: Shell, trace: Trace | null): boolean {
  const { sandbox } = context.effective;
  if (!sandbox.enabled || !sandbox.autoAllow) return false;
  if (context.mode === 'plan') return false;
  if (context.setting.sandboxAvailable === false) {
    assume(trace, 'the sandbox cannot run here, so commands run outside of it with a warning');
    return false;
  }
  if (call.escalated === true) return false;
  if (context.setting.sandboxAvailable === null) assume(trace, 'the programs that the sandbox needs are installed');
  return !program.commands.some((command) =>
    sandbox.excluded.some(
      (pattern) => matchesPattern(pattern, command.bare) || matchesPattern(`${pattern} *`, command.bare),
    ),
  );
}
