import { createHash } from 'node:crypto';
import type {
  HiddenCharacter,
  ListedSchema,
  ListedText,
  ListedTool,
  Steering,
  ToolList,
} from '../../../../shared/model/tool-lists.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import { guessedCapabilities } from './tool-guess.ts';
import { excerpt, hiddenCharacters, steering } from './tool-text.ts';

const mostTools = 1000;
const mostParameters = 200;
const longestSchema = 32_768;
const longestPreview = 400;
const mostMarks = 40;

export const sha256 = (text: string): string => createHash('sha256').update(text.toWellFormed()).digest('hex');

/** JSON with sorted keys and no blanks: two writings of one value are one text. */
export function canonicalText(node: Node): string {
  switch (node.kind) {
    case 'scalar':
      return JSON.stringify(node.value);
    case 'list':
      return `[${node.items.map(canonicalText).join(',')}]`;
    case 'map':
      return `{${[...node.entries]
        .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
        .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalText(entry.node)}`)
        .join(',')}}`;
  }
}

const listedText = (text: string): ListedText => ({
  hash: sha256(text),
  preview: excerpt(text.slice(0, longestPreview * 4), longestPreview),
  characters: text.length,
});

/** Reads one member of a `tools/list` answer; null where it has no name. */
export function readListedTool(node: Node): ListedTool | null {
  const nameEntry = entryOf(node, 'name');
  const name = textOf(nameEntry?.node);
  if (nameEntry === undefined || name === undefined || name.trim() === '') return null;
  const hidden: HiddenCharacter[] = [];
  const steers: Steering[] = [];
  const look = (where: string, text: string): void => {
    if (hidden.length < mostMarks) hidden.push(...hiddenCharacters(where, text));
    if (where !== 'name' && steers.length < mostMarks) steers.push(...steering(where, text));
  };
  look('name', name);
  const title = scalarText(nodeOf(node, 'title')) ?? '';
  if (title !== '') look('title', title);
  const description = textOf(nodeOf(node, 'description'));
  if (description !== undefined) look('description', description);
  const input = nodeOf(node, 'inputSchema') ?? nodeOf(node, 'input_schema') ?? nodeOf(node, 'arguments');
  const output = nodeOf(node, 'outputSchema') ?? nodeOf(node, 'output_schema');
  if (input !== undefined) lookInside('inputSchema', input, look);
  if (output !== undefined) lookInside('outputSchema', output, look);
  const annotations = annotationsOf(nodeOf(node, 'annotations'));
  const annotationTitle = annotations?.['title'];
  if (typeof annotationTitle === 'string') look('annotations.title', annotationTitle);
  return {
    line: nameEntry.line,
    name: excerpt(name, 200),
    title: excerpt(title, 200),
    description: description === undefined ? null : listedText(description),
    inputSchema: input?.kind === 'map' ? listedSchema(input) : null,
    outputSchema: output?.kind === 'map' ? listedSchema(output) : null,
    annotations,
    capabilities: [...guessedCapabilities(name, annotations)],
    hiddenCharacters: hidden.slice(0, mostMarks),
    steersModel: steers.slice(0, mostMarks),
    hash: sha256(canonicalText(withoutMeta(node))),
  };
}

/** `_meta` and icons are for the client and may differ from answer to answer. */
function withoutMeta(node: Node): Node {
  if (node.kind !== 'map') return node;
  return { ...node, entries: new Map([...node.entries].filter(([key]) => key !== '_meta' && key !== 'icons')) };
}

/** Every text of a schema reaches the model: titles, descriptions, defaults, names of parameters. */
function lookInside(path: string, node: Node, look: (where: string, text: string) => void, depth = 0): void {
  if (depth > 40) return;
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string') look(path, node.value);
    return;
  }
  if (node.kind === 'list') {
    for (const item of node.items) lookInside(path, item, look, depth + 1);
    return;
  }
  for (const [key, entry] of node.entries) {
    const at = path.length > 150 ? path : `${path}.${excerpt(key, 60)}`;
    look(at, key);
    lookInside(at, entry.node, look, depth + 1);
  }
}

function listedSchema(node: Node): ListedSchema {
  const text = canonicalText(node);
  const required = new Set(itemsOf(nodeOf(node, 'required')).map((item) => textOf(item) ?? ''));
  const properties = entriesOf(nodeOf(node, 'properties'));
  return {
    hash: sha256(text),
    parameters: properties.slice(0, mostParameters).map((entry) => ({
      name: excerpt(entry.key, 100),
      type: typeOf(entry.node),
      required: required.has(entry.key),
    })),
    parametersLeftOut: Math.max(0, properties.length - mostParameters),
    text: text.length > longestSchema ? null : maskedSchema(node),
    characters: text.length,
  };
}

function typeOf(node: Node): string {
  const type = nodeOf(node, 'type');
  if (type?.kind === 'list') return excerpt(type.items.map((item) => textOf(item) ?? '?').join(' | '), 60);
  return excerpt(textOf(type) ?? (nodeOf(node, 'enum') === undefined ? 'any' : 'enum'), 60);
}

/** The schema as text, with defaults and examples that look like secrets masked. The order of keys stays. */
const maskedSchema = (node: Node): string => JSON.stringify(masked(node));
function masked(node: Node): unknown {
  if (node.kind === 'scalar') return typeof node.value === 'string' ? maskText(node.value) : node.value;
  if (node.kind === 'list') return node.items.map(masked);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [maskText(key), masked(entry.node)]));
}

const hintNames = ['title', 'readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;
function annotationsOf(node: Node | undefined): ListedTool['annotations'] {
  if (node?.kind !== 'map') return null;
  const found: Record<string, boolean | string> = {};
  for (const name of hintNames) {
    const value = nodeOf(node, name);
    const flag = booleanOf(value);
    const text = textOf(value);
    if (flag !== undefined) found[name] = flag;
    else if (text !== undefined) found[name] = excerpt(text, 200);
  }
  return Object.keys(found).length === 0 ? null : found;
}

export const noServer: ToolList['server'] = {
  name: '',
  presentedName: '',
  version: '',
  protocol: '',
  host: '',
  endpoint: '',
  key: '',
};

/** Tools of a list in the order of the list; of two with one name the first, as hosts do. */
export function readTools(items: readonly Node[]): Pick<ToolList, 'tools' | 'toolsLeftOut'> {
  const tools = new Map<string, ListedTool>();
  for (const item of items.slice(0, mostTools)) {
    const tool = readListedTool(item);
    if (tool !== null && !tools.has(tool.name)) tools.set(tool.name, tool);
  }
  return { tools: [...tools.values()], toolsLeftOut: Math.max(0, items.length - mostTools) };
}

export const readInstructions = (text: string): NonNullable<ToolList['instructions']> => ({
  ...listedText(text),
  hiddenCharacters: [...hiddenCharacters('instructions', text)],
  steersModel: [...steering('instructions', text)],
});
