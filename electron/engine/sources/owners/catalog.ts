import { nodeOf, scalarText, textOf } from '../parse/node.ts';
import { maskText } from '../parse/secrets.ts';
import { parseYaml } from '../parse/yaml-document.ts';
import type { FileInput, FileSource, Issue, Reading, Statement } from '../source.ts';
import { ownersProduct } from './product.ts';

/** Backstage, "Descriptor Format of Catalog Entities": `spec.owner` of a component, resource, API, system or template. */
export const catalogOwners: FileSource = {
  kind: 'file',
  id: 'owners/catalog',
  version: 1,
  title: 'Owners in Backstage catalogues',
  ...ownersProduct,
  locations: [
    { scope: 'project', base: 'project', path: 'catalog-info.yaml' },
    { scope: 'project', base: 'project', path: 'catalog-info.yml' },
  ],
  emits: [],
  read,
};

const maxEntities = 500;

function read(file: FileInput): Reading {
  const statements: Statement[] = [];
  const issues: Issue[] = [];
  let isBroken = false;
  const documents = file.text.includes('owner') ? documentsOf(file.text) : [];
  for (const { text, firstLine } of documents) {
    const { root, problems } = parseYaml(text, firstLine);
    for (const problem of problems.slice(0, 20)) {
      issues.push({ line: problem.line, message: problem.message });
      isBroken ||= root === null;
    }
    const owner = nodeOf(root, 'spec', 'owner');
    const name = maskText((scalarText(nodeOf(root, 'metadata', 'name')) ?? '').slice(0, 200));
    const ownerText = maskText((textOf(owner) ?? '').trim().slice(0, 200));
    if (owner === undefined || ownerText === '' || statements.length >= maxEntities) continue;
    statements.push({
      kind: 'catalog-owner',
      anchor: file.anchor,
      subject: name,
      properties: { owner: ownerText, entity: (textOf(nodeOf(root, 'kind')) ?? '').slice(0, 60) },
      lines: { line: owner.line, endLine: owner.endLine },
    });
  }
  return {
    // A template of a catalogue entry is no YAML before it is filled in.
    status: !isBroken ? 'read' : /\{\{|\{%/.test(file.text) ? 'not-supported' : 'malformed',
    ...(isBroken ? { detail: 'broken YAML' } : {}),
    assets: [],
    relations: [],
    statements,
    issues: issues.slice(0, 200),
  };
}

/** The documents of a stream with the lines they begin on. */
function documentsOf(text: string): readonly { readonly text: string; readonly firstLine: number }[] {
  const documents: { text: string; firstLine: number }[] = [];
  let lines: string[] = [];
  let firstLine = 1;
  const end = (next: number): void => {
    if (lines.some((line) => line.trim() !== '')) documents.push({ text: lines.join('\n'), firstLine });
    lines = [];
    firstLine = next;
  };
  for (const [index, line] of text.split('\n').entries()) {
    if (/^---\s*(?:#.*)?\r?$/.test(line)) end(index + 2);
    else lines.push(line);
  }
  end(0);
  return documents.slice(0, maxEntities);
}
