import type { Action } from './action.ts';

/** What the first character of the text asks for. */
export type PaletteMode = 'everything' | 'commands' | 'agents' | 'paths' | 'findings' | 'call';

/** A call as people type it on the ask screen: `run: terraform destroy`. */
const call = /^\s*(run|read|write|edit|delete|list|fetch|mcp|agent|skill):\s*\S/;

export function readPaletteText(text: string): { readonly mode: PaletteMode; readonly query: string } {
  const rest = text.slice(1).trim();
  if (call.test(text)) return { mode: 'call', query: text.trim() };
  switch (text.charAt(0)) {
    case '>':
      return { mode: 'commands', query: rest };
    case '@':
      return { mode: 'agents', query: rest };
    case '#':
      return { mode: 'findings', query: rest };
    case '/':
      return { mode: 'paths', query: rest };
    default:
      return { mode: 'everything', query: text.trim() };
  }
}

/** `score` higher is better; `at` are the places of the letters that matched, for marking them. */
export type FuzzyMatch = { readonly score: number; readonly at: readonly number[] };

const startsWord = (text: string, index: number): boolean => index === 0 || /[\s/_.:@-]/.test(text.charAt(index - 1));

/**
 * All letters of the query in this order. Letters that follow each other and letters that start a word count more, so
 * that "oi" finds "Open inventory" before "Notification".
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const wanted = query.trim().toLowerCase();
  const inText = text.toLowerCase();
  const whole = inText.indexOf(wanted);
  if (whole >= 0) {
    const at = Array.from({ length: wanted.length }, (_, offset) => whole + offset);
    return { score: 1000 - whole + (startsWord(inText, whole) ? 500 : 0) - text.length / 100, at };
  }
  const letters = [...wanted.replaceAll(/\s+/g, '')];
  const at = placesOf(letters, inText, true) ?? placesOf(letters, inText, false);
  if (at === null) return null;
  let score = -text.length / 100;
  for (const [order, index] of at.entries())
    score += startsWord(inText, index) ? 12 : index === (at[order - 1] ?? -2) + 1 ? 8 : 1;
  return { score, at };
}

/** Where the letters stand; null when they do not. Preferring word starts may use up letters that later ones need. */
function placesOf(letters: readonly string[], text: string, preferWordStarts: boolean): readonly number[] | null {
  const at: number[] = [];
  for (const letter of letters) {
    const follows = (at.at(-1) ?? -2) + 1;
    let index = text.indexOf(letter, Math.max(0, follows));
    if (index < 0) return null;
    if (preferWordStarts && index !== follows) {
      for (let next = index; next >= 0; next = text.indexOf(letter, next + 1)) {
        if (!startsWord(text, next)) continue;
        index = next;
        break;
      }
    }
    at.push(index);
  }
  return at;
}

export type RankedAction = { readonly action: Action; readonly at: readonly number[] };

/** Actions for the palette: recent ones first while nothing is typed, best match first after that. */
export function rankActions(
  actions: readonly Action[],
  query: string,
  recent: readonly string[],
): readonly RankedAction[] {
  if (query === '') {
    const rank = (action: Action): number => {
      const index = recent.indexOf(action.id);
      return index < 0 ? recent.length : index;
    };
    return actions.toSorted((first, second) => rank(first) - rank(second)).map((action) => ({ action, at: [] }));
  }
  return actions
    .flatMap((action) => {
      const title = fuzzyMatch(query, action.title);
      const words = action.words === undefined ? null : fuzzyMatch(query, action.words);
      if (title === null && words === null) return [];
      return [
        { action, at: title?.at ?? [], score: Math.max(title?.score ?? -Infinity, (words?.score ?? -Infinity) - 200) },
      ];
    })
    .sort((first, second) => second.score - first.score);
}
