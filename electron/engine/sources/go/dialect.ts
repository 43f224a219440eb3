import type { Dialect } from '../python/dialect.ts';
import type { ModuleIndex } from '../python/modules.ts';
import type { Resolver } from '../python/resolver.ts';
import type { LoadedModule } from '../python/scopes.ts';
import type { ImportedName } from '../python/summary.ts';
import type { Value } from '../python/values.ts';
import { definedNames, noted, plainPath, typedDialect } from '../typed-languages/dialect.ts';
import { packageName, visiblePackages } from '../typed-languages/names.ts';

/** `go.mod` of a folder: the path that its packages are imported by. */
export type GoModule = { readonly folder: string; readonly path: string };

/** How Go differs from Python where values are evaluated. `goModules` say which imports are packages of the project. */
export function goDialect(goModules: readonly GoModule[]): Dialect {
  const folders = new Map<string, string>();
  /** Folder of a package of the project, by the path that symbols of it begin with. */
  function folderOfPackage(path: string): string | null {
    const known = folders.get(path);
    if (known !== undefined) return known === '' ? null : known;
    let found = '';
    for (const { folder, path: own } of goModules) {
      const module = own.replaceAll('.', '_');
      if (path === module) found = folder;
      else if (path.startsWith(`${module}/`)) found = `${folder}/${path.slice(module.length + 1)}`;
    }
    folders.set(path, found);
    return found === '' ? null : found;
  }
  let index: GoIndex | null = null;
  return typedDialect({
    index(modules, rootLabel) {
      index = packageIndex(modules, rootLabel);
      return index;
    },
    types: new Map(),
    implicit: [],
    pathOf: plainPath,
    environment: /^os\.(?:Getenv|LookupEnv)$|^github_com\/spf13\/viper\.(?:GetString|Get)$/,
    handsOn:
      /^(?:strings\.(?:TrimSpace|ToLower|ToUpper|Clone)|builtins\.(?:string|new|ptr|Ptr)|[\w./-]+\.(?:Ptr|String|F|Opt|Must|ToPtr|StringPtr))$/,
    same: new Set(['String', 'TrimSpace']),
    lists: /^builtins\.(?:append|slices\.Concat)$|^slices\.(?:Concat|Clone)$/,
    member(value: Value, name: string, resolver: Resolver): Value | null {
      if (value.kind !== 'symbol' || !value.path.includes('/')) return null;
      const folder = folderOfPackage(value.path);
      if (folder === null || index === null) return null;
      const module = index.inFolder(folder, name);
      return module === null ? null : resolver.exported(module, name);
    },
  });
}

type GoIndex = ModuleIndex & { inFolder(folder: string, name: string): LoadedModule | null };

const maxWanted = 20_000;
const usualFiles = [
  'tools',
  'tool',
  'agent',
  'agents',
  'server',
  'client',
  'config',
  'handlers',
  'handler',
  'main',
  'types',
  'prompts',
  'prompt',
];

/** All files of a folder are one package; the ones without a keyword are asked for by the names that such files have. */
function packageIndex(modules: readonly LoadedModule[], rootLabel: string): GoIndex {
  const byPlace = new Map(modules.map((module) => [module.place, module]));
  const defined = definedNames(modules, (module) => noted(module, packageName));
  const wanted = new Set<string>();
  const want = (place: string): void => {
    if (wanted.size < maxWanted && place.startsWith(`${rootLabel}/`) && !byPlace.has(place)) wanted.add(place);
  };
  for (const module of modules) {
    let folder = noted(module, packageName);
    for (let level = 0; level < 8 && folder.startsWith(rootLabel); level += 1) {
      want(`${folder}/go.mod`);
      folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
    }
  }
  function inFolder(folder: string, name: string, from = ''): LoadedModule | null {
    const all = (defined.get(name) ?? []).filter((one) => one.package === folder && one.module.place !== from);
    const found = all.find((one) => !one.partial) ?? all[0];
    if (found !== undefined) return found.module;
    if (!/^[A-Za-z]\w{2,}$/.test(name)) return null;
    const snake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
    for (const file of [
      snake,
      name.toLowerCase(),
      snake.replace(/^(?:new|create|make|register|handle|build)_/, ''),
      folder.slice(folder.lastIndexOf('/') + 1),
      ...usualFiles,
    ])
      want(`${folder}/${file}.go`);
    return null;
  }
  return {
    find(fromPlace: string, imported: Pick<ImportedName, 'level' | 'module'> & { readonly name?: string | null }) {
      const packages = visiblePackages(imported.module);
      const [folder] = packages ?? [];
      if (
        folder === undefined ||
        imported.name === null ||
        imported.name === undefined ||
        predeclared.has(imported.name)
      )
        return null;
      return inFolder(folder, imported.name, fromPlace);
    },
    submodule: () => null,
    at: (place) => byPlace.get(place) ?? null,
    wanted,
    inFolder,
  };
}

/** The language's own names (Go 1.26). */
const predeclared = new Set(
  `append cap clear close complex copy delete imag len make max min new panic print println real recover nil true false iota
  string error any comparable bool byte rune int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64`.split(
    /\s+/,
  ),
);

/** `module github.com/acme/app` */
export function goModuleAt(place: string, text: string): GoModule | null {
  const path = /^\s*module\s+"?([^\s"]{1,300})/m.exec(text)?.[1];
  return path === undefined ? null : { folder: place.slice(0, Math.max(0, place.lastIndexOf('/'))), path };
}
