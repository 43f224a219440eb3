import { parseJson } from '../parse/json-document.ts';
import { entriesOf, itemsOf, type Node, nodeOf, textOf } from '../parse/node.ts';

/** What `package.json` and `tsconfig.json` say about which file an import means. */
export type ProjectFile = {
  readonly language: 'ecmascript-project';
  /** Name of the package; null in a tsconfig. */
  readonly name: string | null;
  /** Files that the package is entered by, without leading `./`. */
  readonly entries: readonly string[];
  /** Pattern -> targets: `imports` of a package. */
  readonly imports: Mapping;
  /** Pattern -> targets: `compilerOptions.paths`, relative to `base`. */
  readonly paths: Mapping;
  readonly base: string;
  /** Dependencies that a registry gives; what the workspace gives is not among them. */
  readonly published: readonly string[];
};

export type Mapping = readonly (readonly [string, readonly string[]])[];

const maxEntries = 2000;

export function isProjectFile(content: unknown): content is ProjectFile {
  return (
    typeof content === 'object' &&
    content !== null &&
    'language' in content &&
    content.language === 'ecmascript-project'
  );
}

/** Never throws: what cannot be read says nothing. Comments and trailing commas are allowed, as TypeScript allows them. */
export function readProjectFile(text: string): ProjectFile {
  const { root } = parseJson(text);
  const published: string[] = [];
  for (const field of ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']) {
    for (const entry of entriesOf(nodeOf(root, field)).slice(0, maxEntries)) {
      const version = textOf(entry.node) ?? '';
      if (!/^(?:workspace:|file:|link:|portal:|\*$)/.test(version)) published.push(entry.key);
    }
  }
  const entries = [
    textOf(nodeOf(root, 'source')),
    textOf(nodeOf(root, 'types')),
    textOf(nodeOf(root, 'module')),
    textOf(nodeOf(root, 'main')),
    ...targetsOf(nodeOf(root, 'exports', '.') ?? nodeOf(root, 'exports')),
  ];
  return {
    language: 'ecmascript-project',
    name: textOf(nodeOf(root, 'name')) ?? null,
    entries: [...new Set(entries.filter((entry) => entry !== undefined && isSource(entry)))].filter(
      (entry) => entry !== undefined,
    ),
    imports: mappingOf(nodeOf(root, 'imports')),
    paths: mappingOf(nodeOf(root, 'compilerOptions', 'paths')),
    base: textOf(nodeOf(root, 'compilerOptions', 'baseUrl')) ?? '.',
    published,
  };
}

const isSource = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path);

const mappingOf = (node: Node | undefined): Mapping =>
  entriesOf(node)
    .slice(0, maxEntries)
    .map((entry) => [entry.key, targetsOf(entry.node)] as const);

/** A target is a text, a list of them, or one for each condition (`import`, `require`, `types`). */
function targetsOf(node: Node | undefined, depth = 0): readonly string[] {
  if (node === undefined || depth > 4) return [];
  if (node.kind === 'list')
    return itemsOf(node)
      .flatMap((item) => targetsOf(item, depth + 1))
      .slice(0, 20);
  if (node.kind === 'map')
    return entriesOf(node)
      .flatMap((entry) => targetsOf(entry.node, depth + 1))
      .slice(0, 20);
  const text = textOf(node);
  return text === undefined ? [] : [text];
}
