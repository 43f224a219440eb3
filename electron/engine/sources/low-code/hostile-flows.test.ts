import { describe, expect, test } from 'vitest';
import { canary, faultsOf, hostileInputs } from '../conformance.ts';
import { m365DeclarativeAgents } from '../copilot-studio/m365-agents.ts';
import { copilotStudioWorkspace } from '../copilot-studio/workspace.ts';
import { declarativeAgents } from '../declarative-agents/declarative-agents.ts';
import { difyApps } from '../dify/dify.ts';
import { flowiseFlows } from '../flowise/flowise.ts';
import { langflowFlows } from '../langflow/langflow.ts';
import { n8nWorkflows } from '../n8n/n8n.ts';
import type { CodeSource, FileSource } from '../source.ts';
import { fileOf } from './flow-source.test-support.ts';

const secretNode = (name: string, type: string): object => ({
  name,
  type,
  parameters: {
    url: `https://u:${canary}@h.example/?token=${canary}`,
    query: `select 1 -- password=${canary}`,
    jsCode: `const API_KEY = "${canary}"`,
    text: `API_KEY=${canary}`,
    toolDescription: `use Bearer ${canary}`,
    model: `sk-${canary}`,
    path: `x?key=${canary}`,
    sessionKey: `=token: ${canary}`,
    toEmail: `a?token=${canary}`,
  },
  credentials: { httpHeaderAuth: { id: canary, name: `API_KEY=${canary}` } },
});

/** What each product reads, in forms that nobody means well. */
const own: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'an n8n flow with secrets, a circle and odd types',
    text: JSON.stringify({
      nodes: [
        secretNode('A', '@n8n/n8n-nodes-langchain.agent'),
        secretNode('B', 'n8n-nodes-base.httpRequestTool'),
        secretNode('C', 'n8n-nodes-base.postgresTool'),
        secretNode('W', 'n8n-nodes-base.webhook'),
        secretNode('M', '@n8n/n8n-nodes-langchain.memoryRedisChat'),
        secretNode('__proto__', 'n8n-nodes-base.codeTool'),
        5,
        null,
        { name: 7, type: [] },
        secretNode('S', 'n8n-nodes-base.mcpClientTool'),
      ],
      connections: {
        A: { main: [[{ node: 'A', type: 'main' }, { node: 'gone' }, 3], null] },
        B: { ai_tool: [[{ node: 'A' }]] },
        C: { ai_tool: [[{ node: 'A' }]] },
        S: { ai_tool: [[{ node: 'A' }]] },
        __proto__: { ai_tool: [[{ node: 'A' }]] },
        W: { main: [[{ node: 'A' }]] },
        M: { ai_memory: [[{ node: 'A' }]] },
      },
    }),
  },
  {
    name: 'a Flowise flow with secrets',
    text: JSON.stringify({
      nodes: [
        {
          id: 'a',
          data: {
            id: 'a',
            name: 'toolAgent',
            label: `API_KEY=${canary}`,
            category: 'Agents',
            inputs: {
              systemMessage: `token: ${canary}`,
              tools: ['{{b.data.instance}}', '{{a.data.instance}}'],
              model: '{{c.data.instance}}',
            },
          },
        },
        {
          id: 'b',
          data: {
            id: 'b',
            name: 'customMCP',
            label: 'm',
            category: 'Tools (MCP)',
            inputs: {
              mcpServerConfig: `{"command":"npx","args":["--token","${canary}"],"env":{"X_API_KEY":"${canary}"}}`,
            },
          },
        },
        {
          id: 'c',
          data: {
            id: 'c',
            name: 'chatOpenAI',
            label: 'c',
            category: 'Chat Models',
            inputs: { modelName: `sk-${canary}`, basepath: canary },
            inputParams: [{ type: 'credential', credentialNames: ['openAIApi'] }],
          },
        },
      ],
      edges: [{ source: 'a', target: 'a' }],
    }),
  },
  {
    name: 'a Langflow flow with secrets',
    text: JSON.stringify({
      data: {
        nodes: [
          {
            data: {
              id: 'A',
              type: 'Agent',
              node: {
                display_name: 'A',
                template: {
                  api_key: { password: true, value: canary, load_from_db: false },
                  system_prompt: { value: `API_KEY=${canary}` },
                  model_name: { value: 'gpt-4o' },
                },
              },
            },
          },
          {
            data: {
              id: 'M',
              type: 'MCPTools',
              node: {
                display_name: `token=${canary}`,
                template: {
                  mcp_server: {
                    value: {
                      name: 'x',
                      config: { command: 'npx', args: ['--api-key', canary], env: { A_TOKEN: canary } },
                    },
                  },
                },
              },
            },
          },
        ],
        edges: [{ source: 'M', target: 'A', data: { targetHandle: { fieldName: 'tools' } } }],
      },
    }),
  },
  {
    name: 'a Dify app with secrets',
    text: `app:\n  mode: agent-chat\n  name: 'API_KEY=${canary}'\n  icon_background: x\nkind: app\nmodel_config:\n  pre_prompt: 'token: ${canary}'\n  agent_mode:\n    enabled: true\n    tools:\n    - provider_name: x\n      provider_type: api\n      tool_name: 'send'\n      tool_parameters: {api_key: ${canary}}\nworkflow:\n  environment_variables:\n  - {name: A_TOKEN, value_type: secret, value: ${canary}}\n  graph:\n    nodes:\n    - id: 1\n      data: {type: agent, title: t, agent_parameters: {mcp_servers_config: {type: constant, value: '{"x":{"url":"https://h.example/mcp?token=${canary}","headers":{"Authorization":"Bearer ${canary}"}}}'}}}\n    - id: 2\n      data: {type: http-request, title: h, url: 'https://u:${canary}@h.example', headers: 'Authorization:Bearer ${canary}'}\n`,
  },
  {
    name: 'declarative agents with secrets',
    text: `kind: Prompt\nname: 'token=${canary}'\ninstructions: 'API_KEY=${canary}'\nmodel:\n  id: gpt-4o\n  connection: {kind: key, apiKey: ${canary}, name: 'token=${canary}'}\ntools:\n- {kind: mcp, name: m, url: 'https://u:${canary}@h.example/mcp?key=${canary}', connection: {kind: key, apiKey: ${canary}}}\n---\nservices:\n  a: {host: azure.ai.agent, project: ../../.., env: {A_TOKEN: ${canary}}}\n---\ncomponents:\n  a:\n    type: haystack.components.agents.agent.Agent\n    init_parameters: {system_prompt: 'API_KEY=${canary}', tools: [{type: x.MCPTool, data: {server_info: {url: 'https://h.example/?token=${canary}'}}}]}\n`,
  },
  {
    name: 'a part of Copilot Studio with secrets',
    text: `kind: TaskDialog\nmodelDisplayName: 'API_KEY=${canary}'\nmodelDescription: 'Bearer ${canary}'\naction: {kind: InvokeConnectorTaskAction, connectionReference: 'token=${canary}', operationId: SendEmailV2}\n`,
  },
  {
    name: 'a topic that calls out',
    text: `kind: AdaptiveDialog\nbeginDialog: {kind: OnRecognizedIntent, actions: [{kind: HttpRequestAction, method: Post, url: 'https://u:${canary}@h.example/x', headers: {Authorization: 'Bearer ${canary}'}}]}\n`,
  },
  {
    name: 'a declarative agent of Microsoft 365 with secrets',
    text: JSON.stringify({
      $schema: 'https://developer.microsoft.com/json-schemas/copilot/declarative-agent/v1.5/schema.json',
      name: `token=${canary}`,
      instructions: `API_KEY=${canary}`,
      capabilities: [
        { name: 'WebSearch', sites: [{ url: `https://u:${canary}@h.example` }] },
        { name: 'OneDriveAndSharePoint', items_by_url: [{ url: `https://h.example/?token=${canary}` }] },
      ],
      actions: [{ file: '../../../../etc/passwd' }],
    }),
  },
  {
    name: 'a plug-in with secrets',
    text: JSON.stringify({
      schema_version: 'v2.2',
      functions: [{ name: 'send', description: `API_KEY=${canary}`, capabilities: { confirmation: { type: 'None' } } }],
      runtimes: [
        {
          type: 'RemoteMCPServer',
          spec: { url: `https://u:${canary}@h.example/?token=${canary}` },
          run_for_functions: ['send'],
          auth: { type: 'ApiKeyPluginVault', reference_id: `token=${canary}` },
        },
      ],
    }),
  },
  {
    name: 'anchors in a circle',
    text: 'kind: app\nicon_background: x\na: &a\n  b: *a\n  c: [*a, *a]\napp: {mode: agent-chat, name: *a}\n',
  },
  {
    name: 'an anchor that is its own model',
    text: 'kind: Prompt\nmodel: &m {id: *m}\ninstructions: x\ntools: &t [*t]\n',
  },
  { name: 'a thousand levels', text: `{"nodes":[],"connections":{"a":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}}}` },
  { name: 'a thousand levels of YAML', text: `kind: Prompt\nmodel: ${'['.repeat(1000)}${']'.repeat(1000)}\n` },
  {
    name: 'broken JSON',
    text: '{"nodes": [{"name": "A", "type": "@n8n/n8n-nodes-langchain.agent"}, {"name"], "connections": {}',
  },
  {
    name: '5 MB of steps that all lead to each other',
    text: JSON.stringify({
      nodes: Array.from({ length: 9000 }, (_item, index) => ({
        name: `n${index}`,
        type: '@n8n/n8n-nodes-langchain.agent',
        parameters: { text: 'x'.repeat(460) },
      })),
      connections: Object.fromEntries(
        Array.from({ length: 900 }, (_item, index) => [
          `n${index}`,
          { main: [Array.from({ length: 10 }, (_other, to) => ({ node: `n${(index * 7 + to) % 900}` }))] },
        ]),
      ),
    }),
  },
];

const sources: readonly (readonly [CodeSource, string])[] = [
  [n8nWorkflows, 'json'],
  [flowiseFlows, 'json'],
  [langflowFlows, 'json'],
  [difyApps, 'yml'],
  [difyApps, 'json'],
  [declarativeAgents, 'yaml'],
  [copilotStudioWorkspace, 'mcs.yml'],
  [m365DeclarativeAgents, 'json'],
];

describe.each(sources.map(([source, ending]) => [source.id, ending, source] as const))(
  '%s over .%s',
  (_id, ending, source) => {
    test('survives hostile input, keeps secrets, tells lines, links in time', async () => {
      const faults: string[] = [];
      for (const { name, text } of [...hostileInputs(), ...own]) {
        const file = fileOf(`repo/agents/actions/some.${ending}`, text);
        const started = performance.now();
        const summary = await source.summarise(file);
        const linked = source.link([summary], { rootLabel: 'repo' });
        const took = performance.now() - started;
        if (took > 4000) faults.push(`${name}: ${Math.round(took)} ms`);
        if (JSON.stringify(summary).includes(canary)) faults.push(`${name}: a secret stands in the summary`);
        if (summary.status === 'malformed' && summary.issues.length === 0)
          faults.push(`${name}: malformed without a word`);
        const lines = text.split('\n').length;
        for (const issue of summary.issues)
          if (issue.line !== null && (issue.line < 1 || issue.line > lines))
            faults.push(`${name}: issue at ${issue.line} of ${lines}`);
        for (const { reading } of linked.readings)
          faults.push(...faultsOf(source as unknown as FileSource, file, reading).map((fault) => `${name}: ${fault}`));
        if (linked.wanted.some((place) => !place.startsWith('repo/') || place.includes('..')))
          faults.push(`${name}: wants ${linked.wanted.join(', ')}`);
      }
      expect(faults).toEqual([]);
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    }, 120_000);
  },
);
