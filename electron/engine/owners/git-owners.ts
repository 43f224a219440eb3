import { createHash } from 'node:crypto';
import type { MergedFacts } from '../scan/reconcile.ts';
import type { RootContext } from '../scan/roots.ts';
import { ownedKinds } from '../sources/owners/link.ts';
import { ownerOfPerson, personDraft } from '../sources/owners/owner-names.ts';
import type { DraftEvidence, MergedAsset, MergedRelation } from '../sources/source.ts';
import type { Connection } from '../store/driver.ts';
import { findGitHistory, putGitHistory } from '../store/repos/git-histories.ts';
import { type FileAuthors, type GitAuthor, type GitHistory, headOf, readGitHistory } from './git-history.ts';

/** Checkouts whose history is read in one scan; agents of more are left to what files say. */
const maxCheckouts = 200;
const maxFilesOfAsset = 5;
/** Raise whenever the same history would give other authors. */
const historyVersion = 1;

/** Not an owner: what a machine commits. */
const isBot = ({ name, email }: GitAuthor): boolean =>
  /\[bot\]|^(?:dependabot|renovate|github-actions|semantic-release)\b/i.test(name) ||
  /\[bot\]@|^(?:bot|noreply|actions)@/i.test(email);

/**
 * Adds a guess at the owner to things in checkouts: who changed their files last and who did most often. Every such relation
 * is marked as a guess, of low confidence, with commit and date. Checkouts that cannot be read add nothing.
 */
export function withGitOwners(
  facts: MergedFacts,
  roots: readonly RootContext[],
  repositories: ReadonlyMap<RootContext, readonly string[]>,
  connection: Connection,
): MergedFacts {
  const checkouts = checkoutsOf(roots, repositories);
  if (checkouts.length === 0) return facts;
  const kinds = new Set<string>(ownedKinds);
  const byCheckout = new Map<Checkout, { asset: MergedAsset; evidence: DraftEvidence; path: string }[]>();
  for (const asset of facts.assets) {
    if (!kinds.has(asset.kind)) continue;
    const seen = new Set<string>();
    for (const evidence of asset.evidence) {
      const checkout = checkouts.find(({ place }) => evidence.place.startsWith(`${place}/`));
      if (checkout === undefined || seen.has(evidence.place) || seen.size >= maxFilesOfAsset) continue;
      seen.add(evidence.place);
      const entry = { asset, evidence, path: evidence.place.slice(checkout.place.length + 1) };
      const known = byCheckout.get(checkout);
      if (known === undefined) byCheckout.set(checkout, [entry]);
      else known.push(entry);
    }
  }
  const people = new Map(facts.assets.flatMap((asset) => (asset.kind === 'person' ? [[asset.key, asset]] : [])));
  const added: MergedAsset[] = [];
  const relations = new Map<string, MergedRelation>();
  for (const [checkout, entries] of [...byCheckout].slice(0, maxCheckouts)) {
    const paths = [...new Set(entries.map(({ path }) => path))].sort();
    const history = historyOf(checkout, paths, connection);
    if (history === null) continue;
    const authors = new Map(history.authors.map((each) => [each.path, each]));
    for (const { asset, evidence, path } of entries) {
      const found = authors.get(path);
      if (found === undefined) continue;
      for (const [by, author] of [
        ['git-recent', found.recent],
        ['git-frequent', found.frequent],
      ] as const) {
        if (isBot(author)) continue;
        const draft = personDraft(ownerOfPerson(author.name, author.email), [evidence]);
        if (draft.key === '') continue;
        if (!people.has(draft.key)) {
          const person: MergedAsset = {
            kind: 'person',
            key: draft.key,
            name: draft.name,
            properties: draft.properties ?? {},
            origin: 'derived',
            confidence: 'low',
            dynamic: false,
            evidence: [evidence],
          };
          people.set(draft.key, person);
          added.push(person);
        }
        const relation = relationTo(asset, draft.key, by, author, found, history.isCut, evidence);
        const key = `${asset.kind}\0${asset.key}\0${draft.key}\0${by}`;
        if (!relations.has(key)) relations.set(key, relation);
      }
    }
  }
  return { ...facts, assets: [...facts.assets, ...added], relations: [...facts.relations, ...relations.values()] };
}

/** From the workspace where commit and files are those of the last time. */
function historyOf(
  { root, path, disk }: Checkout,
  paths: readonly string[],
  connection: Connection,
): GitHistory | null {
  const folder = `${disk}/.git`;
  const head = headOf(folder);
  if (head === null) return null;
  const wanted = createHash('sha256')
    .update(JSON.stringify([historyVersion, paths]))
    .digest('hex')
    .slice(0, 32);
  const key = { root, path, head, wanted };
  const known = findGitHistory(connection, key);
  if (known !== undefined) return JSON.parse(known) as GitHistory | null;
  const history = readGitHistory(folder, head, paths);
  putGitHistory(connection, key, JSON.stringify(history));
  return history;
}

type Checkout = {
  readonly root: number;
  readonly path: string;
  readonly place: string;
  readonly disk: string;
};

/** Innermost first: a checkout in a checkout has a history of its own. */
function checkoutsOf(
  roots: readonly RootContext[],
  repositories: ReadonlyMap<RootContext, readonly string[]>,
): readonly Checkout[] {
  return roots
    .flatMap((root) =>
      (repositories.get(root) ?? []).map((path) =>
        path === ''
          ? { root: root.id, path, place: root.label, disk: root.disk }
          : { root: root.id, path, place: `${root.label}/${path}`, disk: `${root.disk}/${path}` },
      ),
    )
    .sort((a, b) => b.place.length - a.place.length);
}

const relationTo = (
  asset: MergedAsset,
  person: string,
  by: 'git-recent' | 'git-frequent',
  author: GitAuthor,
  found: FileAuthors,
  isCut: boolean,
  evidence: DraftEvidence,
): MergedRelation => ({
  kind: 'owned-by',
  from: { kind: asset.kind, key: asset.key },
  to: { kind: 'person', key: person },
  discriminator: by,
  properties: {
    by,
    guess: true,
    commit: author.commit.slice(0, 12),
    date: new Date(author.at).toISOString().slice(0, 10),
    ...(by === 'git-frequent' ? { commits: found.byFrequent, of: found.commits } : {}),
    ...(isCut ? { historyCut: true } : {}),
  },
  origin: 'derived',
  confidence: 'low',
  dynamic: false,
  evidence: [evidence],
});
