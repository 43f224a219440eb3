import { expect, test } from 'vitest';
import { assetOf, classesOf, edges, linkFiles, named } from '../low-code/flow-source.test-support.ts';
import { langflowFlows } from './langflow.ts';

const fields = (values: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'object' && value !== null && 'password' in value ? value : { value },
    ]),
  );
const part = (id: string, type: string, values: Readonly<Record<string, unknown>> = {}): object => ({
  type: 'genericNode',
  data: { id, type, node: { display_name: id, template: fields(values) } },
});
const wire = (source: string, target: string, fieldName: string): object => ({
  source,
  target,
  data: { targetHandle: { fieldName } },
});
const read = (nodes: readonly object[], edgesOf: readonly object[]) =>
  linkFiles(langflowFlows, { 'repo/flow.json': { name: 'Flow', data: { nodes, edges: edgesOf } } });

test('an agent with model, prompt, tools, a stored and a written secret', async () => {
  const found = await read(
    [
      part('ChatInput-1', 'ChatInput'),
      part('Agent-1', 'Agent', {
        agent_llm: 'OpenAI',
        model_name: 'gpt-4o',
        system_prompt: 'Help {user}.',
        api_key: { password: true, load_from_db: true, value: 'OPENAI_API_KEY' },
      }),
      part('Python-1', 'PythonREPLComponent'),
      part('Fetch-1', 'URLComponent'),
      part('Gmail-1', 'GmailAPI', {
        tools_metadata: [
          { name: 'GMAIL_SEND_EMAIL', status: true },
          { name: 'GMAIL_DELETE_MESSAGE', status: false },
        ],
        api_key: { password: true, load_from_db: false, value: 'FAKE8tvQx2pL' },
      }),
      part('Servers-1', 'MCPTools', {
        mcp_server: { name: 'files', config: { command: 'npx', args: ['-y', 'file-server'] } },
      }),
      part('Agent-2', 'Agent', { model: [{ name: 'claude-sonnet-4-5', provider: 'Anthropic' }] }),
    ],
    [
      wire('ChatInput-1', 'Agent-1', 'input_value'),
      ...['Python-1', 'Fetch-1', 'Gmail-1', 'Servers-1', 'Agent-2'].map((id) => wire(id, 'Agent-1', 'tools')),
    ],
  );
  expect(named(found, 'agent')).toEqual(['Agent-1', 'Agent-2']);
  expect(edges(found, 'delegates-to')).toEqual(['Agent-1 -> Agent-2']);
  expect(edges(found, 'uses')).toEqual([
    'Agent-1 -> Fetch-1',
    'Agent-1 -> Gmail-1',
    'Agent-1 -> Python-1',
    'Agent-1 -> files',
    'Agent-1 -> gpt-4o',
    'Agent-2 -> claude-sonnet-4-5',
  ]);
  expect(classesOf(assetOf(found, 'tool', 'Python-1'))).toEqual(['executes-code', 'writes', 'sends-outside']);
  expect(classesOf(assetOf(found, 'tool', 'Gmail-1'))).toEqual(['sends-outside']);
  expect(assetOf(found, 'tool', 'Gmail-1').properties).toMatchObject({ switchedOff: ['GMAIL_DELETE_MESSAGE'] });
  expect(edges(found, 'authenticates-with')).toEqual(['Agent-1 -> OPENAI_API_KEY']);
  expect(assetOf(found, 'agent', 'Agent-1').properties).toMatchObject({
    exposure: [{ kind: 'chat', how: 'ChatInput' }],
  });
  expect(assetOf(found, 'workload', 'Flow').properties).toMatchObject({
    literalSecrets: [{ where: 'Gmail-1.api_key', kind: 'secret' }],
  });
  expect(JSON.stringify(found.assets)).not.toContain('FAKE8tvQx2pL');
});

test('a language model without an agent is none', async () => {
  const found = await read(
    [part('ChatInput-1', 'ChatInput'), part('Model-1', 'OpenAIModel', { model_name: 'gpt-4o' })],
    [wire('ChatInput-1', 'Model-1', 'input_value')],
  );
  expect(named(found, 'agent')).toEqual([]);
  expect(edges(found, 'uses')).toEqual(['Flow -> gpt-4o']);
});

test('handles as texts', async () => {
  const found = await read(
    [part('Agent-1', 'Agent', { model_name: 'gpt-4o' }), part('Calc-1', 'CalculatorComponent')],
    [{ source: 'Calc-1', target: 'Agent-1', targetHandle: '{œfieldNameœ: œtoolsœ, œidœ: œAgent-1œ}' }],
  );
  expect(assetOf(found, 'tool', 'Calc-1').properties).toMatchObject({ capabilities: [], capabilitiesKnown: true });
});
