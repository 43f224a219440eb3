import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { nodeOf, scalarText, textsOf } from '../parse/node.ts';
import type { FileSource } from '../source.ts';
import { factoryFile, product } from './product.ts';

/** Custom droids. Documentation "Custom droids" (2026-07-24). */
export const factoryDroids: FileSource = agentsSource(product, {
  id: 'factory-droid/droids',
  title: 'Factory Droid custom droids',
  framework: 'factory-droid',
  locations: factoryFile('droids/*.md'),
  more: (_builder, matter) => {
    const effort = scalarText(nodeOf(matter.header, 'reasoningEffort'));
    const servers = textsOf(nodeOf(matter.header, 'mcpServers'));
    return {
      ...(effort === undefined ? {} : { effort }),
      ...(servers.length === 0 ? {} : { mcpServers: servers.slice(0, 100) }),
    };
  },
});

export const factorySkills: FileSource = skillsSource(product, {
  id: 'factory-droid/skills',
  title: 'Factory Droid skills',
  locations: factoryFile('skills/**/SKILL.md'),
});

export const factoryCommands: FileSource = commandsSource(product, {
  id: 'factory-droid/commands',
  title: 'Factory Droid commands',
  roots: ['commands'],
  locations: factoryFile('commands/*.md'),
});

export const factoryInstructions: FileSource = rulesSource(product, {
  id: 'factory-droid/instructions',
  title: 'Factory Droid instructions',
  role: 'instructions',
  locations: [{ scope: 'user', base: 'home', path: '.factory/AGENTS.md', confidence: 'high' }],
});
