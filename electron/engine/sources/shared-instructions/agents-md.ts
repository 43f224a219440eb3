import type { Properties } from '../../../../shared/model/facts.ts';
import { readDefinition, skillFacts } from '../host/definitions.ts';
import { confidenceOf } from '../host/location.ts';
import { promptFacts } from '../host/prompts.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileInput, FileSource } from '../source.ts';

const product = { product: 'shared-instructions', productTitle: 'AGENTS.md and shared skills' } as const;

/** The folder whose hosts read the file; a link says it of itself. */
const folderFacts = (file: FileInput): Properties => (file.linkPlace === undefined ? { folder: file.anchor } : {});

/** `AGENTS.md`: read by Codex, Cursor, VS Code, OpenCode and others, so it belongs to no host and makes no agent. */
export const agentsMd: FileSource = {
  kind: 'file',
  id: 'shared-instructions/agents-md',
  version: 2,
  title: 'AGENTS.md',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: 'AGENTS.md' },
    { scope: 'project', base: 'project', path: 'AGENTS.override.md', confidence: 'medium' },
  ],
  emits: ['prompt'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    promptFacts(builder, {
      name: file.place.split('/').at(-1) ?? file.place,
      role: 'instructions',
      body: file.text,
      confidence: confidenceOf(file),
      properties: folderFacts(file),
    });
    return builder.done();
  },
};

/** Skills in the folders that several hosts share. */
export const sharedSkills: FileSource = {
  kind: 'file',
  id: 'shared-instructions/skills',
  version: 2,
  title: 'Skills shared by hosts',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.agents/skills/**/SKILL.md', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.agents/skills/**/SKILL.md', confidence: 'medium' },
  ],
  emits: ['skill', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    skillFacts(builder, {
      host: 'shared',
      matter: readDefinition(builder),
      user: null,
      confidence: confidenceOf(file),
      properties: folderFacts(file),
    });
    return builder.done();
  },
};

/** Skills that lie in no host's folder: collections and the parts of plugins. Those below a dot folder have readers of their own. */
export const looseSkills: FileSource = {
  kind: 'file',
  id: 'shared-instructions/loose-skills',
  version: 2,
  title: 'Skills in collections and plugins',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: 'SKILL.md', confidence: 'medium' }],
  emits: ['skill', 'model'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    if (/(?:^|\/)\.[^/]+\//.test(file.place)) {
      builder.note('in the folder of a host, which reads its own skills: no facts taken');
      return builder.done();
    }
    const matter = readDefinition(builder);
    if (matter.header === null) {
      builder.issue(1, 'no front matter: not read as a skill');
      return builder.done();
    }
    skillFacts(builder, { host: 'shared', matter, user: null, confidence: confidenceOf(file) });
    return builder.done();
  },
};
