import { type ModuleIndex, moduleReader, type ReadContent } from '../python/modules.ts';
import type { LoadedModule } from '../python/scopes.ts';
import type { ImportedName } from '../python/summary.ts';
import { isProjectFile, type ProjectFile } from './project-files.ts';

/**
 * Which file an import means: relative specifiers as bundlers and TypeScript read them (endings left out, `index` files,
 * `.js` for a `.ts` source), `paths` of a tsconfig.json, `imports` of a package.json, and packages of the same workspace.
 */

export type ProjectFileAt = { readonly place: string; readonly content: ProjectFile };

const maxWanted = 20_000;
const maxAncestors = 12;

export function ecmascriptIndex(
  modules: LoadedModule[],
  rootLabel: string,
  files: readonly ProjectFileAt[],
  isOutside: (specifier: string) => boolean = () => false,
  read?: ReadContent,
): ModuleIndex {
  const moduleAt = moduleReader(modules, read);
  const configs = new Map<string, ProjectFile | null>(
    files.filter((file) => isProjectFile(file.content)).map((file) => [file.place, file.content]),
  );
  const packages = new Map<string, { folder: string; content: ProjectFile }>();
  const notePackage = (place: string, content: ProjectFile): void => {
    if (content.name !== null && !packages.has(content.name))
      packages.set(content.name, { folder: folderOf(place), content });
  };
  for (const { place, content } of files) if (isProjectFile(content)) notePackage(place, content);
  const wanted = new Set<string>();
  const found = new Map<string, LoadedModule | null>();
  const want = (place: string): void => {
    if (read === undefined && wanted.size < maxWanted) wanted.add(place);
  };

  /** A file that says which file an import means; asked for where it is not known yet. */
  function configAt(place: string): ProjectFile | undefined {
    const known = configs.get(place);
    if (known !== undefined) return known ?? undefined;
    const content = read?.(place);
    if (isProjectFile(content)) {
      configs.set(place, content);
      notePackage(place, content);
      return content;
    }
    configs.set(place, null);
    want(place);
    return undefined;
  }

  function look(candidates: readonly string[]): LoadedModule | null {
    const missing: string[] = [];
    for (const candidate of candidates) {
      const module = moduleAt(candidate);
      if (module !== null) {
        // A nearer file that has not been read yet would win.
        for (const place of missing) want(place);
        return module;
      }
      missing.push(candidate);
    }
    for (const place of missing) want(place);
    return null;
  }

  function find(fromPlace: string, { level, module }: Pick<ImportedName, 'level' | 'module'>): LoadedModule | null {
    const folder = folderOf(fromPlace);
    const ending = /\.[^./]+$/.exec(fromPlace)?.[0] ?? '';
    const key = `${level}|${folder}|${ending}|${module}`;
    const known = found.get(key);
    if (known !== undefined) return known;
    const result = level > 0 ? relative(folder, `.${module}`, ending) : named(folder, module, ending);
    found.set(key, result);
    return result;
  }

  function relative(folder: string, specifier: string, ending: string): LoadedModule | null {
    const path = joined(folder, specifier, rootLabel);
    return path === null ? null : look(candidatesFor(path, ending));
  }

  function named(folder: string, specifier: string, ending: string): LoadedModule | null {
    const name = packageOf(specifier);
    if (nodeModules.has(name) || isOutside(specifier)) return null;
    const folders: string[] = [];
    for (let at = folder; folders.length < maxAncestors && isBelow(at, rootLabel); at = folderOf(at)) folders.push(at);
    let manifests = 0;
    for (const at of folders) {
      const manifest = configAt(`${at}/package.json`);
      if (manifest?.published.includes(name) === true) return null;
      if (manifest !== undefined) manifests += 1;
    }
    const mapped = folders.flatMap((at) => [
      ...mappedIn(at, 'package.json', specifier),
      ...configNames.flatMap((config) => mappedIn(at, config, specifier)),
    ]);
    if (mapped.length > 0) return look(mapped.flatMap((path) => candidatesFor(path, ending)));
    return manifests === 0 ? null : inWorkspace(specifier, ending, folders);
  }

  /** Paths that a configuration file gives a specifier. */
  function mappedIn(folder: string, file: string, specifier: string): readonly string[] {
    const config = configAt(`${folder}/${file}`);
    if (config === undefined) return [];
    return [...mappedBy(config.paths, specifier), ...mappedBy(config.imports, specifier)].flatMap((target) => {
      const path = joined(folder, `${config.base}/${target}`, rootLabel);
      return path === null ? [] : [path];
    });
  }

  /** `@acme/tools` and `@acme/tools/search` of the same repository. */
  function inWorkspace(specifier: string, ending: string, folders: readonly string[]): LoadedModule | null {
    const name = packageOf(specifier);
    if (!packages.has(name)) {
      // Where a package of the workspace usually lies; its manifest then tells whether it is the one.
      const last = name.slice(name.indexOf('/') + 1);
      for (const at of folders.slice(-4))
        for (const parent of ['packages', 'libs', 'apps', 'modules']) configAt(`${at}/${parent}/${last}/package.json`);
    }
    const own = packages.get(name);
    if (own === undefined) return null;
    const below = specifier.slice(name.length + 1);
    const targets =
      below === ''
        ? [...own.content.entries, 'src/index', 'index', 'src/main']
        : [`src/${below}`, below, `lib/${below}`];
    return look(
      targets.flatMap((target) => {
        const path = joined(own.folder, target, rootLabel);
        return path === null ? [] : candidatesFor(path, ending);
      }),
    );
  }

  return {
    find,
    submodule: (of, fromPlace, name) => (name === 'module.exports' || name === 'default' ? find(fromPlace, of) : null),
    at: moduleAt,
    wanted,
  };
}

const configNames = ['tsconfig.json', 'tsconfig.base.json', 'jsconfig.json'];

/** `@scope/name` or `name` of a specifier. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') && !specifier.startsWith('@/') ? 2 : 1)
    .join('/');

/** Modules that Node brings (version 24); `node:` is taken off where they are imported. */
const nodeModules = new Set(
  `assert async_hooks buffer child_process cluster console crypto dgram dns events fs http http2 https inspector module net
  os path perf_hooks process querystring readline stream string_decoder test timers tls tty url util v8 vm wasi
  worker_threads zlib sqlite`.split(/\s+/),
);

/** Files that a path without an ending, or with the ending of what it compiles to, may mean; likely ones first. */
function candidatesFor(path: string, fromEnding: string): readonly string[] {
  const script = /^\.(?:[cm]?jsx?)$/.test(fromEnding);
  const ending = /\.([cm]?[jt]sx?|json)$/.exec(path)?.[0];
  if (ending === '.json') return [];
  if (ending !== undefined) {
    const stem = path.slice(0, -ending.length);
    const sources = sourcesOf.get(ending) ?? [];
    return script ? [path, ...sources.map((one) => stem + one)] : [...sources.map((one) => stem + one), path];
  }
  const plain = script ? ['.js', '.mjs', '.jsx', '.ts', '.cjs'] : ['.ts', '.tsx', '.js', '.mts'];
  const index = script ? ['/index.js', '/index.mjs', '/index.ts'] : ['/index.ts', '/index.tsx', '/index.js'];
  return [...plain, ...index].map((one) => path + one);
}

const sourcesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx']],
  ['.jsx', ['.tsx']],
  ['.mjs', ['.mts']],
  ['.cjs', ['.cts']],
]);

function mappedBy(map: readonly (readonly [string, readonly string[]])[], specifier: string): readonly string[] {
  for (const [pattern, targets] of map) {
    const star = pattern.indexOf('*');
    if (star < 0) {
      if (pattern === specifier) return targets;
      continue;
    }
    const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (specifier.length < before.length + after.length) continue;
    if (!specifier.startsWith(before) || !specifier.endsWith(after)) continue;
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return targets.map((target) => target.replace('*', () => middle));
  }
  return [];
}

/** Path below a folder without `.` and `..`; null where it leads out of the root. */
function joined(folder: string, path: string, rootLabel: string): string | null {
  const steps = folder.split('/');
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..') steps.pop();
    else steps.push(step);
    if (steps.length === 0 || steps.length > 60) return null;
  }
  const result = steps.join('/');
  return isBelow(result, rootLabel) ? result : null;
}

const isBelow = (place: string, root: string): boolean => place === root || place.startsWith(`${root}/`);
const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));
