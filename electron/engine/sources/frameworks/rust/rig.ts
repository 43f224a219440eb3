import { type CallValue, identityOf, optionsOf } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { given, pathOf } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Gathering } from '../engine/gathering.ts';
import type { Framework, ModelRule, Takes } from '../framework.ts';

/** rig (`rig-core` 0.5 to 0.3x). A builder without a tool makes a model with a preamble, which is no agent. From knowledge of the crate. */

const toolArguments = ['tool', 'tools', 'dynamic_tools', 'rmcp_tool', 'rmcp_tools', 'mcp_tool', 'static_tool'];
const takes: Takes = {
  name: ['name'],
  description: ['description'],
  instructions: ['preamble', 'append_preamble'],
  tools: ['tool', 'tools'],
  servers: ['rmcp_tool', 'rmcp_tools', 'mcp_tool'],
  knowledge: ['dynamic_context'],
};

const providers: Readonly<Record<string, string>> = {
  gemini: 'google',
  azure: 'azure-openai',
  xai: 'xai',
  cohere: 'cohere',
};

function models(path: string): ModelRule | null {
  const name =
    /^rig(?:_core)?\.providers\.(\w+)\.(?:\w+\.)*Client(?:Builder)?(?:\.\w+\(\)|\(\))+\.(?:agent|completion_model)$/.exec(
      path,
    )?.[1];
  return name === undefined ? null : { provider: providers[name] ?? name, id: [0] };
}

/** Constants of models: `openai::GPT_4O`. */
function modelName(path: string): string {
  return path
    .slice(path.lastIndexOf('.') + 1)
    .toLowerCase()
    .replace(/^(gpt)_(\d)_(\d)/, '$1-$2.$3')
    .replace(/^(gemini)_(\d)_(\d)/, '$1-$2.$3')
    .replaceAll('_', '-');
}

function gather(context: FindContext, agent: AgentFound, into: Gathering): void {
  const { project } = context;
  for (const { call } of agent.calls) {
    let at: CallValue | null = call;
    for (let steps = 0; at !== null && steps < 12; steps += 1) {
      if (models(pathOf(at)) !== null) {
        const id = given(project, at, [0]);
        const symbols = id === null ? [] : optionsOf(id).filter((one) => one.kind === 'symbol');
        if (symbols.length === 0) into.models.set(identityOf(at), at);
        for (const one of symbols)
          if (one.kind === 'symbol') {
            const provider = /\.providers\.(\w+)\./.exec(one.path)?.[1] ?? '';
            const text = `${providers[provider] ?? provider}/${modelName(one.path)}`;
            into.modelTexts.push({ kind: 'text', text, spot: at.spot });
          }
      }
      const callee: CallValue['callee'] = at.callee;
      // `AgentBuilder::new(model)` is given the model.
      const first: CallValue['callee'] | null = /AgentBuilder\.new$/.test(pathOf(at)) ? given(project, at, [0]) : null;
      at = first?.kind === 'call' ? first : callee.kind === 'member' && callee.of.kind === 'call' ? callee.of : null;
    }
    const dynamic = given(project, call, ['dynamic_tools']);
    if (dynamic !== null)
      into.unknown.push({ reason: 'tools are chosen by a search when the agent runs', spot: call.spot });
  }
}

export const rig: Framework = {
  id: 'rig',
  title: 'rig',
  language: 'rust',
  roots: /^rig(?:_core)?\./,
  keywords: ['use rig::', 'rig_core::', 'rig::providers', 'use rig_core'],
  agents: [
    {
      symbols: ['build'],
      from: /^rig(?:_core)?\.(?:providers\.[\w.()]*\.agent\(\)|agent\.AgentBuilder\.new\(\))\.build$/,
      takes,
      needs: toolArguments,
      settings: ['temperature', 'max_tokens', 'default_max_depth'],
    },
  ],
  tools: [{ symbols: ['#rig.tool_macro', '#rig_tool'], kind: 'decorator', description: ['description'] }],
  models,
  silent: /^rig(?:_\w+)?\./,
  extra: { gather },
};
