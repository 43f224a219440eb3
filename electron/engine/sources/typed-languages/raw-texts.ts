/** Text of a raw string of C# (`"""`) or a text block of Java: without quotes, first line break and common indentation. */
export function dedented(source: string): string {
  const quotes = /^\$*("{3,})/.exec(source);
  const open = quotes?.[0].length ?? 1;
  const close = quotes?.[1]?.length ?? 1;
  const inner = source.slice(open, Math.max(open, source.length - close));
  if (!inner.includes('\n')) return inner;
  const lines = inner.replace(/^[ \t]*\r?\n/, '').split(/\r?\n/);
  if (/^\s*$/.test(lines.at(-1) ?? 'x')) {
    const last = lines.pop() ?? '';
    const indentation = /^\s*/.exec(last)?.[0].length ?? 0;
    const common = Math.min(
      indentation,
      ...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)),
    );
    return lines.map((line) => line.slice(common)).join('\n');
  }
  const common = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(Number.isFinite(common) ? common : 0)).join('\n');
}
