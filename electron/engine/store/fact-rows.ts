import type { AssetKind, Confidence, Origin, RelationKind } from '../../../shared/kinds.ts';
import type { Properties } from '../../../shared/model/facts.ts';

/** Where a fact was seen, before places and sources have numbers. `root` is a row of the root table. */
export type EvidenceRow = {
  readonly root: number;
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly source: string;
};

export type AssetRow = {
  readonly publicId: string;
  readonly kind: AssetKind;
  readonly key: string;
  readonly name: string;
  readonly origin: Origin;
  readonly confidence: Confidence;
  readonly dynamic: boolean;
  readonly properties: Properties;
  readonly evidence: readonly EvidenceRow[];
};

/** `from` and `to` are positions in the list of assets that is stored with it. */
export type RelationRow = {
  readonly kind: RelationKind;
  readonly from: number;
  readonly to: number;
  readonly discriminator: string;
  readonly origin: Origin;
  readonly confidence: Confidence;
  readonly dynamic: boolean;
  readonly properties: Properties;
  readonly evidence: readonly EvidenceRow[];
};
