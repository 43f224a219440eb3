import type { Expression } from '../../python/expressions.ts';
import { dottedName, expressionsIn } from '../../python/scopes.ts';
import type { Statement } from '../../python/summary.ts';
import { type CallValue, type FunctionValue, optionsOf, type Value } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { argumentOf, fieldOf, given, originPath } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { ToolFound } from '../engine/tools.ts';
import type { AgentRule, Framework, Takes } from '../framework.ts';

/**
 * Agents without a framework: code that calls a model with tools and gives it the results of its calls, again and again.
 * One request with tools is none. Inferred, and marked so.
 */

type Api = {
  readonly path: RegExp;
  readonly written: RegExp;
  readonly provider: string;
  readonly library: RegExp;
  readonly takes: Takes;
};

const apis: readonly Api[] = [
  {
    path: /^openai\..*\.(?:chat\.completions|beta\.chat\.completions)\.(?:create|parse|stream)$/,
    written: /(?:^|\.)chat\.completions\.(?:create|parse)$/,
    library: /^openai\b/,
    provider: 'openai',
    takes: { model: ['model'], tools: ['tools', 'functions'], instructions: ['messages'] },
  },
  {
    path: /^openai\..*\.responses\.(?:create|parse|stream)$/,
    written: /(?:^|\.)responses\.(?:create|parse)$/,
    library: /^openai\b/,
    provider: 'openai',
    takes: { model: ['model'], tools: ['tools'], instructions: ['instructions', 'input'] },
  },
  {
    path: /^anthropic\..*\.messages\.(?:create|stream)$/,
    written: /(?:^|\.)messages\.(?:create|stream)$/,
    library: /^anthropic\b/,
    provider: 'anthropic',
    takes: { model: ['model'], tools: ['tools'], instructions: ['system'] },
  },
  {
    path: /^google\.genai\..*\.models\.generate_content(?:_stream)?$/,
    written: /(?:^|\.)models\.generate_content$/,
    library: /^google\.genai\b/,
    provider: 'google',
    takes: { model: ['model'], tools: ['config.tools'], instructions: ['config.system_instruction'] },
  },
  {
    path: /^litellm\.(?:a?completion)$/,
    written: /^litellm\.a?completion$/,
    library: /^litellm\b/,
    provider: '',
    takes: { model: ['model', 0], tools: ['tools'], instructions: ['messages'] },
  },
  {
    path: /^(?:groq|together|cerebras|fireworks)\b.*\.chat\.completions\.create$|^mistralai\..*\.chat\.complete(?:_async)?$|^ollama\.(?:.*\.)?chat$/,
    written: /^ollama\.chat$/,
    library: /^(?:groq|together|mistralai|ollama)\b/,
    provider: '',
    takes: { model: ['model'], tools: ['tools'], instructions: ['messages'] },
  },
  {
    path: /^boto3\..*\.converse(?:_stream)?$/,
    written: /\.converse$/,
    library: /^boto3\b/,
    provider: 'bedrock',
    takes: { model: ['modelId'], tools: ['toolConfig.tools'], instructions: ['system'] },
  },
];

/** Of the text of a call that could be one of these. */
const likely =
  /(?:completions|responses|messages|models|litellm|ollama|chat|client|model|llm|bedrock)\w*\.\w+$|^a?completion$/i;

const methods = new Set([
  'create',
  'parse',
  'stream',
  'generate_content',
  'generate_content_stream',
  'completion',
  'acompletion',
  'complete',
  'complete_async',
  'chat',
  'converse',
  'converse_stream',
]);

export const rawLoops: Framework = {
  id: 'raw-loop',
  title: 'Model calls with tools in a loop',
  language: 'python',
  roots: /^$/,
  keywords: ['tool_calls', 'tool_use', 'function_call', 'toolUse'],
  extra: { find, gather },
};

function find(context: FindContext): readonly AgentFound[] {
  const { project } = context;
  const found: AgentFound[] = [];
  const taken = new Set<string>();
  for (const site of project.calls(methods)) {
    const keywords = site.call.keywords.map((one) => one.name);
    if (!keywords.some((one) => one === null || /^(?:tools|functions|config|toolConfig)$/.test(one))) continue;
    const spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
    const written = dottedName(site.call.callee) ?? '';
    if (!likely.test(written)) continue;
    const body = site.scope.function?.body ?? (site.scope.kind === 'module' ? site.scope.body : null);
    // Cheap looks first: what a call is made on may be long to find out.
    if (body === null || ![body, ...helpers(site.scope, body)].some((one) => one.some(givesResults))) continue;
    const callee = optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at));
    const api =
      apis.find((one) => callee.some((option) => one.path.test(originPath(option) ?? ''))) ??
      apis.find(
        (one) =>
          one.written.test(written) &&
          imports(site.scope.module.content.body, one.library) &&
          callee.every((option) => originPath(option) === null),
      );
    const [first] = callee;
    if (api === undefined || first === undefined) continue;
    const call: CallValue = { kind: 'call', callee: first, call: site.call, scope: site.scope, spot };
    const tools =
      given(project, call, api.takes.tools) ??
      (keywords.includes(null) ? argumentOf(project, call, null, 'tools') : null);
    if (tools === null || (tools.kind === 'constant' && tools.value === null)) continue;
    if (!goesRound(context, call, body, site.statement)) continue;
    const owner = site.scope.function === undefined ? null : functionOf(site.scope);
    const name =
      site.scope.function === undefined
        ? 'main'
        : [site.scope.parent?.class?.name, site.scope.function.name].filter((one) => one !== undefined).join('.');
    const id = `raw:${spot.place}#${name}`;
    if (taken.has(id)) continue;
    taken.add(id);
    const rule: AgentRule = { symbols: [], takes: api.takes, confidence: 'medium' };
    found.push({
      id,
      form: 'inferred',
      framework: { ...rawLoops, provider: api.provider },
      frameworkName: rawLoops.id,
      symbol: written,
      rule,
      calls: [{ call, takes: api.takes, rule }],
      site: null,
      spot: owner?.spot ?? spot,
      nodes: [],
      edges: 0,
      bodies: owner === null ? [] : [{ value: owner, scope: null }],
      attached: [],
      givenName: site.scope.parent?.class?.name ?? (site.scope.function === undefined ? fileName(spot.place) : null),
      variable: name,
    });
  }
  return found;
}

const fileName = (place: string): string => place.slice(place.lastIndexOf('/') + 1).replace(/\.\w+$/, '');

function functionOf(scope: CallValue['scope']): FunctionValue | null {
  if (scope.function === undefined || scope.parent === null) return null;
  const { line, endLine } = scope.function;
  return {
    kind: 'function',
    function: scope.function,
    scope: scope.parent,
    ...(scope.self === undefined ? {} : { self: scope.self }),
    spot: { place: scope.module.place, line, endLine },
  };
}

const imports = (body: readonly Statement[], library: RegExp): boolean =>
  body.some((statement) => statement.kind === 'import' && statement.names.some((one) => library.test(one.module)));

/** The results of tools are given back, and the call is made again. */
function goesRound(context: FindContext, call: CallValue, body: readonly Statement[], around: Statement): boolean {
  if (around.when?.startsWith('while ') === true) return true;
  // A loop over a number of turns stands before the call, a loop that asks again holds a second call.
  for (const statement of body) {
    if (statement.when?.startsWith('while ') === true && statement.at < call.call.at) return true;
    if (statement.kind === 'assign' && statement.at < call.call.at && runsOver(statement.value)) return true;
  }
  const name = call.scope.function?.name;
  const own = dottedName(call.call.callee);
  for (const statement of body) {
    if (!('value' in statement)) continue;
    for (const part of expressionsIn(statement.value)) {
      if (part.kind !== 'call' || part === call.call) continue;
      const called = dottedName(part.callee);
      if (name !== undefined && (called === name || called === `self.${name}`)) return true;
      if (own !== null && called === own && statement.when?.startsWith('while ') === true) return true;
    }
  }
  // The function is one turn: whoever calls it goes round.
  return (
    name !== undefined &&
    context.project
      .calls(new Set([name]))
      .some((site) => site.statement.when?.startsWith('while ') === true && lastOf(site.call.callee) === name)
  );
}

const lastOf = (expression: Expression): string =>
  expression.kind === 'name' ? expression.id : expression.kind === 'attribute' ? expression.name : '';

/** `for turn in range(10)`: an element of a count. */
const runsOver = (value: Expression): boolean =>
  value.kind === 'subscript' &&
  value.index.kind === 'other' &&
  value.of.kind === 'call' &&
  /^(?:range|count|itertools\.count)$/.test(dottedName(value.of.callee) ?? '');

/** Bodies of functions of the same file and methods of the same class that a body calls, by their names. */
function helpers(scope: CallValue['scope'], body: readonly Statement[]): readonly (readonly Statement[])[] {
  const names = new Set<string>();
  for (const statement of body) {
    if (!('value' in statement)) continue;
    for (const part of expressionsIn(statement.value)) {
      if (part.kind !== 'call') continue;
      const { callee } = part;
      if (callee.kind === 'name') names.add(callee.id);
      else if (callee.kind === 'attribute' && callee.of.kind === 'name' && callee.of.id === 'self')
        names.add(callee.name);
    }
  }
  const around = [scope.module.content.body, scope.parent?.class?.body ?? [], body];
  return around.flatMap((statements) =>
    statements.flatMap((one) => (one.kind === 'function' && names.has(one.function.name) ? [one.function.body] : [])),
  );
}

function givesResults(statement: Statement): boolean {
  if (!('value' in statement)) return false;
  for (const part of expressionsIn(statement.value)) {
    if (part.kind === 'dict') {
      for (const entry of part.entries) {
        if (entry.key?.kind !== 'text') continue;
        const { value } = entry;
        const text = value.kind === 'text' ? value.value : '';
        if (entry.key.value === 'role' && (text === 'tool' || text === 'function')) return true;
        if (entry.key.value === 'type' && /^(?:tool_result|function_call_output)$/.test(text)) return true;
        if (/^(?:tool_call_id|tool_use_id|toolResult|functionResponse)$/.test(entry.key.value)) return true;
      }
    } else if (part.kind === 'call') {
      if (/(?:from_function_response|FunctionResponse|ToolMessage)$/.test(dottedName(part.callee) ?? '')) return true;
      if (part.keywords.some((one) => one.name === 'tool_call_id' || one.name === 'tool_use_id')) return true;
    }
  }
  return false;
}

/** Schemas name functions of the program: the code behind a tool is found by that name. */
function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  const { project } = context;
  const [main] = agent.calls;
  if (main === undefined) return;
  const module = main.call.scope.module;
  const implemented = (tool: ToolFound): ToolFound => {
    if (tool.form !== 'schema') return tool;
    const self = main.call.scope.self;
    const options = [
      project.lookup(tool.name, project.moduleScope(module)),
      self === undefined ? null : project.member(self, tool.name),
      self === undefined ? null : project.member(self, `_${tool.name}`),
      dispatched(context, module, tool.name),
    ];
    const found = options.find((one) => one?.kind === 'function');
    if (found?.kind !== 'function') return tool;
    const plain = context.toolOf(found);
    return { ...plain, name: tool.name, description: plain.description };
  };
  for (const { value } of into.toolValues.splice(0)) {
    const inside = context.toolsIn(value);
    into.extraTools.push(...inside.tools.map(implemented));
    into.mcp.push(...inside.mcp);
    into.unknown.push(...inside.unknown);
  }
}

/** `HANDLERS = {"name": function}` at the top of the file. */
function dispatched(context: FindContext, module: CallValue['scope']['module'], name: string): Value | null {
  const scope = context.project.moduleScope(module);
  for (const statement of module.content.body) {
    if (statement.kind !== 'assign' || statement.value.kind !== 'dict') continue;
    const value = fieldOf(context.project, context.project.evaluate(statement.value, scope, statement.at), name);
    if (value !== null && value.kind === 'function') return value;
  }
  return null;
}
