import { agentFacts, readDefinition, skillFacts } from '../host/definitions.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts, hooksHost } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, isNote, placeForReader } from '../host/location.ts';
import { promptFacts } from '../host/prompts.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { parseJson } from '../parse/json-document.ts';
import { entryOf, itemsOf, nodeOf, scalarText, textOf, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseToml } from '../parse/toml-document.ts';
import type { FileSource } from '../source.ts';
import { gemini, product } from './product.ts';
import { geminiServer } from './server-entry.ts';

const firstLine = { line: 1, endLine: 1 };
const fileName = (place: string): string => place.split('/').at(-1) ?? place;

/** Extensions: servers without `trust`, tools taken away, a context file, settings that become variables. */
export const geminiExtensions: FileSource = {
  kind: 'file',
  id: 'gemini-cli/extensions',
  version: 2,
  title: 'Gemini CLI extensions',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.gemini/extensions/*/gemini-extension.json' },
    { scope: 'project', base: 'project', path: '.gemini/extensions/*/gemini-extension.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: 'gemini-extension.json', confidence: 'medium' },
  ],
  emits: ['agent', 'plugin', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    // An installed extension is found by both project places; the nearer one knows whose it is.
    if (file.location.path === 'gemini-extension.json' && /(?:^|\/)\.gemini\/extensions\/[^/]+$/.test(file.anchor)) {
      builder.note('an installed extension, read as such: no facts taken');
      return builder.done();
    }
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const installed = file.location.path.startsWith('.gemini/');
    const facts = new HostAgentFacts(builder, gemini);
    const folder = file.place.split('/').slice(0, -1).join('/');
    const name = entryOf(root, 'name');
    const version = scalarText(nodeOf(root, 'version'));
    const contextFile = textsOf(nodeOf(root, 'contextFileName'));
    const excludes = textsOf(nodeOf(root, 'excludeTools'));
    const plugin = builder.asset({
      kind: 'plugin',
      key: `gemini-cli:${folder}`,
      name: textOf(name?.node)?.trim() || (folder.split('/').at(-1) ?? folder),
      properties: {
        host: gemini.id,
        root: folder,
        ...(version === undefined ? {} : { version }),
        ...(contextFile.length === 0 ? {} : { contextFile }),
        ...(excludes.length === 0 ? {} : { excludeTools: excludes.map(maskText) }),
        settings: itemsOf(nodeOf(root, 'settings')).flatMap(
          (item) => textOf(nodeOf(item, 'envVar')) ?? textOf(nodeOf(item, 'name')) ?? [],
        ),
      },
      lines: linesOf(name ?? root),
      confidence,
    });
    if (installed)
      builder.relation({ kind: 'uses', from: facts.ref, to: plugin, lines: linesOf(name ?? root), confidence });
    const servers = entryOf(root, 'mcpServers');
    const found = serversFacts(builder, {
      entry: servers,
      context: {
        host: gemini.id,
        user: null,
        scope: file.scope,
        where: 'mcpServers',
        anchor: folder,
        confidence,
        extra: { plugin: folder },
      },
      adapt: (raw, node, entry) => {
        const adapted = geminiServer(raw, node, entry);
        // An extension cannot vouch for its own servers.
        return adapted === null
          ? null
          : {
              raw: { ...adapted.raw, autoApprovedTools: [] },
              extra: {
                ...adapted.extra,
                ...(adapted.extra?.['trust'] === true ? { trust: false, trustIgnored: true } : {}),
              },
            };
      },
    });
    for (const server of found)
      builder.relation({ kind: 'exposes', from: plugin, to: server, lines: linesOf(servers ?? root), confidence });
    if (installed) facts.emit(firstLine, confidence);
    return builder.done();
  },
};

/** `hooks/hooks.json` of an extension, in the form of the settings. */
export const geminiExtensionHooks: FileSource = {
  kind: 'file',
  id: 'gemini-cli/extension-hooks',
  version: 1,
  title: 'Hooks of Gemini CLI extensions',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.gemini/extensions/*/hooks/hooks.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: 'hooks/hooks.json', confidence: 'medium' },
  ],
  emits: ['plugin', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const folder = file.place.split('/').slice(0, -2).join('/');
    const isInstalled = /(?:^|\/)\.gemini\/extensions\/[^/]+$/.test(folder);
    const { root } = parseJson(file.text);
    const hooks = entryOf(root, 'hooks');
    // Broken ones are told by the source of Claude Code, which has the same place.
    if (hooks?.node.kind !== 'map' || (!isInstalled && hooksHost(file.text, hooks.node) !== gemini.id)) {
      builder.note('not the hooks of an extension of Gemini CLI: no facts taken');
      return builder.done();
    }
    const owner = { kind: 'plugin', key: `gemini-cli:${folder}` } as const;
    hooksFacts(builder, hooks, { host: gemini.id, owner, confidence: confidenceOf(file) });
    if (builder.hasFacts)
      builder.asset({
        ...owner,
        name: folder.split('/').at(-1) ?? folder,
        properties: { host: gemini.id, root: folder },
        lines: linesOf(hooks),
        confidence: confidenceOf(file),
      });
    return builder.done();
  },
};

export const geminiAgents: FileSource = {
  kind: 'file',
  id: 'gemini-cli/agents',
  version: 2,
  title: 'Gemini CLI sub-agents',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.gemini/agents/*.md' },
    { scope: 'project', base: 'project', path: '.gemini/agents/*.md' },
  ],
  emits: ['agent', 'model', 'prompt', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, gemini);
    const matter = readDefinition(builder);
    const name = scalarText(nodeOf(matter.header, 'name'))?.trim();
    if (name === undefined || name === '') {
      if (isNote(file.place)) builder.note('a note beside the definitions: no facts taken');
      else builder.issue(1, 'no name in the front matter: not read as a sub-agent');
      return builder.done();
    }
    const confidence = confidenceOf(file);
    const kind = scalarText(nodeOf(matter.header, 'kind'));
    const ref = agentFacts(builder, {
      host: gemini.id,
      framework: 'gemini-subagent',
      name,
      matter,
      parent: facts.ref,
      confidence,
      properties: kind === undefined ? {} : { agentKind: kind },
    });
    const servers = entryOf(matter.header, 'mcpServers');
    serversFacts(builder, {
      entry: servers?.node.kind === 'map' ? servers : undefined,
      context: {
        host: gemini.id,
        user: ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
        extra: { inlineIn: ref.key },
      },
      adapt: geminiServer,
    });
    facts.emit(firstLine, confidence);
    return builder.done();
  },
};

export const geminiSkills: FileSource = {
  kind: 'file',
  id: 'gemini-cli/skills',
  version: 2,
  title: 'Gemini CLI skills',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.gemini/skills/**/SKILL.md' },
    { scope: 'project', base: 'project', path: '.gemini/skills/**/SKILL.md' },
  ],
  emits: ['agent', 'skill', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, gemini);
    skillFacts(builder, {
      host: gemini.id,
      matter: readDefinition(builder),
      user: facts.ref,
      confidence: confidenceOf(file),
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};

export const geminiCommands: FileSource = {
  kind: 'file',
  id: 'gemini-cli/commands',
  version: 2,
  title: 'Gemini CLI commands',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.gemini/commands/**/*.toml' },
    { scope: 'project', base: 'project', path: '.gemini/commands/**/*.toml' },
  ],
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseToml(file.text);
    builder.problems(document.problems);
    const prompt = entryOf(document.root, 'prompt');
    const body = textOf(prompt?.node);
    if (document.root === null) builder.malformed(document.problems[0]?.message ?? 'not TOML');
    if (prompt === undefined || body === undefined) return builder.done();
    const facts = new HostAgentFacts(builder, gemini);
    const place = placeForReader(file);
    const inside = place.slice(place.lastIndexOf('commands/') + 'commands/'.length).replace(/\.toml$/, '');
    promptFacts(builder, {
      name: `/${inside.replaceAll('/', ':')}`,
      role: 'command',
      host: gemini.id,
      body,
      lines: { line: prompt.line, endLine: prompt.endLine },
      confidence: confidenceOf(file),
      user: facts.ref,
      properties: { runsShell: body.includes('!{') },
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};

/**
 * `GEMINI.md`. Below the root of a scan it is a note for its folder and makes no agent by itself. Whether it is read is
 * decided by `context.fileName`, so that the linker says who uses the one of a project.
 */
export const geminiInstructions: FileSource = {
  kind: 'file',
  id: 'gemini-cli/instructions',
  version: 2,
  title: 'Gemini CLI instructions',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.gemini/GEMINI.md' },
    { scope: 'project', base: 'project', path: 'GEMINI.md' },
  ],
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, gemini);
    const makesAgent = file.scope === 'user' || !file.anchor.includes('/');
    promptFacts(builder, {
      name: fileName(file.place),
      role: 'instructions',
      host: gemini.id,
      body: file.text,
      confidence: confidenceOf(file),
      user: file.scope === 'user' ? facts.ref : null,
    });
    if (makesAgent) facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};
