import { optionsOf } from '../../python/values.ts';
import type { Framework, Takes } from '../framework.ts';

/** Google ADK for Java (`com.google.adk` 0.x to 1.x). From knowledge of the package. */

const takes: Takes = {
  name: ['name'],
  description: ['description'],
  model: ['model'],
  instructions: ['instruction', 'globalInstruction'],
  tools: ['tools'],
  agents: ['subAgents'],
  hooks: [
    'beforeToolCallback',
    'beforeToolCallbackSync',
    'afterToolCallback',
    'beforeModelCallback',
    'beforeModelCallbackSync',
    'beforeAgentCallback',
  ],
};

export const googleAdkJava: Framework = {
  id: 'google-adk',
  title: 'Google ADK for Java',
  language: 'java',
  roots: /^com\.google\.adk\./,
  keywords: ['com.google.adk'],
  provider: 'google',
  agents: [
    {
      symbols: ['build'],
      from: /^com\.google\.adk\.agents\.LlmAgent(?:\.builder\(\)|\.Builder\(\))\.build$/,
      takes,
    },
    {
      symbols: ['build'],
      from: /^com\.google\.adk\.agents\.(?:Sequential|Parallel|Loop)Agent(?:\.builder\(\)|\.Builder\(\))\.build$/,
      takes,
      form: 'team',
      settings: ['maxIterations'],
    },
    {
      symbols: ['BaseAgent'],
      from: /^com\.google\.adk\.agents\.BaseAgent$/,
      takes,
      needs: ['never given'],
      subclasses: true,
    },
  ],
  tools: [
    { symbols: ['create'], from: /^com\.google\.adk\.tools\.AgentTool\.create$/, kind: 'agent', agent: [0] },
    {
      symbols: ['GoogleSearchTool'],
      from: /^com\.google\.adk\.tools\.GoogleSearchTool$/,
      kind: 'hosted',
      as: 'google_search',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    {
      symbols: ['BuiltInCodeExecutionTool'],
      from: /^com\.google\.adk\.tools\.BuiltInCodeExecutionTool$/,
      kind: 'hosted',
      as: 'code_execution',
      classes: ['executes-code'],
    },
  ],
  servers: [
    {
      symbols: ['build'],
      from: /^(?:com\.google\.adk\.tools\.mcp|io\.modelcontextprotocol\.client\.transport)\.\w*Server(?:Connection)?Parameters\.builder\(\)\.build$/,
      command: ['command', 'serverParams.command'],
      args: ['args'],
      env: ['env'],
      url: ['url'],
      headers: ['headers'],
    },
    { symbols: ['McpToolset'], from: /^com\.google\.adk\.tools\.mcp\.McpToolset$/, handsOn: true },
  ],
  models: (path) =>
    /^com\.google\.adk\.models\.(?:Gemini(?:\.builder\(\)\.build)?|Claude)$/.test(path)
      ? { provider: path.includes('Claude') ? 'anthropic' : 'google', id: [0, 'modelName'], key: ['apiKey', 1] }
      : null,
  silent: /^(?:com\.google\.adk|io\.reactivex\.rxjava3)\./,
  extra: {
    gather(context, agent, into) {
      // Toolsets of servers may stand behind `loadTools()`.
      for (const { call } of agent.calls)
        for (const keyword of call.call.keywords)
          if (keyword.name === 'tools')
            for (const option of optionsOf(context.project.evaluate(keyword.value, call.scope, call.call.at)))
              if (option.kind === 'member' && option.name === 'getTools') into.mcp.push(option.of);
    },
  },
};
