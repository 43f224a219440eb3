import type { ImportedName, Statement } from '../python/summary.ts';

/**
 * Names of a file that its own declarations do not explain: a type of the same package, of a package that is imported as a
 * whole, or of the language. They become imports whose module text lists the packages that are visible, own one first.
 */

const mark = '~';
const maxPackages = 100;

export const visibleModule = (packages: readonly string[]): string =>
  `${mark}${packages.slice(0, maxPackages).join(';')}`;

/** Packages of such a module text; null for an import that says where the name is from. */
export const visiblePackages = (module: string): readonly string[] | null =>
  module.startsWith(mark) ? module.slice(1).split(';') : null;

/** Name of the statement that says in which package a file stands, and of the one with what it imports for all files. */
export const packageName = 'package@';
export const globalsName = 'globals@';

export function freeNames(free: ReadonlySet<string>, body: readonly Statement[], module: string): readonly Statement[] {
  const known = new Set<string>(['this', 'super']);
  for (const statement of body) {
    if (statement.kind === 'import') for (const one of statement.names) known.add(one.binds);
    else if (statement.kind === 'class') known.add(statement.class.name);
    else if (statement.kind === 'function') known.add(statement.function.name);
    else if (statement.kind === 'assign')
      for (const target of statement.targets) if (target.kind === 'name') known.add(target.id);
  }
  const names: ImportedName[] = [...free]
    .filter((name) => !known.has(name) && name !== '_' && name.length <= 200)
    .map((name) => ({ binds: name, level: 0, module, name }));
  return names.length === 0 ? [] : [{ kind: 'import', names, line: 1, at: 0 }];
}

/** Packages that are imported as a whole: no name comes of it, but which frameworks a file knows. */
export function wholePackages(packages: readonly string[]): readonly Statement[] {
  const names = [...new Set(packages)]
    .filter((one) => one !== '')
    .map((module, index): ImportedName => ({ binds: `package@${index}`, level: 0, module, name: null }));
  return names.length === 0 ? [] : [{ kind: 'import', names, line: 1, at: 0 }];
}

/** Types of libraries by package, as tables list them: `{ 'System.IO': 'File Directory' }`. */
export function typeTable(packages: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, types] of Object.entries(packages))
    for (const type of types.trim().split(/\s+/)) {
      const list = found.get(type);
      if (list === undefined) found.set(type, [name]);
      else list.push(name);
    }
  return found;
}
