import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, placeForReader } from '../host/location.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { promptFacts } from '../host/prompts.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entryOf, itemsOf, nodeOf, scalarText, textOf, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseToml } from '../parse/toml-document.ts';
import type { FileSource, Location } from '../source.ts';
import { product, qwen } from './product.ts';
import { qwenServer } from './settings.ts';

const markdown = { ...product, host: qwen };
const both = (path: string): readonly Location[] => [
  { scope: 'user', base: 'home', path: `.qwen/${path}` },
  { scope: 'project', base: 'project', path: `.qwen/${path}` },
];

/** A file without a name or a description is skipped. `approvalMode` may widen what the session asks for. */
export const qwenAgents: FileSource = agentsSource(markdown, {
  id: 'qwen-code/agents',
  title: 'Qwen Code sub-agents',
  framework: 'qwen-subagent',
  needs: 'name',
  locations: both('agents/*.md'),
  more: (builder, matter) => {
    if (scalarText(nodeOf(matter.header, 'description')) === undefined)
      builder.issue(1, 'no description in the front matter: Qwen Code skips this file');
    const mode = scalarText(nodeOf(matter.header, 'approvalMode'));
    const removed = textsOf(nodeOf(matter.header, 'disallowedTools')).map((name) => maskText(name.slice(0, 200)));
    return {
      ...(mode === undefined ? {} : { permissionMode: maskText(mode.slice(0, 50)) }),
      ...(removed.length === 0 ? {} : { disallowedTools: removed }),
    };
  },
});

export const qwenSkills: FileSource = skillsSource(markdown, {
  id: 'qwen-code/skills',
  title: 'Qwen Code skills',
  locations: both('skills/**/SKILL.md'),
});

export const qwenCommands: FileSource = commandsSource(markdown, {
  id: 'qwen-code/commands',
  title: 'Qwen Code commands',
  roots: ['commands'],
  locations: both('commands/**/*.md'),
  runsShell: (body) => body.includes('!{'),
});

/** The older form of a command. */
export const qwenTomlCommands: FileSource = {
  kind: 'file',
  id: 'qwen-code/toml-commands',
  version: 1,
  title: 'Qwen Code commands in TOML',
  ...product,
  locations: both('commands/**/*.toml'),
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseToml(file.text);
    builder.problems(document.problems);
    if (document.root === null) builder.malformed(document.problems[0]?.message ?? 'not TOML');
    const prompt = entryOf(document.root, 'prompt');
    const body = textOf(prompt?.node);
    if (prompt === undefined || body === undefined) return builder.done();
    const facts = new HostAgentFacts(builder, qwen);
    const place = placeForReader(file);
    const inside = place.slice(place.lastIndexOf('commands/') + 'commands/'.length).replace(/\.toml$/, '');
    promptFacts(builder, {
      name: `/${inside.replaceAll('/', ':')}`,
      role: 'command',
      host: qwen.id,
      body,
      lines: linesOf(prompt),
      confidence: confidenceOf(file),
      user: facts.ref,
      properties: { runsShell: body.includes('!{') },
    });
    facts.emit({ line: 1, endLine: 1 }, confidenceOf(file));
    return builder.done();
  },
};

export const qwenRules: FileSource = rulesSource(markdown, {
  id: 'qwen-code/rules',
  title: 'Qwen Code rules',
  locations: both('rules/**/*.md'),
});

export const qwenInstructions: FileSource = rulesSource(markdown, {
  id: 'qwen-code/instructions',
  title: 'Qwen Code instructions',
  role: 'instructions',
  locations: [
    { scope: 'user', base: 'home', path: '.qwen/QWEN.md' },
    { scope: 'project', base: 'project', path: 'QWEN.md' },
  ],
});

export const qwenExtensions: FileSource = {
  kind: 'file',
  id: 'qwen-code/extensions',
  version: 1,
  title: 'Qwen Code extensions',
  ...product,
  locations: [
    ...both('extensions/*/qwen-extension.json'),
    { scope: 'project', base: 'project', path: 'qwen-extension.json', confidence: 'medium' },
  ],
  emits: ['agent', 'plugin', 'mcp-server', 'credential', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    if (file.location.path === 'qwen-extension.json' && /(?:^|\/)\.qwen\/extensions\/[^/]+$/.test(file.anchor)) {
      builder.note('an installed extension, read as such: no facts taken');
      return builder.done();
    }
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, qwen);
    const folder = file.place.split('/').slice(0, -1).join('/');
    const version = scalarText(nodeOf(root, 'version'));
    const installed = file.location.path.startsWith('.qwen/');
    const plugin = builder.asset({
      kind: 'plugin',
      key: `${qwen.id}:${folder}`,
      name: textOf(nodeOf(root, 'name'))?.trim() || (folder.split('/').at(-1) ?? folder),
      properties: {
        host: qwen.id,
        root: folder,
        ...(version === undefined ? {} : { version: maskText(version.slice(0, 100)) }),
        settings: itemsOf(nodeOf(root, 'settings')).flatMap(
          (item) => textOf(nodeOf(item, 'envVar')) ?? textOf(nodeOf(item, 'name')) ?? [],
        ),
      },
      lines: linesOf(root),
      confidence,
    });
    const servers = entryOf(root, 'mcpServers');
    const found = serversFacts(builder, {
      entry: servers,
      context: {
        host: qwen.id,
        user: null,
        scope: file.scope,
        where: 'mcpServers',
        anchor: folder,
        confidence,
        extra: { plugin: folder },
      },
      adapt: qwenServer,
    });
    for (const item of found)
      builder.relation({ kind: 'exposes', from: plugin, to: item, lines: linesOf(servers ?? root), confidence });
    hooksFacts(builder, entryOf(root, 'hooks'), { host: qwen.id, owner: plugin, confidence });
    if (installed) {
      builder.relation({ kind: 'uses', from: facts.ref, to: plugin, lines: linesOf(root), confidence });
      facts.emit(root, confidence);
    }
    return builder.done();
  },
};
