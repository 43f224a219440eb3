import type { Call } from '../../call.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A tool call of Claude Code as a question names it. Tool names of 2.1.240 and 2.1.328. */
export function toolCall(tool: string, input: Readonly<Record<string, unknown>>): Call | null {
  const path = text(input['path'] ?? input['file_path'] ?? input['notebook_path']);
  switch (tool) {
    case 'Bash':
    case 'PowerShell':
      return {
        type: 'shell',
        tool,
        command: text(input['command']),
        background: input['run_in_background'] === true,
        escalated: input['dangerouslyDisableSandbox'] === true,
      };
    case 'Read':
    case 'NotebookRead':
      return { type: 'read', tool, path };
    case 'LS':
      return { type: 'list', tool, path };
    case 'Write':
      return { type: 'write', tool, path };
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
      return { type: 'edit', tool, path };
    case 'Grep':
    case 'Glob':
      return { type: 'search', tool, pattern: text(input['pattern']), ...(path === '' ? {} : { path }) };
    case 'WebFetch':
      return { type: 'fetch', tool, url: text(input['url']) };
    case 'WebSearch':
      return { type: 'search-web', tool, query: text(input['query']) };
    case 'Agent':
    case 'Task':
      return { type: 'agent', tool: 'Agent', name: text(input['name'] ?? input['subagent_type']) };
    case 'Skill':
      return { type: 'skill', tool, name: text(input['name'] ?? input['skill']) };
  }
  const mcp = /^mcp__(.+?)__(.+)$/.exec(tool);
  if (mcp !== null) return { type: 'mcp', tool, server: mcp[1] ?? '', name: mcp[2] ?? '', arguments: input };
  return tool === '' ? null : { type: 'tool', tool, name: tool, input };
}
