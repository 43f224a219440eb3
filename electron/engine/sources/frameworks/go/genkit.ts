import { optionsOf } from '../../python/values.ts';
import { given } from '../engine/arguments.ts';
import type { Framework, Takes } from '../framework.ts';

/** Genkit for Go (`github.com/firebase/genkit/go` 0.5 to 1.x). A request with tools is an agent: Genkit calls them itself. */

const root = String.raw`^github_com\/firebase\/genkit\/go`;
const takes: Takes = {
  model: ['WithModelName', 'WithModel'],
  instructions: ['WithSystem', 'WithSystemFn'],
  tools: ['WithTools'],
};
const settings = ['WithMaxTurns', 'WithToolChoice', 'WithReturnToolRequests'];

export const genkitGo: Framework = {
  id: 'genkit',
  title: 'Genkit for Go',
  language: 'go',
  roots: new RegExp(`${root}[./]`),
  keywords: ['firebase/genkit'],
  agents: [
    {
      symbols: ['Generate', 'GenerateText', 'GenerateData', 'GenerateStream'],
      from: new RegExp(`${root}/genkit\\.\\w+$`),
      takes,
      needs: ['WithTools'],
      immediate: true,
      settings,
    },
    {
      symbols: ['DefinePrompt'],
      from: new RegExp(`${root}/genkit\\.\\w+$`),
      takes: { ...takes, name: [1] },
      needs: ['WithTools'],
      settings,
    },
  ],
  tools: [
    {
      symbols: ['DefineTool', 'DefineMultipartTool', 'NewTool'],
      from: new RegExp(`${root}/(?:genkit|ai)\\.\\w+$`),
      kind: 'wrapper',
      function: [3],
      name: [1],
      description: [2],
    },
  ],
  models: (path) => {
    const name = new RegExp(
      `${root}/plugins/(\\w+)\\.(?:GoogleAIModel|VertexAIModel|Model|ModelRef|GoogleAIModelRef)$`,
    ).exec(path)?.[1];
    if (name === undefined) return null;
    return { provider: name === 'googlegenai' ? 'google' : name === 'compat_oai' ? 'openai' : name, id: [1, 0] };
  },
  silent: new RegExp(`${root}[./]`),
  extra: {
    gather(context, agent, into) {
      // Without a model of its own a request goes to the one that Genkit was started with.
      for (const { call } of agent.calls) {
        if (given(context.project, call, takes.model) !== null) continue;
        const started = ['Generate', 'GenerateText', 'GenerateData', 'GenerateStream'].includes(agent.symbol) ? 1 : 0;
        const expression = call.call.args[started];
        if (expression === undefined) continue;
        for (const option of optionsOf(context.project.evaluate(expression, call.scope, call.call.at))) {
          if (option.kind !== 'call') continue;
          const model = given(context.project, option, ['WithDefaultModel']);
          if (model !== null) into.modelTexts.push(model);
        }
      }
    },
  },
};
