import { expect, test } from 'vitest';
import { scanAndJudge } from '../scan-findings.test-support.ts';

const server = (statement: string): string =>
  [
    'import psycopg',
    'from mcp.server.fastmcp import FastMCP',
    'from mcp.types import ToolAnnotations',
    '',
    'mcp = FastMCP("orders")',
    '',
    '',
    '@mcp.tool(annotations=ToolAnnotations(readOnlyHint=True))',
    'def run_report(sql: str) -> list:',
    '    """Run a report."""',
    '    with psycopg.connect("dbname=x", autocommit=True) as connection:',
    `        return connection.execute(${statement}).fetchall()`,
    '',
    '',
    'mcp.run()',
    '',
  ].join('\n');

test('the code changes what the annotation says it only reads', async () => {
  const { found } = await scanAndJudge('hint-contradicts-code', { 'server.py': server('sql') });
  expect(found).toEqual(['high server.py:9+server.py:12 run_report']);
});

test('code that reads passes', async () => {
  const { found, undecided } = await scanAndJudge('hint-contradicts-code', {
    'server.py': server('"select * from orders"'),
  });
  expect({ found, undecided }).toEqual({ found: [], undecided: [] });
});
