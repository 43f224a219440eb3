import { expect, it } from 'vitest';
import { projectIn } from '../typed/project.test-support.ts';
import { type Shown, shownBy } from '../typed/shown.test-support.ts';
import { csharpAgentsSource } from '../typed-agents.ts';

it('Agent Framework, Semantic Kernel and MCP servers in C#', async () => {
  const expected: Shown = {
    agents: [
      'Main [agent-framework BuildSequential] Program.cs:60',
      'Ops [semantic-kernel ChatCompletionAgent] Kernel.cs:36',
      'Support [agent-framework ChatClientAgent] Program.cs:31',
      'Triage [agent-framework AsAIAgent] Program.cs:55',
    ],
    servers: [
      'app Server.cs:5 transport=http bindAddress=0.0.0.0 port=3001 authentication=none',
      'github Program.cs:45 transport=stdio command=npx',
    ],
    tools: {
      run_command: 'function executes-code@:12',
      ReadNote: 'function reads-private@:16',
      GetWeather: 'function',
      Support: 'agent delegates@:58',
      refund: 'function sends-outside@:10 writes@:10 spends-money@:10',
      find_orders: 'function reads-private@:17 readOnlyHint=true',
      delete_order: 'function deletes@:22 destructiveHint=true',
    },
    relations: [
      'agent Main delegates-to agent Support',
      'agent Main delegates-to agent Triage',
      'agent Ops configured-by prompt Ops prompt',
      'agent Ops gated-by approval-gate AskFilter',
      'agent Ops guarded-by guardrail AskFilter',
      'agent Ops uses model gpt-4o',
      'agent Ops uses tool ReadNote',
      'agent Ops uses tool run_command',
      'agent Support configured-by prompt Instructions',
      'agent Support gated-by approval-gate refund approval',
      'agent Support uses model gpt-4o-mini',
      'agent Support uses tool GetWeather',
      'agent Support uses tool refund',
      'agent Triage delegates-to agent Support',
      'agent Triage uses mcp-server github',
      'agent Triage uses model gpt-4.1',
      'agent Triage uses tool Support',
      'mcp-server app exposes tool delete_order',
      'mcp-server app exposes tool find_orders',
      'model gpt-4.1 authenticates-with credential OPENAI_API_KEY',
      'model gpt-4o authenticates-with credential AzureOpenAI:ApiKey',
      'tool ReadNote gated-by approval-gate AskFilter',
      'tool Support delegates-to agent Support',
      'tool delete_order deletes data-store orders (files)',
      'tool find_orders authenticates-with credential ConnectionStrings:OrdersDatabase',
      'tool find_orders reads data-store ConnectionStrings:OrdersDatabase',
      'tool refund authenticates-with credential STRIPE_API_KEY',
      'tool refund egresses-to external-service stripe',
      'tool refund gated-by approval-gate refund approval',
      'tool refund writes data-store stripe',
      'tool run_command gated-by approval-gate AskFilter',
    ],
    issues: [],
  };
  expect(await shownBy(csharpAgentsSource, projectIn(import.meta.dirname))).toEqual(expected);
});
