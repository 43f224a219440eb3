import type { AssetKind, Confidence } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import { type ServerAdapter, serversFacts } from '../mcp/servers-map.ts';
import { parseJson5 } from '../parse/json5-document.ts';
import { type Entry, type MapNode, type Node, type ParsedDocument, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { parseToml } from '../parse/toml-document.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { AssetRef, FileInput, FileSource, Location } from '../source.ts';
import { type Host, HostAgentFacts } from './host-agent.ts';
import { openObject } from './json-file.ts';
import { confidenceOf } from './location.ts';
import { modelFacts } from './models.ts';

/** `json` hosts drop a file for one comment, `jsonc` hosts do not mind. */
export type Format = 'json' | 'jsonc' | 'json5' | 'yaml' | 'toml';

export type HostProduct = { readonly product: string; readonly productTitle: string; readonly host: Host };

/** One file of a host, opened: what a source needs to say what it holds. */
export type OpenFile = {
  readonly builder: ReadingBuilder;
  readonly facts: HostAgentFacts;
  readonly root: MapNode;
  readonly file: FileInput;
  readonly confidence: Confidence;
  readonly host: Host;
};

type Described = {
  readonly id: string;
  readonly title: string;
  readonly version?: number;
  readonly locations: readonly Location[];
  readonly format: Format;
  /** Kinds besides the host's agent. */
  readonly emits?: readonly AssetKind[];
  /** For names that other programs use too: without one of these words a file is another's, whatever its form. */
  readonly words?: readonly string[];
};

/**
 * A source for one structured file of a host: opens it in the format of the host, hands the object on, and emits the
 * host's agent with what was gathered. `read` answers false where the file says nothing about the host.
 */
export const structuredSource = (
  { host, ...product }: HostProduct,
  { id, title, version, locations, format, emits, words }: Described,
  read: (open: OpenFile) => boolean | undefined,
): FileSource => ({
  kind: 'file',
  id,
  version: version ?? 1,
  title,
  ...product,
  locations,
  emits: [...new Set<AssetKind>(['agent', ...(emits ?? [])])],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    if (words !== undefined && !words.some((word) => file.text.includes(word))) {
      builder.note(`a file of another program that has the name: nothing of ${host.title} in it`);
      return builder.done();
    }
    const root = openFile(builder, format);
    if (root === null) return builder.done();
    const facts = new HostAgentFacts(builder, host);
    const confidence = confidenceOf(file);
    if (read({ builder, facts, root, file, confidence, host }) !== false) facts.emit(root, confidence);
    return builder.done();
  },
});

/** The object of a file, with its problems told; null where there is none. An empty YAML or TOML file is no fault. */
export function openFile(builder: ReadingBuilder, format: Format): MapNode | null {
  if (format === 'json' || format === 'jsonc')
    return openObject(builder, format === 'json' ? 'strict' : 'lenient')?.root ?? null;
  const { text } = builder.file;
  const document: ParsedDocument =
    format === 'yaml' ? parseYaml(text) : format === 'toml' ? parseToml(text) : parseJson5(text);
  builder.problems(document.problems.filter((problem) => problem.kind !== 'empty'));
  const { root } = document;
  const fatal = document.problems.find((problem) => problem.kind === 'syntax' || problem.kind === 'limit');
  if (root?.kind === 'map') {
    if (fatal !== undefined) builder.malformed(fatal.message);
    return root;
  }
  if (fatal !== undefined) builder.malformed(fatal.message);
  else if (root !== null && !isNothing(root)) {
    builder.issue(root.line, 'the file is not an object');
    builder.malformed('the file is not an object');
  } else builder.note('the file says nothing');
  return null;
}

const isNothing = (node: Node): boolean => node.kind === 'scalar' && (node.value === null || node.value === '');

/** The servers of a map in the file, as the host's. `where` is the path of the map. */
export const hostServers = (
  open: OpenFile,
  entry: Entry | undefined,
  options: { readonly where?: string; readonly adapt?: ServerAdapter; readonly extra?: Properties } = {},
): readonly AssetRef[] =>
  serversFacts(open.builder, {
    entry,
    context: {
      host: open.host.id,
      user: open.facts.ref,
      scope: open.file.scope,
      where: options.where ?? entry?.key ?? 'mcpServers',
      anchor: open.file.anchor,
      confidence: open.confidence,
      ...(options.extra === undefined ? {} : { extra: options.extra }),
    },
    ...(options.adapt === undefined ? {} : { adapt: options.adapt }),
  });

/** The model that an entry names for the host's agent. */
export function hostModel(open: OpenFile, entry: Entry | undefined, role?: string, provider?: string): void {
  const id = textOf(entry?.node);
  if (entry === undefined || id === undefined) return;
  modelFacts(open.builder, open.facts.ref, id, entry, {
    host: open.host.id,
    confidence: open.confidence,
    ...(role === undefined ? {} : { role }),
    ...(provider === undefined ? {} : { provider }),
  });
}
