import type { Call } from '../../call.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Tools of OpenCode 1.18, and `Bash` as questions sometimes name the shell. */
export function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const path = text(input['path'] ?? input['filePath']);
  switch (tool) {
    case 'bash':
    case 'Bash':
      return { type: 'shell', tool: 'bash', command: text(input['command']) };
    case 'read':
      return { type: 'read', tool, path };
    case 'list':
      return { type: 'list', tool, path };
    case 'write':
      return { type: 'write', tool, path };
    case 'edit':
    case 'patch':
    case 'multiedit':
      return { type: 'edit', tool, path };
    case 'grep':
    case 'glob':
      return { type: 'search', tool, pattern: text(input['pattern']) };
    case 'webfetch':
      return { type: 'fetch', tool, url: text(input['url']) };
    case 'websearch':
    case 'codesearch':
      return { type: 'search-web', tool, query: text(input['query']) };
    case 'task':
      return { type: 'agent', tool, name: text(input['name'] ?? input['subagent_type']) };
    case 'skill':
      return { type: 'skill', tool, name: text(input['name']) };
  }
  const mcp = /^([^_]+)_(.+)$/.exec(tool);
  if (mcp !== null) return { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  return tool === '' ? null : { type: 'tool', tool, name: tool, input };
}

/** Permission key of a call: every tool that changes files is `edit`. */
export function toolOf(call: Call): string | null {
  switch (call.type) {
    case 'shell':
    case 'delete':
    case 'code':
      return 'bash';
    case 'read':
      return 'read';
    case 'list':
      return 'list';
    case 'write':
    case 'edit':
      return 'edit';
    case 'search':
      return call.tool ?? 'grep';
    case 'fetch':
      return 'webfetch';
    case 'search-web':
      return call.tool ?? 'websearch';
    case 'agent':
      return 'task';
    case 'skill':
      return 'skill';
    case 'mcp':
      return `${call.server}_${call.name}`;
    case 'tool':
      return call.name;
    case 'connect':
    case 'hook':
    case 'flag':
      return null;
  }
}
