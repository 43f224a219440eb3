import { describe, expect, it } from 'vitest';
import { differenceOf, differencesOf, sameValue } from './differences.ts';

describe('differences of properties', () => {
  it('lines that moved and keys in another order are no difference', () => {
    const before = { rules: [{ rule: 'Bash(*)', line: 4 }], auth: { type: 'env', names: ['A'] } };
    const after = { rules: [{ rule: 'Bash(*)', line: 9 }], auth: { names: ['A'], type: 'env' } };
    expect(sameValue(before, after)).toBe(true);
    expect(differencesOf(before, after)).toEqual([]);
  });

  it('of a list the members that came and went', () => {
    const before = { rules: [{ list: 'allow', rule: 'Bash(*)', line: 1 }] };
    const after = { rules: [{ list: 'allow', rule: 'Bash(npm *)', line: 1 }] };
    expect(differencesOf(before, after)).toEqual([
      {
        form: 'members',
        name: 'rules',
        removed: ['list: allow, rule: Bash(*)'],
        added: ['list: allow, rule: Bash(npm *)'],
      },
    ]);
  });

  it('of a value both sides, null where one has none', () => {
    expect(differenceOf('url', undefined, 'https://a.example')).toEqual({
      form: 'value',
      name: 'url',
      before: null,
      after: 'https://a.example',
    });
    expect(differenceOf('enabled', true, false)).toEqual({
      form: 'value',
      name: 'enabled',
      before: 'yes',
      after: 'no',
    });
    expect(differenceOf('tools', ['a'], [])).toEqual({ form: 'members', name: 'tools', removed: ['a'], added: [] });
  });

  it('the order of a list alone is a difference of the value', () => {
    expect(differenceOf('args', ['a', 'b'], ['b', 'a'])).toEqual({
      form: 'value',
      name: 'args',
      before: 'a, b',
      after: 'b, a',
    });
  });
});
