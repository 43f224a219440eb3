import type { Confidence } from '../../../../shared/kinds.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf, placeForReader } from '../host/location.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { modelFacts } from '../host/models.ts';
import { placedRef } from '../keys.ts';
import { nodeOf, scalarText, textOf, textsOf } from '../parse/node.ts';
import { ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { FileSource, Location } from '../source.ts';
import { cline, product } from './product.ts';

const markdown = { ...product, host: cline };
const home = (path: string, confidence: Confidence = 'high'): Location => ({
  scope: 'user',
  base: 'home',
  path,
  confidence,
});
const project = (path: string): Location => ({ scope: 'project', base: 'project', path });

/** Rules of the user and of the workspace, in the older and the newer folder; `.clinerules` may be one file as well. */
export const clineRules: FileSource = rulesSource(markdown, {
  id: 'cline/rules',
  title: 'Cline rules',
  locations: [
    project('.clinerules'),
    project('.clinerules/*.md'),
    project('.clinerules/*.txt'),
    project('.cline/rules/**/*.md'),
    home('.cline/rules/**/*.md'),
    home('Documents/Cline/Rules/**/*.md'),
    home('Cline/Rules/**/*.md'),
  ],
});

export const clineWorkflows: FileSource = commandsSource(markdown, {
  id: 'cline/workflows',
  title: 'Cline workflows',
  roots: ['workflows', 'Workflows'],
  locations: [
    project('.clinerules/workflows/**/*.md'),
    project('.cline/workflows/**/*.md'),
    home('.cline/workflows/**/*.md'),
    home('Documents/Cline/Workflows/**/*.md'),
  ],
});

export const clineSkills: FileSource = skillsSource(markdown, {
  id: 'cline/skills',
  title: 'Cline skills',
  locations: [
    project('.clinerules/skills/**/SKILL.md'),
    project('.cline/skills/**/SKILL.md'),
    home('.cline/skills/**/SKILL.md'),
  ],
});

/** `~/.cline/agents` and `.cline/agents`: name, description, tools, skills, providerId, modelId (@cline/core 0.0.86). */
export const clineAgents: FileSource = agentsSource(markdown, {
  id: 'cline/agents',
  title: 'Cline agents',
  framework: 'cline-agent',
  needs: 'header',
  locations: [
    project('.cline/agents/*.md'),
    project('.cline/agents/*.yaml'),
    project('.cline/agents/*.yml'),
    home('.cline/agents/*.md'),
    home('.cline/agents/*.yaml'),
    home('.cline/agents/*.yml'),
  ],
  more: (_builder, matter) => {
    const skills = textsOf(nodeOf(matter.header, 'skills')).map((name) => maskText(name.slice(0, 200)));
    return skills.length === 0 ? {} : { skills };
  },
  after: (builder, matter, ref, file) => {
    const id = nodeOf(matter.header, 'modelId');
    const model = textOf(id);
    const provider = scalarText(nodeOf(matter.header, 'providerId'));
    if (id !== undefined && model !== undefined)
      modelFacts(builder, ref, model, id, {
        host: cline.id,
        confidence: confidenceOf(file),
        ...(provider === undefined ? {} : { provider: provider.slice(0, 60) }),
      });
  },
});

/** Prompts that run without a person: once, on a schedule, or on an event (`*.cron.md`, `events/*.event.md`). */
export const clineSchedules: FileSource = rulesSource(markdown, {
  id: 'cline/schedules',
  title: 'Cline scheduled prompts',
  role: 'prompt',
  locations: [home('.cline/cron/*.md'), home('.cline/cron/events/*.event.md'), home('.cline/schedules/*.md', 'medium')],
  more: () => ({ unattended: true }),
});

const hookEvents = new Set([
  'TaskStart',
  'TaskResume',
  'TaskCancel',
  'TaskComplete',
  'TaskError',
  'PreToolUse',
  'PostToolUse',
  'UserPromptSubmit',
  'PreCompact',
  'SessionShutdown',
]);

/** Hooks are programs in a folder, named for the event, with or without an ending (@cline/core 0.0.86). */
export const clineHooks: FileSource = {
  kind: 'file',
  id: 'cline/hooks',
  version: 1,
  title: 'Cline hooks',
  ...product,
  locations: [
    project('.clinerules/hooks/*'),
    project('.cline/hooks/*'),
    home('.cline/hooks/*'),
    home('Documents/Cline/Hooks/*'),
  ],
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const name = (placeForReader(file).split('/').at(-1) ?? '').replace(/\.[A-Za-z0-9]+$/, '');
    if (!hookEvents.has(name)) {
      builder.note('not named for an event: no hook');
      return builder.done();
    }
    const facts = new HostAgentFacts(builder, cline);
    const confidence = confidenceOf(file);
    const lines = wholeFile(file.text);
    const hook = builder.asset({
      ...placedRef('hook', file, name),
      name,
      properties: {
        host: cline.id,
        event: name,
        matcher: null,
        type: 'command',
        command: file.place,
        scope: file.scope,
        sha256: file.sha256,
      },
      lines,
      confidence,
    });
    builder.relation({ kind: 'uses', from: facts.ref, to: hook, lines, confidence });
    facts.emit({ line: 1, endLine: 1 }, confidence);
    return builder.done();
  },
};
