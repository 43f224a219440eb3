import {
  at,
  each,
  knownText,
  type MapValue,
  pairs,
  shownText,
  type Spot,
  type Value,
} from '../infrastructure/expression.ts';
import { folderOf } from '../infrastructure/placed-facts.ts';
import { descend, resolve, type Scope } from '../infrastructure/resolve.ts';
import type { ManifestFile } from './manifest.ts';

/** An object with its values, as far as they are known without a cluster and without rendering. */
export type ClusterObject = Spot & {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly body: MapValue;
  readonly templated: boolean;
  readonly folder: string;
};

/** All objects of one scan root. */
export class Cluster {
  readonly objects: readonly ClusterObject[];

  constructor(files: readonly { readonly place: string; readonly content: ManifestFile }[]) {
    const values = new Map(
      files.flatMap(({ place, content }) =>
        content.values === null ? [] : [[folderOf(place), { place, expression: content.values }] as const],
      ),
    );
    const found = files.flatMap(({ place, content }) => {
      const chart = values.get(chartOf(place));
      return content.manifests.map((manifest) => objectOf(place, manifest, content.templated, chart));
    });
    const bases = new Set(found.filter((object) => !isOverlay(object.place)).map(identity));
    // A patch of an overlay is no object of its own.
    this.objects = found.filter((object) => !isOverlay(object.place) || !bases.has(identity(object)));
  }

  ofKind(group: RegExp, ...kinds: readonly string[]): readonly ClusterObject[] {
    return this.objects.filter((object) => kinds.includes(object.kind) && group.test(object.group));
  }

  /** The object that a reference means: of the same folder first, then of the same namespace, then the only one. */
  find(from: ClusterObject, kinds: readonly string[], reference: string): ClusterObject | undefined {
    const [namespace, name] = reference.includes('/') ? reference.split('/', 2) : [from.namespace, reference];
    const named = this.objects.filter((object) => kinds.includes(object.kind) && object.name === name);
    return (
      named.find((object) => object.folder === from.folder && object.namespace === namespace) ??
      named.find((object) => object.namespace === namespace) ??
      (named.length === 1 ? named[0] : undefined)
    );
  }
}

const identity = (object: ClusterObject): string => `${object.group}/${object.kind}/${object.name}`;
const isOverlay = (place: string): boolean => /\/(?:overlays?|patches?|components)\/|[-_.]patch\.ya?ml$/.test(place);

/** Folder of the chart that a template belongs to. */
export const chartOf = (place: string): string => place.replace(/\/templates\/.*$/, '');

type Chart = { readonly place: string; readonly expression: Parameters<typeof resolve>[0] } | undefined;

function objectOf(
  place: string,
  manifest: ManifestFile['manifests'][number],
  templated: boolean,
  chart: Chart,
): ClusterObject {
  const scope: Scope = {
    place,
    lookup(path, spot) {
      if (path[0] === 'Values' && chart !== undefined) {
        const found = descend(
          resolve(chart.expression, { place: chart.place, lookup: () => null }),
          path.slice(1),
          spot,
        );
        // A default may be overridden on installation: what the file says is the likely value.
        if (found.kind !== 'unknown' && found.kind !== 'nothing') return found;
      }
      return { ...spot, kind: 'unknown', text: path.join('.'), links: [] };
    },
  };
  const value = resolve(manifest.body, scope);
  const spot: Spot = { place, line: manifest.line, endLine: manifest.endLine };
  const body: MapValue = value.kind === 'map' ? value : { ...spot, kind: 'map', entries: new Map() };
  const [group = '', version = ''] = manifest.apiVersion.includes('/')
    ? manifest.apiVersion.split('/', 2)
    : ['', manifest.apiVersion];
  return {
    ...spot,
    group,
    version,
    kind: manifest.kind,
    name: nameOf(place, manifest.kind, shown(at(body, 'metadata', 'name'))),
    namespace: knownText(at(body, 'metadata', 'namespace')) ?? '',
    labels: new Map(
      pairs(at(body, 'metadata', 'labels')).flatMap(([key, item]) =>
        knownText(item) === undefined ? [] : [[key, knownText(item) ?? ''] as const],
      ),
    ),
    body,
    templated,
    folder: folderOf(place),
  };
}

/** A name that only rendering gives is told by the chart that gives it. */
function nameOf(place: string, kind: string, name: string | undefined): string {
  if (name === undefined) return `${kind} without a name`;
  if (name !== 'a template' && !/^\$\{[^}]*\}$/.test(name)) return name;
  return `${kind} of chart ${chartOf(place).split('/').at(-1) ?? ''} (templated)`;
}

/** Text with `${...}` where a template leaves it open. */
export const shown = (value: Value | undefined): string | undefined => {
  const text = knownText(value) ?? shownText(value);
  return text === undefined || text.trim() === '' ? undefined : text;
};

/** Where the name stands: that is the line people look at. */
export const nameSpot = (object: ClusterObject): Spot => ({
  place: object.place,
  line: object.line,
  endLine: object.endLine,
});

export const objectKey = (object: ClusterObject): string =>
  object.name.includes('${') || object.name.endsWith('(templated)')
    ? `${object.place}#${object.kind}/${object.line}`
    : `${object.folder}#${object.kind}/${object.namespace}/${object.name}`;

export const names = (value: Value | undefined): readonly string[] => each(value).flatMap((item) => shown(item) ?? []);
