/**
 * Rules that look effective and are not, judged by their text and list alone. Claude Code documentation: permissions,
 * permission-modes (v2.1.240); the marks of 2.1.328 are observations of that version.
 */
export type InertRule = { readonly why: string; readonly since?: string };

const neverConsulted = new Set(['Write', 'NotebookEdit', 'Glob', 'MultiEdit']);
const primaryField: ReadonlyMap<string, readonly string[]> = new Map([
  ['Bash', ['command']],
  ['PowerShell', ['command']],
  ['Read', ['file_path', 'path']],
  ['Edit', ['file_path', 'path']],
  ['WebFetch', ['url']],
]);
const protectedFolders =
  /^(?:\.git|\.config\/git|\.vscode|\.idea|\.husky|\.cargo|\.devcontainer|\.yarn|\.mvn|\.claude(?!\/worktrees))(?:\/|$)/;
const protectedFiles =
  /^(?:\.gitconfig|\.gitmodules|\.envrc|\.bashrc|\.zshrc|\.profile|\.npmrc|\.yarnrc|\.yarnrc\.yml|\.mcp\.json|\.claude\.json|\.pre-commit-config\.yaml|bunfig\.toml|\.bunfig\.toml|\.bazelrc|\.ripgreprc|pyrightconfig\.json|\.devcontainer\.json)$/;

export function inertRule(list: string, rule: string): InertRule | null {
  const open = rule.indexOf('(');
  const tool = open === -1 ? rule : rule.slice(0, open);
  if (open !== -1 && !rule.endsWith(')')) return { why: 'malformed rule, it is skipped' };
  if (open === -1 && rule.includes(')')) return { why: 'malformed rule, it is skipped' };
  const specifier = open === -1 ? null : rule.slice(open + 1, -1);
  if (list === 'allow' && tool.includes('*')) {
    if (!tool.startsWith('mcp__')) return { why: 'unanchored glob in allow is skipped' };
    if (!/^mcp__[^*]+?__/.test(tool)) return { why: 'unanchored MCP glob in allow is skipped' };
  }
  if (tool.startsWith('mcp__') && specifier !== null)
    return { why: 'MCP rules with parentheses never match', since: '2.1.328' };
  if (specifier === null || specifier === '' || specifier === '*') return null;
  if (neverConsulted.has(tool)) return { why: `path rules for ${tool} are never consulted, Edit rules are` };
  if (list !== 'allow') {
    const field = /^([a-z_]+):/.exec(specifier)?.[1];
    if (field !== undefined && primaryField.get(tool)?.includes(field) === true) {
      return { why: 'primary content field cannot be matched by parameter' };
    }
  }
  const colonStar = specifier.indexOf(':*');
  if ((tool === 'Bash' || tool === 'PowerShell') && colonStar !== -1 && colonStar !== specifier.length - 2) {
    return { why: 'colon-star is only special at the end, here the colon is literal' };
  }
  if (list === 'allow' && tool === 'Edit') {
    const path = specifier.replace(/^(?:\.\/|\/(?!\/))/, '');
    if (protectedFolders.test(path) || protectedFiles.test(path))
      return { why: 'protected path check runs before allow rules' };
  }
  if (list === 'ask' && (tool === 'Agent' || tool === 'Task'))
    return { why: 'Agent(name) in ask is not consulted', since: '2.1.328' };
  return null;
}
