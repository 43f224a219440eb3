import type { JsonValue } from '../../../../../shared/model/facts.ts';
import type { Call } from '../../call.ts';
import type { Evaluator, PermissionFacts, Policy, Setting } from '../../evaluator.ts';
import { matchesPathGlob, matchesWildcard, safeExpression } from '../../globs.ts';
import { hostAgents, isInside, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { answerOf, outcome, type Outcome } from '../../outcome.ts';
import { absolutePath } from '../../paths.ts';
import { programReader, writtenFiles } from '../../programs.ts';
import { serversOf } from '../../server-facts.ts';
import type { ShellProgram } from '../../shell/program.ts';
import { assume, type Decision, decision, type InertRule, newTrace, note, type Trace } from '../../verdict.ts';
import { defaultEditRules, defaultTerminalRules } from './default-rules.ts';
import { toolCall } from './tool-call.ts';

const host = 'vscode-copilot';

/** VS Code chat: terminal, URL and edit approval maps, permission levels. Documentation page and issues of 2026 (excerpt). */
export const vscodeEvaluator: Evaluator = {
  host,
  title: 'VS Code Copilot',
  aliases: ['vscode', 'copilot'],
  versions: [{ version: '1.12x, 2026', from: 'excerpt' }],
  toolCall,
  compile({ facts, setting, grammar }): Policy {
    const settings = settingsOf(facts, setting);
    const program = programReader(grammar);
    const decide = (call: Call, trace: Trace | null): Outcome => {
      if (call.type === 'mcp') {
        const gone = serversOf(facts, host, setting).find(({ name }) => name === call.server);
        if (gone !== undefined && /disabled|blocked/.test(gone.state))
          return outcome('hidden', decision('server-state', `server ${gone.state}`));
      }
      if (settings.bypass !== null) return outcome('allow', settings.bypass);
      switch (call.type) {
        case 'shell':
          return terminal(settings, setting, program(call.command), trace);
        case 'write':
        case 'edit':
        case 'delete':
          return edit(settings, setting, absolutePath(call.path, setting));
        case 'read':
        case 'list':
          return isInside(absolutePath(call.path, setting), setting.workingDirectory)
            ? outcome('allow', decision('built-in', 'reading inside of the workspace'))
            : outcome('ask', decision('working-directory', 'outside of the workspace'));
        case 'search':
          return outcome('allow', decision('built-in', 'searching inside of the workspace'));
        case 'fetch':
          return fetchUrl(settings, call.url);
        case 'mcp':
          return call.hints?.readOnly === true
            ? outcome('allow', decision('built-in', 'the server calls the tool read-only'))
            : outcome('ask', decision('default', 'tools of servers ask'));
        case 'agent':
        case 'skill':
          return outcome(
            'allow',
            decision('built-in', `starting a ${call.type === 'agent' ? 'sub-agent' : 'skill'} needs no approval`),
          );
        default:
          return outcome('unknown', decision('default', `not known how VS Code treats this ${call.type}`));
      }
    };
    return {
      host,
      version: setting.version ?? '1.12x, 2026',
      inert: settings.inert,
      verdict: (call) => decide(call, null).verdict,
      explain(call) {
        const trace = newTrace();
        assume(trace, 'VS Code 1.12x of 2026, as its documentation has it');
        if (setting.trusted === null) assume(trace, 'the workspace is trusted');
        assume(
          trace,
          'approvals that a person gave in the session, and policies of the organisation, are not in files',
        );
        return answerOf(decide(call, trace), trace, settings.inert);
      },
    };
  },
};

type MapRule = {
  readonly key: string;
  readonly value: JsonValue;
  readonly from: Decision;
  readonly fits: (text: string) => boolean;
};

type Settings = {
  readonly terminal: readonly MapRule[];
  readonly terminalOn: boolean;
  readonly urls: readonly MapRule[];
  readonly edits: readonly { readonly glob: string; readonly approve: boolean; readonly from: Decision }[];
  readonly bypass: Decision | null;
  readonly inert: readonly InertRule[];
};

/** The nearer scope counts per key. */
const precedence = ['managed', 'local', 'project', 'user'];

function settingsOf(facts: PermissionFacts, setting: Setting): Settings {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const trusted = setting.trusted !== false;
  const layers = [machine, ...(trusted ? projects.map(({ asset }) => asset) : []), user].filter(
    (one) => one !== undefined,
  );
  const all = (list: string): readonly Located[] =>
    layers
      .flatMap((asset) => locatedOf(asset, list))
      .sort((one, other) => precedence.indexOf(one.scope) - precedence.indexOf(other.scope));
  const permissions = all('permissions');
  const rulesOf = (list: string): readonly Located[] => {
    const seen = new Set<string>();
    return permissions.filter((one) => {
      const key = String(one['rule']);
      if (one['list'] !== list || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  };
  const single = (key: string): Located | undefined =>
    [...all('settings'), ...all('modes')].find((one) => one['key'] === key);
  const level = setting.mode ?? String(single('chat.permissions.default')?.['value'] ?? 'default');
  const from = single('chat.permissions.default');
  const global = [single('chat.tools.global.autoApprove'), single('chat.tools.autoApprove')].find(
    (one) => one?.['value'] === true,
  );
  const bypass =
    level === 'bypass' || level === 'autopilot' || level === 'bypassApprovals'
      ? decision(
          'mode',
          `chat.permissions.default ${level}: the analyser of the terminal is skipped, and with it every false`,
          from === undefined || setting.mode !== null ? null : placeOf(from),
        )
      : global === undefined
        ? null
        : decision('mode', `${String(global['key'])} true`, placeOf(global));
  const terminal = rulesOf('chat.tools.terminal.autoApprove').map(terminalRule);
  const ignoresDefaults = single('chat.tools.terminal.ignoreDefaultAutoApproveRules')?.['value'] === true;
  const inert: InertRule[] = [];
  for (const one of terminal) {
    if (bypass !== null && one.value === false)
      inert.push({
        rule: `${one.key}: false`,
        why: 'this level skips the map, so false does not even ask',
        place: one.from.place,
      });
  }
  if (!trusted)
    for (const { asset } of projects)
      for (const one of locatedOf(asset, 'permissions'))
        inert.push({
          rule: String(one['rule']),
          why: 'workspace settings need trust in the workspace',
          place: placeOf(one),
        });
  return {
    terminal: [
      ...terminal,
      ...(ignoresDefaults
        ? []
        : defaultTerminalRules.map(({ key, value }) =>
            ruleOf(key, value, decision('built-in', `default rule ${key}`)),
          )),
    ],
    terminalOn: single('chat.tools.terminal.enableAutoApprove')?.['value'] !== false,
    urls: rulesOf('chat.tools.urls.autoApprove').map((one) => ({
      key: String(one['rule']),
      value: one['value'] ?? null,
      from: decision('rule', `urls.autoApprove ${String(one['rule'])}`, placeOf(one)),
      fits: (url) => fitsUrl(String(one['rule']), url),
    })),
    edits: [
      ...rulesOf('chat.tools.edits.autoApprove').map((one) => ({
        glob: String(one['rule']),
        approve: one['value'] === true,
        from: decision('rule', `edits.autoApprove ${String(one['rule'])}: ${String(one['value'])}`, placeOf(one)),
      })),
      ...defaultEditRules.map(({ glob, approve }) => ({
        glob,
        approve,
        from: decision('built-in', `default rule ${glob}`),
      })),
    ],
    bypass,
    inert,
  };
}

const terminalRule = (one: Located): MapRule =>
  ruleOf(
    String(one['rule']),
    one['value'] ?? null,
    decision(
      'rule',
      `terminal.autoApprove ${String(one['rule'])}: ${JSON.stringify(one['value'] ?? null)}`,
      placeOf(one),
    ),
  );

/** A key is the begin of a command at a word's end, or `/expression/flags`. */
function ruleOf(key: string, value: JsonValue, from: Decision): MapRule {
  const literal = /^\/(.+)\/([a-z]*)$/.exec(key);
  if (literal !== null) {
    const expression = safeExpression(literal[1] ?? '', literal[2] ?? '');
    return { key, value, from, fits: (text) => expression?.test(text) === true };
  }
  return { key, value, from, fits: (text) => text.startsWith(key) && !/\w/.test(text[key.length] ?? '') };
}

function terminal(settings: Settings, setting: Setting, program: ShellProgram, trace: Trace | null): Outcome {
  if (!settings.terminalOn) return outcome('ask', decision('rule', 'chat.tools.terminal.enableAutoApprove is off'));
  if (program.unreadable) return outcome('ask', decision('built-in', 'the command cannot be parsed'));
  let decided: Outcome | null = null;
  const whole = settings.terminal.find((rule) => wantsLine(rule.value) && rule.fits(program.text));
  if (whole !== undefined) return approves(whole.value) ? outcome('allow', whole.from) : outcome('ask', whole.from);
  for (const command of program.commands) {
    const text = command.bare === '' ? command.text : command.bare;
    const fitting = settings.terminal.filter(
      (rule) => !wantsLine(rule.value) && rule.value !== null && rule.fits(text),
    );
    const refused = fitting.find((rule) => !approves(rule.value));
    if (refused !== undefined) return outcome('ask', refused.from);
    const [approved] = fitting;
    if (approved === undefined) return outcome('ask', decision('default', 'no rule approves the command'));
    if (command.assignments.length > 0) return outcome('ask', decision('built-in', 'an assignment before the command'));
    decided ??= outcome('allow', approved.from);
  }
  const outside = writtenFiles(program).find(
    (path) => path === null || !isInside(absolutePath(path, setting), setting.workingDirectory),
  );
  if (outside !== undefined) {
    note(trace, () => ({
      ...(decided?.by ?? decision('default', '')),
      outcome: 'narrowed',
      effect: 'ask',
      why: 'a file outside of the workspace is written',
    }));
    return outcome(
      'ask',
      decision('built-in', `the command writes ${outside ?? 'a file that is computed'}, outside of the workspace`),
    );
  }
  return decided ?? outcome('ask', decision('default', 'no rule approves the command'));
}

const approves = (value: JsonValue): boolean => value === true || (isMap(value) && value['approve'] === true);
const wantsLine = (value: JsonValue): boolean => isMap(value) && value['matchCommandLine'] === true;
const isMap = (value: JsonValue): value is { readonly [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function edit(settings: Settings, setting: Setting, path: string): Outcome {
  if (!isInside(path, setting.workingDirectory))
    return outcome('ask', decision('working-directory', 'outside of the workspace'));
  // Later, more exact patterns decide; a refusal of any beats an approval.
  const fitting = settings.edits.filter(({ glob }) => matchesPathGlob(glob, path, setting));
  const refused = fitting.find(({ approve }) => !approve);
  if (refused !== undefined) return outcome('ask', refused.from);
  const [approved] = fitting;
  return approved === undefined
    ? outcome('ask', decision('default', 'no rule approves the edit'))
    : outcome('allow', approved.from);
}

function fetchUrl(settings: Settings, url: string): Outcome {
  const fitting = settings.urls.filter((rule) => rule.fits(url));
  const refused = fitting.find(({ value }) => value === false || (isMap(value) && value['approveRequest'] === false));
  if (refused !== undefined) return outcome('ask', refused.from);
  const approved = fitting.find(({ value }) => value === true || (isMap(value) && value['approveRequest'] === true));
  return approved === undefined
    ? outcome('ask', decision('default', 'fetching asks'))
    : outcome('allow', approved.from);
}

function fitsUrl(pattern: string, url: string): boolean {
  const bare = (text: string): string => text.replace(/\/$/, '');
  if (/^https?:\/\//.test(pattern))
    return matchesWildcard(bare(pattern), bare(url)) || bare(url).startsWith(`${bare(pattern)}/`);
  const rest = url.replace(/^https?:\/\//, '');
  const domain = rest.split('/')[0] ?? '';
  return pattern.startsWith('*.')
    ? domain.endsWith(pattern.slice(1))
    : matchesWildcard(bare(pattern), bare(rest)) || bare(rest).startsWith(`${bare(pattern)}/`);
}
