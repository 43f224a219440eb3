/**
 * Agent hosts started by a command line: in steps of CI, in container commands, in scripts. Names and flags as in the
 * command line references of the products (2026); `all` are flags that take away every question or wall.
 */
export type AgentCommand = {
  readonly host: string;
  readonly title: string;
  /** The words of the command, at most 200 characters of them, are for the caller to mask. */
  readonly text: string;
  /** Line within the text that was searched, 0-based. */
  readonly line: number;
  readonly mode: string | null;
  readonly dangerous: readonly string[];
  readonly model: string | null;
  readonly allowedTools: readonly string[];
  readonly mcpConfig: readonly string[];
  readonly maxTurns: string | null;
};

type Known = {
  readonly host: string;
  readonly title: string;
  readonly programs: readonly string[];
  /** Words of which one has to follow: `codex exec`; null where the program alone is enough. */
  readonly words: RegExp | null;
};

const known: readonly Known[] = [
  {
    host: 'claude-code',
    title: 'Claude Code',
    programs: ['claude', 'claude-code', '@anthropic-ai/claude-code'],
    words:
      /(?:^|\s)(?:-p|--print|--dangerously-skip-permissions|--allowed-?[tT]ools|--permission-mode|--model|--mcp-config)(?:\s|=|$)/,
  },
  {
    host: 'codex',
    title: 'Codex CLI',
    programs: ['codex', '@openai/codex'],
    words:
      /(?:^|\s)(?:exec|e|review|--full-auto|--dangerously-bypass-approvals-and-sandbox|--yolo|-a|--ask-for-approval)(?:\s|=|$)/,
  },
  {
    host: 'gemini-cli',
    title: 'Gemini CLI',
    programs: ['gemini', '@google/gemini-cli'],
    words: /(?:^|\s)(?:-p|--prompt|-y|--yolo|--approval-mode|-m|--model)(?:\s|=|$)|\|/,
  },
  {
    host: 'copilot-cli',
    title: 'GitHub Copilot CLI',
    programs: ['copilot', '@github/copilot'],
    words: /(?:^|\s)(?:-p|--prompt|--allow-all-tools|--allow-all|--yolo|--allow-tool)(?:\s|=|$)/,
  },
  { host: 'cursor', title: 'Cursor Agent', programs: ['cursor-agent'], words: null },
  {
    host: 'opencode',
    title: 'OpenCode',
    programs: ['opencode', 'opencode-ai'],
    words: /(?:^|\s)(?:run|github|serve|--prompt)(?:\s|$)/,
  },
  { host: 'goose', title: 'Goose', programs: ['goose'], words: /(?:^|\s)run(?:\s|$)/ },
  { host: 'amazon-q', title: 'Amazon Q CLI', programs: ['q', 'kiro-cli'], words: /(?:^|\s)chat(?:\s|$)/ },
  {
    host: 'amp',
    title: 'Amp',
    programs: ['amp', '@sourcegraph/amp'],
    words: /(?:^|\s)(?:-x|--execute|--dangerously-allow-all)(?:\s|$)/,
  },
  { host: 'droid', title: 'Factory Droid', programs: ['droid'], words: /(?:^|\s)exec(?:\s|$)/ },
  {
    host: 'qwen-code',
    title: 'Qwen Code',
    programs: ['qwen', '@qwen-code/qwen-code'],
    words: /(?:^|\s)(?:-p|--prompt|-y|--yolo|--approval-mode)(?:\s|=|$)/,
  },
  {
    host: 'aider',
    title: 'Aider',
    programs: ['aider', 'aider-chat'],
    words: /(?:^|\s)(?:--message|-m|--yes-always|--yes|--model|--message-file)(?:\s|=|$)/,
  },
  { host: 'crush', title: 'Crush', programs: ['crush'], words: /(?:^|\s)(?:run|-y|--yolo)(?:\s|$)/ },
  { host: 'auggie', title: 'Auggie', programs: ['auggie'], words: /(?:^|\s)(?:--print|-p|--instruction)(?:\s|$)/ },
  { host: 'cline', title: 'Cline CLI', programs: ['cline'], words: /(?:^|\s)(?:task|-y|--yolo|--oneshot|-o)(?:\s|$)/ },
];

const byProgram = new Map(known.flatMap((one) => one.programs.map((program) => [program, one] as const)));

/** Flags after which nobody is asked and nothing holds, in the spelling of the products. */
const dangerousFlags =
  /--(?:dangerously-[a-z-]+|yolo|full-auto|allow-all-tools|allow-all(?:-paths)?|skip-permissions-unsafe|trust-all-tools|yes-always|no-sandbox)\b|--auto(?=\s|$)|--(?:permission-mode|approval-mode)[= ]['"]?(?:bypassPermissions|yolo)|--sandbox[= ]['"]?danger-full-access|-s[= ]danger-full-access/g;

/** Programs that run what follows them. */
const runners = new Set([
  'npx',
  'bunx',
  'pnpx',
  'sudo',
  'timeout',
  'env',
  'exec',
  'time',
  'nohup',
  'xvfb-run',
  'uvx',
  'command',
  'unbuffer',
  'script',
]);

const longestScript = 200_000;

/** Every agent host that a shell text starts. Heredocs and comments are not told apart from commands beyond `#`. */
export function agentCommands(script: string): readonly AgentCommand[] {
  const lines = joinedLines(script.slice(0, longestScript));
  return lines.flatMap(({ text, line }) => parts(text).flatMap((part) => commandIn(part, line) ?? []));
}

/** Lines that end in a backslash go on in the next. */
function joinedLines(script: string): readonly { readonly text: string; readonly line: number }[] {
  const found: { text: string; line: number }[] = [];
  let open: { text: string; line: number } | null = null;
  for (const [line, raw] of script.split('\n').entries()) {
    const goesOn = /\\\s*$/.test(raw);
    const text = goesOn ? raw.replace(/\\\s*$/, ' ') : raw;
    if (open === null) open = { text, line };
    else open.text = `${open.text} ${text.trim()}`.slice(0, 20_000);
    if (goesOn) continue;
    if (!open.text.trimStart().startsWith('#')) found.push(open);
    open = null;
  }
  if (open !== null) found.push(open);
  return found;
}

/** Commands of a line: what pipes, `&&`, `;` and `$(` part. Quoted text is not looked into. */
function parts(text: string): readonly string[] {
  const found: string[] = [];
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '$' && text[at + 1] === '(' && quote === '"') {
        quote = '';
        start = at + 2;
      }
    } else if (char === '"' || char === "'") quote = char;
    else if (/[|;&(`]/.test(char)) {
      found.push(text.slice(start, at));
      start = at + 1;
    }
  }
  found.push(text.slice(start));
  return found;
}

function commandIn(part: string, line: number): AgentCommand | null {
  const words = part.trim().split(/\s+/);
  let at = 0;
  for (; at < words.length && at < 12; at++) {
    const word = words[at] ?? '';
    if (/^[A-Za-z_][A-Za-z0-9_]*=/.test(word) || /^[!{]$|^(?:if|then|else|do|while|until)$/.test(word)) continue;
    if (runners.has(word) || (at > 0 && runners.has(words[0] ?? '') && /^-|^\d+[smh]?$/.test(word))) continue;
    break;
  }
  const first = (words[at] ?? '').replace(/^["']|["']$/g, '');
  const scoped = first.startsWith('@')
    ? first.replace(/(?<=.)@[^/]*$/, '')
    : (first.split('/').at(-1) ?? '').replace(/(?<=.)@.*$/, '');
  const found = byProgram.get(scoped);
  if (found === undefined) return null;
  const rest = words.slice(at + 1).join(' ');
  if (found.words !== null && !found.words.test(rest)) return null;
  if (/^(?:--version|-v|--help|install|update|mcp|login|config|doctor|setup-token)\b/.test(rest)) return null;
  return {
    host: found.host,
    title: found.title,
    text: part.trim().slice(0, 200),
    line,
    ...commandFlags(rest),
  };
}

/** Flags that decide what an agent may do, in the text of a command or of `claude_args`. */
export function commandFlags(text: string): Omit<AgentCommand, 'host' | 'title' | 'text' | 'line'> {
  const dangerous = [
    ...new Set([...text.matchAll(dangerousFlags)].map((match) => match[0].replace(/['"]/g, '').trim())),
  ];
  const mode = flagValue(text, '--permission-mode') ?? flagValue(text, '--approval-mode') ?? modeOf(dangerous, text);
  const tools = [
    ...flagValues(text, '--allowedTools'),
    ...flagValues(text, '--allowed-tools'),
    ...flagValues(text, '--allow-tool'),
  ];
  return {
    mode,
    dangerous: /(?:^|\s)-y(?:\s|$)/.test(text) && dangerous.length === 0 && mode === 'yolo' ? ['-y'] : dangerous,
    model: flagValue(text, '--model') ?? flagValue(text, '-m'),
    allowedTools: tools.flatMap(toolList),
    mcpConfig: flagValues(text, '--mcp-config'),
    maxTurns: flagValue(text, '--max-turns'),
  };
}

function modeOf(dangerous: readonly string[], text: string): string | null {
  if (dangerous.includes('--yolo')) return 'yolo';
  if (dangerous.includes('--full-auto')) return 'full-auto';
  if (dangerous.some((flag) => flag.startsWith('--dangerously-skip-permissions'))) return 'bypassPermissions';
  return dangerous.length === 0 && /(?:^|\s)-y(?:\s|$)/.test(text) ? 'yolo' : null;
}

const flagValue = (text: string, flag: string): string | null => flagValues(text, flag)[0] ?? null;

function flagValues(text: string, flag: string): readonly string[] {
  const shape = new RegExp(`(?:^|\\s)${flag}(?:\\s+|=)(?:"([^"]{1,20000})"|'([^']{1,20000})'|(\\S{1,2000}))`, 'g');
  return [...text.matchAll(shape)].flatMap((match) => {
    const value = match[1] ?? match[2] ?? match[3] ?? '';
    return value === '' || value.startsWith('--') ? [] : [value];
  });
}

/** `Bash(gh pr comment:*),Read Edit`: commas and blanks part, but not within brackets. */
export function toolList(text: string): readonly string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at] ?? ',';
    if (char === '(') depth++;
    else if (char === ')') depth = Math.max(0, depth - 1);
    else if (at === text.length || (depth === 0 && /[,\s]/.test(char))) {
      const tool = text.slice(start, at).trim();
      if (tool !== '') found.push(tool);
      start = at + 1;
    }
  }
  return found;
}
