import type { Call } from '../../call.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Tools of VS Code chat, by their reference and internal names. */
export function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const path = text(input['path'] ?? input['filePath']);
  switch (tool) {
    case 'terminal':
    case 'run_in_terminal':
    case 'runInTerminal':
    case 'runCommands':
      return { type: 'shell', tool, command: text(input['command'] ?? input['terminal']) };
    case 'read_file':
    case 'readFile':
      return { type: 'read', tool, path };
    case 'list_dir':
    case 'listDirectory':
      return { type: 'list', tool, path };
    case 'create_file':
    case 'createFile':
      return { type: 'write', tool, path };
    case 'insert_edit_into_file':
    case 'replace_string_in_file':
    case 'apply_patch':
    case 'editFiles':
      return { type: 'edit', tool, path };
    case 'grep_search':
    case 'file_search':
    case 'textSearch':
      return { type: 'search', tool, pattern: text(input['query']) };
    case 'fetch_webpage':
    case 'fetch':
      return { type: 'fetch', tool, url: text(input['url'] ?? (Array.isArray(input['urls']) ? input['urls'][0] : '')) };
  }
  const mcp = /^mcp_([^_]+)_(.+)$/.exec(tool) ?? /^([^/]+)\/(.+)$/.exec(tool);
  return mcp === null ? null : { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
}
