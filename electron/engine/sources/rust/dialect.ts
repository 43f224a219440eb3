import type { Dialect } from '../python/dialect.ts';
import type { ModuleIndex } from '../python/modules.ts';
import type { LoadedModule } from '../python/scopes.ts';
import type { ImportedName } from '../python/summary.ts';
import { definedNames, plainPath, typedDialect } from '../typed-languages/dialect.ts';
import { typeTable, visiblePackages } from '../typed-languages/names.ts';

/** Names that crates bring by a star import. From knowledge of the packages. */
const rustTypes = typeTable({
  'rig.prelude': 'ProviderClient CompletionClient EmbeddingsClient',
  'std.collections': 'HashMap HashSet BTreeMap',
  'std.process': 'Command',
});

/** How Rust differs from Python where values are evaluated. */
export const rustDialect = (): Dialect =>
  typedDialect({
    index: crateIndex,
    types: rustTypes,
    implicit: [],
    pathOf: plainPath,
    environment: /^(?:std\.env\.(?:var|var_os|env!|option_env!)|std\.(?:env|option_env)!|dotenvy?\.var)$/,
    handsOn:
      /^(?:builtins\.(?:Ok|Some|Box\.new|Box\.pin|String\.from|Arc\.new|Cow\.from)|std\.(?:sync\.(?:Arc|Mutex|RwLock|LazyLock)|rc\.Rc|cell\.\w+|boxed\.Box|string\.String)\.(?:new|from)|tokio\.sync\.(?:Mutex|RwLock|OnceCell)\.(?:new|const_new)|reqwest\.Url\.parse|url\.Url\.parse|std\.include_str!)$/,
    same: new Set(
      `unwrap unwrap_or_default unwrap_or_else expect ok into to_string to_owned as_str as_ref as_mut clone trim lock read write await
      context with_context iter into_iter collect to_vec boxed unwrap_err map_err ok_or ok_or_else leak`.split(/\s+/),
    ),
    lists: /^builtins\.(?:Vec\.from|Vec\.new)$/,
  });

const maxWanted = 20_000;

/** Files of a crate as `mod` and `use` name them: `crate::a::b` is `src/a/b.rs` or `src/a/b/mod.rs`. */
function crateIndex(modules: readonly LoadedModule[], rootLabel: string): ModuleIndex {
  const byPlace = new Map(modules.map((module) => [module.place, module]));
  const defined = definedNames(modules, (module) => module.place);
  const wanted = new Set<string>();

  function look(base: string, steps: readonly string[]): LoadedModule | null {
    if (!base.startsWith(rootLabel)) return null;
    for (let count = steps.length; count >= 0; count -= 1) {
      const path = [base, ...steps.slice(0, count)].join('/');
      const candidates =
        count === 0
          ? [`${base}/lib.rs`, `${base}/main.rs`, `${base}/mod.rs`, `${base}.rs`]
          : [`${path}.rs`, `${path}/mod.rs`];
      for (const place of candidates) {
        const module = byPlace.get(place);
        if (module !== undefined) return module;
        if (wanted.size < maxWanted) wanted.add(place);
      }
      if (count === 0) break;
    }
    return null;
  }

  function find(fromPlace: string, module: string): LoadedModule | null {
    const steps = module.split('.');
    const [first = ''] = steps;
    const folder = fromPlace.slice(0, Math.max(0, fromPlace.lastIndexOf('/')));
    const file = fromPlace.slice(folder.length + 1).replace(/\.rs$/, '');
    const own = /^(?:mod|lib|main)$/.test(file) ? folder : `${folder}/${file}`;
    if (first === 'crate') {
      const at = fromPlace.lastIndexOf('/src/');
      return look(at < 0 ? folder : `${fromPlace.slice(0, at)}/src`, steps.slice(1));
    }
    if (first === 'self') return look(own, steps.slice(1));
    if (first === 'super') {
      let base = own.slice(0, Math.max(0, own.lastIndexOf('/')));
      let rest = steps.slice(1);
      while (rest[0] === 'super') {
        base = base.slice(0, Math.max(0, base.lastIndexOf('/')));
        rest = rest.slice(1);
      }
      return look(base, rest);
    }
    if (outside.has(first)) return null;
    // Another crate of the workspace.
    const at = fromPlace.lastIndexOf('/src/');
    const root = at < 0 ? folder : fromPlace.slice(0, at);
    const above = root.slice(0, Math.max(0, root.lastIndexOf('/')));
    for (const name of new Set([first, first.replaceAll('_', '-')])) {
      for (const base of [root, above]) {
        const found = byPlace.has(`${base}/${name}/src/lib.rs`) ? look(`${base}/${name}/src`, steps.slice(1)) : null;
        if (found !== null) return found;
        if (base !== '' && base.startsWith(`${rootLabel}/`) && wanted.size < maxWanted)
          wanted.add(`${base}/${name}/src/lib.rs`);
      }
    }
    // A module of the same file or folder that is named without `self`.
    return byPlace.has(`${own}/${first}.rs`) || byPlace.has(`${own}/${first}/mod.rs`) ? look(own, steps) : null;
  }

  return {
    find(fromPlace: string, imported: Pick<ImportedName, 'level' | 'module'> & { readonly name?: string | null }) {
      const packages = visiblePackages(imported.module);
      if (packages === null) {
        if (imported.name === null && !/^(?:self|super|crate)\b/.test(imported.module)) return null;
        return find(fromPlace, imported.module);
      }
      const { name } = imported;
      if (name === null || name === undefined) return null;
      for (const one of packages) {
        if (one === '') continue;
        const module = find(fromPlace, one);
        if (module !== null && (defined.get(name) ?? []).some((at) => at.module === module)) return module;
      }
      return null;
    },
    submodule: (of, fromPlace, name) =>
      /^(?:self|super|crate)\b/.test(of.module) ? find(fromPlace, `${of.module}.${name}`) : null,
    at: (place) => byPlace.get(place) ?? null,
    wanted,
  };
}

const outside = new Set(
  `std core alloc tokio serde serde_json reqwest anyhow thiserror tracing rig rmcp axum async_openai schemars futures clap chrono uuid
  regex url sqlx diesel hyper tower tower_http async_trait rand once_cell lazy_static log env_logger tracing_subscriber dotenv dotenvy
  mongodb redis lettre octocrab qdrant_client rig_core rig_qdrant rig_mongodb rig_lancedb bytes base64 itertools`.split(
    /\s+/,
  ),
);
