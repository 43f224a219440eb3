import type { Confidence } from '../../../../shared/kinds.ts';
import type { Properties } from '../../../../shared/model/facts.ts';
import type { AssetDraft, AssetRef } from '../source.ts';

/**
 * Accounts that programs act as. The key is the name: code seldom knows the account that it is deployed to, and the role of a
 * Terraform file, of an ARN in a workflow and of an export has to be one asset. Accounts are listed in the properties.
 */
export type IdentityDraft = Pick<AssetDraft, 'kind' | 'key' | 'name' | 'properties' | 'confidence'> & {
  readonly kind: 'identity';
};

const draft = (
  type: string,
  key: string,
  name: string,
  properties: Properties,
  confidence: Confidence = 'high',
): IdentityDraft => ({
  kind: 'identity',
  key: `${type}:${key}`,
  name,
  properties: { type, ...properties },
  confidence,
});

/** `arn:aws:iam::111122223333:role/path/name`; partition and path may differ, account and name may be open. */
const awsArn = /^arn:(aws[a-z-]*):iam::([^:]*):(role|user)\/(?:.*\/)?([^/]{1,128})$/;

export const awsRole = (name: string, properties: Properties = {}): IdentityDraft =>
  draft('aws-role', name, name, properties);

/** A profile of the AWS command line: a name on a machine, which stands for an account that no file of the scan tells. */
export const awsProfile = (name: string): IdentityDraft => draft('aws-profile', name, name, {}, 'medium');

/** The role or user that an ARN names; null where the text is none or its name is open. */
export function awsPrincipal(arn: string): IdentityDraft | null {
  const match = awsArn.exec(arn.trim());
  if (match === null) return null;
  const [, , account = '', type = 'role', name = ''] = match;
  if (!/^[\w+=,.@-]{1,128}$/.test(name)) return null;
  const known = /^\d{12}$/.test(account);
  return draft(`aws-${type}`, name, name, known ? { arns: [arn.trim()], accounts: [account] } : {});
}

/** `name@project.iam.gserviceaccount.com` */
export function googleServiceAccount(address: string): IdentityDraft | null {
  const match = /^([a-z0-9-]{1,63})@([a-z0-9.-]{1,100})\.gserviceaccount\.com$/i.exec(address.trim());
  if (match === null) return null;
  const project = (match[2] ?? '').replace(/\.iam$/, '');
  return draft('gcp-service-account', address.trim().toLowerCase(), `${match[1] ?? ''}@${project}`, { project });
}

/** An application or managed identity of Entra, by its client id or the name that a file gives it. */
export const azureIdentity = (
  type: 'azure-managed-identity' | 'azure-app',
  key: string,
  name: string,
  properties: Properties = {},
): IdentityDraft => draft(type, key, name, properties);

export const kubernetesServiceAccount = (
  anchor: string,
  namespace: string,
  name: string,
  properties: Properties = {},
): IdentityDraft =>
  draft('kubernetes-service-account', `${anchor}#${namespace}/${name}`, name, { namespace, ...properties });

export const refOf = (one: Pick<AssetDraft, 'kind' | 'key'>): AssetRef => ({ kind: one.kind, key: one.key });
