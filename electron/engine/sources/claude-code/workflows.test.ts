import { expect, test } from 'vitest';
import { assetsOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { claudeCodeKnownMarketplaces, claudeCodeWorkflows } from './workflows.ts';

test('a workflow is known by its block of names, or by its file', () => {
  const script = `export const meta = { name: 'triage', description: "Sorts issues" };\nawait parallel([agent('x')]);\n`;
  const reading = readText(claudeCodeWorkflows, '.claude/workflows/*.js', script);
  expect(assetsOf(reading)).toEqual(['skill triage', 'agent Claude Code in repo']);
  expect(propertiesOf(reading, 'skill', 'triage')).toMatchObject({
    type: 'workflow',
    runsCode: true,
    startsAgents: true,
    description: 'Sorts issues',
  });
  expect(assetsOf(readText(claudeCodeWorkflows, '~/.claude/workflows/*.js', 'x()'))[0]).toBe('skill some');
  expect(readText(claudeCodeWorkflows, '.claude/workflows/*.js', ' \n')).toMatchObject({ status: 'read', assets: [] });
});

test('marketplaces with their source', () => {
  const reading = readText(
    claudeCodeKnownMarketplaces,
    '~/.claude/plugins/known_marketplaces.json',
    json({
      corp: { source: { source: 'github', repo: 'corp/p' }, installLocation: '/x', lastUpdated: '2026-01-01' },
      odd: 5,
    }),
  );
  expect(propertiesOf(reading, 'agent', 'Claude Code, user settings')['marketplaces']).toMatchObject([
    { name: 'corp', source: { source: 'github', repo: 'corp/p' }, integrity: { kind: 'none' }, line: 2 },
  ]);
});
