import { type CallValue, identityOf } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { given, pathOf } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { ArgumentAt, Framework, ModelRule, Takes } from '../framework.ts';
import { callsBehind } from '../typed/chain-values.ts';

/**
 * Microsoft Agent Framework for .NET (`Microsoft.Agents.AI` 1.0 and its previews) with the chat clients and functions of
 * Microsoft.Extensions.AI 10. From knowledge of the packages, not from a read document.
 */

/** An argument by its name, or the property of an options object at one of the positions. */
const option = (names: readonly string[], properties: readonly string[]): ArgumentAt => [
  ...names,
  ...properties.flatMap((one) => [one, `options.${one}`, `0.${one}`, `1.${one}`]),
];

const takes: Takes = {
  name: option(['name'], ['Name']),
  description: option(['description'], ['Description']),
  model: ['model'],
  instructions: option(['instructions'], ['Instructions', 'ChatOptions.Instructions']),
  tools: option(['tools'], ['Tools', 'ChatOptions.Tools']),
  memory: option(
    [],
    ['AIContextProviderFactory', 'AIContextProviders', 'ChatMessageStoreFactory', 'ChatHistoryProvider'],
  ),
};

const settings = ['ChatOptions.ToolMode', 'ChatOptions.Temperature', 'UseProvidedChatClientAsIs'];

const clients: readonly (readonly [RegExp, string])[] = [
  [/^Azure\.AI\.OpenAI\b/, 'azure-openai'],
  [/^OpenAI\b/, 'openai'],
  [/^Azure\.AI\b/, 'azure-ai'],
  [/^Anthropic\b/, 'anthropic'],
  [/^OllamaSharp\b/, 'ollama'],
  [/^Google\.GenAI\b/, 'google'],
  [/^Amazon\.BedrockRuntime\b/, 'bedrock'],
];
const makesModel =
  /\.(?:GetChatClient|GetResponsesClient|GetOpenAIResponseClient|GetResponseClient|GetAssistantClient|OllamaApiClient|ChatCompletionsClient|AsIChatClient)$|^OpenAI\.Chat\.ChatClient$|^OpenAI\.Responses\.\w+Client$/;

function models(path: string): ModelRule | null {
  if (!makesModel.test(path)) return null;
  const provider = clients.find(([pattern]) => pattern.test(path))?.[1];
  if (provider === undefined) return null;
  // `GetChatClient(model)` comes before `AsIChatClient()`, which takes a model only where nothing did before.
  if (/\.AsIChatClient$/.test(path))
    return /\.Get\w+Client\(\)|OllamaApiClient\(\)|^OpenAI\.(?:Chat|Responses)\.\w+\(\)/.test(path)
      ? null
      : { provider, id: [0, 'defaultModelId', 'model', 'modelId'] };
  return /OllamaApiClient$/.test(path)
    ? { provider, id: ['defaultModel', 1], base: ['uri', 'uriString', 0] }
    : { provider, id: ['deploymentName', 'model', 'modelId', 0], key: ['apiKey', 'credential', 'key', 1] };
}

function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  const { project } = context;
  for (const { call } of agent.calls) {
    if (agent.symbol.startsWith('Build') || /^Create\w*BuilderWith$/.test(agent.symbol)) {
      members(context, agent, call, into);
      continue;
    }
    const first = given(project, call, ['chatClient', 'client', 0]);
    const sources = [call.callee, ...(first === null ? [] : [first])];
    for (const source of sources)
      for (const one of callsBehind(project, source, /ChatClientBuilder$|AsIChatClient$/)) {
        if (context.modelsIn(one).length > 0) into.models.set(identityOf(one), one);
      }
    for (const one of callsBehind(project, call.callee)) {
      const path = pathOf(one);
      // The hosting extensions name the agent first: `AddAIAgent("name", "instructions")`.
      if (/\.AddAIAgent$/.test(path)) continue;
      if (/\.(?:Use|UseOpenTelemetry|UseLogging)$/.test(path))
        into.middleware.push({ name: path.slice(path.lastIndexOf('.') + 1), call: one, spot: one.spot, guards: false });
    }
  }
}

/** Agents that a team is made of are all of its arguments. */
function members(context: FindContext, agent: AgentFound, call: CallValue, into: Gathering): void {
  const { project } = context;
  for (const expression of [...call.call.args, ...call.call.keywords.map((one) => one.value)]) {
    const value = project.evaluate(
      expression.kind === 'spread' ? expression.value : expression,
      call.scope,
      call.call.at,
    );
    for (const one of value.kind === 'list' ? value.items.map((item) => item.value) : [value])
      for (const inner of context.agentsIn(one)) into.agents.push({ agent: inner, spot: call.spot, how: agent.symbol });
  }
  for (const site of project.calls(new Set(['WithHandoff', 'WithHandoffs', 'AddParticipants']))) {
    const callee = project.evaluate(site.call.callee, site.scope, site.statement.at);
    if (!callsBehind(project, callee).some((one) => identityOf(one) === identityOf(call))) continue;
    for (const expression of site.call.args) {
      const value = project.evaluate(expression, site.scope, site.statement.at);
      for (const one of value.kind === 'list' ? value.items.map((item) => item.value) : [value])
        for (const inner of context.agentsIn(one))
          into.agents.push({
            agent: inner,
            spot: { place: site.scope.module.place, line: site.call.line },
            how: site.call.callee.kind === 'attribute' ? site.call.callee.name : 'handoff',
          });
    }
  }
}

export const agentFrameworkNet: Framework = {
  id: 'agent-framework',
  title: 'Microsoft Agent Framework for .NET',
  language: 'csharp',
  roots: /^Microsoft\.(?:Agents\.AI|Extensions\.AI)\./,
  keywords: ['Microsoft.Agents.AI', 'AIFunctionFactory', 'AsAIAgent', 'CreateAIAgent', 'ChatClientAgent'],
  agents: [
    {
      symbols: ['ChatClientAgent'],
      takes: {
        ...takes,
        name: [...(takes.name ?? []), 2],
        instructions: [...(takes.instructions ?? []), 1],
        tools: [...(takes.tools ?? []), 4],
      },
      subclasses: true,
      settings,
    },
    {
      symbols: ['AsAIAgent', 'CreateAIAgent', 'CreateAIAgentAsync', 'GetAIAgent', 'GetAIAgentAsync', 'BuildAIAgent'],
      from: /^(?:OpenAI|Azure\.AI|Anthropic|OllamaSharp|Google|Amazon|Microsoft\.(?:Agents|Extensions)\.AI)\b.*\.\w+$/,
      takes: {
        ...takes,
        name: [...(takes.name ?? []), 1],
        instructions: [...(takes.instructions ?? []), 0],
        tools: [...(takes.tools ?? []), 3],
      },
      settings,
    },
    {
      symbols: ['AddAIAgent'],
      from: /\.AddAIAgent$/,
      takes: { ...takes, name: [0, 'name'], instructions: [1, 'instructions'] },
      needs: ['name', 'instructions', 'createAgentDelegate'],
    },
    { symbols: ['AIAgent', 'DelegatingAIAgent'], takes: {}, needs: ['never given'], subclasses: true },
    { symbols: ['A2AAgent'], takes },
    {
      symbols: ['BuildSequential', 'BuildConcurrent', 'CreateHandoffBuilderWith', 'CreateGroupChatBuilderWith'],
      from: /^Microsoft\.Agents\.AI\.Workflows\.AgentWorkflowBuilder\.\w+$/,
      form: 'team',
      takes: { name: ['workflowName'] },
    },
  ],
  graphs: [
    {
      symbols: ['WorkflowBuilder'],
      from: /^Microsoft\.Agents\.AI\.Workflows\.WorkflowBuilder$/,
      finish: ['Build', 'BuildAsync'],
      nodes: {
        AddEdge: { action: [0, 1] },
        AddFanOutEdge: { action: [0, 1] },
        AddFanInEdge: { action: [0, 1] },
        BindExecutor: { action: [0] },
      },
      edges: ['AddSwitch', 'WithOutputFrom'],
      takes: {},
    },
  ],
  tools: [
    {
      symbols: ['Create'],
      from: /^Microsoft\.Extensions\.AI\.AIFunctionFactory\.Create$/,
      kind: 'wrapper',
      function: [0, 'method'],
      name: ['name', '1.Name', 'options.Name', 1],
      description: ['description', '1.Description', 'options.Description', 2],
    },
    {
      symbols: ['ApprovalRequiredAIFunction'],
      kind: 'wrapper',
      function: [0, 'innerFunction'],
      gates: [
        {
          at: ['never given'],
          mechanism: 'ApprovalRequiredAIFunction',
          values: { absent: { grade: 'human-per-call' } },
        },
      ],
    },
    {
      symbols: ['AsAIFunction'],
      from: /\.AsAIFunction$/,
      kind: 'agent',
      name: ['0.Name', 'options.Name'],
      description: ['0.Description'],
    },
    { symbols: ['HostedCodeInterpreterTool'], kind: 'hosted', as: 'code_interpreter', classes: ['executes-code'] },
    {
      symbols: ['HostedWebSearchTool'],
      kind: 'hosted',
      as: 'web_search',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    { symbols: ['HostedFileSearchTool'], kind: 'hosted', as: 'file_search', classes: ['reads-private'] },
    {
      symbols: ['CodeInterpreterToolDefinition'],
      from: /^Azure\.AI\.Agents\.Persistent\.\w+$/,
      kind: 'hosted',
      as: 'code_interpreter',
      classes: ['executes-code'],
    },
    {
      symbols: ['BingGroundingToolDefinition'],
      from: /^Azure\.AI\.Agents\.Persistent\.\w+$/,
      kind: 'hosted',
      as: 'bing_grounding',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['FileSearchToolDefinition'],
      from: /^Azure\.AI\.Agents\.Persistent\.\w+$/,
      kind: 'hosted',
      as: 'file_search',
      classes: ['reads-private'],
    },
  ],
  servers: [
    {
      symbols: ['HostedMcpServerTool'],
      name: [0, 'serverName'],
      url: [1, 'serverAddress', 'url'],
      transport: 'http',
      gates: [
        {
          at: ['ApprovalMode'],
          mechanism: 'ApprovalMode',
          values: {
            neverrequire: { grade: 'none', why: 'ApprovalMode is NeverRequire' },
            alwaysrequire: { grade: 'human-per-call' },
          },
        },
      ],
      filter: ['AllowedTools'],
    },
    {
      symbols: ['StdioClientTransport'],
      from: /^ModelContextProtocol\.[\w.]+$/,
      name: ['Name', '0.Name'],
      command: ['Command', '0.Command'],
      args: ['Arguments', '0.Arguments'],
      env: ['EnvironmentVariables', '0.EnvironmentVariables'],
      transport: 'stdio',
    },
    {
      symbols: ['SseClientTransport', 'HttpClientTransport'],
      from: /^ModelContextProtocol\.[\w.]+$/,
      name: ['Name', '0.Name'],
      url: ['Endpoint', '0.Endpoint'],
      headers: ['AdditionalHeaders', '0.AdditionalHeaders'],
      transport: 'http',
    },
    {
      symbols: ['ListToolsAsync', 'ListTools', 'EnumerateToolsAsync'],
      from: /^ModelContextProtocol\b.*\.\w+$/,
      handsOn: true,
    },
  ],
  models,
  runners: [
    {
      symbols: ['RunAsync', 'StreamAsync', 'RunStreamingAsync'],
      from: /^Microsoft\.Agents\.AI\.Workflows\.InProcessExecution\.\w+$/,
      agent: [0, 'workflow'],
    },
  ],
  exposers: [
    {
      symbols: ['MapA2A', 'MapOpenAIResponses', 'MapAGUI', 'MapOpenAIChatCompletions'],
      from: /\.Map\w+$/,
      kind: 'http',
      agent: [1, 0],
    },
  ],
  silent: /^Microsoft\.(?:Agents\.AI|Extensions\.AI)\./,
  extra: { gather },
};
