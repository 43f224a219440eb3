import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { ecmascriptAgentsSource } from '../ecmascript-agents.ts';
import { linkFiles } from '../engine/link-files.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

it('tells transports, addresses, authentication and the hints of tools', async () => {
  const { assets } = await linkFiles(
    new Map([
      [
        'server.ts',
        `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import express from 'express';
const name = 'notes';
const server = new McpServer({ name, version: '1' });
server.registerTool('drop', { description: 'Drops all notes', annotations: { destructiveHint: true, readOnlyHint: false } }, () => ({}));
server.registerTool(process.env.EXTRA_TOOL!, {}, () => ({}));
const transport = new StreamableHTTPServerTransport({ enableDnsRebindingProtection: true, allowedHosts: ['a.example'] });
await server.connect(transport);
const app = express();
app.post('/mcp', requireBearerAuth({ verifier }), (req, res) => transport.handleRequest(req, res));
app.listen(3000, '127.0.0.1');
`,
      ],
    ]),
    'app',
    ecmascriptAgentsSource,
  );
  const server = assets.find((asset) => asset.kind === 'mcp-server');
  expect([server?.name, server?.key, server?.dynamic, server?.properties]).toEqual([
    'notes',
    'app/server.ts#notes',
    true,
    {
      framework: 'mcp-sdk',
      language: 'javascript',
      implementedHere: true,
      transport: 'http',
      tools: ['drop'],
      toolsUnknown: 1,
      enableDnsRebindingProtection: true,
      allowedHosts: 'given',
      authentication: 'requireBearerAuth',
      bindAddress: '127.0.0.1',
      location: 'source',
    },
  ]);
  const tool = assets.find((asset) => asset.kind === 'tool');
  expect([tool?.name, tool?.properties?.['destructiveHint'], tool?.properties?.['descriptionSha256']]).toEqual([
    'drop',
    true,
    sha256('Drops all notes'),
  ]);
});
