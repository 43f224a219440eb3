import { expect, test } from 'vitest';
import { assetsOf, json, propertiesOf, readText, relationsOf } from '../reading.test-support.ts';
import { claudeDesktopConfig, claudeDesktopExtensions } from './config.ts';

test('local servers on every platform, surest where it is documented', () => {
  const text = json({
    mcpServers: { fs: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-filesystem', '/home/ann/docs'] } },
  });
  const confidences = ['Library/Application Support/Claude', 'AppData/Roaming/Claude', '.config/Claude'].map(
    (folder) => readText(claudeDesktopConfig, `~/${folder}/claude_desktop_config.json`, text).assets[0]?.confidence,
  );
  expect(confidences).toEqual(['high', 'high', 'low']);
  expect(assetsOf(readText(claudeDesktopConfig, '~/.config/Claude/claude_desktop_config.json', text))).toEqual([
    'mcp-server fs',
    'agent Claude Desktop, user settings',
  ]);
});

test('extensions', () => {
  const reading = readText(
    claudeDesktopExtensions,
    '~/.config/Claude/Claude Extensions/*/manifest.json',
    json({
      name: 'ext',
      display_name: 'An extension',
      version: '2',
      server: {
        type: 'node',
        mcp_config: { command: 'node', args: ['${__dirname}/s.js'], env: { API_KEY: '${user_config.api_key}' } },
      },
      tools: [{ name: 't' }],
    }),
  );
  expect(assetsOf(reading)).toEqual([
    'plugin An extension',
    'mcp-server ext',
    'credential API_KEY',
    'agent Claude Desktop, user settings',
  ]);
  expect(propertiesOf(reading, 'plugin', 'An extension')).toMatchObject({ version: '2', tools: ['t'] });
  expect(relationsOf(reading)).toHaveLength(3);
});
