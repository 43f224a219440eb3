import { agentsSource, rulesSource, skillsSource } from '../host/markdown-sources.ts';
import { modelFacts } from '../host/models.ts';
import { promptFacts } from '../host/prompts.ts';
import { openFile } from '../host/structured-source.ts';
import { HostAgentFacts } from '../host/host-agent.ts';
import { confidenceOf } from '../host/location.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { placedRef } from '../keys.ts';
import { type Entry, entryOf, itemsOf, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef, FileSource, Location } from '../source.ts';
import { gooseServer } from './config.ts';
import { goose, gooseHome, product } from './product.ts';

const recipePlaces = (ending: string): readonly Location[] => [
  ...gooseHome(`recipes/**/*.${ending}`),
  { scope: 'project', base: 'project', path: `.goose/recipes/**/*.${ending}`, confidence: 'high' },
];

/** The list of a recipe's extensions as a map by name: recipes name them in the entry. */
function byName(entry: Entry | undefined): Entry | undefined {
  if (entry?.node.kind !== 'list') return entry;
  const entries = new Map<string, Entry>();
  for (const item of itemsOf(entry.node)) {
    const name = textOf(nodeOf(item, 'name')) ?? `extension ${entries.size + 1}`;
    if (item.kind === 'map') entries.set(name, { key: name, line: item.line, endLine: item.endLine, node: item });
  }
  return { ...entry, node: { kind: 'map', line: entry.node.line, endLine: entry.node.endLine, entries } };
}

/**
 * A recipe: instructions, model, extensions of its own and recipes that it hands work to. goose documentation "Recipe
 * reference" (2026). A recipe without `extensions` gets those of the user.
 */
export const gooseRecipes: FileSource = {
  kind: 'file',
  id: 'goose/recipes',
  version: 1,
  title: 'goose recipes',
  product: product.product,
  productTitle: product.productTitle,
  locations: [...recipePlaces('yaml'), ...recipePlaces('yml'), ...recipePlaces('json')],
  emits: ['agent', 'prompt', 'model', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const root = openFile(builder, file.place.endsWith('.json') ? 'jsonc' : 'yaml');
    if (root === null) return builder.done();
    const title = entryOf(root, 'title');
    const instructions = entryOf(root, 'instructions') ?? entryOf(root, 'prompt');
    if (title === undefined || instructions === undefined) {
      builder.issue(1, 'no title or no instructions: not read as a recipe');
      return builder.done();
    }
    const facts = new HostAgentFacts(builder, goose);
    const confidence = confidenceOf(file);
    const name = (scalarText(title.node) ?? 'recipe').slice(0, 200);
    const extensions = entryOf(root, 'extensions');
    const ref = builder.asset({
      ...placedRef('agent', file),
      name,
      properties: {
        host: goose.id,
        framework: 'goose-recipe',
        subAgent: true,
        scope: file.scope,
        description: maskText((scalarText(nodeOf(root, 'description')) ?? '').slice(0, 500)),
        tools:
          extensions === undefined
            ? 'inherits all'
            : itemsOf(extensions.node).flatMap((item) => textOf(nodeOf(item, 'name')) ?? []),
        parameters: itemsOf(nodeOf(root, 'parameters')).flatMap((item) => textOf(nodeOf(item, 'key')) ?? []),
        ...(nodeOf(root, 'retry') === undefined ? {} : { retries: true }),
      },
      lines: linesOf(title),
      confidence,
    });
    builder.relation({ kind: 'delegates-to', from: facts.ref, to: ref, lines: linesOf(title), confidence });
    const body = textOf(instructions.node);
    if (body !== undefined)
      promptFacts(builder, {
        name: `${name} instructions`,
        role: 'agent',
        host: goose.id,
        body,
        lines: linesOf(instructions),
        confidence,
        user: ref,
      });
    const model = entryOf(root, 'settings', 'goose_model');
    const id = textOf(model?.node);
    const provider = textOf(nodeOf(root, 'settings', 'goose_provider'));
    if (model !== undefined && id !== undefined)
      modelFacts(builder, ref, id, model, {
        host: goose.id,
        confidence,
        ...(provider === undefined ? {} : { provider }),
      });
    const entry = byName(extensions);
    serversFacts(builder, {
      entry,
      context: {
        host: goose.id,
        user: ref,
        scope: file.scope,
        where: 'extensions',
        anchor: file.anchor,
        confidence,
        extra: { inlineIn: ref.key },
      },
      adapt: gooseServer,
    });
    subRecipes(builder, ref, entryOf(root, 'sub_recipes'), confidence);
    facts.emit({ line: 1, endLine: 1 }, confidence);
    return builder.done();
  },
};

/** Recipes that a recipe calls, by the path it names. The one behind the path is linked where it lies beside it. */
function subRecipes(
  builder: ReadingBuilder,
  from: AssetRef,
  entry: Entry | undefined,
  confidence: 'high' | 'medium' | 'low',
): void {
  for (const item of itemsOf(entry?.node)) {
    const name = textOf(nodeOf(item, 'name')) ?? textOf(nodeOf(item, 'path'));
    if (name === undefined) continue;
    const place = besides(builder.file.place, textOf(nodeOf(item, 'path')) ?? '');
    const to = builder.asset({
      ...(place === null
        ? placedRef('agent', builder.file, `sub-recipe ${name.slice(0, 200)}`)
        : placedRef('agent', { place })),
      name: name.slice(0, 200),
      properties: {
        host: goose.id,
        framework: 'goose-recipe',
        subAgent: true,
        recipe: maskText((textOf(nodeOf(item, 'path')) ?? '').slice(0, 300)),
      },
      lines: linesOf(item),
      confidence,
    });
    builder.relation({ kind: 'delegates-to', from, to, lines: linesOf(item), confidence });
  }
}

/** Place of a recipe that is named by a path from this one's folder, which is how it becomes the same asset. */
function besides(place: string, path: string): string | null {
  if (path === '' || path.length > 300 || /^(?:[~/\\]|[A-Za-z]:|[a-z]+:)/.test(path) || path.includes('{{'))
    return null;
  const folders = place.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') {
      if (folders.length < 2) return null;
      folders.pop();
    } else if (part !== '.' && part !== '') folders.push(part);
  }
  return folders.join('/');
}

/** Custom agents, since 1.34. */
export const gooseAgents: FileSource = agentsSource(product, {
  id: 'goose/agents',
  title: 'goose custom agents',
  framework: 'goose-agent',
  locations: [
    ...gooseHome('agents/*.md', 'medium'),
    { scope: 'project', base: 'project', path: '.goose/agents/*.md', confidence: 'medium' },
  ],
});

export const gooseSkills: FileSource = skillsSource(product, {
  id: 'goose/skills',
  title: 'goose skills',
  locations: [
    ...gooseHome('skills/**/SKILL.md', 'medium'),
    { scope: 'project', base: 'project', path: '.goose/skills/**/SKILL.md', confidence: 'medium' },
  ],
});

export const gooseHints: FileSource = rulesSource(product, {
  id: 'goose/hints',
  title: 'goose hints',
  role: 'instructions',
  locations: [
    ...gooseHome('.goosehints'),
    { scope: 'project', base: 'project', path: '.goosehints', confidence: 'high' },
    { scope: 'local', base: 'project', path: '.goosehints.local', confidence: 'medium' },
  ],
});
