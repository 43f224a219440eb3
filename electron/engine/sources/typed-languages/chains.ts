import type { CallExpression, Expression } from '../python/expressions.ts';
import type { Keyword } from './tree-reader.ts';

/**
 * Builders: `X.builder().name("a").tools(b, c).build()` is read as one call of `X.builder().build` with the keywords `name`
 * and `tools`, so that tables speak of builders as they speak of constructors.
 */
export type BuilderWords = {
  /** Names of calls that end a chain. */
  readonly finish: ReadonlySet<string>;
  /** Names of calls that a chain begins with; what stands before them is no part of it. */
  readonly start: RegExp;
};

const maxLinks = 400;

export function foldBuilder(call: CallExpression, words: BuilderWords): CallExpression {
  if (call.callee.kind !== 'attribute' || !words.finish.has(call.callee.name)) return call;
  const setters: CallExpression[] = [];
  let root: Expression = call.callee.of;
  while (root.kind === 'call' && root.callee.kind === 'attribute' && setters.length < maxLinks) {
    const { name, of } = root.callee;
    // The first call of a chain on a type makes the builder, whatever it is called.
    if (words.start.test(name) || (of.kind !== 'call' && isType(of))) break;
    setters.push(root);
    root = of;
  }
  if (setters.length === 0) return call;
  const keywords = new Map<string, Expression[]>();
  for (const setter of setters.reverse()) {
    if (setter.callee.kind !== 'attribute') continue;
    const { name } = setter.callee;
    const values = keywords.get(name) ?? [];
    for (const one of [...setter.args, ...setter.keywords.map((keyword) => keyword.value)]) values.push(one);
    if (setter.args.length === 0 && setter.keywords.length === 0) values.push({ kind: 'constant', value: true });
    keywords.set(name, values);
  }
  const line = lineOf(root) ?? call.line;
  return {
    ...call,
    line,
    callee: { ...call.callee, of: root },
    keywords: [...call.keywords, ...joined(keywords, line)],
  };
}

/** Several values under one name become a list. */
export const joined = (values: ReadonlyMap<string, readonly Expression[]>, line: number): readonly Keyword[] =>
  [...values].map(([name, all]) => ({
    name,
    value: all.length === 1 && all[0] !== undefined ? all[0] : { kind: 'list', form: 'list', items: all, line },
  }));

/** `pkg.WithX(value)` among the arguments of a call of Go: an option is a keyword. */
export function withOptions(call: CallExpression): CallExpression {
  const options = new Map<string, Expression[]>();
  const args: Expression[] = [];
  for (const one of call.args) {
    const name = one.kind === 'call' ? optionName(one.callee) : null;
    if (one.kind !== 'call' || name === null) {
      args.push(one);
      continue;
    }
    const values = options.get(name) ?? [];
    values.push(...one.args, ...one.keywords.map((keyword) => keyword.value));
    if (one.args.length === 0 && one.keywords.length === 0) values.push({ kind: 'constant', value: true });
    options.set(name, values);
  }
  return options.size === 0 ? call : { ...call, args, keywords: [...call.keywords, ...joined(options, call.line)] };
}

function optionName(callee: Expression): string | null {
  const name = callee.kind === 'attribute' ? callee.name : callee.kind === 'name' ? callee.id : '';
  return /^With[A-Z]\w*$/.test(name) ? name : null;
}

/** `ChatClient`, `AnthropicChatModel.AnthropicBuilder`: named like a type, which no variable is. */
function isType(of: Expression): boolean {
  if (of.kind === 'name') return /^[A-Z]/.test(of.id);
  return of.kind === 'attribute' && /^[A-Z]/.test(of.name) && !/^[A-Z0-9_]+$/.test(of.name);
}

function lineOf(of: Expression): number | null {
  switch (of.kind) {
    case 'call':
      return lineOf(of.callee) ?? of.line;
    case 'attribute':
      return lineOf(of.of) ?? (of.line > 1 ? of.line : null);
    default:
      return null;
  }
}
