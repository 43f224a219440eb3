import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Shown, shown } from './shown.test-support.ts';

/** The files of a project, each after a line `=== path`. */
function project(name: string): Record<string, string> {
  const text = readFileSync(join(import.meta.dirname, 'testdata', `${name}.txt`), 'utf8');
  return Object.fromEntries(
    text
      .split(/^=== /m)
      .slice(1)
      .map((part) => [part.slice(0, part.indexOf('\n')).trim(), part.slice(part.indexOf('\n') + 1)]),
  );
}

it('LangChain.js and LangGraph.js', async () => {
  const expected: Shown = {
    agents: ['graph [langgraph StateGraph] src/graph.ts:28', 'researcher [langgraph createReactAgent] src/graph.ts:31'],
    tools: {
      read_file: 'function reads-private@:8',
      run_query: 'function reads-private@:15 writes@:15 deletes@:15',
      shell: 'class executes-code@:25',
      send_mail: 'function sends-outside@:6 writes@:6',
    },
    relations: [
      'agent graph authenticates-with credential ANTHROPIC_KEY',
      'agent graph configured-by prompt graph prompt',
      'agent graph gated-by approval-gate approve',
      'agent graph gated-by approval-gate interrupt_before tools',
      'agent graph uses model claude-sonnet-4-5',
      'agent graph uses tool read_file',
      'agent graph uses tool run_query',
      'agent graph uses tool shell',
      'agent graph writes data-store PostgresSaver checkpoints',
      'agent researcher configured-by prompt researcher prompt',
      'agent researcher uses model gpt-4o-mini',
      'agent researcher uses tool send_mail',
      'data-store PostgresSaver checkpoints authenticates-with credential DATABASE_URL',
      'model claude-sonnet-4-5 authenticates-with credential ANTHROPIC_KEY',
      'tool read_file gated-by approval-gate interrupt_before tools',
      'tool read_file reads data-store data (files)',
      'tool run_query authenticates-with credential ORDERS_DATABASE_URL',
      'tool run_query deletes data-store ORDERS_DATABASE_URL',
      'tool run_query gated-by approval-gate interrupt_before tools',
      'tool run_query reads data-store ORDERS_DATABASE_URL',
      'tool run_query writes data-store ORDERS_DATABASE_URL',
      'tool send_mail authenticates-with credential RESEND_API_KEY',
      'tool send_mail egresses-to external-service mail to any address',
      'tool shell gated-by approval-gate interrupt_before tools',
    ],
    issues: [],
  };
  expect(await shown(project('langgraph'))).toEqual(expected);
});

it('OpenAI Agents SDK', async () => {
  const expected: Shown = {
    agents: [
      'Ops [openai-agents Agent] src/agents.ts:33',
      'Triage [openai-agents create] src/agents.ts:26 false gates [{"mechanism":"requireApproval","why":"runs without asking","place":"app/src/agents.ts","line":30}] exposed [{"kind":"http","how":"post","place":"app/src/server.ts","line":5}]',
      'Writer [openai-agents Agent] src/agents.ts:25',
    ],
    tools: {
      get_weather: 'function reads-private@:11',
      web_search: 'hosted reads-untrusted@:30 sends-outside@:30',
      write: 'agent delegates@:30',
      deploy: 'function executes-code@:20',
    },
    relations: [
      'agent Ops gated-by approval-gate deploy approval',
      'agent Ops guarded-by guardrail No secrets',
      'agent Ops uses mcp-server github',
      'agent Ops uses model model from MODEL',
      'agent Ops uses tool deploy',
      'agent Triage configured-by prompt Triage prompt',
      'agent Triage delegates-to agent Writer',
      'agent Triage uses mcp-server docs',
      'agent Triage uses tool get_weather',
      'agent Triage uses tool web_search',
      'agent Triage uses tool write',
      'agent Writer configured-by prompt Writer prompt',
      'agent Writer uses model gpt-5-mini',
      'mcp-server github authenticates-with credential GITHUB_TOKEN',
      'model gpt-5-mini authenticates-with credential OPENAI_API_KEY',
      'tool deploy gated-by approval-gate deploy approval',
      'tool get_weather authenticates-with credential WEATHER_API_KEY',
      'tool get_weather egresses-to external-service api.weather.example',
      'tool web_search egresses-to external-service web',
      'tool web_search ingests external-service web',
      'tool write delegates-to agent Writer',
    ],
    issues: [],
  };
  expect(await shown(project('openai'))).toEqual(expected);
});

it('Claude Agent SDK', async () => {
  const expected: Shown = {
    agents: [
      'careful [claude-agent-sdk query] src/index.ts:23 {"options.permissionMode":"default","options.disallowedTools":"WebFetch","options.settingSources":"project"} false gates [{"mechanism":"allowedTools","why":"allowedTools approves these tools in advance; it does not restrict the others","place":"app/src/index.ts","line":12}]',
      'index [claude-agent-sdk query] src/index.ts:20 {"options.permissionMode":"bypassPermissions","options.disallowedTools":"WebFetch","options.settingSources":"project"} false gates [{"mechanism":"permissionMode","why":"permissionMode is bypassPermissions: nothing is asked","place":"app/src/index.ts","line":14},{"mechanism":"allowedTools","why":"allowedTools approves these tools in advance; it does not restrict the others","place":"app/src/index.ts","line":12}]',
      'reviewer [claude-agent-sdk subagent] src/index.ts:16',
    ],
    tools: {
      clean: 'function deletes@:7',
    },
    relations: [
      'agent careful configured-by prompt careful prompt',
      'agent careful delegates-to agent reviewer',
      'agent careful gated-by approval-gate canUseTool',
      'agent careful uses mcp-server calc',
      'agent careful uses mcp-server files',
      'agent careful uses mcp-server remote',
      'agent careful uses model claude-opus-4-5',
      'agent careful uses tool clean',
      'agent index configured-by prompt index prompt',
      'agent index delegates-to agent reviewer',
      'agent index uses mcp-server calc',
      'agent index uses mcp-server files',
      'agent index uses mcp-server remote',
      'agent index uses model claude-opus-4-5',
      'agent index uses tool clean',
      'agent reviewer configured-by prompt reviewer prompt',
      'agent reviewer uses model haiku',
      'mcp-server calc exposes tool clean',
      'mcp-server remote authenticates-with credential MCP_TOKEN',
      'model claude-opus-4-5 authenticates-with credential ANTHROPIC_API_KEY',
      'model haiku authenticates-with credential ANTHROPIC_API_KEY',
      'tool clean gated-by approval-gate canUseTool',
    ],
    issues: [],
  };
  expect(await shown(project('claude'))).toEqual(expected);
});

it('Mastra', async () => {
  const expected: Shown = {
    agents: [
      'Planner [mastra Agent] src/mastra/agents/index.ts:15',
      'Weather Agent [mastra Agent] src/mastra/agents/index.ts:8',
    ],
    tools: {
      weatherTool: 'function reads-untrusted@:12',
      deleteTool: 'function deletes@:15',
      askTool: 'function delegates@:16',
    },
    relations: [
      'agent Planner configured-by prompt Planner prompt',
      'agent Planner delegates-to agent Weather Agent',
      'agent Planner uses mcp-server local',
      'agent Planner uses mcp-server notion',
      'agent Planner uses model claude-3-5-sonnet-20241022',
      'agent Planner uses tool askTool',
      'agent Weather Agent configured-by prompt Weather Agent prompt',
      'agent Weather Agent gated-by approval-gate deleteTool approval',
      'agent Weather Agent uses model gpt-4o-mini',
      'agent Weather Agent uses tool deleteTool',
      'agent Weather Agent uses tool weatherTool',
      'agent Weather Agent writes data-store LibSQLStore memory',
      'model claude-3-5-sonnet-20241022 authenticates-with credential ANTHROPIC_API_KEY',
      'model gpt-4o-mini authenticates-with credential OPENAI_API_KEY',
      'tool askTool delegates-to agent Weather Agent',
      'tool deleteTool gated-by approval-gate deleteTool approval',
      'tool weatherTool egresses-to external-service geocoding-api.open-meteo.com',
      'tool weatherTool ingests external-service geocoding-api.open-meteo.com',
    ],
    issues: [],
  };
  expect(await shown(project('mastra'))).toEqual(expected);
});

it('Vercel AI SDK', async () => {
  const expected: Shown = {
    agents: [
      'agent [ai-sdk generateText] src/agent.ts:10 {"stopWhen":"stepCountIs"}',
      'looper [ai-sdk ToolLoopAgent] src/agent.ts:19',
    ],
    tools: {
      shell: 'function executes-code@:14',
      fetchPage: 'function sends-outside@:14 reads-untrusted@:14',
      refund: 'function writes@:11 spends-money@:11 sends-outside@src/lib/mail.ts:4 writes@src/lib/mail.ts:4',
      askUser: 'schema',
      orders: 'function reads-private@:8',
    },
    relations: [
      'agent agent configured-by prompt SYSTEM',
      'agent agent gated-by approval-gate refund approval',
      'agent agent uses model gpt-4o',
      'agent agent uses tool askUser',
      'agent agent uses tool fetchPage',
      'agent agent uses tool orders',
      'agent agent uses tool refund',
      'agent agent uses tool shell',
      'agent looper configured-by prompt SYSTEM',
      'agent looper uses model claude-sonnet-4.5',
      'agent looper uses tool orders',
      'model claude-sonnet-4.5 authenticates-with credential AI_GATEWAY_API_KEY',
      'model gpt-4o authenticates-with credential OPENAI_API_KEY',
      'tool fetchPage egresses-to external-service any web host',
      'tool fetchPage ingests external-service any web host',
      'tool orders authenticates-with credential DATABASE_URL',
      'tool orders reads data-store DATABASE_URL',
      'tool refund authenticates-with credential SMTP_PASSWORD',
      'tool refund authenticates-with credential STRIPE_SECRET_KEY',
      'tool refund egresses-to external-service mail to any address',
      'tool refund gated-by approval-gate refund approval',
      'tool refund writes data-store stripe',
    ],
    issues: [],
  };
  expect(await shown(project('aisdk'))).toEqual(expected);
});

it('model APIs called with tools', async () => {
  const expected: Shown = {
    agents: [
      'Coder [anthropic-api create medium] src/claude.ts:6',
      'supportLoop [openai-api create medium] src/loop.ts:7',
    ],
    tools: {
      edit: 'function not all known',
      web_search: 'hosted reads-untrusted@:4 sends-outside@:4',
      run: 'function executes-code@:4',
    },
    relations: [
      'agent Coder authenticates-with credential CLAUDE_KEY',
      'agent Coder configured-by prompt Coder prompt',
      'agent Coder uses model claude-sonnet-4-20250514',
      'agent Coder uses tool edit',
      'agent Coder uses tool web_search',
      'agent supportLoop configured-by prompt supportLoop prompt',
      'agent supportLoop uses model gpt-4.1',
      'agent supportLoop uses tool run',
      'model claude-sonnet-4-20250514 authenticates-with credential ANTHROPIC_API_KEY',
      'model gpt-4.1 authenticates-with credential OPENAI_API_KEY',
      'tool web_search egresses-to external-service web',
      'tool web_search ingests external-service web',
    ],
    issues: [],
  };
  expect(await shown(project('loops'))).toEqual(expected);
});

it('MCP servers in code', async () => {
  const expected: Shown = {
    agents: [],
    tools: {
      eval: 'function executes-code@:3 openWorldHint=false',
      list_issues: 'function reads-private@:23 reads-untrusted@:23 readOnlyHint=true',
      delete_repo: 'function deletes@:28',
      run: 'function executes-code@:8 readOnlyHint=true destructiveHint=false',
      add: 'function',
      query: 'function sends-outside@:13 writes@:13',
      write_note: 'function writes@:5',
    },
    relations: [
      'mcp-server Addition exposes tool eval',
      'mcp-server demo exposes tool add',
      'mcp-server demo exposes tool query',
      'mcp-server demo exposes tool run',
      'mcp-server demo exposes tool write_note',
      'mcp-server github-ish exposes tool delete_repo',
      'mcp-server github-ish exposes tool list_issues',
      'tool delete_repo authenticates-with credential GITHUB_TOKEN',
      'tool delete_repo deletes data-store github',
      'tool list_issues authenticates-with credential GITHUB_TOKEN',
      'tool list_issues ingests external-service github',
      'tool list_issues reads data-store github',
      'tool query authenticates-with credential API_TOKEN',
      'tool query egresses-to external-service $API_URL',
      'tool write_note writes data-store notes (files)',
    ],
    issues: [],
  };
  expect(await shown(project('mcp'))).toEqual(expected);
});

it('LlamaIndex.TS, Strands, ADK, Genkit, A2A', async () => {
  const expected: Shown = {
    agents: [
      'Hello Agent [a2a DefaultRequestHandler medium] src/a2a.ts:8 {"url":"http://localhost:41241/","skills":["hello"],"securitySchemes":"none"}',
      'HelloExecutor [claude-agent-sdk query] src/a2a.ts:6',
      'counter [strands Agent] src/strands.ts:4',
      'joker [llamaindex agent] src/llama.ts:6',
      'pipeline [google-adk SequentialAgent] src/adk.ts:5',
      'root [google-adk LlmAgent] src/adk.ts:4',
      'searcher [google-adk LlmAgent] src/adk.ts:3',
      'team [llamaindex multiAgent] src/llama.ts:7',
      'tests [ai-sdk streamText] src/tests/agent.test.ts:7 {"maxSteps":3}',
      'waiter [genkit generate] src/genkit.ts:6',
    ],
    tools: {
      google_search: 'hosted reads-untrusted@:3 sends-outside@:3',
      time: 'function',
      menu: 'function reads-untrusted@:4',
      sum: 'function',
      letter: 'function',
      bash: 'library executes-code@:4',
      code: 'hosted executes-code@:7',
    },
    relations: [
      'agent Hello Agent delegates-to agent HelloExecutor',
      'agent counter configured-by prompt counter prompt',
      'agent counter uses model us.anthropic.claude-sonnet-4-20250514-v1:0',
      'agent counter uses tool bash',
      'agent counter uses tool letter',
      'agent joker configured-by prompt joker prompt',
      'agent joker uses model gpt-4o-mini',
      'agent joker uses tool sum',
      'agent pipeline delegates-to agent root',
      'agent pipeline delegates-to agent searcher',
      'agent root configured-by prompt root prompt',
      'agent root delegates-to agent searcher',
      'agent root uses model gemini-2.5-pro',
      'agent root uses tool time',
      'agent searcher configured-by prompt searcher prompt',
      'agent searcher uses model gemini-2.5-flash',
      'agent searcher uses tool google_search',
      'agent team delegates-to agent joker',
      'agent team uses model gpt-4o',
      'agent tests uses mcp-server MCP session',
      'agent tests uses mcp-server s.example',
      'agent tests uses model gemini-2.5-pro',
      'agent tests uses tool code',
      'agent waiter configured-by prompt waiter prompt',
      'agent waiter uses model gemini-2.5-flash',
      'agent waiter uses tool menu',
      'model gemini-2.5-flash authenticates-with credential GOOGLE_API_KEY',
      'model gemini-2.5-pro authenticates-with credential GOOGLE_API_KEY',
      'model gpt-4o authenticates-with credential OPENAI_API_KEY',
      'model gpt-4o-mini authenticates-with credential OPENAI_API_KEY',
      'tool google_search egresses-to external-service web',
      'tool google_search ingests external-service web',
      'tool menu egresses-to external-service menu.example',
      'tool menu ingests external-service menu.example',
    ],
    issues: [],
  };
  expect(await shown(project('more'))).toEqual(expected);
});

it('what is no agent', async () => {
  const expected: Shown = {
    agents: [],
    tools: {},
    relations: [],
    issues: ['app/src/vendor/agents.min.js: not looked into: minified'],
  };
  expect(await shown(project('negative'))).toEqual(expected);
});
