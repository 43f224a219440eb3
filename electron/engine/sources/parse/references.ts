/**
 * References to values that live elsewhere, in the spellings of the hosts: `${X}`, `${X:-d}`, `$X`, `${env:X}`,
 * `${input:id}`, `{env:X}`, `{file:p}`, `${{ secrets.X }}`, `%X%`. (agent-host documentation, 2026.)
 */
const referenceShape =
  /\$\{\{\s{0,4}(secrets|env|vars|inputs)\.([A-Za-z0-9_-]{1,128})\s{0,4}\}\}|\$\{(env|input|secret|secrets|config|command|vault):([A-Za-z0-9_.:-]{1,200})\}|\$\{user_config\.([A-Za-z0-9_-]{1,128})\}|\$\{([A-Za-z_][A-Za-z0-9_]{0,127})(?::?[-=?+]([^}]{0,500}))?\}|\{(env|file):([^{}\s]{1,300})\}|\$([A-Za-z_][A-Za-z0-9_]{0,127})|%([A-Za-z_][A-Za-z0-9_]{1,127})%/g;

/** Variables that hosts fill with places, not with secrets. */
const placeVariables = new Set([
  'workspaceFolder',
  'workspaceFolderBasename',
  'workspaceRoot',
  'userHome',
  'pathSeparator',
  'file',
  'fileDirname',
  'cwd',
  'CLAUDE_PLUGIN_ROOT',
  'CLAUDE_PLUGIN_DATA',
  'CLAUDE_PROJECT_DIR',
  'CURSOR_PLUGIN_ROOT',
  'extensionPath',
  '__dirname',
  'HOME',
  'PWD',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'TMPDIR',
  'TEMP',
  'PATH',
  'USER',
  'DOCUMENTS',
  'DESKTOP',
]);

/** Names of what a text refers to, as `env:X`, `input:id`, `secret:X`, `file:p`; each once, in order. */
export function referencesIn(text: string): readonly string[] {
  if (!/[$%{]/.test(text)) return [];
  const found = new Set<string>();
  for (const match of text.matchAll(referenceShape)) {
    const name = nameOf(match);
    if (name !== null) found.add(name);
  }
  return [...found];
}

/** The text with references taken out; a default inside a reference stays, because it may be the secret itself. */
export const withoutReferences = (text: string): string =>
  /[$%{]/.test(text)
    ? text.replace(referenceShape, (...groups: unknown[]) =>
        typeof groups[7] === 'string' && groups[7] !== '' ? groups[7] : '\u0000',
      )
    : text;

function nameOf(match: RegExpMatchArray): string | null {
  const [
    ,
    actionKind,
    actionName,
    prefixedKind,
    prefixedName,
    userConfig,
    braced,
    ,
    braceKind,
    braceName,
    bare,
    percent,
  ] = match;
  if (actionName !== undefined) return `${actionKind === 'secrets' ? 'secret' : (actionKind ?? 'env')}:${actionName}`;
  if (prefixedName !== undefined)
    return `${prefixedKind === 'secrets' ? 'secret' : (prefixedKind ?? 'env')}:${prefixedName}`;
  if (userConfig !== undefined) return `input:${userConfig}`;
  if (braceName !== undefined) return `${braceKind ?? 'env'}:${braceName}`;
  const variable = braced ?? bare ?? percent;
  return variable === undefined || placeVariables.has(variable) ? null : `env:${variable}`;
}
