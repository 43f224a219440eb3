import { expect, test } from 'vitest';
import { guardsOf } from './guard-script.ts';

const patterns = (script: string): readonly string[] => guardsOf(script).map((guard) => guard.text);

test('Python: a literal expression, and exit code 2 in the block below', () => {
  const script = [
    'import re, sys',
    'if re.search(r"\\brm\\s+-rf", command):',
    '    print("no", file=sys.stderr)',
    '    sys.exit(2)',
    'sys.exit(0)',
  ].join('\n');
  expect(guardsOf(script)).toMatchObject([{ text: '\\brm\\s+-rf', line: 2 }]);
  expect(guardsOf(script)[0]?.pattern.test('rm -rf build')).toBe(true);
});

test('shell', () => {
  expect(patterns('if echo "$command" | grep -qE \'terraform (apply|destroy)\'; then\n  exit 2\nfi')).toEqual([
    'terraform (apply|destroy)',
  ]);
  expect(patterns('if [[ "$cmd" =~ ^sudo ]]; then\n  exit 2\nfi')).toEqual(['^sudo']);
});

test.each([
  ['another exit code', 'if re.search(r"x", command):\n    sys.exit(1)'],
  ['the opposite', 'if not re.search(r"x", command):\n    sys.exit(2)'],
  ['an exit outside of the block', 'if re.search(r"x", command):\n    pass\nsys.exit(2)'],
  ['an exit under a further condition', 'if re.search(r"x", command):\n    if other:\n        sys.exit(2)'],
  ['another subject', 'if re.search(r"x", path):\n    sys.exit(2)'],
  ['a pattern that is computed', 'if re.search(PATTERN, command):\n    sys.exit(2)'],
  ['what could take long', 'if re.search(r"(a+)+b", command):\n    sys.exit(2)'],
])('%s is not understood, so nothing is claimed', (_, script) => {
  expect(guardsOf(script)).toEqual([]);
});
