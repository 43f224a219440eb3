import type { Call } from '../../call.ts';
import type { Evaluator, Policy } from '../../evaluator.ts';
import { matchesPathGlob, matchesWildcard } from '../../globs.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import { programReader } from '../../programs.ts';
import type { SimpleCommand } from '../../shell/program.ts';
import { assume, decision, newTrace } from '../../verdict.ts';

const host = 'devin';

/** Devin Local and its command line (after 2026-06-02): allow, deny and ask lists of `Exec(...)`, `Read(...)`, `Write(...)`. Excerpts. */
export const devinEvaluator: Evaluator = {
  host,
  title: 'Devin',
  aliases: ['devin-local', 'devin-desktop'],
  versions: [{ version: 'after 2026-06-02', from: 'excerpt' }],
  toolCall,
  compile({ facts, setting, grammar }): Policy {
    const { user, projects } = hostAgents(facts, host, setting.workingDirectory);
    const members = [user, ...projects.map(({ asset }) => asset)].flatMap((asset) => locatedOf(asset, 'permissions'));
    const program = programReader(grammar);
    const fits = (one: Located, kind: string, test: (pattern: string) => boolean): boolean => {
      const match = /^(\w+)(?:\(([\s\S]*)\))?$/.exec(String(one['rule'] ?? ''));
      return match?.[1] === kind && (match[2] === undefined || test(match[2]));
    };
    const byLists = (kind: string, test: (pattern: string) => boolean): Outcome => {
      for (const list of ['deny', 'ask', 'allow'] as const) {
        const found = members.find((one) => one['list'] === list && fits(one, kind, test));
        if (found !== undefined)
          return outcome(list, decision('rule', `${list} ${String(found['rule'])}`, placeOf(found)));
      }
      return outcome('ask', decision('default', 'no rule'));
    };
    const decide = (call: Call): Outcome => {
      switch (call.type) {
        case 'shell': {
          const read = program(call.command);
          if (read.unreadable) return outcome('ask', decision('built-in', 'the command cannot be parsed'));
          const results = read.commands.map((command) => byLists('Exec', (pattern) => begins(pattern, command)));
          return (
            results.find(({ verdict }) => verdict === 'deny') ??
            results.find(({ verdict }) => verdict === 'ask') ??
            results[0] ??
            outcome('ask', decision('default', 'no rule'))
          );
        }
        case 'read':
        case 'list':
          return byLists('Read', (pattern) => matchesPathGlob(pattern, absolutePath(call.path, setting), setting));
        case 'write':
        case 'edit':
        case 'delete':
          return byLists('Write', (pattern) => matchesPathGlob(pattern, absolutePath(call.path, setting), setting));
        default:
          return outcome(
            'unknown',
            decision('default', `not known how Devin treats this ${call.type}; team settings lie in its web console`),
          );
      }
    };
    return {
      host,
      version: setting.version ?? 'after 2026-06-02',
      inert: [],
      verdict: (call) => decide(call).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, 'Devin Local after 2026-06-02, from excerpts; team settings of the web console are not in files');
        return answerOf(decide(call), trace, []);
      },
    };
  },
};

function begins(pattern: string, command: SimpleCommand): boolean {
  const text = command.words.map((word) => word.value ?? word.raw).join(' ');
  return text === pattern || text.startsWith(`${pattern} `) || matchesWildcard(pattern, text);
}

function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  switch (tool) {
    case 'Exec':
      return { type: 'shell', tool, command: text(input['command']) };
    case 'Read':
      return { type: 'read', tool, path: text(input['path']) };
    case 'Write':
      return { type: 'write', tool, path: text(input['path']) };
    case 'Edit':
      return { type: 'edit', tool, path: text(input['path']) };
  }
  return null;
}
