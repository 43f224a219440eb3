import type { StoredAsset } from '../store/repos/merged-facts.ts';
import { isRecord, type Placed, placedOf, textOf } from './fact-access.ts';

/** Lists whose members run without a question, over all hosts. */
const allowing =
  /^(?:allow|always_allow|alwaysAllow|tools\.allowed|permissions\.allow(?:ed_tools)?|allowedTools|allowedCommands|autoApprove|command_?allowlist|terminalAllowlist|mcpAllowlist|chat\.tools\.terminal\.autoApprove|toolPermissions)$/i;

/** Rules that let something happen unasked, as written; switched-off members of lists with values are none. */
export const allowRules = (agent: StoredAsset): readonly Placed[] =>
  placedOf(agent, 'permissions').filter(
    (rule) =>
      allowing.test(textOf(rule['list'])) &&
      rule['value'] !== false &&
      !(isRecord(rule['value']) && rule['value']['approve'] === false),
  );

/** What a rule about the shell lets run: everything, or what begins with these words and goes on freely. Null for other rules. */
export type ShellRule = { readonly type: 'all' } | { readonly type: 'prefix'; readonly words: readonly string[] };

const shellTools =
  /^(?:Bash|PowerShell|Shell|run_shell_command|ShellTool|bash|shell|terminal|execute_bash|execute_cmd|Exec)$/;
const shellLists = /^(?:chat\.tools\.terminal\.autoApprove|terminalAllowlist|allowedCommands|command_?allowlist)$/i;
const everything = /^(?:\*{0,2}|:\*|\.\*|\^?\.\*\$?|\/\.\*\/)$/;

export function shellRule(rule: Placed, host: string): ShellRule | null {
  const text = textOf(rule['rule']).trim();
  const call = /^([A-Za-z_]+)\(([\s\S]*)\)$/.exec(text);
  if (call !== null && shellTools.test(call[1] ?? '')) return fromSpecifier(call[2] ?? '', host);
  if (shellTools.test(text)) return { type: 'all' };
  const bare = shellLists.test(textOf(rule['list'])) || (host === 'codex' && Array.isArray(rule['pattern']));
  return bare ? fromSpecifier(text, host) : null;
}

/** Hosts whose rules are prefixes by themselves: `Shell(terraform)` covers `terraform destroy`. */
const prefixHosts = new Set(['cursor', 'gemini-cli', 'codex', 'vscode-copilot', 'devin', 'windsurf', 'qwen-code']);

function fromSpecifier(specifier: string, host: string): ShellRule | null {
  const text = specifier.trim();
  if (everything.test(text)) return { type: 'all' };
  const open = /^(.*?)(?::\*|\s+\*{1,2}|\s+\.\*)$/.exec(text);
  const words = (open?.[1] ?? text).trim().split(/\s+/);
  if (words.some((word) => /[*|()[\]\\^$]/.test(word))) return null;
  return open !== null || prefixHosts.has(host) ? { type: 'prefix', words } : null;
}

/** A rule that opens a tool of web fetching without naming a site. */
export function opensWholeWeb(rule: Placed): boolean {
  const text = textOf(rule['rule']).trim();
  return /^(?:WebFetch|web_fetch|webfetch|fetch|Fetch)(?:\((?:\*{0,2}|domain:\*)\))?$/.test(text);
}

/** The server of a rule that opens all of its tools; null where tools are named, or where the rule is about something else. */
export function wholeServer(rule: Placed): string | null {
  const text = textOf(rule['rule']).trim();
  const match =
    /^mcp__([^*\s]+?)(?:__\*)?$/.exec(text) ??
    /^@([^/*\s]+)(?:\/\*)?$/.exec(text) ??
    /^Mcp\(([^:*\s]+):\*\)$/.exec(text) ??
    /^([^:*\s]+):\*$/.exec(/mcpAllowlist/i.test(textOf(rule['list'])) ? text : '') ??
    /^mcp_([^*\s]+?)_\*$/.exec(text);
  const name = match?.[1] ?? null;
  return name === null || name === 'builtin' || (text.startsWith('mcp__') && /^[^_].*__[^_]/.test(name)) ? null : name;
}
