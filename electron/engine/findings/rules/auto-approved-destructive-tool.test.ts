import { expect, test } from 'vitest';
import { judgeFiles, passed } from '../judge-files.test-support.ts';
import { autoApprovedDestructiveTool } from './auto-approved-destructive-tool.ts';

test('told by its name', () => {
  expect(
    judgeFiles(autoApprovedDestructiveTool, {
      '.roo/mcp.json': { mcpServers: { crm: { command: 'crm-mcp', alwaysAllow: ['get_contact', 'delete_contact'] } } },
    }).found,
  ).toEqual(['high .roo/mcp.json:5 crm']);
});

test('tools that read pass', () => {
  expect(
    passed(
      judgeFiles(autoApprovedDestructiveTool, {
        '.roo/mcp.json': { mcpServers: { crm: { command: 'crm-mcp', alwaysAllow: ['get_contact'] } } },
      }),
    ),
  ).toBe(true);
});
