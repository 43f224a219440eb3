import { isUtf8 } from 'node:buffer';

export type Decoded = { readonly text: string; readonly replacements: number; readonly binary: boolean };

/** BOM decides UTF-16, else UTF-8; bytes that are neither become U+FFFD and are counted. `binary`: NUL bytes where text has none. */
export function decodeText(bytes: Buffer): Decoded {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes.subarray(2), false);
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes.subarray(2), true);
  const start = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const body = start === 0 ? bytes : bytes.subarray(start);
  const text = body.toString('utf8');
  const binary = body.subarray(0, 8192).includes(0);
  return { text, binary, replacements: isUtf8(body) ? 0 : count(text, '\uFFFD') };
}

function utf16(bytes: Buffer, bigEndian: boolean): Decoded {
  const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
  const raw = bigEndian ? Buffer.from(even).swap16().toString('utf16le') : even.toString('utf16le');
  const text = raw.toWellFormed();
  return { text, binary: false, replacements: count(text, '\uFFFD') + (bytes.length % 2) };
}

function count(text: string, part: string): number {
  let found = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) found++;
  return found;
}
