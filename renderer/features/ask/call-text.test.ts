import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callForms, completions, readCall } from './call-text.ts';

describe('a call as people type it', () => {
  it('is whole where the kind and what it takes are there', () => {
    for (const { example } of callForms) expect(readCall(example)).toEqual({ state: 'ok' });
    expect(readCall('  run:ls  ')).toEqual({ state: 'ok' });
    expect(readCall('mcp: orders-db/refund amount=5 note="a b"')).toEqual({ state: 'ok' });
  });

  it('says what is missing while it is typed', () => {
    expect(readCall('')).toEqual({ state: 'empty' });
    expect(readCall('wri')).toMatchObject({ state: 'unfinished', message: expect.stringContaining('write:') });
    expect(readCall('fetch:')).toMatchObject({ state: 'unfinished', message: expect.stringContaining('https://') });
    expect(readCall('mcp: github')).toMatchObject({ state: 'unfinished' });
    expect(readCall('mcp: create issue')).toMatchObject({ state: 'wrong', suggestion: null });
  });

  it('guesses what was meant without a kind', () => {
    expect(readCall('terraform destroy')).toMatchObject({ state: 'wrong', suggestion: 'run: terraform destroy' });
    expect(readCall('https://x.example/a')).toMatchObject({ state: 'wrong', suggestion: 'fetch: https://x.example/a' });
    expect(readCall('~/.ssh/config')).toMatchObject({ state: 'wrong', suggestion: 'read: ~/.ssh/config' });
    expect(readCall('Run: ls')).toMatchObject({ state: 'wrong', suggestion: 'run: ls' });
  });

  it('names the kinds where a kind is none', () => {
    expect(readCall('aws: s3:DeleteObject x')).toEqual({
      state: 'wrong',
      message: expect.stringContaining('"aws:" is not a kind of call'),
      suggestion: null,
    });
  });

  it('suggests only what is a call itself', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const reading = readCall(text);
        if (reading.state === 'wrong' && reading.suggestion !== null)
          expect(readCall(reading.suggestion)).toEqual({ state: 'ok' });
      }),
    );
  });

  it('is completed with what was asked before, then with the forms', () => {
    expect(completions('run: t', ['run: tsc', 'read: a'])).toEqual(['run: tsc', 'run: terraform destroy']);
    expect(completions('run: terraform destroy', [])).toEqual([]);
  });
});
