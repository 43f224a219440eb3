/** One setting of `application.properties` or `application.yml`. */
export type Setting = { readonly key: string; readonly value: string; readonly line: number };

const mostLines = 20_000;

/** Keys and plain values with their lines. Of YAML, what stands on one line behind a key; lists and blocks are left out. */
export function propertiesIn(place: string, text: string): readonly Setting[] {
  const lines = text.split(/\r?\n/, mostLines);
  if (place.endsWith('.properties'))
    return lines.flatMap((source, index) => {
      const match = /^\s*([\w.-]{1,200})\s*[=:]\s*(.*?)\s*$/.exec(source);
      return match?.[1] === undefined ? [] : [{ key: match[1], value: match[2] ?? '', line: index + 1 }];
    });
  const found: Setting[] = [];
  const above: { indent: number; key: string }[] = [];
  for (const [index, source] of lines.entries()) {
    const match = /^( *)([\w.-]{1,200}):(?:\s+(.*?))?\s*$/.exec(source);
    if (match?.[2] === undefined) continue;
    const indent = match[1]?.length ?? 0;
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    const key = [...above.map((one) => one.key), match[2]].join('.');
    const value = (match[3] ?? '').replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
    if (value === '') above.push({ indent, key: match[2] });
    else found.push({ key, value, line: index + 1 });
  }
  return found;
}
