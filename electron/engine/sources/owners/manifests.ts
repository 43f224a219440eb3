import { entriesOf, itemsOf, type Node, nodeOf, textOf } from '../parse/node.ts';
import { parseJson } from '../parse/json-document.ts';
import { maskText } from '../parse/secrets.ts';
import { parseToml } from '../parse/toml-document.ts';
import type { FileInput, FileSource, Reading, Statement } from '../source.ts';
import { ownersProduct } from './product.ts';

/** Authors and maintainers of a package: who wrote it, and so a guess at who owns what lies in its folder. */
export const manifestAuthors: FileSource = {
  kind: 'file',
  id: 'owners/manifests',
  version: 1,
  title: 'Authors in package manifests',
  ...ownersProduct,
  locations: [
    { scope: 'project', base: 'project', path: 'package.json' },
    { scope: 'project', base: 'project', path: 'pyproject.toml' },
  ],
  emits: [],
  read,
};

const maxPeople = 20;

type Named = { readonly role: 'author' | 'maintainer'; readonly name: string; readonly email: string | null } & Lined;
type Lined = { readonly line: number; readonly endLine: number };

function read(file: FileInput): Reading {
  // The greater part of all manifests names nobody: those are not parsed.
  if (!/author|maintainer/.test(file.text)) return { status: 'read', assets: [], relations: [], issues: [] };
  const isPackage = file.location.path === 'package.json';
  const { root, problems } = isPackage ? parseJson(file.text) : parseToml(file.text);
  const people = isPackage ? peopleOfPackage(root) : peopleOfProject(root);
  const broken = problems.find(({ kind }) => kind === 'syntax' || kind === 'limit');
  const statements = people.slice(0, maxPeople).map(
    ({ role, name, email, line, endLine }): Statement => ({
      kind: 'manifest-author',
      anchor: file.anchor,
      subject: name,
      properties: { role, ...(email === null ? {} : { email }) },
      lines: { line, endLine },
    }),
  );
  // Test data of package tools is full of broken manifests: that nobody can be named is told, and is no gap of the scan.
  return {
    ...(broken === undefined ? { status: 'read' } : { status: 'not-supported', detail: broken.message }),
    assets: [],
    relations: [],
    statements,
    issues: [],
  };
}

/** npm, package.json: "people fields: author, contributors"; `maintainers` as packages that come from the registry have it. */
function peopleOfPackage(root: Node | null): readonly Named[] {
  const author = nodeOf(root, 'author');
  return [
    ...itemsOf(nodeOf(root, 'maintainers')).flatMap((node) => personOf(node, 'maintainer')),
    ...(author === undefined ? [] : personOf(author, 'author')),
  ];
}

/** PEP 621 `[project] authors, maintainers`; `[tool.poetry]` of Poetry 1. */
function peopleOfProject(root: Node | null): readonly Named[] {
  return [nodeOf(root, 'project'), nodeOf(root, 'tool', 'poetry')].flatMap((table) =>
    (['maintainer', 'author'] as const).flatMap((role) =>
      itemsOf(nodeOf(table, `${role}s`)).flatMap((node) => personOf(node, role)),
    ),
  );
}

function personOf(node: Node, role: Named['role']): readonly Named[] {
  const lines = { line: node.line, endLine: node.endLine };
  if (entriesOf(node).length > 0) {
    const email = addressOf(textOf(nodeOf(node, 'email')) ?? '');
    const name = cleanName(textOf(nodeOf(node, 'name')) ?? '') || (email ?? '');
    return name === '' ? [] : [{ role, name, email, ...lines }];
  }
  const parts = /^([^<(]{0,200})(?:<([^>]{1,200})>)?/.exec((textOf(node) ?? '').slice(0, 500).trim());
  const email = addressOf(parts?.[2] ?? '');
  const name = cleanName(parts?.[1] ?? '') || (email ?? '');
  return name === '' ? [] : [{ role, name, email, ...lines }];
}

const cleanName = (name: string): string => maskText(name.replace(/\s+/g, ' ').trim().slice(0, 120));
const addressOf = (text: string): string | null =>
  /^[^\s@:/]{1,100}@[^\s@:/]{1,150}$/.test(text.trim()) ? text.trim().toLowerCase() : null;
