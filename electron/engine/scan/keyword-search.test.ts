import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCodeSearch, createKeywordSearch } from './keyword-search.ts';

const found = (keywords: readonly string[], text: string) => createKeywordSearch(keywords)(Buffer.from(text));

describe('keywords in bytes', () => {
  it.each([
    [['langgraph'], 'import langgraph', true],
    [['langgraph'], 'langgraph', true],
    [['langgraph'], 'langgrap', false],
    [['langgraph'], '', false],
    [['crewai', 'langgraph'], 'from langgraph import x', true],
    [['crewai', 'langgraph'], 'from lang graph import crewa', false],
    [['agno', 'agents.md'], 'see AGENTS.md', false],
    [['agno', 'agents.md'], 'see agents.md', true],
    [['ai', 'crewai_tools'], 'crewai', true],
    [['ai', 'crewai_tools'], 'crew tools', false],
    [[], 'anything', false],
    [[''], 'anything', false],
  ])('%j in %j: %j', (keywords, text, expected) => {
    expect(found(keywords, text)).toBe(expected);
  });

  it('finds what looking for each of them finds', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ä', '\0'), maxLength: 60 });
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ä'), minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), text, (keywords, within) => {
        expect(found(keywords, within)).toBe(keywords.some((keyword) => within.includes(keyword)));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes part of a larger buffer for what it is', () => {
    const whole = Buffer.from('langgraph and more');
    const search = createKeywordSearch(['langgraph', 'ore']);
    expect([search(whole.subarray(4)), search(whole.subarray(1, 17)), search(whole.subarray(0, 9))]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('counts only those of sources that read files of this name', () => {
    const search = createCodeSearch([
      { extensions: ['.py', '.ipynb'], keywords: ['langgraph'] },
      { extensions: ['.py'], keywords: ['crewai'] },
      { extensions: ['.tf'], keywords: ['='] },
    ]);
    const asked = (name: string, text: string) => search(name, Buffer.from(text));
    expect([
      asked('a.py', 'x = 1'),
      asked('a.py', 'import crewai'),
      asked('a.ipynb', 'import crewai'),
      asked('a.ipynb', 'import langgraph'),
      asked('a.tf', 'x = 1'),
      asked('a.go', 'langgraph = 1'),
    ]).toEqual([false, true, false, true, true, false]);
  });
});
