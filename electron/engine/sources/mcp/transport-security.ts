import type { Properties } from '../../../../shared/model/facts.ts';
import type { Launch } from './launch.ts';
import type { RawServer, Transport } from './raw-server.ts';

/** The transport of MCP revision 2024-11-05: two endpoints, replaced by streamable HTTP in revision 2025-03-26. */
export const legacyTransport = 'HTTP+SSE of MCP 2024-11-05, replaced by streamable HTTP in 2025-03-26';

export const isLegacy = (transport: Transport): boolean => transport === 'sse';

/**
 * How the way to the server is protected, as far as files say: `encrypted` is null where there is no network (a program
 * of this machine) or the address is not known. `disabledBy` names what switches certificate checks off.
 */
export function transportSecurity(raw: RawServer, launch: Launch | null): Properties {
  const address = launch?.remote?.url ?? (raw.command === null ? raw.url : null);
  const scheme =
    address === null ? null : (/^([a-z][a-z0-9+.-]{0,20}):\/\//i.exec(address)?.[1]?.toLowerCase() ?? null);
  const host = address === null || scheme === null ? null : hostOf(address);
  const loopback = host !== null && isLoopback(host);
  const encrypted = scheme === null ? null : scheme === 'https' || scheme === 'wss';
  const disabledBy = [
    ...(raw.tlsOff ?? []),
    ...raw.env.filter((item) => switchesChecksOff(item.name, item.value)).map((item) => `env.${item.name}`),
    ...raw.args.flatMap((word) => {
      const flag = word.split('=', 1)[0] ?? '';
      return insecureFlags.has(flag.toLowerCase()) && !/=(?:false|0|no)$/i.test(word) ? [flag] : [];
    }),
    ...(databaseWithoutTls(raw) ? ['sslmode'] : []),
  ];
  return {
    scheme: scheme ?? (raw.command === null ? null : 'stdio'),
    encrypted,
    ...(host === null ? {} : { loopback }),
    ...(host !== null && !loopback && isPrivate(host) ? { privateNetwork: true } : {}),
    ...(encrypted === false && !loopback ? { plainHttp: true } : {}),
    ...(disabledBy.length === 0 ? {} : { certificateChecks: 'disabled', disabledBy: [...new Set(disabledBy)] }),
    ...(raw.args.some((word) => /^--allow-http(?:$|=true$)/.test(word)) ? { allowsPlainHttp: true } : {}),
  };
}

function hostOf(address: string): string | null {
  if (!URL.canParse(address)) return null;
  return new URL(address).hostname.toLowerCase().replace(/^\[|\]$/g, '');
}

/** Addresses that never leave the machine. `0.0.0.0` is what people write for "this machine" too. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  /^127(?:\.\d{1,3}){3}$/.test(host) ||
  host === '::1' ||
  host === '0.0.0.0' ||
  host === '::' ||
  /^::ffff:(?:127\.|7f[0-9a-f]{2}:)/.test(host);

const isPrivate = (host: string): boolean =>
  /^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(host) ||
  /^f[cd][0-9a-f]{2}:/.test(host) ||
  /^fe80:/.test(host) ||
  /\.(?:local|internal|lan|home|corp|intranet|svc|cluster)$/.test(host) ||
  !/[.:]/.test(host);

const insecureFlags = new Set([
  '--insecure',
  '--no-verify-ssl',
  '--no-ssl-verify',
  '--no-check-certificate',
  '--skip-tls-verify',
  '--tls-skip-verify',
  '--insecure-skip-tls-verify',
  '--insecure-skip-verify',
  '--ignore-https-errors',
  '--ignore-certificate-errors',
  '--allow-insecure',
  '--accept-insecure-certs',
  '--trust-server-certificate',
]);

const no = (value: string): boolean => /^(?:0|false|no|off|none|disabled?)$/i.test(value.trim());
const yes = (value: string): boolean => /^(?:1|true|yes|on)$/i.test(value.trim());

/** Variables of runtimes and of servers that speak of certificate checks, in both directions. */
function switchesChecksOff(name: string, value: string): boolean {
  const text = name.toUpperCase();
  if (text === 'NODE_TLS_REJECT_UNAUTHORIZED' || text === 'PYTHONHTTPSVERIFY') return value.trim() === '0';
  if (text === 'CURL_CA_BUNDLE' || text === 'REQUESTS_CA_BUNDLE') return value.trim() === '';
  if (
    /(?:^|_)(?:VERIFY_SSL|SSL_VERIFY|VERIFY_TLS|TLS_VERIFY|VERIFY_CERTS?|CERT_VERIFY|REJECT_UNAUTHORIZED|SSL_CERT_VERIFY)$/.test(
      text,
    )
  )
    return no(value);
  return (
    /(?:^|_)(?:INSECURE|SKIP_TLS_VERIFY|TLS_SKIP_VERIFY|SKIP_SSL_VERIFY|INSECURE_SKIP_VERIFY|SSL_NO_VERIFY|IGNORE_SSL|IGNORE_CERT(?:IFICATE)?_ERRORS|IGNORE_HTTPS_ERRORS|ALLOW_SELF_SIGNED|TRUST_SERVER_CERTIFICATE)$/.test(
      text,
    ) && yes(value)
  );
}

/** `sslmode=disable` in a connection string: the database is reached without TLS. */
const databaseWithoutTls = (raw: RawServer): boolean =>
  [...raw.args, ...raw.env.map((item) => item.value)].some((text) =>
    /[?&;\s](?:sslmode|ssl-mode|ssl_mode)=(?:disabled?|no-verify|allow)\b/i.test(text),
  );
