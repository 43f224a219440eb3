import { azureTypes, emitAzure, isAgentType } from '../infrastructure/azure.ts';
import { Estate, type Resource } from '../infrastructure/estate.ts';
import {
  at,
  each,
  type Expression,
  knownText,
  type MapValue,
  type Spot,
  type Value,
} from '../infrastructure/expression.ts';
import { loadGrammar } from '../infrastructure/grammar.ts';
import { folderOf, PlacedFacts, placeBelow } from '../infrastructure/placed-facts.ts';
import { descend, joined, pathText, resolve, type Scope } from '../infrastructure/resolve.ts';
import type { CodeSource, FileInput, LinkContext, Linked, ModuleSummary } from '../source.ts';
import { readArmTemplate } from './arm-template.ts';
import { type BicepFile, type BicepResource, isBicepFile, readBicep } from './syntax.ts';

/** Models, projects and agents of Azure in Bicep and in the JSON that it becomes. */
export const bicepSource: CodeSource = {
  kind: 'code',
  id: 'bicep/agents',
  version: 1,
  title: 'Agents in Bicep and ARM templates',
  product: 'bicep',
  productTitle: 'Bicep',
  extensions: ['.bicep', '.json'],
  keywords: [
    'Microsoft.CognitiveServices',
    'Microsoft.MachineLearningServices',
    'Microsoft.BotService',
    'Microsoft.ManagedIdentity',
    'Microsoft.Authorization/roleAssignments',
    'Microsoft.App/',
  ],
  emits: ['agent', 'workload', 'model', 'identity', 'credential', 'data-store', 'external-service', 'guardrail'],
  summarise,
  link,
};

async function summarise(file: FileInput): Promise<ModuleSummary> {
  const base = { place: file.place, sha256: file.sha256 };
  if (file.place.endsWith('.json')) {
    const { file: template, problems } = readArmTemplate(file.text);
    const issues = template === null ? [] : problems.map(({ line, message }) => ({ line, message }));
    return { ...base, status: 'read', content: template, issues };
  }
  const parsed = (await loadGrammar('bicep')).parse(file.text);
  if (!parsed.ok) return { ...base, status: 'malformed', content: null, issues: [{ line: null, message: parsed.why }] };
  const issues = parsed.errorLines.map((line) => ({ line, message: 'not understood as Bicep' }));
  return { ...base, status: 'read', content: readBicep(parsed.root, file.text), issues };
}

type Placed = { readonly place: string; readonly content: BicepFile };

function link(modules: readonly ModuleSummary[], _context: LinkContext): Linked {
  const written = new Set(modules.map(({ place }) => place));
  const files: Placed[] = [...modules]
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .flatMap(({ place, content }) => (isBicepFile(content) ? [{ place, content }] : []))
    // What the compiler wrote beside its source says the same once more.
    .filter(({ place, content }) => !content.generated || !written.has(place.replace(/\.json$/, '.bicep')));
  if (!files.some(({ content }) => content.resources.some(({ type }) => isAgentType(typeOf(type) ?? ''))))
    return { readings: [], wanted: [] };
  const known = new Map(files.map((file) => [file.place, file]));
  const wanted = new Set<string>();
  for (const { place, content } of files)
    for (const module of content.modules) {
      const target = /\.bicep$/.test(module.path) ? placeBelow(folderOf(place), module.path) : null;
      if (target !== null && !known.has(target)) wanted.add(target);
    }
  // The file that hands the parameters in often holds no resource itself; it is called `main` by custom.
  for (const { place } of files)
    for (let folder = folderOf(place); folder !== ''; folder = folderOf(folder)) wanted.add(`${folder}/main.bicep`);
  const project = new Project(files);
  const facts = new PlacedFacts();
  emitAzure(new Estate({ facts, resources: project.resources(), schemaAt: () => null, want: () => {} }));
  for (const { place } of modules) wanted.delete(place);
  return { readings: facts.readings(), wanted: [...wanted].sort() };
}

/** Copies of one resource that a loop over a known list makes at most. */
const mostInstances = 40;

/** Links to what is only named here, turned to where it is declared. */
function renamed(value: Value, aliases: ReadonlyMap<string, string>, depth: number): Value {
  if (aliases.size === 0 || depth > 40) return value;
  const link = <L extends { readonly id: string }>(one: L): L => {
    const id = aliases.get(one.id);
    return id === undefined ? one : { ...one, id };
  };
  switch (value.kind) {
    case 'resource':
      return { ...value, link: link(value.link) };
    case 'text':
    case 'unknown':
      return { ...value, links: value.links.map(link) };
    case 'list':
      return { ...value, items: value.items.map((item) => renamed(item, aliases, depth + 1)) };
    case 'choice':
      return { ...value, options: value.options.map((option) => renamed(option, aliases, depth + 1)) };
    case 'map':
      return {
        ...value,
        entries: new Map([...value.entries].map(([key, item]) => [key, renamed(item, aliases, depth + 1)])),
      };
    default:
      return value;
  }
}

const typeOf = (type: string): string | undefined => azureTypes.get(type.toLowerCase());

/** Names of all files; parameters get what the one caller hands in, else their default. */
class Project {
  readonly #files: ReadonlyMap<string, Placed>;
  readonly #callers = new Map<string, { readonly from: Placed; readonly params: ReadonlyMap<string, Expression> }[]>();
  readonly #memo = new Map<string, Value | 'open'>();

  constructor(files: readonly Placed[]) {
    this.#files = new Map(files.map((file) => [file.place, file]));
    for (const from of files)
      for (const module of from.content.modules) {
        const target = placeBelow(folderOf(from.place), module.path);
        if (target === null) continue;
        const params = new Map(module.params?.k === 'map' ? module.params.entries : []);
        this.#callers.set(target, [...(this.#callers.get(target) ?? []), { from, params }]);
      }
  }

  resources(): readonly Resource[] {
    const found = [...this.#files.values()].flatMap((file) =>
      file.content.resources.flatMap((resource) =>
        this.#instancesOf(file, resource).map((instance) => ({ instance, existing: resource.existing })),
      ),
    );
    const declared = found.flatMap(({ instance, existing }) => (existing ? [] : [instance]));
    const aliases = new Map<string, string>();
    for (const { instance, existing } of found) {
      if (!existing) continue;
      const same = declared.filter((one) => one.type === instance.type);
      const name = knownText(at(instance.body, 'name'));
      const target =
        same.find((one) => name !== undefined && knownText(at(one.body, 'name')) === name) ??
        (same.length === 1 ? same[0] : undefined);
      if (target !== undefined) aliases.set(instance.id, target.id);
    }
    const kept = found.flatMap(({ instance, existing }) =>
      existing && !aliases.has(instance.id)
        ? [{ ...instance, type: `${instance.type}-elsewhere` }]
        : existing
          ? []
          : [instance],
    );
    return kept.map((resource) => ({ ...resource, body: renamed(resource.body, aliases, 0) as MapValue }));
  }

  #instancesOf(file: Placed, resource: BicepResource): readonly Resource[] {
    const type = typeOf(resource.type);
    if (type === undefined) return [];
    const list = resource.each === null ? null : resolve(resource.each.list, this.#scope(file));
    const items =
      list?.kind === 'list' && list.items.length > 0 && list.items.length <= mostInstances ? list.items : [null];
    return items.map((item, index): Resource => {
      const value = resolve(
        resource.body,
        this.#scope(
          file,
          0,
          item === null || resource.each === null ? null : { name: resource.each.name, value: item },
        ),
      );
      const spot: Spot = { place: file.place, line: resource.line, endLine: resource.endLine };
      const entries = new Map(value.kind === 'map' ? value.entries : []);
      if (resource.parent !== null && !entries.has('parent'))
        entries.set('parent', {
          ...spot,
          kind: 'resource',
          link: { id: `${file.place}#${resource.parent}`, attribute: '' },
          text: resource.parent,
        });
      const id = `${file.place}#${resource.name}${index === 0 ? '' : `[${index}]`}`;
      return {
        ...spot,
        id,
        type,
        address: resource.name,
        body: { ...spot, kind: 'map', entries },
        language: file.place.endsWith('.json') ? 'arm' : 'bicep',
      };
    });
  }

  #scope(file: Placed, depth = 0, each: { readonly name: string; readonly value: Value } | null = null): Scope {
    return {
      place: file.place,
      lookup: (path, spot, at) =>
        each !== null && path[0] === each.name
          ? descend(each.value, path.slice(1), spot)
          : this.#lookup(file, path, spot, Math.max(depth, at)),
      call: (name, args, spot) => call(name, args, spot),
    };
  }

  #lookup(file: Placed, path: readonly string[], spot: Spot, depth: number): Value | null {
    const [name = '', ...rest] = path;
    const linked = (id: string, attributes: readonly string[]): Value => ({
      ...spot,
      kind: 'resource',
      link: {
        id: `${file.place}#${id}`,
        attribute: attributes.filter((part) => !part.startsWith('[') && part !== 'properties').join('.'),
      },
      text: pathText(path),
    });
    if (name.startsWith('type:')) {
      const [only, ...others] = file.content.resources.filter(
        (resource) => resource.type.toLowerCase() === name.slice(5),
      );
      return only !== undefined && others.length === 0 ? linked(only.name, rest) : null;
    }
    if (file.content.resources.some((resource) => resource.name === name)) {
      const inner =
        rest[0] !== undefined &&
        file.content.resources.some((resource) => resource.name === rest[0] && resource.parent === name)
          ? rest[0]
          : undefined;
      return inner === undefined ? linked(name, rest) : linked(inner, rest.slice(1));
    }
    const module = file.content.modules.find((one) => one.name === name);
    if (module !== undefined) return this.#output(file, module.path, rest, spot, depth);
    const found = this.#memoised(`${file.place}#${name}`, () => this.#named(file, name, depth));
    return found === null || rest.length === 0 ? found : descend(found, rest, spot);
  }

  #named(file: Placed, name: string, depth: number): Value | null {
    const variable = file.content.names.find(([key]) => key === name)?.[1];
    if (variable !== undefined) return resolve(variable, this.#scope(file, depth), depth);
    const parameter = file.content.parameters.find(([key]) => key === name);
    if (parameter === undefined) return null;
    const callers = this.#callers.get(file.place) ?? [];
    const passed = callers.flatMap((caller) => {
      const expression = caller.params.get(name);
      return expression === undefined ? [] : [resolve(expression, this.#scope(caller.from, depth), depth)];
    });
    const [only] = passed;
    if (only !== undefined)
      return passed.length === 1
        ? only
        : { place: only.place, line: only.line, endLine: only.endLine, kind: 'choice', options: passed };
    return parameter[1] === null ? null : resolve(parameter[1], this.#scope(file, depth), depth);
  }

  #output(file: Placed, path: string, rest: readonly string[], spot: Spot, depth: number): Value | null {
    const target = placeBelow(folderOf(file.place), path);
    const module = target === null ? undefined : this.#files.get(target);
    const [first, name = '', ...more] = rest.filter((part) => !part.startsWith('['));
    const output = module?.content.outputs.find(([key]) => key === name)?.[1];
    if (module === undefined || output === undefined || first !== 'outputs') return null;
    const value = this.#memoised(`${module.place}#output.${name}`, () =>
      resolve(output, this.#scope(module, depth), depth),
    );
    return value === null || more.length === 0 ? value : descend(value, more, spot);
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

/** Functions that pass on or put together what they are given. */
function call(name: string, args: readonly Value[], spot: Spot): Value | null {
  switch (name) {
    case 'concat':
    case 'format':
      if (name === 'concat' && args.some((one) => one.kind === 'list' || one.kind === 'choice'))
        return { ...spot, kind: 'list', items: args.flatMap((one) => each(one)) };
      return name === 'concat' ? joined(spot, args) : null;
    case 'toLower':
    case 'toUpper':
    case 'string':
    case 'trim':
      return args[0] ?? null;
    case 'union': {
      const entries = new Map<string, Value>();
      for (const one of args) if (one.kind === 'map') for (const [key, value] of one.entries) entries.set(key, value);
      return entries.size === 0 ? null : { ...spot, kind: 'map', entries };
    }
    default:
      return null;
  }
}
