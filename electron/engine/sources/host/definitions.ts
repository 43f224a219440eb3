import type { Confidence } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import { placedRef } from '../keys.ts';
import { parseFrontMatter, type FrontMatter } from '../parse/front-matter.ts';
import { entryOf, linedTexts, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { type ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import { readerFacts } from './location.ts';
import { modelTextFacts } from './model-text.ts';
import { modelFacts } from './models.ts';
import { promptFacts } from './prompts.ts';

/** Markdown with a header, as agents, skills and commands are written in every host. */
export function readDefinition(builder: ReadingBuilder): FrontMatter {
  const matter = parseFrontMatter(builder.file.text);
  // `globs: *.ts`, `tools: *`, `description: Use when: x` are usual and no YAML: read whole, not worth a word.
  const usual = new Set(['duplicate-key', 'lenient']);
  builder.problems(matter.problems.filter((problem) => !usual.has(problem.kind)));
  return matter;
}

/** `Read, Grep, Bash(git log *)`, blank separated as in skills, or a list. Commas and blanks inside brackets do not separate. */
export function toolNames(node: Node | undefined): readonly string[] {
  return linedTexts(node)
    .flatMap((item) => (node?.kind === 'list' ? [item.text.trim()] : splitTools(item.text)))
    .filter((text) => text !== '');
}

export function splitTools(text: string): readonly string[] {
  const tools: string[] = [];
  let depth = 0;
  let current = '';
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')') depth = Math.max(0, depth - 1);
    if (depth === 0 && (character === ',' || /\s/.test(character))) {
      if (current !== '') tools.push(current);
      current = '';
    } else current += character;
  }
  if (current !== '') tools.push(current);
  return tools;
}

export type AgentDefinition = {
  readonly host: string;
  readonly name: string;
  readonly matter: FrontMatter;
  /** The agent that may hand work to this one; null where only a plugin brings it. */
  readonly parent: AssetRef | null;
  readonly properties?: Properties;
  readonly confidence?: Confidence;
  readonly provider?: string;
  readonly framework: string;
};

/** A named agent written as Markdown: itself, its instructions, its model, and who delegates to it. */
export function agentFacts(builder: ReadingBuilder, definition: AgentDefinition): AssetRef {
  const { matter, host, name } = definition;
  const confidence = definition.confidence ?? 'high';
  const lines = matter.headerLines ?? wholeFile(builder.file.text);
  const nameLine = entryOf(matter.header, 'name');
  const description = scalarText(nodeOf(matter.header, 'description'));
  const tools = nodeOf(matter.header, 'tools');
  const named = tools === undefined || (tools.kind === 'scalar' && tools.value === null) ? null : toolNames(tools);
  const at =
    nameLine === undefined ? lines : { line: nameLine.line, endLine: Math.max(nameLine.endLine, lines.endLine) };
  const ref = builder.asset({
    ...placedRef('agent', builder.file, name),
    name,
    properties: {
      host,
      framework: definition.framework,
      subAgent: true,
      scope: builder.file.scope,
      ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      tools: named === null ? 'inherits all' : named,
      ...definition.properties,
    },
    lines: at,
    confidence,
  });
  const model = entryOf(matter.header, 'model');
  // A list, or names between bars, are candidates in order of preference.
  const candidates = linedTexts(model?.node).flatMap((item) =>
    item.text.split('|').map((part) => ({ ...item, text: part.trim().replace(/^['"]|['"]$/g, '') })),
  );
  for (const item of candidates.slice(0, 10)) {
    modelFacts(builder, ref, item.text, model?.node.kind === 'list' ? item : (model ?? item), {
      host,
      confidence,
      ...(definition.provider === undefined ? {} : { provider: definition.provider }),
    });
  }
  if (matter.body.trim() !== '') {
    promptFacts(builder, {
      name: `${name} instructions`,
      role: 'agent',
      host,
      body: matter.body,
      lines: { line: matter.bodyLine, endLine: Math.max(matter.bodyLine, wholeFile(builder.file.text).endLine) },
      confidence,
      user: ref,
    });
  }
  if (definition.parent !== null)
    builder.relation({ kind: 'delegates-to', from: definition.parent, to: ref, lines: at, confidence });
  return ref;
}

/** Name of a skill: its header, else its folder. */
export const skillName = (matter: FrontMatter, place: string): string => {
  const named = textOf(nodeOf(matter.header, 'name'))?.trim();
  return named === undefined || named === '' ? (place.split('/').at(-2) ?? place) : named;
};

export function skillFacts(
  builder: ReadingBuilder,
  skill: {
    readonly host: string;
    readonly matter: FrontMatter;
    readonly user: AssetRef | null;
    readonly confidence?: Confidence;
    readonly properties?: Properties;
  },
): AssetRef {
  const { matter, host } = skill;
  const name = skillName(matter, builder.file.place);
  const confidence = skill.confidence ?? 'high';
  const description = scalarText(nodeOf(matter.header, 'description'));
  const preApproves = toolNames(nodeOf(matter.header, 'allowed-tools'));
  const removes = toolNames(nodeOf(matter.header, 'disallowed-tools'));
  const lines = matter.headerLines ?? wholeFile(builder.file.text);
  const nameEntry = entryOf(matter.header, 'name');
  const ref = builder.asset({
    ...placedRef('skill', builder.file),
    name,
    properties: {
      ...readerFacts(builder.file, host),
      scope: builder.file.scope,
      ...(description === undefined ? {} : { description: maskText(description.slice(0, 500)) }),
      ...(preApproves.length === 0 ? {} : { preApproves }),
      ...(removes.length === 0 ? {} : { disallowedTools: removes }),
      restricts: [],
      sha256: builder.file.sha256,
      ...modelTextFacts(matter.body, matter.bodyLine),
      ...skill.properties,
    },
    lines: nameEntry === undefined ? lines : { line: nameEntry.line, endLine: lines.endLine },
    confidence,
  });
  const model = entryOf(matter.header, 'model');
  const modelId = textOf(model?.node);
  if (model !== undefined && modelId !== undefined) modelFacts(builder, ref, modelId, model, { host, confidence });
  if (skill.user !== null) builder.relation({ kind: 'uses', from: skill.user, to: ref, lines, confidence });
  return ref;
}
