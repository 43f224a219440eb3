import type { Properties } from '../../../../shared/model/facts.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { readInstructions, readListedTool } from '../mcp/tool-list.ts';
import { instructionsProperties, listedToolProperties } from '../mcp/tool-properties.ts';
import { excerpt } from '../mcp/tool-text.ts';
import { nodeOf, textOf } from '../parse/node.ts';
import { ReadingBuilder, wholeFile } from '../parse/reading-builder.ts';
import type { FileInput, FileSource, Reading, Statement } from '../source.ts';
import { product } from './product.ts';

/**
 * Cursor writes the tools of each server to `~/.cursor/projects/<project>/mcps/<identifier>/`: `SERVER_METADATA.json` with
 * `serverIdentifier` and `serverName`, `INSTRUCTIONS.md`, and one file for each tool with `name`, `description`, `arguments`.
 * Identifiers begin with `user-`, `project-…` or `plugin-…`. Undocumented; from several public programs that read them (2026).
 */
const folder = '.cursor/projects/*/mcps/*';

const statementOf = (file: FileInput, part: string, properties: Properties, lines: Statement['lines']): Statement => ({
  kind: 'cached-tools',
  anchor: file.anchor,
  subject: file.place.replace(/\/(?:tools\/[^/]+|[^/]+)$/, ''),
  properties: { host: 'cursor', part, confidence: confidenceOf(file), ...properties },
  lines,
});

export const cursorToolCaches: FileSource = {
  kind: 'file',
  id: 'mcp-caches/cursor',
  version: 1,
  title: 'Cursor tool caches',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: `${folder}/SERVER_METADATA.json`, confidence: 'medium' },
    { scope: 'user', base: 'home', path: `${folder}/INSTRUCTIONS.md`, confidence: 'medium' },
    { scope: 'user', base: 'home', path: `${folder}/tools/*.json`, confidence: 'medium' },
  ],
  emits: ['tool'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    if (file.place.endsWith('/INSTRUCTIONS.md')) {
      if (file.text.trim() === '') return builder.done();
      const properties = instructionsProperties(readInstructions(file.text));
      return { ...builder.done(), statements: [statementOf(file, 'instructions', properties, wholeFile(file.text))] };
    }
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const { root } = opened;
    if (file.place.endsWith('/SERVER_METADATA.json')) {
      const name = textOf(nodeOf(root, 'serverName')) ?? '';
      const identifier = textOf(nodeOf(root, 'serverIdentifier')) ?? '';
      const properties = { name: excerpt(name, 200), identifier: excerpt(identifier, 200) };
      return { ...builder.done(), statements: [statementOf(file, 'server', properties, wholeFile(file.text))] };
    }
    const tool = readListedTool(root);
    if (tool === null) {
      builder.issue(root.line, 'a tool without a name');
      return builder.done();
    }
    const lines = { line: root.line, endLine: Math.max(root.line, root.endLine) };
    const properties = { name: tool.name, facts: listedToolProperties(tool) };
    return { ...builder.done(), statements: [statementOf(file, 'tool', properties, lines)] };
  },
};
