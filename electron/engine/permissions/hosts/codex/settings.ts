import type { JsonValue } from '../../../../../shared/model/facts.ts';
import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { hostAgents, type Located, locatedOf, placeOf } from '../../host-facts.ts';
import { absolutePath, normalise } from '../../paths.ts';
import { type Decision, decision, type InertRule, type RulePlace } from '../../verdict.ts';
import { atLeast } from '../../versions.ts';

export const host = 'codex';

export type Approval = 'untrusted' | 'on-request' | 'on-failure' | 'never' | 'granular';
export type SandboxMode = 'read-only' | 'workspace-write' | 'danger-full-access';

export type PrefixRule = {
  readonly decision: 'allow' | 'prompt' | 'forbidden';
  /** One member per word; a list stands for alternatives. */
  readonly pattern: readonly (readonly string[])[];
  readonly text: string;
  readonly place: RulePlace;
};

export type CodexSettings = {
  readonly approval: Approval;
  readonly approvalFrom: Decision;
  readonly sandbox: SandboxMode;
  readonly sandboxFrom: Decision;
  readonly network: boolean;
  readonly writableRoots: readonly string[];
  readonly rules: readonly PrefixRule[];
  readonly inert: readonly InertRule[];
  readonly trust: 'trusted' | 'untrusted' | 'unknown';
  /** Why no session starts with these files; null when one does. */
  readonly doesNotStart: Decision | null;
};

/**
 * Layers, trust and requirements of Codex CLI. openai/codex source of 2026 as the reference of hosts has it; what 0.169.0
 * did where it differed.
 */
export function codexSettings(facts: PermissionFacts, setting: Setting, version: string): CodexSettings {
  const { machine, user, projects } = hostAgents(facts, host, setting.workingDirectory);
  const trust = trustOf(locatedOf(user, 'projects'), setting);
  const layers = [
    ...(trust === 'trusted' ? projects.map(({ asset }) => asset) : []),
    ...(user === undefined ? [] : [user]),
    ...(machine === undefined ? [] : [machine]),
  ];
  const inert: InertRule[] = [];
  for (const asset of layers)
    for (const one of locatedOf(asset, 'inert'))
      inert.push({ rule: String(one['key'] ?? ''), why: String(one['why'] ?? ''), place: placeOf(one) });
  if (trust !== 'trusted')
    for (const { asset } of projects)
      for (const list of ['modes', 'sandbox', 'permissions'])
        for (const one of locatedOf(asset, list))
          inert.push({
            rule: String(one['key'] ?? one['rule'] ?? ''),
            why: 'project files count in a trusted folder only',
            place: placeOf(one),
          });
  const first = (list: string, key: string): Located | undefined =>
    layers.flatMap((asset) => locatedOf(asset, list)).find((one) => one['key'] === key);
  const requirement = (key: string): readonly JsonValue[] | null => {
    const value = locatedOf(machine, 'requirements').find((one) => one['key'] === key)?.['value'];
    return Array.isArray(value) ? value : null;
  };
  const headless = setting.context === 'headless' || setting.context === 'ci';
  const flags = flagsOf(setting.flags);
  const legacy = atLeast(version, '0.134.0') ? null : selectedProfile(user);
  const wantedApproval = approvalOf(
    flags.approval,
    legacy?.('approval_policy') ?? first('modes', 'approval_policy'),
    trust,
    version,
  );
  const wantedSandbox = sandboxOf(flags.sandbox, legacy?.('sandbox_mode') ?? first('sandbox', 'sandbox_mode'), trust);
  const approval = constrainedApproval(
    headless ? { value: 'never', from: decision('headless', 'codex exec never asks') } : wantedApproval,
    requirement('allowed_approval_policies'),
  );
  const sandbox = constrainedSandbox(wantedSandbox, requirement('allowed_sandbox_modes'));
  const problem = layers
    .flatMap((asset) => locatedOf(asset, 'startProblems'))
    .find((one) => atLeast(version, String(one['sinceVersion'] ?? '0')));
  const conflict =
    atLeast(version, '0.169.0') &&
    wantedApproval.value === 'never' &&
    wantedSandbox.value === 'danger-full-access' &&
    sandbox.value !== wantedSandbox.value;
  return {
    approval: approval.value,
    approvalFrom: approval.from,
    sandbox: sandbox.value,
    sandboxFrom: sandbox.from,
    network: first('sandbox', 'sandbox_workspace_write.network_access')?.['value'] === true,
    writableRoots: rootsOf(first('sandbox', 'sandbox_workspace_write.writable_roots'), setting, flags.directories),
    rules: layers.flatMap((asset) => locatedOf(asset, 'permissions').flatMap(ruleOf)),
    inert,
    trust,
    doesNotStart: wantedApproval.refused
      ? decision(
          'malformed',
          'approval_policy "untrusted" is no longer supported: Codex refuses to start',
          wantedApproval.from.place,
        )
      : problem !== undefined
        ? decision('malformed', `Codex does not start: ${String(problem['why'] ?? '')}`, placeOf(problem))
        : conflict
          ? decision(
              'malformed',
              'Codex does not start: never and full access against a restriction of the sandbox',
              wantedSandbox.from.place,
            )
          : null,
  };
}

function trustOf(entries: readonly Located[], setting: Setting): CodexSettings['trust'] {
  if (setting.trusted !== null) return setting.trusted ? 'trusted' : 'untrusted';
  const fitting = entries
    .map((one) => ({ path: normalise(String(one['path'] ?? '')), level: String(one['level'] ?? '') }))
    .filter(({ path }) => setting.workingDirectory === path || setting.workingDirectory.startsWith(`${path}/`))
    .sort((one, other) => other.path.length - one.path.length);
  const level = fitting[0]?.level;
  return level === 'trusted' || level === 'untrusted' ? level : 'unknown';
}

type Wanted<T> = { readonly value: T; readonly from: Decision; readonly refused?: boolean };

const approvals: readonly string[] = ['untrusted', 'on-request', 'on-failure', 'never'];

function approvalOf(
  flag: string | null,
  member: Located | undefined,
  trust: CodexSettings['trust'],
  version: string,
): Wanted<Approval> {
  if (flag !== null && approvals.includes(flag))
    return { value: flag as Approval, from: decision('mode', `approval policy ${flag} (flag)`) };
  const value = member?.['value'];
  if (member !== undefined && typeof value === 'string' && approvals.includes(value)) {
    const from = decision('mode', `approval_policy ${value}`, placeOf(member));
    return { value: value as Approval, from, refused: value === 'untrusted' && atLeast(version, '0.169.0') };
  }
  if (member !== undefined && typeof value === 'object' && value !== null)
    return { value: 'granular', from: decision('mode', 'approval_policy (granular)', placeOf(member)) };
  return trust === 'untrusted'
    ? { value: 'untrusted', from: decision('trust', 'an untrusted folder: everything but known safe commands asks') }
    : { value: 'on-request', from: decision('default', 'approval policy on-request (default)') };
}

const sandboxes: readonly string[] = ['read-only', 'workspace-write', 'danger-full-access'];

function sandboxOf(
  flag: string | null,
  member: Located | undefined,
  trust: CodexSettings['trust'],
): Wanted<SandboxMode> {
  if (flag !== null && sandboxes.includes(flag))
    return { value: flag as SandboxMode, from: decision('mode', `sandbox ${flag} (flag)`) };
  const value = member?.['value'];
  if (member !== undefined && typeof value === 'string' && sandboxes.includes(value))
    return { value: value as SandboxMode, from: decision('sandbox', `sandbox_mode ${value}`, placeOf(member)) };
  return trust === 'unknown'
    ? {
        value: 'read-only',
        from: decision('default', 'sandbox read-only (default of a folder without a record of trust)'),
      }
    : { value: 'workspace-write', from: decision('default', 'sandbox workspace-write (default)') };
}

/** What requirements do not allow is replaced by something compatible, not rejected. */
function constrainedApproval(wanted: Wanted<Approval>, allowed: readonly JsonValue[] | null): Wanted<Approval> {
  if (allowed === null || allowed.includes(wanted.value)) return wanted;
  const value = allowed.includes('on-request')
    ? 'on-request'
    : (allowed.find((one) => approvals.includes(String(one))) as Approval | undefined);
  return value === undefined
    ? wanted
    : { value, from: decision('policy', `requirements replace ${wanted.value} by ${value}`, wanted.from.place) };
}

function constrainedSandbox(wanted: Wanted<SandboxMode>, allowed: readonly JsonValue[] | null): Wanted<SandboxMode> {
  if (allowed === null || allowed.includes(wanted.value)) return wanted;
  const value =
    wanted.value === 'danger-full-access' && allowed.includes('workspace-write') ? 'workspace-write' : 'read-only';
  return { value, from: decision('policy', `requirements replace ${wanted.value} by ${value}`, wanted.from.place) };
}

/** `--ask-for-approval`, `--sandbox`, `--full-auto`, the bypass flag, `-c key=value`. */
function flagsOf(flags: readonly string[]): {
  readonly approval: string | null;
  readonly sandbox: string | null;
  readonly directories: readonly string[];
} {
  let approval: string | null = null;
  let sandbox: string | null = null;
  const directories: string[] = [];
  for (const [index, flag] of flags.entries()) {
    const [name = '', own] = flag.split(/=(.*)/s, 2);
    const value = own ?? flags[index + 1] ?? '';
    if (name === '-a' || name === '--ask-for-approval') approval = value;
    else if (name === '-s' || name === '--sandbox') sandbox = value;
    else if (name === '--add-dir') directories.push(value);
    else if (name === '--full-auto') [approval, sandbox] = ['on-request', 'workspace-write'];
    else if (name === '--yolo' || name === '--dangerously-bypass-approvals-and-sandbox')
      [approval, sandbox] = ['never', 'danger-full-access'];
    else if (name === '-c' || name === '--config') {
      const pair = /^([\w.]+)\s*=\s*"?([^"]*)"?$/.exec(flags[index + 1] ?? '');
      if (pair?.[1] === 'approval_policy') approval = pair[2] ?? null;
      if (pair?.[1] === 'sandbox_mode') sandbox = pair[2] ?? null;
    }
  }
  return { approval, sandbox, directories };
}

/** `profile = "x"` with `[profiles.x]`, read before 0.134.0 only. */
function selectedProfile(user: Parameters<typeof locatedOf>[0]): (key: string) => Located | undefined {
  const members = locatedOf(user, 'legacyProfiles').filter((one) => one['selected'] === true);
  return (key) => members.find((one) => one['key'] === key);
}

function rootsOf(member: Located | undefined, setting: Setting, added: readonly string[]): readonly string[] {
  const value = member?.['value'];
  const listed = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  return [setting.workingDirectory, '/tmp', ...[...listed, ...added].map((path) => absolutePath(path, setting))];
}

function ruleOf(member: Located): readonly PrefixRule[] {
  const { list, pattern } = member;
  if (list !== 'allow' && list !== 'prompt' && list !== 'forbidden') return [];
  if (!Array.isArray(pattern)) return [];
  return [
    {
      decision: list,
      pattern: pattern.map((word) =>
        Array.isArray(word) ? word.filter((one) => typeof one === 'string') : [String(word)],
      ),
      text: `prefix_rule ${String(member['rule'] ?? '')} (${list})`,
      place: placeOf(member),
    },
  ];
}
