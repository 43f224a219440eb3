import type { Properties } from '../../../../shared/model/facts.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { maskUrl } from '../parse/secrets.ts';
import type { Launch } from './launch.ts';
import type { MaskedArguments } from './mask-arguments.ts';
import type { RawServer } from './raw-server.ts';

export type AuthenticationType =
  | 'oauth'
  | 'header'
  | 'helper'
  | 'url-secret'
  | 'argument-secret'
  | 'env-secret'
  | 'client-certificate'
  | 'none';

/**
 * How the host, or the server in its name, proves who it is. `names` are the headers or variables that carry it; values
 * are never part. `none` for a remote server means that the file says nothing: a host may still negotiate OAuth when it
 * connects, which no file shows.
 */
export function authenticationOf(
  raw: RawServer,
  launch: Launch | null,
  masked: MaskedArguments,
  extra: Properties | undefined,
): Properties {
  const isRemote = raw.command === null ? raw.url !== null && raw.url !== '' : launch?.remote != null;
  const headers = [
    ...raw.headers.map((item) => item.name).filter(isAuthenticating),
    ...raw.envReferences.filter((item) => item.use !== 'env').map((item) => item.name),
    ...masked.headerNames.filter(isAuthenticating),
  ];
  const variables = [
    ...raw.env.map((item) => item.name),
    ...raw.envReferences.filter((item) => item.use === 'env').map((item) => item.name),
    ...(launch?.envNames ?? []),
  ].filter((name) => isCredentialName(name));
  const argumentNames = masked.secrets.map((secret) => secret.name.replace(/^-+/, '')).filter((name) => name !== '');
  const oauth = raw.oauth ?? (extra?.['oauth'] === true ? { where: 'oauth', scopes: [] } : null);
  const found: readonly (readonly [AuthenticationType, boolean, readonly string[]])[] = [
    ['oauth', oauth !== null || extra?.['authProviderType'] !== undefined, oauth === null ? [] : [oauth.where]],
    ['helper', extra?.['headersHelper'] !== undefined, ['headersHelper']],
    ['header', headers.length > 0, headers],
    ['url-secret', isRemote && urlCarriesSecret(launch?.remote?.url ?? raw.url ?? ''), ['url']],
    ['argument-secret', masked.secrets.length > 0 && headers.length === 0, argumentNames],
    ['env-secret', variables.length > 0, variables],
    ['client-certificate', hasClientCertificate(raw), []],
  ];
  const all = found.filter(([, applies]) => applies);
  const first = all[0];
  if (first === undefined) {
    return isRemote
      ? {
          type: 'none',
          why: 'the file names no authentication; OAuth that a host negotiates when it connects shows in no file',
        }
      : { type: 'none' };
  }
  return {
    type: first[0],
    ...(first[2].length === 0 ? {} : { names: [...new Set(first[2])] }),
    ...(oauth !== null && oauth.scopes.length > 0 ? { scopes: oauth.scopes } : {}),
    ...(all.length < 2 ? {} : { also: all.slice(1).map(([type]) => type) }),
  };
}

const isAuthenticating = (name: string): boolean =>
  isCredentialName(name) || /^(?:proxy-)?authorization$|^cookie$|^x-(?:api-)?key$/i.test(name);

const urlCarriesSecret = (url: string): boolean =>
  url !== '' &&
  (maskUrl(url) !== url ||
    [...url.slice(0, 4000).matchAll(/[?&]([A-Za-z0-9_-]{1,64})=/g)].some((match) => isCredentialName(match[1] ?? '')));

const hasClientCertificate = (raw: RawServer): boolean =>
  raw.args.some((word) => /^--(?:client-)?(?:cert|ssl-?cert|tls-?cert)(?:=|$)/i.test(word)) ||
  raw.env.some((item) => /CLIENT_CERT/i.test(item.name));
