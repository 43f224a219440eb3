import { readyMadeCapabilities } from '../engine/ready-made-names.ts';
import type { AgentRule, EffectRule, Framework, Takes, ToolRule } from '../framework.ts';
import { langgraphDeployments } from './deployed.ts';
import { guardMiddleware, isEmbedding, libraryNames, modelProvider, originOf, storeKind } from './known.ts';

/** Agents of LangChain, LangGraph and Deep Agents in Python. */

const classic = /^langchain(?:_classic|_community|_experimental|_core|_cohere)?\.[^()]*$/;
const prompts = [
  'prompt',
  'system_prompt',
  'state_modifier',
  'messages_modifier',
  'instructions',
  'system_message',
  'prefix',
  'suffix',
];
const common = {
  name: ['name', 'supervisor_name', 'agent_name'],
  middleware: ['middleware'],
  interruptOn: ['interrupt_on', 'tool_configs', 'interrupt_config'],
  hooks: ['pre_model_hook', 'post_model_hook'],
  described: ['subagents'],
  checkpoints: ['checkpointer'],
  memory: ['store'],
  pauseBefore: ['interrupt_before'],
  pauseAfter: ['interrupt_after'],
} satisfies Takes;

type Order = readonly ('model' | 'tools' | 'prompt' | 'agents' | 'agent')[];
/** Arguments by the order in which they may be given without a name. */
function inOrder(order: Order): Takes {
  const at = (name: Order[number]): readonly number[] => {
    const position = order.indexOf(name);
    return position < 0 ? [] : [position];
  };
  return {
    ...common,
    model: [...at('model'), 'model', 'llm'],
    tools: [...at('tools'), 'tools', 'toolkit', 'extra_tools'],
    agents: [...at('agents'), 'agents'],
    instructions: [...at('prompt'), ...prompts],
    ...(order.includes('agent') ? { runs: [...at('agent'), 'agent'] } : {}),
  };
}

const runnable = (symbols: readonly string[]): AgentRule => ({
  symbols,
  from: classic,
  takes: inOrder(['model', 'tools', 'prompt']),
  form: 'runnable',
});

const fixed = (symbol: string, from: RegExp, order: Order, builtIn: AgentRule['builtIn'] = []): AgentRule => ({
  symbols: [symbol],
  from,
  takes: inOrder(order),
  builtIn,
});

const builtIn = (name: string) => ({ name, classes: readyMadeCapabilities(name) ?? [] });
const graph = /^langgraph\.[^()]*$/;
const family = /^(?:langchain|langgraph|deepagents|langmem)(?:_[a-z0-9_]+)?\./;

const agents: readonly AgentRule[] = [
  {
    symbols: ['create_react_agent', 'create_tool_calling_executor', 'create_function_calling_executor'],
    from: graph,
    takes: inOrder(['model', 'tools']),
    framework: 'langgraph',
  },
  {
    ...runnable(['create_react_agent']),
    from: /^langchain(?:_classic|_community|_experimental|_core|_cohere)?\.(?!.*\bprebuilt\b)[^()]*$/,
  },
  fixed('create_agent', /^langchain\.[^()]*$/, ['model', 'tools']),
  {
    symbols: ['create_deep_agent', 'async_create_deep_agent'],
    from: /^deepagents\.[^()]*$/,
    takes: { ...inOrder([]), model: ['model', 'llm'], tools: ['tools', 'toolkit', 'extra_tools'] },
    framework: 'deepagents',
    positionsVary: true,
    builtIn: ['write_todos', 'ls', 'read_file', 'write_file', 'edit_file', 'task'].map(builtIn),
  },
  { ...fixed('create_supervisor', /^langgraph_supervisor\.[^()]*$/, ['agents']), framework: 'langgraph' },
  { ...fixed('create_swarm', /^langgraph_swarm\.[^()]*$/, ['agents']), framework: 'langgraph' },
  fixed('initialize_agent', classic, ['tools', 'model']),
  { ...fixed('AgentExecutor', classic, ['agent', 'tools']), form: 'executor' },
  { ...fixed('from_agent_and_tools', classic, ['agent', 'tools']), form: 'executor' },
  fixed('create_sql_agent', classic, ['model', 'tools'], [builtIn('SQLDatabaseToolkit')]),
  fixed('create_pandas_dataframe_agent', classic, ['model'], [builtIn('PythonAstREPLTool')]),
  fixed('create_csv_agent', classic, ['model'], [builtIn('PythonAstREPLTool')]),
  fixed('create_python_agent', classic, ['model', 'tools'], [builtIn('PythonREPLTool')]),
  fixed('create_spark_dataframe_agent', classic, ['model'], [builtIn('PythonAstREPLTool')]),
  fixed('create_json_agent', classic, ['model', 'tools']),
  fixed('create_openapi_agent', classic, ['model', 'tools'], [builtIn('RequestsToolkit')]),
  fixed('create_conversational_retrieval_agent', classic, ['model', 'tools']),
  runnable([
    'create_tool_calling_agent',
    'create_openai_functions_agent',
    'create_openai_tools_agent',
    'create_structured_chat_agent',
    'create_json_chat_agent',
    'create_xml_agent',
    'create_self_ask_with_search_agent',
    'create_cohere_react_agent',
  ]),
  {
    symbols: ['entrypoint'],
    from: /^langgraph\.func(?:\.[^()]*)?$/,
    takes: { checkpoints: ['checkpointer'], memory: ['store'] },
    form: 'entry',
    framework: 'langgraph',
  },
];

const anyTool = /^langchain(?:_\w+)?\.[^()]*$/;
const tools: readonly ToolRule[] = [
  {
    symbols: ['tool'],
    from: /^langchain(?:_core|_classic|_community)?\.(?:[^()]*\.)?tool$/,
    kind: 'decorator',
    name: [0, 'name_or_callable'],
    description: ['description'],
  },
  {
    symbols: ['BaseTool', 'StructuredTool', 'Tool'],
    from: anyTool,
    kind: 'class',
    methods: ['_run', '_arun', '__call__', 'run', 'invoke'],
  },
  {
    symbols: ['from_function', 'StructuredTool'],
    from: /^langchain(?:_\w+)?\.[^()]*(?:StructuredTool|Tool)(?:\.from_function)?$/,
    kind: 'wrapper',
    function: [0, 'func', 'coroutine'],
    name: ['name'],
    description: ['description'],
  },
  {
    symbols: ['Tool'],
    from: anyTool,
    kind: 'wrapper',
    function: [1, 'func', 'coroutine'],
    name: ['name', 0],
    description: ['description', 2],
  },
  {
    symbols: ['ToolNode', 'ToolExecutor', 'ValidationNode'],
    from: /^langgraph\.[^()]*$/,
    kind: 'list',
    tools: [0, 'tools'],
  },
];

const effects: readonly EffectRule[] = [
  {
    path: /\.(?:PythonREPL|PythonAstREPLTool|PythonREPLTool|ShellTool|BashProcess)\(\)\.(?:run|invoke|ainvoke|arun)$/,
    classes: ['executes-code'],
    because: 'runs text as code',
  },
  {
    path: /SQLDatabase(?:\.from_uri)?\(\)\.(?:run|run_no_throw|_execute)$/,
    classes: [],
    because: 'runs SQL',
    channel: 'sql',
  },
  {
    path: /^langgraph\.store\..*\.(?:put|aput)$|^langgraph\.config\.get_store\(\)\.(?:put|aput)$/,
    classes: ['writes'],
    because: 'writes to the memory of the agent',
    channel: 'vector',
  },
  {
    path: /^langgraph\.store\..*\.(?:search|asearch|get|aget)$|^langgraph\.config\.get_store\(\)\.(?:search|asearch|get|aget)$/,
    classes: ['reads-private'],
    because: 'reads the memory of the agent',
    channel: 'vector',
  },
  {
    path: /\bdocument_loaders\b.*(?:WebBaseLoader|UnstructuredURLLoader|AsyncHtmlLoader|AsyncChromiumLoader|PlaywrightURLLoader|RecursiveUrlLoader|SeleniumURLLoader|YoutubeLoader(?:\.\w+)?|FireCrawlLoader|SitemapLoader)\(\)\.(?:load|aload|lazy_load|alazy_load|load_and_split)$/,
    classes: ['reads-untrusted', 'sends-outside'],
    because: 'reads web pages',
    channel: 'http',
  },
  {
    path: /\bdocument_loaders\b.*\(\)\.(?:load|aload|lazy_load|load_and_split)$/,
    classes: ['reads-private'],
    because: 'loads documents',
    channel: 'file-path',
  },
];

export const langchain: Framework = {
  id: 'langchain',
  title: 'LangChain, LangGraph, Deep Agents',
  language: 'python',
  roots: family,
  keywords: ['langgraph', 'langchain', 'deepagents'],
  agents,
  graphs: [
    {
      symbols: ['StateGraph', 'MessageGraph', 'Graph'],
      from: graph,
      finish: ['compile'],
      nodes: {
        add_node: { name: [0, 'node'], action: [1, 'action'] },
        add_sequence: { action: [0] },
      },
      edges: ['add_edge', 'add_conditional_edges'],
      takes: {
        name: ['name'],
        checkpoints: ['checkpointer'],
        memory: ['store'],
        pauseBefore: ['interrupt_before'],
        pauseAfter: ['interrupt_after'],
      },
      framework: 'langgraph',
    },
  ],
  tools,
  servers: [
    {
      symbols: ['get_tools'],
      from: /^langchain_mcp_adapters\..*MultiServerMCPClient\(\)(?:\.\w+\(\))?\.get_tools$/,
      handsOn: true,
    },
    { symbols: ['load_mcp_tools'], from: family, handsOn: true },
    { symbols: ['MultiServerMCPClient'], from: /^langchain_mcp_adapters\.[^()]*$/, map: [0, 'connections'] },
  ],
  guards: [{ symbols: [...guardMiddleware], from: family }],
  models: (path) => {
    const origin = path.includes('()') ? null : originOf(path);
    const provider = origin === null ? null : modelProvider(origin);
    if (origin === null || provider === null) return null;
    return {
      provider,
      ...(/^init_|^load_chat_model$/.test(origin.symbol) ? { id: [0, 'model'] } : {}),
      embedding: isEmbedding(origin.symbol),
    };
  },
  stores: (path) => {
    const origin = originOf(path);
    return origin === null ? null : storeKind(origin);
  },
  prompts: [
    {
      symbols: ['SystemMessage', 'SystemMessagePromptTemplate', 'from_messages', 'from_template', 'PromptTemplate'],
      from: /^langchain(?:_core)?\.[^()]*$/,
      text: [0, 'content', 'messages', 'template'],
    },
    {
      symbols: ['pull', 'pull_prompt'],
      from: /\.hub\.pull$|\.Client\(\)\.pull_prompt$/,
      text: [0, 'owner_repo_commit'],
      pulled: true,
    },
  ],
  interrupts: [{ symbols: ['interrupt'], from: graph }],
  effects,
  silent: /^(?:langchain_core|langchain_text_splitters|langgraph|langgraph_sdk|langsmith)(?:\b|$)/,
  toolNames: libraryNames,
  extra: langgraphDeployments,
};
