import type { Call } from '../../call.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Tools of Gemini CLI 0.55 to 0.61. */
export function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const path = text(input['path'] ?? input['file_path'] ?? input['absolute_path'] ?? input['dir_path']);
  switch (tool) {
    case 'run_shell_command':
    case 'ShellTool':
      return { type: 'shell', tool: 'run_shell_command', command: text(input['command']) };
    case 'read_file':
    case 'read_many_files':
      return { type: 'read', tool, path };
    case 'list_directory':
      return { type: 'list', tool, path };
    case 'glob':
    case 'search_file_content':
    case 'grep_search':
      return { type: 'search', tool, pattern: text(input['pattern']), ...(path === '' ? {} : { path }) };
    case 'write_file':
      return { type: 'write', tool, path };
    case 'replace':
      return { type: 'edit', tool, path };
    case 'web_fetch':
      return { type: 'fetch', tool, url: text(input['url'] ?? input['prompt']) };
    case 'google_web_search':
      return { type: 'search-web', tool, query: text(input['query']) };
    case 'activate_skill':
      return { type: 'skill', tool, name: text(input['name']) };
  }
  const mcp = /^mcp_([^_]+)_(.+)$/.exec(tool) ?? /^(.+?)__(.+)$/.exec(tool);
  if (mcp !== null) return { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  return tool === '' ? null : { type: 'tool', tool, name: tool, input };
}

/** Name of the tool that Gemini CLI would use; null where it has none. */
export function toolOf(call: Call): string | null {
  switch (call.type) {
    case 'shell':
    case 'delete':
    case 'code':
      return 'run_shell_command';
    case 'read':
      return call.tool ?? 'read_file';
    case 'list':
      return 'list_directory';
    case 'search':
      return call.tool ?? 'grep_search';
    case 'write':
      return 'write_file';
    case 'edit':
      return 'replace';
    case 'fetch':
      return 'web_fetch';
    case 'search-web':
      return 'google_web_search';
    case 'mcp':
      return `mcp_${call.server}_${call.name}`;
    case 'skill':
      return 'activate_skill';
    case 'agent':
      return call.name;
    case 'tool':
      return call.name;
    case 'connect':
    case 'hook':
    case 'flag':
      return null;
  }
}
