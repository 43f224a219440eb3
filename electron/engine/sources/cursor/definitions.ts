import { agentFacts, readDefinition, skillFacts } from '../host/definitions.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf, isNote, placeForReader } from '../host/location.ts';
import { promptFacts } from '../host/prompts.ts';
import { booleanOf, linedTexts, nodeOf, scalarText } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { cursor, product } from './product.ts';

const firstLine = { line: 1, endLine: 1 };
const fileName = (place: string): string => place.split('/').at(-1) ?? place;

/** Rules `.cursor/rules/*.mdc` (description, globs, alwaysApply) and the older `.cursorrules`. */
export const cursorRules: FileSource = {
  kind: 'file',
  id: 'cursor/rules',
  version: 2,
  title: 'Cursor rules',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.cursor/rules/**/*.mdc' },
    { scope: 'project', base: 'project', path: '.cursorrules' },
  ],
  emits: ['agent', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, cursor);
    const matter = readDefinition(builder);
    const globs = linedTexts(nodeOf(matter.header, 'globs'))
      .flatMap((item) => item.text.split(','))
      .map((item) => item.trim())
      .filter((item) => item !== '');
    const always = booleanOf(nodeOf(matter.header, 'alwaysApply'));
    const description = scalarText(nodeOf(matter.header, 'description'));
    promptFacts(builder, {
      name: fileName(file.place),
      role: 'rule',
      host: cursor.id,
      body: matter.body,
      confidence: confidenceOf(file),
      user: facts.ref,
      properties: {
        ...(globs.length === 0 ? {} : { globs }),
        ...(always === undefined ? {} : { alwaysApply: always }),
        ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      },
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};

function readCommand(file: FileInput): Reading {
  const builder = new ReadingBuilder(file);
  const facts = new HostAgentFacts(builder, cursor);
  const matter = readDefinition(builder);
  promptFacts(builder, {
    name: `/${fileName(placeForReader(file)).replace(/\.md$/, '')}`,
    role: 'command',
    host: cursor.id,
    body: matter.body,
    confidence: confidenceOf(file),
    user: facts.ref,
  });
  facts.emit(firstLine, confidenceOf(file));
  return builder.done();
}

export const cursorCommands: FileSource = {
  kind: 'file',
  id: 'cursor/commands',
  version: 2,
  title: 'Cursor commands',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cursor/commands/**/*.md', confidence: 'low' },
    { scope: 'project', base: 'project', path: '.cursor/commands/**/*.md', confidence: 'low' },
  ],
  emits: ['agent', 'prompt'],
  read: readCommand,
};

export const cursorAgents: FileSource = {
  kind: 'file',
  id: 'cursor/agents',
  version: 2,
  title: 'Cursor sub-agents',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cursor/agents/**/*.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.cursor/agents/**/*.md', confidence: 'medium' },
  ],
  emits: ['agent', 'model', 'prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, cursor);
    const matter = readDefinition(builder);
    const name = scalarText(nodeOf(matter.header, 'name'))?.trim();
    if (matter.header === null) {
      if (isNote(file.place)) builder.note('a note beside the definitions: no facts taken');
      else builder.issue(1, 'no front matter: not read as a sub-agent');
      return builder.done();
    }
    agentFacts(builder, {
      host: cursor.id,
      framework: 'cursor-subagent',
      name: name === undefined || name === '' ? fileName(file.place).replace(/\.md$/, '') : name,
      matter,
      parent: facts.ref,
      confidence: confidenceOf(file),
      properties: booleanOf(nodeOf(matter.header, 'readonly')) === true ? { readonly: true } : {},
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};

export const cursorSkills: FileSource = {
  kind: 'file',
  id: 'cursor/skills',
  version: 2,
  title: 'Cursor skills',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cursor/skills/**/SKILL.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.cursor/skills/**/SKILL.md', confidence: 'medium' },
  ],
  emits: ['agent', 'skill', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, cursor);
    skillFacts(builder, {
      host: cursor.id,
      matter: readDefinition(builder),
      user: facts.ref,
      confidence: confidenceOf(file),
    });
    facts.emit(firstLine, confidenceOf(file));
    return builder.done();
  },
};
