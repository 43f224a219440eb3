import type { Host } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { type HostProduct, hostModel, hostServers, structuredSource } from '../host/structured-source.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource, Location } from '../source.ts';

export const junie: Host = {
  id: 'junie',
  title: 'JetBrains Junie',
  transcripts: [{ place: '~/.junie/logs/*', confidence: 'high' }],
};
const product: HostProduct = { product: 'junie', productTitle: 'JetBrains Junie', host: junie };

const junieFile = (path: string, confidence: 'high' | 'medium' | 'low' = 'medium'): readonly Location[] => [
  { scope: 'user', base: 'home', path: `.junie/${path}`, confidence },
  { scope: 'project', base: 'project', path: `.junie/${path}`, confidence },
];

/** `mcp/mcp.json`. JetBrains help "Model Context Protocol (MCP)" (Junie). */
export const junieMcp: FileSource = structuredSource(
  product,
  {
    id: 'junie/mcp',
    title: 'Junie MCP servers',
    format: 'jsonc',
    locations: junieFile('mcp/mcp.json', 'high'),
    emits: ['mcp-server', 'credential'],
  },
  (open) => {
    hostServers(open, entryOf(open.root, 'mcpServers'));
    return undefined;
  },
);

/**
 * `allowlist.json`, the user's only: groups of rules, read from the top, the first match counts; `allow` and `ask` are
 * the actions, there is no deny. A list instead of an object makes Junie throw the file away (release 2383.10, excerpt).
 */
export const junieAllowlist: FileSource = structuredSource(
  product,
  {
    id: 'junie/allowlist',
    title: 'Junie action allowlist',
    format: 'json',
    locations: [{ scope: 'user', base: 'home', path: '.junie/allowlist.json', confidence: 'medium' }],
  },
  ({ facts, root, builder }) => {
    for (const key of ['defaultBehavior', 'allowReadonlyCommands']) facts.value('modes', key, entryOf(root, key));
    for (const group of entriesOf(nodeOf(root, 'rules'))) {
      if (group.node.kind === 'list') {
        builder.issue(group.line, `rules of "${group.key.slice(0, 100)}" are a list: Junie drops the whole file`);
        facts.located('ignoredFiles', group, { why: 'a group of rules is a list, Junie drops the whole file' });
      }
      const rules = group.node.kind === 'list' ? group.node : nodeOf(group.node, 'rules');
      const otherwise = entryOf(group.node, 'default');
      if (otherwise !== undefined)
        facts.located('modes', otherwise, {
          key: `rules.${group.key.slice(0, 100)}.default`,
          value: scalarText(otherwise.node) ?? null,
        });
      for (const [order, item] of itemsOf(rules).entries()) {
        const prefix = textOf(nodeOf(item, 'prefix'));
        const pattern = textOf(nodeOf(item, 'pattern'));
        const rule = prefix ?? pattern;
        if (rule === undefined) continue;
        facts.located('permissions', item, {
          list: group.key.slice(0, 100),
          rule: maskText(rule),
          form: prefix === undefined ? 'pattern' : 'prefix',
          action: scalarText(nodeOf(item, 'action')) ?? null,
          order,
        });
      }
    }
    return undefined;
  },
);

/** `config.json`: hooks run from the user's file only; those of a project do nothing. */
export const junieConfig: FileSource = structuredSource(
  product,
  {
    id: 'junie/config',
    title: 'Junie configuration',
    format: 'jsonc',
    locations: junieFile('config.json'),
    emits: ['hook', 'model'],
  },
  (open) => {
    const { facts, root, builder, confidence, file } = open;
    const hooks = entryOf(root, 'hooks');
    if (file.scope === 'user') hooksFacts(builder, hooks, { host: junie.id, owner: facts.ref, confidence });
    else if (hooks !== undefined)
      facts.located('inert', hooks, { key: 'hooks', why: 'Junie runs hooks only of the file of the user' });
    hostModel(open, entryOf(root, 'model'), 'main');
    for (const key of ['brave', 'approvalMode', 'mode']) facts.value('modes', key, entryOf(root, key));
    return undefined;
  },
);

export const junieGuidelines: FileSource = rulesSource(product, {
  id: 'junie/guidelines',
  title: 'Junie guidelines',
  role: 'instructions',
  locations: [...junieFile('guidelines.md', 'high'), ...junieFile('AGENTS.md')],
});

export const junieAgents: FileSource = agentsSource(product, {
  id: 'junie/agents',
  title: 'Junie sub-agents',
  framework: 'junie-subagent',
  locations: junieFile('agents/*.md'),
});

export const junieSkills: FileSource = skillsSource(product, {
  id: 'junie/skills',
  title: 'Junie skills',
  locations: junieFile('skills/**/SKILL.md'),
});

export const junieCommands: FileSource = commandsSource(product, {
  id: 'junie/commands',
  title: 'Junie commands',
  roots: ['commands'],
  locations: junieFile('commands/*.md'),
});

/** Agents of other vendors that the IDE starts over ACP, with the servers that it hands to them. */
export const jetbrainsAcp: FileSource = structuredSource(
  {
    ...product,
    product: 'jetbrains-ai',
    productTitle: 'JetBrains AI Assistant',
    host: { id: 'jetbrains-ai', title: 'JetBrains AI Assistant' },
  },
  {
    id: 'jetbrains-ai/acp-agents',
    title: 'JetBrains ACP agents',
    format: 'jsonc',
    locations: [{ scope: 'user', base: 'home', path: '.jetbrains/acp.json', confidence: 'medium' }],
    emits: ['credential'],
  },
  ({ facts, root, builder, confidence, file }) => {
    for (const entry of entriesOf(nodeOf(root, 'agent_servers'))) {
      if (entry.node.kind !== 'map') continue;
      const command = [
        textOf(nodeOf(entry.node, 'command')) ?? '',
        ...itemsOf(nodeOf(entry.node, 'args')).map((item) => textOf(item) ?? ''),
      ]
        .join(' ')
        .trim();
      const name = entry.key.slice(0, 200);
      const lines = { line: entry.line, endLine: entry.endLine };
      const ref = builder.asset({
        kind: 'agent',
        key: `${file.place}#${name}`,
        name,
        properties: {
          host: 'jetbrains-ai',
          framework: 'acp-agent',
          subAgent: true,
          scope: file.scope,
          command: maskText(command),
        },
        lines,
        confidence,
      });
      builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines, confidence });
      facts.environment(entryOf(entry.node, 'env'), `agent_servers.${name}.env`);
    }
    const settings = nodeOf(root, 'default_mcp_settings');
    for (const key of ['use_idea_mcp', 'use_custom_mcp'])
      if (booleanOf(nodeOf(settings, key)) !== undefined)
        facts.value('settings', `default_mcp_settings.${key}`, entryOf(settings, key));
    return undefined;
  },
);
