import { expect, test } from 'vitest';
import { readText } from '../reading.test-support.ts';
import { otherHosts } from './not-supported.ts';

test('a host that is not read yet is named, and gives no facts', () => {
  const text = '{"mcpServers": {"a": {"command": "x", "env": {"TOKEN": "FAKE-token-1234567890"}}}}';
  expect(readText(otherHosts, '.kiro/settings/mcp.json', text)).toEqual({
    status: 'not-supported',
    detail: 'configuration of Kiro, which is not read yet: no facts taken',
    assets: [],
    relations: [],
    issues: [],
  });
  expect(readText(otherHosts, '~/.config/zed/settings.json', '').detail).toContain('Zed');
});
