import { expect, test } from 'vitest';
import { assetsOf, issuesOf, propertiesOf, readText } from '../reading.test-support.ts';
import { aiderConfig } from './aider.ts';

test('what Aider runs by itself, whom it asks, and with which keys', () => {
  const reading = readText(
    aiderConfig,
    '.aider.conf.yml',
    `model: sonnet
weak-model: gpt-4o-mini
yes-always: true
auto-commits: false
lint-cmd:
  - "python: flake8"
test-cmd: npm test
read: [CONVENTIONS.md, docs/a.md]
openai-api-key: FAKEsk-abcdef1234567890
api-key:
  - anthropic=FAKEabc123def456ghi789
  - gemini=
set-env:
  - OLLAMA_API_BASE=http://localhost:11434
`,
  );
  expect(issuesOf(reading)).toEqual([]);
  expect(assetsOf(reading)).toEqual([
    'model sonnet',
    'model gpt-4o-mini',
    'credential openai-api-key',
    'credential ANTHROPIC_API_KEY',
    'credential GEMINI_API_KEY',
    'agent Aider in repo',
  ]);
  expect(propertiesOf(reading, 'agent', 'Aider in repo')).toMatchObject({
    modes: [
      { key: 'yes-always', value: true, line: 3 },
      { key: 'auto-commits', value: false },
    ],
    helpers: [
      { key: 'lint-cmd', command: 'python: flake8', line: 6 },
      { key: 'test-cmd', command: 'npm test' },
    ],
    contextFiles: [{ path: 'CONVENTIONS.md' }, { path: 'docs/a.md' }],
    literalSecrets: [{ where: 'openai-api-key' }, { where: 'api-key.anthropic', line: 11 }],
  });
  expect(JSON.stringify(reading)).not.toMatch(/FAKE/);
});

test('a file of comments only is no fault', () =>
  expect(readText(aiderConfig, '~/.aider.conf.yml', '# model: x\n')).toMatchObject({ status: 'read', assets: [] }));
