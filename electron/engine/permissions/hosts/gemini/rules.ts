import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { serversOf, textsOf } from '../../server-facts.ts';
import { type Decision, decision, type InertRule, type RulePlace } from '../../verdict.ts';

export const host = 'gemini-cli';

export type Mode = 'default' | 'autoEdit' | 'plan' | 'yolo';

/** One rule of the policy engine. The highest priority that fits decides; tier + priority / 1000. */
export type PolicyRule = {
  readonly effect: 'allow' | 'deny' | 'ask';
  readonly priority: number;
  readonly text: string;
  readonly place: RulePlace | null;
  /** Globs over the tool's name; empty = every tool. */
  readonly tools: readonly string[];
  readonly server?: string;
  /** The command begins with one of these, at a word's end. */
  readonly prefixes?: readonly string[];
  readonly pattern?: RegExp;
  readonly modes?: readonly Mode[];
  readonly interactive?: boolean;
  readonly allowRedirection?: boolean;
};

export type GeminiSettings = {
  readonly rules: readonly PolicyRule[];
  /** Tools that are not offered, with what removed them. */
  readonly removed: (tool: string) => Decision | null;
  readonly mode: Mode;
  readonly modeFrom: Decision;
  readonly trusted: boolean;
  readonly trustFrom: string;
  readonly directories: readonly string[];
  readonly inert: readonly InertRule[];
};

const readers = [
  'read_file',
  'read_many_files',
  'list_directory',
  'glob',
  'search_file_content',
  'grep_search',
  'google_web_search',
  'write_todos',
  'save_memory',
  'ask_user',
  'get_internal_docs',
];
const writers = ['replace', 'write_file'];

/** Default rules of Gemini CLI 0.55 to 0.61 (tier 1). */
const defaults: readonly PolicyRule[] = [
  { effect: 'allow', priority: 1.05, text: 'default: reading tools', place: null, tools: readers },
  {
    effect: 'ask',
    priority: 1.01,
    text: 'default: changing tools ask',
    place: null,
    tools: [...writers, 'run_shell_command', 'web_fetch', 'activate_skill'],
  },
  {
    effect: 'allow',
    priority: 1.015,
    text: 'auto_edit',
    place: null,
    tools: [...writers, 'web_fetch'],
    modes: ['autoEdit'],
  },
  { effect: 'allow', priority: 1.998, text: 'yolo: everything', place: null, tools: [], modes: ['yolo'] },
  {
    effect: 'deny',
    priority: 1.04,
    text: 'plan mode: no changing tools',
    place: null,
    tools: [...writers, 'web_fetch'],
    modes: ['plan'],
  },
];

/** Lists of the settings files and the priority that they become; Gemini CLI 0.55.1, policy engine documentation and source. */
const lists: readonly (readonly [list: string, effect: PolicyRule['effect'], priority: number])[] = [
  ['tools.confirmationRequired', 'ask', 4.35],
  ['tools.allowed', 'allow', 4.3],
  ['tools.core', 'allow', 4.25],
];
const notPlan: readonly Mode[] = ['default', 'autoEdit', 'yolo'];

export function geminiSettings(facts: PermissionFacts, setting: Setting): GeminiSettings {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const trust = trustOf(locatedOf(user, 'projects'), setting);
  const inert: InertRule[] = [];
  const project = projects[0]?.asset;
  const layers = [machine, user, ...(trust.trusted ? [project] : [])].filter((asset) => asset !== undefined);
  if (!trust.trusted)
    for (const list of ['permissions', 'modes'])
      for (const one of locatedOf(project, list))
        inert.push({
          rule: String(one['rule'] ?? one['key'] ?? ''),
          why: 'workspace settings are ignored in a folder that is not trusted',
          place: placeOf(one),
        });
  for (const asset of [machine, user, project])
    for (const one of locatedOf(asset, 'ignoredPermissions'))
      inert.push({
        rule: `${String(one['list'] ?? '')} ${String(one['rule'] ?? '')}`,
        why: String(one['why'] ?? ''),
        place: placeOf(one),
      });
  const members = layers.flatMap((asset) => locatedOf(asset, 'permissions'));
  const rules = [
    ...defaults,
    ...tomlRules(members),
    ...settingsRules(members, inert),
    ...serverRules(facts, setting, members),
  ];
  const mode = modeOf(
    layers.map((asset) => locatedOf(asset, 'modes')),
    layers.flatMap((asset) => locatedOf(asset, 'settings')),
    setting,
  );
  return {
    rules: rules.sort((one, other) => other.priority - one.priority),
    removed: removals(members, facts, setting),
    ...mode,
    ...trust,
    directories: [setting.workingDirectory],
    inert,
  };
}

function trustOf(
  entries: readonly Located[],
  setting: Setting,
): { readonly trusted: boolean; readonly trustFrom: string } {
  if (setting.trusted !== null) return { trusted: setting.trusted, trustFrom: 'as asked' };
  if (setting.flags.includes('--skip-trust') || setting.environment['GEMINI_CLI_TRUST_WORKSPACE'] === 'true')
    return { trusted: true, trustFrom: 'switched on at start' };
  const fitting = entries
    .map((one) => {
      const path = String(one['path'] ?? '');
      const folder = one['level'] === 'TRUST_PARENT' ? path.slice(0, Math.max(1, path.lastIndexOf('/'))) : path;
      return { folder, trusted: one['trusted'] === true };
    })
    .filter(({ folder }) => setting.workingDirectory === folder || setting.workingDirectory.startsWith(`${folder}/`))
    .sort((one, other) => other.folder.length - one.folder.length);
  const found = fitting[0];
  return found === undefined
    ? { trusted: true, trustFrom: 'no record of trust was found; taken as trusted' }
    : { trusted: found.trusted, trustFrom: 'trustedFolders.json' };
}

const effects: Readonly<Record<string, PolicyRule['effect']>> = { allow: 'allow', deny: 'deny', ask_user: 'ask' };

function tomlRules(members: readonly Located[]): readonly PolicyRule[] {
  return members.flatMap((one): readonly PolicyRule[] => {
    const effect = effects[String(one['list'])];
    const priority = one['finalPriority'];
    if (effect === undefined || typeof priority !== 'number') return [];
    const prefixes = textsOf(one['commandPrefix']);
    const pattern = patternOf(one);
    const modes = textsOf(one['modes']).flatMap((mode) => modeNames[mode] ?? []);
    return [
      {
        effect,
        priority,
        text: `${String(one['list'])} ${String(one['rule'] ?? '')} (${priority.toFixed(3)})`,
        place: placeOf(one),
        tools: textsOf(one['toolName']),
        ...(typeof one['mcpName'] === 'string' ? { server: one['mcpName'] } : {}),
        ...(prefixes.length === 0 ? {} : { prefixes }),
        ...(pattern === null ? {} : { pattern }),
        ...(modes.length === 0 ? {} : { modes }),
        ...(typeof one['interactive'] === 'boolean' ? { interactive: one['interactive'] } : {}),
        ...(one['allowRedirection'] === true ? { allowRedirection: true } : {}),
      },
    ];
  });
}

/** `commandRegex` is applied to the JSON text of the arguments, so `$` never fits (seen on 0.61.0). */
function patternOf(one: Located): RegExp | null {
  const { argsPattern, commandRegex } = one;
  const text =
    typeof argsPattern === 'string'
      ? argsPattern
      : typeof commandRegex === 'string'
        ? `"command":"${commandRegex}`
        : null;
  if (text === null) return null;
  if (text.length > 500 || /\([^)]*[*+][^)]*\)[*+{]/.test(text)) return /(?!)/;
  try {
    return new RegExp(text);
  } catch {
    return /(?!)/;
  }
}

/** `tools.allowed` and the like, whole tools and narrowed ones. */
function settingsRules(members: readonly Located[], inert: InertRule[]): readonly PolicyRule[] {
  const rules: PolicyRule[] = [];
  for (const [list, effect, priority] of lists) {
    for (const one of members.filter((member) => member['list'] === list)) {
      const { tool, argument } = narrowed(String(one['rule'] ?? ''));
      const name = tool === 'ShellTool' ? 'run_shell_command' : tool;
      const text = `${list} ${String(one['rule'] ?? '')} (${priority.toFixed(3)})`;
      const common = { effect, priority, text, place: placeOf(one), tools: [name] };
      rules.push(argument === null ? common : { ...common, prefixes: [argument] });
      if (argument !== null && effect === 'allow' && name === 'run_shell_command')
        rules.push({
          effect: 'deny',
          priority: priority - 0.01,
          text: `narrowing rule of ${list} (${(priority - 0.01).toFixed(3)})`,
          place: placeOf(one),
          tools: [name],
        });
    }
    if (list === 'tools.core' && members.some((member) => member['list'] === list))
      rules.push({
        effect: 'deny',
        priority: 4.24,
        text: 'tools.core: nothing else (4.240)',
        place: null,
        tools: [],
        modes: notPlan,
      });
  }
  for (const one of members.filter((member) => member['list'] === 'tools.exclude')) {
    const { argument } = narrowed(String(one['rule'] ?? ''));
    if (argument !== null)
      inert.push({
        rule: `tools.exclude ${String(one['rule'] ?? '')}`,
        why: 'a narrowed entry is no deny at all (seen on 0.61.0)',
        place: placeOf(one),
      });
  }
  return rules;
}

function serverRules(facts: PermissionFacts, setting: Setting, members: readonly Located[]): readonly PolicyRule[] {
  const trusting = serversOf(facts, host, setting)
    .filter(({ configuration }) => configuration['trust'] === true)
    .map(
      ({ name, configuration }): PolicyRule => ({
        effect: 'allow',
        priority: 4.2,
        text: `mcpServers.${name}.trust (4.200)`,
        place: placeOf(configuration),
        tools: [],
        server: name,
        modes: notPlan,
      }),
    );
  const listed = members.flatMap((one): readonly PolicyRule[] =>
    one['list'] === 'mcp.allowed'
      ? [
          {
            effect: 'allow',
            priority: 4.1,
            text: `mcp.allowed ${String(one['rule'] ?? '')} (4.100)`,
            place: placeOf(one),
            tools: [],
            server: String(one['rule'] ?? ''),
          },
        ]
      : one['list'] === 'mcp.excluded'
        ? [
            {
              effect: 'deny',
              priority: 4.9,
              text: `mcp.excluded ${String(one['rule'] ?? '')} (4.900)`,
              place: placeOf(one),
              tools: [],
              server: String(one['rule'] ?? ''),
            },
          ]
        : [],
  );
  return [...trusting, ...listed];
}

/** `run_shell_command(git)`: tool and argument. */
export function narrowed(text: string): { readonly tool: string; readonly argument: string | null } {
  const match = /^([^()]+)\(([\s\S]*)\)$/.exec(text.trim());
  return match === null ? { tool: text.trim(), argument: null } : { tool: match[1] ?? '', argument: match[2] ?? '' };
}

/** What the registry leaves out, whatever the policy says. */
function removals(members: readonly Located[], facts: PermissionFacts, setting: Setting): GeminiSettings['removed'] {
  const excluded = new Map<string, Decision>();
  for (const one of members.filter((member) => member['list'] === 'tools.exclude')) {
    const { tool, argument } = narrowed(String(one['rule'] ?? ''));
    if (argument === null)
      excluded.set(
        tool === 'ShellTool' ? 'run_shell_command' : tool,
        decision('rule', `tools.exclude ${tool}`, placeOf(one)),
      );
  }
  const core = members
    .filter((member) => member['list'] === 'tools.core')
    .map((one) => narrowed(String(one['rule'] ?? '')).tool);
  const allowedServers = members
    .filter((member) => member['list'] === 'mcp.allowed')
    .map((one) => String(one['rule'] ?? ''));
  const servers = serversOf(facts, host, setting);
  for (const { name, configuration, state, decidedBy } of servers) {
    const place = placeOf(configuration);
    if (/excluded|disabled|not allowed|blocked/.test(state))
      excluded.set(`mcp_${name}_*`, decision('server-state', `server ${state}: ${decidedBy}`, place));
    for (const tool of textsOf(configuration['excludeTools']))
      excluded.set(`mcp_${name}_${tool}`, decision('tool-list', `excludeTools ${tool}`, place));
  }
  return (tool) => {
    const direct = excluded.get(tool);
    if (direct !== undefined) return direct;
    for (const { name, configuration } of servers) {
      if (!tool.startsWith(`mcp_${name}_`)) continue;
      const gone = excluded.get(`mcp_${name}_*`);
      if (gone !== undefined) return gone;
      if (allowedServers.length > 0 && !allowedServers.includes(name))
        return decision('server-state', `mcp.allowed does not name ${name}`);
      const included = textsOf(configuration['includeTools']);
      if (included.length > 0 && !included.includes(tool.slice(`mcp_${name}_`.length)))
        return decision('tool-list', 'not in includeTools', placeOf(configuration));
    }
    return core.length > 0 && !tool.startsWith('mcp_') && !core.includes(tool)
      ? decision('tool-list', 'not in tools.core')
      : null;
  };
}

const modeNames: Readonly<Record<string, Mode>> = {
  default: 'default',
  auto_edit: 'autoEdit',
  autoEdit: 'autoEdit',
  plan: 'plan',
  yolo: 'yolo',
};

function modeOf(
  layers: readonly (readonly Located[])[],
  settings: readonly Located[],
  setting: Setting,
): Pick<GeminiSettings, 'mode' | 'modeFrom'> {
  const flat = [...layers].flat();
  const noYolo = [...flat, ...settings].find(
    (one) => /disableYoloMode|secureModeEnabled/.test(String(one['key'])) && one['value'] === true,
  );
  const flagged = setting.flags.includes('--yolo') || setting.flags.includes('-y') ? 'yolo' : null;
  const named = setting.mode ?? flagged ?? flagAfter(setting.flags, '--approval-mode');
  // The machine's file counts most, then the workspace's, then the user's.
  const member = [...(layers[0] ?? []), ...(layers[2] ?? []), ...(layers[1] ?? [])].find((one) =>
    /pprovalMode$/.test(String(one['key'])),
  );
  const wanted = named === null ? modeNames[String(member?.['value'] ?? '')] : modeNames[named];
  const from =
    named !== null
      ? decision('mode', `mode ${named} (chosen at start)`)
      : member === undefined
        ? decision('default', 'default mode')
        : decision('mode', `${String(member['key'])} ${String(member['value'])}`, placeOf(member));
  if (wanted === 'yolo' && noYolo !== undefined)
    return { mode: 'default', modeFrom: decision('policy', `${String(noYolo['key'])}: yolo is off`, placeOf(noYolo)) };
  return wanted === undefined
    ? { mode: 'default', modeFrom: decision('default', 'default mode') }
    : { mode: wanted, modeFrom: from };
}

function flagAfter(flags: readonly string[], name: string): string | null {
  const index = flags.findIndex((flag) => flag === name || flag.startsWith(`${name}=`));
  if (index < 0) return null;
  return flags[index]?.split('=')[1] ?? flags[index + 1] ?? null;
}
