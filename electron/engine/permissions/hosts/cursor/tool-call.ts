import type { Call } from '../../call.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Kinds of Cursor's permission tokens, and the names of its tools. */
export function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const path = text(input['path'] ?? input['file_path'] ?? input['target_file']);
  switch (tool) {
    case 'Shell':
    case 'run_terminal_cmd':
      return { type: 'shell', tool, command: text(input['command']) };
    case 'Read':
    case 'read_file':
      return { type: 'read', tool, path };
    case 'Write':
      return { type: 'write', tool, path };
    case 'edit_file':
      return { type: 'edit', tool, path };
    case 'delete_file':
      return { type: 'delete', tool, path };
    case 'WebFetch':
      return { type: 'fetch', tool, url: text(input['url']) };
    case 'Mcp':
      return {
        type: 'mcp',
        tool,
        server: text(input['server']),
        name: text(input['name'] ?? input['tool']),
        arguments: input,
      };
  }
  const mcp = /^mcp_([^_]+)_(.+)$/.exec(tool) ?? /^([^:]+):(.+)$/.exec(tool);
  return mcp === null ? null : { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
}
