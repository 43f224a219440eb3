import type { AssetRef, FileSource, Location } from '../source.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf } from '../host/location.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { openCodeAgentFacts, openCodeRunsShell } from '../host/open-code-config.ts';
import { ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import { opencode, product } from './product.ts';

const markdown = { ...product, host: opencode };

/** A path below every folder that OpenCode reads definitions from: the user's two and the project's. */
const below = (...paths: readonly string[]): readonly Location[] =>
  paths.flatMap((path): Location[] => [
    { scope: 'user', base: 'home', path: `.config/opencode/${path}` },
    { scope: 'user', base: 'home', path: `.opencode/${path}` },
    { scope: 'project', base: 'project', path: `.opencode/${path}` },
  ]);

export const opencodeAgents: FileSource = agentsSource(markdown, {
  id: 'opencode/agents',
  title: 'OpenCode agents',
  framework: 'opencode-agent',
  locations: below('agent/**/*.md', 'agents/**/*.md'),
  more: (builder, matter) => ({
    tools: 'inherits all',
    ...(matter.header === null ? {} : openCodeAgentFacts(builder, matter.header, true)),
  }),
});

/** The older form: every mode is a primary agent. */
export const opencodeModes: FileSource = agentsSource(markdown, {
  id: 'opencode/modes',
  title: 'OpenCode modes',
  framework: 'opencode-agent',
  locations: below('mode/*.md', 'modes/*.md'),
  more: (builder, matter) => ({
    tools: 'inherits all',
    ...(matter.header === null ? {} : openCodeAgentFacts(builder, matter.header, true)),
    mode: 'primary',
    legacy: true,
  }),
});

export const opencodeCommands: FileSource = commandsSource(markdown, {
  id: 'opencode/commands',
  title: 'OpenCode commands',
  locations: below('command/**/*.md', 'commands/**/*.md'),
  roots: ['command', 'commands'],
  runsShell: openCodeRunsShell,
});

export const opencodeSkills: FileSource = skillsSource(markdown, {
  id: 'opencode/skills',
  title: 'OpenCode skills',
  locations: below('skill/**/SKILL.md', 'skills/**/SKILL.md'),
});

/** The user's own instructions. `AGENTS.md` of a project belongs to several hosts and is read as such. */
export const opencodeInstructions: FileSource = rulesSource(markdown, {
  id: 'opencode/instructions',
  title: 'OpenCode instructions',
  role: 'instructions',
  locations: [{ scope: 'user', base: 'home', path: '.config/opencode/AGENTS.md' }],
});

/** Plugins that lie in the folders: program text that runs inside OpenCode from the start. Only its presence is a fact. */
export const opencodePlugins: FileSource = {
  kind: 'file',
  id: 'opencode/plugins',
  version: 1,
  title: 'OpenCode plugins',
  ...product,
  locations: below('plugin/*.ts', 'plugin/*.js', 'plugins/*.ts', 'plugins/*.js'),
  emits: ['agent', 'plugin'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, opencode);
    const confidence = confidenceOf(file);
    const lines = wholeFile(file.text);
    const plugin: AssetRef = builder.asset({
      kind: 'plugin',
      key: `opencode:${file.place}`,
      name: file.place.split('/').at(-1) ?? file.place,
      properties: { host: opencode.id, scope: file.scope, inProcess: true, file: true, sha256: file.sha256 },
      lines,
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: plugin, lines, confidence });
    facts.emit({ line: 1, endLine: 1 }, confidence);
    return builder.done();
  },
};
