import type { Call } from '../../call.ts';
import type { Evaluator, Policy } from '../../evaluator.ts';
import { matchesPathGlob, matchesWildcard } from '../../globs.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import { assume, decision, newTrace } from '../../verdict.ts';

const host = 'continue';

/** Tools that only read, allowed by default. */
const readers = new Set(['Read', 'List', 'Search', 'Fetch', 'Diff', 'Checklist', 'Status']);

/** Continue CLI (2026-06): mode, then flags, then the permissions file, then defaults; the first source that speaks decides. */
export const continueEvaluator: Evaluator = {
  host,
  title: 'Continue',
  aliases: ['continue-cli', 'cn'],
  versions: [{ version: '2026-06', from: 'documented' }],
  toolCall,
  compile({ facts, setting }): Policy {
    const { user, projects } = hostAgents(facts, host, setting.workingDirectory);
    const members = [user, ...projects.map(({ asset }) => asset)].flatMap((asset) => locatedOf(asset, 'permissions'));
    const mode =
      setting.mode ??
      (setting.flags.includes('--auto') ? 'auto' : setting.flags.includes('--readonly') ? 'plan' : 'normal');
    const headless = setting.context === 'headless' || setting.context === 'ci';
    const fits = (one: Located, tool: string, call: Call): boolean => {
      if (!matchesWildcard(String(one['tool'] ?? ''), tool)) return false;
      const argument = one['argument'];
      if (typeof argument !== 'string' || argument === '*') return true;
      switch (call.type) {
        case 'shell':
          return matchesWildcard(argument, call.command);
        case 'read':
        case 'write':
        case 'edit':
        case 'list':
        case 'delete':
          return matchesPathGlob(argument, absolutePath(call.path, setting), setting);
        case 'fetch':
          return matchesWildcard(argument, call.url);
        default:
          return false;
      }
    };
    const ruled = (call: Call, tool: string): Outcome => {
      for (const [list, effect] of [
        ['exclude', 'hidden'],
        ['ask', 'ask'],
        ['allow', 'allow'],
      ] as const) {
        const found = members.find((one) => one['list'] === list && fits(one, tool, call));
        if (found !== undefined)
          return outcome(effect, decision('rule', `${list} ${String(found['rule'])}`, placeOf(found)));
      }
      return readers.has(tool)
        ? outcome('allow', decision('built-in', 'reading tools are allowed by default'))
        : outcome('ask', decision('default', 'asks by default'));
    };
    const decide = (call: Call): Outcome => {
      const tool = toolOf(call);
      if (tool === null)
        return outcome('unknown', decision('default', `not known how Continue treats this ${call.type}`));
      if (mode === 'auto')
        return outcome('allow', decision('mode', '--auto is absolute: the permissions file is not asked'));
      if (mode === 'plan')
        return readers.has(tool) || tool === 'Bash'
          ? outcome('allow', decision('mode', 'plan mode allows reading tools and Bash'))
          : outcome('hidden', decision('mode', 'plan mode is absolute'));
      const result = ruled(call, tool);
      return result.verdict === 'ask' && headless
        ? outcome('hidden', decision('headless', 'tools that ask are left out without a user'))
        : result;
    };
    return {
      host,
      version: setting.version ?? '2026-06',
      inert: [],
      verdict: (call) => decide(call).verdict,
      explain(call) {
        const trace = newTrace();
        assume(
          trace,
          'the command line of Continue (cn) of 2026-06, as documented; the editor asks by its own settings',
        );
        return answerOf(decide(call), trace, []);
      },
    };
  },
};

function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const path = text(input['path'] ?? input['filepath']);
  switch (tool) {
    case 'Bash':
      return { type: 'shell', tool, command: text(input['command']) };
    case 'Read':
      return { type: 'read', tool, path };
    case 'List':
      return { type: 'list', tool, path };
    case 'Write':
      return { type: 'write', tool, path };
    case 'Edit':
    case 'MultiEdit':
      return { type: 'edit', tool, path };
    case 'Search':
      return { type: 'search', tool, pattern: text(input['pattern']) };
    case 'Fetch':
      return { type: 'fetch', tool, url: text(input['url']) };
  }
  return tool === '' ? null : { type: 'tool', tool, name: tool, input };
}

function toolOf(call: Call): string | null {
  if (call.tool !== undefined) return call.tool;
  switch (call.type) {
    case 'shell':
    case 'delete':
      return 'Bash';
    case 'read':
      return 'Read';
    case 'list':
      return 'List';
    case 'write':
      return 'Write';
    case 'edit':
      return 'Edit';
    case 'search':
      return 'Search';
    case 'fetch':
      return 'Fetch';
    case 'mcp':
    case 'tool':
      return call.name;
    default:
      return null;
  }
}
