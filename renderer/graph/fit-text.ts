/** Shortens text to a width with an ellipsis at the end, and remembers the answer: measuring is what costs. */
export type TextFitter = { fit(text: string, font: string, width: number): string };

const keptTexts = 20_000;

export function createTextFitter(measure: (text: string, font: string) => number): TextFitter {
  const known = new Map<string, string>();
  return {
    fit(text, font, width) {
      const key = `${font}|${width}|${text}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      if (known.size >= keptTexts) known.clear();
      const short = shorten(text, (part) => measure(part, font) <= width);
      known.set(key, short);
      return short;
    },
  };
}

/** The longest start of the text that fits with an ellipsis, found by halving; cuts between whole characters. */
export function shorten(text: string, fits: (part: string) => boolean): string {
  const line = oneLine(text);
  if (fits(line)) return line;
  const characters = Array.from(line.slice(0, 400));
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(`${characters.slice(0, middle).join('')}\u2026`)) low = middle;
    else high = middle - 1;
  }
  return `${characters.slice(0, low).join('').trimEnd()}\u2026`;
}

/** Names come from scanned files: control and direction characters become visible as a space or vanish. */
export const oneLine = (text: string): string =>
  text
    .slice(0, 2_000)
    .replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .replaceAll(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim();
