/** Organisation control of MCP servers. Claude Code documentation: managed-mcp (2026-08-22). */
export type PolicyEntry = {
  readonly list: string;
  readonly by: string;
  readonly value: string | readonly string[] | null;
  readonly scope: string;
};
export type PolicySubject = {
  readonly name: string;
  readonly transport: string;
  readonly command: string | null;
  readonly args: readonly string[];
  readonly url: string | null;
};
export type PolicyVerdict = { readonly decidedBy: string; readonly why: string } | null;

/** Null = nothing blocks the server. `managedOnly`: allow lists of other files do not count, deny lists still do. */
export function judgeByPolicy(
  server: PolicySubject,
  entries: readonly PolicyEntry[],
  managedOnly: boolean,
): PolicyVerdict {
  const denied = entries.find((entry) => entry.list === 'deniedMcpServers' && matches(server, entry));
  if (denied !== undefined) {
    return {
      decidedBy: `${denied.scope} deniedMcpServers ${denied.by}`,
      why: 'deny lists of all files count and always win',
    };
  }
  const allow = entries.filter(
    (entry) => entry.list === 'allowedMcpServers' && (!managedOnly || entry.scope === 'managed'),
  );
  if (allow.length === 0) return null;
  const decidedBy = `${managedOnly ? 'managed ' : ''}allowedMcpServers`;
  const remote = server.transport !== 'stdio';
  const decisive = remote ? 'serverUrl' : 'serverCommand';
  const strict = allow.some((entry) => entry.by === decisive);
  const counted = strict
    ? allow.filter((entry) => entry.by === decisive)
    : allow.filter((entry) => entry.by === 'serverName');
  if (counted.some((entry) => matches(server, entry))) return null;
  const named = allow.some((entry) => entry.by === 'serverName' && matches(server, entry));
  if (strict && named)
    return { decidedBy, why: `a serverName match does not admit the server once any ${decisive} entry exists` };
  return { decidedBy, why: 'no entry of the allow list matches' };
}

function matches(server: PolicySubject, entry: PolicyEntry): boolean {
  switch (entry.by) {
    case 'serverName':
      return entry.value === server.name;
    case 'serverUrl':
      return (
        typeof entry.value === 'string' &&
        server.url !== null &&
        server.url !== '' &&
        matchesUrl(server.url, entry.value)
      );
    case 'serverCommand': {
      const words = typeof entry.value === 'string' ? [entry.value] : (entry.value ?? []);
      const argv = server.command === null ? [] : [server.command, ...server.args];
      return words.length > 0 && words.length === argv.length && words.every((word, index) => word === argv[index]);
    }
    default:
      return false;
  }
}

/** `*` stands for anything; scheme and host compare without case; a pattern without a path means any path. */
export function matchesUrl(url: string, pattern: string): boolean {
  const [patternHead, patternPath] = splitUrl(pattern);
  const [head, path] = splitUrl(url);
  if (!matchesGlob(head.toLowerCase(), patternHead.toLowerCase())) return false;
  return patternPath === '' || matchesGlob(path === '' ? '/' : path, patternPath);
}

function splitUrl(text: string): readonly [string, string] {
  const scheme = text.indexOf('://');
  const slash = text.indexOf('/', scheme === -1 ? 0 : scheme + 3);
  return slash === -1 ? [text, ''] : [text.slice(0, slash), text.slice(slash)];
}

/** Glob with `*` only, in linear memory and without backtracking beyond the last star. */
export function matchesGlob(text: string, pattern: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (inPattern < pattern.length && pattern[inPattern] === '*') {
      star = inPattern++;
      resume = at;
    } else if (inPattern < pattern.length && pattern[inPattern] === text[at]) {
      at++;
      inPattern++;
    } else if (star !== -1) {
      inPattern = star + 1;
      at = ++resume;
    } else return false;
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}
