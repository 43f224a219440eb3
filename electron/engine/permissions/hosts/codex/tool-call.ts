import type { Call } from '../../call.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Tools of Codex CLI 0.134 to 0.169: `shell`, `exec_command`, `local_shell`, `apply_patch`, `web_search`, MCP as `server__tool`. */
export function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  switch (tool) {
    case 'shell':
    case 'local_shell':
    case 'exec_command':
    case 'shell_command': {
      const command = input['command'] ?? input['cmd'] ?? input['argv'];
      return {
        type: 'shell',
        tool,
        command: Array.isArray(command) ? scriptOf(command.map(String)) : text(command),
        escalated: input['with_escalated_permissions'] === true || input['sandbox_permissions'] === 'require_escalated',
      };
    }
    case 'apply_patch':
      return {
        type: 'edit',
        tool,
        path:
          text(input['path']) ||
          (/^\*\*\* (?:Add|Update|Delete) File: (.+)$/m.exec(text(input['input'] ?? input['patch']))?.[1] ?? ''),
      };
    case 'read_file':
    case 'view_image':
      return { type: 'read', tool, path: text(input['path'] ?? input['file_path']) };
    case 'web_search':
      return { type: 'search-web', tool, query: text(input['query']) };
  }
  const mcp = /^(?:mcp__)?(.+?)__(.+)$/.exec(tool);
  return mcp === null ? null : { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
}

/** `["bash", "-lc", script]` is the script; other words are joined so that they read back as the same words. */
function scriptOf(words: readonly string[]): string {
  if (words.length === 3 && /(?:^|\/)(?:ba|z)?sh$/.test(words[0] ?? '') && /^-l?c$/.test(words[1] ?? ''))
    return words[2] ?? '';
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');
}
