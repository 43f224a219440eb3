import { expect, test } from 'vitest';
import { assetOf, classesOf, edges, linkFiles, named } from '../low-code/flow-source.test-support.ts';
import { difyApps } from './dify.ts';

const head = (mode: string): string =>
  `app:\n  icon_background: '#FFEAD5'\n  mode: ${mode}\n  name: Helper\nkind: app\nversion: 0.3.0\n`;
const read = (text: string) => linkFiles(difyApps, { 'repo/helper.yml': text });

test('an agent app with tools, one switched off, and a knowledge base', async () => {
  const found = await read(`${head('agent-chat')}model_config:
  model: {name: gpt-4o, provider: langgenius/openai/openai}
  pre_prompt: Answer {{name}} with care.
  agent_mode:
    enabled: true
    strategy: function_call
    max_iteration: 5
    tools:
    - {enabled: true, provider_name: tavily, provider_type: builtin, tool_name: tavily_search, tool_parameters: {query: ''}}
    - {enabled: false, provider_name: code, provider_type: builtin, tool_name: simple_code}
    - {enabled: true, provider_name: our-flow, provider_type: workflow, tool_name: our_flow}
  dataset_configs:
    datasets:
      datasets:
      - dataset: {enabled: true, id: kb-1}
`);
  expect(assetOf(found, 'agent', 'Helper')).toMatchObject({
    properties: { mode: 'agent-chat', settings: { strategy: 'function_call', maxIterations: '5' } },
    lines: { line: 4 },
  });
  expect(edges(found, 'uses')).toEqual([
    'Helper -> gpt-4o',
    'Helper -> our_flow',
    'Helper -> simple_code',
    'Helper -> tavily_search',
  ]);
  expect(classesOf(assetOf(found, 'tool', 'tavily_search'))).toEqual(['reads-untrusted']);
  expect(assetOf(found, 'tool', 'tavily_search').properties['modelChosen']).toMatchObject([{ parameter: 'query' }]);
  expect(assetOf(found, 'tool', 'simple_code').properties['enabled']).toBe(false);
  expect(assetOf(found, 'tool', 'our_flow').properties).toMatchObject({ capabilitiesKnown: false });
  expect(named(found, 'data-store')).toEqual(['knowledge base kb-1']);
});

test('a workflow of model, code and request steps is no agent', async () => {
  const found = await read(`${head('workflow')}workflow:
  environment_variables:
  - {name: PAY_TOKEN, value_type: secret, value: FAKE-value-of-a-secret-12}
  graph:
    edges: []
    nodes:
    - {id: '1', data: {type: llm, title: Ask, model: {name: gpt-4o, provider: openai}}}
    - {id: '2', data: {type: code, title: Compute}}
    - {id: '3', data: {type: http-request, title: Send, method: post, url: 'https://pay.example/x'}}
`);
  expect(named(found, 'agent')).toEqual([]);
  expect(named(found, 'tool')).toEqual([]);
  expect(edges(found, 'egresses-to')).toEqual(['Helper -> pay.example']);
  expect(assetOf(found, 'workload', 'Helper').properties).toMatchObject({
    literalSecrets: [{ where: 'environment_variables.PAY_TOKEN', kind: 'secret', line: 9 }],
    steps: [
      { name: 'Compute', classes: ['executes-code'] },
      { name: 'Send', classes: ['sends-outside', 'writes', 'reads-untrusted'] },
    ],
  });
  expect(JSON.stringify(found.assets)).not.toContain('FAKE-value');
});

const agentStep = `    - id: '2'
      data:
        type: agent
        title: Worker
        agent_strategy_name: function_calling
        agent_parameters:
          instruction: {type: constant, value: Do it.}
          query: {type: constant, value: '{{#sys.query#}}'}
          model: {type: constant, value: {model: gpt-4o-mini, provider: langgenius/openai/openai}}
          mcp_server: {type: constant, value: 'https://mcp.example/sse?key=abc'}
          tools:
            type: constant
            value:
            - {enabled: true, provider_name: time, tool_name: current_time, type: builtin, schemas: [{name: zone, form: llm}, {name: format, form: form}]}
    - {id: '3', data: {type: human-input, title: Sure}}
`;

test.each([
  [
    'before',
    [
      ['1', '3'],
      ['3', '2'],
    ],
    ['Sure'],
  ],
  [
    'after',
    [
      ['1', '2'],
      ['2', '3'],
    ],
    [],
  ],
] as const)('an agent step, a person asked %s it', async (when, pairs, gates) => {
  const arrows = pairs.map(([source, target]) => `    - {source: '${source}', target: '${target}'}`).join('\n');
  const found = await read(
    `${head('advanced-chat')}workflow:\n  graph:\n    edges:\n${arrows}\n    nodes:\n    - {id: '1', data: {type: start, title: Start}}\n${agentStep}`,
  );
  expect(named(found, 'agent')).toEqual(['Worker']);
  expect(named(found, 'model')).toEqual(['gpt-4o-mini']);
  expect(assetOf(found, 'tool', 'current_time').properties).toMatchObject({
    capabilities: [],
    capabilitiesKnown: true,
    modelChosen: [{ parameter: 'zone' }],
  });
  expect(named(found, 'mcp-server')).toHaveLength(1);
  expect(named(found, 'approval-gate')).toEqual(gates);
  expect(assetOf(found, 'agent', 'Worker').properties['falseGates'] !== undefined).toBe(when === 'after');
});

test('the answer of the export API holds the app as text', async () => {
  const data = `${head('agent-chat')}model_config:\n  model: {name: gpt-4o, provider: openai}\n  agent_mode: {enabled: true, tools: []}\n`;
  expect(named(await linkFiles(difyApps, { 'repo/one.json': { data } }), 'agent')).toEqual(['Helper']);
});
