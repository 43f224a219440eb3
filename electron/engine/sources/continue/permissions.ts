import type { Confidence } from '../../../../shared/kinds.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { agentsSource, commandsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { entriesOf, entryOf, itemsOf, type MapNode, nodeOf, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileSource, Location } from '../source.ts';
import { continueHost, product } from './product.ts';

const markdown = { ...product, host: continueHost };

/** The loader puts the stricter lists first; the first rule that matches decides (@continuedev/cli 1.5.47). */
const lists = ['exclude', 'ask', 'allow'] as const;

/**
 * `permissions.yaml`. Only the user's is read. One key that is none of the three, or one that is no list, and the whole
 * file counts as absent.
 */
export const continuePermissions: FileSource = {
  kind: 'file',
  id: 'continue/permissions',
  version: 1,
  title: 'Continue tool permissions',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.continue/permissions.yaml' },
    { scope: 'project', base: 'project', path: '.continue/permissions.yaml' },
  ],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseYaml(file.text);
    builder.problems(document.problems.filter((problem) => problem.kind !== 'empty'));
    const { root } = document;
    if (root?.kind !== 'map') {
      if (root !== null || document.problems.some((problem) => problem.kind !== 'empty'))
        builder.malformed('not a YAML map: Continue reads no permissions');
      return builder.done();
    }
    const facts = new HostAgentFacts(builder, continueHost);
    const ignored = file.scope === 'project' ? 'only the file of the user is read' : whyIgnored(root);
    if (ignored !== null) facts.located('ignoredFiles', { line: 1, endLine: 1 }, { why: ignored });
    if (ignored !== null && file.scope !== 'project') builder.malformed(ignored);
    let order = 0;
    for (const list of lists)
      for (const item of itemsOf(nodeOf(root, list)).slice(0, 5000)) {
        const pattern = textOf(item);
        const parts = pattern === undefined ? null : /^([^(]{1,300})(?:\(([^)]*)\))?$/.exec(pattern);
        if (pattern === undefined || parts === null) {
          builder.issue(item.line, 'not a pattern of a tool: Tool or Tool(argument)');
          continue;
        }
        facts.located(ignored === null ? 'permissions' : 'ignoredPermissions', item, {
          list,
          rule: maskText(pattern.slice(0, 1000)),
          tool: maskText((parts[1] ?? '').trim()),
          ...(parts[2] === undefined || parts[2].trim() === ''
            ? {}
            : { argument: maskText(parts[2].trim().slice(0, 1000)) }),
          order: order++,
          ...(ignored === null ? {} : { why: ignored }),
        });
      }
    facts.emit(root, confidenceOf(file));
    return builder.done();
  },
};

function whyIgnored(root: MapNode): string | null {
  for (const entry of entriesOf(root)) {
    if (!lists.some((list) => list === entry.key))
      return `the key "${maskText(entry.key.slice(0, 60))}" is unknown: the whole file is not read`;
    const empty = entry.node.kind === 'scalar' && (entry.node.value === null || entry.node.value === '');
    if (entry.node.kind !== 'list' && !empty) return `"${entry.key}" is not a list: the whole file is not read`;
  }
  return null;
}

/** Hooks in the form of Claude Code, whose own settings files are read for hooks as well (@continuedev/cli 1.5.47). */
export const continueHooks: FileSource = {
  kind: 'file',
  id: 'continue/hooks',
  version: 1,
  title: 'Continue hooks',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.continue/settings.json' },
    { scope: 'project', base: 'project', path: '.continue/settings.json' },
    { scope: 'local', base: 'project', path: '.continue/settings.local.json' },
  ],
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, continueHost);
    const { strict, problems } = opened.document;
    if (strict)
      hooksFacts(builder, entryOf(opened.root, 'hooks'), {
        host: continueHost.id,
        owner: facts.ref,
        confidence: confidenceOf(file),
      });
    else {
      const line = problems[0]?.line ?? 1;
      facts.located(
        'ignoredFiles',
        { line, endLine: line },
        {
          why: 'this file is strict JSON, Continue does not read it as it stands',
        },
      );
    }
    facts.value('settings', 'disableAllHooks', entryOf(opened.root, 'disableAllHooks'));
    facts.emit(opened.root, confidenceOf(file));
    return builder.done();
  },
};

const both = (path: string, confidence: Confidence = 'high'): readonly Location[] => [
  { scope: 'user', base: 'home', path: `.continue/${path}`, confidence },
  { scope: 'project', base: 'project', path: `.continue/${path}`, confidence },
];

export const continueRules: FileSource = rulesSource(markdown, {
  id: 'continue/rules',
  title: 'Continue rules',
  locations: [
    ...both('rules/**/*.md'),
    { scope: 'project', base: 'project', path: '.continuerules', confidence: 'medium' },
  ],
});

export const continuePrompts: FileSource = commandsSource(markdown, {
  id: 'continue/prompts',
  title: 'Continue prompts',
  roots: ['prompts'],
  locations: [...both('prompts/**/*.md', 'medium'), ...both('prompts/**/*.prompt', 'medium')],
});

export const continueSkills: FileSource = skillsSource(markdown, {
  id: 'continue/skills',
  title: 'Continue skills',
  locations: both('skills/*/SKILL.md'),
});

export const continueAgents: FileSource = agentsSource(markdown, {
  id: 'continue/agents',
  title: 'Continue agents',
  framework: 'continue-agent',
  needs: 'header',
  locations: both('agents/*.md', 'medium'),
});
