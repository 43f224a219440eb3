import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseStarlarkRules } from './starlark-rules.ts';

test('patterns, alternatives, decisions, reasons and lines', () => {
  const text =
    '# rules\nprefix_rule(pattern = ["git", ["push", "reset"]], decision = "prompt", justification = "ask")\nprefix_rule(\n    pattern=["rm",],\n)\n';
  expect(parseStarlarkRules(text)).toEqual({
    rules: [
      { pattern: ['git', ['push', 'reset']], decision: 'prompt', justification: 'ask', line: 2, endLine: 2 },
      { pattern: ['rm'], decision: 'allow', justification: null, line: 3, endLine: 5 },
    ],
    problems: [],
  });
});

test('examples and strings of every kind', () => {
  const { rules, problems } = parseStarlarkRules(
    'prefix_rule(pattern=[\'a"b\', "c\\"d"], match=["x y", ["x"]], not_match=[], decision=\'forbidden\')',
  );
  expect(rules.map((rule) => [rule.pattern, rule.decision])).toEqual([[['a"b', 'c"d'], 'forbidden']]);
  expect(problems).toEqual([]);
});

test('whatever is not a rule is said, and the next rule is read', () => {
  const { rules, problems } = parseStarlarkRules('load("x")\nprefix_rule(pattern=1+1)\nprefix_rule(pattern=["ok"])\n');
  expect(rules.map((rule) => rule.pattern)).toEqual([['ok']]);
  expect(problems.map((problem) => [problem.kind, problem.line])).toEqual([
    ['lenient', 1],
    ['syntax', 2],
    ['lenient', 2],
  ]);
});

test('never throws, ends quickly', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('prefix_rule', '(', ')', '[', ']', '"', "'", '=', ',', '\n', '#', '\\', 'pattern'),
      }),
      (text) => {
        expect(() => parseStarlarkRules(text)).not.toThrow();
      },
    ),
  );
  const started = performance.now();
  parseStarlarkRules('prefix_rule(pattern=['.repeat(20_000));
  expect(performance.now() - started).toBeLessThan(500);
});
