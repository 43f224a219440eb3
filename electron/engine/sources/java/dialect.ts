import type { Dialect } from '../python/dialect.ts';
import type { ModuleIndex } from '../python/modules.ts';
import type { LoadedModule } from '../python/scopes.ts';
import type { Resolver } from '../python/resolver.ts';
import type { ImportedName } from '../python/summary.ts';
import type { Value } from '../python/values.ts';
import { definedNames, noted, plainPath, typedDialect } from '../typed-languages/dialect.ts';
import { packageName, visiblePackages } from '../typed-languages/names.ts';
import { javaTypes } from './types.ts';

/** How Java differs from Python where values are evaluated. */
export const javaDialect = (): Dialect =>
  typedDialect({
    index: packageIndex,
    types: javaTypes,
    implicit: ['java.lang'],
    pathOf: plainPath,
    environment:
      /^java\.lang\.System\.(?:getenv|getProperty)$|^java\.lang\.System\.getenv\(\)\.get(?:OrDefault)?$|^org\.springframework\.beans\.factory\.annotation\.Value$|^org\.springframework\.core\.env\.(?:Configurable)?Environment\(\)\.(?:getProperty|getRequiredProperty)$|^org\.eclipse\.microprofile\.config\.inject\.ConfigProperty$|^io\.github\.cdimascio\.dotenv\.Dotenv\b.*\.get$/,
    handsOn:
      /^(?:java\.util\.Objects\.requireNonNull(?:Else)?|java\.util\.Optional\.of(?:Nullable)?|java\.net\.URI\.create|java\.net\.URI|java\.net\.URL|reactor\.core\.publisher\.Mono\.just|java\.lang\.String\.valueOf)$/,
    same: new Set(
      `toString trim strip stripIndent toLowerCase toUpperCase formatted orElse orElseThrow block join toArray toList toURI
      toURL mutate prompt`.split(/\s+/),
    ),
    called: adkFunction,
    lists:
      /^(?:java\.util\.(?:List\.of|Arrays\.asList|Set\.of|Collections\.singletonList|stream\.Stream\.of|List\.copyOf)|com\.google\.common\.collect\.Immutable(?:List|Set)\.(?:of|copyOf))$/,
  });

/** `FunctionTool.create(Weather.class, "getWeather")` of Google's ADK names a method: the tool is that method. */
function adkFunction(path: string, argument: (position: number) => Value | null, resolver: Resolver): Value | null {
  if (!/^com\.google\.adk\.tools\.(?:LongRunning)?FunctionTool\.create$/.test(path)) return null;
  const [of, name] = [argument(0), argument(1)];
  if (of === null || name?.kind !== 'text') return null;
  const found = resolver.member(of, name.text);
  return found.kind === 'function' ? found : null;
}

const maxWanted = 20_000;
const foreign =
  /^(?:javax?|jakarta|org\.springframework|org\.slf4j|com\.google|com\.fasterxml|dev\.langchain4j|io\.modelcontextprotocol|reactor|lombok|org\.junit|org\.apache)\b/;

/** Types by package and name; a file stands below its source root as its package says. */
function packageIndex(modules: readonly LoadedModule[], rootLabel: string): ModuleIndex {
  const byPlace = new Map(modules.map((module) => [module.place, module]));
  const defined = definedNames(modules, (module) => noted(module, packageName));
  const wanted = new Set<string>();
  const want = (place: string): void => {
    if (wanted.size < maxWanted && place.startsWith(`${rootLabel}/`)) wanted.add(place);
  };
  return {
    find(fromPlace: string, imported: Pick<ImportedName, 'level' | 'module'> & { readonly name?: string | null }) {
      const { name } = imported;
      if (name === null || name === undefined) return null;
      const packages = visiblePackages(imported.module);
      const all = defined.get(name) ?? [];
      const fit = all.find(
        (one) => one.module.place !== fromPlace && (packages ?? [imported.module]).includes(one.package),
      );
      if (fit !== undefined) return fit.module;
      if (!/^[A-Z]\w*$/.test(name)) return null;
      const folder = fromPlace.slice(0, Math.max(0, fromPlace.lastIndexOf('/')));
      if (packages !== null) {
        want(`${folder}/${name}.java`);
        return null;
      }
      if (foreign.test(imported.module)) return null;
      // `src/main/java/com/acme/app` is below the root of the package `com.acme.app`.
      const steps = imported.module.split('.');
      const at = folder.lastIndexOf(`/${steps[0] ?? ''}/`);
      const root = at >= 0 ? folder.slice(0, at) : folder;
      want(`${root}/${steps.join('/')}/${name}.java`);
      return null;
    },
    submodule: () => null,
    at: (place) => byPlace.get(place) ?? null,
    wanted,
  };
}
