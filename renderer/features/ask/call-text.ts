/** Calls as people type them. The engine has the last word on what a call means; here is what helps while typing. */

export type CallForm = {
  readonly prefix: string;
  readonly what: string;
  readonly example: string;
};

export const callForms: readonly CallForm[] = [
  { prefix: 'run', what: 'a command of the shell', example: 'run: terraform destroy' },
  { prefix: 'read', what: 'read a file', example: 'read: ~/.ssh/id_ed25519' },
  { prefix: 'write', what: 'write a whole file', example: 'write: ~/.ssh/config' },
  { prefix: 'edit', what: 'change a file', example: 'edit: .claude/settings.json' },
  { prefix: 'delete', what: 'delete a file', example: 'delete: migrations/0001.sql' },
  { prefix: 'list', what: 'list a folder', example: 'list: ~/.aws' },
  { prefix: 'fetch', what: 'request a web address', example: 'fetch: https://unlisted.example/' },
  {
    prefix: 'mcp',
    what: 'a tool of an MCP server, with arguments',
    example: 'mcp: github/create_issue title="Hello" repo=shop',
  },
  { prefix: 'agent', what: 'start a sub-agent', example: 'agent: release-helper' },
  { prefix: 'skill', what: 'use a skill', example: 'skill: deploy' },
];

export type CallReading =
  | { readonly state: 'empty' }
  | { readonly state: 'ok' }
  /** The beginning of a call: more has to be typed. */
  | { readonly state: 'unfinished'; readonly message: string }
  /** `suggestion` is the same text as a call, where it can be guessed. */
  | { readonly state: 'wrong'; readonly message: string; readonly suggestion: string | null };

/** Says in words what is missing from a call. */
export function readCall(text: string): CallReading {
  const typed = text.trim();
  if (typed === '') return { state: 'empty' };
  const match = /^([a-z]+)\s*:(?!\/\/)\s*([\s\S]*)$/i.exec(typed);
  if (match === null) {
    const beginning = callForms.find(({ prefix }) => prefix.startsWith(typed));
    if (beginning !== undefined)
      return { state: 'unfinished', message: `${beginning.prefix}: ${beginning.what}, such as ${beginning.example}` };
    return {
      state: 'wrong',
      message: 'Begin with what the agent would do: run, read, write, edit, delete, fetch, mcp, agent or skill.',
      suggestion: guessCall(typed),
    };
  }
  const prefix = match[1] ?? '';
  const rest = match[2]?.trim() ?? '';
  const form = callForms.find((one) => one.prefix === prefix.toLowerCase());
  if (form === undefined)
    return {
      state: 'wrong',
      message: `"${prefix}:" is not a kind of call. There are ${callForms.map((one) => one.prefix).join(', ')}.`,
      suggestion: null,
    };
  if (prefix !== form.prefix)
    return { state: 'wrong', message: 'The kind of call is written small.', suggestion: `${form.prefix}: ${rest}` };
  if (rest === '') return { state: 'unfinished', message: `${form.prefix}: ${form.what}, such as ${form.example}` };
  if (form.prefix === 'mcp' && !/^[^\s/]+\/\S+/.test(rest))
    return {
      state: /^[^\s/]+\/?$/.test(rest) ? 'unfinished' : 'wrong',
      message: `A tool of a server is written SERVER/TOOL key=value, such as ${form.example}`,
      suggestion: null,
    };
  return { state: 'ok' };
}

/** What somebody probably means who typed no kind of call. */
function guessCall(typed: string): string | null {
  if (/^https?:\/\//i.test(typed)) return `fetch: ${typed}`;
  if (/^(~|\.{0,2})\/\S+$/.test(typed)) return `read: ${typed}`;
  return /^[\w./-]+(\s|$)/.test(typed) ? `run: ${typed}` : null;
}

/** Calls that fit what is typed so far, for completing it: forms first, then what was asked before. */
export function completions(text: string, asked: readonly string[]): readonly string[] {
  const typed = text.trimStart().toLowerCase();
  const fits = (call: string): boolean => call !== text && call.toLowerCase().startsWith(typed);
  return [...new Set([...asked.filter(fits), ...callForms.map((form) => form.example).filter(fits)])].slice(0, 10);
}
