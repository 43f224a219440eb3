import { type Host, HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { promptFacts } from '../host/prompts.ts';
import { placedRef } from '../keys.ts';
import { transportNamed } from '../mcp/raw-server.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { entryOf, itemsOf, type MapNode, type Node, nodeOf, scalarText, textOf, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileInput, Reading } from '../source.ts';

/** An address needs its type, and does not go together with a command (Roo-Code, McpHub, 2026-04-14). */
const rooServer: ServerAdapter = (raw, node) => {
  const type = textOf(nodeOf(node, 'type'));
  const declared = transportNamed(type);
  const hasUrl = nodeOf(node, 'url') !== undefined;
  const notLoaded =
    raw.command !== null && hasUrl
      ? 'command and address in one entry'
      : hasUrl && type === undefined
        ? 'an address without "type": sse or streamable-http'
        : type !== undefined && !['stdio', 'sse', 'streamable-http'].includes(type)
          ? 'an unknown "type": stdio, sse and streamable-http are known'
          : raw.command === null && !hasUrl
            ? 'neither command nor address'
            : null;
  const watch = textsOf(nodeOf(node, 'watchPaths'));
  const cwd = scalarText(nodeOf(node, 'cwd'));
  return {
    raw: { ...raw, transport: declared ?? raw.transport },
    extra: {
      ...(notLoaded === null ? {} : { notLoaded }),
      ...(watch.length === 0 ? {} : { watchPaths: watch.slice(0, 50).map(maskText) }),
      ...(cwd === undefined ? {} : { cwd: maskText(cwd.slice(0, 500)) }),
    },
  };
};

/** `mcp_settings.json` and `mcp.json` of Roo Code and of the older Kilo Code. */
export function readRooServers(file: FileInput, host: Host): Reading {
  const builder = new ReadingBuilder(file);
  const opened = openObject(builder, 'strict');
  if (opened === null) return builder.done();
  const facts = new HostAgentFacts(builder, host);
  const confidence = confidenceOf(file);
  const servers = entryOf(opened.root, 'mcpServers');
  const { strict, problems } = opened.document;
  const line = problems[0]?.line ?? 1;
  if (!strict)
    facts.located(
      'ignoredFiles',
      { line, endLine: line },
      {
        why: `this file is strict JSON, ${host.title} does not read it as it stands`,
      },
    );
  serversFacts(builder, {
    entry: servers,
    context: {
      host: host.id,
      user: facts.ref,
      scope: file.scope,
      where: 'mcpServers',
      anchor: file.anchor,
      confidence,
      ...(strict ? {} : { extra: { notLoaded: 'the file is not strict JSON and is not read' } }),
    },
    adapt: rooServer,
  });
  facts.emit(servers ?? opened.root, confidence);
  return builder.done();
}

/**
 * Modes: who the agent is and which groups of tools it has. YAML, of which JSON is a part. A group is a name, or a name
 * with what narrows it: `[edit, {fileRegex}]`.
 */
export function readModes(file: FileInput, host: Host, framework: string): Reading {
  const builder = new ReadingBuilder(file);
  const document = parseYaml(file.text);
  builder.problems(document.problems);
  const list = entryOf(document.root, 'customModes');
  if (document.root?.kind !== 'map' || list?.node.kind !== 'list') {
    if (document.root === null && document.problems.every((problem) => problem.kind === 'empty')) return builder.done();
    builder.malformed('no list "customModes"');
    return builder.done();
  }
  const facts = new HostAgentFacts(builder, host);
  const confidence = confidenceOf(file);
  const seen = new Set<string>();
  for (const item of itemsOf(list.node).slice(0, 500)) {
    if (item.kind !== 'map') {
      builder.issue(item.line, 'a mode that is not an object');
      continue;
    }
    const slug = textOf(nodeOf(item, 'slug'))?.trim() ?? '';
    if (!/^[a-zA-Z0-9-]{1,200}$/.test(slug)) {
      builder.issue(item.line, 'the slug of a mode holds letters, digits and dashes: the file is refused');
      continue;
    }
    if (seen.has(slug)) builder.issue(item.line, 'two modes with one slug: the file is refused');
    seen.add(slug);
    modeFacts(builder, facts, item, { slug, host, framework, confidence });
  }
  facts.emit(list, confidence);
  return builder.done();
}

function modeFacts(
  builder: ReadingBuilder,
  facts: HostAgentFacts,
  item: MapNode,
  about: {
    readonly slug: string;
    readonly host: Host;
    readonly framework: string;
    readonly confidence: 'high' | 'medium' | 'low';
  },
): void {
  const { slug, host, framework, confidence } = about;
  const title = textOf(nodeOf(item, 'name'))?.trim() ?? '';
  const description = scalarText(nodeOf(item, 'description')) ?? scalarText(nodeOf(item, 'whenToUse'));
  const groups = itemsOf(nodeOf(item, 'groups')).flatMap(groupOf);
  const ref = builder.asset({
    ...placedRef('agent', builder.file, slug),
    name: slug,
    properties: {
      host: host.id,
      framework,
      subAgent: true,
      mode: 'primary',
      scope: builder.file.scope,
      ...(title === '' ? {} : { title: maskText(title.slice(0, 200)) }),
      ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      tools: groups.map((group) => group.name),
      toolGroups: groups.map((group) => ({
        group: group.name,
        ...(group.fileRegex === null ? {} : { fileRegex: group.fileRegex }),
        place: builder.file.place,
        line: group.line,
      })),
    },
    lines: linesOf(item),
    confidence,
  });
  builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines: linesOf(item), confidence });
  for (const [key, what] of [
    ['roleDefinition', 'role'],
    ['customInstructions', 'instructions'],
  ] as const) {
    const entry = entryOf(item, key);
    const body = textOf(entry?.node);
    if (entry === undefined || body === undefined || body.trim() === '') continue;
    promptFacts(builder, {
      name: `${slug} ${what}`,
      key: `${slug}/${what}`,
      role: 'agent',
      host: host.id,
      body,
      lines: linesOf(entry),
      confidence,
      user: ref,
    });
  }
}

const groupOf = (
  node: Node,
): readonly { readonly name: string; readonly fileRegex: string | null; readonly line: number }[] => {
  const name = textOf(node) ?? textOf(itemsOf(node)[0]);
  if (name === undefined) return [];
  const regex = textOf(nodeOf(itemsOf(node)[1], 'fileRegex'));
  return [
    {
      name: maskText(name.slice(0, 100)),
      fileRegex: regex === undefined ? null : maskText(regex.slice(0, 500)),
      line: node.line,
    },
  ];
};
