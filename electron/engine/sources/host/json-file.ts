import { type JsonDocument, parseJson } from '../parse/json-document.ts';
import type { MapNode } from '../parse/node.ts';
import type { ReadingBuilder } from '../parse/reading-builder.ts';

/** How a host takes comments and trailing commas: `strict` hosts drop the file, `lenient` ones do not mind. */
export type JsonTaste = 'strict' | 'lenient';

/** The object of a JSON file with its problems reported; null where there is none. `document.strict` tells the rest. */
export function openObject(
  builder: ReadingBuilder,
  taste: JsonTaste,
): { readonly root: MapNode; readonly document: JsonDocument } | null {
  const document = parseJson(builder.file.text);
  const tolerated = taste === 'lenient' ? new Set(['comment', 'trailing-comma']) : new Set<string>();
  builder.problems(document.problems.filter((problem) => !tolerated.has(problem.kind)));
  if (document.root?.kind !== 'map') {
    if (document.root !== null) builder.issue(document.root.line, 'the file is not a JSON object');
    builder.malformed(
      document.problems.find((problem) => !tolerated.has(problem.kind))?.message ?? 'the file is not a JSON object',
    );
    return null;
  }
  if (!document.tolerable)
    builder.malformed(document.problems.find((problem) => problem.kind === 'syntax')?.message ?? 'broken JSON');
  else if (taste === 'strict' && !document.strict) builder.malformed('not strict JSON: comment or trailing comma');
  return { root: document.root, document };
}
