import type { Properties } from '../../../../shared/model/facts.ts';
import { type Host, HostAgentFacts, jsonOf } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { placedRef } from '../keys.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import {
  booleanOf,
  entriesOf,
  entryOf,
  itemsOf,
  linedTexts,
  type MapNode,
  nodeOf,
  scalarText,
  type Span,
  textOf,
} from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileInput, Reading } from '../source.ts';

const server: ServerAdapter = (raw, node) => {
  const cwd = scalarText(nodeOf(node, 'cwd'));
  return { raw, extra: cwd === undefined ? {} : { cwd: maskText(cwd.slice(0, 500)) } };
};

/** `mcp.json` with `mcpServers`. */
export function readServers(file: FileInput, host: Host, plugin: string | null = null): Reading {
  const builder = new ReadingBuilder(file);
  const opened = openObject(builder, 'lenient');
  if (opened === null) return builder.done();
  const facts = new HostAgentFacts(builder, host);
  const confidence = confidenceOf(file);
  const servers = entryOf(opened.root, 'mcpServers');
  const found = serversFacts(builder, {
    entry: servers,
    context: {
      host: host.id,
      user: plugin === null ? facts.ref : null,
      scope: file.scope,
      where: 'mcpServers',
      anchor: file.anchor,
      confidence,
      ...(plugin === null ? {} : { extra: { plugin } }),
    },
    adapt: server,
  });
  const lines = linesOf(servers ?? opened.root);
  if (plugin !== null) {
    const ref = builder.asset({
      kind: 'plugin',
      key: `${host.id}:${plugin}`,
      name: plugin.split('/').at(-1) ?? plugin,
      properties: { host: host.id, root: plugin, scope: file.scope },
      lines,
      confidence,
    });
    for (const item of found) builder.relation({ kind: 'exposes', from: ref, to: item, lines, confidence });
    builder.relation({ kind: 'uses', from: facts.ref, to: ref, lines, confidence });
  }
  facts.emit(servers ?? opened.root, confidence);
  return builder.done();
}

/** What narrows or widens single tools; everything else of `toolsSettings` is kept as a setting. */
const ruleLists = new Set([
  'allowedCommands',
  'deniedCommands',
  'allowedPaths',
  'deniedPaths',
  'allowedServices',
  'deniedServices',
  'trusted',
  'blocked',
  'trustedAgents',
  'availableAgents',
]);

/**
 * An agent as JSON: `tools` is what it has, `allowedTools` what it may use without a question, `toolsSettings` what of
 * it (aws/amazon-q-developer-cli, docs/agent-format.md, built-in-tools.md). Deny rules are looked at before allow rules;
 * commands are regular expressions over the whole text, paths are patterns as in gitignore.
 */
export function readAgentJson(file: FileInput, host: Host, framework: string): Reading {
  const builder = new ReadingBuilder(file);
  const opened = openObject(builder, 'lenient');
  if (opened === null) return builder.done();
  const { root } = opened;
  const looksLikeAgent = ['name', 'tools', 'allowedTools', 'prompt', 'mcpServers', 'description', 'resources'].some(
    (key) => entryOf(root, key) !== undefined,
  );
  if (!looksLikeAgent) {
    builder.note('says nothing that an agent says: no facts taken');
    return builder.done();
  }
  const facts = new HostAgentFacts(builder, host);
  const confidence = confidenceOf(file);
  const stem = (file.place.split('/').at(-1) ?? 'agent').replace(/\.json$/, '');
  const name = (textOf(nodeOf(root, 'name'))?.trim() || stem).slice(0, 200);
  const description = scalarText(nodeOf(root, 'description'));
  const tools = nodeOf(root, 'tools');
  const model = entryOf(root, 'model');
  const ref = builder.asset({
    ...placedRef('agent', file, name),
    name,
    properties: {
      host: host.id,
      framework,
      subAgent: true,
      scope: file.scope,
      ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      tools:
        tools === undefined
          ? 'not stated'
          : linedTexts(tools)
              .slice(0, 500)
              .map((item) => maskText(item.text.slice(0, 300))),
      ...rulesOf(builder, root),
      ...flags(root),
    },
    lines: linesOf(root),
    confidence,
  });
  builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines: linesOf(root), confidence });
  const id = textOf(model?.node);
  if (model !== undefined && id !== undefined) modelFacts(builder, ref, id, model, { host: host.id, confidence });
  const prompt = entryOf(root, 'prompt');
  const body = textOf(prompt?.node);
  if (prompt !== undefined && body !== undefined && body.trim() !== '')
    promptFacts(builder, {
      name: `${name} instructions`,
      role: 'agent',
      host: host.id,
      body,
      key: 'prompt',
      lines: linesOf(prompt),
      confidence,
      user: ref,
      properties: body.startsWith('file://') ? { fromFile: maskText(body.slice(7, 300)) } : {},
    });
  hooksFacts(builder, entryOf(root, 'hooks'), { host: host.id, owner: ref, confidence });
  serversFacts(builder, {
    entry: entryOf(root, 'mcpServers'),
    context: {
      host: host.id,
      user: ref,
      scope: file.scope,
      where: 'mcpServers',
      anchor: file.anchor,
      confidence,
      extra: { inlineIn: ref.key },
    },
    adapt: server,
  });
  facts.emit(root, confidence);
  return builder.done();
}

function flags(root: MapNode): Properties {
  const legacy = booleanOf(nodeOf(root, 'useLegacyMcpJson')) ?? booleanOf(nodeOf(root, 'includeMcpJson'));
  const aliases = nodeOf(root, 'toolAliases');
  const resources = itemsOf(nodeOf(root, 'resources')).flatMap((item) => {
    const text = textOf(item) ?? textOf(nodeOf(item, 'source'));
    return text === undefined ? [] : [maskText(text.slice(0, 500))];
  });
  return {
    ...(legacy === undefined ? {} : { includesMcpJson: legacy }),
    ...(aliases === undefined ? {} : { toolAliases: jsonOf(aliases, 0) }),
    ...(resources.length === 0 ? {} : { resources: resources.slice(0, 200) }),
  };
}

function rulesOf(builder: ReadingBuilder, root: MapNode): Properties {
  const permissions: Properties[] = [];
  const settings: Properties[] = [];
  const inert: Properties[] = [];
  const at = (span: Span, facts: Properties): Properties => ({
    ...facts,
    scope: builder.file.scope,
    place: builder.file.place,
    line: span.line,
  });
  for (const item of linedTexts(nodeOf(root, 'allowedTools')).slice(0, 2000)) {
    const rule = maskText(item.text.slice(0, 500));
    permissions.push(at(item, { list: 'allowedTools', rule }));
    if (item.text === '*')
      inert.push(at(item, { list: 'allowedTools', rule, why: '"*" alone allows nothing in allowedTools' }));
  }
  for (const tool of entriesOf(nodeOf(root, 'toolsSettings')).slice(0, 500))
    for (const setting of entriesOf(tool.node)) {
      const name = maskText(tool.key.slice(0, 200));
      if (!ruleLists.has(setting.key)) {
        settings.push(at(setting, { tool: name, key: setting.key.slice(0, 100), value: jsonOf(setting.node, 3) }));
        continue;
      }
      for (const item of linedTexts(setting.node).slice(0, 2000))
        permissions.push(at(item, { list: setting.key, tool: name, rule: maskText(item.text.slice(0, 500)) }));
    }
  return {
    ...(permissions.length === 0 ? {} : { permissions }),
    ...(settings.length === 0 ? {} : { toolsSettings: settings }),
    ...(inert.length === 0 ? {} : { inertRules: inert }),
  };
}
