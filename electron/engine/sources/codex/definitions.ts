import { placedRef } from '../keys.ts';
import { readDefinition, skillFacts } from '../host/definitions.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf, machineLocations, placeForReader } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entryOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseToml } from '../parse/toml-document.ts';
import type { FileSource } from '../source.ts';
import { codex, machineFolders, product } from './product.ts';
import { codexServer } from './server-entry.ts';

const firstLine = { line: 1, endLine: 1 };
const fileName = (place: string): string => place.split('/').at(-1) ?? place;

/** Sub-agents: one TOML file each, with the keys of a configuration. Documentation excerpt. */
export const codexAgents: FileSource = {
  kind: 'file',
  id: 'codex/agents',
  version: 2,
  title: 'Codex sub-agents',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.codex/agents/*.toml' },
    { scope: 'project', base: 'project', path: '.codex/agents/*.toml' },
  ],
  emits: ['agent', 'model', 'prompt', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseToml(file.text);
    builder.problems(document.problems);
    if (document.root?.kind !== 'map') {
      builder.malformed(document.problems[0]?.message ?? 'not TOML');
      return builder.done();
    }
    const { root } = document;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, codex);
    const nameEntry = entryOf(root, 'name');
    const name = textOf(nameEntry?.node)?.trim() || fileName(file.place).replace(/\.toml$/, '');
    const description = scalarText(nodeOf(root, 'description'));
    const lines = { line: nameEntry?.line ?? root.line, endLine: root.endLine };
    const ref = builder.asset({
      ...placedRef('agent', file, name),
      name,
      properties: {
        host: codex.id,
        framework: 'codex-subagent',
        subAgent: true,
        scope: file.scope,
        ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
        ...Object.fromEntries(
          ['sandbox_mode', 'approval_policy', 'model_reasoning_effort'].flatMap((key) => {
            const value = textOf(nodeOf(root, key));
            return value === undefined ? [] : [[key, value] as const];
          }),
        ),
      },
      lines,
      confidence,
    });
    builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines, confidence });
    const model = entryOf(root, 'model');
    const id = textOf(model?.node);
    if (model !== undefined && id !== undefined)
      modelFacts(builder, ref, id, model, {
        host: codex.id,
        provider: textOf(nodeOf(root, 'model_provider')) ?? 'openai',
        confidence,
      });
    const instructions = entryOf(root, 'developer_instructions') ?? entryOf(root, 'instructions');
    const body = textOf(instructions?.node);
    if (instructions !== undefined && body !== undefined) {
      promptFacts(builder, {
        name: `${name} instructions`,
        role: 'agent',
        host: codex.id,
        body,
        lines: { line: instructions.line, endLine: instructions.endLine },
        confidence,
        user: ref,
      });
    }
    serversFacts(builder, {
      entry: entryOf(root, 'mcp_servers'),
      context: {
        host: codex.id,
        user: ref,
        scope: file.scope,
        where: 'mcp_servers',
        anchor: file.anchor,
        confidence,
        extra: { inlineIn: ref.key },
      },
      adapt: codexServer,
    });
    facts.emit(firstLine, confidence);
    return builder.done();
  },
};

export const codexSkills: FileSource = {
  kind: 'file',
  id: 'codex/skills',
  version: 2,
  title: 'Codex skills',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.codex/skills/**/SKILL.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.codex/skills/**/SKILL.md', confidence: 'medium' },
    ...machineLocations(machineFolders, 'skills/**/SKILL.md', 'medium'),
  ],
  emits: ['agent', 'skill', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, codex);
    skillFacts(builder, {
      host: codex.id,
      matter: readDefinition(builder),
      user: facts.ref,
      confidence: confidenceOf(file),
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};

/** The user's own instructions and prompts. `AGENTS.md` of a folder is read by many hosts and by a source of its own. */
export const codexInstructions: FileSource = {
  kind: 'file',
  id: 'codex/instructions',
  version: 2,
  title: 'Codex instructions of the user',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.codex/AGENTS.md' },
    { scope: 'user', base: 'home', path: '.codex/AGENTS.override.md' },
    { scope: 'user', base: 'home', path: '.codex/prompts/*.md', confidence: 'low' },
  ],
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, codex);
    const command = file.location.path.includes('prompts/');
    const body = command ? readDefinition(builder).body : file.text;
    promptFacts(builder, {
      name: command ? `/${fileName(placeForReader(file)).replace(/\.md$/, '')}` : fileName(file.place),
      role: command ? 'command' : 'instructions',
      host: codex.id,
      body,
      confidence: confidenceOf(file),
      user: facts.ref,
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};
