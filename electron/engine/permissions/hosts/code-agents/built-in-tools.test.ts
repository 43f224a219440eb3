import { expect, test } from 'vitest';
import type { Properties } from '../../../../../shared/model/facts.ts';
import type { MergedAsset } from '../../../sources/source.ts';
import type { PermissionFacts } from '../../evaluator.ts';
import { settingOf } from '../../facts-of-reading.test-support.ts';
import { loadShellGrammar } from '../../shell/grammar.ts';
import { codeAgentEvaluator } from './evaluate.ts';

const grammar = await loadShellGrammar();
const nothing: PermissionFacts = {
  assets: () => [],
  relations: () => [],
  pathOf: () => null,
  readText: () => null,
};

const verdictOf = (properties: Properties, tool: string): string => {
  const agent: MergedAsset = {
    kind: 'agent',
    key: 'repo/desk.ts#desk',
    name: 'desk',
    properties,
    origin: 'declared',
    confidence: 'high',
    dynamic: false,
    evidence: [{ place: 'repo/desk.ts', line: 1, endLine: 1, source: 'javascript/agents' }],
  };
  const policy = codeAgentEvaluator.compile({ facts: nothing, agent, setting: settingOf({}), grammar });
  const call = codeAgentEvaluator.toolCall(tool, {});
  if (call === null) throw new Error('no call');
  return policy.verdict(call);
};

test('tools of the program are there without being assets, and the lists do not name all of them', () => {
  const builtInTools = [{ name: 'Bash', classes: ['executes-code'], place: 'repo/desk.ts', line: 4 }];
  expect(verdictOf({ framework: 'claude-agent-sdk', builtInTools }, 'Bash')).toBe('allow');
  expect(verdictOf({ framework: 'claude-agent-sdk', builtInTools }, 'WebFetch')).toBe('unknown');
  expect(verdictOf({ framework: 'claude-agent-sdk' }, 'Bash')).toBe('unknown');
  expect(verdictOf({ framework: 'langgraph' }, 'Bash')).toBe('hidden');
});
