import type { Properties } from '../../../../shared/model/facts.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';
import type { Launch } from './launch.ts';
import type { RawServer } from './raw-server.ts';
import type { ServerContext } from './server-facts.ts';

/** A network proxy that the server is told to use, by variable or by flag. `url` is masked; null where it is a reference. */
export type NetworkProxy = { readonly from: string; readonly url: string | null; readonly host: string | null };

const proxyVariable = /^(?:https?|all|socks|npm_config(?:_https)?|global_agent_https?)_proxy$/i;
const proxyFlags = new Set(['--proxy', '--proxy-server', '--http-proxy', '--https-proxy', '--proxy-url']);

export function networkProxiesOf(raw: RawServer): readonly NetworkProxy[] {
  const found: NetworkProxy[] = raw.env.flatMap(({ name, value }) =>
    proxyVariable.test(name) && value.trim() !== '' ? [networkProxy(`env.${name}`, value.trim())] : [],
  );
  for (const [index, word] of raw.args.entries()) {
    const equals = word.indexOf('=');
    const flag = equals === -1 ? word : word.slice(0, equals);
    const value = equals === -1 ? raw.args[index + 1] : word.slice(equals + 1);
    if (proxyFlags.has(flag) && value !== undefined && !value.startsWith('-')) found.push(networkProxy(flag, value));
  }
  return found.slice(0, 10);
}

function networkProxy(from: string, value: string): NetworkProxy {
  const url = maskUrl(value);
  const whole = /^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(url) ? url : `http://${url}`;
  const host = URL.canParse(whole) && !value.includes('$') ? new URL(whole).host.toLowerCase() : null;
  return { from, url, host: host === '' ? null : host };
}

/**
 * The stations between an agent and a server: the program that passes messages on, and the network proxies of the server.
 * A bridge belongs to one server, so that two agents which use the same program for two servers do not seem to meet. The
 * direct relation stays, with `via`, because what asks for the servers of an agent must not have to know of bridges.
 */
export function proxyFacts(
  builder: ReadingBuilder,
  server: AssetRef,
  raw: RawServer,
  launch: Launch | null,
  context: ServerContext,
): AssetRef | null {
  const confidence = context.confidence ?? 'high';
  for (const proxy of networkProxiesOf(raw)) {
    if (proxy.host === null) continue;
    const ref = builder.asset({
      kind: 'external-service',
      key: `network-proxy:${proxy.host}`,
      name: proxy.host,
      properties: { role: 'network-proxy', url: proxy.url },
      lines: linesOf(raw),
      confidence,
    });
    builder.relation({
      kind: 'egresses-to',
      from: server,
      to: ref,
      discriminator: proxy.from,
      properties: { from: proxy.from, why: 'the server is told to reach the network through this proxy' },
      lines: linesOf(raw),
      confidence,
    });
  }
  const program = bridgeName(launch);
  if (launch === null || program === null) return null;
  const spec = launch.package;
  const facts: Properties = {
    role: 'mcp-bridge',
    program,
    hosts: [context.host],
    ...(spec === null
      ? {}
      : {
          package: {
            registry: spec.registry,
            name: maskUrl(spec.name),
            version: spec.version,
            pinned: spec.pinned,
            pin: spec.pin,
          },
        }),
    configurations: [
      {
        host: context.host,
        agent: context.user?.key ?? null,
        scope: context.scope,
        name: raw.name,
        place: builder.file.place,
        line: raw.line,
        version: spec?.version ?? null,
        pinned: spec?.pinned ?? null,
      },
    ],
  };
  const bridge = builder.asset({
    kind: 'workload',
    key: `mcp-bridge:${program}>${server.key}`,
    name: program,
    properties: facts,
    lines: linesOf(raw),
    confidence,
  });
  builder.relation({
    kind: 'uses',
    from: bridge,
    to: server,
    properties: { role: 'mcp-bridge' },
    lines: linesOf(raw),
    confidence,
  });
  if (context.user !== null) {
    builder.relation({
      kind: 'uses',
      from: context.user,
      to: bridge,
      discriminator: raw.name,
      properties: { name: raw.name, scope: context.scope, enabled: raw.enabled },
      lines: linesOf(raw),
      confidence,
    });
  }
  return bridge;
}

const bridgeName = (launch: Launch | null): string | null => launch?.remote?.via ?? launch?.inner?.via ?? null;
