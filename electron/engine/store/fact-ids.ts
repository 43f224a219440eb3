import { hash } from 'node:crypto';
import type { AssetKind, RelationKind } from '../../../shared/kinds.ts';

const digest = (text: string): string => hash('sha256', text).slice(0, 16);

/** Public id of an asset: kind and natural key decide it, so the same thing found again keeps it. */
export const publicAssetId = (kind: AssetKind, key: string): string => `${kind}:${digest(`${kind}\0${key}`)}`;

export const publicRelationId = (kind: RelationKind, from: string, to: string, discriminator: string): string =>
  `${kind}:${digest(`${kind}\0${from}\0${to}\0${discriminator}`)}`;
