import type { AssetKind } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { FrontMatter } from '../parse/front-matter.ts';
import { booleanOf, linedTexts, nodeOf, scalarText } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef, FileInput, FileSource, Location } from '../source.ts';
import { agentFacts, readDefinition, skillFacts } from './definitions.ts';
import { type Host, HostAgentFacts } from './host-agent.ts';
import { confidenceOf, isNote, placeForReader } from './location.ts';
import { modelFacts } from './models.ts';
import { promptFacts, type PromptRole } from './prompts.ts';

/** What the Markdown sources of one host have in common. */
export type MarkdownProduct = { readonly product: string; readonly productTitle: string; readonly host: Host };

type Described = {
  readonly id: string;
  readonly title: string;
  readonly version?: number;
  readonly locations: readonly Location[];
};

const firstLine = { line: 1, endLine: 1 };
const fileName = (place: string): string => place.split('/').at(-1) ?? place;
const stem = (place: string): string => fileName(place).replace(/\.[A-Za-z0-9]+$/, '');

function source(
  { host, ...product }: MarkdownProduct,
  { id, title, version, locations }: Described,
  emits: readonly AssetKind[],
  read: (builder: ReadingBuilder, facts: HostAgentFacts, file: FileInput) => boolean,
): FileSource {
  return {
    kind: 'file',
    id,
    version: version ?? 1,
    title,
    ...product,
    locations,
    emits,
    read: (file) => {
      const builder = new ReadingBuilder(file);
      const facts = new HostAgentFacts(builder, host);
      if (read(builder, facts, file)) facts.emit(firstLine, confidenceOf(file));
      return builder.done();
    },
  };
}

/** Skills: a folder with `SKILL.md`. */
export const skillsSource = (product: MarkdownProduct, described: Described): FileSource =>
  source(product, described, ['agent', 'skill', 'model'], (builder, facts, file) => {
    skillFacts(builder, {
      host: product.host.id,
      matter: readDefinition(builder),
      user: facts.ref,
      confidence: confidenceOf(file),
    });
    return true;
  });

/**
 * Texts that a host puts before the model by itself. What decides when (`globs`, `trigger`, `inclusion`) is kept as
 * written. `role` is `rule` where several may apply, `instructions` for the one of a folder.
 */
export const rulesSource = (
  product: MarkdownProduct,
  described: Described & { readonly role?: PromptRole; readonly more?: (file: FileInput) => Properties },
): FileSource =>
  source(product, described, ['agent', 'prompt'], (builder, facts, file) => {
    const matter = readDefinition(builder);
    promptFacts(builder, {
      name: fileName(file.place),
      role: described.role ?? 'rule',
      host: product.host.id,
      body: matter.body,
      confidence: confidenceOf(file),
      user: facts.ref,
      properties: { ...ruleHeader(matter), ...described.more?.(file) },
    });
    return true;
  });

function ruleHeader(matter: FrontMatter): Properties {
  const globs = ['globs', 'paths', 'fileMatchPattern', 'applyTo']
    .flatMap((key) => linedTexts(nodeOf(matter.header, key)))
    .flatMap((item) => item.text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const always = booleanOf(nodeOf(matter.header, 'alwaysApply'));
  const trigger = scalarText(nodeOf(matter.header, 'trigger')) ?? scalarText(nodeOf(matter.header, 'inclusion'));
  const description = scalarText(nodeOf(matter.header, 'description'));
  return {
    ...(globs.length === 0 ? {} : { globs: globs.map(maskText) }),
    ...(always === undefined ? {} : { alwaysApply: always }),
    ...(trigger === undefined ? {} : { trigger: maskText(trigger.slice(0, 100)) }),
    ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
  };
}

/** Texts that a person calls by name: commands, workflows, prompts. Folders below `root` are part of the name. */
export const commandsSource = (
  product: MarkdownProduct,
  described: Described & {
    /** Names of the folders that hold the commands, whichever is last in the place counts. */
    readonly roots: readonly string[];
    readonly runsShell?: (body: string) => boolean;
  },
): FileSource =>
  source(product, described, ['agent', 'prompt', 'model'], (builder, facts, file) => {
    if (isNote(file.place)) {
      builder.note('a note beside the definitions: no facts taken');
      return false;
    }
    const matter = readDefinition(builder);
    const agent = scalarText(nodeOf(matter.header, 'agent'));
    const description = scalarText(nodeOf(matter.header, 'description'));
    const prompt = promptFacts(builder, {
      name: `/${commandName(placeForReader(file), described.roots)}`,
      role: 'command',
      host: product.host.id,
      body: matter.body,
      confidence: confidenceOf(file),
      user: facts.ref,
      properties: {
        ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
        ...(agent === undefined ? {} : { agent: agent.slice(0, 200) }),
        ...(described.runsShell === undefined ? {} : { runsShell: described.runsShell(matter.body) }),
      },
    });
    modelOf(builder, prompt, matter, product.host, file);
    return true;
  });

function modelOf(builder: ReadingBuilder, user: AssetRef, matter: FrontMatter, host: Host, file: FileInput): void {
  for (const item of linedTexts(nodeOf(matter.header, 'model')).slice(0, 1))
    modelFacts(builder, user, item.text, item, { host: host.id, confidence: confidenceOf(file) });
}

function commandName(place: string, roots: readonly string[]): string {
  const parts = place.split('/');
  const root = parts.findLastIndex((part, index) => index < parts.length - 1 && roots.includes(part));
  return [...parts.slice(root + 1, -1), stem(place)].join('/');
}

/**
 * Named agents as Markdown. The name is the header's, else the file's; for `AGENT.md` in a folder the folder's. What a
 * host adds to the facts of an agent it returns from `more`.
 */
export const agentsSource = (
  product: MarkdownProduct,
  described: Described & {
    readonly framework: string;
    /** What a file needs at least: beside the agents lie texts that they point to. */
    readonly needs?: 'header' | 'name';
    readonly emits?: readonly AssetKind[];
    readonly more?: (builder: ReadingBuilder, matter: FrontMatter, file: FileInput) => Properties;
    readonly after?: (builder: ReadingBuilder, matter: FrontMatter, ref: AssetRef, file: FileInput) => void;
  },
): FileSource =>
  source(product, described, ['agent', 'model', 'prompt', ...(described.emits ?? [])], (builder, facts, file) => {
    const matter = readDefinition(builder);
    const named = scalarText(nodeOf(matter.header, 'name'))?.trim() ?? '';
    if (isNote(file.place) && named === '') {
      builder.note('a note beside the definitions: no facts taken');
      return false;
    }
    if (described.needs === 'header' && matter.header === null) {
      builder.note('no front matter, a text beside the agents: no facts taken');
      return false;
    }
    if (described.needs === 'name' && named === '') {
      builder.issue(1, 'no name in the front matter: not read as an agent');
      return false;
    }
    const ref = agentFacts(builder, {
      host: product.host.id,
      framework: described.framework,
      name: named === '' ? agentName(placeForReader(file)) : named.slice(0, 200),
      matter,
      parent: facts.ref,
      confidence: confidenceOf(file),
      ...(described.more === undefined ? {} : { properties: described.more(builder, matter, file) }),
    });
    described.after?.(builder, matter, ref, file);
    return true;
  });

const agentName = (place: string): string =>
  /^agent$/i.test(stem(place)) ? (place.split('/').at(-2) ?? place) : stem(place);
