import type { Dialect } from '../python/dialect.ts';
import type { ModuleIndex } from '../python/modules.ts';
import type { LoadedModule } from '../python/scopes.ts';
import type { ImportedName } from '../python/summary.ts';
import type { Value } from '../python/values.ts';
import { definedNames, noted, typedDialect } from '../typed-languages/dialect.ts';
import { globalsName, packageName, visiblePackages } from '../typed-languages/names.ts';
import { csharpTypes, implicitNamespaces } from './types.ts';

/** How C# differs from Python where values are evaluated. */

const same = new Set(
  `ToString Trim TrimEnd TrimStart ToLower ToUpper ToLowerInvariant ToUpperInvariant ConfigureAwait AsTask ToList ToArray AsReadOnly
  ToImmutableArray GetAwaiter GetResult Replace AsEnumerable Cast
  OfType Where Take Skip Distinct AsBuilder`.split(/\s+/),
);

export function csharpDialect(): Dialect {
  let implicit: readonly string[] = implicitNamespaces;
  const rules = {
    types: csharpTypes,
    get implicit() {
      return implicit;
    },
    index(modules: readonly LoadedModule[], rootLabel: string): ModuleIndex {
      const globals = modules.flatMap((module) => noted(module, globalsName).split(';'));
      implicit = [...implicitNamespaces, ...globals.filter((one) => one !== '')];
      return namespaceIndex(modules, rootLabel, implicit);
    },
    environment:
      /^System\.Environment\.GetEnvironmentVariable$|(?:^|\.)(?:Configuration|IConfiguration|IConfigurationRoot|IConfigurationSection|ConfigurationManager|ConfigurationBuilder\(\)[\w.()]*|GetSection\(\))(?:\(\))?(?:\.GetSection\(\))*\.(?:@item|GetValue|GetConnectionString|GetRequiredValue)$/,
    handsOn:
      /^(?:System\.Uri|System\.ClientModel\.ApiKeyCredential|Azure\.AzureKeyCredential|System\.Threading\.Tasks\.Task\.FromResult|System\.Convert\.ToString|builtins\.nameof|System\.String\.Concat)$/,
    same,
    lists: /^(?:builtins\.ImmutableArray\.Create|builtins\.ImmutableList\.Create)$/,
    added: new Map([
      ['AsAIAgent', 'Microsoft.Agents.AI.unknown()'],
      ['CreateAIAgent', 'Microsoft.Agents.AI.unknown()'],
      ['CreateAIAgentAsync', 'Microsoft.Agents.AI.unknown()'],
      ['AddAIAgent', 'Microsoft.Agents.AI.Hosting.unknown()'],
      ['AddMcpServer', 'ModelContextProtocol.unknown()'],
    ]),
    member(value: Value, name: string): Value | null {
      // `builder.Configuration` of a host, `context.Configuration`: the same configuration.
      if (name === 'Configuration' && (value.kind === 'dynamic' || value.kind === 'member'))
        return { kind: 'symbol', path: 'Microsoft.Extensions.Configuration.IConfiguration' };
      return null;
    },
  };
  return typedDialect(rules);
}

const maxWanted = 20_000;

/** Types by name and namespace; files without a keyword are asked for where a class of that name usually stands. */
function namespaceIndex(modules: readonly LoadedModule[], rootLabel: string, globals: readonly string[]): ModuleIndex {
  const byPlace = new Map(modules.map((module) => [module.place, module]));
  const defined = definedNames(modules, (module) => noted(module, packageName));
  const wanted = new Set<string>();
  return {
    find(fromPlace: string, imported: Pick<ImportedName, 'level' | 'module'> & { readonly name?: string | null }) {
      const { name } = imported;
      if (name === null || name === undefined) return null;
      const packages = visiblePackages(imported.module) ?? [imported.module];
      const all = defined.get(name) ?? [];
      const fits = all.filter((one) => packages.includes(one.package) || globals.includes(one.package));
      const here = fits.find((one) => one.module.place !== fromPlace) ?? null;
      if (here !== null) return here.module;
      if (csharpTypes.get(name)?.some((one) => packages.includes(one) || globals.includes(one)) === true) return null;
      if (!/^[A-Z]\w*$/.test(name)) return null;
      for (const place of placesOf(name, fromPlace, packages, rootLabel))
        if (wanted.size < maxWanted) wanted.add(place);
      return null;
    },
    submodule: () => null,
    at: (place) => byPlace.get(place) ?? null,
    wanted,
  };
}

const foreign =
  /^(?:System|Microsoft|Azure|OpenAI|ModelContextProtocol|Amazon|Google|Npgsql|Newtonsoft|Xunit|NUnit|Serilog)\b/;
const usualFolders = ['Plugins', 'Tools', 'Services', 'Agents', 'Models', 'Functions', 'Skills', 'Options'];

/** Where a class may stand: beside the file, in the folder that its namespace names, in folders of a usual name. */
function placesOf(name: string, fromPlace: string, packages: readonly string[], rootLabel: string): readonly string[] {
  const found: string[] = [];
  let folder = fromPlace.slice(0, Math.max(0, fromPlace.lastIndexOf('/')));
  for (let level = 0; level < 5 && (folder === rootLabel || folder.startsWith(`${rootLabel}/`)); level += 1) {
    found.push(`${folder}/${name}.cs`);
    for (const one of packages.slice(0, 30)) {
      if (one === '' || foreign.test(one)) continue;
      const steps = one.split('.');
      for (let from = Math.max(0, steps.length - 3); from < steps.length; from += 1)
        found.push(`${folder}/${steps.slice(from).join('/')}/${name}.cs`);
      found.push(`${folder}/${one}/${name}.cs`);
    }
    if (level < 2) for (const one of usualFolders) found.push(`${folder}/${one}/${name}.cs`);
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  }
  return found;
}
