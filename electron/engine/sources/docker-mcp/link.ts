import type { Properties } from '../../../../shared/model/facts.ts';
import { line, records, text, texts } from '../host/fact-view.ts';
import { hostAgentRef } from '../keys.ts';
import { type RawServer, transportNamed } from '../mcp/raw-server.ts';
import { serverFacts } from '../mcp/server-facts.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { AssetDraft, DraftEvidence, FileInput, Linker, PlacedStatement, RelationDraft } from '../source.ts';
import { dockerMcp } from './docker-mcp.ts';

/**
 * The servers that the registry switches on, as the catalogue describes them. What is switched on and described in no
 * catalogue of the disk is told by the gateways linker.
 */
export const dockerMcpLinker: Linker = {
  id: 'docker-mcp/link',
  version: 1,
  link(facts) {
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [];
    const agent = facts.asset(hostAgentRef(dockerMcp.id, '~'));
    const entries = new Map<string, PlacedStatement>();
    for (const statement of facts.statements('catalogue-entry'))
      if (!entries.has(statement.subject)) entries.set(statement.subject, statement);
    for (const item of records(agent?.properties, 'serverSwitches')) {
      const entry = entries.get(text(item, 'name'));
      if (agent === undefined || entry === undefined || item['enabled'] !== true) continue;
      const builder = new ReadingBuilder(fileOf(entry));
      const evidence: readonly DraftEvidence[] = [
        { place: text(item, 'place'), line: line(item), endLine: line(item), source: dockerMcpLinker.id },
        { place: entry.place, ...entry.lines, source: dockerMcpLinker.id },
      ];
      const extra = entry.properties['extra'];
      serverFacts(builder, rawOf(entry), {
        host: dockerMcp.id,
        user: { kind: agent.kind, key: agent.key },
        scope: 'user',
        where: 'registry',
        anchor: '~',
        confidence: 'high',
        extra: typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? (extra as Properties) : {},
      });
      const reading = builder.done();
      assets.push(...reading.assets.map((draft) => ({ ...draft, concludedFrom: evidence })));
      relations.push(...reading.relations.map((draft) => ({ ...draft, concludedFrom: evidence })));
    }
    return { assets, relations };
  },
};

function rawOf({ subject, properties, lines }: PlacedStatement): RawServer {
  const image = text(properties, 'image');
  return {
    name: subject,
    ...lines,
    transport: image === '' ? (transportNamed(text(properties, 'transport')) ?? 'http') : 'stdio',
    command: image === '' ? null : 'docker',
    args: image === '' ? [] : ['run', '-i', '--rm', image, ...texts(properties, 'command')],
    argLines: [],
    url: image === '' ? text(properties, 'url') : null,
    urlLine: lines.line,
    env: texts(properties, 'envNames').map((name) => ({ name, value: '', ...lines })),
    headers: texts(properties, 'headerNames').map((name) => ({ name, value: '', ...lines })),
    envReferences: texts(properties, 'secretNames').map((name) => ({ name, use: 'env', ...lines })),
    enabled: true,
    autoApprovedTools: [],
    includeTools: [],
    excludeTools: [],
    oauth: properties['oauth'] === true ? { where: 'oauth', scopes: texts(properties, 'scopes') } : null,
  };
}

/** The catalogue as the builder of readings wants it: only its place is used. */
const fileOf = ({ place }: PlacedStatement): FileInput => ({
  path: place,
  place,
  anchor: '~',
  anchorName: '~',
  scope: 'user',
  location: { scope: 'user', base: 'home', path: '.docker/mcp/catalogs/*.yaml' },
  text: '',
  replacements: 0,
  sha256: '',
  bytes: 0,
  mode: null,
});
