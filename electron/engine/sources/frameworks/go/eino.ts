import type { Framework, Takes } from '../framework.ts';

/** Eino of CloudWeGo (`github.com/cloudwego/eino` 0.3 to 0.7, models and tools of `eino-ext`). From knowledge of the packages. */

const root = String.raw`^github_com\/cloudwego\/eino`;
const takes: Takes = {
  name: ['1.Name', '1.GraphName'],
  description: ['1.Description'],
  model: ['1.ToolCallingModel', '1.Model'],
  instructions: ['1.Instruction', '1.MessageModifier'],
  tools: ['1.ToolsConfig.Tools', '1.ToolsConfig.ToolsNodeConfig.Tools'],
  agents: ['1.SubAgents', '1.Specialists'],
};

const providers: Readonly<Record<string, string>> = {
  openai: 'openai',
  claude: 'anthropic',
  gemini: 'google',
  ollama: 'ollama',
  ark: 'ark',
  qwen: 'qwen',
  deepseek: 'deepseek',
  qianfan: 'qianfan',
  arkbot: 'ark',
};

export const eino: Framework = {
  id: 'eino',
  title: 'Eino',
  language: 'go',
  roots: new RegExp(`${root}(?:-ext)?[./]`),
  keywords: ['cloudwego/eino'],
  agents: [
    { symbols: ['NewAgent'], from: new RegExp(`${root}/flow/agent/react\\.NewAgent$`), takes, settings: ['1.MaxStep'] },
    {
      symbols: ['NewMultiAgent'],
      from: new RegExp(`${root}/flow/agent/multiagent/\\w+\\.NewMultiAgent$`),
      form: 'team',
      takes: { name: ['1.Name'], agents: ['1.Specialists'] },
    },
    {
      symbols: ['NewChatModelAgent'],
      from: new RegExp(`${root}/adk\\.NewChatModelAgent$`),
      takes,
      settings: ['1.MaxIterations'],
    },
    {
      symbols: ['NewSequentialAgent', 'NewLoopAgent', 'NewParallelAgent'],
      from: new RegExp(`${root}/adk\\.\\w+$`),
      form: 'team',
      takes: { name: ['1.Name'], agents: ['1.SubAgents'] },
    },
  ],
  tools: [
    {
      symbols: ['InferTool', 'InferOptionableTool', 'InferStreamTool'],
      from: new RegExp(`${root}/components/tool/utils\\.\\w+$`),
      kind: 'wrapper',
      function: [2],
      name: [0],
      description: [1],
    },
    {
      symbols: ['NewTool', 'NewStreamTool'],
      from: new RegExp(`${root}/components/tool/utils\\.\\w+$`),
      kind: 'wrapper',
      function: [1],
      name: ['0.Name'],
      description: ['0.Desc'],
    },
    { symbols: ['NewAgentTool'], from: new RegExp(`${root}/adk\\.NewAgentTool$`), kind: 'agent', agent: [1] },
  ],
  servers: [
    {
      symbols: ['GetTools'],
      from: /^github_com\/cloudwego\/eino-ext\/components\/tool\/(?:mcp|officialmcp)\.GetTools$/,
      handsOn: true,
    },
  ],
  prompts: [{ symbols: ['NewPersonaModifier'], from: new RegExp(`${root}/flow/agent/react\\.\\w+$`), text: [0] }],
  models: (path) => {
    const name = /^github_com\/cloudwego\/eino-ext\/components\/model\/(\w+)\.NewChatModel$/.exec(path)?.[1];
    const provider = name === undefined ? undefined : providers[name];
    return provider === undefined ? null : { provider, id: ['1.Model'], key: ['1.APIKey'], base: ['1.BaseURL'] };
  },
  silent: new RegExp(`${root}(?:-ext)?[./]`),
};
