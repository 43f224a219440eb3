import type { Properties } from '../../../shared/model/facts.ts';
import { inputAt } from './conformance.ts';
import type { FileInput, FileSource, Reading } from './source.ts';

/** Reads a text as the file of one of the source's places (`~/...` for the home); `file` says what differs from the usual. */
export function readText(source: FileSource, path: string, text: string, file: Partial<FileInput> = {}): Reading {
  const inHome = path.startsWith('~/');
  const fitting = source.locations.filter((candidate) => candidate.path === (inHome ? path.slice(2) : path));
  const location = fitting.find((candidate) => inHome === (candidate.base === 'home')) ?? fitting[0];
  if (location === undefined) throw new Error(`${source.id} has no place ${path}`);
  return source.read({ ...inputAt(location, text), ...file });
}

export const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** `kind name` of every asset, in order of appearance. */
export const assetsOf = (reading: Reading): readonly string[] =>
  reading.assets.map((asset) => `${asset.kind} ${asset.name}`);

export function propertiesOf(reading: Reading, kind: string, name: string): Properties {
  const found = reading.assets.filter((asset) => asset.kind === kind && asset.name === name);
  if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} assets ${kind} ${name}`);
  return found[0].properties ?? {};
}

/** `line: message` of every issue. */
export const issuesOf = (reading: Reading): readonly string[] =>
  reading.issues.map((issue) => `${issue.line ?? '-'}: ${issue.message}`);

export const relationsOf = (reading: Reading): readonly string[] =>
  reading.relations.map((relation) => `${relation.from.key} ${relation.kind} ${relation.to.key}`);
