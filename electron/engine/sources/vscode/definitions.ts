import { agentFacts, readDefinition, skillFacts, toolNames } from '../host/definitions.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, isNote, isPluginFolder, placeForReader } from '../host/location.ts';
import { promptFacts } from '../host/prompts.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entryOf, itemsOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { product, profileLocations, vscode } from './product.ts';
import { vscodeServer } from './mcp.ts';

const firstLine = { line: 1, endLine: 1 };
const fileName = (place: string): string => place.split('/').at(-1) ?? place;

/** Custom agents, and chat modes as they were called before. */
export const vscodeAgents: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/agents',
  version: 2,
  title: 'Copilot custom agents',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.github/agents/*.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.github/chatmodes/*.chatmode.md', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.copilot/agents/*.agent.md', confidence: 'medium' },
    ...profileLocations('prompts/*.agent.md', 'low'),
    ...profileLocations('prompts/*.chatmode.md', 'low'),
  ],
  emits: ['agent', 'model', 'prompt', 'mcp-server', 'credential'],
  read: (file) => readAgent(file, true),
};

/** Collections of agents that are shared as files: `agents/x.agent.md` outside `.github`. */
export const vscodeSharedAgents: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/shared-agents',
  version: 2,
  title: 'Copilot agents in collections',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: 'agents/*.agent.md', confidence: 'low' },
    { scope: 'project', base: 'project', path: 'chatmodes/*.chatmode.md', confidence: 'low' },
  ],
  emits: ['agent', 'model', 'prompt', 'mcp-server', 'credential'],
  read: (file) => (isPluginFolder(file.anchor) ? readAgent(file, false) : nothing(file)),
};

function nothing(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  builder.note('in the folder of another host: no facts taken');
  return builder.done();
}

function readAgent(file: FileInput, installed: boolean): Reading {
  const builder = new ReadingBuilder(file);
  const facts = new HostAgentFacts(builder, vscode);
  const matter = readDefinition(builder);
  if (matter.header === null) {
    if (isNote(file.place)) builder.note('a note beside the definitions: no facts taken');
    else builder.issue(1, 'no front matter: not read as an agent');
    return builder.done();
  }
  const confidence = confidenceOf(file);
  const named = scalarText(nodeOf(matter.header, 'name'))?.trim();
  const target = scalarText(nodeOf(matter.header, 'target'));
  const handoffs = itemsOf(nodeOf(matter.header, 'handoffs')).flatMap(
    (item) => scalarText(nodeOf(item, 'agent')) ?? [],
  );
  const agents = toolNames(nodeOf(matter.header, 'agents'));
  const ref = agentFacts(builder, {
    host: vscode.id,
    framework: 'copilot-agent',
    name:
      named === undefined || named === '' ? fileName(file.place).replace(/(?:\.agent|\.chatmode)?\.md$/, '') : named,
    matter,
    parent: installed ? facts.ref : null,
    confidence,
    properties: {
      ...(target === undefined ? {} : { target }),
      ...(handoffs.length === 0 ? {} : { handoffs }),
      ...(agents.length === 0 ? {} : { agents }),
    },
  });
  serversFacts(builder, {
    entry: entryOf(matter.header, 'mcp-servers') ?? entryOf(matter.header, 'mcpServers'),
    context: {
      host: vscode.id,
      user: ref,
      scope: file.scope,
      where: 'mcp-servers',
      anchor: file.anchor,
      confidence,
      extra: { inlineIn: ref.key },
    },
    adapt: vscodeServer,
  });
  if (installed) facts.emit(firstLine, confidence);
  return builder.done();
}

/** Instructions and prompt files. */
export const vscodeInstructions: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/instructions',
  version: 2,
  title: 'Copilot instructions and prompts',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.github/copilot-instructions.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.github/instructions/**/*.instructions.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.github/prompts/**/*.prompt.md', confidence: 'medium' },
    ...profileLocations('prompts/*.instructions.md', 'low'),
    ...profileLocations('prompts/*.prompt.md', 'low'),
  ],
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, vscode);
    const confidence = confidenceOf(file);
    const matter = readDefinition(builder);
    const name = fileName(placeForReader(file));
    const role = name.endsWith('.prompt.md') ? 'prompt' : name.endsWith('.instructions.md') ? 'rule' : 'instructions';
    const applyTo = toolNames(nodeOf(matter.header, 'applyTo'));
    const tools = toolNames(nodeOf(matter.header, 'tools'));
    const description = scalarText(nodeOf(matter.header, 'description'));
    promptFacts(builder, {
      name: fileName(file.place),
      role,
      host: vscode.id,
      body: matter.body,
      confidence,
      user: facts.ref,
      properties: {
        ...(applyTo.length === 0 ? {} : { applyTo }),
        ...(tools.length === 0 ? {} : { tools }),
        ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      },
    });
    facts.emit(firstLine, confidence);
    return builder.done();
  },
};

export const vscodeSkills: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/skills',
  version: 2,
  title: 'Copilot skills',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.github/skills/**/SKILL.md', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.copilot/skills/**/SKILL.md', confidence: 'medium' },
  ],
  emits: ['agent', 'skill', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, vscode);
    skillFacts(builder, {
      host: vscode.id,
      matter: readDefinition(builder),
      user: facts.ref,
      confidence: confidenceOf(file),
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};

export const vscodeHooks: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/hooks',
  version: 2,
  title: 'Copilot hooks',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: '.github/hooks/*.json', confidence: 'medium' }],
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    const hooks = entryOf(opened?.root, 'hooks');
    if (hooks === undefined) return builder.done();
    const facts = new HostAgentFacts(builder, vscode);
    hooksFacts(builder, hooks, { host: vscode.id, owner: facts.ref, confidence: 'medium' });
    facts.emit(hooks, 'medium');
    return builder.done();
  },
};

/** Plugins of Copilot collections: `plugins/<name>/plugin.json`. What lies in the folder is the plugin's. */
export const vscodePlugins: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/plugins',
  version: 2,
  title: 'Copilot plugins',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: 'plugins/*/plugin.json', confidence: 'low' },
    { scope: 'project', base: 'project', path: '.github/plugin/plugin.json', confidence: 'low' },
  ],
  emits: ['plugin'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    const name = entryOf(opened?.root, 'name');
    const title = textOf(name?.node)?.trim();
    const described = ['skills', 'agents', 'mcpServers', 'hooks', 'commands'].some(
      (key) => entryOf(opened?.root, key) !== undefined,
    );
    const inFolder = file.location.path.startsWith('plugins/');
    if (
      opened === null ||
      name === undefined ||
      title === undefined ||
      title === '' ||
      (inFolder && !described && entryOf(opened.root, 'description') === undefined)
    )
      return builder.done();
    const root = file.place
      .split('/')
      .slice(0, inFolder ? -1 : -3)
      .join('/');
    const version = scalarText(nodeOf(opened.root, 'version'));
    builder.asset({
      kind: 'plugin',
      key: `vscode-copilot:${root}`,
      name: title,
      properties: { host: vscode.id, root, scope: file.scope, ...(version === undefined ? {} : { version }) },
      lines: linesOf(name),
      confidence: 'low',
    });
    return builder.done();
  },
};
