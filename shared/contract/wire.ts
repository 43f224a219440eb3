/**
 * Bytes of an answer for hosts that have no structured clone: JSON, with typed arrays as binary sections behind it.
 *
 *   u32 little endian   length of the header in bytes
 *   header              UTF-8 JSON: { value, sections: [{ path, type, offset, length }] }
 *   padding             to a multiple of 8, counted from the start of the message
 *   sections            each at `offset` (from the start of the body, a multiple of 8), `length` elements
 *
 * A typed array is `null` inside `value` and named by its path in `sections`; no value can be mistaken for one.
 * Typed arrays are sent in the byte order of the machine: both ends run on it.
 */

/** `shared` has neither DOM nor Node types; both have these two. */
declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label: string, options: { readonly fatal: boolean });
  decode(bytes: Uint8Array): string;
}

const arrayTypes = {
  u8: Uint8Array,
  u16: Uint16Array,
  u32: Uint32Array,
  i32: Int32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const;
type ArrayType = keyof typeof arrayTypes;
type TypedArray = InstanceType<(typeof arrayTypes)[ArrayType]>;

type Section = {
  readonly path: readonly (string | number)[];
  readonly type: ArrayType;
  readonly offset: number;
  readonly length: number;
};

/** A message that is cut off, padded with something else or does not describe itself rightly. */
export class WireError extends Error {
  override readonly name = 'WireError';
}

const headerLengthBytes = 4;
const align = (bytes: number): number => (bytes + 7) & ~7;

function typeOf(value: object): ArrayType | undefined {
  for (const [type, constructor] of Object.entries(arrayTypes))
    if (value instanceof constructor) return type as ArrayType;
  return undefined;
}

/** Plain JSON with typed arrays anywhere in it. What JSON cannot say (undefined members, functions) is left out as JSON does. */
export function encodeWire(value: unknown): Uint8Array<ArrayBuffer> {
  const sections: Section[] = [];
  const arrays: TypedArray[] = [];
  let bodyLength = 0;

  const strip = (part: unknown, path: readonly (string | number)[]): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    const type = typeOf(part);
    if (type !== undefined) {
      const array = part as TypedArray;
      sections.push({ path, type, offset: bodyLength, length: array.length });
      arrays.push(array);
      bodyLength = align(bodyLength + array.byteLength);
      return null;
    }
    if (ArrayBuffer.isView(part)) throw new WireError('This kind of typed array cannot be sent.');
    if (Array.isArray(part)) return part.map((item: unknown, index) => strip(item, [...path, index]));
    const copy: Record<string, unknown> = Object.create(null);
    for (const [key, item] of Object.entries(part)) if (item !== undefined) copy[key] = strip(item, [...path, key]);
    return copy;
  };

  const stripped = strip(value, []) ?? null;
  const header = new TextEncoder().encode(JSON.stringify({ value: stripped, sections }));
  const bodyStart = align(headerLengthBytes + header.byteLength);
  const message = new Uint8Array(bodyStart + bodyLength);
  new DataView(message.buffer).setUint32(0, header.byteLength, true);
  message.set(header, headerLengthBytes);
  for (const [index, section] of sections.entries()) {
    const array = arrays[index] as TypedArray;
    message.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), bodyStart + section.offset);
  }
  return message;
}

/** The value again; typed arrays are views on `message` where its start is aligned, else on one copy of it. Throws WireError. */
export function decodeWire(message: Uint8Array): unknown {
  if (message.byteLength < headerLengthBytes) throw new WireError('The message is shorter than its header.');
  const bytes = message.byteOffset % 8 === 0 ? message : message.slice();
  const headerLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const bodyStart = align(headerLengthBytes + headerLength);
  if (headerLengthBytes + headerLength > bytes.byteLength) throw new WireError('The header is cut off.');
  const header = parseHeader(bytes.subarray(headerLengthBytes, headerLengthBytes + headerLength));

  const holder: { value: unknown } = { value: header.value };
  for (const section of header.sections) {
    const constructor = arrayTypes[section.type];
    const start = bodyStart + section.offset;
    if (section.offset % 8 !== 0 || start + section.length * constructor.BYTES_PER_ELEMENT > bytes.byteLength) {
      throw new WireError('A section lies outside the message.');
    }
    place(holder, section.path, new constructor(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, section.length));
  }
  return holder.value;
}

function parseHeader(bytes: Uint8Array): { readonly value: unknown; readonly sections: readonly Section[] } {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new WireError('The header is not JSON.');
  }
  if (typeof header !== 'object' || header === null) throw new WireError('The header is not an object.');
  const { value, sections } = header as { readonly value?: unknown; readonly sections?: unknown };
  if (!Array.isArray(sections) || !sections.every(isSection)) throw new WireError('The sections are not described.');
  return { value, sections };
}

function isSection(part: unknown): part is Section {
  if (typeof part !== 'object' || part === null) return false;
  const { path, type, offset, length } = part as Partial<Record<keyof Section, unknown>>;
  return (
    Array.isArray(path) &&
    path.every((step) => typeof step === 'string' || typeof step === 'number') &&
    typeof type === 'string' &&
    Object.hasOwn(arrayTypes, type) &&
    isCount(offset) &&
    isCount(length)
  );
}

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Only replaces a null that is there: a path cannot reach a prototype or make a member. */
function place(holder: { value: unknown }, path: readonly (string | number)[], array: TypedArray): void {
  let target: object = holder;
  let key: string | number = 'value';
  for (const step of path) {
    const next = Object.hasOwn(target, key) ? (target as Record<string | number, unknown>)[key] : undefined;
    if (typeof next !== 'object' || next === null) throw new WireError('A section has no place in the value.');
    target = next;
    key = step;
  }
  if (!Object.hasOwn(target, key) || (target as Record<string | number, unknown>)[key] !== null) {
    throw new WireError('A section has no place in the value.');
  }
  Object.defineProperty(target, key, { value: array, writable: true, enumerable: true, configurable: true });
}
