import { describe, expect, test } from 'vitest';
import { assetsOf, issuesOf, json, propertiesOf, readText } from '../reading.test-support.ts';
import { kiloAgents, kiloConfig, kiloMcp, kiloModes } from './kilo.ts';
import { rooCommands, rooMcp, rooModes, rooRules, rooSettings, rooSkills } from './roo.ts';

const configuration = (reading: ReturnType<typeof readText>, name: string) =>
  (propertiesOf(reading, 'mcp-server', name)['configurations'] as object[])[0];

test('servers that do not load, and why', () => {
  const reading = readText(
    rooMcp,
    '.roo/mcp.json',
    json({
      mcpServers: {
        ok: { command: 'a', alwaysAllow: ['x'], disabledTools: ['y'], watchPaths: ['dist'] },
        http: { type: 'streamable-http', url: 'https://a.example.com/mcp' },
        untyped: { url: 'https://b.example.com/mcp' },
        other: { type: 'http', url: 'https://c.example.com/mcp' },
        mixed: { command: 'x', url: 'https://d.example.com/mcp' },
      },
    }),
  );
  expect(configuration(reading, 'ok')).toMatchObject({
    autoApprovedTools: ['x'],
    excludeTools: ['y'],
    watchPaths: ['dist'],
  });
  expect(configuration(reading, 'ok')).not.toHaveProperty('notLoaded');
  expect(configuration(reading, 'http')).not.toHaveProperty('notLoaded');
  expect(configuration(reading, 'untyped')).toMatchObject({
    notLoaded: 'an address without "type": sse or streamable-http',
  });
  expect(configuration(reading, 'other')).toMatchObject({ notLoaded: expect.stringContaining('unknown "type"') });
  expect(configuration(reading, 'mixed')).toMatchObject({ notLoaded: 'command and address in one entry' });
});

describe('modes', () => {
  const yaml = `customModes:
  - slug: docs
    name: Docs
    roleDefinition: You write.
    whenToUse: For texts
    groups:
      - read
      - - edit
        - fileRegex: \\.md$
          description: only texts
      - mcp
    customInstructions: Short.
  - slug: has space
    groups: [read]
  - slug: docs
    groups: []
  - 3
`;

  test('YAML: groups and what narrows them', () => {
    const reading = readText(rooModes, '.roomodes', yaml);
    expect(assetsOf(reading)).toEqual([
      'agent docs',
      'prompt docs role',
      'prompt docs instructions',
      'agent Roo Code in repo',
    ]);
    expect(propertiesOf(reading, 'agent', 'docs')).toMatchObject({
      tools: ['read', 'edit', 'mcp'],
      toolGroups: [
        { group: 'read', line: 7 },
        { group: 'edit', fileRegex: '\\.md$', line: 8 },
        { group: 'mcp', line: 11 },
      ],
      description: 'For texts',
    });
    expect(issuesOf(reading)).toEqual([
      '13: the slug of a mode holds letters, digits and dashes: the file is refused',
      '15: two modes with one slug: the file is refused',
      '17: a mode that is not an object',
    ]);
  });

  test('JSON, nothing, and something else', () => {
    expect(
      assetsOf(readText(rooModes, '.roomodes', json({ customModes: [{ slug: 'a', groups: ['read', 'command'] }] }))),
    ).toEqual(['agent a', 'agent Roo Code in repo']);
    expect(readText(rooModes, '.roomodes', '').status).toBe('read');
    expect(readText(rooModes, '.roomodes', 'modes: []').status).toBe('malformed');
    expect(assetsOf(readText(kiloModes, '.kilocodemodes', yaml))).toContain('agent Kilo Code in repo');
  });
});

test('command lists of the editor, of a workspace as well', () => {
  const text = '{ "roo-cline.allowedCommands": ["npm test", "git log"], // x\n "roo-cline.deniedCommands": ["rm"], }';
  expect(
    propertiesOf(readText(rooSettings, '.vscode/settings.json', text), 'agent', 'Roo Code in repo')['permissions'],
  ).toMatchObject([
    { list: 'allow', rule: 'npm test', line: 1 },
    { list: 'allow', rule: 'git log', line: 1 },
    { list: 'deny', rule: 'rm', line: 2 },
  ]);
  const other = readText(rooSettings, '.vscode/settings.json', '{"editor.tabSize": 2}');
  expect([assetsOf(other), other.detail]).toEqual([[], 'no key of Roo Code: no facts taken']);
});

test('rules for a mode, skills, commands', () => {
  const rule = readText(rooRules, '.roo/rules*/**/*.md', 'x', { place: 'repo/.roo/rules-code/a.md' });
  expect(propertiesOf(rule, 'prompt', 'a.md')).toMatchObject({ forMode: 'code' });
  expect(propertiesOf(readText(rooRules, '.roorules', 'x'), 'prompt', '.roorules')).not.toHaveProperty('forMode');
  expect(assetsOf(readText(rooSkills, '.roo/skills*/*/SKILL.md', '---\nname: s\n---\n'))).toContain('skill s');
  expect(assetsOf(readText(rooCommands, '.roo/commands/**/*.md', 'x'))).toContain('prompt /inner/some');
});

test('Kilo Code: the engine of OpenCode, without its refusal', () => {
  const reading = readText(
    kiloConfig,
    'kilo.jsonc',
    '{ // x\n"permission": {"bash": {"*": "ask"}, "webfetch": {"a": "allow"}},\n"mcp": {"a": {"type": "local", "command": ["a"]}},}',
  );
  expect(reading.status).toBe('read');
  expect(propertiesOf(reading, 'agent', 'Kilo Code in repo')).toMatchObject({
    permissions: [{ list: 'ask', rule: 'bash', line: 2 }],
    rejected: [{ whole: false }],
  });
  expect(assetsOf(reading)).toContain('mcp-server a');
  expect(assetsOf(readText(kiloConfig, 'kilo.json', '{}', { anchor: 'repo/.kilo' }))).toEqual([]);
  expect(assetsOf(readText(kiloMcp, '.kilocode/mcp.json', json({ mcpServers: { k: { command: 'k' } } })))).toEqual([
    'mcp-server k',
    'agent Kilo Code in repo',
  ]);
  expect(
    propertiesOf(
      readText(kiloAgents, '.kilo/agent/**/*.md', '---\npermission:\n  edit: deny\n---\nx'),
      'agent',
      'some',
    ),
  ).toMatchObject({
    permissions: [{ list: 'deny', rule: 'edit' }],
  });
});
