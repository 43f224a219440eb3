import { type CallValue, type ClassValue, optionsOf, type Value } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { given, itemsIn, pathOf } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { Framework, ModelRule, Takes } from '../framework.ts';
import { annotatedTools } from './annotated-tools.ts';

/**
 * LangChain4j 1.x with its agents, its Spring Boot starter and Quarkus. An assistant is an interface; what it is told and
 * what it may use stand in its annotations or in the builder. From knowledge of the packages.
 */

const toolAnnotation = /^dev\.langchain4j\.agent\.tool\.Tool$/;
const systemMessage =
  /^(?:dev\.langchain4j\.service\.SystemMessage|dev\.langchain4j\.agentic\.\w+|io\.quarkiverse\.langchain4j\.\w+)$/;
const services = /^(?:dev\.langchain4j\.service\.spring\.AiService|io\.quarkiverse\.langchain4j\.RegisterAiService)$/;

const providers: Readonly<Record<string, string>> = {
  openai: 'openai',
  openaiofficial: 'openai',
  azure: 'azure-openai',
  anthropic: 'anthropic',
  ollama: 'ollama',
  mistralai: 'mistral',
  googleai: 'google',
  vertexai: 'google-vertex',
  bedrock: 'bedrock',
  github: 'github',
  localai: 'local',
  huggingface: 'huggingface',
};

function models(path: string): ModelRule | null {
  const match =
    /^dev\.langchain4j\.model\.(\w+)(?:\.\w+)*?\.(\w+?)(?:Streaming)?(Chat|Language|Embedding)Model(?:(?:\.builder\(\))?\.build|\.withApiKey)?$/.exec(
      path,
    );
  if (match?.[1] === undefined) return null;
  const provider = providers[match[1]];
  if (provider === undefined) return null;
  return {
    provider,
    id: ['modelName', 'deploymentName', 'modelId', 'model'],
    base: ['baseUrl', 'endpoint'],
    key: ['apiKey', 'nonAzureApiKey'],
    ...(match[3] === 'Embedding' ? { embedding: true } : {}),
  };
}

const takes: Takes = {
  name: ['name'],
  description: ['description'],
  model: ['chatModel', 'chatLanguageModel', 'streamingChatModel', 'streamingChatLanguageModel'],
  instructions: ['systemMessageProvider', 'systemMessage'],
  memory: ['chatMemory', 'chatMemoryProvider'],
  knowledge: ['contentRetriever', 'retrievalAugmentor'],
  agents: ['subAgents'],
  guardrails: ['inputGuardrails', 'outputGuardrails', 'inputGuardrailClasses', 'outputGuardrailClasses'],
};

function addTools(context: FindContext, value: Value | null, into: Gathering): void {
  for (const { value: item, when } of itemsIn(value))
    for (const option of optionsOf(item)) {
      const several = annotatedTools(context, option, toolAnnotation);
      if (several.length > 0) into.extraTools.push(...several);
      else into.toolValues.push(when === undefined ? { value: option } : { value: option, when });
    }
}

/** What the methods of an assistant's interface tell the model. */
function addInterface(context: FindContext, value: Value, into: Gathering): void {
  if (value.kind !== 'class') return;
  const { project } = context;
  for (const statement of value.class.body) {
    if (statement.kind !== 'function') continue;
    for (const expression of [...statement.function.decorators, ...value.class.decorators])
      for (const one of optionsOf(project.evaluate(expression, value.scope))) {
        if (one.kind !== 'call' || !systemMessage.test(pathOf(one))) continue;
        const [first] = one.call.args;
        const words = first === undefined ? given(project, one, ['fromResource']) : project.evaluate(first, one.scope);
        if (words !== null && /SystemMessage$/.test(pathOf(one))) into.prompts.push(words);
      }
  }
}

function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  const { project } = context;
  for (const { call } of agent.calls) {
    addTools(context, given(project, call, ['tools']), into);
    const provider = given(project, call, ['toolProvider', 'toolProviders', 'toolProviderSupplier']);
    if (provider !== null) {
      into.mcp.push(provider);
    }
    // `AiServices.builder(Assistant.class)`
    const maker = call.callee.kind === 'member' ? call.callee.of : null;
    const [first] = maker?.kind === 'call' ? maker.call.args : [];
    if (first !== undefined && maker?.kind === 'call') {
      const of = project.evaluate(first, maker.scope, maker.call.at);
      if (of.kind === 'class') addInterface(context, of, into);
    }
    if (call.callee.kind === 'class') addInterface(context, call.callee, into);
  }
}

/** Interfaces that a starter makes an assistant of: `@AiService`, `@RegisterAiService(tools = Orders.class)`. */
function find(context: FindContext): readonly AgentFound[] {
  const { project } = context;
  const found: AgentFound[] = [];
  for (const definition of context.definitions()) {
    if (definition.kind !== 'class') continue;
    for (const mark of definition.decorators.flatMap(optionsOf)) {
      if (mark.kind !== 'call' || !services.test(pathOf(mark))) continue;
      const { value } = definition;
      const config: CallValue = { ...mark, callee: value };
      const bodies = automaticTools(context, mark);
      if (
        given(project, mark, ['tools']) === null &&
        bodies.length === 0 &&
        given(project, mark, ['toolProviderSupplier']) === null
      )
        continue;
      found.push({
        id: `ai-service:${value.spot.place}:${value.spot.line}`,
        form: 'constructor',
        framework: langchain4j,
        frameworkName: 'langchain4j',
        symbol: pathOf(mark).slice(pathOf(mark).lastIndexOf('.') + 1),
        rule: null,
        calls: [{ call: config, takes: {}, rule: null }],
        site: null,
        spot: value.spot,
        nodes: [],
        edges: 0,
        bodies: [],
        attached: [],
        givenName: value.class.name,
        variable: value.class.name,
      });
    }
  }
  return found;
}

/** The Spring starter gives an assistant every annotated tool of the application, unless wiring is explicit. */
function automaticTools(context: FindContext, mark: CallValue): readonly ClassValue[] {
  if (!/AiService$/.test(pathOf(mark)) || /RegisterAiService$/.test(pathOf(mark))) return [];
  if (given(context.project, mark, ['tools']) !== null) return [];
  return context
    .definitions()
    .flatMap((one) =>
      one.kind === 'class' && annotatedTools(context, one.value, toolAnnotation).length > 0 ? [one.value] : [],
    )
    .slice(0, 50);
}

const mcp = String.raw`^dev\.langchain4j\.mcp\.client\.transport\.(?:\w+\.)*`;

export const langchain4j: Framework = {
  id: 'langchain4j',
  title: 'LangChain4j',
  language: 'java',
  roots: /^(?:dev\.langchain4j|io\.quarkiverse\.langchain4j)\./,
  keywords: ['dev.langchain4j', 'io.quarkiverse.langchain4j'],
  agents: [
    {
      symbols: ['build'],
      from: /^dev\.langchain4j\.service\.AiServices\.builder\(\)\.build$/,
      takes,
      needs: ['tools', 'toolProvider', 'toolProviders'],
    },
    {
      symbols: ['build'],
      from: /^dev\.langchain4j\.agentic\.AgenticServices\.(?:agent|supervisor|sequence|parallel|loop|conditional|planner)Builder\(\)\.build$/,
      takes,
    },
  ],
  tools: [{ symbols: ['Tool'], from: toolAnnotation, kind: 'decorator', name: ['name'], description: [0] }],
  servers: [
    {
      symbols: ['build'],
      from: new RegExp(`${mcp}StdioMcpTransport(?:\\.builder\\(\\)|\\.Builder\\(\\))\\.build$`),
      command: ['command'],
      env: ['environment'],
      transport: 'stdio',
    },
    {
      symbols: ['build'],
      from: new RegExp(`${mcp}\\w*Http\\w*(?:\\.builder\\(\\)|\\.Builder\\(\\))\\.build$`),
      url: ['sseUrl', 'url'],
      transport: 'http',
    },
    {
      symbols: ['build'],
      from: /^dev\.langchain4j\.mcp\.(?:McpToolProvider|client\.DefaultMcpClient)\S*\.build$/,
      handsOn: true,
    },
  ],
  models,
  stores: (path) =>
    /^dev\.langchain4j\.store\.embedding\.\S*EmbeddingStore(?:(?:\.builder\(\))?\.build)?$/.test(path)
      ? 'vector'
      : /^dev\.langchain4j\.(?:memory\.chat\.\w+ChatMemory|store\.memory\.\S*)(?:\.\w+)*$/.test(path)
        ? 'memory'
        : null,
  silent: /^(?:dev\.langchain4j|io\.quarkiverse\.langchain4j)\./,
  extra: {
    find,
    gather(context, agent, into) {
      gather(context, agent, into);
      if (agent.symbol !== 'AiService') return;
      const [main] = agent.calls;
      if (main === undefined || given(context.project, main.call, ['tools']) !== null) return;
      for (const one of context.definitions())
        if (one.kind === 'class')
          into.extraTools.push(...annotatedTools(context, one.value, toolAnnotation).slice(0, 200));
    },
  },
};
