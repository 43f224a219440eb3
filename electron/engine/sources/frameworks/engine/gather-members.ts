import type { Project } from '../../python/resolve.ts';
import type { Spot, Value } from '../../python/values.ts';
import { fieldOf, given, itemsIn, pathOf, textsOf } from './arguments.ts';
import { gatesOf } from './gate-rules.ts';
import type { Gathering } from './gathering.ts';
import { agentsIn, modelsIn } from './recognise.ts';
import { type ToolsFound, toolsIn } from './tools.ts';
import { toolRule } from './vocabulary.ts';

/** Agents that an agent works with: members, handoffs, sub-agents that are only described. */

export function addAgents(project: Project, into: Gathering, value: Value | null, spot: Spot, how: string): void {
  for (const { value: item } of itemsIn(value)) {
    const agents = agentsIn(project, item);
    if (agents.length > 0) {
      for (const agent of agents) into.agents.push({ agent, spot, how });
      continue;
    }
    const [text] = textsOf(item);
    if (text !== undefined) into.namedAgents.push({ name: text, spot, how });
    else if (item.kind === 'list') addAgents(project, into, item, spot, how);
    else if (item.kind === 'call') {
      // `handoff(agent, ...)`, `Handoff(target="writer")`: what stands in for the agent.
      const rule = toolRule(pathOf(item))?.rule;
      const of = rule?.kind === 'handoff' || rule?.kind === 'agent' ? given(project, item, rule.agent) : null;
      if (of !== null) {
        into.gates.push(...gatesOf(project, item, rule?.gates, null));
        addAgents(project, into, of, spot, how);
      } else {
        for (const argument of item.call.args.slice(0, 5)) {
          const inner = project.evaluate(argument, item.scope, item.call.at);
          for (const agent of agentsIn(project, inner)) into.agents.push({ agent, spot, how });
        }
        for (const keyword of item.call.keywords.slice(0, 20)) {
          const inner = project.evaluate(keyword.value, item.scope, item.call.at);
          for (const one of inner.kind === 'list' ? inner.items.map((entry) => entry.value) : [inner])
            for (const agent of agentsIn(project, one)) into.agents.push({ agent, spot, how });
        }
      }
    } else if (item.kind === 'dynamic' || item.kind === 'member')
      into.unknown.push({ reason: `${how} to an agent that is only known at run time`, spot });
  }
}

/** A sub-agent that is described, not made: a dictionary, or a call that only holds fields (`AgentDefinition`). */
export function subAgent(
  project: Project,
  into: Gathering,
  framework: string,
  value: Value,
  spot: Spot,
  key: string | null,
): void {
  for (const agent of agentsIn(project, value)) into.agents.push({ agent, spot, how: 'subagent' });
  if (agentsIn(project, value).length > 0) return;
  if (value.kind !== 'dict' && value.kind !== 'call') {
    into.unknown.push({ reason: 'sub-agent is only known at run time', spot });
    return;
  }
  const entry = (...names: readonly string[]): Value | null => {
    for (const name of names) {
      const found = fieldOf(project, value, name);
      if (found !== null) return found;
    }
    return null;
  };
  const name = key ?? textsOf(entry('name'))[0] ?? 'sub-agent';
  const compiled = entry('runnable', 'graph');
  if (compiled !== null && agentsIn(project, compiled).length > 0) {
    for (const agent of agentsIn(project, compiled))
      into.agents.push({ agent, spot: value.spot, how: `subagent ${name}` });
    return;
  }
  const tools = entry('tools');
  const model = entry('model');
  into.subAgents.push({
    name,
    spot: value.spot,
    tools: tools === null ? null : namedTools(toolsIn(project, tools), framework),
    prompt: entry('prompt', 'system_prompt', 'instructions'),
    models: model === null ? [] : modelsIn(model),
    modelText: model !== null && modelsIn(model).length === 0 && textsOf(model).length > 0 ? model : null,
  });
}

/** Tools by their names alone are those of the framework. */
const namedTools = (found: ToolsFound, framework: string): ToolsFound => ({
  ...found,
  tools: found.tools.map((tool) =>
    tool.form === 'library' && tool.library === tool.name ? { ...tool, library: `${framework}/${tool.name}` } : tool,
  ),
});
