import type { AssetDraft, AssetRef, FileInput, Issue, Reading, RelationDraft } from '../source.ts';
import type { Problem, Span } from './node.ts';

/** Kinds whose key holds the place, so that no other file's asset gets the mark. Servers carry it in their configurations. */
const placed: ReadonlySet<string> = new Set(['agent', 'plugin', 'skill', 'prompt', 'hook']);

const locations = [
  ['test', /^(?:tests?|__tests__|e2e|fixtures?|__fixtures__|testdata|test-data|test_data)$/i],
  ['example', /^(?:examples?|samples?|demos?|cookbooks?)$/i],
  ['template', /^templates?$/i],
] as const;

/**
 * `test`, `example` or `template`, by the folders above a project; null anywhere else. The scanned folder's own name does
 * not count, nor do folders below the project (`.claude/agents/examples/x.md` is loaded like any other).
 */
export function locationOfAnchor(anchor: string): 'test' | 'example' | 'template' | null {
  const folders = anchor.split('/').slice(1);
  return locations.find(([, name]) => folders.some((folder) => name.test(folder)))?.[0] ?? null;
}

/** Gathers what one file says. Drafts of the same asset within the file stay one draft; later ones add properties only. */
export class ReadingBuilder {
  readonly file: FileInput;
  readonly #assets = new Map<string, AssetDraft>();
  readonly #relations = new Map<string, RelationDraft>();
  readonly #issues: Issue[] = [];
  #status: Reading['status'] = 'read';
  #detail: string | null = null;

  constructor(file: FileInput) {
    this.file = file;
    if (file.replacements > 0) this.issue(null, `${file.replacements} bytes are not valid UTF-8`);
  }

  asset(given: AssetDraft): AssetRef {
    const draft = this.#told(withPlainLines(given));
    const id = `${draft.kind}\n${draft.key}`;
    const known = this.#assets.get(id);
    this.#assets.set(
      id,
      known === undefined ? draft : { ...draft, ...known, properties: mergeProperties(known, draft) },
    );
    return { kind: draft.kind, key: draft.key };
  }

  /** Examples, templates and test data look like the real thing; what lies in such a folder says so. */
  #told(draft: AssetDraft): AssetDraft {
    if (!placed.has(draft.kind)) return draft;
    const location = locationOfAnchor(this.file.anchor);
    return location === null ? draft : { ...draft, properties: { ...draft.properties, location } };
  }

  relation(draft: RelationDraft): void {
    const id = [
      draft.kind,
      draft.from.kind,
      draft.from.key,
      draft.to.kind,
      draft.to.key,
      draft.discriminator ?? '',
    ].join('\n');
    if (!this.#relations.has(id)) this.#relations.set(id, withPlainLines(draft));
  }

  issue(line: number | null, message: string): void {
    if (this.#issues.length < 200) this.#issues.push({ line, message });
  }

  problems(problems: readonly Problem[]): void {
    for (const problem of problems) this.issue(problem.line, problem.message);
  }

  malformed(detail: string): void {
    this.#status = 'malformed';
    this.#detail ??= detail;
  }

  /** Says in the coverage what of a file that was read is no fact, and why. */
  note(detail: string): void {
    this.#detail ??= detail;
  }

  notSupported(detail: string): void {
    this.#status = 'not-supported';
    this.#detail ??= detail;
  }

  get hasFacts(): boolean {
    return this.#assets.size > 0;
  }

  done(): Reading {
    return {
      status: this.#status,
      ...(this.#detail === null ? {} : { detail: this.#detail }),
      assets: [...this.#assets.values()],
      relations: [...this.#relations.values()],
      issues: this.#issues,
    };
  }
}

/**
 * Whatever has lines may be handed in as `lines`, also an entry as it stands in the file, with its values; only the two
 * numbers may go on, because readings are cached in the workspace.
 */
const withPlainLines = <D extends AssetDraft | RelationDraft>(draft: D): D =>
  draft.lines === undefined ? draft : { ...draft, lines: { line: draft.lines.line, endLine: draft.lines.endLine } };

type Bag = NonNullable<AssetDraft['properties']>;

function mergeProperties(known: AssetDraft, added: AssetDraft): Bag {
  const merged = new Map(Object.entries(known.properties ?? {}));
  for (const [key, value] of Object.entries(added.properties ?? {})) {
    const before = merged.get(key);
    if (before === undefined || before === null) merged.set(key, value);
    else if (Array.isArray(before) && Array.isArray(value)) {
      const seen = new Set(before.map((item) => JSON.stringify(item)));
      merged.set(key, [...before, ...value.filter((item) => !seen.has(JSON.stringify(item)))]);
    }
  }
  return Object.fromEntries(merged);
}

/** Lines of a draft, from anything that has them. */
export const linesOf = (span: Span): { readonly line: number; readonly endLine: number } => ({
  line: span.line,
  endLine: Math.max(span.line, span.endLine),
});

/** The whole file, for facts that no line states better. */
export const wholeFile = (text: string): { readonly line: number; readonly endLine: number } => {
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < text.length - 1; at = text.indexOf('\n', at + 1)) lines++;
  return { line: 1, endLine: lines };
};
