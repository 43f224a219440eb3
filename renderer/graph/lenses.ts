import { type AssetKind, assetKinds, type RelationKind, relationKinds } from '../../shared/kinds.ts';
import type { GraphData } from './graph-data.ts';

/** Ways to look at the same facts. A lens that is not built is not listed. */
export const lensIds = ['all', 'data-flow'] as const;
export type LensId = (typeof lensIds)[number];

export type Lens = {
  readonly id: LensId;
  readonly title: string;
  /** Bit n: relation kind n belongs to the lens. */
  readonly relations: number;
  /** Bit n: asset kind n belongs to the lens. */
  readonly assets: number;
  /** Bit n: relation kind n is drawn from its target to its source, because that is where the data goes. */
  readonly turned: number;
};

export const relationBit = (kind: RelationKind): number => 1 << relationKinds.indexOf(kind);
export const assetBit = (kind: AssetKind): number => 1 << assetKinds.indexOf(kind);
const relationBits = (kinds: readonly RelationKind[]): number =>
  kinds.reduce((bits, kind) => bits | relationBit(kind), 0);
const assetBits = (kinds: readonly AssetKind[]): number => kinds.reduce((bits, kind) => bits | assetBit(kind), 0);

const allLens: Lens = {
  id: 'all',
  title: 'All',
  relations: relationBits(relationKinds),
  assets: assetBits(assetKinds),
  turned: 0,
};

/** How content moves: in through reads and ingests, out through writes, calls and egress. */
const dataFlowLens: Lens = {
  id: 'data-flow',
  title: 'Data flow',
  relations: relationBits([
    'reads',
    'writes',
    'ingests',
    'egresses-to',
    'uses',
    'exposes',
    'executes',
    'deletes',
    'delegates-to',
  ]),
  assets: assetBits(['agent', 'tool', 'mcp-server', 'data-store', 'external-service', 'prompt', 'model']),
  turned: relationBits(['reads', 'ingests']),
};

export const lenses: readonly Lens[] = [allLens, dataFlowLens];
export const lensOf = (id: LensId): Lens => (id === 'data-flow' ? dataFlowLens : allLens);

const uses = relationKinds.indexOf('uses');
const prompt = assetKinds.indexOf('prompt');

/**
 * Whether a relation is drawn against its direction, because data moves that way: what is read or brought in comes to the
 * reader; the text of a prompt goes into the agent that uses it; so does the answer of a tool that only brings in.
 */
export function isTurned(data: GraphData, lens: Lens, edge: number): boolean {
  const kind = data.edgeKinds[edge] as number;
  if (((lens.turned >> kind) & 1) === 1) return true;
  if (lens.id !== 'data-flow' || kind !== uses) return false;
  const target = data.to[edge] as number;
  return data.kinds[target] === prompt || data.bringsIn[target] === 1;
}
