import { expect, test } from 'vitest';
import { readText } from '../reading.test-support.ts';
import { otherHosts } from './not-supported.ts';

test('a host that is not read yet is named, and gives no facts', () => {
  const text = '{"mcpServers": {"a": {"command": "x", "env": {"TOKEN": "FAKE-token-1234567890"}}}}';
  for (const { base, path } of otherHosts.locations) {
    const { detail, ...reading } = readText(otherHosts, base === 'home' ? `~/${path}` : path, text);
    expect(reading).toEqual({ status: 'not-supported', assets: [], relations: [], issues: [] });
    expect(detail).toMatch(/^configuration of [A-Z][A-Za-z ]+, which is not read yet: no facts taken$/);
    expect(detail).not.toContain('another host');
  }
});
