import type { HiddenCharacter, Steering, SteeringKind } from '../../../../shared/model/tool-lists.ts';
import { maskText } from '../parse/secrets.ts';

/** What of one text is looked at; descriptions that are longer say so by their length. */
export const longestLookedAt = 16_384;
const longestExcerpt = 160;
const mostFound = 20;

const kinds: readonly (readonly [RegExp, string])[] = [
  [/[\u{e0000}-\u{e007f}]/u, 'tag characters'],
  [/[\u202a-\u202e\u2066-\u2069]/, 'turns the direction of text'],
  [/[\u200b-\u200f\u2060-\u2064\ufeff]/, 'no width'],
  [/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u, 'variation selector'],
  [/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/, 'control character'],
];
const hidden =
  /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}\u{e0000}-\u{e007f}\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060-\u2064\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/gu;

/** Invisible and control characters of a text, by code point. A variation selector after a sign of its own is how emoji are written. */
export function hiddenCharacters(where: string, text: string): readonly HiddenCharacter[] {
  const found = new Map<string, { what: string; count: number; text: string }>();
  for (const match of text.slice(0, longestLookedAt).matchAll(hidden)) {
    const character = match[0];
    const point = character.codePointAt(0) ?? 0;
    const before = text.codePointAt(Math.max(0, match.index - 1)) ?? 0;
    if ((point === 0xfe0f || point === 0xfe0e || point === 0x200d) && before > 0x2000) continue;
    const what = kinds.find(([pattern]) => pattern.test(character))?.[1] ?? 'invisible';
    // Tag characters spell a text that only a model reads: told as that text, once.
    const isTag = point >= 0xe0000 && point <= 0xe007f;
    const key = isTag ? 'U+E0000-E007F' : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
    const known = found.get(key) ?? { what, count: 0, text: '' };
    known.count++;
    if (isTag && point >= 0xe0020 && point < 0xe007f && known.text.length < longestExcerpt)
      known.text += String.fromCharCode(point - 0xe0000);
    found.set(key, known);
  }
  return [...found]
    .slice(0, mostFound)
    .map(([codePoint, { what, count, text: spelled }]) => ({ where, codePoint, what, count, text: maskText(spelled) }));
}

/** Linear shapes only: bounded gaps, and at most one of them between two words that both have to stand there. */
const patterns: readonly { readonly what: SteeringKind; readonly pattern: RegExp }[] = [
  {
    what: 'overrides-instructions',
    pattern:
      /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:instructions?|prompts?|rules|guidelines|polic(?:y|ies)|restrictions?)\b/gi,
  },
  {
    what: 'hides-from-user',
    pattern:
      /\b(?:do not|don't|never|without|must not|avoid)\s(?:[a-z]{1,12}\s){0,3}(?:tell|telling|inform|informing|mention|mentioning|notify|notifying|show|showing|reveal|revealing|asking|alerting|disclose)\b[^.\n]{0,30}\b(?:user|users|human|anyone|person|them)\b|\b(?:silently|secretly|covertly)\b/gi,
  },
  {
    what: 'markup-for-the-model',
    pattern:
      /<\/?(?:important|system|instructions?|secret|hidden|assistant|admin|critical|thinking|tool_call|function_calls?)\b[^<>]{0,40}>|<!--|\[(?:INST|SYSTEM)\]|<\|[a-z_]{1,20}\|>/gi,
  },
  {
    what: 'orders-other-tools',
    pattern:
      /\b(?:before|after|prior to|instead of|whenever)\b[^.\n]{0,40}\b(?:using|calling|invoking|use|call|invoke|run)\b[^.\n]{0,30}\b(?:tools?|functions?)\b|\b(?:any|every|all|other)\s(?:other\s)?tools?\b[^.\n]{0,20}\b(?:must|should|call|calls)\b/gi,
  },
  {
    what: 'asks-for-files-or-secrets',
    pattern:
      /~\/\.(?:ssh|aws|cursor|claude|config|kube|gnupg|codex)\b|\bid_(?:rsa|ed25519)\b|\b(?:read|include|pass|send|attach|provide|paste|put)\b[^.\n]{0,40}\b(?:conversation history|chat history|system prompt|api keys?|private keys?|passwords?|\.env|mcp\.json|credentials? file|environment variables)\b/gi,
  },
  {
    what: 'commands-the-model',
    pattern:
      /\b(?:you (?:must|have to|are required to|shall)|(?:the |an? )?(?:assistant|model|llm|ai|agent) (?:must|should|has to|shall)|as an ai)\b|\balways (?:call|use|invoke|run|include|pass|send|append|respond)\b/gi,
  },
  { what: 'text-out-of-sight', pattern: /[ \t\u00a0]{60,200}\S|\n{20,60}\S/g },
];

/** Where a text speaks to the model instead of describing: each kind with the first places, as they stand. No judgement. */
export function steering(where: string, text: string): readonly Steering[] {
  const looked = text.slice(0, longestLookedAt);
  const found: Steering[] = [];
  for (const { what, pattern } of patterns) {
    let count = 0;
    for (const match of looked.matchAll(pattern)) {
      if (++count > 2 || found.length >= mostFound) break;
      const from = Math.max(0, match.index - 20);
      found.push({ where, what, text: excerpt(looked.slice(from, from + longestExcerpt * 2)) });
    }
  }
  return found;
}

/** One line, nothing invisible, nothing secret. */
export const excerpt = (text: string, longest = longestExcerpt): string =>
  [
    ...maskText(
      text
        .replace(hidden, (character) => {
          const point = character.codePointAt(0) ?? 0;
          return `<U+${point.toString(16).toUpperCase().padStart(4, '0')}>`;
        })
        .replace(/\s+/g, ' ')
        .trim(),
    ),
  ]
    .slice(0, longest)
    .join('')
    .toWellFormed();
