/** Where a value comes from, in words for the preview. */
export type Expanded = { readonly value: string; readonly from: string; readonly missing: readonly string[] };

export type ExpandSources = {
  /** The environment of this process: only variables that the configuration names are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folder that the entry belongs to. */
  readonly folder: string;
  readonly home: string;
};

const folderNames = new Set(['workspaceFolder', 'workspaceRoot', 'workspacePath', 'CLAUDE_PROJECT_DIR', 'cwd']);

/** `${X}`, `${X:-default}`, `${env:X}`, and the names of folders. What only the host can know is missing. */
const reference =
  /\$\{(?:(env):)?([A-Za-z_][A-Za-z0-9_]{0,127})(?::-([^}]{0,500}))?\}|\{env:([A-Za-z_][A-Za-z0-9_]{0,127})\}/g;
const leftOver = /\$\{[^}]{0,200}\}|\{(?:file|input):[^}]{0,200}\}/g;

export function expand(text: string, sources: ExpandSources): Expanded {
  const missing: string[] = [];
  const names: string[] = [];
  const replaced = text.replace(
    reference,
    (
      whole: string,
      _kind: string | undefined,
      name: string | undefined,
      otherwise: string | undefined,
      braced: string | undefined,
    ) => {
      const variable = name ?? braced ?? '';
      if (folderNames.has(variable)) return sources.folder;
      if (variable === 'userHome') return sources.home;
      names.push(variable);
      const value = Object.hasOwn(sources.environment, variable) ? sources.environment[variable] : undefined;
      if (value !== undefined && value !== '') return value;
      if (otherwise !== undefined) return otherwise;
      missing.push(variable);
      return whole;
    },
  );
  // Looked for in what was written, not in what variables hold.
  for (const other of text.replace(reference, '').matchAll(leftOver)) missing.push(other[0].slice(0, 100));
  const from = names.length === 0 ? 'the configuration file' : `${[...new Set(names)].join(', ')} of this process`;
  return { value: replaced, from, missing };
}
