import { expect, test } from 'vitest';
import { assetsOf, issuesOf, propertiesOf, readText } from '../reading.test-support.ts';
import { agentsMd, looseSkills, sharedSkills } from './agents-md.ts';

test('AGENTS.md belongs to no host', () => {
  const reading = readText(agentsMd, 'AGENTS.md', '# Rules\n\nBe kind. API_KEY=FAKE-value-123\n');
  expect(assetsOf(reading)).toEqual(['prompt AGENTS.md']);
  expect(propertiesOf(reading, 'prompt', 'AGENTS.md')).toMatchObject({
    folder: 'repo',
    role: 'instructions',
    preview: '# Rules\n\nBe kind. API_KEY=***',
  });
  expect(reading.assets[0]?.lines).toEqual({ line: 1, endLine: 3 });
});

test('a preview is at most 200 characters', () => {
  expect(
    String(propertiesOf(readText(agentsMd, 'AGENTS.md', 'ü'.repeat(5000)), 'prompt', 'AGENTS.md')['preview']),
  ).toHaveLength(200);
});

test('skills in shared folders and in collections', () => {
  expect(assetsOf(readText(sharedSkills, '.agents/skills/**/SKILL.md', '---\nname: s\n---\n'))).toEqual(['skill s']);
  const loose = (text: string, place: string) => readText(looseSkills, 'SKILL.md', text, { place });
  expect(assetsOf(loose('---\ndescription: d\n---\n', 'repo/skills/pdf/SKILL.md'))).toEqual(['skill pdf']);
  expect(assetsOf(loose('---\nname: s\n---\n', 'repo/.claude/skills/s/SKILL.md'))).toEqual([]);
  expect(issuesOf(loose('# Not a skill', 'repo/docs/SKILL.md'))).toEqual(['1: no front matter: not read as a skill']);
});
