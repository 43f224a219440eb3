import type { Confidence } from '../../../../shared/kinds.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { confidenceOf, machineLocations, placeForReader } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { booleanOf, entriesOf, entryOf, type MapNode, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskUrl } from '../parse/secrets.ts';
import { parseToml } from '../parse/toml-document.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { codex, machineFolders, product } from './product.ts';
import { codexServer } from './server-entry.ts';

/** Keys that a project file may hold and that are never taken from it. openai/codex config loader (2026). */
const ignoredInProjects = new Set([
  'openai_base_url',
  'chatgpt_base_url',
  'apps_mcp_product_sku',
  'model_provider',
  'model_providers',
  'notify',
  'profile',
  'profiles',
  'experimental_realtime_ws_base_url',
  'otel',
]);
const plainKeys = [
  'approvals_reviewer',
  'default_permissions',
  'web_search',
  'allow_login_shell',
  'model_provider',
  'model_reasoning_effort',
  'cli_auth_credentials_store',
  'mcp_oauth_credentials_store',
  'project_root_markers',
  'project_doc_fallback_filenames',
  'openai_base_url',
  'chatgpt_base_url',
  'disable_response_storage',
  'hide_agent_reasoning',
] as const;
const flattened = ['shell_environment_policy', 'features', 'history', 'tools', 'apps', 'memories', 'skills'] as const;

/** `config.toml` of every layer and the profiles beside the user's. */
export const codexConfig: FileSource = {
  kind: 'file',
  id: 'codex/config',
  version: 2,
  title: 'Codex configuration',
  ...product,
  locations: [
    ...machineLocations(machineFolders, 'config.toml'),
    ...machineLocations(machineFolders, 'managed_config.toml', 'medium'),
    { scope: 'user', base: 'home', path: '.codex/config.toml' },
    { scope: 'user', base: 'home', path: '.codex/*.config.toml' },
    { scope: 'project', base: 'project', path: '.codex/config.toml' },
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'hook'],
  read,
};

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const document = parseToml(file.text);
  builder.problems(document.problems);
  const facts = new HostAgentFacts(builder, codex);
  if (document.root?.kind !== 'map') {
    builder.malformed(document.problems[0]?.message ?? 'not TOML');
    return builder.done();
  }
  const profile = profileOf(file);
  if (profile === null) configFacts(builder, facts, document.root);
  else profileFacts(facts, document.root, profile);
  facts.emit(document.root, confidenceOf(file));
  return builder.done();
}

const profileOf = (file: FileInput): string | null => {
  if (!file.location.path.includes('*')) return null;
  return (placeForReader(file).split('/').at(-1) ?? '').replace(/\.config\.toml$/, '');
};

/** A profile counts only when it is asked for on the command line: its settings stand apart. */
function profileFacts(facts: HostAgentFacts, root: MapNode, profile: string): void {
  for (const entry of entriesOf(root)) {
    if (entry.node.kind === 'scalar')
      facts.located('profiles', entry, { profile, key: entry.key, value: entry.node.value });
  }
}

function configFacts(builder: ReadingBuilder, facts: HostAgentFacts, root: MapNode): void {
  const { file } = builder;
  const confidence: Confidence = confidenceOf(file);
  const inProject = file.scope === 'project';
  const counts = (key: string): boolean => !inProject || !ignoredInProjects.has(key);
  if (inProject) {
    for (const entry of entriesOf(root)) {
      if (ignoredInProjects.has(entry.key))
        facts.located('inert', entry, { key: entry.key, why: 'ignored in project files' });
    }
  }
  facts.value('modes', 'approval_policy', entryOf(root, 'approval_policy'));
  facts.value('sandbox', 'sandbox_mode', entryOf(root, 'sandbox_mode'));
  for (const entry of entriesOf(nodeOf(root, 'sandbox_workspace_write')))
    facts.value('sandbox', `sandbox_workspace_write.${entry.key}`, entry);
  for (const profile of entriesOf(nodeOf(root, 'permissions'))) {
    for (const entry of entriesOf(profile.node))
      facts.value('sandbox', `permissions.${profile.key}.${entry.key}`, entry);
  }
  for (const key of plainKeys) if (counts(key)) facts.value('settings', key, entryOf(root, key));
  for (const key of flattened) {
    for (const entry of entriesOf(nodeOf(root, key)))
      if (entry.key !== 'set') facts.value('settings', `${key}.${entry.key}`, entry);
  }
  facts.environment(entryOf(root, 'shell_environment_policy', 'set'), 'shell_environment_policy.set');
  if (counts('notify')) facts.helper('notify', entryOf(root, 'notify'));
  if (counts('profile')) legacyProfiles(builder, facts, root);
  for (const project of entriesOf(nodeOf(root, 'projects'))) {
    const level = textOf(nodeOf(project.node, 'trust_level'));
    if (level === 'trusted' || level === 'untrusted')
      facts.located('projects', entryOf(project.node, 'trust_level') ?? project, {
        path: project.key.replace(/(.)\/+$/, '$1'),
        level,
        trusted: level === 'trusted',
      });
  }
  const provider = counts('model_provider') ? (textOf(nodeOf(root, 'model_provider')) ?? 'openai') : 'openai';
  for (const key of ['model', 'review_model']) {
    const model = entryOf(root, key);
    const id = textOf(model?.node);
    if (model !== undefined && id !== undefined)
      modelFacts(builder, facts.ref, id, model, {
        host: codex.id,
        provider,
        confidence,
        ...(key === 'model' ? {} : { role: 'review' }),
      });
  }
  if (counts('model_providers')) {
    for (const entry of entriesOf(nodeOf(root, 'model_providers'))) {
      const base = textOf(nodeOf(entry.node, 'base_url'));
      const keyEntry = entryOf(entry.node, 'env_key');
      const key = textOf(keyEntry?.node);
      facts.located('modelProviders', entry, {
        id: entry.key,
        baseUrl: base === undefined ? null : maskUrl(base),
        envKey: key ?? null,
      });
      if (key !== undefined && keyEntry !== undefined) facts.credential(key, keyEntry, 'reference', null, key);
    }
  }
  for (const plugin of entriesOf(nodeOf(root, 'plugins')))
    facts.located('plugins', plugin, { name: plugin.key, enabled: booleanOf(nodeOf(plugin.node, 'enabled')) ?? true });
  for (const market of entriesOf(nodeOf(root, 'marketplaces'))) {
    const address = scalarText(nodeOf(market.node, 'source')) ?? scalarText(nodeOf(market.node, 'url'));
    facts.located('marketplaces', market, {
      name: market.key,
      address: address === undefined ? null : maskUrl(address),
    });
  }
  hooksFacts(builder, entryOf(root, 'hooks'), { host: codex.id, owner: facts.ref, confidence });
  serversFacts(builder, {
    entry: entryOf(root, 'mcp_servers'),
    context: {
      host: codex.id,
      user: facts.ref,
      scope: file.scope,
      where: 'mcp_servers',
      anchor: file.anchor,
      confidence,
    },
    adapt: codexServer,
  });
}

/** `profile =` and `[profiles.x]`: read before 0.134.0, ignored after, and since 0.169.0 both together keep Codex from starting. */
function legacyProfiles(builder: ReadingBuilder, facts: HostAgentFacts, root: MapNode): void {
  const selector = entryOf(root, 'profile');
  const tables = entryOf(root, 'profiles');
  const selected = textOf(selector?.node);
  if (selector !== undefined)
    facts.located('inert', selector, {
      key: 'profile',
      value: selected ?? null,
      why: 'legacy profile selector, not read since 0.134.0',
    });
  for (const table of entriesOf(tables?.node)) {
    facts.located('inert', table, {
      key: `profiles.${table.key}`,
      why: 'legacy profile table, not read since 0.134.0',
    });
    for (const entry of entriesOf(table.node)) {
      if (entry.node.kind === 'scalar')
        facts.located('legacyProfiles', entry, {
          profile: table.key,
          selected: table.key === selected,
          key: entry.key,
          value: entry.node.value,
        });
    }
  }
  if (selector !== undefined && tables !== undefined) {
    builder.issue(selector.line, 'profile together with [profiles.*]: Codex 0.169.0 refuses to start with this file');
    facts.located('startProblems', selector, {
      sinceVersion: '0.169.0',
      why: 'profile together with [profiles.*] is an error at start',
    });
  }
  const approval = entryOf(root, 'approval_policy');
  if (textOf(approval?.node) === 'untrusted' && approval !== undefined) {
    facts.located('startProblems', approval, {
      sinceVersion: '0.169.0',
      why: 'approval_policy untrusted is no longer supported',
    });
  }
}
