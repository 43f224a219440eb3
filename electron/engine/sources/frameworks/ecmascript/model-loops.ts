import type { Expression } from '../../python/expressions.ts';
import { type CallSite, expressionsIn, type Scope } from '../../python/scopes.ts';
import type { Statement } from '../../python/summary.ts';
import { classAt, functionAt } from '../../python/spots.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { variableOf } from '../engine/agent-names.ts';
import { fieldOf, given, originPath } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { Framework, ModelRule, Takes } from '../framework.ts';
import { comparedNames, partFor } from './parts-of-handlers.ts';

/**
 * Agents that call a provider's API themselves: a request with `tools` in code that also hands back the results of tools.
 * Nothing in the code says that it is an agent, so it is inferred. `openai` 4 to 6, `@anthropic-ai/sdk`, `@google/genai`,
 * `groq-sdk` and what follows their form; from knowledge of the public packages.
 */

const client = String.raw`(?:openai|@anthropic-ai\/(?:sdk|bedrock-sdk|vertex-sdk)|groq-sdk|together-ai|@mistralai\/mistralai|@cerebras\/cerebras_cloud_sdk|cohere-ai|ollama)(?:\/[\w/-]+)?(?:\.\w+)?(?:\(\))?`;
const requests = new RegExp(
  String.raw`^${client}(?:\.beta)?\.(?:chat\.completions\.(?:create|stream|parse)|chat\.(?:complete|stream)|chat|responses\.(?:create|stream)|messages\.(?:create|stream))$|^@google\/(?:genai|generative-ai)\.\w+\(\)(?:\.models\.generateContent(?:Stream)?|\.getGenerativeModel\(\)\.(?:generateContent|startChat)|\.chats\.create)$|^@aws-sdk\/client-bedrock-runtime\.Converse(?:Stream)?Command$`,
);
const methods = new Set([
  'create',
  'stream',
  'parse',
  'complete',
  'chat',
  'generateContent',
  'generateContentStream',
  'startChat',
  'ConverseCommand',
  'ConverseStreamCommand',
]);

const takes: Takes = {
  model: ['model', 'modelId'],
  tools: ['tools', 'config.tools', 'toolConfig.tools'],
  instructions: ['instructions', 'system', 'messages', 'systemInstruction', 'config.systemInstruction'],
};

/** An answer to a tool call of the model, in the form of one of the providers. */
function answersTool(expression: Expression): boolean {
  if (expression.kind !== 'dict') return false;
  return expression.entries.some(({ key, value }) => {
    if (key?.kind !== 'text') return false;
    if (/^(?:functionResponse|toolResult|tool_outputs)$/.test(key.value)) return true;
    if (value.kind !== 'text') return false;
    return key.value === 'role'
      ? value.value === 'tool'
      : key.value === 'type' && /^(?:tool_result|function_call_output)$/.test(value.value);
  });
}

function handlesTools(statements: readonly Statement[], depth = 0): boolean {
  if (depth > 8) return false;
  for (const statement of statements) {
    if (statement.kind === 'function' || statement.kind === 'class') {
      if (handlesTools(statement.kind === 'function' ? statement.function.body : statement.class.body, depth + 1))
        return true;
    } else if (statement.kind !== 'import') {
      for (const part of expressionsIn(statement.value)) {
        if (answersTool(part)) return true;
      }
    }
  }
  return false;
}

/** The function around a call and those around it: where answers of tools are handled. */
function around(site: CallSite): Scope {
  let scope = site.scope;
  while (scope.parent !== null && scope.kind === 'function' && scope.function?.name.includes('@') === true)
    scope = scope.parent;
  return scope;
}

function find(context: FindContext): readonly AgentFound[] {
  const { project } = context;
  const found = new Map<string, AgentFound>();
  for (const site of project.calls(methods)) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      const path = originPath(callee);
      if (path === null || !requests.test(path)) continue;
      const spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      const tools = given(project, call, takes.tools);
      if (
        tools === null ||
        (tools.kind === 'constant' && tools.value === null) ||
        (tools.kind === 'list' && tools.items.length === 0)
      )
        continue;
      const scope = around(site);
      // A request that must call one certain tool asks for a form to be filled in.
      const choice = given(project, call, ['tool_choice', 'toolChoice']);
      if (choice?.kind === 'dict' && fieldOf(project, choice, 'name') !== null) continue;
      if (choice?.kind === 'dict' && fieldOf(project, choice, 'function') !== null) continue;
      if (!handlesTools(scope.body) && !handlesTools(site.scope.module.content.body)) continue;
      const variable = variableOf(site, 'loop');
      // Several requests of one function are steps of one agent.
      const id = `loop:${spot.place}:${scope.function?.line ?? 0}`;
      const known = found.get(id);
      if (known !== undefined) {
        found.set(id, { ...known, calls: [...known.calls, { call, takes, rule: null }] });
        continue;
      }
      found.set(id, {
        id: identityOf(call),
        form: 'inferred',
        framework: modelLoops,
        frameworkName: providerOf(path) === '' ? 'model-api' : `${providerOf(path)}-api`,
        symbol: path.slice(path.lastIndexOf('.') + 1),
        rule: null,
        calls: [{ call, takes, rule: null }],
        site,
        spot,
        nodes: [],
        edges: 0,
        bodies:
          scope.function === undefined || scope.parent === null
            ? []
            : [
                {
                  value: {
                    kind: 'function',
                    function: scope.function,
                    scope: scope.parent,
                    spot: { place: spot.place, line: scope.function.line, endLine: scope.function.endLine },
                  },
                  scope: null,
                },
              ],
        attached: [],
        givenName: null,
        variable,
      });
    }
  }
  return [...found.values()];
}

function providerOf(path: string): string {
  if (path.startsWith('openai')) return 'openai';
  if (path.startsWith('@anthropic-ai/')) return 'anthropic';
  if (path.startsWith('@google/')) return 'google';
  if (path.startsWith('groq-sdk')) return 'groq';
  if (path.startsWith('@mistralai/')) return 'mistral';
  if (path.startsWith('cohere-ai')) return 'cohere';
  if (path.startsWith('together-ai')) return 'together';
  if (path.startsWith('ollama')) return 'ollama';
  return path.startsWith('@aws-sdk/') ? 'bedrock' : '';
}

/** The code behind tools that a request only describes: functions that ask for their names, or hold code under them. */
function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  if (agent.form !== 'inferred') return;
  const { project } = context;
  const described = into.toolValues.map(({ value }) => context.toolsIn(value));
  const names = new Set(
    described.flatMap(({ tools }) => tools.filter((tool) => tool.form === 'schema').map((tool) => tool.name)),
  );
  if (names.size === 0) return;
  const bodies = new Map<string, FunctionValue[]>();
  const add = (name: string, value: FunctionValue): void => {
    bodies.set(name, [...(bodies.get(name) ?? []), value]);
  };
  const look = (scope: Scope, statements: readonly Statement[], depth: number): void => {
    for (const statement of depth > 4 ? [] : statements) {
      if (statement.kind === 'function') {
        const value = functionAt(statement.function, scope);
        const compared = new Set(statement.function.body.flatMap((one) => comparedNames(one, names)));
        for (const name of compared) add(name, partFor(value, name, compared));
        if (names.has(statement.function.name)) add(statement.function.name, value);
        else if (compared.size === 0)
          look(project.functionScope(value, null, scope), statement.function.body, depth + 1);
      } else if (statement.kind === 'class') {
        for (const inner of statement.class.body) {
          if (inner.kind !== 'function') continue;
          const object = classAt(statement.class, scope);
          const method = project.member({ kind: 'instance', of: object, made: null }, inner.function.name);
          if (method.kind !== 'function') continue;
          const compared = new Set(inner.function.body.flatMap((one) => comparedNames(one, names)));
          for (const name of compared) add(name, partFor(method, name, compared));
        }
      } else if (statement.kind === 'assign' && statement.value.kind === 'dict') {
        // `const handlers = { run: async (args) => ... }`
        for (const entry of statement.value.entries) {
          if (entry.key?.kind !== 'text' || !names.has(entry.key.value)) continue;
          for (const option of optionsOf(project.evaluate(entry.value, scope)))
            if (option.kind === 'function') add(entry.key.value, option);
        }
      }
    }
  };
  for (const module of project.modules) look(project.moduleScope(module), module.content.body, 0);
  described.forEach(({ tools, mcp, unknown }) => {
    into.mcp.push(...mcp);
    into.unknown.push(...unknown);
    for (const tool of tools) {
      const work = bodies.get(tool.name) ?? [];
      into.extraTools.push(
        tool.form === 'schema'
          ? { ...tool, form: 'function', bodies: work.map((value) => ({ value, scope: null })) }
          : tool,
      );
    }
  });
  into.toolValues.length = 0;
}

const runTools =
  /^openai(?:\.\w+)?\(\)(?:\.beta)?\.chat\.completions\.(?:runTools|runFunctions)$|^@anthropic-ai\/sdk(?:\.\w+)?\(\)\.beta\.messages\.toolRunner$/;

export const modelLoops: Framework = {
  id: 'model-api',
  title: 'Model APIs called with tools',
  language: 'javascript',
  roots: new RegExp(`^${client}(?:[/.]|$)`),
  keywords: [
    'openai',
    '@anthropic-ai/sdk',
    '@anthropic-ai/bedrock-sdk',
    '@google/genai',
    '@google/generative-ai',
    'groq-sdk',
    '@mistralai/mistralai',
    'client-bedrock-runtime',
    'cohere-ai',
    'together-ai',
  ],
  agents: [
    {
      symbols: ['runTools', 'runFunctions', 'toolRunner'],
      from: runTools,
      takes,
      framework: 'model-api',
      immediate: true,
      settings: ['max_iterations', 'maxChatCompletions'],
    },
  ],
  tools: [
    {
      symbols: ['betaZodTool', 'betaTool'],
      from: /^@anthropic-ai\/sdk\/[\w/-]+\.\w+$/,
      kind: 'wrapper',
      function: ['run'],
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['zodFunction'],
      from: /^openai\/helpers\/zod\.\w+$/,
      kind: 'wrapper',
      function: ['function'],
      name: ['name'],
      description: ['description'],
    },
  ],
  models: (path): ModelRule | null => {
    if (!requests.test(path)) return null;
    return { provider: providerOf(path), id: ['model', 'modelId'] };
  },
  extra: { find, gather },
};
