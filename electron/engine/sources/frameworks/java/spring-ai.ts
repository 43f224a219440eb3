import { identityOf, optionsOf, type Spot } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { given, itemsIn, pathOf } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { Framework, ModelRule, Takes } from '../framework.ts';
import { callsBehind } from '../typed/chain-values.ts';
import { annotatedTools } from './annotated-tools.ts';
import { propertiesIn } from './spring-properties.ts';

/** Spring AI 1.x: chat clients with tools, and the MCP clients of its starters. From knowledge of the packages. */

const providers: readonly (readonly [RegExp, string])[] = [
  [/^openai$/, 'openai'],
  [/^azure$/, 'azure-openai'],
  [/^anthropic$/, 'anthropic'],
  [/^ollama$/, 'ollama'],
  [/^mistralai$/, 'mistral'],
  [/^(?:vertexai|google)$/, 'google'],
  [/^bedrock$/, 'bedrock'],
  [/^deepseek$/, 'deepseek'],
  [/^huggingface$/, 'huggingface'],
];

function models(path: string): ModelRule | null {
  const name = /^org\.springframework\.ai\.(\w+)(?:\.\w+)*\.\w+ChatModel(?:(?:\.builder\(\))?\.build)?$/.exec(
    path,
  )?.[1];
  const provider = name === undefined ? undefined : providers.find(([pattern]) => pattern.test(name))?.[1];
  return provider === undefined
    ? null
    : { provider, id: ['defaultOptions.model', 'defaultOptions.deploymentName', 'options.model', '1.model'] };
}

const toolArguments = [
  'defaultTools',
  'defaultToolCallbacks',
  'defaultToolNames',
  'defaultFunctions',
  'tools',
  'toolCallbacks',
  'toolNames',
  'functions',
];
const takes: Takes = { instructions: ['defaultSystem', 'system'], middleware: ['defaultAdvisors', 'advisors'] };

function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  const { project } = context;
  for (const { call } of agent.calls) {
    for (const name of toolArguments)
      for (const { value } of itemsIn(given(project, call, [name])))
        for (const option of optionsOf(value)) {
          const several = annotatedTools(context, option, /^org\.springframework\.ai\.tool\.annotation\.Tool$/);
          if (several.length > 0) into.extraTools.push(...several);
          else into.toolValues.push({ value: option });
        }
    for (const one of callsBehind(project, call.callee, /\.(?:builder|create)$/)) {
      if (context.modelsIn(one).length > 0) into.models.set(identityOf(one), one);
      for (const name of ['defaultSystem'])
        if (one !== call) {
          const words = given(project, one, [name]);
          if (words !== null) into.prompts.push(words);
        }
      const [first] = one.call.args;
      if (first === undefined || !/ChatClient\.(?:builder|create)$/.test(pathOf(one))) continue;
      for (const model of context.modelsIn(project.evaluate(first, one.scope, one.call.at)))
        into.models.set(identityOf(model), model);
    }
  }
  configuredModels(context, agent, into);
}

/** `spring.ai.openai.chat.options.model` of the configuration, where the code names no model. */
function configuredModels(context: FindContext, agent: AgentFound, into: Gathering): void {
  const named = [...into.models.values()].some(
    (model) => given(context.project, model, ['defaultOptions', 'options']) !== null,
  );
  if (named || into.modelTexts.length > 0) return;
  for (const place of configurationPlaces(agent.spot.place)) {
    const text = context.documents.get(place);
    if (text === undefined) continue;
    for (const { key, value, line } of propertiesIn(place, text)) {
      const match = /^spring\.ai\.([\w-]+)\.chat\.options\.(?:model|deployment-name)$/.exec(key);
      if (match === null || value === '') continue;
      const spot: Spot = { place, line };
      const variable = /^\$\{([\w.]+)(?::(.*))?\}$/.exec(value);
      into.models.clear();
      if (variable?.[1] !== undefined)
        into.modelTexts.push({
          kind: 'environment',
          name: variable[1],
          fallback: variable[2] === undefined ? null : { kind: 'text', text: `${match[1]}/${variable[2]}`, spot },
          spot,
        });
      else into.modelTexts.push({ kind: 'text', text: `${providerOf(match[1] ?? '')}/${value}`, spot });
    }
  }
}

const providerOf = (name: string): string =>
  ({ 'azure-openai': 'azure', azure: 'azure', mistralai: 'mistral', vertexai: 'google' })[name] ?? name;

function configurationPlaces(place: string): readonly string[] {
  const at = place.indexOf('/src/');
  const root = at < 0 ? null : place.slice(0, at);
  if (root === null) return [];
  return ['application.properties', 'application.yml', 'application.yaml'].map(
    (file) => `${root}/src/main/resources/${file}`,
  );
}

export const springAi: Framework = {
  id: 'spring-ai',
  title: 'Spring AI',
  language: 'java',
  roots: /^org\.springframework\.ai\./,
  keywords: ['org.springframework.ai'],
  agents: [
    {
      symbols: ['build'],
      from: /^org\.springframework\.ai\.chat\.client\.ChatClient\.(?:builder|Builder)\(\)(?:\.\w+\(\))*\.build$/,
      takes,
      needs: toolArguments,
    },
    {
      symbols: ['call', 'stream'],
      from: /^org\.springframework\.ai\.chat\.client\.ChatClient\b.*\.(?:call|stream)$/,
      takes,
      needs: toolArguments,
      immediate: true,
    },
  ],
  tools: [
    {
      symbols: ['Tool'],
      from: /^org\.springframework\.ai\.tool\.annotation\.Tool$/,
      kind: 'decorator',
      name: ['name'],
      description: ['description'],
    },
    {
      symbols: ['build'],
      from: /^org\.springframework\.ai\.tool\.method\.MethodToolCallbackProvider\.builder\(\)\.build$/,
      kind: 'list',
      tools: ['toolObjects'],
    },
    {
      symbols: ['from'],
      from: /^org\.springframework\.ai\.(?:tool\.method\.MethodToolCallbackProvider|support\.ToolCallbacks)\.from$/,
      kind: 'list',
      tools: [0],
    },
    {
      symbols: ['build'],
      from: /^org\.springframework\.ai\.tool\.function\.FunctionToolCallback\.builder\(\)\.build$/,
      kind: 'wrapper',
      function: ['toolFunction'],
      name: ['name'],
      description: ['description'],
    },
  ],
  servers: [
    {
      symbols: ['SyncMcpToolCallbackProvider', 'AsyncMcpToolCallbackProvider'],
      from: /^org\.springframework\.ai\.mcp\.\w+$/,
      handsOn: true,
    },
  ],
  models,
  silent: /^org\.springframework\.ai\./,
  extra: { gather, wants: configurationPlaces },
};
