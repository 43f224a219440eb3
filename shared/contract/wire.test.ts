import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWire, encodeWire, WireError } from './wire.ts';

const typedArray = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint32Array({ maxLength: 40 }),
  fc.int32Array({ maxLength: 40 }),
  fc.float64Array({ maxLength: 40 }),
);
const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
    typedArray,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 5, noNullPrototype: true }),
  ),
}));

describe('wire format', () => {
  it('gives back what was sent, typed arrays included', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(decodeWire(encodeWire(value))).toEqual(value);
      }),
    );
  });

  it('reads a message that does not start at an aligned byte', () => {
    const value = { ok: true, value: { words: Uint32Array.of(1, 2, 0xffffffff), text: 'é\u2028' } };
    const encoded = encodeWire(value);
    const shifted = new Uint8Array(encoded.byteLength + 3);
    shifted.set(encoded, 3);
    expect(decodeWire(shifted.subarray(3))).toEqual(value);
  });

  it('sends a view of a larger buffer as the view alone', () => {
    const buffer = Uint8Array.of(9, 1, 2, 9).subarray(1, 3);
    expect(decodeWire(encodeWire([buffer]))).toEqual([Uint8Array.of(1, 2)]);
  });

  it('keeps a member called __proto__ a member', () => {
    const value = JSON.parse('{"__proto__": {"polluted": true}}');
    const decoded = decodeWire(encodeWire(value)) as object;
    expect(Object.keys(decoded)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('refuses damaged messages with its own error and nothing else', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeWire(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
    const whole = encodeWire({ bytes: new Uint8Array(104) });
    for (let length = 0; length < whole.byteLength; length += 1) {
      expect(() => decodeWire(whole.slice(0, length))).toThrow(WireError);
    }
  });

  it('refuses sections that point at a prototype or outside', () => {
    const message = (header: unknown): Uint8Array => {
      const text = new TextEncoder().encode(JSON.stringify(header));
      const bytes = new Uint8Array(4 + text.byteLength + 64);
      new DataView(bytes.buffer).setUint32(0, text.byteLength, true);
      bytes.set(text, 4);
      return bytes;
    };
    const section = { type: 'u8', offset: 0, length: 1 };
    for (const path of [['__proto__', 'x'], ['constructor'], ['missing'], ['a', 'b']]) {
      expect(() => decodeWire(message({ value: { a: 1 }, sections: [{ ...section, path }] }))).toThrow(WireError);
    }
    expect(() =>
      decodeWire(message({ value: { a: null }, sections: [{ ...section, path: ['a'], length: 1e9 }] })),
    ).toThrow(WireError);
  });
});
