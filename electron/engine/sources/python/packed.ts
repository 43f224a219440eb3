import type { JsonValue } from '../../../../shared/model/facts.ts';
import type { CallExpression, DictEntry, Expression, Parameter, TextExpression } from './expressions.ts';
import type { ClassSummary, FunctionSummary, ImportedName, Language, PythonModule, Statement } from './summary.ts';

/**
 * A module as it is stored and sent between threads: one text, because a thread hands over a text many times faster than
 * nested arrays. In it the bodies of functions one after another, from `body` the module's own statements, from `names`
 * the table of names and which of them are called, each as JSON: nested arrays, names as numbers of the table, lines and offsets as steps from the
 * one before. Bodies of functions are read when somebody looks into them.
 */
export type PackedModule = {
  readonly language: Language;
  readonly text: string;
  readonly body: number;
  readonly names: number;
};

export function isPackedModule(content: unknown): content is PackedModule {
  return typeof content === 'object' && content !== null && 'language' in content && isLanguage(content.language);
}

const languages: ReadonlySet<unknown> = new Set<Language>(['python', 'ecmascript', 'csharp', 'java', 'go', 'rust']);
const isLanguage = (value: unknown): value is Language => languages.has(value);

const forms = ['list', 'tuple', 'set'] as const;
const operators = ['+', '|', '/', 'or'] as const;
const rests = [undefined, 'list', 'dict'] as const;

/** First element of an array that stands for an expression; plain numbers are names, plain values constants. */
const tag = {
  number: 0,
  text: 1,
  format: 2,
  attribute: 3,
  call: 4,
  list: 5,
  dict: 6,
  spread: 7,
  join: 8,
  either: 9,
  lambda: 10,
  subscript: 11,
  comprehension: 12,
  other: 13,
  compares: 14,
} as const;

const statementTag = { import: 0, assign: 1, expression: 2, return: 3, function: 4, class: 5 } as const;

export function packModule(module: PythonModule): PackedModule {
  const numbers = new Map<string, number>();
  let written = '';
  let mentioned = new Set<number>();
  let lastLine = 0;
  let lastAt = 0;
  const name = (text: string | null | undefined): number => {
    if (text === null || text === undefined) return -1;
    let number = numbers.get(text);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(text, number);
    }
    return number;
  };
  const line = (value: number): number => {
    const step = value - lastLine;
    lastLine = value;
    return step;
  };
  const at = (value: number): number => {
    const step = value - lastAt;
    lastAt = value;
    return step;
  };

  const mention = (text: string | null): void => {
    if (text !== null) mentioned.add(name(text));
  };

  const all = (expressions: readonly Expression[]): JsonValue[] => expressions.map(expression);
  function expression(value: Expression): JsonValue {
    switch (value.kind) {
      case 'name':
        return name(value.id);
      case 'constant':
        return typeof value.value === 'number' ? [tag.number, value.value] : value.value;
      case 'text': {
        const plain: JsonValue[] = [tag.text, value.value, line(value.line)];
        const span = value.endLine === undefined ? 0 : value.endLine - value.line;
        if (value.whole !== undefined)
          return [...plain, span, value.secret === true ? 1 : 0, value.whole.sha256, value.whole.length];
        if (value.secret === true) return [...plain, span, 1];
        return span === 0 ? plain : [...plain, span];
      }
      case 'format':
        return [tag.format, line(value.line), ...all(value.parts)];
      case 'attribute':
        return [tag.attribute, expression(value.of), name(value.name), line(value.line)];
      case 'call':
        mention(lastName(value.callee));
        return [
          tag.call,
          expression(value.callee),
          all(value.args),
          value.keywords.flatMap((keyword) => [name(keyword.name), expression(keyword.value)]),
          line(value.line),
          value.endLine - value.line,
          at(value.at),
        ];
      case 'list':
        return [tag.list, forms.indexOf(value.form), line(value.line), ...all(value.items)];
      case 'dict':
        return [
          tag.dict,
          line(value.line),
          ...value.entries.flatMap((entry) => [
            entry.key === null ? [] : expression(entry.key),
            expression(entry.value),
          ]),
        ];
      case 'spread':
        return [tag.spread, expression(value.value)];
      case 'join':
        return [tag.join, operators.indexOf(value.operator), line(value.line), ...all(value.parts)];
      case 'either':
        return [tag.either, expression(value.test), expression(value.then), expression(value.otherwise)];
      case 'lambda':
        return [tag.lambda, value.parameters.map(parameter), expression(value.body), line(value.line)];
      case 'subscript':
        return [tag.subscript, expression(value.of), expression(value.index), line(value.line)];
      case 'comprehension':
        return [
          tag.comprehension,
          expression(value.element),
          line(value.line),
          ...value.sources.flatMap((source) => [name(source.target), expression(source.over)]),
        ];
      case 'other':
        return [value.compares === true ? tag.compares : tag.other, line(value.line), ...all(value.parts)];
    }
  }
  function parameter(value: Parameter): JsonValue {
    const plain = [name(value.name), rests.indexOf(value.rest)];
    return value.fallback === undefined ? plain : [...plain, expression(value.fallback)];
  }
  function statement(value: Statement): JsonValue {
    const head = [statementTag[value.kind], line(value.line), at(value.at), name(value.when)];
    switch (value.kind) {
      case 'import':
        for (const one of value.names) mention(one.name);
        return [
          ...head,
          ...value.names.flatMap((one) => [name(one.binds), one.level, name(one.module), name(one.name)]),
        ];
      case 'assign':
        if (value.value.kind === 'name' || value.value.kind === 'attribute') mention(lastName(value.value));
        return [...head, value.added === true ? 1 : 0, expression(value.value), ...all(value.targets)];
      case 'expression':
      case 'return':
        return [...head, expression(value.value)];
      case 'function':
        return [
          ...head,
          ...definition(value.function),
          value.function.parameters.map(parameter),
          ...functionBody(value.function.body),
        ];
      case 'class':
        return [...head, ...definition(value.class), value.class.body.map(statement), all(value.class.bases)];
    }
  }
  /** Where the body stands and which names it mentions; steps after it go on as if it was not there. */
  function functionBody(body: readonly Statement[]): JsonValue[] {
    if (body.length === 0) return [];
    const [line, at, outside] = [lastLine, lastAt, mentioned];
    mentioned = new Set();
    const text = JSON.stringify(body.map(statement));
    const start = written.length;
    written += text;
    const inside = [...mentioned];
    for (const number of inside) outside.add(number);
    [lastLine, lastAt, mentioned] = [line, at, outside];
    return [start, text.length, inside];
  }
  const decoratorsOf = (value: FunctionSummary | ClassSummary): JsonValue[] => {
    for (const one of value.decorators) if (one.kind !== 'call') mention(lastName(one));
    return all(value.decorators);
  };
  const definition = (value: FunctionSummary | ClassSummary): JsonValue[] => [
    name(value.name),
    line(value.line),
    value.endLine - value.line,
    value.documentation,
    decoratorsOf(value),
  ];
  const body = JSON.stringify(module.body.map(statement));
  const start = written.length;
  return {
    language: module.language,
    text: `${written}${body}${JSON.stringify([[...numbers.keys()], [...mentioned]])}`,
    body: start,
    names: start + body.length,
  };
}

/** What a call or an alias is known by: the end of a dotted name, `Agent` of `Agent[Context]`, empty for anything else. */
export function lastName(expression: Expression): string {
  if (expression.kind === 'subscript') return lastName(expression.of);
  return expression.kind === 'name' ? expression.id : expression.kind === 'attribute' ? expression.name : '';
}

type Mentions = { readonly numbers: readonly number[]; readonly names: readonly string[] };

const mentions = new WeakMap<FunctionSummary | PythonModule, Mentions>();

/**
 * False when nothing that the function's body calls, imports or gives another name is called one of `names`, functions
 * in it included. True may be wrong.
 */
export function mayMention(definition: FunctionSummary, wanted: ReadonlySet<string>): boolean {
  const known = mentions.get(definition);
  if (known === undefined) return true;
  const { names, numbers } = known;
  // A set that is still being filled has another size when it is asked again.
  if (asked.names !== names || asked.wanted !== wanted || asked.size !== wanted.size)
    asked = { names, wanted, size: wanted.size, isWanted: new Int8Array(names.length) };
  const { isWanted } = asked;
  for (const number of numbers) {
    // 0: not looked up yet.
    if (isWanted[number] === 0) isWanted[number] = wanted.has(names[number] ?? '') ? 1 : -1;
    if (isWanted[number] === 1) return true;
  }
  return false;
}

type Asked = {
  readonly names: readonly string[];
  readonly wanted: ReadonlySet<string>;
  readonly size: number;
  readonly isWanted: Int8Array;
};
/** The functions of a module are asked about one after another, and mention mostly the same names. */
let asked: Asked = { names: [], wanted: new Set(), size: 0, isWanted: new Int8Array(0) };

/** Everything that `mayMention` could find anywhere in a module; null where that is not known. */
export function mentionedNames(module: PythonModule): readonly string[] | null {
  const known = mentions.get(module);
  return known === undefined ? null : known.numbers.map((number) => known.names[number] ?? '');
}

type Definition = Omit<ClassSummary, 'bases' | 'body'>;

const unpacked = new WeakMap<PackedModule, PythonModule>();

/** The same module object for the same packed one. Only for what `packModule` made. */
export function unpackModule(packed: PackedModule): PythonModule {
  const known = unpacked.get(packed);
  if (known !== undefined) return known;
  const [names, called] = JSON.parse(packed.text.slice(packed.names)) as [readonly string[], readonly number[]];
  let lastLine = 0;
  let lastAt = 0;
  const name = (value: JsonValue | undefined): string => names[value as number] ?? '';
  const nameOrNull = (value: JsonValue | undefined): string | null => (value === -1 ? null : name(value));
  const line = (step: JsonValue | undefined): number => {
    lastLine += step as number;
    return lastLine;
  };
  const at = (step: JsonValue | undefined): number => {
    lastAt += step as number;
    return lastAt;
  };
  const list = (value: JsonValue | undefined): readonly JsonValue[] => value as readonly JsonValue[];
  const all = (value: JsonValue | undefined): Expression[] => list(value).map(expression);
  const rest = (value: readonly JsonValue[], from: number): Expression[] => {
    const found: Expression[] = [];
    for (let index = from; index < value.length; index += 1) found.push(expression(value[index]));
    return found;
  };

  function expression(value: JsonValue | undefined): Expression {
    if (typeof value === 'number') return { kind: 'name', id: name(value) };
    if (value === undefined || value === null || typeof value === 'boolean')
      return { kind: 'constant', value: value ?? null };
    const parts = list(value);
    switch (parts[0]) {
      case tag.number:
        return { kind: 'constant', value: parts[1] as number };
      case tag.text:
        return text(parts);
      case tag.format: {
        const start = line(parts[1]);
        return { kind: 'format', parts: rest(parts, 2), line: start };
      }
      case tag.attribute:
        return { kind: 'attribute', of: expression(parts[1]), name: name(parts[2]), line: line(parts[3]) };
      case tag.call:
        return call(parts);
      case tag.list: {
        const start = line(parts[2]);
        return { kind: 'list', form: forms[parts[1] as number] ?? 'list', items: rest(parts, 3), line: start };
      }
      case tag.dict: {
        const start = line(parts[1]);
        const entries: DictEntry[] = [];
        for (let index = 2; index < parts.length; index += 2) {
          const key = parts[index];
          const plain = Array.isArray(key) && key.length === 0;
          entries.push({ key: plain ? null : expression(key), value: expression(parts[index + 1]) });
        }
        return { kind: 'dict', entries, line: start };
      }
      case tag.spread:
        return { kind: 'spread', value: expression(parts[1]) };
      case tag.join: {
        const start = line(parts[2]);
        return { kind: 'join', operator: operators[parts[1] as number] ?? '+', parts: rest(parts, 3), line: start };
      }
      case tag.either:
        return {
          kind: 'either',
          test: expression(parts[1]),
          then: expression(parts[2]),
          otherwise: expression(parts[3]),
        };
      case tag.lambda: {
        const parameters = list(parts[1]).map(parameter);
        return { kind: 'lambda', parameters, body: expression(parts[2]), line: line(parts[3]) };
      }
      case tag.subscript:
        return { kind: 'subscript', of: expression(parts[1]), index: expression(parts[2]), line: line(parts[3]) };
      case tag.comprehension: {
        const element = expression(parts[1]);
        const start = line(parts[2]);
        const sources: { target: string; over: Expression }[] = [];
        for (let index = 3; index < parts.length; index += 2)
          sources.push({ target: name(parts[index]), over: expression(parts[index + 1]) });
        return { kind: 'comprehension', element, sources, line: start };
      }
      default: {
        const start = line(parts[1]);
        const inner = rest(parts, 2);
        return parts[0] === tag.compares
          ? { kind: 'other', parts: inner, line: start, compares: true }
          : { kind: 'other', parts: inner, line: start };
      }
    }
  }
  function text(parts: readonly JsonValue[]): TextExpression {
    const start = line(parts[2]);
    const span = (parts[3] ?? 0) as number;
    return {
      kind: 'text',
      value: parts[1] as string,
      line: start,
      ...(span > 0 ? { endLine: start + span } : {}),
      ...(parts[4] === 1 ? { secret: true as const } : {}),
      ...(parts.length > 5 ? { whole: { sha256: parts[5] as string, length: parts[6] as number } } : {}),
    };
  }
  function call(parts: readonly JsonValue[]): CallExpression {
    const callee = expression(parts[1]);
    const args = all(parts[2]);
    const keywords: { name: string | null; value: Expression }[] = [];
    const pairs = list(parts[3]);
    for (let index = 0; index < pairs.length; index += 2)
      keywords.push({ name: nameOrNull(pairs[index]), value: expression(pairs[index + 1]) });
    const start = line(parts[4]);
    return {
      kind: 'call',
      callee,
      args,
      keywords,
      line: start,
      endLine: start + (parts[5] as number),
      at: at(parts[6]),
    };
  }
  function parameter(value: JsonValue): Parameter {
    const parts = list(value);
    const kind = rests[parts[1] as number];
    return {
      name: name(parts[0]),
      ...(parts.length > 2 ? { fallback: expression(parts[2]) } : {}),
      ...(kind === undefined ? {} : { rest: kind }),
    };
  }
  function statement(value: JsonValue): Statement {
    const parts = list(value);
    const start = line(parts[1]);
    const offset = at(parts[2]);
    const when = nameOrNull(parts[3]);
    const common = { line: start, at: offset, ...(when === null ? {} : { when }) };
    switch (parts[0]) {
      case statementTag.import: {
        const names: ImportedName[] = [];
        for (let index = 4; index < parts.length; index += 4) {
          names.push({
            binds: name(parts[index]),
            level: parts[index + 1] as number,
            module: name(parts[index + 2]),
            name: nameOrNull(parts[index + 3]),
          });
        }
        return { kind: 'import', names, ...common };
      }
      case statementTag.assign: {
        const assigned = expression(parts[5]);
        const targets = rest(parts, 6);
        return {
          kind: 'assign',
          targets,
          value: assigned,
          ...(parts[4] === 1 ? { added: true as const } : {}),
          ...common,
        };
      }
      case statementTag.return:
        return { kind: 'return', value: expression(parts[4]), ...common };
      case statementTag.function: {
        const definition = definitionOf(parts);
        const parameters = list(parts[9]).map(parameter);
        return { kind: 'function', function: functionOf(definition, parameters, parts), ...common };
      }
      case statementTag.class: {
        const definition = definitionOf(parts);
        const body = list(parts[9]).map(statement);
        return { kind: 'class', class: { ...definition, body, bases: all(parts[10]) }, ...common };
      }
      default:
        return { kind: 'expression', value: expression(parts[4]), ...common };
    }
  }
  function functionOf(
    definition: Definition,
    parameters: readonly Parameter[],
    parts: readonly JsonValue[],
  ): FunctionSummary {
    const [start, length, numbers] = [parts[10], parts[11], parts[12]];
    if (start === undefined) return { ...definition, parameters, body: [] };
    const [outerLine, outerAt] = [lastLine, lastAt];
    let body: readonly Statement[] | null = null;
    const result: FunctionSummary = {
      ...definition,
      parameters,
      get body() {
        if (body !== null) return body;
        const text = packed.text.slice(start as number, (start as number) + (length as number));
        [lastLine, lastAt] = [outerLine, outerAt];
        body = (JSON.parse(text) as readonly JsonValue[]).map(statement);
        return body;
      },
    };
    mentions.set(result, { numbers: numbers as readonly number[], names });
    return result;
  }
  function definitionOf(parts: readonly JsonValue[]): Definition {
    const start = line(parts[5]);
    return {
      name: name(parts[4]),
      line: start,
      endLine: start + (parts[6] as number),
      documentation: parts[7] as string,
      decorators: all(parts[8]),
    };
  }
  const statements = JSON.parse(packed.text.slice(packed.body, packed.names)) as readonly JsonValue[];
  const module: PythonModule = { language: packed.language, body: statements.map(statement) };
  mentions.set(module, { numbers: called, names });
  unpacked.set(packed, module);
  return module;
}
