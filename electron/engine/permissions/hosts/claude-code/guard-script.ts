/**
 * Reads a hook's script without running it, for the one shape that guards commonly have: a literal regular expression is
 * searched in the command, and the block below ends with exit code 2. Whatever else a script does stays unknown.
 */
export type Guard = { readonly pattern: RegExp; readonly text: string; readonly line: number };

const maxLines = 2000;

export function guardsOf(script: string): readonly Guard[] {
  const lines = script.split('\n').slice(0, maxLines);
  return lines.flatMap((line, index) => {
    const text = patternOf(line);
    if (text === null || !endsWithTwo(lines, index)) return [];
    const pattern = compile(text);
    return pattern === null ? [] : [{ pattern, text, line: index + 1 }];
  });
}

/** Python `re.search(r"...", command)`, shell `grep -qE '...'` and `[[ $command =~ ... ]]`. */
function patternOf(line: string): string | null {
  if (!/^\s*(?:if|elif)\b/.test(line) || /\bnot\s+re\.|!\s/.test(line)) return null;
  const python =
    /\bre\.(?:search|match)\(\s*r?(?:"([^"\\]*(?:\\.[^"\\]*)*)"|'([^'\\]*(?:\\.[^'\\]*)*)')\s*,\s*\w*(?:command|cmd)\w*/.exec(
      line,
    );
  if (python !== null) return (line.includes('re.match(') ? '^' : '') + (python[1] ?? python[2] ?? '');
  const grep = /\|\s*grep\s+-\w*q\w*E?\w*\s+(?:--?\w+\s+)*(?:'([^']*)'|"([^"$`]*)")/.exec(line);
  if (grep !== null && /-\w*E/.test(line)) return grep[1] ?? grep[2] ?? null;
  const test = /\[\[\s+"?\$\{?\w*(?:command|cmd|CMD|COMMAND)\w*\}?"?\s+=~\s+(\S+)\s+\]\]/.exec(line);
  return test?.[1] ?? null;
}

/** Whether the block that this line opens ends the script with 2. */
function endsWithTwo(lines: readonly string[], from: number): boolean {
  const own = indentOf(lines[from] ?? '');
  for (let at = from + 1; at < Math.min(lines.length, from + 30); at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '') continue;
    if (/^\s*(?:sys\.exit\(2\)|exit\(2\)|exit 2)\s*;?\s*$/.test(line)) return indentOf(line) > own;
    if (indentOf(line) <= own || /^\s*(?:elif|else|fi|if)\b/.test(line)) return false;
  }
  return false;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** Null for what JavaScript cannot compile alike, or what could take long. */
function compile(text: string): RegExp | null {
  if (text.length > 500 || /\(\?P|\(\?[aiLmsux]|\[:\w+:\]|\([^)]*[*+][^)]*\)[*+{]/.test(text)) return null;
  try {
    return new RegExp(text);
  } catch {
    return null;
  }
}
