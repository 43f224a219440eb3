import type { FileInput, FileSource, Reading, Statement } from '../source.ts';
import { formatOf, hasLists, parseList, readContextLists } from './lists.ts';

/**
 * Lists of an organisation that lie beside what is scanned. The form is described in `resources/lists/README.md`; lists that
 * a person imports count before these.
 */
export const organisationLists: FileSource = {
  kind: 'file',
  id: 'context-files/lists',
  version: 1,
  title: 'Data classification and environments',
  product: 'context-files',
  productTitle: 'Lists of the organisation',
  locations: ['data-classification', 'environments'].flatMap((name) =>
    ['csv', 'yaml', 'yml', 'json'].map(
      (ending) => ({ scope: 'project', base: 'project', path: `${name}.${ending}` }) as const,
    ),
  ),
  emits: [],
  read,
};

function read(file: FileInput): Reading {
  const document = parseList(file.text, formatOf(file.location.path, file.text));
  const lists = readContextLists(document);
  const nothing = { assets: [], relations: [] } as const;
  const broken = document.problems.find(({ kind }) => kind === 'syntax' || kind === 'limit');
  const isOurs = hasLists(lists);
  // `environments.yaml` is a name that other tools use as well, also for templates that are no YAML yet.
  if (broken !== undefined && !isOurs && !file.location.path.startsWith('data-classification'))
    return { status: 'not-supported', detail: `no list that can be read: ${broken.message}`, ...nothing, issues: [] };
  if (broken === undefined && !isOurs)
    return { status: 'read', detail: 'no list of stores, environments or owners', ...nothing, issues: [] };
  const statements: Statement[] = [
    ...lists.stores.map(
      ({ store, type, classification, regulation, owner, line, endLine }): Statement => ({
        kind: 'data-classification',
        anchor: file.anchor,
        subject: store,
        properties: { type, classification, regulation, owner },
        lines: { line, endLine },
      }),
    ),
    ...lists.environments.map(
      ({ name, regulated, members, line, endLine }): Statement => ({
        kind: 'environment',
        anchor: file.anchor,
        subject: name,
        properties: { regulated, members },
        lines: { line, endLine },
      }),
    ),
    ...lists.owners.map(
      ({ name, owner, line, endLine }): Statement => ({
        kind: 'named-owner',
        anchor: file.anchor,
        subject: name,
        properties: { owner },
        lines: { line, endLine },
      }),
    ),
  ];
  return {
    ...(broken === undefined ? { status: 'read' } : { status: 'malformed', detail: broken.message }),
    ...nothing,
    statements,
    issues: lists.issues,
  };
}
