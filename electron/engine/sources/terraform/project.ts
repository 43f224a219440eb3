import type { Resource } from '../infrastructure/estate.ts';
import { type Expression, knownText, type MapValue, type Spot, type Value } from '../infrastructure/expression.ts';
import { fileNameOf, folderOf, placeBelow } from '../infrastructure/placed-facts.ts';
import { descend, pathText, resolve, type Scope } from '../infrastructure/resolve.ts';
import { callFunction } from './functions.ts';
import type { TerraformFile } from './file.ts';
import type { Block } from './syntax.ts';

type Placed = { readonly place: string; readonly expression: Expression };
type PlacedBlock = { readonly place: string; readonly block: Block };
type Call = {
  readonly from: Module;
  readonly name: string;
  readonly place: string;
  readonly args: ReadonlyMap<string, Expression>;
};

/** All files of one folder, which Terraform reads as one. */
export type Module = {
  readonly folder: string;
  readonly variables: Map<string, PlacedBlock>;
  readonly values: Map<string, Placed>;
  readonly locals: Map<string, Placed>;
  readonly outputs: Map<string, Placed>;
  readonly calls: Map<string, { readonly place: string; readonly block: Block; readonly target: string | null }>;
  readonly blocks: Map<string, PlacedBlock>;
  readonly settings: PlacedBlock[];
  /** Who calls it, with which arguments. */
  readonly callers: Call[];
};

/** Copies of one block that `for_each` over known keys makes at most. */
const mostInstances = 40;

type Each = { readonly key: Value; readonly value: Value } | null;

/** Values of all modules of one scan root. Names that mean one another end as unknown. */
export class TerraformProject {
  readonly modules = new Map<string, Module>();
  readonly #memo = new Map<string, Value | 'open'>();
  readonly #typeOf: (terraformType: string) => string | null;
  readonly #instances = new Map<string, readonly string[]>();

  constructor(
    files: readonly { readonly place: string; readonly content: TerraformFile }[],
    typeOf: (terraformType: string) => string | null,
  ) {
    this.#typeOf = typeOf;
    for (const { place, content } of files) this.#add(place, content);
    for (const module of this.modules.values()) this.#connect(module);
  }

  #add(place: string, content: TerraformFile): void {
    const module = this.#module(folderOf(place));
    if (content.values !== null) {
      const name = fileNameOf(place);
      if (content.values.k === 'map' && (name === 'terraform.tfvars' || name.endsWith('.auto.tfvars')))
        for (const [key, expression] of content.values.entries) module.values.set(key, { place, expression });
      return;
    }
    for (const block of content.blocks) {
      const [first = '', second = ''] = block.labels;
      if (block.type === 'variable') module.variables.set(first, { place, block });
      else if (block.type === 'output') {
        const value = attribute(block.body, 'value');
        if (value !== undefined) module.outputs.set(first, { place, expression: value });
      } else if (block.type === 'locals' && block.body.k === 'map') {
        for (const [key, expression] of block.body.entries) module.locals.set(key, { place, expression });
      } else if (block.type === 'module') {
        const source = attribute(block.body, 'source');
        const target = source?.k === 'text' && /^\.{1,2}\//.test(source.v) ? placeBelow(module.folder, source.v) : null;
        module.calls.set(first, { place, block, target });
      } else if (block.type === 'resource') module.blocks.set(`${first}.${second}`, { place, block });
      else if (block.type === 'data' || block.type === 'ephemeral')
        module.blocks.set(`data.${first}.${second}`, { place, block });
      else if (block.type === 'terraform') module.settings.push({ place, block });
    }
  }

  #module(folder: string): Module {
    let module = this.modules.get(folder);
    if (module === undefined) {
      module = {
        folder,
        variables: new Map(),
        values: new Map(),
        locals: new Map(),
        outputs: new Map(),
        calls: new Map(),
        blocks: new Map(),
        settings: [],
        callers: [],
      };
      this.modules.set(folder, module);
    }
    return module;
  }

  #connect(module: Module): void {
    for (const [name, call] of module.calls) {
      const target = call.target === null ? undefined : this.modules.get(call.target);
      if (target === undefined || target === module || call.block.body.k !== 'map') continue;
      target.callers.push({ from: module, name, place: call.place, args: new Map(call.block.body.entries) });
    }
  }

  /** Types of all resource and data blocks, as written. */
  types(): ReadonlySet<string> {
    return new Set([...this.modules.values()].flatMap((module) => [...module.blocks.keys()].map(typeName)));
  }

  /** Resource and data blocks of the types that are known, `for_each` over known keys taken apart. */
  resources(): readonly Resource[] {
    const found: Resource[] = [];
    const open: {
      readonly module: Module;
      readonly address: string;
      readonly placed: PlacedBlock;
      readonly each: readonly (readonly [string, Each])[];
    }[] = [];
    // Instances first: references in any block may mean one of them.
    for (const module of this.modules.values()) {
      for (const [address, placed] of module.blocks) {
        if (this.#typeOf(typeName(address)) === null) continue;
        const each = this.#eachOf(module, placed);
        this.#instances.set(
          `${module.folder}#${address}`,
          each.map(([key]) => key),
        );
        open.push({ module, address, placed, each });
      }
    }
    for (const { module, address, placed, each } of open) {
      const type = this.#typeOf(typeName(address));
      if (type === null) continue;
      for (const [key, one] of each) {
        const value = resolve(placed.block.body, this.#scope(module, placed.place, one));
        const body: MapValue = value.kind === 'map' ? value : { ...value, kind: 'map', entries: new Map() };
        found.push({
          id: `${module.folder}#${address}${key}`,
          type,
          address: `${address}${key}`,
          body,
          language: 'terraform',
          place: placed.place,
          line: placed.block.line,
          endLine: placed.block.endLine,
          ...(module.callers.length === 0 ? {} : { handedIn: () => this.#handedIn(module) }),
        });
      }
    }
    return found;
  }

  /** Every argument of every call of a module. */
  #handedIn(module: Module): readonly Value[] {
    return module.callers.flatMap((call) =>
      [...call.args.values()].map((expression) => resolve(expression, this.#scope(call.from, call.place, null))),
    );
  }

  #eachOf(module: Module, { place, block }: PlacedBlock): readonly (readonly [string, Each])[] {
    const given = attribute(block.body, 'for_each');
    if (given === undefined) return [['', null]];
    const value = resolve(given, this.#scope(module, place, null));
    const keyed: (readonly [string, Each])[] = [];
    const text = (of: Spot, key: string): Value => ({
      place: of.place,
      line: of.line,
      endLine: of.endLine,
      kind: 'text',
      text: key,
      dynamic: false,
      links: [],
    });
    if (value.kind === 'map')
      for (const [key, item] of value.entries) keyed.push([`["${key}"]`, { key: text(item, key), value: item }]);
    if (value.kind === 'list')
      for (const item of value.items) {
        const key = knownText(item);
        if (key !== undefined) keyed.push([`["${key}"]`, { key: item, value: item }]);
      }
    return keyed.length === 0 || keyed.length > mostInstances || keyed.some(([key]) => key.includes('%'))
      ? [['', null]]
      : keyed;
  }

  /** Value of an expression of a module's file. */
  value(module: Module, placed: Placed): Value {
    return resolve(placed.expression, this.#scope(module, placed.place, null));
  }

  #scope(module: Module, place: string, each: Each, depth = 0): Scope {
    return {
      place,
      lookup: (path, spot, at) => this.#lookup(module, path, spot, Math.max(depth, at), each),
      call: callFunction,
    };
  }

  #lookup(module: Module, path: readonly string[], spot: Spot, depth: number, each: Each): Value | null {
    const [root = '', name = '', ...rest] = path;
    switch (root) {
      case 'var':
        return follow(
          this.#memoised(`${module.folder}#var.${name}`, () => this.#variable(module, name, depth)),
          rest,
          spot,
          path,
        );
      case 'local': {
        const local = module.locals.get(name);
        return local === undefined
          ? null
          : follow(
              this.#memoised(`${module.folder}#local.${name}`, () =>
                resolve(local.expression, this.#scope(module, local.place, null, depth), depth),
              ),
              rest,
              spot,
              path,
            );
      }
      case 'module':
        return this.#output(module, name, rest, spot, depth, path);
      case 'path':
        return { ...spot, kind: 'text', text: '.', dynamic: false, links: [] };
      case 'each':
        if (each === null) return null;
        return name === 'key' ? each.key : descend(each.value, rest, spot);
      case 'data':
        return this.#resource(module, ['data', name, rest[0] ?? ''].join('.'), rest.slice(1), each, path);
      default:
        return this.#resource(module, `${root}.${name}`, rest, each, path, spot);
    }
  }

  #resource(
    module: Module,
    address: string,
    rest: readonly string[],
    each: Each,
    path: readonly string[],
    spot?: Spot,
  ): Value | null {
    const placed = module.blocks.get(address);
    if (placed === undefined) return null;
    const id = `${module.folder}#${address}`;
    const instances = this.#instances.get(id) ?? [''];
    const indexed = rest[0]?.startsWith('[') === true;
    const index = indexed ? rest[0] : undefined;
    const others = indexed ? rest.slice(1) : rest;
    const wanted =
      index === '[each.key]' && each !== null
        ? `["${knownText(each.key) ?? ''}"]`
        : index === undefined
          ? undefined
          : `["${index.slice(1, -1)}"]`;
    const instance = instances.find((one) => one === wanted) ?? instances[0] ?? '';
    const at = spot ?? { place: placed.place, line: placed.block.line, endLine: placed.block.endLine };
    return {
      ...at,
      kind: 'resource',
      link: { id: `${id}${instance}`, attribute: others.filter((part) => !part.startsWith('[')).join('.') },
      text: pathText(path),
    };
  }

  /** What the callers hand in; values of a file of values for modules that nobody calls; else the default. */
  #variable(module: Module, name: string, depth: number): Value | null {
    const declared = module.variables.get(name);
    const passed = module.callers.flatMap((call) => {
      const expression = call.args.get(name);
      return expression === undefined
        ? []
        : [resolve(expression, this.#scope(call.from, call.place, null, depth), depth)];
    });
    const [only] = passed;
    if (only !== undefined && passed.length === module.callers.length) {
      if (passed.length === 1) return only;
      const texts = new Set(passed.map((one) => knownText(one)));
      return texts.size === 1 && !texts.has(undefined)
        ? only
        : { place: only.place, line: only.line, endLine: only.endLine, kind: 'choice', options: passed };
    }
    const given = module.callers.length === 0 ? module.values.get(name) : undefined;
    if (given !== undefined) return resolve(given.expression, this.#scope(module, given.place, null, depth), depth);
    const fallback = declared === undefined ? undefined : attribute(declared.block.body, 'default');
    if (declared === undefined || fallback === undefined || fallback.k === 'nothing') return only ?? null;
    const value = resolve(fallback, this.#scope(module, declared.place, null, depth), depth);
    return only === undefined
      ? value
      : { place: value.place, line: value.line, endLine: value.endLine, kind: 'choice', options: [...passed, value] };
  }

  #output(
    module: Module,
    name: string,
    rest: readonly string[],
    spot: Spot,
    depth: number,
    path: readonly string[],
  ): Value | null {
    const call = module.calls.get(name);
    const target = call?.target == null ? undefined : this.modules.get(call.target);
    const [index, ...others] = rest[0]?.startsWith('[') === true ? rest.slice(1) : rest;
    const output = index === undefined ? undefined : target?.outputs.get(index);
    if (target === undefined || output === undefined) return null;
    return follow(
      this.#memoised(`${target.folder}#output.${index ?? ''}`, () =>
        resolve(output.expression, this.#scope(target, output.place, null, depth), depth),
      ),
      others,
      spot,
      path,
    );
  }

  #memoised(key: string, make: () => Value | null): Value | null {
    const known = this.#memo.get(key);
    if (known === 'open') return null;
    if (known !== undefined) return known;
    this.#memo.set(key, 'open');
    const value = make();
    if (value === null) this.#memo.delete(key);
    else this.#memo.set(key, value);
    return value;
  }
}

/** `aws_iam_role` of `aws_iam_role.ops`, `data.aws_iam_role` of `data.aws_iam_role.ops`. */
const typeName = (address: string): string =>
  address.startsWith('data.') ? address.slice(0, address.lastIndexOf('.')) : (address.split('.')[0] ?? '');

const follow = (value: Value | null, rest: readonly string[], spot: Spot, path: readonly string[]): Value | null => {
  if (value === null) return { ...spot, kind: 'unknown', text: pathText(path), links: [] };
  return rest.length === 0 ? value : descend(value, rest, spot);
};

export const attribute = (body: Expression, name: string): Expression | undefined =>
  body.k === 'map' ? body.entries.find(([key]) => key === name)?.[1] : undefined;
