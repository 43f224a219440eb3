import { expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { cursorAgents, cursorCommands, cursorRules, cursorSkills } from './definitions.ts';
import {
  cursorCliConfig,
  cursorCliProject,
  cursorEnvironment,
  cursorHooks,
  cursorPermissions,
  cursorSandbox,
} from './policy-files.ts';

test('the strict file with a comment is not in force, the lenient one is', () => {
  const strict = readText(cursorCliProject, '.cursor/cli.json', '{ // x\n"permissions": {"deny": ["Shell(rm)"]}}');
  expect(strict.status).toBe('malformed');
  expect(propertiesOf(strict, 'agent', 'Cursor in repo')).toMatchObject({ ignoredFiles: [{ line: 1 }] });
  expect(propertiesOf(strict, 'agent', 'Cursor in repo')['permissions']).toBeUndefined();
  const lenient = readText(cursorPermissions, '~/.cursor/permissions.json', '{ // x\n"terminalAllowlist": ["git"]}');
  expect([lenient.status, lenient.issues]).toEqual(['read', []]);
  expect(propertiesOf(lenient, 'agent', 'Cursor, user settings')).toMatchObject({
    permissions: [{ list: 'terminalAllowlist', rule: 'git', line: 2 }],
    permissionsReplaceSettings: true,
  });
});

test('command line configuration, sandbox, cloud environment', () => {
  expect(
    assetsOf(
      readText(
        cursorCliConfig,
        '~/.cursor/cli-config.json',
        json({ permissions: { allow: ['Shell(ls)'] }, model: { modelId: 'gpt-5' } }),
      ),
    ),
  ).toEqual(['model gpt-5', 'agent Cursor, user settings']);
  const sandbox = readText(
    cursorSandbox,
    '.cursor/sandbox.json',
    json({ type: 'workspace_readonly', networkPolicy: { default: 'deny', allow: ['a.example'] } }),
  );
  expect(propertiesOf(sandbox, 'agent', 'Cursor in repo')['sandbox']).toMatchObject([
    { key: 'type', value: 'workspace_readonly', line: 2 },
    { key: 'networkPolicy.default', value: 'deny', line: 4 },
    { key: 'networkPolicy.allow', value: ['a.example'] },
  ]);
  const cloud = readText(
    cursorEnvironment,
    '.cursor/environment.json',
    json({ install: 'npm ci', terminals: [{ name: 'x', command: 'npm run dev' }] }),
  );
  expect(propertiesOf(cloud, 'agent', 'Cursor in repo')['helpers']).toMatchObject([
    { key: 'install', command: 'npm ci' },
    { key: 'terminal', command: 'npm run dev' },
  ]);
});

test('hooks are flat here', () => {
  const reading = readText(
    cursorHooks,
    '.cursor/hooks.json',
    json({
      version: 1,
      hooks: { beforeShellExecution: [{ command: './a.sh' }, { command: './b.sh', matcher: 'rm' }], stop: {} },
    }),
  );
  expect(reading.assets.map((asset) => [asset.kind, asset.name, asset.confidence])).toEqual([
    ['hook', 'beforeShellExecution', 'low'],
    ['hook', 'beforeShellExecution (rm)', 'low'],
    ['agent', 'Cursor in repo', 'low'],
  ]);
  expect(issuesOf(reading)).toEqual(['13: hooks of "stop" are not a list']);
});

test('rules, commands, sub-agents, skills', () => {
  const rule = readText(
    cursorRules,
    '.cursor/rules/**/*.mdc',
    '---\ndescription: d\nglobs: src/**/*.ts, test/**\nalwaysApply: false\n---\nUse tabs.',
  );
  expect(propertiesOf(rule, 'prompt', 'some.mdc')).toMatchObject({
    globs: ['src/**/*.ts', 'test/**'],
    alwaysApply: false,
    role: 'rule',
  });
  // A glob that begins with a star is no YAML, and every rules file in the wild has one.
  const wild = readText(cursorRules, '.cursor/rules/**/*.mdc', '---\ndescription: d\nglobs: *.ts\n---\nx');
  expect(propertiesOf(wild, 'prompt', 'some.mdc')).toMatchObject({ globs: ['*.ts'] });
  expect(assetsOf(readText(cursorRules, '.cursorrules', 'Be brief.'))).toEqual([
    'prompt .cursorrules',
    'agent Cursor in repo',
  ]);
  expect(assetsOf(readText(cursorCommands, '.cursor/commands/**/*.md', 'x'))).toEqual([
    'prompt /some',
    'agent Cursor in repo',
  ]);
  expect(
    assetsOf(readText(cursorAgents, '.cursor/agents/**/*.md', '---\ndescription: d\nmodel: fast\n---\nx')),
  ).toEqual(['agent some', 'model fast', 'prompt some instructions', 'agent Cursor in repo']);
  expect(assetsOf(readText(cursorSkills, '.cursor/skills/**/SKILL.md', '---\nname: s\n---\nx'))).toEqual([
    'skill s',
    'agent Cursor in repo',
  ]);
});
