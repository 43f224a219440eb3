import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from './decode.ts';

const plain = (text: string) => ({ text, replacements: 0, binary: false });

test('a byte order mark decides, and is no part of the text', () => {
  expect(decodeText(Buffer.from('\ufeffa\u00e9'))).toEqual(plain('aé'));
  expect(decodeText(Buffer.from('\ufeffaé😀', 'utf16le'))).toEqual(plain('aé😀'));
  expect(decodeText(Buffer.from('\ufeffaé😀', 'utf16le').swap16())).toEqual(plain('aé😀'));
  expect(decodeText(Buffer.from('a\ufeffb'))).toEqual(plain('a\ufeffb'));
  for (const bytes of [[], [0xef], [0xef, 0xbb], [0x61]])
    expect(decodeText(Buffer.from(bytes)).text.length).toBe(bytes.length === 0 ? 0 : 1);
});

test('invalid bytes are replaced and counted, a replacement character that was written is not', () => {
  expect(decodeText(Buffer.from([0x61, 0xff, 0x62, 0xc3]))).toEqual({
    text: 'a\ufffdb\ufffd',
    replacements: 2,
    binary: false,
  });
  expect(decodeText(Buffer.from('a\ufffdb'))).toEqual(plain('a\ufffdb'));
});

test('UTF-16 with an odd byte or half a pair stays text that can be stored', () => {
  expect(decodeText(Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x62]))).toEqual({
    text: 'a',
    replacements: 1,
    binary: false,
  });
  expect(decodeText(Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x61, 0x00]))).toEqual({
    text: '\ufffda',
    replacements: 1,
    binary: false,
  });
});

test('NUL bytes tell what is no text', () => {
  expect(decodeText(Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0])).binary).toBe(true);
  expect(decodeText(Buffer.from('text')).binary).toBe(false);
});

test('any text comes back, and any bytes become text that is well formed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !/^[\ufeff\ufffe]/.test(text)),
      (text) => {
        expect(decodeText(Buffer.from(text)).text).toBe(text);
        expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le')).text).toBe(text);
      },
    ),
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      (bytes) => void expect(decodeText(Buffer.from(bytes)).text.isWellFormed()).toBe(true),
    ),
  );
});
