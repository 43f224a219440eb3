import type { MergedAsset } from '../../../sources/source.ts';
import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy, Setting } from '../../evaluator.ts';
import { matchesPathGlob, matchesWildcard, safeExpression } from '../../globs.ts';
import { type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import { programReader } from '../../programs.ts';
import type { ShellProgram } from '../../shell/program.ts';
import { assume, decision, newTrace } from '../../verdict.ts';

/** Amazon Q Developer CLI and its successor Kiro CLI: `tools` decides what there is, `allowedTools` what does not ask. Documentation 2025-2026. */
const evaluatorFor = (host: string, title: string, aliases: readonly string[]): Evaluator => ({
  host,
  title,
  aliases,
  versions: [{ version: '2026', from: 'documented' }],
  toolCall,
  compile({ facts, agent, setting, grammar }): Policy {
    const asset = agentOf(facts, host, agent, setting);
    const program = programReader(grammar);
    const decide = (call: Call): Outcome => {
      const tool = toolOf(call);
      if (tool === null)
        return outcome('unknown', decision('default', `not known how ${title} treats this ${call.type}`));
      const result = ruled(asset, call, tool, setting, program);
      const trustAll = setting.flags.includes('--trust-all-tools') || setting.flags.includes('-a');
      if (result.verdict === 'ask' && trustAll) return outcome('allow', decision('mode', '--trust-all-tools'));
      if (result.verdict === 'ask' && (setting.context === 'headless' || setting.context === 'ci'))
        return outcome('deny', decision('headless', 'nobody can be asked (--no-interactive)'));
      return result;
    };
    return {
      host,
      version: setting.version ?? '2026',
      inert: [],
      verdict: (call) => decide(call).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, `${title} of 2026, as documented`);
        assume(
          trace,
          asset === null
            ? 'no agent file was found: the built-in agent'
            : `the agent ${asset.name} is the one that is started`,
        );
        return answerOf(decide(call), trace, []);
      },
    };
  },
});

export const amazonQEvaluator = evaluatorFor('amazon-q', 'Amazon Q Developer CLI', ['amazon-q-cli', 'q']);
export const kiroEvaluator = evaluatorFor('kiro', 'Kiro CLI', ['kiro-cli']);

/** The agent that was asked about, or the only one of the folder; a local agent replaces the global one of the same name. */
function agentOf(
  facts: PermissionFacts,
  host: string,
  agent: MergedAsset | null,
  setting: Setting,
): MergedAsset | null {
  if (agent?.properties['subAgent'] === true) return agent;
  const all = facts
    .assets('agent')
    .filter((one) => one.properties['host'] === host && one.properties['subAgent'] === true);
  const inFolder = all.filter((one) => {
    const path = facts.pathOf(one.evidence[0]?.place ?? '');
    return path?.startsWith(`${setting.workingDirectory}/`) === true;
  });
  return inFolder[0] ?? all[0] ?? null;
}

/** Tools that do not ask by themselves. */
const trusted = new Set(['fs_read', 'report_issue', 'introspect', 'thinking', 'todo_list']);

function ruled(
  asset: MergedAsset | null,
  call: Call,
  tool: string,
  setting: Setting,
  program: (text: string) => ShellProgram,
): Outcome {
  const members = locatedOf(asset ?? undefined, 'permissions');
  const tools = asset?.properties['tools'];
  if (Array.isArray(tools) && !tools.some((pattern) => typeof pattern === 'string' && offers(pattern, tool)))
    return outcome('hidden', decision('tool-list', 'not in the tools of the agent'));
  const own = members.filter((one) => one['tool'] === tool);
  if (call.type === 'shell') {
    const read = program(call.command);
    const texts =
      read.unreadable || read.commands.length === 0 ? [call.command] : read.commands.map((command) => command.text);
    const denied = own.find((one) => one['list'] === 'deniedCommands' && texts.some((text) => wholly(one, text)));
    if (denied !== undefined)
      return outcome('deny', decision('rule', `deniedCommands ${String(denied['rule'])}`, placeOf(denied)));
    const allowed = texts.map((text) => own.find((one) => one['list'] === 'allowedCommands' && wholly(one, text)));
    const [first] = allowed;
    if (first !== undefined && allowed.every((one) => one !== undefined))
      return outcome('allow', decision('rule', `allowedCommands ${String(first['rule'])}`, placeOf(first)));
  }
  if (call.type === 'read' || call.type === 'write' || call.type === 'edit') {
    const path = absolutePath(call.path, setting);
    const listed = (list: string): Located | undefined =>
      own.find((one) => one['list'] === list && matchesPathGlob(String(one['rule']), path, setting));
    const denied = listed('deniedPaths');
    if (denied !== undefined)
      return outcome('deny', decision('rule', `deniedPaths ${String(denied['rule'])}`, placeOf(denied)));
    const allowed = listed('allowedPaths');
    if (allowed !== undefined)
      return outcome('allow', decision('rule', `allowedPaths ${String(allowed['rule'])}`, placeOf(allowed)));
  }
  const rule = members.find((one) => one['list'] === 'allowedTools' && trusts(String(one['rule']), tool));
  if (rule !== undefined)
    return outcome('allow', decision('rule', `allowedTools ${String(rule['rule'])}`, placeOf(rule)));
  if (asset === null && trusted.has(tool)) return outcome('allow', decision('built-in', 'trusted by default'));
  return outcome('ask', decision('default', 'not in allowedTools'));
}

/** Whole text, as the host anchors its expressions. */
const wholly = (one: Located, text: string): boolean =>
  safeExpression(`^(?:${String(one['rule'])})$`)?.test(text) === true;

function offers(pattern: string, tool: string): boolean {
  if (pattern === '*') return true;
  if (pattern === '@builtin') return !tool.startsWith('@');
  return trusts(pattern, tool);
}

/** `@server` is the whole server; a bare `*` is no rule of allowedTools. */
function trusts(pattern: string, tool: string): boolean {
  if (pattern === '*') return false;
  if (pattern === tool || matchesWildcard(pattern, tool)) return true;
  return pattern.startsWith('@') && !pattern.includes('/') && tool.startsWith(`${pattern}/`);
}

function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const path = text(input['path']);
  switch (tool) {
    case 'execute_bash':
    case 'execute_cmd':
    case 'shell':
      return { type: 'shell', tool: 'execute_bash', command: text(input['command']) };
    case 'fs_read':
    case 'read':
      return { type: 'read', tool: 'fs_read', path };
    case 'fs_write':
    case 'write':
      return { type: 'write', tool: 'fs_write', path };
  }
  const mcp = /^@([^/]+)\/(.+)$/.exec(tool);
  if (mcp !== null) return { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  return tool === '' ? null : { type: 'tool', tool, name: tool, input };
}

function toolOf(call: Call): string | null {
  if (call.tool !== undefined) return call.tool;
  switch (call.type) {
    case 'shell':
    case 'delete':
    case 'code':
      return 'execute_bash';
    case 'read':
    case 'list':
    case 'search':
      return 'fs_read';
    case 'write':
    case 'edit':
      return 'fs_write';
    case 'mcp':
      return `@${call.server}/${call.name}`;
    case 'tool':
      return call.name;
    default:
      return null;
  }
}
