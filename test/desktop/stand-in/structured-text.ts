/**
 * Structured values as text and back, for the way between Node and the page. Self-contained: its source is also run in
 * the page's isolated world.
 */
export type StructuredText = { encode(value: unknown): string; decode(text: string): unknown };

export function structuredText(): StructuredText {
  const arrays: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  };
  const toText = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return btoa(text);
  };
  const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const pack = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: 'number', v: String(value) };
    if (typeof value === 'bigint') return { $: 'bigint', v: String(value) };
    if (typeof value !== 'object') throw new TypeError('An object could not be cloned.');
    if (Array.isArray(value)) return value.map(pack);
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Map) return { $: 'map', v: [...value].map(([key, item]) => [pack(key), pack(item)]) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(pack) };
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: toText(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return {
        $: 'array',
        type: value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name,
        v: toText(bytes),
      };
    }
    return { $: 'object', v: Object.entries(value).map(([key, item]) => [key, pack(item)]) };
  };

  const unpack = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(unpack);
    const packed = value as { $: string; v?: unknown; type?: string; name?: string; message?: string };
    switch (packed.$) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(packed.v);
      case 'bigint':
        return BigInt(packed.v as string);
      case 'date':
        return new Date(packed.v as number);
      case 'map':
        return new Map((packed.v as [unknown, unknown][]).map(([key, item]) => [unpack(key), unpack(item)]));
      case 'set':
        return new Set((packed.v as unknown[]).map(unpack));
      case 'error':
        return Object.assign(new Error(packed.message), { name: packed.name });
      case 'buffer':
        return toBytes(packed.v as string).buffer;
      case 'array': {
        const type = arrays[packed.type ?? ''];
        if (type === undefined) throw new TypeError(`${packed.type} could not be cloned.`);
        return new type(toBytes(packed.v as string).buffer);
      }
      default: {
        const made: Record<string, unknown> = {};
        for (const [key, item] of packed.v as [string, unknown][]) {
          Object.defineProperty(made, key, {
            value: unpack(item),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        }
        return made;
      }
    }
  };

  return { encode: (value) => JSON.stringify(pack(value)), decode: (text) => unpack(JSON.parse(text)) };
}
