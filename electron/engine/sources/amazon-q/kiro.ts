import { createHash } from 'node:crypto';
import { editorUserLocations } from '../host/editor-places.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { placedRef } from '../keys.ts';
import { booleanOf, entryOf, itemsOf, nodeOf, textOf, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileSource, Linker, Location } from '../source.ts';
import { namedAgentsLinker } from './link.ts';
import { kiro, kiroProduct as product } from './product.ts';
import { readAgentJson, readServers } from './readers.ts';

const markdown = { ...product, host: kiro };
const both = (path: string, confidence: 'high' | 'medium' | 'low' = 'medium'): readonly Location[] => [
  { scope: 'user', base: 'home', path: `.kiro/${path}`, confidence },
  { scope: 'project', base: 'project', path: `.kiro/${path}`, confidence },
];

export const kiroMcp: FileSource = {
  kind: 'file',
  id: 'kiro/mcp',
  version: 1,
  title: 'Kiro MCP servers',
  ...product,
  locations: both('settings/mcp.json'),
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => readServers(file, kiro),
};

/** Powers bring servers of their own. */
export const kiroPowers: FileSource = {
  kind: 'file',
  id: 'kiro/powers',
  version: 1,
  title: 'Kiro powers',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.kiro/powers/installed/*/mcp.json', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.kiro/powers/installed/*/*/mcp.json', confidence: 'low' },
  ],
  emits: ['agent', 'plugin', 'mcp-server', 'credential'],
  read: (file) => readServers(file, kiro, file.place.split('/').slice(0, -1).join('/')),
};

export const kiroAgents: FileSource = {
  kind: 'file',
  id: 'kiro/agents',
  version: 1,
  title: 'Kiro agents',
  ...product,
  locations: both('agents/*.json'),
  emits: ['agent', 'model', 'prompt', 'hook', 'mcp-server', 'credential'],
  read: (file) => readAgentJson(file, kiro, 'kiro-agent'),
};

export const kiroMarkdownAgents: FileSource = agentsSource(markdown, {
  id: 'kiro/markdown-agents',
  title: 'Kiro agents in Markdown',
  framework: 'kiro-agent',
  needs: 'header',
  locations: both('agents/*.md'),
});

const effects = new Set(['deny', 'ask', 'allow']);

/**
 * `permissions.yaml`: rules by capability, the stricter effect wins over all scopes. Those of a workspace are kept in the
 * home; a repository cannot bring any (kiro.dev, CLI v3 permissions, 2026, excerpt).
 */
export const kiroPermissions: FileSource = {
  kind: 'file',
  id: 'kiro/permissions',
  version: 1,
  title: 'Kiro permissions',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.kiro/settings/permissions.yaml', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.kiro/workspace-roots/*/permissions.yaml', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.kiro/settings/permissions.yaml', confidence: 'medium' },
  ],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseYaml(file.text);
    builder.problems(document.problems.filter((problem) => problem.kind !== 'empty'));
    if (document.root?.kind !== 'map') {
      if (document.root !== null || document.problems.some((problem) => problem.kind !== 'empty'))
        builder.malformed('not a YAML map');
      return builder.done();
    }
    const facts = new HostAgentFacts(builder, kiro);
    const ignored = file.scope === 'project' ? 'a repository cannot bring permission rules' : null;
    const root = /workspace-roots\/([^/]{1,200})\//.exec(file.place)?.[1];
    if (ignored !== null) facts.located('ignoredFiles', { line: 1, endLine: 1 }, { why: ignored });
    for (const rule of itemsOf(nodeOf(document.root, 'rules')).slice(0, 2000)) {
      const effect = textOf(nodeOf(rule, 'effect')) ?? '';
      const capability = textOf(nodeOf(rule, 'capability')) ?? '';
      if (!effects.has(effect) || capability === '') {
        builder.issue(rule.line, 'a rule without a capability and a known effect');
        continue;
      }
      const match = textsOf(nodeOf(rule, 'match')).map((text) => maskText(text.slice(0, 500)));
      const exclude = textsOf(nodeOf(rule, 'exclude')).map((text) => maskText(text.slice(0, 500)));
      facts.located(ignored === null ? 'permissions' : 'ignoredPermissions', rule, {
        list: effect,
        rule: maskText(match.length === 0 ? capability : `${capability}(${match.join(' | ')})`).slice(0, 1000),
        capability: maskText(capability.slice(0, 100)),
        match: match.slice(0, 500),
        exclude: exclude.slice(0, 500),
        ...(root === undefined ? {} : { workspaceRoot: root }),
        ...(ignored === null ? {} : { why: ignored }),
      });
    }
    facts.emit(document.root, confidenceOf(file));
    return builder.done();
  },
};

/** Hooks of the editor: `when` something happens to files, `then` the agent is asked or a command runs. */
export const kiroHooks: FileSource = {
  kind: 'file',
  id: 'kiro/hooks',
  version: 1,
  title: 'Kiro hooks',
  ...product,
  locations: both('hooks/*.kiro.hook'),
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const facts = new HostAgentFacts(builder, kiro);
    const confidence = confidenceOf(file);
    const event = maskText((textOf(nodeOf(root, 'when', 'type')) ?? 'unknown').slice(0, 100));
    const type = textOf(nodeOf(root, 'then', 'type')) ?? 'unknown';
    const command = textOf(nodeOf(root, 'then', 'command'));
    const prompt = textOf(nodeOf(root, 'then', 'prompt'));
    const name = textOf(nodeOf(root, 'name'))?.trim();
    if (command === undefined && prompt === undefined) {
      builder.issue(root.line, 'a hook that says nothing to run');
      return builder.done();
    }
    const patterns = textsOf(nodeOf(root, 'when', 'patterns')).map((text) => maskText(text.slice(0, 300)));
    const hook = builder.asset({
      ...placedRef('hook', file, event),
      name: name === undefined || name === '' ? event : maskText(name.slice(0, 200)),
      properties: {
        host: kiro.id,
        event,
        matcher: patterns.length === 0 ? null : patterns.join(', ').slice(0, 500),
        type: type === 'askAgent' ? 'prompt' : type === 'runCommand' ? 'command' : maskText(type.slice(0, 50)),
        ...(command === undefined ? {} : { command: maskText(command) }),
        ...(prompt === undefined
          ? {}
          : {
              prompt: maskText(prompt.slice(0, 200)),
              sha256: createHash('sha256').update(prompt).digest('hex'),
            }),
        enabled: booleanOf(nodeOf(root, 'enabled')) !== false,
        scope: file.scope,
      },
      lines: linesOf(root),
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: hook, lines: linesOf(root), confidence });
    facts.emit(root, confidence);
    return builder.done();
  },
};

/** Trusted commands of the editor's settings; unverified. */
export const kiroSettings: FileSource = {
  kind: 'file',
  id: 'kiro/settings',
  version: 1,
  title: 'Kiro editor settings',
  ...product,
  locations: [
    ...editorUserLocations('settings.json', 'low', ['Kiro']),
    { scope: 'project', base: 'project', path: '.vscode/settings.json', confidence: 'low' },
    { scope: 'user', base: 'home', path: '.kiro/settings/cli.json', confidence: 'low' },
  ],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, kiro);
    const trusted = entryOf(opened.root, 'kiroAgent.trustedCommands');
    let first = trusted;
    if (trusted !== undefined) facts.permission('allow', trusted.node);
    for (const key of [
      'kiroAgent.agentAutonomy',
      'kiroAgent.configureMCP',
      'kiroAgent.trustedTools',
      'chat.defaultAgent',
      'chat.defaultModel',
    ]) {
      const entry = entryOf(opened.root, key);
      first ??= entry;
      facts.value(key === 'kiroAgent.agentAutonomy' ? 'modes' : 'settings', key, entry);
    }
    if (first !== undefined) facts.emit(first, 'low');
    else builder.note('no key of Kiro: no facts taken');
    return builder.done();
  },
};

export const kiroSteering: FileSource = rulesSource(markdown, {
  id: 'kiro/steering',
  title: 'Kiro steering',
  locations: both('steering/**/*.md'),
});

export const kiroSkills: FileSource = skillsSource(markdown, {
  id: 'kiro/skills',
  title: 'Kiro skills',
  locations: both('skills/**/SKILL.md'),
});

export const kiroPrompts: FileSource = commandsSource(markdown, {
  id: 'kiro/prompts',
  title: 'Kiro prompts',
  roots: ['prompts'],
  locations: both('prompts/*.md', 'low'),
});

export const kiroLinker: Linker = namedAgentsLinker(kiro);
