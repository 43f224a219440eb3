import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy, Setting } from '../../evaluator.ts';
import { safeExpression } from '../../globs.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import { programReader } from '../../programs.ts';
import { serversOf } from '../../server-facts.ts';
import type { ShellProgram } from '../../shell/program.ts';
import { assume, decision, type InertRule, newTrace } from '../../verdict.ts';

const host = 'zed';

/** Zed 0.224 and newer: built-in, always_deny, always_confirm, always_allow, default of the tool, global default. Documentation. */
export const zedEvaluator: Evaluator = {
  host,
  title: 'Zed',
  versions: [{ version: '0.224.0', from: 'documented' }],
  toolCall,
  compile({ facts, setting, grammar }): Policy {
    const { members, inert } = rulesOf(facts, setting);
    const program = programReader(grammar);
    const servers = serversOf(facts, host, setting);
    const decide = (call: Call): Outcome => {
      const tool = toolOf(call);
      if (tool === null) return outcome('unknown', decision('default', `not known how Zed treats this ${call.type}`));
      if (call.type === 'mcp') {
        const server = servers.find(({ name }) => name === call.server);
        if (server?.configuration['enabled'] === false)
          return outcome('hidden', decision('server-state', 'the server is disabled', placeOf(server.configuration)));
      }
      return byRules(members, tool, textsOf(call, setting, program), setting);
    };
    return {
      host,
      version: setting.version ?? '0.224.0',
      inert,
      verdict: (call) => decide(call).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, `Zed ${setting.version ?? '0.224.0'}, as documented`);
        return answerOf(decide(call), trace, inert);
      },
    };
  },
};

function rulesOf(
  facts: PermissionFacts,
  setting: Setting,
): { readonly members: readonly Located[]; readonly inert: readonly InertRule[] } {
  const { user, projects } = hostAgents(facts, host, setting.workingDirectory);
  // Project settings over the user's.
  const members = [...projects.map(({ asset }) => asset), user].flatMap((asset) => locatedOf(asset, 'permissions'));
  const inert = members.flatMap((one): readonly InertRule[] =>
    one['list'] !== 'default' && compiled(one) === null
      ? [
          {
            rule: `${String(one['list'])} ${String(one['rule'])}`,
            why: 'not an expression that can be evaluated here',
            place: placeOf(one),
          },
        ]
      : [],
  );
  return { members, inert };
}

const lists = [
  ['always_deny', 'deny'],
  ['always_confirm', 'ask'],
  ['always_allow', 'allow'],
] as const;

/** A chained command is split: any part denies or asks, every part has to be allowed. */
function byRules(members: readonly Located[], tool: string, texts: readonly string[], setting: Setting): Outcome {
  if (tool === 'terminal') {
    const blocked = texts.find((text) => isBlocked(text, setting));
    if (blocked !== undefined)
      return outcome(
        'deny',
        decision('built-in', 'recursive delete of the root, home, working directory or what is above'),
      );
  }
  const own = members.filter((one) => one['tool'] === tool);
  for (const [list, effect] of lists) {
    const rules = own.filter((one) => one['list'] === list);
    const hit = (text: string): Located | undefined => rules.find((one) => compiled(one)?.test(text) === true);
    const hits = texts.map(hit);
    const found =
      effect === 'allow'
        ? hits.every((one) => one !== undefined)
          ? hits[0]
          : undefined
        : hits.find((one) => one !== undefined);
    if (found !== undefined)
      return outcome(effect, decision('rule', `${list} ${String(found['rule'])}`, placeOf(found)));
  }
  const standard =
    own.find((one) => one['list'] === 'default') ??
    members.find((one) => one['list'] === 'default' && one['tool'] === '*');
  if (standard === undefined) return outcome('ask', decision('default', 'confirm (default)'));
  const effect = standard['rule'] === 'allow' ? 'allow' : standard['rule'] === 'deny' ? 'deny' : 'ask';
  return outcome(
    effect,
    decision('rule', `default ${String(standard['rule'])} of ${String(standard['tool'])}`, placeOf(standard)),
  );
}

const expressions = new WeakMap<object, RegExp | null>();

function compiled(one: Located): RegExp | null {
  const known = expressions.get(one);
  if (known !== undefined) return known;
  const expression = safeExpression(String(one['rule'] ?? ''), one['caseSensitive'] === true ? '' : 'i');
  expressions.set(one, expression);
  return expression;
}

function isBlocked(text: string, setting: Setting): boolean {
  const match = /^\s*(?:sudo\s+)?rm\s+((?:-\S+\s+)*)(.+)$/.exec(text);
  if (match === null || !/-\w*[rR]|--recursive/.test(match[1] ?? '')) return false;
  return (match[2] ?? '').split(/\s+/).some((word) => {
    const path = absolutePath(word.replace(/\/\*$/, '') || '/', setting);
    return (
      path === '/' ||
      path === setting.home ||
      path === setting.workingDirectory ||
      setting.workingDirectory.startsWith(`${path}/`)
    );
  });
}

function textsOf(call: Call, setting: Setting, program: (text: string) => ShellProgram): readonly string[] {
  switch (call.type) {
    case 'shell': {
      const read = program(call.command);
      return read.unreadable || read.commands.length === 0
        ? [call.command]
        : read.commands.map((command) => command.text);
    }
    case 'fetch':
      return [call.url];
    case 'read':
    case 'list':
    case 'write':
    case 'edit':
    case 'delete': {
      const path = absolutePath(call.path, setting);
      return [path.startsWith(`${setting.workingDirectory}/`) ? path.slice(setting.workingDirectory.length + 1) : path];
    }
    case 'search':
      return [call.pattern];
    case 'search-web':
      return [call.query];
    default:
      return [''];
  }
}

function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const path = text(input['path']);
  switch (tool) {
    case 'terminal':
      return { type: 'shell', tool, command: text(input['command']) };
    case 'read_file':
      return { type: 'read', tool, path };
    case 'list_directory':
      return { type: 'list', tool, path };
    case 'edit_file':
      return { type: 'edit', tool, path };
    case 'create_file':
    case 'save_file':
      return { type: 'write', tool, path };
    case 'delete_path':
      return { type: 'delete', tool, path };
    case 'fetch':
      return { type: 'fetch', tool, url: text(input['url']) };
    case 'grep':
    case 'find_path':
      return { type: 'search', tool, pattern: text(input['pattern']) };
    case 'web_search':
      return { type: 'search-web', tool, query: text(input['query']) };
  }
  const mcp = /^mcp:([^:]+):(.+)$/.exec(tool);
  return mcp === null ? null : { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
}

function toolOf(call: Call): string | null {
  if (call.tool !== undefined) return call.tool;
  switch (call.type) {
    case 'shell':
      return 'terminal';
    case 'read':
      return 'read_file';
    case 'list':
      return 'list_directory';
    case 'write':
      return 'create_file';
    case 'edit':
      return 'edit_file';
    case 'delete':
      return 'delete_path';
    case 'fetch':
      return 'fetch';
    case 'search':
      return 'grep';
    case 'search-web':
      return 'web_search';
    case 'mcp':
      return `mcp:${call.server}:${call.name}`;
    default:
      return null;
  }
}
