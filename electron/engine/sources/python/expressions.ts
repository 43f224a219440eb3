/** Small, JSON-safe form of a Python expression. `line` is 1-based and given where somebody may want to point at it. */
export type Expression =
  | TextExpression
  /** f-string: literal pieces and the expressions between them. */
  | { readonly kind: 'format'; readonly parts: readonly Expression[]; readonly line: number }
  | { readonly kind: 'constant'; readonly value: number | boolean | null }
  | { readonly kind: 'name'; readonly id: string }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string; readonly line: number }
  | CallExpression
  | {
      readonly kind: 'list';
      readonly form: 'list' | 'tuple' | 'set';
      readonly items: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'dict'; readonly entries: readonly DictEntry[]; readonly line: number }
  /** `*x`; in a dictionary or call `**x` is an entry without key. */
  | { readonly kind: 'spread'; readonly value: Expression }
  /** `+` joins, `|` pipes, `/` joins paths, `or` falls back. Chains are flat, left to right. */
  | {
      readonly kind: 'join';
      readonly operator: '+' | '|' | '/' | 'or';
      readonly parts: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'either'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | {
      readonly kind: 'lambda';
      readonly parameters: readonly Parameter[];
      readonly body: Expression;
      readonly line: number;
    }
  | { readonly kind: 'subscript'; readonly of: Expression; readonly index: Expression; readonly line: number }
  | {
      readonly kind: 'comprehension';
      readonly element: Expression;
      /** Target name -> what it runs over, in order. */
      readonly sources: readonly { readonly target: string; readonly over: Expression }[];
      readonly line: number;
    }
  /** Anything else: its parts are kept for what they call and name. `compares` for `==`, `in` and their like. */
  | { readonly kind: 'other'; readonly parts: readonly Expression[]; readonly line: number; readonly compares?: true };

/** Long texts keep their beginning; `whole` then tells the digest and length of all of it. */
export type TextExpression = {
  readonly kind: 'text';
  readonly value: string;
  readonly line: number;
  readonly endLine?: number;
  readonly whole?: { readonly sha256: string; readonly length: number };
  /** Set where the literal is a secret or holds one; the value has been masked. */
  readonly secret?: true;
};

export type CallExpression = {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly args: readonly Expression[];
  /** A keyword of null is `**value`. */
  readonly keywords: readonly { readonly name: string | null; readonly value: Expression }[];
  readonly line: number;
  readonly endLine: number;
  /** Offset in the file: tells two calls apart, and which stands first. */
  readonly at: number;
};

export type DictEntry = { readonly key: Expression | null; readonly value: Expression };

export type Parameter = {
  readonly name: string;
  readonly fallback?: Expression;
  readonly rest?: 'list' | 'dict';
};
