import { expect, test } from 'vitest';
import { assetOf, classesOf, edges, linkFiles, named } from '../low-code/flow-source.test-support.ts';
import { n8nWorkflows } from './n8n.ts';

type Step = Readonly<Record<string, unknown>> & { readonly name: string; readonly type: string };
type Wire = readonly [from: string, to: string, kind?: string];

const workflow = (nodes: readonly Step[], wires: readonly Wire[], more: object = {}): object => {
  const connections: Record<string, Record<string, { node: string; type: string; index: number }[][]>> = {};
  for (const [from, to, kind = 'main'] of wires) {
    const outputs = (connections[from] ??= {});
    const [first = []] = (outputs[kind] ??= [[]]);
    first.push({ node: to, type: kind, index: 0 });
  }
  return {
    name: 'Test flow',
    nodes: nodes.map((node) => ({ parameters: {}, typeVersion: 2, position: [0, 0], ...node })),
    connections,
    ...more,
  };
};

const lang = '@n8n/n8n-nodes-langchain.';
const base = 'n8n-nodes-base.';
const agent: Step = { name: 'Agent', type: `${lang}agent`, parameters: { options: { systemMessage: 'Help.' } } };
const model: Step = {
  name: 'Model',
  type: `${lang}lmChatOpenAi`,
  parameters: { model: { __rl: true, mode: 'list', value: 'gpt-4.1-mini' } },
  credentials: { openAiApi: { id: 'x1', name: 'OpenAI shared' } },
};
const read = (file: object) => linkFiles(n8nWorkflows, { 'repo/flows/any.json': file });

test('an agent with its model, prompt, tools, memory, credentials and start', async () => {
  const found = await read(
    workflow(
      [
        { name: 'Hook', type: `${base}webhook`, parameters: { path: 'intake', httpMethod: 'POST' } },
        agent,
        model,
        {
          name: 'Memory',
          type: `${lang}memoryBufferWindow`,
          parameters: { sessionIdType: 'customKey', sessionKey: '={{ $json.from }}' },
        },
        {
          name: 'Look up',
          type: `${base}postgresTool`,
          parameters: { operation: 'executeQuery', query: "{{ $fromAI('sql', 'a query') }}" },
          credentials: { postgres: { id: 'p', name: 'customers' } },
        },
        { name: 'Any page', type: `${base}httpRequestTool`, parameters: { url: "={{ $fromAI('url') }}" } },
        {
          name: 'Ticket',
          type: `${base}httpRequestTool`,
          disabled: true,
          parameters: { method: 'DELETE', url: "=https://tickets.example/api/{{ $fromAI('id') }}" },
        },
        { name: 'Mail', type: `${base}gmailTool`, parameters: { sendTo: "={{ $fromAI('to') }}", subject: 'Hi' } },
      ],
      [
        ['Hook', 'Agent'],
        ['Model', 'Agent', 'ai_languageModel'],
        ['Memory', 'Agent', 'ai_memory'],
        ...['Look up', 'Any page', 'Ticket', 'Mail'].map((name) => [name, 'Agent', 'ai_tool'] as const),
      ],
      { active: true },
    ),
  );
  expect(named(found, 'agent')).toEqual(['Agent']);
  expect(assetOf(found, 'agent', 'Agent').properties).toMatchObject({
    framework: 'n8n',
    enabled: true,
    active: true,
    exposure: [{ kind: 'http', how: 'webhook intake', authentication: 'none', line: 14 }],
    disabledTools: ['Ticket'],
  });
  expect(assetOf(found, 'model', 'gpt-4.1-mini').properties).toMatchObject({ provider: 'openai' });
  expect(classesOf(assetOf(found, 'tool', 'Look up'))).toEqual(['reads-private', 'writes', 'deletes']);
  expect(assetOf(found, 'tool', 'Look up').properties['modelChosen']).toEqual([
    { parameter: 'query', name: 'sql', place: 'repo/flows/any.json', line: 69 },
  ]);
  expect(classesOf(assetOf(found, 'tool', 'Any page'))).toEqual(['reads-untrusted', 'sends-outside']);
  expect(classesOf(assetOf(found, 'tool', 'Ticket'))).toEqual(['deletes']);
  expect(classesOf(assetOf(found, 'tool', 'Mail'))).toEqual(['sends-outside']);
  expect(assetOf(found, 'data-store', 'Memory').properties).toMatchObject({
    inMemory: true,
    session: { chosenBy: 'expression', expression: '={{ $json.from }}' },
  });
  expect(edges(found, 'authenticates-with')).toEqual(['Agent -> OpenAI shared', 'Look up -> customers']);
  expect(edges(found, 'ingests')).toEqual(['Agent -> callers of Hook', 'Any page -> any web host']);
  // What is switched off reaches nothing.
  expect(edges(found, 'egresses-to')).toEqual(['Any page -> any web host', 'Mail -> mail to any address']);
  expect(found.relations.find((one) => one.kind === 'uses' && one.to.key.endsWith('#Ticket'))?.properties).toEqual({
    enabled: false,
  });
});

test('a chain with a model and no tools is no agent, but its model, store and credential count', async () => {
  const found = await read(
    workflow(
      [
        { name: 'Monday', type: `${base}scheduleTrigger` },
        { name: 'Load', type: `${base}awsS3`, parameters: { operation: 'download', bucketName: 'cost-reports' } },
        { name: 'Summary', type: `${lang}chainLlm`, parameters: { text: '={{ $json.data }}' } },
        model,
      ],
      [
        ['Monday', 'Load'],
        ['Load', 'Summary'],
        ['Model', 'Summary', 'ai_languageModel'],
      ],
    ),
  );
  expect(named(found, 'agent')).toEqual([]);
  expect(named(found, 'tool')).toEqual([]);
  expect(named(found, 'data-store')).toEqual(['s3://cost-reports']);
  expect(edges(found, 'uses')).toEqual(['Test flow -> gpt-4.1-mini']);
});

test('a model node is an agent once tools are wired into it', async () => {
  const openAi: Step = { name: 'Ask', type: `${lang}openAi`, parameters: { modelId: { value: 'gpt-4o' } } };
  const calculator: Step = { name: 'Calculator', type: `${lang}toolCalculator` };
  expect(named(await read(workflow([openAi], [])), 'agent')).toEqual([]);
  const found = await read(workflow([openAi, calculator], [['Calculator', 'Ask', 'ai_tool']]));
  expect(named(found, 'agent')).toEqual(['Ask']);
  expect(edges(found, 'uses')).toEqual(['Ask -> Calculator', 'Ask -> gpt-4o']);
});

const asks: Step = { name: 'Approve', type: `${base}slack`, parameters: { operation: 'sendAndWait' } };
const start: Step = { name: 'Start', type: `${base}manualTrigger` };
const branch: Step = { name: 'If', type: `${base}if` };
const shell: Step = {
  name: 'Shell',
  type: `${base}executeCommandTool`,
  parameters: { command: "={{ $fromAI('command') }}" },
};
const wired: readonly Wire[] = [
  ['Model', 'Agent', 'ai_languageModel'],
  ['Shell', 'Agent', 'ai_tool'],
];

test.each([
  [
    'before the agent with a branch',
    [
      ['Start', 'Approve'],
      ['Approve', 'If'],
      ['If', 'Agent'],
    ],
    ['Approve'],
    undefined,
  ],
  [
    'before the agent, nothing looks at the answer',
    [
      ['Start', 'Approve'],
      ['Approve', 'Agent'],
    ],
    [],
    'nothing between it and the agent looks at the answer',
  ],
  [
    'on one of two ways',
    [
      ['Start', 'Approve'],
      ['Approve', 'If'],
      ['If', 'Agent'],
      ['Start', 'Agent'],
    ],
    [],
    'some ways to the agent go past it',
  ],
  [
    'after the agent',
    [
      ['Start', 'Agent'],
      ['Agent', 'Approve'],
    ],
    [],
    'asked after the agent has run, when its tools have acted already',
  ],
] as const)('a question %s', async (_name, wires, gates, why) => {
  const found = await read(workflow([start, asks, branch, agent, model, shell], [...wires, ...wired]));
  expect(named(found, 'approval-gate')).toEqual(gates);
  const { falseGates } = assetOf(found, 'agent', 'Agent').properties;
  expect(falseGates).toEqual(
    why === undefined
      ? undefined
      : [{ mechanism: 'sendAndWait', why: `Approve: ${why}`, place: 'repo/flows/any.json', line: 23 }],
  );
  if (gates.length > 0) expect(edges(found, 'gated-by')).toEqual(['Agent -> Approve', 'Shell -> Approve']);
});

test('a question for words is no approval', async () => {
  const words: Step = { ...asks, parameters: { operation: 'sendAndWait', responseType: 'freeText' } };
  const wires: readonly Wire[] = [['Start', 'Approve'], ['Approve', 'If'], ['If', 'Agent'], ...wired];
  const found = await read(workflow([start, words, branch, agent, model, shell], wires));
  expect(named(found, 'approval-gate')).toEqual([]);
  expect(assetOf(found, 'agent', 'Agent').properties['falseGates']).toMatchObject([
    { why: 'Approve: asks for words, not for an approval' },
  ]);
});

test('a review step between tool and agent gates each call; a question that is itself a tool does not', async () => {
  const review: Step = { name: 'Review', type: `${base}slackHitlTool`, parameters: { operation: 'sendAndWait' } };
  const gated = await read(
    workflow(
      [agent, model, shell, review],
      [
        ['Model', 'Agent', 'ai_languageModel'],
        ['Shell', 'Review', 'ai_tool'],
        ['Review', 'Agent', 'ai_tool'],
      ],
    ),
  );
  expect(assetOf(gated, 'approval-gate', 'Review').properties).toMatchObject({
    grade: 'human-per-call',
    covers: ['Shell'],
  });
  expect(edges(gated, 'uses')).toContain('Agent -> Shell');
  const ask: Step = { name: 'Ask first', type: `${base}slackTool`, parameters: { operation: 'sendAndWait' } };
  const open = await read(workflow([agent, model, shell, ask], [...wired, ['Ask first', 'Agent', 'ai_tool']]));
  expect(named(open, 'approval-gate')).toEqual([]);
  expect(assetOf(open, 'agent', 'Agent').properties['falseGates']).toMatchObject([
    { why: 'Ask first: a tool that the model may call or not' },
  ]);
});

test('a sub-workflow of another file, by id and by name; what nobody calls and has no model is left out', async () => {
  const tool = (workflowId: object): Step => ({
    name: 'Sub',
    type: `${lang}toolWorkflow`,
    parameters: { workflowId, description: 'Runs it' },
  });
  const called = workflow(
    [
      { name: 'When called', type: `${base}executeWorkflowTrigger` },
      { name: 'Post', type: `${base}slack`, parameters: { operation: 'post' } },
    ],
    [['When called', 'Post']],
    { id: 'wf-7', name: 'Poster' },
  );
  for (const locator of [
    { value: 'wf-7', mode: 'id' },
    { value: 'gone', mode: 'list', cachedResultName: 'Poster' },
  ]) {
    const found = await linkFiles(n8nWorkflows, {
      'repo/a.json': workflow(
        [agent, model, tool(locator)],
        [
          ['Model', 'Agent', 'ai_languageModel'],
          ['Sub', 'Agent', 'ai_tool'],
        ],
      ),
      'repo/b.json': called,
    });
    expect(edges(found, 'executes')).toEqual(['Sub -> Poster', 'Test flow -> Agent']);
    expect(classesOf(assetOf(found, 'tool', 'Sub'))).toEqual(['delegates', 'sends-outside']);
    expect(assetOf(found, 'tool', 'Sub').properties).toMatchObject({
      capabilitiesKnown: true,
      subWorkflow: { name: 'Poster', found: true },
    });
  }
  const alone = await linkFiles(n8nWorkflows, { 'repo/b.json': called });
  expect(alone.assets).toEqual([]);
});

test('an agent as a tool is a sub-agent; MCP client and server', async () => {
  const found = await read(
    workflow(
      [
        agent,
        model,
        { name: 'Helper', type: `${lang}agentTool` },
        {
          name: 'Docs',
          type: `${lang}mcpClientTool`,
          parameters: {
            endpointUrl: 'https://docs.example/mcp',
            include: 'selected',
            includeTools: ['search'],
            authentication: 'bearerAuth',
          },
          credentials: { httpBearerAuth: { id: 'b', name: 'Docs token' } },
        },
        { name: 'Server', type: `${lang}mcpTrigger`, parameters: { path: 'ours' } },
        shell,
      ],
      [
        ['Model', 'Agent', 'ai_languageModel'],
        ['Model', 'Helper', 'ai_languageModel'],
        ['Helper', 'Agent', 'ai_tool'],
        ['Docs', 'Agent', 'ai_tool'],
        ['Shell', 'Server', 'ai_tool'],
      ],
    ),
  );
  expect(edges(found, 'delegates-to')).toEqual(['Agent -> Helper']);
  expect(named(found, 'mcp-server')).toHaveLength(2);
  expect(assetOf(found, 'mcp-server', 'Server').properties).toMatchObject({
    served: true,
    authentication: 'none',
    path: 'ours',
  });
  expect(edges(found, 'exposes')).toEqual(['Server -> Shell', 'Test flow -> Server']);
  expect(edges(found, 'authenticates-with').some((edge) => edge.endsWith('-> Docs token'))).toBe(true);
});

test('fixed SQL is read, fixed recipients are told from chosen ones, expressions give no model', async () => {
  const found = await read(
    workflow(
      [
        { name: 'Agent', type: `${lang}agent` },
        { name: 'Model', type: `${lang}lmChatOpenRouter`, parameters: { model: '={{ $json.model }}' } },
        {
          name: 'Read',
          type: `${base}mySqlTool`,
          parameters: { operation: 'executeQuery', query: "SELECT name FROM t WHERE note = 'delete this' -- drop" },
        },
        { name: 'Post', type: `${base}slackTool`, parameters: { operation: 'post', channelId: { value: '#ops' } } },
        { name: 'Odd', type: 'n8n-nodes-other.somethingTool' },
      ],
      [
        ['Model', 'Agent', 'ai_languageModel'],
        ['Read', 'Agent', 'ai_tool'],
        ['Post', 'Agent', 'ai_tool'],
        ['Odd', 'Agent', 'ai_tool'],
      ],
    ),
  );
  expect(classesOf(assetOf(found, 'tool', 'Read'))).toEqual(['reads-private']);
  expect(found.relations.find((one) => one.kind === 'egresses-to')?.properties).toEqual({
    recipient: 'fixed',
    to: '#ops',
  });
  expect(named(found, 'model')).toEqual([]);
  expect(assetOf(found, 'agent', 'Agent')).toMatchObject({
    dynamic: true,
    properties: { unknown: [{ reason: 'the model of "Model" is computed at run time' }] },
  });
  // Nothing known is no harmless tool.
  expect(assetOf(found, 'tool', 'Odd').properties).toMatchObject({ capabilities: [], capabilitiesKnown: false });
});

test('lists of exports, wrapped and broken files', async () => {
  const one = workflow([agent, model], [['Model', 'Agent', 'ai_languageModel']]);
  const two = await read([one, { workflow: { ...one, name: 'Second' } }]);
  expect(two.assets.filter((asset) => asset.kind === 'agent').map((asset) => asset.key)).toEqual([
    'repo/flows/any.json#Test flow/Agent',
    'repo/flows/any.json#Second/Agent',
  ]);
  const text = JSON.stringify(one, null, 2);
  const cut = await linkFiles(n8nWorkflows, {
    'repo/cut.json': text.slice(0, -30),
    'repo/tail.json': `${text}\nmore`,
    'repo/other.json': '{"docs": "@n8n/n8n-nodes-langchain.agent"}',
  });
  expect(cut.statuses).toEqual({
    'repo/cut.json': 'malformed',
    'repo/tail.json': 'malformed',
    'repo/other.json': 'read',
  });
  expect(cut.readings.get('repo/tail.json')?.assets.some((asset) => asset.kind === 'agent')).toBe(true);
  expect([...cut.readings.keys()]).not.toContain('repo/other.json');
});
