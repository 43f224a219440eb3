import type { Properties } from '../../../../shared/model/facts.ts';
import type { AssetDraft } from '../source.ts';

type StoreDraft = Pick<AssetDraft, 'kind' | 'key' | 'name' | 'properties' | 'confidence'> & {
  readonly kind: 'data-store';
};

/** Buckets have one name in the whole of a cloud: whoever names it means the same one. */
export const bucketStore = (scheme: 's3' | 'gs', name: string, properties: Properties = {}): StoreDraft => ({
  kind: 'data-store',
  key: `${scheme}:${name}`,
  name: `${scheme}://${name}`,
  properties: { kind: 'object-store', product: scheme === 's3' ? 'Amazon S3' : 'Google Cloud Storage', ...properties },
  confidence: 'high',
});

/** `arn:aws:s3:::bucket/prefix*` and `s3://bucket/prefix`; null for anything else and for names that are open. */
export function bucketNamed(text: string): { readonly name: string; readonly prefix: string } | null {
  const match = /^(?:arn:aws[a-z-]*:s3:::|s3:\/\/)([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(.*))?$/.exec(text.trim());
  return match === null ? null : { name: match[1] ?? '', prefix: match[2] ?? '' };
}
