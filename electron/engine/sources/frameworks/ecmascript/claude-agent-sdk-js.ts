import { claudeTools } from '../claude-tools.ts';
import type { Framework } from '../framework.ts';
import { sdkServers } from '../sdk-servers.ts';

/**
 * Claude Agent SDK for TypeScript (`@anthropic-ai/claude-agent-sdk`, earlier `@anthropic-ai/claude-code`), as its
 * reference of 2026-11 describes it: `allowedTools` approves beforehand and does not restrict; `tools` restricts.
 */

const plain = /^@anthropic-ai\/claude-(?:agent-sdk|code)(?:\/[\w/-]+)?\.[^()]*$/;
const option = (name: string): readonly string[] => [`options.${name}`];

export const claudeAgentSdkJs: Framework = {
  id: 'claude-agent-sdk',
  title: 'Claude Agent SDK (TypeScript)',
  language: 'javascript',
  roots: /^@anthropic-ai\/claude-(?:agent-sdk|code)(?:[/.]|$)/,
  keywords: ['@anthropic-ai/claude-agent-sdk', '@anthropic-ai/claude-code'],
  provider: 'anthropic',
  agents: [
    {
      symbols: ['query', 'unstable_v2_createSession', 'unstable_v2_prompt'],
      from: plain,
      takes: {
        model: ['options.model', 'model'],
        instructions: ['options.systemPrompt', 'options.systemPrompt.append', 'options.appendSystemPrompt'],
        toolNames: option('allowedTools'),
        tools: option('tools'),
        servers: option('mcpServers'),
        described: option('agents'),
        hooks: option('canUseTool'),
      },
      immediate: true,
      settings: [
        'options.permissionMode',
        'options.disallowedTools',
        'options.settingSources',
        'options.cwd',
        'options.additionalDirectories',
        'options.maxTurns',
        'options.allowDangerouslySkipPermissions',
        'options.sandbox.enabled',
      ],
      gates: [
        {
          at: option('permissionMode'),
          mechanism: 'permissionMode',
          values: {
            bypasspermissions: { grade: 'none', why: 'permissionMode is bypassPermissions: nothing is asked' },
            acceptedits: { grade: 'none', why: 'permissionMode is acceptEdits: changes of files are not asked for' },
            dontask: { grade: 'policy' },
            auto: { grade: 'classifier' },
            plan: { grade: 'human-per-plan' },
          },
        },
        { at: option('canUseTool'), mechanism: 'canUseTool', values: { given: { grade: 'policy' } } },
        {
          at: option('allowedTools'),
          mechanism: 'allowedTools',
          values: {
            given: {
              grade: 'none',
              why: 'allowedTools approves these tools in advance; it does not restrict the others',
            },
          },
        },
      ],
      capabilities: [
        {
          class: 'executes-code',
          because: 'the tools of Claude Code are there unless they are disallowed',
          when: { at: option('tools'), values: ['absent'] },
        },
      ],
    },
  ],
  tools: [
    { symbols: ['tool'], from: plain, kind: 'wrapper', function: [3], name: [0], description: [1] },
    { symbols: ['createSdkMcpServer'], from: plain, kind: 'list', tools: ['tools'] },
  ],
  readyMade: claudeTools,
  builtInTools: claudeTools,
  silent: /^@anthropic-ai\/claude-(?:agent-sdk|code)\./,
  extra: {
    facts: (context) => sdkServers(context, claudeAgentSdkJs, 'createSdkMcpServer', plain),
    gather({ project }, agent, into) {
      // `mcp__server__tool` is a tool of a server, which is told of by itself.
      for (let index = into.extraTools.length - 1; index >= 0; index -= 1)
        if (into.extraTools[index]?.name.startsWith('mcp__') === true) into.extraTools.splice(index, 1);
      // Servers inside the process: their tools are code of this project.
      for (const { call } of agent.calls) {
        for (const argument of call.call.args.slice(0, 1)) {
          const options = project.member(project.evaluate(argument, call.scope, call.call.at), 'options');
          const servers = options.kind === 'dict' ? project.member(options, 'mcpServers') : null;
          for (const entry of servers?.kind === 'dict' ? servers.entries : [])
            if (entry.value.kind === 'call') into.toolValues.push({ value: entry.value });
        }
      }
    },
  },
};
