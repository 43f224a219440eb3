import { describe, expect, it } from 'vitest';
import { verdictNames } from '../../../shared/model/permissions.ts';
import {
  answerAsMarkdown,
  chainNote,
  impactSentence,
  isOpenAssumption,
  type Step,
  stepTitle,
  verdictSentence,
} from './ask-words.ts';

const step = (outcome: Step['outcome'], rule: string): Step => ({
  kind: 'rule',
  rule,
  file: 'app/.claude/settings.json',
  line: 4,
  scope: 'project',
  outcome,
  effect: outcome === 'decided' ? 'deny' : 'allow',
  why: outcome === 'lost' ? 'deny comes first' : '',
});

const impact = { impact: 'destructive', reversible: 'no', says: 'deletes files', from: 'catalogue' } as const;

describe('an answer in words', () => {
  it('has a sentence of its own for every verdict', () => {
    const sentences = verdictNames.map((verdict) => verdictSentence(verdict, 'support'));
    expect(new Set(sentences).size).toBe(verdictNames.length);
    expect(sentences.every((sentence) => sentence.includes('support'))).toBe(true);
    expect(impactSentence(impact)).toBe('What it does: deletes files.');
  });

  it('counts the rules that lost', () => {
    expect(chainNote([step('decided', 'a')])).toBe('1 step, in the order of the host');
    expect(chainNote([step('lost', 'b'), step('decided', 'a')])).toBe('2 steps, 1 rule matched and lost');
    expect(stepTitle(step('decided', 'a'))).toBe('Rule, project');
    expect(stepTitle({ kind: 'working-directory', scope: null })).toBe('Working folder');
  });

  it('tells what could not be seen from what was only taken as given', () => {
    expect(isOpenAssumption('no record of trust was found; taken as trusted')).toBe(true);
    expect(isOpenAssumption('Claude Code 2.1.328, the newest whose semantics are known')).toBe(false);
  });

  it('is Markdown that a rule with a bar does not break', () => {
    const text = answerAsMarkdown(
      { agent: 'support', call: 'run: rm a', context: 'CI' },
      {
        id: '',
        verdict: 'deny',
        decidedBy: { kind: 'rule', rule: 'a|b', file: 'app/.claude/settings.json', line: 4, scope: 'project' },
        chain: [step('lost', 'allow Bash'), step('decided', 'a|b')],
        inert: [{ rule: 'x', why: 'never read', file: null, line: null, scope: null }],
        assumptions: ['trusted'],
        agent: 'support',
        host: 'claude-code',
        version: '2',
      },
      impact,
    );
    expect(text).toContain('| Rule, project | a\\|b | app/.claude/settings.json:4 | decides |');
    expect(text).toContain('matched, lost: deny comes first');
    expect(text).toContain('- `x` (in no file): never read');
    expect(text).toContain('- trusted');
  });
});
