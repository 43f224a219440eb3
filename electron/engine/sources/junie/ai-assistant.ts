import { type Host, HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf, homeLocations } from '../host/location.ts';
import { rulesSource } from '../host/markdown-sources.ts';
import { type HostProduct, hostServers, structuredSource } from '../host/structured-source.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { splitLine } from '../mcp/wrappers.ts';
import { type Entry, entriesOf, entryOf, type MapNode, type Node, type ScalarNode, type Span } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { parseXml, type XmlElement } from '../parse/xml-elements.ts';
import type { FileSource, Location } from '../source.ts';

export const aiAssistant: Host = { id: 'jetbrains-ai', title: 'JetBrains AI Assistant' };
const product: HostProduct = { product: 'jetbrains-ai', productTitle: 'JetBrains AI Assistant', host: aiAssistant };

/**
 * `mcp.json` since 2025.3: `mcpServers`, or the map itself where there is none. YouTrack LLM-22682 and the plugin's
 * settings classes of 2026.2, excerpts.
 */
export const aiAssistantMcp: FileSource = structuredSource(
  product,
  {
    id: 'jetbrains-ai/mcp',
    title: 'JetBrains AI Assistant MCP servers',
    format: 'jsonc',
    locations: [
      { scope: 'user', base: 'home', path: '.ai/mcp/mcp.json', confidence: 'medium' },
      { scope: 'project', base: 'project', path: '.ai/mcp/mcp.json', confidence: 'medium' },
    ],
    emits: ['mcp-server', 'credential'],
  },
  (open) => {
    const { root } = open;
    const named = entryOf(root, 'mcpServers');
    const whole: Entry = { key: 'the file', node: root, line: root.line, endLine: root.endLine };
    const isMap = entriesOf(root).every((entry) => entry.node.kind === 'map');
    if (named !== undefined || isMap) hostServers(open, named ?? whole, { where: named?.key ?? '' });
    return undefined;
  },
);

const components = new Set(['McpApplicationServerCommands', 'McpProjectServerCommands']);

const optionFolders: readonly Location[] = homeLocations(
  {
    linux: '.config/JetBrains/*/options',
    macos: 'Library/Application Support/JetBrains/*/options',
    windows: 'AppData/Roaming/JetBrains/*/options',
  },
  'llm.mcpServers.xml',
  'medium',
);

const enabledElsewhere: ServerAdapter = (raw) => (raw.command === null && raw.url === null ? null : { raw });

/**
 * Settings of the IDE (2025.1 and 2025.2) and of a project's workspace. Since 2025.3 the entries say only whether a
 * server of `mcp.json` is switched on: they name no command and make no server, but a switch.
 */
export const aiAssistantXml: FileSource = {
  kind: 'file',
  id: 'jetbrains-ai/ide-settings',
  version: 1,
  title: 'JetBrains AI Assistant servers in IDE settings',
  product: product.product,
  productTitle: product.productTitle,
  locations: [
    ...optionFolders,
    { scope: 'local', base: 'project', path: '.idea/workspace.xml', confidence: 'medium' },
    { scope: 'local', base: 'project', path: '.idea/.idea.*/.idea/workspace.xml', confidence: 'low' },
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    // Every project of an IDE has the file; nearly none speaks of servers.
    if (![...components].some((name) => file.text.includes(name))) {
      builder.note('no servers of AI Assistant in this file: no facts taken');
      return builder.done();
    }
    const { root, problems } = parseXml(file.text);
    builder.problems(problems);
    if (problems[0] !== undefined) builder.malformed(problems[0].message);
    const component = root?.children.find(
      (child) => child.name === 'component' && components.has(child.attributes.get('name') ?? ''),
    );
    if (component === undefined) return builder.done();
    const facts = new HostAgentFacts(builder, aiAssistant);
    const entries = new Map<string, Entry>();
    const elements = component.children.flatMap((child) =>
      child.name === 'commands' || child.name === 'urls' ? child.children : [child],
    );
    for (const element of elements) {
      const { name, node, enabled, isServer } = serverOf(element);
      if (name === '') continue;
      if (isServer) entries.set(name, { key: name, line: element.line, endLine: element.endLine, node });
      else facts.located('serverSwitches', element, { name, enabled });
    }
    const span: Span = { line: component.line, endLine: component.endLine };
    serversFacts(builder, {
      entry: { key: 'component', ...span, node: { kind: 'map', ...span, entries } },
      context: {
        host: aiAssistant.id,
        user: facts.ref,
        scope: file.scope,
        where: 'component',
        anchor: file.anchor,
        confidence: confidenceOf(file),
      },
      adapt: enabledElsewhere,
    });
    facts.emit(span, confidenceOf(file));
    return builder.done();
  },
};

/** An entry of the settings as the entry of an `mcpServers` map that it stands for. */
function serverOf(element: XmlElement): {
  readonly name: string;
  readonly node: MapNode;
  readonly enabled: boolean;
  readonly isServer: boolean;
} {
  const options = new Map<string, XmlElement>();
  for (const child of element.children) {
    const name = child.attributes.get('name');
    if (child.name === 'option' && name !== undefined && !options.has(name)) options.set(name, child);
  }
  const value = (name: string): string => options.get(name)?.attributes.get('value') ?? '';
  const command = value('programPath') || value('command');
  const url = value('url');
  const enabled = value('enabled') !== 'false';
  const entries = new Map<string, Entry>();
  const put = (key: string, span: Span, node: Node): void => {
    entries.set(key, { key, line: span.line, endLine: span.endLine, node });
  };
  const words = wordsOf(options.get('args'), value('arguments'));
  if (command !== '')
    put('command', options.get('programPath') ?? options.get('command') ?? element, scalar(command, element));
  if (url !== '') put('url', options.get('url') ?? element, scalar(url, element));
  if (words.length > 0) {
    const at = options.get('args') ?? options.get('arguments') ?? element;
    put('args', at, { kind: 'list', line: at.line, endLine: at.endLine, items: words.map((word) => scalar(word, at)) });
  }
  put('enabled', element, { kind: 'scalar', line: element.line, endLine: element.endLine, value: enabled });
  const environment = element.children.find((child) => child.name === 'envs') ?? options.get('env');
  const pairs = (from: XmlElement | undefined, key: string): void => {
    if (from === undefined) return;
    const found = new Map<string, Entry>();
    collectPairs(from, found, 0);
    if (found.size > 0) put(key, from, { kind: 'map', line: from.line, endLine: from.endLine, entries: found });
  };
  pairs(environment, 'env');
  pairs(options.get('headers'), 'headers');
  return {
    name: value('name').slice(0, 200),
    node: { kind: 'map', line: element.line, endLine: element.endLine, entries },
    enabled,
    isServer: command !== '' || url !== '',
  };
}

const scalar = (text: string, span: Span): ScalarNode => ({
  kind: 'scalar',
  line: span.line,
  endLine: span.endLine,
  value: text,
});

/** Arguments are one line in the older form, a list in the newer one. */
function wordsOf(list: XmlElement | undefined, line: string): readonly string[] {
  const items = list?.children.find((child) => child.name === 'list')?.children ?? [];
  if (items.length > 0) return items.flatMap((item) => item.attributes.get('value') ?? []);
  return line === '' ? [] : (splitLine(line) ?? [line]);
}

function collectPairs(element: XmlElement, found: Map<string, Entry>, depth: number): void {
  for (const child of element.children) {
    const key = child.attributes.get('name') ?? child.attributes.get('key');
    const value = child.attributes.get('value');
    if (key !== undefined && value !== undefined)
      found.set(key, { key, line: child.line, endLine: child.endLine, node: scalar(value, child) });
    if (depth < 5) collectPairs(child, found, depth + 1);
  }
}

export const aiAssistantRules: FileSource = rulesSource(product, {
  id: 'jetbrains-ai/rules',
  title: 'JetBrains AI Assistant rules',
  locations: [{ scope: 'project', base: 'project', path: '.aiassistant/rules/**/*.md', confidence: 'medium' }],
});
