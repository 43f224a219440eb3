import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, homeLocations } from '../host/location.ts';
import { commandsSource, rulesSource } from '../host/markdown-sources.ts';
import { entryOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource, Linker } from '../source.ts';
import { namedAgentsLinker } from './link.ts';
import { amazonQ, amazonQProduct as product } from './product.ts';
import { readAgentJson, readServers } from './readers.ts';

const markdown = { ...product, host: amazonQ };

/** The agent of the workspace counts before the user's of the same name. */
export const amazonQAgents: FileSource = {
  kind: 'file',
  id: 'amazon-q/agents',
  version: 1,
  title: 'Amazon Q agents',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.amazonq/cli-agents/*.json' },
    { scope: 'user', base: 'home', path: '.aws/amazonq/cli-agents/*.json' },
    { scope: 'user', base: 'home', path: '.aws/amazonq/agents/*.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.amazonq/agents/*.json', confidence: 'medium' },
  ],
  emits: ['agent', 'model', 'prompt', 'hook', 'mcp-server', 'credential'],
  read: (file) => readAgentJson(file, amazonQ, 'amazon-q-agent'),
};

/** `mcp.json` of the time before agents: in use where an agent says `useLegacyMcpJson`, and in the editor. */
export const amazonQMcp: FileSource = {
  kind: 'file',
  id: 'amazon-q/mcp',
  version: 1,
  title: 'Amazon Q MCP servers',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.aws/amazonq/mcp.json' },
    { scope: 'project', base: 'project', path: '.amazonq/mcp.json' },
    { scope: 'user', base: 'home', path: '.aws/amazonq/default.json', confidence: 'low' },
    { scope: 'project', base: 'project', path: '.amazonq/default.json', confidence: 'low' },
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => readServers(file, amazonQ),
};

const dataFolders = {
  linux: '.local/share/amazon-q',
  macos: 'Library/Application Support/amazon-q',
  windows: 'AppData/Local/amazon-q',
} as const;

/** Settings of the command line; keys are flat and hold dots. */
export const amazonQSettings: FileSource = {
  kind: 'file',
  id: 'amazon-q/settings',
  version: 1,
  title: 'Amazon Q settings',
  ...product,
  locations: homeLocations(dataFolders, 'settings.json', 'medium'),
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, amazonQ);
    for (const key of [
      'chat.defaultAgent',
      'chat.defaultModel',
      'telemetry.enabled',
      'codeWhisperer.shareCodeWhispererContentWithAWS',
      'mcp.initTimeout',
      'mcp.loadedBefore',
      'chat.enableDelegate',
      'chat.enableThinking',
      'chat.enableKnowledge',
    ])
      facts.value('settings', key, entryOf(opened.root, key));
    facts.emit(opened.root, confidenceOf(file));
    return builder.done();
  },
};

export const amazonQRules: FileSource = rulesSource(markdown, {
  id: 'amazon-q/rules',
  title: 'Amazon Q rules',
  locations: [{ scope: 'project', base: 'project', path: '.amazonq/rules/**/*.md' }],
});

/** `AmazonQ.md` is among the resources of the default agent. */
export const amazonQInstructions: FileSource = rulesSource(markdown, {
  id: 'amazon-q/instructions',
  title: 'Amazon Q instructions',
  role: 'instructions',
  locations: [{ scope: 'project', base: 'project', path: 'AmazonQ.md' }],
});

export const amazonQPrompts: FileSource = commandsSource(markdown, {
  id: 'amazon-q/prompts',
  title: 'Amazon Q prompts',
  roots: ['prompts'],
  locations: [
    { scope: 'project', base: 'project', path: '.amazonq/prompts/*.md' },
    { scope: 'user', base: 'home', path: '.aws/amazonq/prompts/*.md' },
  ],
});

export const amazonQLinker: Linker = namedAgentsLinker(amazonQ);
