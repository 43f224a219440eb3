import type { Framework } from '../framework.ts';
import { claudeTools } from '../claude-tools.ts';
import { sdkServers } from '../sdk-servers.ts';

/** Claude Agent SDK for Python (`claude_agent_sdk`; before it `claude_code_sdk`), as its reference of 2026-11 describes it. */

const root = /^claude_(?:agent|code)_sdk\.[^()]*$/;
const option = (name: string): readonly string[] => [`options.${name}`];

export const claudeAgentSdk: Framework = {
  id: 'claude-agent-sdk',
  title: 'Claude Agent SDK',
  language: 'python',
  roots: /^claude_(?:agent|code)_sdk\./,
  keywords: ['claude_agent_sdk', 'claude_code_sdk'],
  provider: 'anthropic',
  agents: [
    {
      symbols: ['query', 'ClaudeSDKClient'],
      // A name of its own or an attribute of the module, not a method of a database.
      written: /^(?:\w+|claude_\w+\.\w+)$/,
      from: root,
      takes: {
        model: option('model'),
        instructions: ['options.system_prompt', 'options.append_system_prompt'],
        toolNames: option('allowed_tools'),
        tools: option('tools'),
        servers: option('mcp_servers'),
        described: option('agents'),
        hooks: [],
      },
      settings: [
        'options.permission_mode',
        'options.disallowed_tools',
        'options.setting_sources',
        'options.cwd',
        'options.add_dirs',
        'options.max_turns',
        'options.sandbox',
        'options.continue_conversation',
      ],
      gates: [
        {
          at: option('permission_mode'),
          mechanism: 'permission_mode',
          values: {
            bypasspermissions: { grade: 'none', why: 'permission_mode is bypassPermissions: nothing is asked' },
            acceptedits: { grade: 'none', why: 'permission_mode is acceptEdits: changes of files are not asked for' },
            auto: { grade: 'classifier' },
            plan: { grade: 'human-per-plan' },
          },
        },
        { at: option('can_use_tool'), mechanism: 'can_use_tool', values: { given: { grade: 'policy' } } },
        {
          at: option('allowed_tools'),
          mechanism: 'allowed_tools',
          values: {
            given: {
              grade: 'none',
              why: 'allowed_tools approves these tools in advance; it does not restrict the others',
            },
          },
        },
      ],
      capabilities: [
        {
          class: 'executes-code',
          because: 'the tools of Claude Code are there unless they are disallowed',
          when: { at: ['options.tools'], values: ['absent'] },
        },
      ],
    },
  ],
  tools: [
    { symbols: ['tool'], from: root, kind: 'decorator', name: [0, 'name'], description: [1, 'description'] },
    { symbols: ['create_sdk_mcp_server'], from: root, kind: 'list', tools: ['tools', 2] },
  ],
  readyMade: claudeTools,
  builtInTools: claudeTools,
  silent: root,
  extra: { facts: (context) => sdkServers(context, claudeAgentSdk, 'create_sdk_mcp_server', root) },
};
