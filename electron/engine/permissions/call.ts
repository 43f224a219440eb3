/**
 * One concrete call. `tool` names the host's own tool where the question did (`Bash`, `run_shell_command`); a call that
 * a person typed has none and is mapped by the evaluator to the tool that its host would use.
 */
export type Call =
  | (Named & {
      readonly type: 'shell';
      readonly command: string;
      readonly workingDirectory?: string;
      readonly background?: boolean;
      readonly escalated?: boolean;
    })
  | (Named & { readonly type: 'read' | 'write' | 'edit' | 'delete' | 'list'; readonly path: string })
  | (Named & { readonly type: 'search'; readonly pattern: string; readonly path?: string })
  | (Named & { readonly type: 'fetch'; readonly url: string })
  | (Named & { readonly type: 'search-web'; readonly query: string })
  | (Named & {
      readonly type: 'mcp';
      readonly server: string;
      readonly name: string;
      readonly arguments?: Readonly<Record<string, unknown>>;
      readonly hints?: ToolHints;
    })
  | (Named & { readonly type: 'agent'; readonly name: string })
  | (Named & { readonly type: 'skill'; readonly name: string })
  | (Named & { readonly type: 'code'; readonly language: string; readonly text: string })
  /** A tool of the host that is none of the above. */
  | (Named & { readonly type: 'tool'; readonly name: string; readonly input: Readonly<Record<string, unknown>> })
  /** What the host itself does: connect a server, run a hook, accept a flag. */
  | (Named & { readonly type: 'connect'; readonly server: string })
  | (Named & { readonly type: 'hook'; readonly name: string })
  | (Named & { readonly type: 'flag'; readonly flag: string });

type Named = { readonly tool?: string };
export type CallType = Call['type'];

/** Annotations that a server gives its tool: hints from the server, untrusted. */
export type ToolHints = { readonly readOnly?: boolean; readonly destructive?: boolean; readonly openWorld?: boolean };

export type ParsedCall = { readonly ok: true; readonly call: Call } | { readonly ok: false; readonly message: string };

const forms =
  'run: COMMAND, read: PATH, write: PATH, edit: PATH, delete: PATH, fetch: URL, mcp: SERVER/TOOL key=value, agent: NAME, skill: NAME';

/** A call as a person types it: `run: terraform destroy`, `mcp: github/create_issue title=...`. */
export function parseCall(text: string): ParsedCall {
  const match = /^\s*([a-z]+)\s*:\s*([\s\S]*)$/.exec(text);
  const rest = match?.[2]?.trimEnd() ?? '';
  if (match === null || rest === '') return { ok: false, message: `not a call: write one of ${forms}` };
  switch (match[1]) {
    case 'run':
      return { ok: true, call: { type: 'shell', command: rest } };
    case 'read':
    case 'write':
    case 'edit':
    case 'delete':
    case 'list':
      return { ok: true, call: { type: match[1], path: rest } };
    case 'fetch':
      return { ok: true, call: { type: 'fetch', url: rest } };
    case 'mcp':
      return parseMcp(rest);
    case 'agent':
      return { ok: true, call: { type: 'agent', name: rest } };
    case 'skill':
      return { ok: true, call: { type: 'skill', name: rest } };
    default:
      return { ok: false, message: `"${match[1]}:" is not a kind of call: write one of ${forms}` };
  }
}

function parseMcp(rest: string): ParsedCall {
  const match = /^([^\s/]+)\/(\S+)((?:\s[\s\S]*)?)$/.exec(rest);
  if (match === null) return { ok: false, message: 'write mcp: SERVER/TOOL key=value ...' };
  const values = new Map<string, string>();
  for (const pair of (match[3] ?? '').matchAll(/([\w.-]+)=(?:"([^"]*)"|'([^']*)'|(\S*))/g))
    values.set(pair[1] ?? '', pair[2] ?? pair[3] ?? pair[4] ?? '');
  return {
    ok: true,
    call: { type: 'mcp', server: match[1] ?? '', name: match[2] ?? '', arguments: Object.fromEntries(values) },
  };
}
