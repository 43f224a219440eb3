import type { Properties } from '../../../../shared/model/facts.ts';
import { records, text, textOrNull } from '../host/fact-view.ts';
import { serverRef } from '../keys.ts';
import type { AssetDraft, Linker, MergedAsset, RelationDraft } from '../source.ts';

/**
 * Containers and runtimes that serve MCP: the server that a host is configured with, where address, port or image say so; a
 * server of their own otherwise.
 */
export const servedServersLinker: Linker = {
  id: 'infrastructure-links/served-servers',
  version: 1,
  link(facts) {
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [];
    const servers = facts.assets('mcp-server');
    const implemented = servers.filter((server) => text(server.properties, 'implementedIn') !== '');
    for (const workload of facts.assets('workload')) {
      const runs = text(workload.properties, 'runs');
      const isServer =
        runs === 'mcp-server' ||
        runs === 'mcp-gateway' ||
        (text(workload.properties, 'kind') === 'agent-runtime' && text(workload.properties, 'protocol') === 'MCP');
      if (!isServer || text(workload.properties, 'kind') === 'image') continue;
      const from = { kind: workload.kind, key: workload.key };
      const evidence = workload.evidence.slice(0, 1);
      const known = servers.filter((server) => isServedBy(server, workload));
      for (const server of known)
        relations.push({
          kind: 'exposes',
          from,
          to: { kind: server.kind, key: server.key },
          properties: { why: 'serves it' },
          concludedFrom: evidence,
        });
      if (known.length > 0) continue;
      const code = textOrNull(workload.properties, 'code');
      const place = evidence[0]?.place ?? '';
      const ref = serverRef({ type: 'unknown', place, name: workload.key.split('#').at(-1) ?? workload.name });
      const sameCode =
        code === null
          ? []
          : [
              ...implemented.filter((server) => text(server.properties, 'implementedIn').startsWith(code)),
              ...servers.filter((server) => startsFile(server, code)),
            ];
      const ports = records(workload.properties, 'ports');
      assets.push({
        ...ref,
        name: workload.name,
        properties: {
          transport: transportOf(workload),
          hosts: [text(workload.properties, 'runsIn') || 'cloud'],
          enabled: true,
          ...(code === null ? {} : { implementedIn: code }),
          ...(runs === 'mcp-gateway' ? { gateway: text(workload.properties, 'product') || 'gateway' } : {}),
          ...(sameCode.length === 0 ? {} : { sameCodeAs: [...new Set(sameCode.map((server) => server.key))] }),
          publishedOnAllInterfaces: ports.some((port) => port['allInterfaces'] === true),
          configurations: [configurationOf(workload, ports)],
        },
        concludedFrom: evidence,
        origin: 'declared',
        confidence: workload.confidence,
      });
      relations.push({ kind: 'exposes', from, to: ref, properties: { why: 'serves it' }, concludedFrom: evidence });
      for (const kind of ['authenticates-with', 'runs-as'] as const)
        for (const relation of facts.relations(kind))
          if (relation.from.kind === 'workload' && relation.from.key === workload.key)
            relations.push({
              kind,
              from: ref,
              to: relation.to,
              discriminator: relation.discriminator,
              properties: { ...relation.properties, through: workload.key },
              concludedFrom: relation.evidence,
              confidence: relation.confidence,
              dynamic: relation.dynamic,
            });
    }
    return { assets, relations };
  },
};

const transportOf = (workload: MergedAsset): string => {
  const command = text(workload.properties, 'command');
  if (/\bsse\b/.test(command)) return 'sse';
  return /streamable|--transport[ =]http|--port\b/.test(command) ||
    records(workload.properties, 'ports').length > 0 ||
    text(workload.properties, 'kind') === 'agent-runtime'
    ? 'http'
    : 'unknown';
};

const configurationOf = (workload: MergedAsset, ports: readonly Properties[]): Properties => ({
  host: text(workload.properties, 'runsIn') || 'cloud',
  name: workload.name,
  place: workload.evidence[0]?.place ?? '',
  line: workload.evidence[0]?.line ?? 1,
  enabled: true,
  transport: transportOf(workload),
  image: textOrNull(workload.properties, 'image'),
  ports: ports.map((port) => ({
    host: port['host'] ?? null,
    container: port['container'] ?? null,
    allInterfaces: port['allInterfaces'] ?? false,
  })),
  // Neither image nor compose file says whether the server asks who calls.
  auth: { type: 'unknown' },
});

function isServedBy(server: MergedAsset, workload: MergedAsset): boolean {
  const image = textOrNull(workload.properties, 'imageName');
  const found = server.properties['package'];
  if (image !== null && typeof found === 'object' && found !== null && !Array.isArray(found)) {
    const known = found as Properties;
    if (known['registry'] === 'oci' && known['name'] === image) return true;
  }
  const address = textOrNull(server.properties, 'url');
  if (address === null || !URL.canParse(address)) return false;
  const url = new URL(address);
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const ports = records(workload.properties, 'ports');
  if (/^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]|host\.docker\.internal)$/.test(url.hostname))
    return ports.some((one) => one['host'] === port) && sameRoot(server, workload);
  const name = text(workload.properties, 'runtimeName');
  return (
    name !== '' &&
    sameRoot(server, workload) &&
    url.hostname.split('.')[0] === name &&
    (ports.length === 0 || ports.some((one) => one['container'] === port) || url.port === '')
  );
}

const startsFile = (server: MergedAsset, code: string): boolean => {
  const file = code.split('/').slice(1).join('/');
  return (
    file !== '' &&
    text(server.properties, 'commandLine')
      .split(/\s+/)
      .some((word) => word.replace(/^\.\//, '') === file) &&
    (server.evidence[0]?.place ?? '').split('/')[0] === code.split('/')[0]
  );
};

const sameRoot = (server: MergedAsset, workload: MergedAsset): boolean =>
  server.evidence.some(({ place }) => place.split('/')[0] === (workload.evidence[0]?.place ?? '').split('/')[0]);
