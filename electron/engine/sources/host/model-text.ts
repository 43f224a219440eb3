import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { excerpt, hiddenCharacters, steering } from '../mcp/tool-text.ts';

/** What of one text is looked at: more is a book, not an instruction. */
const longestText = 512 * 1024;
const longestComment = 4000;
const longestLine = 4000;
const mostFound = 20;

/**
 * What stands out in a text that a model reads, each with its line: characters nobody sees (`hiddenCharacters`), words to
 * the model that a reader of the rendered page does not see (`hiddenInstructions`), and promises that only the text makes
 * (`claims`). Absent where there is none. `firstLine` is the line of the file that the text begins at.
 */
export function modelTextFacts(text: string, firstLine: number): Properties {
  const looked = text.slice(0, longestText);
  const characters = charactersOf(looked, firstLine);
  const comments = commentsOf(looked, firstLine);
  const claims = claimsOf(looked, firstLine);
  return {
    ...(characters.length === 0 ? {} : { hiddenCharacters: characters }),
    ...(comments.length === 0 ? {} : { hiddenInstructions: comments }),
    ...(claims.length === 0 ? {} : { claims }),
  };
}

const unseen =
  /[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]|[\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060-\u2064\ufeff]/u;
/** Scripts that are written with joiners and direction marks. */
const joinedScripts = /[\u0590-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]/;

function charactersOf(text: string, firstLine: number): readonly JsonValue[] {
  if (!unseen.test(text)) return [];
  const found = new Map<string, { what: string; count: number; line: number; text: string }>();
  for (const [index, line] of text.split('\n').entries()) {
    if (!unseen.test(line)) continue;
    for (const { codePoint, what, count, text: spelled } of hiddenCharacters('', line)) {
      // Emoji are written with the first sixteen selectors; the others carry data.
      if (/^U\+FE0[0-9A-F]$/.test(codePoint) || what === 'control character') continue;
      if (/^U\+20(?:0[CDEF]|2A|2B|2C|6[6789])$/.test(codePoint) && joinedScripts.test(line)) continue;
      // A mark at the very beginning is left from a file that was put together of several.
      if (codePoint === 'U+FEFF' && line.startsWith('\ufeff') && count === 1) continue;
      const known = found.get(codePoint);
      if (known === undefined) found.set(codePoint, { what, count, line: firstLine + index, text: spelled });
      else known.count += count;
    }
  }
  return [...found].slice(0, mostFound).map(([codePoint, rest]) => ({ codePoint, ...rest }));
}

const addressed =
  /\b(?:assistants?|ai|llms?|(?:language )?models?|agents?|claude|copilot|chatgpt|gpt|gemini|codex|cursor)\b/i;
const ordered =
  /\b(?:when(?:ever)? you|you (?:must|should|will|have to)|ignore|always|never|also|instead|do not|don't|please)\b/i;
const sends =
  /\b(?:send|forward|post|upload|e-?mail|transmit|exfiltrate|copy|submit)\b[^.\n]{0,100}\b(?:to|via|with|using)\b|\b(?:curl|wget|nc)\s/i;
const quiet =
  /\b(?:do not|don't|never|without)\s(?:[a-z]{1,12}\s){0,3}(?:mention|tell|telling|mentioning|inform|reveal|show|disclose)/i;

/** Comments of Markdown and HTML: a page that is shown leaves them out, a model reads them. */
function commentsOf(text: string, firstLine: number): readonly JsonValue[] {
  const found: JsonValue[] = [];
  let from = 0;
  let line = firstLine;
  let counted = 0;
  while (found.length < mostFound) {
    const open = text.indexOf('<!--', from);
    if (open === -1) break;
    const close = text.indexOf('-->', open + 4);
    const body = text.slice(open + 4, Math.min(close === -1 ? text.length : close, open + longestComment));
    from = close === -1 ? text.length : close + 3;
    const what = whatOf(body);
    if (what === null) continue;
    for (; counted < open; counted++) if (text.charCodeAt(counted) === 10) line += 1;
    found.push({ what, line, text: excerpt(body) });
  }
  return found;
}

/** `sends` and `hides` say what the comment is for; `addresses-model` may be a note of a maintainer. */
function whatOf(comment: string): 'sends' | 'hides' | 'overrides' | 'addresses-model' | null {
  const kinds = new Set(steering('', comment).map(({ what }) => what));
  const toModel = addressed.test(comment) && ordered.test(comment);
  if (toModel && sends.test(comment)) return 'sends';
  if (toModel && quiet.test(comment)) return 'hides';
  if (kinds.has('overrides-instructions') || (toModel && kinds.has('asks-for-files-or-secrets'))) return 'overrides';
  return toModel ? 'addresses-model' : null;
}

const forbids = /\b(?:never|do not|don't|must not|may not|not allowed to|cannot|no agent may)\b/i;
const asks =
  /\b(?:always|first)\s(?:[a-z]{1,12}\s){0,2}ask\b|\bask\s(?:a|an|the)\s[a-z]{2,20}(?:\s[a-z]{2,20}){0,2}\s(?:before|for)\b|\b(?:only|not)\s(?:[a-z]{1,12}\s){0,4}(?:approval|permission|confirmation)\b|\b(?:human|person|maintainer|reviewer)s?\s(?:must|has to|have to)\s(?:approve|confirm)/i;

/** Sentences that promise a limit or a question. Whether anything keeps them is for a rule to find out. */
function claimsOf(text: string, firstLine: number): readonly JsonValue[] {
  const found: JsonValue[] = [];
  let fenced = false;
  for (const [index, whole] of text.split('\n').entries()) {
    if (/^\s{0,3}(?:```|~~~)/.test(whole)) fenced = !fenced;
    if (fenced || found.length >= mostFound) continue;
    for (const sentence of whole.slice(0, longestLine).split(/(?<=[.!?;])\s+/)) {
      const kind = asks.test(sentence) ? 'asks' : forbids.test(sentence) ? 'forbids' : null;
      if (kind !== null && found.length < mostFound)
        found.push({ kind, line: firstLine + index, text: excerpt(sentence.replace(/^[\s>*+-]+/, '')) });
    }
  }
  return found;
}
