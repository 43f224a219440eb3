import type { JsonValue } from '../../../../../shared/model/facts.ts';
import type { MergedAsset } from '../../../sources/source.ts';
import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { absolutePath, normalise } from '../../paths.ts';
import { type Decision, decision, type InertRule } from '../../verdict.ts';
import { type Rule, readRule } from './rule.ts';

export const host = 'claude-code';

/** What the files of all scopes say together, for one folder and one setting. */
export type Effective = {
  readonly rules: readonly Rule[];
  readonly inert: readonly InertRule[];
  readonly mode: Mode;
  readonly modeFrom: Decision;
  /** Notes about the mode: what was asked for and is not in force. */
  readonly modeNotes: readonly InertRule[];
  readonly trusted: boolean;
  readonly trustFrom: string;
  readonly directories: readonly string[];
  readonly sandbox: Sandbox;
  readonly value: (key: string) => Located | undefined;
  readonly agents: readonly MergedAsset[];
  /** Folder of the project settings; the start folder where there are none. */
  readonly projectFolder: string;
};

export type Mode = 'default' | 'acceptEdits' | 'plan' | 'auto' | 'dontAsk' | 'bypassPermissions';
const modes: Readonly<Record<string, Mode>> = {
  default: 'default',
  manual: 'default',
  acceptEdits: 'acceptEdits',
  plan: 'plan',
  auto: 'auto',
  dontAsk: 'dontAsk',
  bypassPermissions: 'bypassPermissions',
};

export type Sandbox = {
  readonly enabled: boolean;
  readonly autoAllow: boolean;
  readonly excluded: readonly string[];
  readonly from: Decision | null;
};

/** Managed first: the order of precedence for single values. */
const precedence = ['managed', 'local', 'project', 'user'] as const;

/** `observed`: 2.1.328 and newer, as seen on the real client; older versions as documented (2.1.240). */
export function effectiveSettings(facts: PermissionFacts, setting: Setting, observed: boolean): Effective {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const startFolder = projects.find(({ folder }) => folder === setting.workingDirectory);
  const project = startFolder ?? projects[0];
  const agents = [machine, user, project?.asset].filter((asset) => asset !== undefined);
  // Project settings are read from the start folder only; local settings from the root of the repository.
  const members = (list: string): readonly Located[] => [
    ...locatedOf(machine, list),
    ...locatedOf(user, list),
    ...(startFolder === undefined ? [] : locatedOf(startFolder.asset, list)),
    ...projects
      .filter((one) => one !== startFolder)
      .flatMap((one) => locatedOf(one.asset, list).filter((member) => member.scope === 'local')),
  ];
  const settings = members('settings');
  const value = (key: string): Located | undefined =>
    precedence
      .map((scope) => settings.find((one) => one.scope === scope && one['key'] === key))
      .find((one) => one !== undefined);
  const trust = trustOf(user, setting);
  const inert: InertRule[] = [];
  const rules = rulesOf(members('permissions'), {
    inert,
    setting,
    trusted: trust.trusted,
    managedOnly: isManagedTrue(settings, 'allowManagedPermissionRulesOnly'),
    flags: setting.flags,
  });
  const ignoredRules = [...members('ignoredPermissions')].map(
    (one): InertRule => ({ rule: String(one['rule'] ?? ''), why: String(one['why'] ?? ''), place: placeOf(one) }),
  );
  const mode = modeOf(members('modes'), value, setting, observed);
  return {
    rules,
    inert: [...inert, ...ignoredRules],
    ...mode,
    ...trust,
    directories: directoriesOf(members('additionalDirectories'), setting, trust.trusted),
    sandbox: sandboxOf(members('sandbox')),
    value,
    agents,
    projectFolder: project?.folder ?? setting.workingDirectory,
  };
}

const isManagedTrue = (settings: readonly Located[], key: string): boolean =>
  settings.some((one) => one.scope === 'managed' && one['key'] === key && one['value'] === true);

function trustOf(
  user: MergedAsset | undefined,
  setting: Setting,
): { readonly trusted: boolean; readonly trustFrom: string } {
  if (setting.trusted !== null) return { trusted: setting.trusted, trustFrom: 'as asked' };
  const entries = locatedOf(user, 'projects').filter((one) => one['trusted'] === true);
  const found = entries.find((one) => {
    const path = normalise(String(one['path'] ?? ''));
    return setting.workingDirectory === path || setting.workingDirectory.startsWith(`${path}/`);
  });
  if (found !== undefined) return { trusted: true, trustFrom: `accepted in ${found.place}:${found.line}` };
  return user === undefined || locatedOf(user, 'projects').length === 0
    ? { trusted: true, trustFrom: 'no record of trust was found; taken as trusted' }
    : { trusted: false, trustFrom: 'never accepted for this folder' };
}

type RuleContext = {
  readonly inert: InertRule[];
  readonly setting: Setting;
  readonly trusted: boolean;
  readonly managedOnly: boolean;
  readonly flags: readonly string[];
};

function rulesOf(members: readonly Located[], context: RuleContext): readonly Rule[] {
  const rules: Rule[] = [];
  for (const member of members) {
    const effect = member['list'];
    if (effect !== 'allow' && effect !== 'ask' && effect !== 'deny') continue;
    const text = String(member['rule'] ?? '');
    const place = placeOf(member);
    const onlyFor = member['project'];
    if (typeof onlyFor === 'string' && normalise(onlyFor) !== context.setting.workingDirectory) continue;
    const held = heldBack(effect, member, context);
    if (held !== null) {
      context.inert.push({ rule: `${effect} ${text}`, why: held, place });
      continue;
    }
    const reading = readRule(effect, text, place);
    if ('rule' in reading) rules.push(reading.rule);
    else context.inert.push({ rule: `${effect} ${text}`, why: reading.why, place });
  }
  return [...rules, ...flagRules(context)];
}

function heldBack(effect: string, member: Located, { managedOnly, trusted, setting }: RuleContext): string | null {
  if (managedOnly && member.scope !== 'managed')
    return 'allowManagedPermissionRulesOnly drops the rules of every other source';
  if (effect !== 'allow' || member.scope !== 'project' || trusted) return null;
  return setting.context === 'headless' || setting.context === 'ci'
    ? 'the folder was never trusted: allow rules of the repository are held back'
    : 'allow rules of the repository are held back until the folder is trusted';
}

/** `--allowedTools "Bash(x)" Edit`, `--disallowedTools ...`: rules of the command line. */
function flagRules({ flags, managedOnly, inert }: RuleContext): readonly Rule[] {
  const rules: Rule[] = [];
  const place = { file: 'command line', line: 1, scope: 'local' } as const;
  for (const { name, values } of flagValues(flags)) {
    const effect = /^--(?:allowedTools|allowed-tools)$/.test(name)
      ? 'allow'
      : /^--(?:disallowedTools|disallowed-tools)$/.test(name)
        ? 'deny'
        : null;
    if (effect === null) continue;
    for (const text of values.flatMap(splitTools)) {
      const reading = readRule(effect, text, place);
      if (managedOnly && effect === 'allow')
        inert.push({
          rule: `${effect} ${text}`,
          why: 'allowManagedPermissionRulesOnly drops --allowedTools too',
          place,
        });
      else if ('rule' in reading) rules.push(reading.rule);
      else inert.push({ rule: `${effect} ${text}`, why: reading.why, place });
    }
  }
  return rules;
}

export function flagValues(
  flags: readonly string[],
): readonly { readonly name: string; readonly values: readonly string[] }[] {
  const found: { name: string; values: string[] }[] = [];
  for (const flag of flags) {
    const match = /^(--?[\w-]+)(?:=([\s\S]*))?$/.exec(flag);
    if (match !== null) found.push({ name: match[1] ?? '', values: match[2] === undefined ? [] : [match[2]] });
    else found.at(-1)?.values.push(flag);
  }
  return found;
}

/** Separated by commas or blanks, but not inside of parentheses. */
const splitTools = (text: string): readonly string[] => text.match(/[^\s,()]+(?:\([^)]*\))?/g) ?? [];

function modeOf(
  members: readonly Located[],
  value: (key: string) => Located | undefined,
  setting: Setting,
  observed: boolean,
): Pick<Effective, 'mode' | 'modeFrom' | 'modeNotes'> {
  const notes: InertRule[] = [];
  const asked = askedMode(setting);
  const bypassOff = value('permissions.disableBypassPermissionsMode');
  const autoOff = value('disableAutoMode') ?? value('permissions.disableAutoMode');
  const allowed = (mode: Mode, from: Decision): Pick<Effective, 'mode' | 'modeFrom' | 'modeNotes'> => {
    const off = mode === 'bypassPermissions' ? bypassOff : mode === 'auto' ? autoOff : undefined;
    if (off?.['value'] === 'disable') {
      notes.push({ rule: from.rule, why: `switched off by ${String(off['key'])}`, place: from.place });
      return { mode: 'default', modeFrom: decision('policy', String(off['key']), placeOf(off)), modeNotes: notes };
    }
    return { mode, modeFrom: from, modeNotes: notes };
  };
  if (asked !== null) return allowed(asked.mode, asked.from);
  for (const scope of precedence) {
    const member = members.findLast((one) => one.scope === scope);
    if (member === undefined) continue;
    const mode = modes[String(member['value'])];
    const from = decision('mode', `defaultMode ${String(member['value'])}`, placeOf(member));
    if (mode === undefined) {
      notes.push({ rule: from.rule, why: 'not a mode', place: from.place });
      continue;
    }
    const weak = scope === 'project' || scope === 'local';
    if (weak && (mode === 'auto' || (mode === 'bypassPermissions' && observed))) {
      // The value has no effect and still hides what the user's own file says.
      notes.push({
        rule: from.rule,
        why: `${mode} from a ${scope} file has no effect, and hides the user's mode`,
        place: from.place,
      });
      return { mode: 'default', modeFrom: decision('default', 'default mode'), modeNotes: notes };
    }
    return allowed(mode, from);
  }
  return { mode: 'default', modeFrom: decision('default', 'default mode'), modeNotes: notes };
}

function askedMode(setting: Setting): { readonly mode: Mode; readonly from: Decision } | null {
  const flags = flagValues(setting.flags);
  if (flags.some(({ name }) => name === '--dangerously-skip-permissions'))
    return { mode: 'bypassPermissions', from: decision('mode', '--dangerously-skip-permissions') };
  const named = setting.mode ?? flags.find(({ name }) => name === '--permission-mode')?.values[0] ?? null;
  const mode = named === null ? undefined : modes[named];
  return mode === undefined ? null : { mode, from: decision('mode', `mode ${named ?? ''} (chosen at start)`) };
}

function directoriesOf(members: readonly Located[], setting: Setting, trusted: boolean): readonly string[] {
  const added = members
    .filter((one) => one.scope !== 'project' || trusted)
    .map((one) => absolutePath(String(one['path'] ?? ''), setting));
  const flagged = flagValues(setting.flags)
    .filter(({ name }) => name === '--add-dir')
    .flatMap(({ values }) => values.map((path) => absolutePath(path, setting)));
  return [setting.workingDirectory, ...added, ...flagged];
}

function sandboxOf(members: readonly Located[]): Sandbox {
  const single = (key: string): Located | undefined =>
    precedence
      .map((scope) => members.find((one) => one.scope === scope && one['key'] === key))
      .find((one) => one !== undefined);
  const enabled = single('enabled');
  const lists = members.filter((one) => one['key'] === 'excludedCommands').map((one) => one['value']);
  return {
    enabled: enabled?.['value'] === true,
    autoAllow: single('autoAllowBashIfSandboxed')?.['value'] !== false,
    excluded: lists.flatMap((list: JsonValue | undefined) =>
      Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [],
    ),
    from: enabled === undefined ? null : decision('sandbox', 'sandbox.enabled', placeOf(enabled)),
  };
}
