import { describe, expect, it } from 'vitest';
import { permissionQuestionSchema } from '../../../shared/model/permissions.ts';
import { type AskAddress, parseAsk } from './ask-address.ts';
import { type Asked, isKept, keptAsLines, withAsked, withKept } from './ask-session.ts';

const ask = (call: string): AskAddress => ({ ...parseAsk(new URLSearchParams()), agent: 'agent:1', call });
const asked = (call: string): Asked => ({
  ask: ask(call),
  agentName: 'support',
  verdict: 'ask',
  alarm: false,
  summary: '',
});
const question = (call: string, expect: 'ask' | 'deny') => ({
  question: { id: '', agent: 'agent:1', call, context: 'interactive' as const, expect },
  agentName: 'support',
});

describe('what was asked in this window', () => {
  it('is there once, the latest on top, and not without end', () => {
    const two = withAsked(withAsked([], asked('run: a')), asked('run: b'));
    expect(withAsked(two, asked('run: a')).map((one) => one.ask.call)).toEqual(['run: a', 'run: b']);
    let many: readonly Asked[] = [];
    for (let index = 0; index < 200; index += 1) many = withAsked(many, asked(`run: ${index}`));
    expect(many).toHaveLength(60);
    expect(many[0]?.ask.call).toBe('run: 199');
  });
});

describe('questions that are kept', () => {
  it('hold one expectation each', () => {
    const kept = withKept(withKept([], question('run: a', 'ask')), question('run: a', 'deny'));
    expect(kept.map((one) => one.question.expect)).toEqual(['deny']);
    expect(isKept(kept, question('run: a', 'ask').question)).toBe(true);
    expect(isKept(kept, question('run: b', 'ask').question)).toBe(false);
  });

  it('are lines that the command line reads', () => {
    const lines = keptAsLines(withKept(withKept([], question('run: a "b"', 'ask')), question('run: c', 'deny')));
    const read = lines
      .trimEnd()
      .split('\n')
      .map((line) => permissionQuestionSchema.parse(JSON.parse(line)));
    expect(read.map(({ id, call, expect: wanted }) => [id, call, wanted])).toEqual([
      ['q1', 'run: a "b"', 'ask'],
      ['q2', 'run: c', 'deny'],
    ]);
  });
});
