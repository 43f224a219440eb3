import type { CapabilityClass } from '../../../../shared/kinds.ts';

const tools: ReadonlyMap<string, readonly CapabilityClass[]> = new Map<string, readonly CapabilityClass[]>([
  ['Bash', ['executes-code']],
  ['BashOutput', []],
  ['KillShell', []],
  ['Read', ['reads-private']],
  ['Glob', ['reads-private']],
  ['Grep', ['reads-private']],
  ['LS', ['reads-private']],
  ['Edit', ['writes']],
  ['MultiEdit', ['writes']],
  ['Write', ['writes']],
  ['NotebookEdit', ['writes']],
  ['WebFetch', ['reads-untrusted', 'sends-outside']],
  ['WebSearch', ['reads-untrusted', 'sends-outside']],
  ['Task', ['delegates']],
  ['Agent', ['delegates']],
  ['Skill', ['reads-private']],
  ['TodoWrite', []],
]);

/** What the built-in tools of Claude Code do, by `claude-agent-sdk/<name>`; the same in every language of its SDK. */
export function claudeTools(path: string): readonly CapabilityClass[] | null {
  const name = /^claude-agent-sdk\/(\w+)/.exec(path)?.[1];
  return name === undefined ? null : (tools.get(name) ?? null);
}
