import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import type { AgentRule, Framework } from '../framework.ts';

/** Strands Agents (`strands`, `strands_tools`), from knowledge of versions 0.1 to 1.x. */

const root = /^strands\.[^()]*$/;
const vended: ReadonlyMap<string, readonly CapabilityClass[]> = new Map<string, readonly CapabilityClass[]>([
  ['shell', ['executes-code']],
  ['python_repl', ['executes-code']],
  ['code_interpreter', ['executes-code']],
  ['environment', ['reads-private', 'changes-own-configuration']],
  ['file_read', ['reads-private']],
  ['file_write', ['writes']],
  ['editor', ['reads-private', 'writes']],
  ['http_request', ['reads-untrusted', 'sends-outside', 'writes']],
  ['use_aws', ['reads-private', 'writes', 'deletes']],
  ['use_browser', ['reads-untrusted', 'sends-outside', 'writes']],
  ['browser', ['reads-untrusted', 'sends-outside', 'writes']],
  ['use_computer', ['reads-private', 'executes-code', 'writes']],
  ['use_llm', ['delegates']],
  ['use_agent', ['delegates']],
  ['think', []],
  ['retrieve', ['reads-private']],
  ['memory', ['reads-private', 'writes', 'deletes']],
  ['mem0_memory', ['reads-private', 'writes', 'deletes']],
  ['agent_core_memory', ['reads-private', 'writes', 'deletes']],
  ['load_tool', ['executes-code', 'changes-own-configuration']],
  ['mcp_client', ['executes-code', 'changes-own-configuration', 'sends-outside']],
  ['slack', ['reads-untrusted', 'sends-outside', 'writes']],
  ['rss', ['reads-untrusted', 'sends-outside']],
  ['tavily', ['reads-untrusted', 'sends-outside']],
  ['exa', ['reads-untrusted', 'sends-outside']],
  ['swarm', ['delegates']],
  ['graph', ['delegates']],
  ['workflow', ['delegates']],
  ['a2a_client', ['delegates', 'sends-outside']],
  ['handoff_to_user', []],
  ['calculator', []],
  ['current_time', []],
  ['cron', ['executes-code', 'writes']],
  ['journal', ['writes']],
  ['stop', []],
  ['sleep', []],
  ['generate_image', []],
  ['image_reader', ['reads-private']],
  ['batch', ['delegates']],
]);

const agent: AgentRule = {
  symbols: ['Agent'],
  from: root,
  takes: {
    name: ['name'],
    description: ['description'],
    model: [0, 'model'],
    instructions: ['system_prompt'],
    tools: ['tools'],
    memory: ['session_manager'],
    hooks: ['callback_handler'],
  },
  settings: ['load_tools_from_directory', 'record_direct_tool_call'],
  builtIn: [
    {
      name: 'load_tools_from_directory',
      classes: ['executes-code', 'changes-own-configuration'],
      when: ['load_tools_from_directory'],
    },
  ],
  subclasses: true,
};

export const strands: Framework = {
  id: 'strands',
  title: 'Strands Agents',
  language: 'python',
  roots: /^strands(?:_tools)?\./,
  keywords: ['strands'],
  provider: 'bedrock',
  agents: [
    agent,
    {
      symbols: ['Swarm'],
      from: root,
      takes: { agents: [0, 'nodes'] },
      form: 'team',
      settings: ['max_handoffs', 'max_iterations', 'execution_timeout'],
    },
    { symbols: ['BidiAgent'], from: root, takes: agent.takes },
  ],
  graphs: [
    {
      symbols: ['GraphBuilder'],
      from: root,
      finish: ['build'],
      nodes: { add_node: { name: ['node_id', 1], action: [0, 'executor'] } },
      edges: ['add_edge'],
      takes: {},
    },
  ],
  tools: [
    { symbols: ['tool'], from: root, kind: 'decorator', name: ['name'], description: ['description'] },
    { symbols: ['as_tool'], from: /^strands\./, kind: 'agent', name: ['name'], description: ['description'] },
    { symbols: ['AgentTool'], from: root, kind: 'class', methods: ['stream', 'invoke'] },
  ],
  servers: [
    { symbols: ['MCPClient'], from: root },
    { symbols: ['list_tools_sync'], from: /^strands\.[^()]*MCPClient\(\)\.list_tools_sync$/, handsOn: true },
  ],
  interrupts: [{ symbols: ['interrupt'], from: /^strands\..*interrupt$/ }],
  exposers: [{ symbols: ['A2AServer'], from: root, kind: 'a2a', agent: [0, 'agent'] }],
  models: (path) => {
    const name = /^strands\.models\.(?:[^()]*\.)?(\w+)Model$/.exec(path)?.[1];
    if (name === undefined) return null;
    const provider = /LiteLLM/.test(name)
      ? ''
      : /OpenAI/.test(name)
        ? 'openai'
        : name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
    return {
      provider: provider === 'gemini' ? 'google' : provider === 'mistral-ai' ? 'mistral' : provider,
      id: ['model_id', 0],
    };
  },
  readyMade: (path) => {
    const name = /^strands_tools\.(?:.*\.)?(\w+)$/.exec(path)?.[1];
    return name === undefined ? null : (vended.get(name) ?? null);
  },
  stores: (path) => (/^strands\.session\.[^()]*SessionManager$/.test(path) ? 'session' : null),
};
