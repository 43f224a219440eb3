import type { ImportedAgent, RegistryEntry } from '../../../shared/model/imports.ts';
import { publicAssetId } from '../store/fact-ids.ts';

/** A registered thing with the file that says so. */
export type Registered = { readonly entry: RegistryEntry; readonly file: string };

/** Something found, as far as a register can speak of it. */
export type Found = {
  readonly id: string;
  readonly kind: RegistryEntry['kind'];
  readonly name: string;
  readonly repositories: readonly string[];
  /** Files of its evidence, below their roots. */
  readonly files: readonly string[];
};

export type MatchedBy = 'id' | 'name and path' | 'name and repository' | 'path' | 'name';

export type RegistryMatch = {
  readonly both: readonly { readonly found: Found; readonly registered: Registered; readonly by: MatchedBy }[];
  /** Found, and no register speaks of it. Servers are only judged where a register lists servers. */
  readonly shadow: readonly Found[];
  /** Registered, and not found. */
  readonly gone: readonly Registered[];
  /** An entry that several things fit as well: none of them counts as registered or as shadow by it. */
  readonly ambiguous: readonly { readonly registered: Registered; readonly candidates: readonly Found[] }[];
};

/**
 * Which found things are registered: by id first, then by name and path, name and repository, path, and by the name alone
 * where the register gives neither. Surer matches of all entries come first, so that a vague entry takes no other's thing.
 */
export function matchRegistry(found: readonly Found[], registered: readonly Registered[]): RegistryMatch {
  const both: { found: Found; registered: Registered; by: MatchedBy }[] = [];
  const ambiguous: { registered: Registered; candidates: readonly Found[] }[] = [];
  const taken = new Set<string>();
  let open = [...registered];
  for (const { by, fits } of ways) {
    const left: Registered[] = [];
    for (const each of open) {
      const candidates = found.filter((thing) => thing.kind === each.entry.kind && fits(thing, each.entry));
      const free = candidates.filter(({ id }) => !taken.has(id));
      // A second entry for the same thing is no second thing: it stays with what it names.
      const fitting = free.length > 0 ? narrowed(free, each.entry) : candidates;
      if (fitting.length === 0) left.push(each);
      else if (fitting.length === 1 && fitting[0] !== undefined) {
        both.push({ found: fitting[0], registered: each, by });
        taken.add(fitting[0].id);
      } else ambiguous.push({ registered: each, candidates: fitting });
    }
    open = left;
  }
  const undecided = new Set(ambiguous.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  const judged = new Set(['agent', ...registered.map(({ entry }) => entry.kind)]);
  return {
    both,
    ambiguous,
    gone: open,
    shadow: found.filter(({ id, kind }) => judged.has(kind) && !taken.has(id) && !undecided.has(id)),
  };
}

type Way = { readonly by: MatchedBy; readonly fits: (found: Found, entry: RegistryEntry) => boolean };

const ways: readonly Way[] = [
  {
    by: 'id',
    fits: (found, { asset, kind }) => asset !== '' && (found.id === asset || found.id === publicAssetId(kind, asset)),
  },
  {
    by: 'name and path',
    fits: (found, entry) =>
      entry.path !== '' && fitsName(found, entry) && fitsPath(found, entry) && fitsPlace(found, entry),
  },
  {
    by: 'name and repository',
    fits: (found, entry) => entry.repository !== '' && fitsName(found, entry) && fitsRepository(found, entry),
  },
  { by: 'path', fits: (found, entry) => entry.path !== '' && fitsPath(found, entry) && fitsPlace(found, entry) },
  {
    by: 'name',
    fits: (found, entry) =>
      entry.repository === '' && entry.path === '' && entry.asset === '' && fitsName(found, entry),
  },
];

/** Letters and digits of a name. Every entry is compared with every thing: each name is worked out once. */
const plainNames = new Map<string, string>();
function plain(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  if (plainNames.size > 50_000) plainNames.clear();
  const made = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  plainNames.set(name, made);
  return made;
}
const namesOf = (entry: RegistryEntry): readonly string[] =>
  [entry.name, ...entry.aliases].filter((name) => plain(name) !== '');
const fitsName = (found: Found, entry: RegistryEntry): boolean =>
  namesOf(entry).some((name) => plain(name) === plain(found.name));

const lastName = (repository: string): string =>
  (
    repository
      .replace(/\.git$/i, '')
      .replace(/\/+$/, '')
      .split(/[/:]/)
      .at(-1) ?? ''
  ).toLowerCase();
const fitsRepository = (found: Found, { repository }: RegistryEntry): boolean =>
  found.repositories.some((own) => own.toLowerCase() === lastName(repository));
const fitsPlace = (found: Found, entry: RegistryEntry): boolean =>
  entry.repository === '' || fitsRepository(found, entry);

function fitsPath(found: Found, { path }: RegistryEntry): boolean {
  const wanted = path.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  return (
    wanted !== '' &&
    found.files.some((file) => file === wanted || file.endsWith(`/${wanted}`) || file.startsWith(`${wanted}/`))
  );
}

/** Of several that fit, the ones that are written exactly like the entry. */
function narrowed(candidates: readonly Found[], entry: RegistryEntry): readonly Found[] {
  if (candidates.length === 1) return candidates;
  const exact = candidates.filter(({ name }) => namesOf(entry).includes(name));
  return exact.length > 0 ? exact : candidates;
}

/** An imported agent that a register speaks of; matched by its id in the other system or by its name. */
export const fitsImported = (agent: ImportedAgent, { entry }: Registered): boolean =>
  entry.kind === 'agent' &&
  ((agent.id !== '' && (entry.id === agent.id || entry.asset === agent.id)) ||
    (entry.repository === '' && entry.path === '' && namesOf(entry).some((name) => plain(name) === plain(agent.name))));
