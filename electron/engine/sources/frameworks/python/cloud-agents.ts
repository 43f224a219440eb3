import type { Framework } from '../framework.ts';

/**
 * Agents that code makes at a provider or puts on one: Azure AI Agents (`azure.ai.projects`, `azure.ai.agents`), Bedrock
 * AgentCore apps, OpenAI Assistants, Mistral agents. From knowledge of the packages (2024 to 2026).
 */

export const azureAgents: Framework = {
  id: 'azure-ai-agents',
  title: 'Azure AI Agents',
  language: 'python',
  roots: /^azure\.ai\./,
  keywords: ['azure.ai.projects', 'azure.ai.agents'],
  provider: 'azure-ai',
  agents: [
    {
      symbols: ['create_agent', 'create_version', 'create_and_run'],
      from: /^azure\.ai\.(?:projects|agents)\..*(?:\.agents|AgentsClient\(\))\.(?:create_agent|create_version|create)$/,
      takes: {
        name: ['name', 'agent_name'],
        model: ['model', 'definition.model'],
        instructions: ['instructions', 'definition.instructions'],
        tools: ['tools', 'definition.tools', 'toolset'],
      },
    },
  ],
  tools: [
    {
      symbols: ['FunctionTool', 'AsyncFunctionTool'],
      from: /^azure\.ai\.[^()]*$/,
      kind: 'list',
      tools: [0, 'functions'],
    },
    { symbols: ['definitions'], from: /^azure\.ai\..*\.definitions$/, kind: 'list', tools: [] },
    {
      symbols: ['CodeInterpreterTool', 'CodeInterpreterToolDefinition'],
      from: /^azure\.ai\.[^()]*$/,
      kind: 'hosted',
      as: 'code_interpreter',
      classes: ['executes-code'],
    },
    {
      symbols: [
        'FileSearchTool',
        'FileSearchToolDefinition',
        'AzureAISearchTool',
        'SharepointTool',
        'FabricTool',
        'AzureAISearchAgentTool',
        'MicrosoftFabricPreviewTool',
      ],
      from: /^azure\.ai\.[^()]*$/,
      kind: 'hosted',
      classes: ['reads-private'],
    },
    {
      symbols: ['BingGroundingTool', 'BingCustomSearchTool', 'DeepResearchTool', 'WebSearchPreviewTool'],
      from: /^azure\.ai\.[^()]*$/,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['OpenApiTool', 'AzureFunctionTool', 'ConnectedAgentTool'],
      from: /^azure\.ai\.[^()]*$/,
      kind: 'hosted',
      name: ['name'],
      classes: ['sends-outside', 'writes'],
    },
  ],
  servers: [
    {
      symbols: ['McpTool', 'MCPTool'],
      from: /^azure\.ai\.[^()]*$/,
      name: ['server_label'],
      url: ['server_url'],
      transport: 'http',
      filter: ['allowed_tools'],
      gates: [
        {
          at: ['require_approval'],
          mechanism: 'require_approval',
          values: {
            never: { grade: 'none', why: 'require_approval is never: calls of the server are not asked for' },
            always: { grade: 'human-per-call' },
          },
        },
      ],
    },
  ],
  attaches: [],
};

export const agentCore: Framework = {
  id: 'bedrock-agentcore',
  title: 'Bedrock AgentCore apps',
  language: 'python',
  roots: /^bedrock_agentcore\./,
  keywords: ['bedrock_agentcore'],
  exposers: [
    {
      symbols: ['BedrockAgentCoreApp'],
      from: /^bedrock_agentcore\.[^()]*$/,
      kind: 'http',
      decorator: ['entrypoint', 'websocket'],
    },
  ],
};

export const openaiAssistants: Framework = {
  id: 'openai-assistants',
  title: 'OpenAI Assistants',
  language: 'python',
  roots: /^openai\./,
  keywords: ['assistants.create'],
  provider: 'openai',
  agents: [
    {
      symbols: ['create'],
      written: /(?:^|\.)assistants\.create$/,
      from: /^openai\.[^()]*\(\)\.beta\.assistants\.create$/,
      takes: {
        name: ['name'],
        description: ['description'],
        model: ['model'],
        instructions: ['instructions'],
        tools: ['tools'],
      },
    },
  ],
};
