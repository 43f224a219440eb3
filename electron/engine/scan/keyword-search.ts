/** Whether one of the keywords stands anywhere in these bytes. */
export type KeywordSearch = (bytes: Uint8Array) => boolean;

/**
 * Looks for many keywords in one pass (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994): a window as
 * long as the shortest keyword moves by what its last two bytes allow, mostly by nearly its whole length, so that more
 * keywords cost no more time. One short keyword makes all of it slower: what is shorter than four bytes is looked for by
 * itself.
 */
export function createKeywordSearch(keywords: readonly string[]): KeywordSearch {
  const given = [...new Set(keywords)].filter((word) => word !== '');
  // Where `crewai` is looked for, `crewai_tools` is found.
  const words = given
    .filter((word) => !given.some((other) => other !== word && word.includes(other)))
    .map((word) => Buffer.from(word));
  const short = words.filter((word) => word.length < shortest);
  const long = words.filter((word) => word.length >= shortest);
  const search = long.length === 0 ? null : searchMany(long);
  return (bytes) => {
    if (search?.(bytes) === true) return true;
    if (short.length === 0) return false;
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return short.some((word) => buffer.includes(word));
  };
}

/**
 * Whether a file with this name holds a keyword of a source that reads such files. Only those count: what nearly every
 * file of one language holds must not make files of another one worth reading.
 */
export function createCodeSearch(
  sources: readonly { readonly extensions: readonly string[]; readonly keywords: readonly string[] }[],
): (name: string, bytes: Uint8Array) => boolean {
  const searches = new Map<string, KeywordSearch>();
  for (const ending of new Set(sources.flatMap(({ extensions }) => extensions))) {
    const words = sources.filter(({ extensions }) => extensions.includes(ending)).flatMap(({ keywords }) => keywords);
    searches.set(ending, createKeywordSearch(words));
  }
  const endings = [...searches];
  return (name, bytes) => endings.some(([ending, search]) => name.endsWith(ending) && search(bytes));
}

const shortest = 4;

function searchMany(words: readonly Buffer[]): KeywordSearch {
  const window = Math.min(...words.map((word) => word.length), 255);
  // By two bytes: how far the window may move when it ends with them, and the keywords whose beginning does.
  const moves = new Uint8Array(0x10000).fill(window - 1);
  const endings = new Map<number, Buffer[]>();
  // Pairs of bytes that a keyword begins with: most windows that end like one do not begin like one.
  const beginnings = new Uint8Array(0x10000);
  for (const word of words) {
    beginnings[((word[0] ?? 0) << 8) | (word[1] ?? 0)] = 1;
    for (let end = 1; end < window; end += 1) {
      const pair = ((word[end - 1] ?? 0) << 8) | (word[end] ?? 0);
      moves[pair] = Math.min(moves[pair] ?? 0, window - 1 - end);
      if (end === window - 1) endings.set(pair, [...(endings.get(pair) ?? []), word]);
    }
  }
  return (bytes) => {
    const { length } = bytes;
    let at = window - 1;
    while (at < length) {
      const pair = ((bytes[at - 1] as number) << 8) | (bytes[at] as number);
      const move = moves[pair] as number;
      if (move > 0) at += move;
      else {
        const start = at - window + 1;
        if (beginnings[((bytes[start] as number) << 8) | (bytes[start + 1] as number)] === 1)
          for (const word of endings.get(pair) ?? []) if (standsAt(word, bytes, start)) return true;
        at += 1;
      }
    }
    return false;
  };
}

function standsAt(word: Buffer, bytes: Uint8Array, start: number): boolean {
  if (start + word.length > bytes.length) return false;
  for (let index = 0; index < word.length; index += 1) if (bytes[start + index] !== word[index]) return false;
  return true;
}
