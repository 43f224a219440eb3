import type { Confidence } from '../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { records, text } from '../host/fact-view.ts';
import { hiddenCharacters, steering } from '../mcp/tool-text.ts';
import type {
  AssetDraft,
  AssetRef,
  FactIndex,
  Linker,
  MergedAsset,
  MergedRelation,
  RelationDraft,
  SameThing,
} from '../source.ts';
import { isFileOf, launchedFiles } from './launched-file.ts';

/**
 * A configured server whose program is part of the scan, and the server that this program implements, are one: the host's
 * agent then uses the tools that the code shows, with their lines. Where several configurations start one implementation with
 * other arguments, each stays a server of its own and exposes the tools.
 */
export const implementationsLinker: Linker = {
  id: 'mcp-caches/implementations',
  version: 1,
  link(facts) {
    const assets: AssetDraft[] = [];
    const relations: RelationDraft[] = [];
    const same: SameThing[] = [];
    const links = linksOf(facts);
    const configured = new Map<string, Link[]>();
    for (const link of links) configured.set(link.code.key, [...(configured.get(link.code.key) ?? []), link]);
    const exposed = facts.relations('exposes');
    for (const group of configured.values()) {
      const [only] = group;
      if (only !== undefined && group.length === 1) {
        assets.push(linked(only));
        same.push({ from: refOf(only.code), into: refOf(only.server) });
        continue;
      }
      for (const link of group) {
        assets.push(linked(link));
        relations.push(...exposing(link, exposed));
      }
    }
    // The same code behind a container: a server of its own, with the same tools.
    const codes = facts.assets('mcp-server').filter(isImplemented);
    for (const server of facts.assets('mcp-server')) {
      const place = text(server.properties, 'implementedIn');
      if (place === '' || isImplemented(server) || links.some((link) => link.server.key === server.key)) continue;
      const [code, other] = codes.filter((one) => one.evidence[0]?.place === place);
      if (code !== undefined && other === undefined)
        relations.push(...exposing({ server, code, because: '', confidence: 'medium' }, exposed));
    }
    assets.push(...marksOf(facts));
    return { assets, relations, same };
  },
};

type Link = {
  readonly server: MergedAsset;
  readonly code: MergedAsset;
  readonly because: string;
  readonly confidence: Confidence;
};

const refOf = ({ kind, key }: MergedAsset): AssetRef => ({ kind, key });

const exposing = ({ server, code, confidence }: Link, exposed: readonly MergedRelation[]): readonly RelationDraft[] =>
  exposed
    .filter(({ from }) => from.kind === 'mcp-server' && from.key === code.key)
    .map(({ to, evidence }) => ({
      kind: 'exposes',
      from: refOf(server),
      to,
      properties: { implementedBy: code.evidence[0]?.place ?? '' },
      concludedFrom: [...server.evidence.slice(0, 1), ...evidence.slice(0, 1)],
      confidence,
    }));

const linked = ({ server, code, because, confidence }: Link): AssetDraft => ({
  ...refOf(server),
  name: server.name,
  properties: {
    implementedIn: code.evidence[0]?.place ?? '',
    implementedBy: {
      place: code.evidence[0]?.place ?? '',
      line: code.evidence[0]?.line ?? 1,
      name: code.name,
      because,
      confidence,
    },
  },
});

function linksOf(facts: FactIndex): readonly Link[] {
  const servers = facts.assets('mcp-server');
  const implemented = servers.filter(isImplemented);
  if (implemented.length === 0) return [];
  return servers.flatMap((server): Link[] => {
    if (isImplemented(server)) return [];
    const found = new Map<string, Link>();
    for (const configuration of records(server.properties, 'configurations')) {
      const link = codeOf(server, configuration, implemented);
      if (link !== null && !found.has(link.code.key)) found.set(link.code.key, link);
    }
    // Two programs for one server are a contradiction that nobody can settle from here.
    return found.size === 1 ? [...found.values()] : [];
  });
}

/** A program of its own: a server inside of an agent's program is reached by nobody else. */
const isImplemented = ({ properties }: MergedAsset): boolean =>
  (properties['implementedHere'] === true || properties['implemented'] === true) &&
  properties['transport'] !== 'in-process';

function codeOf(server: MergedAsset, configuration: Properties, implemented: readonly MergedAsset[]): Link | null {
  const { places, folders } = launchedFiles(configuration);
  for (const place of places) {
    const here = implemented.filter((one) => isFileOf(place, one.evidence[0]?.place ?? ''));
    const code = here.length > 1 ? here.find((one) => one.name === server.name) : here[0];
    const isWhole = /^[/~]/.test(place);
    if (code !== undefined)
      return {
        server,
        code,
        because: isWhole ? 'the command starts a file whose path ends like this one' : 'the command starts this file',
        confidence: isWhole ? 'medium' : 'high',
      };
  }
  for (const folder of folders) {
    const below = implemented.filter(
      (one) =>
        (one.evidence[0]?.place ?? '').startsWith(`${folder}/`) &&
        !/^(?:test|example)$/.test(text(one.properties, 'location')),
    );
    const [only] = below;
    if (only !== undefined && below.length === 1)
      return {
        server,
        code: only,
        because: 'the only server that is implemented in the folder of what the command starts',
        confidence: 'medium',
      };
    if (below.length > 1) return null;
  }
  return null;
}

/** Descriptions in code reach the model like those of a list: the same marks, read from the beginning that is kept. */
function marksOf(facts: FactIndex): readonly AssetDraft[] {
  const served = new Set(
    facts.relations('exposes').flatMap(({ from, to }) => (from.kind === 'mcp-server' ? [to.key] : [])),
  );
  return facts.assets('tool').flatMap((tool): AssetDraft[] => {
    if (!served.has(tool.key) || tool.properties['definitionHash'] !== undefined) return [];
    const description = text(tool.properties, 'description');
    const steers = steering('description', description);
    const hidden = [...hiddenCharacters('name', tool.name), ...hiddenCharacters('description', description)];
    if (steers.length + hidden.length === 0) return [];
    const copies = (items: readonly object[]): JsonValue[] => items.map((item) => ({ ...item }) as JsonValue);
    return [
      {
        ...refOf(tool),
        name: tool.name,
        properties: {
          ...(steers.length === 0 ? {} : { steersModel: copies(steers) }),
          ...(hidden.length === 0 ? {} : { hiddenCharacters: copies(hidden) }),
        },
      },
    ];
  });
}
