import type { Framework, Takes } from '../framework.ts';

/** Google ADK for Go (`google.golang.org/adk` 0.x to 1.x). From knowledge of the package. */

const root = String.raw`^google_golang_org\/adk(?:\/v\d+)?`;
const takes: Takes = {
  name: ['0.Name'],
  description: ['0.Description'],
  model: ['0.Model'],
  instructions: ['0.Instruction', '0.GlobalInstruction'],
  tools: ['0.Tools'],
  servers: ['0.Toolsets'],
  agents: ['0.SubAgents'],
  hooks: ['0.BeforeToolCallbacks', '0.BeforeModelCallbacks', '0.AfterToolCallbacks'],
};

export const googleAdkGo: Framework = {
  id: 'google-adk',
  title: 'Google ADK for Go',
  language: 'go',
  roots: new RegExp(`${root}[./]`),
  keywords: ['google.golang.org/adk'],
  provider: 'google',
  agents: [
    { symbols: ['New'], from: new RegExp(`${root}/agent/llmagent\\.New$`), written: /^\w*agent\w*\.New$/i, takes },
    {
      symbols: ['New'],
      from: new RegExp(`${root}/agent/workflowagents/\\w+\\.New$`),
      written: /^\w*agent\w*\.New$/i,
      form: 'team',
      takes: {
        name: ['0.AgentConfig.Name'],
        description: ['0.AgentConfig.Description'],
        agents: ['0.AgentConfig.SubAgents'],
      },
      settings: ['0.MaxIterations'],
    },
    {
      symbols: ['New'],
      from: new RegExp(`${root}/agent\\.New$`),
      written: /^\w*agent\w*\.New$/i,
      takes: { name: ['0.Name'], description: ['0.Description'], agents: ['0.SubAgents'], hooks: ['0.Run'] },
    },
  ],
  tools: [
    {
      symbols: ['New'],
      from: new RegExp(`${root}/tool/functiontool\\.New$`),
      kind: 'wrapper',
      function: [1],
      name: ['0.Name'],
      description: ['0.Description'],
      gates: [
        {
          at: ['0.RequireConfirmation'],
          mechanism: 'RequireConfirmation',
          values: { true: { grade: 'human-per-call' } },
        },
      ],
    },
    { symbols: ['New'], from: new RegExp(`${root}/tool/agenttool\\.New$`), kind: 'agent', agent: [0] },
    {
      symbols: ['GoogleSearch'],
      from: new RegExp(`${root}/tool/geminitool\\.GoogleSearch$`),
      kind: 'hosted',
      as: 'google_search',
      classes: ['reads-untrusted', 'sends-outside'],
    },
  ],
  servers: [{ symbols: ['New'], from: new RegExp(`${root}/tool/mcptoolset\\.New$`), handsOn: true }],
  models: (path) =>
    new RegExp(`${root}/model/gemini\\.NewModel$`).test(path)
      ? { provider: 'google', id: [1], key: ['2.APIKey'] }
      : null,
  silent: new RegExp(`${root}[./]`),
};
