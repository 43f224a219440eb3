import { agentFacts, readDefinition, skillFacts, splitTools, toolNames } from '../host/definitions.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { confidenceOf, isNote, machineLocations, placeForReader } from '../host/location.ts';
import { promptFacts } from '../host/prompts.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entriesOf, entryOf, itemsOf, type MapNode, nodeOf, numberOf, scalarText, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef, FileInput, FileSource, Reading } from '../source.ts';
import { claudeServer } from './mcp-entry.ts';
import { claudeCode, managedFolders, product } from './product.ts';

const firstLine = { line: 1, endLine: 1 };

/** Sub-agents. Claude Code documentation: sub-agents (2026-08-22). A file without a name is a note, one with a colon is skipped. */
export const claudeCodeAgents: FileSource = {
  kind: 'file',
  id: 'claude-code/agents',
  version: 2,
  title: 'Claude Code sub-agents',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.claude/agents/**/*.md' },
    { scope: 'project', base: 'project', path: '.claude/agents/**/*.md' },
    ...machineLocations(managedFolders, '.claude/agents/**/*.md'),
  ],
  emits: ['agent', 'model', 'prompt', 'mcp-server', 'credential', 'hook'],
  read: readAgent,
};

function readAgent(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const facts = new HostAgentFacts(builder, claudeCode);
  subAgent(builder, facts.ref, false);
  if (builder.hasFacts) facts.emit(firstLine, confidenceOf(file));
  return builder.done();
}

/** Emits the sub-agent of a Markdown file, or says why it is none. Plugins may not bring hooks, servers and modes. */
export function subAgent(builder: ReadingBuilder, parent: AssetRef | null, fromPlugin: boolean): AssetRef | null {
  const matter = readDefinition(builder);
  const { file } = builder;
  const name = scalarText(nodeOf(matter.header, 'name'))?.trim();
  if (name === undefined || name === '') {
    if (isNote(file.place)) builder.note('a note beside the definitions: no facts taken');
    else if (!fromPlugin)
      builder.issue(1, 'no name in the front matter: Claude Code does not load this file as a sub-agent');
    return null;
  }
  const nameLine = entryOf(matter.header, 'name')?.line ?? 1;
  if (name.includes(':')) {
    builder.issue(nameLine, 'the name holds a colon: Claude Code skips this sub-agent');
    return null;
  }
  const confidence = confidenceOf(file);
  const header = matter.header;
  const disallowedTools = toolNames(nodeOf(header, 'disallowedTools'));
  const turns = numberOf(nodeOf(header, 'maxTurns'));
  const skills = toolNames(nodeOf(header, 'skills'));
  const plain = ['permissionMode', 'memory', 'background', 'effort', 'isolation'].flatMap((key) => {
    const value = scalarText(nodeOf(header, key));
    return value === undefined ? [] : [[key, value] as const];
  });
  const ref = agentFacts(builder, {
    host: claudeCode.id,
    framework: 'claude-code-subagent',
    name,
    matter,
    parent,
    confidence,
    provider: 'anthropic',
    properties: {
      ...(disallowedTools.length === 0 ? {} : { disallowedTools }),
      ...(turns === undefined ? {} : { maxTurns: turns }),
      ...(skills.length === 0 ? {} : { skills }),
      ...Object.fromEntries(plain),
      ...(fromPlugin ? { fromPlugin: true } : {}),
      ...inlineServerNames(header),
    },
  });
  if (fromPlugin) return ref;
  inlineServers(builder, ref, header);
  hooksFacts(builder, entryOf(header, 'hooks'), { host: claudeCode.id, owner: ref, confidence });
  return ref;
}

/** Names in `mcpServers:` that refer to servers defined elsewhere. */
const inlineServerNames = (header: MapNode | null): { readonly mcpServerRefs?: readonly string[] } => {
  const refs = itemsOf(nodeOf(header, 'mcpServers')).flatMap((item) =>
    textOf(item) === undefined ? [] : [textOf(item) ?? ''],
  );
  return refs.length === 0 ? {} : { mcpServerRefs: refs };
};

function inlineServers(builder: ReadingBuilder, agent: AssetRef, header: MapNode | null): void {
  const servers = entryOf(header, 'mcpServers');
  if (servers === undefined) return;
  const maps =
    servers.node.kind === 'map' ? [servers.node] : itemsOf(servers.node).filter((item) => item.kind === 'map');
  for (const map of maps) {
    for (const member of entriesOf(map)) {
      serversFacts(builder, {
        entry: {
          key: 'mcpServers',
          line: member.line,
          endLine: member.endLine,
          node: { kind: 'map', line: member.line, endLine: member.endLine, entries: new Map([[member.key, member]]) },
        },
        context: {
          host: claudeCode.id,
          user: agent,
          scope: builder.file.scope,
          where: 'mcpServers',
          anchor: builder.file.anchor,
          confidence: confidenceOf(builder.file),
          extra: { inlineIn: agent.key, trustGated: true },
        },
        adapt: claudeServer,
      });
    }
  }
}

/** Skills. `allowed-tools` pre-approves, it does not restrict, and workspace trust does not gate it (documentation: skills). */
export const claudeCodeSkills: FileSource = {
  kind: 'file',
  id: 'claude-code/skills',
  version: 2,
  title: 'Claude Code skills',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.claude/skills/**/SKILL.md' },
    { scope: 'project', base: 'project', path: '.claude/skills/**/SKILL.md' },
    ...machineLocations(managedFolders, '.claude/skills/**/SKILL.md'),
  ],
  emits: ['agent', 'skill', 'hook', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, claudeCode);
    const matter = readDefinition(builder);
    const confidence = confidenceOf(file);
    const skill = skillFacts(builder, {
      host: claudeCode.id,
      matter,
      user: facts.ref,
      confidence,
      properties: { trustGated: false },
    });
    hooksFacts(builder, entryOf(matter.header, 'hooks'), { host: claudeCode.id, owner: skill, confidence });
    facts.emit(firstLine, confidence);
    return builder.done();
  },
};

/** Custom commands, the older form of skills. */
export const claudeCodeCommands: FileSource = {
  kind: 'file',
  id: 'claude-code/commands',
  version: 2,
  title: 'Claude Code commands',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.claude/commands/**/*.md' },
    { scope: 'project', base: 'project', path: '.claude/commands/**/*.md' },
  ],
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, claudeCode);
    commandPrompt(builder, facts.ref);
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};

/** The command of a Markdown file: named after the file, its folders as name spaces. */
export function commandPrompt(builder: ReadingBuilder, user: AssetRef | null): AssetRef {
  const matter = readDefinition(builder);
  const place = placeForReader(builder.file);
  const inside = place.slice(place.lastIndexOf('commands/') + 'commands/'.length).replace(/\.md$/, '');
  const preApproves = splitTools(toolNames(nodeOf(matter.header, 'allowed-tools')).join(' '));
  const description = scalarText(nodeOf(matter.header, 'description'));
  return promptFacts(builder, {
    name: `/${inside.replaceAll('/', ':')}`,
    role: 'command',
    host: claudeCode.id,
    body: matter.body,
    user,
    confidence: confidenceOf(builder.file),
    properties: {
      ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      ...(preApproves.length === 0 ? {} : { preApproves }),
      runsShell: /(?:^|\s)!`[^`\n]{1,2000}`/.test(matter.body),
    },
  });
}

/** Instructions. A file below the root of a scan is a note for its folder and does not make an agent by itself. */
export const claudeCodeInstructions: FileSource = {
  kind: 'file',
  id: 'claude-code/instructions',
  version: 2,
  title: 'Claude Code instructions',
  ...product,
  locations: [
    ...machineLocations(managedFolders, 'CLAUDE.md'),
    { scope: 'user', base: 'home', path: '.claude/CLAUDE.md' },
    { scope: 'user', base: 'home', path: '.claude/rules/**/*.md' },
    { scope: 'project', base: 'project', path: 'CLAUDE.md' },
    { scope: 'project', base: 'project', path: '.claude/CLAUDE.md' },
    { scope: 'local', base: 'project', path: 'CLAUDE.local.md' },
    { scope: 'project', base: 'project', path: '.claude/rules/**/*.md' },
  ],
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, claudeCode);
    const confidence = confidenceOf(file);
    const isRule = file.location.path.includes('rules/');
    const matter = isRule ? readDefinition(builder) : null;
    const paths = toolNames(nodeOf(matter?.header ?? null, 'paths'));
    const makesAgent =
      file.location.path.includes('.claude/') || file.scope !== 'project' || !file.anchor.includes('/');
    promptFacts(builder, {
      name: file.place.split('/').at(-1) ?? file.place,
      role: isRule ? 'rule' : 'instructions',
      host: claudeCode.id,
      body: matter?.body ?? file.text,
      confidence,
      user: makesAgent ? facts.ref : null,
      properties: paths.length === 0 ? {} : { paths },
    });
    if (makesAgent) facts.emit(firstLine, confidence);
    return builder.done();
  },
};
