import type { AgentRule, Framework, Takes } from '../framework.ts';

/** LlamaIndex (`llama_index`), from knowledge of versions 0.10 to 0.14. */

const root = /^llama_index\.[^()]*$/;
const takes: Takes = {
  name: ['name'],
  description: ['description'],
  instructions: ['system_prompt', 'context', 'react_header', 'instructions'],
  model: ['llm'],
  tools: ['tools', 'tool_retriever'],
  handoffs: ['can_handoff_to'],
  memory: ['memory'],
};
const rule = (symbols: readonly string[], more: Partial<AgentRule> = {}): AgentRule => ({
  symbols,
  from: root,
  takes,
  settings: ['max_iterations', 'verbose', 'timeout'],
  subclasses: true,
  ...more,
});
const llmName = /^llama_index\.(?:llms|embeddings|multi_modal_llms)\.(?:[^()]*\.)?(\w+)$/;

export const llamaIndex: Framework = {
  id: 'llama-index',
  title: 'LlamaIndex',
  language: 'python',
  roots: /^llama_index\./,
  keywords: ['llama_index'],
  agents: [
    rule([
      'FunctionAgent',
      'ReActAgent',
      'OpenAIAgent',
      'FunctionCallingAgent',
      'StructuredPlannerAgent',
      'MultimodalReActAgent',
      'LATSAgentWorker',
      'FnAgentWorker',
    ]),
    rule(['CodeActAgent'], {
      capabilities: [{ class: 'executes-code', because: 'runs code that a model wrote' }],
      takes: { ...takes, hooks: ['code_execute_fn'] },
    }),
    {
      ...rule(['from_tools']),
      from: /^llama_index\.[^()]*Agent(?:Worker)?\.from_tools$/,
      takes: { ...takes, tools: [0, 'tools'] },
    },
    rule(['AgentWorkflow'], {
      takes: { name: ['name'], agents: [0, 'agents'], memory: ['memory'] },
      form: 'team',
      settings: ['root_agent', 'timeout'],
    }),
    {
      symbols: ['from_tools_or_functions'],
      from: root,
      takes: { tools: [0], model: ['llm'], instructions: ['system_prompt'] },
    },
    {
      symbols: ['AgentRunner'],
      from: root,
      takes: { runs: [0, 'agent_worker'], model: ['llm'], memory: ['memory'] },
      form: 'executor',
    },
    {
      symbols: ['FunctionCallingAgentWorker', 'ReActAgentWorker', 'OpenAIAgentWorker'],
      from: root,
      takes,
      form: 'runnable',
    },
  ],
  tools: [
    {
      symbols: ['from_defaults', 'FunctionTool'],
      from: /^llama_index\.[^()]*FunctionTool(?:\.from_defaults)?$/,
      kind: 'wrapper',
      function: [0, 'fn', 'async_fn'],
      name: ['name', 'metadata.name'],
      description: ['description', 'metadata.description'],
    },
    {
      symbols: ['from_defaults', 'QueryEngineTool', 'RetrieverTool'],
      from: /^llama_index\.[^()]*(?:QueryEngineTool|RetrieverTool)(?:\.from_defaults)?$/,
      kind: 'wrapper',
      function: [0, 'query_engine', 'retriever'],
      name: ['name', 'metadata.name'],
      description: ['description', 'metadata.description'],
    },
    {
      symbols: ['to_tool_list'],
      from: /^llama_index\.tools\..*\.to_tool_list$/,
      kind: 'hosted',
      classes: ['reads-untrusted', 'sends-outside'],
    },
    { symbols: ['BaseToolSpec'], from: root, kind: 'toolkit' },
  ],
  servers: [
    {
      symbols: ['BasicMCPClient'],
      from: root,
      url: [0, 'command_or_url'],
      args: ['args'],
      env: ['env'],
      headers: ['headers'],
    },
    {
      symbols: ['McpToolSpec', 'aget_tools_from_mcp_url', 'get_tools_from_mcp_url'],
      from: root,
      url: [0, 'command_or_url'],
      filter: ['allowed_tools'],
    },
    {
      symbols: ['to_tool_list', 'to_tool_list_async'],
      from: /^llama_index\.tools\.mcp\.[^()]*McpToolSpec\(\)\.\w+$/,
      handsOn: true,
    },
  ],
  models: (path) => {
    const name = llmName.exec(path)?.[1];
    if (
      name === undefined ||
      !/^[A-Z]/.test(name) ||
      /^(?:ChatMessage|MessageRole|LLMMetadata|CustomLLM|LLM|Response|TextBlock|ChatResponse)$/.test(name)
    )
      return null;
    const folder = path.split('.')[2] ?? '';
    const embedding = /^llama_index\.embeddings\./.test(path);
    const provider = /azure/i.test(folder)
      ? 'azure-openai'
      : /bedrock/.test(folder)
        ? 'bedrock'
        : /^(?:gemini|google_genai)$/.test(folder)
          ? 'google'
          : /vertex/.test(folder)
            ? 'google-vertexai'
            : /mistral/.test(folder)
              ? 'mistral'
              : /openai_like/.test(folder)
                ? 'openai-compatible'
                : folder.replaceAll('_', '-');
    return { provider, id: ['model', 'model_name', 'model_id', 'engine', 'deployment_name'], embedding };
  },
  defaultModels: [{ assigned: /^llama_index\..*Settings\.llm$/ }],
  stores: (path) =>
    /^llama_index\.vector_stores\.[^()]*\b\w+VectorStore$/.test(path) ||
    /^llama_index\.[^()]*\b(?:VectorStoreIndex|KnowledgeGraphIndex|PropertyGraphIndex|LlamaCloudIndex)$/.test(path)
      ? 'vector'
      : /^llama_index\.[^()]*\b(?:ChatMemoryBuffer|Memory|ChatSummaryMemoryBuffer)$/.test(path)
        ? 'memory'
        : null,
  effects: [
    {
      path: /^llama_index\.[^()]*SimpleDirectoryReader\(\)\.(?:load_data|aload_data)$/,
      classes: ['reads-private'],
      because: 'loads documents',
      channel: 'file-path',
    },
    {
      path: /^llama_index\..*\.(?:as_query_engine|as_chat_engine|as_retriever)\(\)\.(?:a?query|a?retrieve|a?chat)$/,
      classes: ['reads-private'],
      because: 'searches stored documents',
      channel: 'vector',
    },
    {
      path: /^llama_index\.readers\.web\..*\.load_data$/,
      classes: ['reads-untrusted', 'sends-outside'],
      because: 'reads web pages',
      channel: 'http',
    },
  ],
  interrupts: [{ symbols: ['InputRequiredEvent', 'HumanResponseEvent'], from: root }],
  silent: /^llama_index\.core\.(?:llms\.|prompts|schema|workflow|memory|base|Settings|Document|PromptTemplate)/,
};
