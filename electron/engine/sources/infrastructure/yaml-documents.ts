import type { ParsedDocument } from '../parse/node.ts';
import { type KeyOfTag, parseYaml } from '../parse/yaml-document.ts';

const mostDocuments = 2000;

/** All documents of a YAML text, each with the lines of the whole text. */
export function parseYamlDocuments(text: string, keyOfTag: KeyOfTag | null = null): readonly ParsedDocument[] {
  const lines = text.split('\n');
  const found: ParsedDocument[] = [];
  let start = 0;
  const push = (end: number): void => {
    const part = lines.slice(start, end);
    if (part.some((line) => line.trim() !== '' && !line.trimStart().startsWith('#')) && found.length < mostDocuments)
      found.push(parseYaml(part.join('\n'), start + 1, keyOfTag));
  };
  for (const [index, line] of lines.entries()) {
    // At the left margin the marker can stand in no value: the text of block scalars is indented.
    if (!/^---(?:\s|$)/.test(line)) continue;
    push(index);
    start = index + 1;
  }
  push(lines.length);
  return found;
}
