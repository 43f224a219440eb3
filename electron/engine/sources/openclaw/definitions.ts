import { rulesSource, skillsSource } from '../host/markdown-sources.ts';
import type { FileSource, Location } from '../source.ts';
import { product, stateFile } from './product.ts';

const workspaceFiles = [
  'AGENTS',
  'SOUL',
  'TOOLS',
  'IDENTITY',
  'USER',
  'HEARTBEAT',
  'BOOTSTRAP',
  'BOOT',
  'MEMORY',
] as const;

/** `~/.openclaw/workspace` is the default, `workspace-<profile or agent>` those beside it, `~/clawd` the one before. */
const inWorkspaces = (path: string): readonly Location[] => [
  ...stateFile(`workspace/${path}`),
  { scope: 'user', base: 'home', path: `.openclaw/workspace-*/${path}`, confidence: 'medium' },
  { scope: 'user', base: 'home', path: `clawd/${path}`, confidence: 'low' },
];

/** Texts of the workspace that OpenClaw puts before the model. */
export const openclawPrompts: FileSource = rulesSource(product, {
  id: 'openclaw/workspace-files',
  title: 'OpenClaw workspace files',
  role: 'instructions',
  locations: workspaceFiles.flatMap((name) => inWorkspaces(`${name}.md`)),
});

export const openclawSkills: FileSource = skillsSource(product, {
  id: 'openclaw/skills',
  title: 'OpenClaw skills',
  locations: [
    ...stateFile('skills/**/SKILL.md'),
    ...inWorkspaces('skills/**/SKILL.md'),
    { scope: 'project', base: 'project', path: '.openclaw/skills/**/SKILL.md', confidence: 'medium' },
  ],
});
