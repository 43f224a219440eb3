import { describe, expect, it } from 'vitest';
import { type AskAddress, contextsOf, formatAsk, parseAsk, questionOf, versionProblem } from './ask-address.ts';

const full: AskAddress = {
  view: 'one',
  agent: 'agent:1',
  call: 'run: echo "a & b" #x',
  context: 'ci',
  mode: 'plan',
  trust: 'no',
  version: '2.1.240',
};

describe('the address of a question', () => {
  it('comes back as it was written', () => {
    const search = new URLSearchParams(formatAsk(full));
    expect(parseAsk(new URLSearchParams(search.toString()))).toEqual(full);
  });

  it('leaves out what is usual and takes what is no value for that', () => {
    expect(Object.values(formatAsk(parseAsk(new URLSearchParams()))).every((value) => value === '')).toBe(true);
    expect(parseAsk(new URLSearchParams('context=moon&view=x&trust=maybe'))).toMatchObject({
      context: 'interactive',
      view: 'one',
      trust: '',
    });
  });

  it('becomes a question without fields that say nothing', () => {
    expect(questionOf(full, 'q', 'agent:1', 'headless')).toEqual({
      id: 'q',
      agent: 'agent:1',
      call: full.call,
      context: 'headless',
      mode: 'plan',
      trusted: false,
      version: '2.1.240',
    });
    expect(questionOf({ ...full, mode: '', trust: '', version: '' }, '', 'agent:1', 'ci')).toEqual({
      id: '',
      agent: 'agent:1',
      call: full.call,
      context: 'ci',
    });
  });

  it('asks every context once, the chosen one first', () => {
    expect(contextsOf('ci')).toEqual(['ci', 'interactive', 'headless', 'ide', 'cloud']);
    expect(contextsOf('all')).toHaveLength(5);
  });

  it('takes numbers with dots for a version', () => {
    expect(['', '2', 'v2.1.240', '2.1.0-beta.1'].map(versionProblem)).toEqual([null, null, null, null]);
    expect(versionProblem('newest')).toContain('2.1.240');
  });
});
