import { lineIndex, maxDepth, maxNodes, type Problem, type Span } from './node.ts';

export type XmlElement = Span & {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
};

type Open = { name: string; attributes: ReadonlyMap<string, string>; children: XmlElement[]; line: number };

const tag = /<(\/?)([A-Za-z_][\w.-]{0,200})((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/y;
const attribute = /([A-Za-z_][\w.:-]{0,200})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const largestText = 4 * 1024 * 1024;

/**
 * Elements and attributes of a settings file as JetBrains IDEs write it; text between elements is left out. No document
 * type is read and only the five entities of XML are known, so that nothing is included and nothing grows.
 */
export function parseXml(text: string): { readonly root: XmlElement | null; readonly problems: readonly Problem[] } {
  if (text.length > largestText) return refused(null, 'more than 4 MB of XML');
  const lineAt = lineIndex(text);
  const stack: Open[] = [];
  let root: XmlElement | null = null;
  let count = 0;
  let at = text.indexOf('<');
  while (at !== -1) {
    if (text.startsWith('<!--', at) || text.startsWith('<?', at) || text.startsWith('<!', at)) {
      const close = text.startsWith('<!--', at) ? '-->' : text.startsWith('<![CDATA[', at) ? ']]>' : '>';
      const end = text.indexOf(close, at + 2);
      if (end === -1) return broken(lineAt(at), root);
      at = text.indexOf('<', end + close.length);
      continue;
    }
    tag.lastIndex = at;
    const found = tag.exec(text);
    if (found === null) return broken(lineAt(at), root);
    const [whole, closing, name = '', rest = '', alone] = found;
    const line = lineAt(at);
    if (closing === '/') {
      const open = stack.pop();
      if (open?.name !== name) return broken(line, root);
      root = finish(open, lineAt(at + whole.length - 1), stack) ?? root;
    } else {
      count++;
      if (count > maxNodes) return refused(line, `more than ${maxNodes.toLocaleString('en')} elements`);
      if (stack.length >= maxDepth) return refused(line, `nested more than ${maxDepth} levels deep`);
      if (stack.length === 0 && root !== null) return broken(line, root);
      const open: Open = { name, attributes: attributesOf(rest), children: [], line };
      if (alone === '/') root = finish(open, lineAt(at + whole.length - 1), stack) ?? root;
      else stack.push(open);
    }
    at = text.indexOf('<', at + whole.length);
  }
  return root === null || stack.length > 0 ? broken(null, root) : { root, problems: [] };
}

/** Puts a finished element into the one that is open; gives it back where none is, as the root. */
function finish(
  { name, attributes, children, line }: Open,
  endLine: number,
  stack: readonly Open[],
): XmlElement | null {
  const element: XmlElement = { name, attributes, children, line, endLine };
  const parent = stack.at(-1);
  if (parent === undefined) return element;
  parent.children.push(element);
  return null;
}

function attributesOf(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(attribute))
    found.set(name, decoded(double ?? single ?? ''));
  return found;
}

const entities: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['amp', '&'],
]);

const decoded = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
        (whole, decimal?: string, hex?: string, name?: string) => {
          if (name !== undefined) return entities.get(name) ?? whole;
          const code = Number.parseInt(decimal ?? hex ?? '', decimal === undefined ? 16 : 10);
          return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        },
      )
    : text;

const refused = (line: number | null, message: string) =>
  ({ root: null, problems: [{ kind: 'limit', line, message }] }) as const;
const broken = (line: number | null, root: XmlElement | null) =>
  ({ root, problems: [{ kind: 'syntax', line, message: 'broken XML' }] }) as const;
