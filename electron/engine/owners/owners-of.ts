import { confidences } from '../../../shared/kinds.ts';
import type { NamedOwner } from '../../../shared/contract/registry.ts';
import { ownerWays } from '../../../shared/contract/registry.ts';
import type { FactSnapshot } from '../store/repos/facts-reader.ts';

const wayRank = new Map<string, number>(ownerWays.map((way, index) => [way, index]));
const confidenceRank = new Map<string, number>(confidences.map((word, index) => [word, index]));

/** Owners of every asset that has one, the surest first: what people say, then what files say, then guesses. */
export function ownersByAsset(facts: FactSnapshot): ReadonlyMap<string, readonly NamedOwner[]> {
  const names = new Map(facts.assets.flatMap((asset) => (asset.kind === 'person' ? [[asset.id, asset.name]] : [])));
  const found = new Map<string, NamedOwner[]>();
  for (const { kind, from, to, properties, confidence } of facts.relations) {
    if (kind !== 'owned-by') continue;
    const by = properties['by'];
    const owner: NamedOwner = {
      id: to,
      name: names.get(to) ?? to,
      by: typeof by === 'string' ? by : '',
      guess: properties['guess'] === true,
      confidence,
    };
    const known = found.get(from);
    if (known === undefined) found.set(from, [owner]);
    else known.push(owner);
  }
  for (const owners of found.values()) owners.sort(bySurety);
  return found;
}

const bySurety = (a: NamedOwner, b: NamedOwner): number =>
  Number(a.guess) - Number(b.guess) ||
  (wayRank.get(a.by) ?? wayRank.size) - (wayRank.get(b.by) ?? wayRank.size) ||
  (confidenceRank.get(a.confidence) ?? 9) - (confidenceRank.get(b.confidence) ?? 9) ||
  (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** The owners that count: those of the surest way. A person's word that there is none outweighs what files say. */
export function surestOwners(owners: readonly NamedOwner[] | undefined, saidNone: boolean): readonly NamedOwner[] {
  if (saidNone || owners === undefined) return [];
  const first = owners[0];
  return first === undefined ? [] : owners.filter(({ by, guess }) => by === first.by && guess === first.guess);
}
