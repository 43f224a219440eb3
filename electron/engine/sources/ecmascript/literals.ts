/** Escapes of an ECMAScript string or template literal taken out (ECMA-262, 12.9.4). */
export function unescape(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(\r\n|u\{[0-9A-Fa-f]{1,6}\}|u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[\s\S])/g, (all, code: string) => {
    const hex = /^(?:u\{(\w+)\}|[ux]([0-9A-Fa-f]+))$/.exec(code);
    if (hex !== null) {
      const point = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    }
    return escapes.get(code) ?? code;
  });
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['0', '\0'],
  ['\n', ''],
  ['\r\n', ''],
  ['\u2028', ''],
  ['\u2029', ''],
]);

/** Pictures, fonts and documents as text (base64): nothing to read, and no secret. */
export const isEmbeddedFile = (text: string): boolean =>
  text.length > 60 &&
  /^(?:data:[\w/+.-]+;base64,)?(?:iVBORw0KGgo|\/9j\/|R0lGOD|UklGR|JVBERi0|PHN2Zy|PD94bW|AAAB|d09GM|T2dnU|UEsDB)/.test(
    text,
  );
