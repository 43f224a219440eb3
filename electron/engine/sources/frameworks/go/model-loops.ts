import { type CallSite, expressionsIn } from '../../python/scopes.ts';
import type { Statement } from '../../python/summary.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf, type Value } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { variableOf } from '../engine/agent-names.ts';
import { given, itemsIn, originPath, textsOf, valuesIn } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { Framework, Takes } from '../framework.ts';
import { comparedNames, partFor } from '../ecmascript/parts-of-handlers.ts';

/**
 * Go code that calls a provider's API with tools and appends their results: `openai-go` 0.1 to 3, `sashabaranov/go-openai`
 * 1.x, `anthropic-sdk-go` 0.2 to 1.x. Nothing says agent, so it is inferred. From knowledge of the packages.
 */

const version = String.raw`(?:\/v\d+)?`;
const requests = new RegExp(
  String.raw`^github_com\/(?:openai\/openai-go${version}\.NewClient\(\)\.(?:Chat\.Completions|Responses)\.(?:New|NewStreaming)|sashabaranov\/go-openai\.NewClient(?:WithConfig)?\(\)\.CreateChatCompletion(?:Stream)?|anthropics\/anthropic-sdk-go${version}\.NewClient\(\)\.(?:Beta\.)?Messages\.(?:New|NewStreaming))$`,
);
const declared = new RegExp(
  String.raw`^github_com\/(?:openai\/openai-go${version}|sashabaranov\/go-openai|anthropics\/anthropic-sdk-go${version})\.Client\(\)\.`,
);
const results =
  /^(?:ToolMessage|NewToolResultBlock|NewBetaToolResultBlock|ResponseInputItemParamOfFunctionCallOutput|ToolResultBlockParam)$/;
const role = /^ChatMessageRoleTool$/;

const takes: Takes = {
  model: ['1.Model'],
  tools: ['1.Tools'],
  instructions: ['1.System', '1.Instructions', '1.Messages'],
};

const providerOf = (path: string): string => (path.includes('anthropics') ? 'anthropic' : 'openai');

/** A client that is handed in is known by its type: the same methods. */
const requestPath = (path: string): string =>
  declared.test(path) ? path.replace(/\.Client\(\)\./, '.NewClient().') : path;

function appendsResults(statements: readonly Statement[], depth = 0): boolean {
  if (depth > 6) return false;
  return statements.some((statement) => {
    if (statement.kind === 'function') return appendsResults(statement.function.body, depth + 1);
    if (statement.kind === 'class') return appendsResults(statement.class.body, depth + 1);
    if (statement.kind === 'import') return false;
    return [...expressionsIn(statement.value)].some((part) => {
      if (part.kind === 'call') {
        const { callee } = part;
        return results.test(callee.kind === 'attribute' ? callee.name : callee.kind === 'name' ? callee.id : '');
      }
      return part.kind === 'attribute' && role.test(part.name);
    });
  });
}

function find(context: FindContext): readonly AgentFound[] {
  const { project } = context;
  const found = new Map<string, AgentFound>();
  for (const site of project.calls(
    new Set(['New', 'NewStreaming', 'CreateChatCompletion', 'CreateChatCompletionStream']),
  )) {
    if (site.call.callee.kind !== 'attribute') continue;
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      const path = requestPath(originPath(callee) ?? '');
      if (!requests.test(path)) continue;
      const spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      if (given(project, call, takes.tools) === null) continue;
      const around = site.scope.function;
      const owner = site.scope.parent?.class;
      if (!appendsResults(around?.body ?? []) && !appendsResults(owner?.body ?? [])) continue;
      const id = `loop:${spot.place}:${around?.line ?? 0}`;
      const known = found.get(id);
      if (known !== undefined) {
        found.set(id, { ...known, calls: [...known.calls, { call, takes, rule: null }] });
        continue;
      }
      found.set(id, inferred(site, call, path));
    }
  }
  return [...found.values()];
}

function inferred(site: CallSite, call: CallValue, path: string): AgentFound {
  const around = site.scope.function;
  const parent = site.scope.parent;
  return {
    id: identityOf(call),
    form: 'inferred',
    framework: modelLoopsGo,
    frameworkName: `${providerOf(path)}-api`,
    symbol: path.slice(path.lastIndexOf('.') + 1),
    rule: null,
    calls: [{ call, takes, rule: null }],
    site,
    spot: call.spot,
    nodes: [],
    edges: 0,
    bodies:
      around === undefined || parent === null
        ? []
        : [
            {
              value: {
                kind: 'function',
                function: around,
                scope: parent,
                spot: { place: call.spot.place, line: around.line, endLine: around.endLine },
              },
              scope: null,
            },
          ],
    attached: [],
    givenName: null,
    variable: variableOf(site, 'loop'),
  };
}

/** Tools are described by `Name`; what runs them is the code that asks for that name. */
function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  if (agent.form !== 'inferred') return;
  const { project } = context;
  const values = into.toolValues.splice(0);
  const named = new Map<string, { description: string; value: Value }>();
  for (const { value } of values)
    for (const { value: item } of itemsIn(value)) {
      let seen = false;
      for (const part of valuesIn(project, item)) {
        const name = part.kind === 'call' ? textsOf(given(project, part, ['Name']))[0] : undefined;
        if (part.kind !== 'call' || name === undefined) continue;
        seen = true;
        const description = given(project, part, ['Description']);
        named.set(name, { description: description === null ? '' : (textsOf(description)[0] ?? ''), value: part });
      }
      if (!seen && 'spot' in item)
        into.unknown.push({ reason: 'tool that is only known at run time', spot: item.spot });
    }
  const names = new Set(named.keys());
  for (const [name, { description, value }] of named) {
    const bodies: FunctionValue[] = [];
    for (const definition of context.definitions()) {
      if (definition.kind !== 'function') continue;
      const compared = new Set(definition.value.function.body.flatMap((one) => comparedNames(one, names)));
      if (compared.has(name)) bodies.push(partFor(definition.value, name, compared));
    }
    into.extraTools.push({
      name,
      form: bodies.length > 0 ? 'function' : 'schema',
      description: description.slice(0, 400),
      spot: 'spot' in value ? value.spot : agent.spot,
      bodies: bodies.map((one) => ({ value: one, scope: null })),
      uses: [],
    });
  }
}

export const modelLoopsGo: Framework = {
  id: 'model-api',
  title: 'Model APIs called with tools, in Go',
  language: 'go',
  roots: /^github_com\/(?:openai\/openai-go|sashabaranov\/go-openai|anthropics\/anthropic-sdk-go)[./]/,
  keywords: ['openai/openai-go', 'sashabaranov/go-openai', 'anthropics/anthropic-sdk-go'],
  models: (path) => (requests.test(requestPath(path)) ? { provider: providerOf(path), id: ['1.Model'] } : null),
  silent: /^github_com\/(?:openai\/openai-go|sashabaranov\/go-openai|anthropics\/anthropic-sdk-go)[./]/,
  prompts: [
    {
      symbols: ['SystemMessage', 'DeveloperMessage'],
      from: /^github_com\/openai\/openai-go(?:\/v\d+)?\.\w+$/,
      text: [0],
    },
    { symbols: ['TextBlockParam'], from: /^github_com\/anthropics\/anthropic-sdk-go(?:\/v\d+)?\.\w+$/, text: ['Text'] },
  ],
  extra: { find, gather },
};
