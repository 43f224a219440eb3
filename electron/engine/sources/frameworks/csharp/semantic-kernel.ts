import type { CallSite } from '../../python/scopes.ts';
import { expressionsIn } from '../../python/scopes.ts';
import { type CallValue, identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { variableOf } from '../engine/agent-names.ts';
import { given, originPath, pathOf, textsOf } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { Framework, ModelRule, Takes } from '../framework.ts';
import { callsBehind } from '../typed/chain-values.ts';

/**
 * Semantic Kernel for .NET (`Microsoft.SemanticKernel` 1.x with its agents). A kernel holds models, plugins and filters; an
 * agent, or a chat service with automatic function calls, works with it. From knowledge of the packages.
 */

const kernelMaker = /^Microsoft\.SemanticKernel\.Kernel(?:\.CreateBuilder|Builder)?$|\.AddKernel$/;
const plugging = new Set([
  'AddFromType',
  'AddFromObject',
  'AddFromFunctions',
  'ImportPluginFromType',
  'ImportPluginFromObject',
  'ImportPluginFromFunctions',
  'AddFromOpenApiAsync',
  'ImportPluginFromOpenApiAsync',
  'AddFromPromptDirectory',
  'ImportPluginFromPromptDirectory',
  'CreateFromType',
  'CreateFromObject',
  'CreateFromFunctions',
]);
const chat = /\.Add(\w+?)(?:ChatCompletion|ChatClient)$/;
const filterSites = new Set(['Add', 'AddSingleton', 'AddTransient', 'AddScoped']);
const filterBase =
  /^Microsoft\.SemanticKernel\.(?:IFunctionInvocationFilter|IAutoFunctionInvocationFilter|IPromptRenderFilter)$/;

type Held = {
  readonly root: CallValue;
  readonly site: CallSite;
  readonly plugins: { value: Value; call: CallValue }[];
  readonly models: CallValue[];
  readonly filters: { value: Value; spot: Spot }[];
};

const kernels = new WeakMap<object, ReadonlyMap<string, Held>>();

const callOf = (site: CallSite, callee: Value): CallValue => ({
  kind: 'call',
  callee,
  call: site.call,
  scope: site.scope,
  spot: { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine },
});

/** Kernels of the project with what they are given, by the identity of the call that makes them. */
function kernelsOf(context: FindContext): ReadonlyMap<string, Held> {
  const { project } = context;
  const known = kernels.get(project);
  if (known !== undefined) return known;
  const found = new Map<string, Held>();
  for (const site of project.calls(new Set(['CreateBuilder', 'Kernel', 'KernelBuilder', 'AddKernel']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (!kernelMaker.test(originPath(callee) ?? '')) continue;
      const root = callOf(site, callee);
      found.set(identityOf(root), { root, site, plugins: [], models: [], filters: [] });
    }
  }
  kernels.set(project, found);
  const names = [...plugging, ...filterSites, ...chatNames(context)];
  for (const site of project.calls(new Set(names))) {
    if (site.call.callee.kind !== 'attribute') continue;
    const { name } = site.call.callee;
    const callee = project.evaluate(site.call.callee, site.scope, site.statement.at);
    for (const held of holders(context, callee, site, found)) {
      const call = callOf(site, callee);
      if (chat.test(`.${name}`)) held.models.push(call);
      else if (plugging.has(name)) held.plugins.push(...pluginsOf(context, call, name));
      else filterOf(context, call, name, held);
    }
  }
  return found;
}

const chatNames = (context: FindContext): readonly string[] => {
  const names = new Set<string>();
  for (const provider of [
    'OpenAI',
    'AzureOpenAI',
    'AzureAIInference',
    'GoogleAIGemini',
    'VertexAIGemini',
    'Mistral',
    'Ollama',
    'HuggingFace',
    'Bedrock',
    'Onnx',
    'Anthropic',
  ])
    for (const end of ['ChatCompletion', 'ChatClient']) names.add(`Add${provider}${end}`);
  return context.project.modules.length === 0 ? [] : [...names];
};

/** The kernels that a call is made on; one that is handed in may be the only one of the file or of the project. */
function holders(
  context: FindContext,
  callee: Value,
  site: CallSite,
  found: ReadonlyMap<string, Held>,
): readonly Held[] {
  const behind = callsBehind(context.project, callee).flatMap((one) => found.get(identityOf(one)) ?? []);
  if (behind.length > 0) return [...new Set(behind)].slice(0, 1);
  const declared = callsBehind(context.project, callee).some((one) =>
    /^Microsoft\.SemanticKernel\.(?:I?Kernel(?:Builder)?)$/.test(pathOf(one)),
  );
  return declared ? onlyKernel(found, site.scope.module.place) : [];
}

function onlyKernel(found: ReadonlyMap<string, Held>, place: string): readonly Held[] {
  const all = [...found.values()];
  const here = all.filter((one) => one.root.spot.place === place);
  return here.length === 1 ? here : all.length === 1 ? all : [];
}

function pluginsOf(context: FindContext, call: CallValue, name: string): readonly { value: Value; call: CallValue }[] {
  const { project } = context;
  const types = call.call.keywords
    .filter((one) => one.name === '@types')
    .map((one) => project.evaluate(one.value, call.scope, call.call.at));
  if (types.length > 0) return types.map((value) => ({ value, call }));
  const given0 = name.endsWith('FromFunctions')
    ? given(project, call, [1, 'functions'])
    : given(project, call, [0, 'target', 'pluginName', 'functions']);
  return given0 === null ? [] : [{ value: given0, call }];
}

function filterOf(context: FindContext, call: CallValue, name: string, held: Held): void {
  const { project } = context;
  const path = pathOf(call);
  if (name === 'Add') {
    if (!/\.(?:FunctionInvocationFilters|AutoFunctionInvocationFilters|PromptRenderFilters)\.Add$/.test(path)) return;
    const value = given(project, call, [0]);
    if (value !== null) held.filters.push({ value, spot: call.spot });
    return;
  }
  const types = call.call.keywords
    .filter((one) => one.name === '@types')
    .flatMap((one) => (one.value.kind === 'list' ? one.value.items : [one.value]))
    .map((one) => project.evaluate(one, call.scope, call.call.at));
  const [service, implementation] = types;
  if (service?.kind !== 'symbol' || !filterBase.test(service.path)) return;
  held.filters.push({ value: implementation ?? given(project, call, [0]) ?? service, spot: call.spot });
}

/** Methods with `[KernelFunction]` of a plugin, or the functions that it lists. */
function toolsOf(
  context: FindContext,
  value: Value,
  call: CallValue,
): { tools: readonly ToolFound[]; mcp: readonly Value[] } {
  const found: ToolFound[] = [];
  const mcp: Value[] = [];
  for (const option of optionsOf(value)) {
    const definition = option.kind === 'class' ? option : option.kind === 'instance' ? option.of : null;
    if (definition === null) {
      const path = originPath(option) ?? '';
      if (option.kind === 'text') {
        found.push(named(option.text, call, []));
        continue;
      }
      if (/^ModelContextProtocol\b/.test(path)) {
        mcp.push(option);
        continue;
      }
      const inside = context.toolsIn(option);
      mcp.push(...inside.mcp);
      found.push(...inside.tools);
      continue;
    }
    for (const statement of definition.class.body) {
      if (statement.kind !== 'function') continue;
      const method = context.project.member(option, statement.function.name);
      if (method.kind !== 'function') continue;
      for (const expression of statement.function.decorators)
        for (const one of optionsOf(context.project.evaluate(expression, definition.scope))) {
          if (one.kind !== 'call' || !/^Microsoft\.SemanticKernel\.KernelFunction(?:Attribute)?$/.test(pathOf(one)))
            continue;
          const own = textsOf(given(context.project, one, [0, 'name']))[0];
          const plain = context.toolOf(method);
          found.push({ ...plain, name: own ?? plain.name.replace(/Async$/, ''), framework: 'semantic-kernel' });
        }
    }
  }
  return { tools: found, mcp };
}

const named = (name: string, call: CallValue, classes: ToolFound['classes']): ToolFound => ({
  name: name.slice(0, 200),
  form: 'toolkit',
  description: '',
  spot: call.spot,
  bodies: [],
  uses: [],
  library: pathOf(call).replaceAll('()', ''),
  ...(classes === undefined || classes.length === 0 ? {} : { classes }),
});

function addKernel(context: FindContext, held: Held, into: Gathering): void {
  for (const model of held.models) into.models.set(identityOf(model), model);
  for (const { value, call } of held.plugins) {
    if (/OpenApi/.test(pathOf(call))) {
      const name = textsOf(given(context.project, call, [0, 'pluginName']))[0] ?? 'OpenAPI plugin';
      into.extraTools.push(named(name, call, ['sends-outside']));
      continue;
    }
    const { tools, mcp } = toolsOf(context, value, call);
    into.extraTools.push(...tools);
    into.mcp.push(...mcp);
    if (tools.length === 0 && mcp.length === 0 && value.kind !== 'symbol')
      into.unknown.push({ reason: 'plugin is only known at run time', spot: call.spot });
    else if (value.kind === 'symbol')
      into.extraTools.push(named(value.path.slice(value.path.lastIndexOf('.') + 1), call, []));
  }
  for (const { value, spot } of held.filters) {
    for (const option of optionsOf(value)) {
      const of = option.kind === 'class' ? option : option.kind === 'instance' ? option.of : null;
      const name =
        of?.class.name ?? (option.kind === 'symbol' ? option.path.slice(option.path.lastIndexOf('.') + 1) : 'filter');
      into.guardrails.push({ name, spot: of?.spot ?? spot, functions: [] });
      const asks = of?.class.body.some((one) => one.kind === 'function' && one.function.body.some(asksPerson)) === true;
      if (asks && of !== null)
        into.gates.push({ mechanism: of.class.name, grade: 'human-per-call', spot: of.spot, covers: null });
    }
  }
}

/** `Console.ReadLine()`: somebody at the terminal answers. */
const asksPerson = (statement: CallSite['statement']): boolean =>
  'value' in statement &&
  [...expressionsIn(statement.value)].some(
    (part) => part.kind === 'call' && part.callee.kind === 'attribute' && /^Read(?:Line|Key)$/.test(part.callee.name),
  );

const agentTakes: Takes = {
  name: ['Name', 'name'],
  description: ['Description'],
  instructions: ['Instructions', 'instructions'],
};

function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  const { project } = context;
  const found = kernelsOf(context);
  if (agent.form === 'inferred') {
    const held = found.get(agent.id.replace(/^kernel:/, ''));
    if (held !== undefined) addKernel(context, held, into);
    return;
  }
  for (const { call } of agent.calls) {
    const kernel = given(project, call, ['Kernel', 'kernel', '0.Kernel']);
    if (kernel === null) continue;
    const behind = callsBehind(project, kernel).flatMap((one) => found.get(identityOf(one)) ?? []);
    const [held] = behind.length > 0 ? behind : onlyKernel(found, call.spot.place);
    if (held === undefined) into.unknown.push({ reason: 'the kernel is handed in at run time', spot: call.spot });
    else addKernel(context, held, into);
  }
}

/** Kernels whose functions the model may call by itself, without an agent class around them. */
function find(context: FindContext): readonly AgentFound[] {
  const { project } = context;
  const found = kernelsOf(context);
  const automatic = new Map<string, CallSite>();
  for (const site of project.calls(new Set(['Auto', 'Required']))) {
    const path = originPath(project.evaluate(site.call.callee, site.scope, site.statement.at)) ?? '';
    if (/^Microsoft\.SemanticKernel\.FunctionChoiceBehavior\.(?:Auto|Required)$/.test(path))
      automatic.set(site.scope.module.place, site);
  }
  const old = project.modules.filter((module) => mentions(module.content.body, 'AutoInvokeKernelFunctions'));
  const usedByAgents = project
    .calls(new Set(['ChatCompletionAgent', 'OpenAIAssistantAgent', 'AzureAIAgent', 'OpenAIResponseAgent']))
    .flatMap((site) => {
      const kernel = site.call.keywords.find((one) => one.name === 'Kernel' || one.name === 'kernel');
      return kernel === undefined
        ? []
        : callsBehind(project, project.evaluate(kernel.value, site.scope, site.statement.at)).map(identityOf);
    });
  const agents: AgentFound[] = [];
  for (const [id, held] of found) {
    const place = held.root.spot.place;
    const called =
      automatic.has(place) ||
      old.some((module) => module.place === place) ||
      (found.size === 1 && (automatic.size > 0 || old.length > 0));
    if (!called || held.plugins.length === 0 || usedByAgents.includes(id)) continue;
    agents.push({
      id: `kernel:${id}`,
      form: 'inferred',
      framework: semanticKernelNet,
      frameworkName: 'semantic-kernel',
      symbol: 'Kernel',
      rule: null,
      calls: [{ call: held.root, takes: {}, rule: null }],
      site: held.site,
      spot: held.root.spot,
      nodes: [],
      edges: 0,
      bodies: [],
      attached: [],
      givenName: null,
      variable: variableOf(held.site, 'kernel'),
    });
  }
  return agents;
}

function mentions(body: readonly CallSite['statement'][], name: string, depth = 0): boolean {
  if (depth > 6) return false;
  return body.some((statement) => {
    if (statement.kind === 'function') return mentions(statement.function.body, name, depth + 1);
    if (statement.kind === 'class') return mentions(statement.class.body, name, depth + 1);
    if (statement.kind === 'import') return false;
    return [...expressionsIn(statement.value)].some((part) => part.kind === 'attribute' && part.name === name);
  });
}

const providers: readonly (readonly [RegExp, string])[] = [
  [/^AzureOpenAI/, 'azure-openai'],
  [/^AzureAIInference/, 'azure-ai'],
  [/^OpenAI/, 'openai'],
  [/^GoogleAIGemini/, 'google'],
  [/^VertexAIGemini/, 'google-vertex'],
  [/^Mistral/, 'mistral'],
  [/^Ollama/, 'ollama'],
  [/^HuggingFace/, 'huggingface'],
  [/^Bedrock/, 'bedrock'],
  [/^Onnx/, 'local'],
  [/^Anthropic/, 'anthropic'],
];

function models(path: string): ModelRule | null {
  const name = chat.exec(path)?.[1];
  if (name === undefined || !/^Microsoft\.SemanticKernel\b|\.Services\./.test(path)) return null;
  const provider = providers.find(([pattern]) => pattern.test(name))?.[1];
  if (provider === undefined) return null;
  return provider === 'azure-openai'
    ? { provider, id: ['deploymentName', 0], base: ['endpoint', 1], key: ['apiKey', 'credentials', 2] }
    : { provider, id: ['modelId', 'model', 0], key: ['apiKey', 1], base: ['endpoint'] };
}

export const semanticKernelNet: Framework = {
  id: 'semantic-kernel',
  title: 'Semantic Kernel for .NET',
  language: 'csharp',
  roots: /^Microsoft\.SemanticKernel\b/,
  keywords: ['Microsoft.SemanticKernel', 'KernelFunction'],
  agents: [
    {
      symbols: [
        'ChatCompletionAgent',
        'OpenAIAssistantAgent',
        'OpenAIResponseAgent',
        'AzureAIAgent',
        'BedrockAgent',
        'CopilotStudioAgent',
      ],
      takes: agentTakes,
      settings: ['Arguments.0.FunctionChoiceBehavior'],
    },
    {
      symbols: [
        'AgentGroupChat',
        'HandoffOrchestration',
        'SequentialOrchestration',
        'ConcurrentOrchestration',
        'GroupChatOrchestration',
        'MagenticOrchestration',
      ],
      form: 'team',
      takes: { name: ['Name'] },
    },
  ],
  tools: [
    {
      symbols: ['CreateFromMethod', 'CreateFunctionFromMethod'],
      from: /^Microsoft\.SemanticKernel\b.*\.\w+$/,
      kind: 'wrapper',
      function: [0, 'method'],
      name: ['functionName', 1],
      description: ['description', 2],
    },
    { symbols: ['KernelFunction', 'KernelFunctionAttribute'], kind: 'decorator', name: [0, 'name'] },
  ],
  models,
  silent: /^Microsoft\.SemanticKernel\b/,
  extra: {
    find,
    gather(context, agent, into) {
      if (agent.rule?.form === 'team') {
        for (const { call } of agent.calls)
          for (const expression of call.call.args)
            for (const value of optionsOf(context.project.evaluate(expression, call.scope, call.call.at)))
              for (const one of value.kind === 'list' ? value.items.map((item) => item.value) : [value])
                for (const inner of context.agentsIn(one))
                  into.agents.push({ agent: inner, spot: call.spot, how: agent.symbol });
        return;
      }
      gather(context, agent, into);
    },
  },
};
