import type { Expression } from '../python/expressions.ts';
import { dottedName } from '../python/scopes.ts';
import type { ImportedName } from '../python/summary.ts';
import type { Nodes } from './nodes.ts';

/** Where a name comes from. Relative specifiers have level 1 and lack their first dot; the prefix `node:` says nothing. */
export function importedFrom(specifier: string, binds: string, name: string | null): ImportedName {
  const relative = /^\.\.?(?:\/|$)/.test(specifier);
  const module = relative ? specifier.slice(1) : specifier.replace(/^node:/, '');
  return { binds, level: relative ? 1 : 0, module: module.slice(0, 300), name };
}

/** Import and export statements as names. */
export function exportReader(nodes: Nodes) {
  const specifierOf = (node: number): string | null => {
    const source = nodes.child(node, 'source');
    return source < 0 ? null : nodes.textOf(source).slice(1, -1);
  };
  const onlyTypes = (node: number): boolean =>
    /^(?:import|export)\s+type\s+(?!from\b|,)/.test(nodes.between(nodes.startOf(node), nodes.startOf(node) + 40));
  const isType = (specifier: number): boolean =>
    /^type\s+(?!as\b)[\w$"']/.test(nodes.between(nodes.startOf(specifier), nodes.endOf(specifier)));
  const plain = (node: number): string => nodes.textOf(node).replace(/^["']|["']$/g, '');

  /** `import a, { b as c }, * as d from "x"`; nothing for types and for imports that bind no name. */
  function importedNames(node: number): ImportedName[] {
    const required = nodes.children(node).find((child) => nodes.typeOf(child) === 'import_require_clause');
    if (required !== undefined) {
      const from = specifierOf(required);
      const name = nodes.textOf(nodes.first(required));
      return from === null ? [] : [importedFrom(from, name, 'module.exports')];
    }
    const from = specifierOf(node);
    if (from === null || onlyTypes(node)) return [];
    const found: ImportedName[] = [];
    const clause = nodes.children(node).find((child) => nodes.typeOf(child) === 'import_clause') ?? -1;
    for (const child of nodes.children(clause)) {
      switch (nodes.typeOf(child)) {
        case 'identifier':
          found.push(importedFrom(from, nodes.textOf(child), 'default'));
          break;
        case 'namespace_import':
          found.push(importedFrom(from, nodes.textOf(nodes.first(child)), null));
          break;
        case 'named_imports':
          for (const specifier of nodes.children(child)) {
            if (nodes.typeOf(specifier) !== 'import_specifier' || isType(specifier)) continue;
            const name = plain(nodes.child(specifier, 'name'));
            const alias = nodes.child(specifier, 'alias');
            found.push(importedFrom(from, alias < 0 ? name : nodes.textOf(alias), name));
          }
          break;
        default:
          break;
      }
    }
    return found;
  }

  /** `export { a as b } from "x"`, `export * from "x"`; null where the statement exports something of its own. */
  function reexportedNames(node: number): ImportedName[] | null {
    const from = specifierOf(node);
    if (from === null) return onlyTypes(node) && nodes.child(node, 'declaration') < 0 ? [] : null;
    if (onlyTypes(node)) return [];
    const found: ImportedName[] = [];
    for (const child of nodes.children(node)) {
      if (nodes.typeOf(child) === 'namespace_export') found.push(importedFrom(from, plain(nodes.first(child)), null));
      if (nodes.typeOf(child) === 'export_clause') {
        for (const { local, name } of specifiersOf(child)) found.push(importedFrom(from, name, local));
        return found;
      }
    }
    return found.length > 0 ? found : [importedFrom(from, '*', '*')];
  }

  const localExports = (node: number): readonly { readonly local: string; readonly name: string }[] =>
    nodes.children(node).flatMap((child) => (nodes.typeOf(child) === 'export_clause' ? specifiersOf(child) : []));

  function specifiersOf(clause: number): { readonly local: string; readonly name: string }[] {
    return nodes.children(clause).flatMap((specifier) => {
      if (nodes.typeOf(specifier) !== 'export_specifier' || isType(specifier)) return [];
      const local = plain(nodes.child(specifier, 'name'));
      const alias = nodes.child(specifier, 'alias');
      return [{ local, name: alias < 0 ? local : plain(alias) }];
    });
  }

  /** Name that `exports.x = ...` and `module.exports.x = ...` export. */
  function commonJsName(target: Expression): string | null {
    const name = dottedName(target);
    return name === null ? null : (/^(?:module\.)?exports\.([\w$]+)$/.exec(name)?.[1] ?? null);
  }

  return { importedNames, reexportedNames, localExports, commonJsName };
}
