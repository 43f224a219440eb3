import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy, Setting } from '../../evaluator.ts';
import { matchesWildcard } from '../../globs.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { programReader, writtenFiles } from '../../programs.ts';
import { serversOf, textsOf } from '../../server-facts.ts';
import { assume, decision, newTrace, type Trace } from '../../verdict.ts';

/**
 * Cline and its forks Roo and Kilo. What runs by itself is switched on in the extension, mostly in its own state; files
 * hold the lists of servers, and for the command line `CLINE_COMMAND_PERMISSIONS`. Documentation 2026-08-22; Roo 2025-05.
 */
const evaluatorFor = (
  host: string,
  title: string,
  aliases: readonly string[],
  confidence: 'documented' | 'unverified',
): Evaluator => ({
  host,
  title,
  aliases,
  versions: [{ version: '2026-08', from: confidence }],
  toolCall,
  compile({ facts, setting, grammar }): Policy {
    const program = programReader(grammar);
    const switches = switchesOf(facts, host, setting);
    const servers = serversOf(facts, host, setting);
    const environment = commandPermissions(setting.environment['CLINE_COMMAND_PERMISSIONS']);
    const decide = (call: Call, trace: Trace | null): Outcome => {
      if (call.type === 'mcp') {
        const server = servers.find(({ name }) => name === call.server);
        if (server === undefined)
          return outcome('unknown', decision('server-state', `no server called ${call.server} was found`));
        if (server.configuration['enabled'] === false)
          return outcome('hidden', decision('server-state', 'server disabled', placeOf(server.configuration)));
        if (textsOf(server.configuration['excludeTools']).includes(call.name))
          return outcome('hidden', decision('tool-list', 'the tool is disabled', placeOf(server.configuration)));
        if (!textsOf(server.configuration['autoApprovedTools']).includes(call.name))
          return outcome('ask', decision('default', 'not approved for the server'));
        assume(
          trace,
          'the switch that lets approved tools of servers run is on; it lies in the state of the extension',
        );
        return outcome('allow', decision('rule', `autoApprove ${call.name}`, placeOf(server.configuration)));
      }
      if (switches.yolo !== null) return outcome('allow', switches.yolo);
      if (call.type === 'shell') {
        if (environment !== null) {
          const read = program(call.command);
          const texts =
            read.unreadable || read.commands.length === 0
              ? [call.command]
              : read.commands.map((command) => command.text);
          const denied = environment.deny.find((pattern) => texts.some((text) => matchesWildcard(pattern, text)));
          if (denied !== undefined)
            return outcome('deny', decision('policy', `CLINE_COMMAND_PERMISSIONS deny ${denied}`));
          if (
            environment.allow !== null &&
            !texts.every((text) => environment.allow?.some((pattern) => matchesWildcard(pattern, text)) === true)
          )
            return outcome('deny', decision('policy', 'CLINE_COMMAND_PERMISSIONS: not in allow'));
          if (!environment.redirects && writtenFiles(read).length > 0)
            return outcome('deny', decision('policy', 'CLINE_COMMAND_PERMISSIONS: redirections are not allowed'));
        }
        const listed = switches.commands.find((one) => call.command.startsWith(String(one['rule'])));
        if (listed !== undefined)
          return outcome('allow', decision('rule', `allowed command ${String(listed['rule'])}`, placeOf(listed)));
        return outcome(
          'unknown',
          decision(
            'default',
            'whether "safe" commands run is a switch in the state of the extension, and the model itself says which are safe',
          ),
        );
      }
      const known = switches.of(
        call.type === 'read' || call.type === 'list' || call.type === 'search'
          ? 'read'
          : call.type === 'write' || call.type === 'edit' || call.type === 'delete'
            ? 'edit'
            : call.type,
      );
      if (known !== null) return known;
      return outcome('unknown', decision('default', 'the auto-approve switches lie in the state of the extension'));
    };
    return {
      host,
      version: setting.version ?? '2026-08',
      inert: [],
      verdict: (call) => decide(call, null).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, `${title} of 2026-08, ${confidence}`);
        return answerOf(decide(call, trace), trace, []);
      },
    };
  },
});

export const clineEvaluator = evaluatorFor('cline', 'Cline', [], 'documented');
export const rooEvaluator = evaluatorFor('roo', 'Roo Code', ['roo-code'], 'documented');
export const kiloEvaluator = evaluatorFor('kilo', 'Kilo Code', ['kilo-code'], 'unverified');

type Switches = {
  readonly yolo: ReturnType<typeof decision> | null;
  readonly commands: readonly Located[];
  /** What a settings file says of a class of calls; null where none does. */
  readonly of: (name: string) => Outcome | null;
};

function switchesOf(facts: PermissionFacts, host: string, setting: Setting): Switches {
  const { user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const members = [...projects.map(({ asset }) => asset), user].flatMap((asset) => [
    ...locatedOf(asset, 'modes'),
    ...locatedOf(asset, 'settings'),
    ...locatedOf(asset, 'permissions'),
  ]);
  const on = (pattern: RegExp): Located | undefined =>
    members.find((one) => pattern.test(String(one['key'] ?? '')) && one['value'] === true);
  const yolo = on(/yolo/i);
  return {
    yolo:
      setting.mode === 'yolo' || setting.flags.includes('--yolo')
        ? decision('mode', 'yolo (chosen at start)')
        : yolo === undefined
          ? null
          : decision('mode', String(yolo['key']), placeOf(yolo)),
    commands: members.filter((one) => /allowedCommands/.test(String(one['list'] ?? ''))),
    of(name) {
      const wanted = name === 'read' ? /read/i : name === 'edit' ? /(?:edit|write)/i : /browser/i;
      const found = on(new RegExp(`(?:autoApprove|alwaysAllow).*${wanted.source}`, 'i'));
      return found === undefined ? null : outcome('allow', decision('rule', String(found['key']), placeOf(found)));
    },
  };
}

type CommandPermissions = {
  readonly allow: readonly string[] | null;
  readonly deny: readonly string[];
  readonly redirects: boolean;
};

/** Deny over allow; where allow is set, what it does not match is denied. */
function commandPermissions(text: string | undefined): CommandPermissions | null {
  if (text === undefined) return null;
  try {
    const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
    return {
      allow: Array.isArray(value['allow']) ? textsOf(value['allow']) : null,
      deny: textsOf(value['deny']),
      redirects: value['allowRedirects'] !== false,
    };
  } catch {
    return null;
  }
}

function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const path = text(input['path']);
  switch (tool) {
    case 'execute_command':
      return { type: 'shell', tool, command: text(input['command']) };
    case 'read_file':
      return { type: 'read', tool, path };
    case 'list_files':
      return { type: 'list', tool, path };
    case 'write_to_file':
      return { type: 'write', tool, path };
    case 'replace_in_file':
    case 'apply_diff':
      return { type: 'edit', tool, path };
    case 'search_files':
      return { type: 'search', tool, pattern: text(input['regex']) };
    case 'use_mcp_tool':
      return { type: 'mcp', tool, server: text(input['server_name']), name: text(input['tool_name']) };
  }
  const mcp = /^([^/]+)\/(.+)$/.exec(tool);
  if (mcp !== null) return { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  return tool === '' ? null : { type: 'tool', tool, name: tool, input };
}
