import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, homeLocations } from '../host/location.ts';
import { rulesSource } from '../host/markdown-sources.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { serverWinnersLinker } from '../host/server-winners.ts';
import { placedRef } from '../keys.ts';
import { readRawServer } from '../mcp/raw-server.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import {
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  type MapNode,
  type Node,
  nodeOf,
  scalarText,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource, Linker } from '../source.ts';
import { agentSettings } from './agent-settings.ts';
import { homeFolders, product, zed } from './product.ts';

/** Keys of the user's file that hold settings once more, for a release channel, a platform or a profile. */
const channels = ['dev', 'nightly', 'preview', 'stable'] as const;
const platforms = ['macos', 'linux', 'windows'] as const;

type Layer = { readonly node: MapNode; readonly where: string; readonly variant: string | null };

function layersOf(root: MapNode, isUser: boolean): readonly Layer[] {
  const own: Layer = { node: root, where: '', variant: null };
  if (!isUser) return [own];
  const named = [...channels, ...platforms].flatMap((key): Layer[] => {
    const node = nodeOf(root, key);
    return node?.kind === 'map' ? [{ node, where: `${key}.`, variant: key }] : [];
  });
  const profiles = entriesOf(nodeOf(root, 'profiles')).flatMap((profile): Layer[] => {
    const node = nodeOf(profile.node, 'settings') ?? profile.node;
    const name = maskText(profile.key.slice(0, 100));
    return node.kind === 'map' ? [{ node, where: `profiles.${name}.`, variant: `profile ${name}` }] : [];
  });
  return [own, ...named, ...profiles];
}

/** Comments and trailing commas are taken. Of a project's file only `context_servers` concerns agents. */
export const zedSettings: FileSource = {
  kind: 'file',
  id: 'zed/settings',
  version: 1,
  title: 'Zed settings',
  ...product,
  locations: [
    ...homeLocations(homeFolders, 'settings.json'),
    {
      scope: 'user',
      base: 'home',
      path: '.var/app/dev.zed.Zed/config/zed/settings.json',
      platform: 'linux',
      confidence: 'low',
    },
    { scope: 'project', base: 'project', path: '.zed/settings.json' },
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, zed);
    const confidence = confidenceOf(file);
    let concerned = file.scope === 'user';
    for (const layer of layersOf(root, file.scope === 'user')) {
      const variant = layer.variant === null ? {} : { variant: layer.variant };
      const servers = entryOf(layer.node, 'context_servers');
      concerned ||= servers !== undefined;
      serversFacts(builder, {
        entry: servers,
        context: {
          host: zed.id,
          user: facts.ref,
          scope: file.scope,
          where: `${layer.where}context_servers`,
          anchor: file.anchor,
          confidence,
          extra: variant,
        },
        adapt: zedServer(facts, `${layer.where}context_servers`),
      });
      if (file.scope === 'project') {
        for (const key of ['agent', 'agent_servers', 'language_models', 'profiles', 'assistant']) {
          const entry = entryOf(layer.node, key);
          if (entry === undefined) continue;
          concerned = true;
          facts.located('inert', entry, { key, why: 'not among the settings that a project may make' });
        }
        continue;
      }
      const agent = nodeOf(layer.node, 'agent') ?? nodeOf(layer.node, 'assistant');
      if (agent !== undefined) agentSettings(builder, facts, agent, variant);
      for (const entry of entriesOf(nodeOf(layer.node, 'agent_servers')))
        externalAgent(builder, facts, entry, layer.where);
      for (const provider of entriesOf(nodeOf(layer.node, 'language_models')).slice(0, 200)) {
        const url = textOf(nodeOf(provider.node, 'api_url'));
        if (url !== undefined)
          facts.located('providers', provider, { id: maskText(provider.key.slice(0, 100)), url: maskUrl(url) });
      }
      for (const path of [['session', 'trust_all_worktrees'], ['disable_ai'], ['telemetry', 'metrics']] as const)
        facts.value('settings', `${layer.where}${path.join('.')}`, entryOf(layer.node, ...path));
    }
    if (concerned) facts.emit(root, confidence);
    else builder.note('nothing about agents: no facts taken');
    return builder.done();
  },
};

/** A server of an extension has settings instead of a command; in older files the command is an object with a path. */
const zedServer =
  (facts: HostAgentFacts, where: string): ServerAdapter =>
  (raw, node, entry) => {
    const command = nodeOf(node, 'command');
    const older = command?.kind === 'map' ? command : null;
    const settings = nodeOf(node, 'settings');
    if (raw.url === null && (command === undefined || command.kind === 'scalar') && raw.command === null) {
      for (const setting of entriesOf(settings))
        secretSetting(facts, `${where}.${raw.name}.settings.${setting.key.slice(0, 100)}`, setting);
      facts.located('extensionServers', entry, {
        name: maskText(raw.name),
        enabled: booleanOf(nodeOf(node, 'enabled')) !== false,
        settings: entriesOf(settings)
          .slice(0, 100)
          .map((setting) => maskText(setting.key.slice(0, 100))),
      });
      return null;
    }
    if (older === null) return { raw, extra: booleanOf(nodeOf(node, 'remote')) === true ? { remote: true } : {} };
    const path = textOf(nodeOf(older, 'path'))?.trim() ?? null;
    const inner = readRawServer({ ...entry, node: older }, older, raw.name);
    return {
      raw: {
        ...inner,
        enabled: raw.enabled,
        command: path === '' ? null : path,
        transport: path === null ? 'unknown' : 'stdio',
      },
      extra: {},
    };
  };

/** Agents of others that Zed starts and shows (Agent Client Protocol). */
function externalAgent(builder: ReadingBuilder, facts: HostAgentFacts, entry: Entry, where: string): void {
  const { node }: { readonly node: Node } = entry;
  if (node.kind !== 'map') return;
  const command = scalarText(nodeOf(node, 'command'));
  const name = maskText(entry.key.slice(0, 200)) || 'agent without a name';
  const words = [command ?? '', ...textsOf(nodeOf(node, 'args'))].join(' ').trim();
  const ref = builder.asset({
    ...placedRef('agent', builder.file, `agent_servers/${name}`),
    name,
    properties: {
      host: zed.id,
      framework: 'acp',
      subAgent: true,
      external: true,
      scope: builder.file.scope,
      ...(words === '' ? {} : { command: maskText(words) }),
      ...Object.fromEntries(
        ['type', 'default_mode', 'default_model'].flatMap((key) => {
          const value = scalarText(nodeOf(node, key));
          return value === undefined ? [] : [[key, maskText(value.slice(0, 100))] as const];
        }),
      ),
    },
    lines: linesOf(entry),
  });
  builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines: linesOf(entry) });
  facts.environment(entryOf(node, 'env'), `${where}agent_servers.${name}.env`);
}

const markdown = { ...product, host: zed };

/** The first of a list of files counts in a project; `.rules` is the first and Zed's own (docs/src/ai/instructions.md). */
export const zedInstructions: FileSource = rulesSource(markdown, {
  id: 'zed/instructions',
  title: 'Zed instructions',
  role: 'instructions',
  locations: [...homeLocations(homeFolders, 'AGENTS.md'), { scope: 'project', base: 'project', path: '.rules' }],
});

export const zedLinker: Linker = serverWinnersLinker({
  host: zed,
  order: ['managed', 'project', 'user'],
  why: 'settings of the project count before those of the user',
});
