import { maskText } from '../parse/secrets.ts';
import type { FileInput, FileSource, Issue, Reading, Statement } from '../source.ts';
import { ownersProduct } from './product.ts';
import type { CodeOwnerDialect } from './code-owner-pattern.ts';

/**
 * CODEOWNERS of GitHub (`.github/`, root, `docs/`; the first of them counts) and of GitLab (root, `docs/`, `.gitlab/`). What
 * a rule means for a file is decided when the facts of all files are together: see `link.ts`.
 */
export const codeOwners: FileSource = {
  kind: 'file',
  id: 'owners/codeowners',
  version: 1,
  title: 'CODEOWNERS',
  ...ownersProduct,
  locations: [
    { scope: 'project', base: 'project', path: '.github/CODEOWNERS' },
    { scope: 'project', base: 'project', path: 'CODEOWNERS' },
    { scope: 'project', base: 'project', path: 'docs/CODEOWNERS' },
    { scope: 'project', base: 'project', path: '.gitlab/CODEOWNERS' },
  ],
  emits: [],
  read,
};

/** GitHub does not load a larger file (GitHub Docs, "CODEOWNERS file size"). */
const gitHubMaxBytes = 3 * 1024 * 1024;
const maxRules = 10_000;
const maxOwners = 50;
/** Shorter texts are nothing that masking would change. */
const shortestSecret = 12;

type Section = { readonly name: string; readonly owners: readonly string[]; readonly optional: boolean };

function read(file: FileInput): Reading {
  const issues: Issue[] = [];
  const statements: Statement[] = [];
  const lines = file.text.split('\n');
  const dialect = dialectOf(file, lines);
  if (dialect === 'github' && file.bytes > gitHubMaxBytes) {
    return {
      status: 'not-supported',
      detail: 'larger than 3 MB: GitHub does not load it',
      assets: [],
      relations: [],
      issues,
    };
  }
  let section: Section = { name: '', owners: [], optional: false };
  for (const [index, raw] of lines.entries()) {
    if (statements.length >= maxRules) {
      issues.push({ line: index + 1, message: `more than ${maxRules} rules; the rest is not read` });
      break;
    }
    const text = raw.replace(/\r$/, '').slice(0, 4000).trim();
    if (text === '' || text.startsWith('#')) continue;
    const header = dialect === 'gitlab' ? sectionOf(text) : null;
    if (header !== null) {
      section = header;
      continue;
    }
    const line = index + 1;
    const words = wordsOf(text);
    const excluded = words[0]?.startsWith('!') === true;
    const pattern = excluded ? (words[0] ?? '').slice(1) : (words[0] ?? '');
    if (pattern === '') continue;
    if (dialect === 'github' && (excluded || /[[\]]/.test(pattern))) {
      issues.push({ line, message: 'negation and ranges are not part of CODEOWNERS; the line has no effect' });
      continue;
    }
    if (pattern.length >= shortestSecret && maskText(pattern) !== pattern) {
      issues.push({ line, message: 'the pattern looks like a secret; the line is not read' });
      continue;
    }
    const named = words.slice(1).filter(isOwner);
    const strange = words.slice(1).find((word) => !isOwner(word));
    if (strange !== undefined)
      issues.push({ line, message: 'what stands behind the pattern is no user, group or address' });
    const owners = named.length === 0 && words.length === 1 ? section.owners : named;
    statements.push({
      kind: 'code-owner',
      anchor: file.anchor,
      subject: pattern,
      properties: {
        dialect,
        owners: owners.slice(0, maxOwners),
        order: statements.length,
        ...(section.name === '' ? {} : { section: section.name }),
        ...(section.optional ? { optional: true } : {}),
        ...(excluded ? { excluded: true } : {}),
      },
      lines: { line, endLine: line },
    });
  }
  return { status: 'read', assets: [], relations: [], statements, issues: issues.slice(0, 200) };
}

function dialectOf(file: FileInput, lines: readonly string[]): CodeOwnerDialect {
  if (file.location.path.startsWith('.gitlab/')) return 'gitlab';
  if (file.location.path.startsWith('.github/')) return 'github';
  return lines.slice(0, maxRules).some((line) => sectionOf(line.trim().slice(0, 4000)) !== null) ? 'gitlab' : 'github';
}

/** `[Name]`, `^[Name]` (optional), `[Name][2] @owner` (approvals wanted, default owners). A character range is no section. */
function sectionOf(text: string): Section | null {
  const header = /^(\^?)\[([^\]]{1,200})\](?:\[\d{1,4}\])?(?:\s{1,100}(\S.{0,3000}))?$/.exec(text);
  if (header === null) return null;
  const owners = wordsOf(header[3] ?? '');
  if (!owners.every(isOwner)) return null;
  return { name: maskText((header[2] ?? '').trim()).toLowerCase(), owners, optional: header[1] === '^' };
}

/** Words of a line without its comment; a backslash keeps a blank within a path. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '\\' && (text[at + 1] === ' ' || text[at + 1] === '#')) word += text[++at] ?? '';
    else if (character === ' ' || character === '\t') {
      if (word !== '') words.push(word);
      word = '';
    } else if (character === '#' && word === '') return words;
    else word += character;
  }
  if (word !== '') words.push(word);
  return words;
}

/** `@user`, `@organisation/team`, `@@role` (GitLab) or an address. */
const isOwner = (word: string): boolean =>
  /^@@?[A-Za-z0-9_][A-Za-z0-9_.-]{0,100}(?:\/[A-Za-z0-9_.-]{1,100}){0,10}$/.test(word) ||
  /^[A-Za-z0-9._%+'-]{1,100}@[A-Za-z0-9.-]{1,150}$/.test(word);
