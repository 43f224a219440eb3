import type { ApiSchema } from './api-schema.ts';
import { at, knownText, type Link, linksIn, type MapValue, shownText, type Spot, type Value } from './expression.ts';
import type { PlacedFacts } from './placed-facts.ts';
import type { AssetRef } from '../source.ts';

/** A resource of any infrastructure language. `type` is the name that the readers of a cloud share: `aws/iam-role`. */
export type Resource = Spot & {
  readonly id: string;
  readonly type: string;
  /** As people know it: `aws_iam_role.ops`, `OpsRole`. */
  readonly address: string;
  readonly body: MapValue;
  readonly language: 'terraform' | 'cloudformation' | 'bicep' | 'arm';
  /** What the callers of its module hand in, where it is in one. */
  readonly handedIn?: () => readonly Value[];
};

export type EstateOptions = {
  readonly facts: PlacedFacts;
  readonly resources: readonly Resource[];
  /** What an asked-for file holds, where it is there. */
  readonly schemaAt: (place: string) => ApiSchema | null;
  /** Asks the runner for a file of the scan root. */
  readonly want: (place: string) => void;
};

/** Names of attributes that mean the thing itself. */
const selfAttributes = new Set(['', 'id', 'arn', 'name', 'self_link', 'ref']);

/** All resources of one scan root, with what links them; emits an asset once, when first asked for. */
export class Estate {
  readonly facts: PlacedFacts;
  readonly schemaAt: EstateOptions['schemaAt'];
  readonly want: EstateOptions['want'];
  readonly #resources: ReadonlyMap<string, Resource>;
  readonly #byType = new Map<string, Resource[]>();
  readonly #referrers = new Map<string, Set<string>>();
  readonly #emitted = new Map<string, AssetRef>();

  constructor(options: EstateOptions) {
    this.facts = options.facts;
    this.schemaAt = options.schemaAt;
    this.want = options.want;
    this.#resources = new Map(options.resources.map((resource) => [resource.id, resource]));
    for (const resource of options.resources) {
      const list = this.#byType.get(resource.type);
      if (list === undefined) this.#byType.set(resource.type, [resource]);
      else list.push(resource);
      for (const link of linksIn(resource.body)) {
        const known = this.#referrers.get(link.id);
        if (known === undefined) this.#referrers.set(link.id, new Set([resource.id]));
        else known.add(resource.id);
      }
    }
  }

  ofType(...types: readonly string[]): readonly Resource[] {
    return types.flatMap((type) => this.#byType.get(type) ?? []);
  }

  resource(link: Link | undefined): Resource | undefined {
    return link === undefined ? undefined : this.#resources.get(link.id);
  }

  /** The resource that a value names, if it is of one of the types. */
  target(value: Value | undefined, ...types: readonly string[]): Resource | undefined {
    for (const link of linksIn(value)) {
      const found = this.#resources.get(link.id);
      if (found !== undefined && (types.length === 0 || types.includes(found.type))) return found;
    }
    return undefined;
  }

  /** Resources of these types that name the given one in the value below `key`. */
  pointingAt(resource: Resource, key: string, ...types: readonly string[]): readonly Resource[] {
    return [...(this.#referrers.get(resource.id) ?? [])].flatMap((id) => {
      const found = this.#resources.get(id);
      if (found === undefined || !types.includes(found.type)) return [];
      return linksIn(at(found.body, key)).some((link) => link.id === resource.id) ? [found] : [];
    });
  }

  /** Text of a value; an attribute of a resource is looked up in the resource itself. */
  text(value: Value | undefined, depth = 0): string | undefined {
    const known = knownText(value);
    if (known !== undefined || value === undefined || depth > 8) return known;
    if (value.kind !== 'resource') return undefined;
    const resource = this.#resources.get(value.link.id);
    if (resource === undefined) return undefined;
    const attribute = value.link.attribute;
    const direct = this.text(at(resource.body, attribute), depth + 1);
    if (direct !== undefined || !selfAttributes.has(attribute.toLowerCase()) || attribute === 'arn') return direct;
    return this.nameOf(resource);
  }

  /** Text for people. */
  shown(value: Value | undefined): string | undefined {
    return this.text(value) ?? shownText(value);
  }

  /** Name given to the resource, where it is known to the last letter. */
  nameOf(resource: Resource, ...keys: readonly string[]): string | undefined {
    for (const key of [
      ...keys,
      'name',
      'bucket',
      'bucket_name',
      'function_name',
      'role_name',
      'table_name',
      'display_name',
    ]) {
      const text = this.text(at(resource.body, key), 1);
      if (text !== undefined && text !== '') return text;
    }
    return undefined;
  }

  /** Makes the asset of a resource, once. */
  once(resource: Resource, make: () => AssetRef): AssetRef {
    const known = this.#emitted.get(resource.id);
    if (known !== undefined) return known;
    const made = make();
    this.#emitted.set(resource.id, made);
    return made;
  }

  /** Reserved before what a resource names is made, so that two that name each other end. */
  reserve(resource: Resource, ref: AssetRef): AssetRef {
    this.#emitted.set(resource.id, ref);
    return ref;
  }

  refOf(resource: Resource): AssetRef | undefined {
    return this.#emitted.get(resource.id);
  }
}
