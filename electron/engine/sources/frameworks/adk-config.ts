import type { AssetDraft, AssetRef, FileInput, FileSource, Reading } from '../source.ts';
import { modelRef, placedRef } from '../keys.ts';
import { type Entry, entryOf, itemsOf, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import { sha256 } from './engine/collector.ts';
import { channelOf, providerOfId } from './engine/model-names.ts';

/**
 * Agents of Google's Agent Development Kit that a file describes instead of code (`root_agent.yaml`, "agent config"), from
 * knowledge of versions 1.11 to 1.18: unverified against its schema.
 */
export const adkAgentConfig: FileSource = {
  kind: 'file',
  id: 'google-adk/agent-config',
  version: 1,
  title: 'ADK agents in YAML (root_agent.yaml)',
  product: 'google-adk',
  productTitle: 'Google Agent Development Kit',
  locations: [
    { scope: 'project', base: 'project', path: 'root_agent.yaml', confidence: 'low' },
    { scope: 'project', base: 'project', path: 'root_agent.yml', confidence: 'low' },
  ],
  emits: ['agent', 'model', 'prompt', 'tool'],
  read,
};

const confidence = 'low' as const;

function read(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const { root, problems } = parseYaml(file.text);
  builder.problems(problems);
  if (root === null && problems.some((problem) => problem.kind !== 'empty')) builder.malformed('not valid YAML');
  if (root?.kind !== 'map') return builder.done();
  const name = entryOf(root, 'name');
  if (name === undefined) {
    builder.issue(1, 'describes no agent: it has no name');
    return builder.done();
  }
  const agent = builder.asset({
    ...placedRef('agent', file, scalarText(name.node) ?? 'root_agent'),
    name: (scalarText(name.node) ?? 'root_agent').slice(0, 200),
    properties: {
      framework: 'google-adk',
      language: 'yaml',
      construct: textOf(nodeOf(root, 'agent_class')) ?? 'LlmAgent',
      ...text('description', root),
    },
    lines: linesOf(name),
    confidence,
  });
  const add = (kind: 'uses' | 'configured-by' | 'delegates-to', draft: AssetDraft): AssetRef => {
    const ref = builder.asset(draft);
    builder.relation({ kind, from: agent, to: ref, lines: draft.lines, confidence });
    return ref;
  };
  const model = entryOf(root, 'model');
  const id = scalarText(model?.node)?.slice(0, 200);
  if (model !== undefined && id !== undefined) {
    const provider = providerOfId(id) || 'google';
    add('uses', {
      ...modelRef(provider, id),
      name: id,
      properties: { provider, id, channel: channelOf(id), role: 'chat', supplied: 'literal' },
      lines: linesOf(model),
      confidence,
    });
  }
  const instruction = entryOf(root, 'instruction');
  const words = textOf(instruction?.node);
  if (instruction !== undefined && words !== undefined) {
    add('configured-by', {
      ...placedRef('prompt', file, 'instruction'),
      name: 'instruction',
      properties: { sha256: sha256(words), length: words.length, preview: maskText(words).slice(0, 200) },
      lines: linesOf(instruction),
      confidence,
    });
  }
  for (const item of itemsOf(nodeOf(root, 'tools'))) {
    const tool = entryOf(item, 'name');
    const label = scalarText(tool?.node)?.slice(0, 200);
    if (tool !== undefined && label !== undefined)
      add('uses', {
        ...placedRef('tool', file, label),
        name: label,
        properties: {
          framework: 'google-adk',
          form: 'library',
          library: label,
          capabilities: [],
          capabilitiesKnown: false,
        },
        lines: linesOf(tool),
        confidence,
      });
  }
  for (const item of itemsOf(nodeOf(root, 'sub_agents'))) {
    const config = entryOf(item, 'config_path') ?? entryOf(item, 'code');
    const label = scalarText(config?.node)?.slice(0, 300);
    if (config !== undefined && label !== undefined) subAgent(file, config, label, add);
  }
  return builder.done();
}

function text(key: string, root: Node): { readonly [name: string]: string } {
  const value = textOf(nodeOf(root, key));
  return value === undefined ? {} : { [key]: maskText(value).slice(0, 400) };
}

/** A sub-agent by the file or the code that describes it. */
function subAgent(
  file: FileInput,
  config: Entry,
  label: string,
  add: (kind: 'delegates-to', draft: AssetDraft) => AssetRef,
): void {
  const name = label.replace(/\.ya?ml$/, '').replace(/^.*[/.]/, '');
  add('delegates-to', {
    ...placedRef('agent', file, `sub_agents.${name}`),
    name,
    properties: { framework: 'google-adk', language: 'yaml', construct: config.key, reference: label },
    lines: linesOf(config),
    confidence,
    dynamic: true,
  });
}
