import type { Confidence } from '../../../../shared/kinds.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { confidenceOf, machineLocations, placeForReader } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { parseJson } from '../parse/json-document.ts';
import { entriesOf, entryOf, itemsOf, linedTexts, type MapNode, nodeOf, textOf } from '../parse/node.ts';
import { ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { enabledPlugins, knownMarketplaces } from './plugin-settings.ts';
import { claudeCode, managedFolders, product } from './product.ts';

/** Settings that decide what else counts; kept as they stand, with their lines. */
const plainKeys = [
  'enableAllProjectMcpServers',
  'disableAllHooks',
  'disableAutoMode',
  'skipDangerousModePermissionPrompt',
  'skipAutoPermissionPrompt',
  'useAutoModeDuringPlan',
  'allowManagedPermissionRulesOnly',
  'allowManagedHooksOnly',
  'allowManagedMcpServersOnly',
  'allowAllClaudeAiMcps',
  'disableClaudeAiConnectors',
  'strictPluginOnlyCustomization',
  'disableCommandPluginSources',
  'disableSideloadFlags',
  'strictKnownMarketplaces',
  'allowedMarketplaces',
  'blockedMarketplaces',
  'allowedHttpHookUrls',
  'httpHookAllowedEnvVars',
  'availableModels',
  'fallbackModel',
  'outputStyle',
  'agent',
  'forceLoginMethod',
  'forceLoginOrgUUID',
  'forceRemoteSettingsRefresh',
  'parentSettingsBehavior',
  'autoMode',
  'cleanupPeriodDays',
  'remoteControlAtStartup',
  'isolatePeerMachines',
  'crossSessionInbound',
  'claudeMdExcludes',
  'requiredMinimumVersion',
  'requiredMaximumVersion',
  'channelsEnabled',
  'allowedChannelPlugins',
  'syncClaudeAiSkills',
  'disableDeepLinkRegistration',
] as const;
const helperKeys = [
  'apiKeyHelper',
  'awsAuthRefresh',
  'awsCredentialExport',
  'gcpAuthRefresh',
  'otelHeadersHelper',
  'processWrapper',
] as const;
const nestedHelperKeys = ['statusLine', 'subagentStatusLine', 'fileSuggestion', 'policyHelper'] as const;
const modes = new Set(['default', 'manual', 'acceptEdits', 'plan', 'auto', 'dontAsk', 'bypassPermissions']);

/** Settings files of every scope. Claude Code documentation 2026-08-22 (v2.1.240); deviations seen in 2.1.328. */
export const claudeCodeSettings: FileSource = {
  kind: 'file',
  id: 'claude-code/settings',
  version: 2,
  title: 'Claude Code settings',
  ...product,
  locations: [
    ...machineLocations(managedFolders, 'managed-settings.json'),
    ...machineLocations(managedFolders, 'managed-settings.d/*.json'),
    { scope: 'managed', base: 'home', path: '.claude/remote-settings.json' },
    { scope: 'user', base: 'home', path: '.claude/settings.json' },
    { scope: 'project', base: 'project', path: '.claude/settings.json' },
    { scope: 'local', base: 'project', path: '.claude/settings.local.json' },
  ],
  emits: ['agent', 'hook', 'credential', 'model', 'plugin'],
  read,
};

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  if (
    file.location.path.includes('managed-settings.d/') &&
    (placeForReader(file).split('/').at(-1) ?? '').startsWith('.')
  )
    return builder.done();
  const document = parseJson(file.text);
  const confidence = confidenceOf(file);
  const facts = new HostAgentFacts(builder, claudeCode);
  builder.problems(document.problems);
  if (document.root?.kind !== 'map') {
    const line = document.problems[0]?.line ?? document.root?.line ?? 1;
    if (document.root !== null) builder.issue(document.root.line, 'settings are not an object');
    builder.malformed(
      `${reasonOf(document.problems, 'settings are not an object')}; Claude Code ignores the whole file`,
    );
    facts.located('ignoredFiles', { line, endLine: line }, { why: 'not readable as settings' });
    facts.emit(wholeFile(file.text), confidence);
    return builder.done();
  }
  if (!document.strict) {
    const managed = file.scope === 'managed';
    const reason = reasonOf(document.problems, 'not strict JSON');
    const effect = managed ? 'a session with -p refuses to start' : 'Claude Code ignores the whole file';
    builder.malformed(`${reason}; ${effect}`);
    if (!managed) {
      ignored(facts, document.root, document.problems[0]?.line ?? 1, reason);
      facts.emit(document.root, confidence);
      return builder.done();
    }
  }
  settingsFacts(builder, facts, document.root, confidence);
  facts.emit(document.root, confidence);
  return builder.done();
}

const reasonOf = (
  problems: readonly { readonly line: number | null; readonly message: string }[],
  otherwise: string,
): string => {
  const first = problems[0];
  return first === undefined ? otherwise : `${first.message}${first.line === null ? '' : ` (line ${first.line})`}`;
};

/** What the author wrote and what is not in force: kept apart, so that nobody mistakes it for a rule. */
function ignored(facts: HostAgentFacts, root: MapNode, line: number, reason: string): void {
  facts.located(
    'ignoredFiles',
    { line, endLine: line },
    { why: `${reason}: settings are strict JSON, so no rule of this file is in force` },
  );
  for (const list of ['allow', 'ask', 'deny']) {
    for (const item of linedTexts(nodeOf(root, 'permissions', list))) {
      facts.located('ignoredPermissions', item, {
        list,
        rule: maskText(item.text),
        why: 'the file is not strict JSON',
      });
    }
  }
}

function settingsFacts(builder: ReadingBuilder, facts: HostAgentFacts, root: MapNode, confidence: Confidence): void {
  const permissions = entryOf(root, 'permissions');
  if (permissions !== undefined && permissions.node.kind !== 'map')
    builder.issue(permissions.line, '"permissions" is not an object');
  for (const list of ['allow', 'ask', 'deny']) facts.permission(list, nodeOf(root, 'permissions', list));
  for (const item of linedTexts(nodeOf(root, 'permissions', 'additionalDirectories')))
    facts.located('additionalDirectories', item, { path: item.text });
  const mode = entryOf(root, 'permissions', 'defaultMode');
  const modeName = textOf(mode?.node);
  if (mode !== undefined) {
    facts.value('modes', 'permissions.defaultMode', mode);
    if (modeName === undefined || !modes.has(modeName))
      builder.issue(mode.line, 'permissions.defaultMode is not a known mode');
  }
  for (const key of ['disableBypassPermissionsMode', 'disableAutoMode'])
    facts.value('settings', `permissions.${key}`, entryOf(root, 'permissions', key));
  for (const key of plainKeys) facts.value('settings', key, entryOf(root, key));
  for (const key of helperKeys) facts.helper(key, entryOf(root, key));
  for (const key of nestedHelperKeys) {
    facts.helper(
      key,
      entryOf(root, key, 'command') ?? (textOf(nodeOf(root, key)) === undefined ? undefined : entryOf(root, key)),
    );
  }
  if (entryOf(root, 'policyHelper') !== undefined) facts.property('policyComputedAtRunTime', true);
  for (const key of ['enabledMcpjsonServers', 'disabledMcpjsonServers']) {
    for (const item of linedTexts(nodeOf(root, key)))
      facts.located('mcpApprovals', item, { list: key, name: item.text });
  }
  if (entryOf(root, 'enableAllProjectMcpServers') !== undefined) {
    const all = entryOf(root, 'enableAllProjectMcpServers');
    if (all?.node.kind === 'scalar' && all.node.value === true)
      facts.located('mcpApprovals', all, { list: 'enableAllProjectMcpServers', name: '*' });
  }
  for (const list of ['allowedMcpServers', 'deniedMcpServers']) policyFacts(builder, facts, root, list);
  for (const entry of entriesOf(nodeOf(root, 'sandbox'))) {
    if (entry.node.kind === 'map')
      for (const inner of entriesOf(entry.node)) facts.value('sandbox', `${entry.key}.${inner.key}`, inner);
    else facts.value('sandbox', entry.key, entry);
  }
  facts.environment(entryOf(root, 'env'), 'env');
  hooksFacts(builder, entryOf(root, 'hooks'), { host: claudeCode.id, owner: facts.ref, confidence });
  const model = entryOf(root, 'model');
  const modelId = textOf(model?.node);
  if (model !== undefined && modelId !== undefined)
    modelFacts(builder, facts.ref, modelId, model, { host: claudeCode.id, confidence });
  enabledPlugins(builder, facts, entryOf(root, 'enabledPlugins'), confidence);
  knownMarketplaces(facts, entryOf(root, 'extraKnownMarketplaces') ?? entryOf(root, 'additionalMarketplaces'));
}

/** `[{"serverUrl": "..."}]`: each member is one condition. The list itself is a fact, because an empty one admits nothing. */
function policyFacts(builder: ReadingBuilder, facts: HostAgentFacts, root: MapNode, list: string): void {
  const entry = entryOf(root, list);
  if (entry === undefined) return;
  if (entry.node.kind !== 'list') {
    builder.issue(entry.line, `"${list}" is not a list`);
    if (list === 'allowedMcpServers') facts.located('mcpPolicy', entry, { list, by: 'nothing', value: null });
    return;
  }
  if (entry.node.items.length === 0) facts.located('mcpPolicy', entry, { list, by: 'nothing', value: null });
  for (const item of itemsOf(entry.node)) {
    const [condition] = entriesOf(item);
    if (condition === undefined) {
      builder.issue(item.line, `member of "${list}" is not an object`);
      continue;
    }
    const words = linedTexts(condition.node).map((word) =>
      condition.key === 'serverUrl' ? maskUrl(word.text) : maskText(word.text),
    );
    facts.located('mcpPolicy', condition, {
      list,
      by: condition.key,
      value: condition.key === 'serverCommand' ? words : (words[0] ?? null),
    });
  }
}
