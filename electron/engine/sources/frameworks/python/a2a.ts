import type { Properties } from '../../../../../shared/model/facts.ts';
import { maskText, maskUrl } from '../../parse/secrets.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { fieldOf, given, itemsIn, originPath, pathOf, textsOf } from '../engine/arguments.ts';
import { isVendored, locationOf } from '../engine/collector.ts';
import type { FactContext } from '../engine/context.ts';
import type { Framework } from '../framework.ts';

/** Agents that Python code serves over A2A (`a2a-sdk`), from knowledge of versions 0.2 and 0.3. */

export const a2a: Framework = {
  id: 'a2a',
  title: 'A2A servers',
  language: 'python',
  roots: /^a2a\./,
  keywords: ['from a2a', 'import a2a'],
  silent: /^a2a\.(?:types|utils|server\.(?:events|tasks|context|agent_execution))\b/,
  extra: { facts: cards },
};

function cards(context: FactContext): void {
  const { project, facts } = context;
  for (const site of project.calls(new Set(['AgentCard']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (!/^a2a\.[^()]*AgentCard$/.test(originPath(callee) ?? '') || isVendored(site.scope.module.place)) continue;
      const spot: Spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      const text = (name: string): string | undefined => textsOf(given(project, call, [name]))[0];
      const url = text('url');
      const skills = itemsIn(given(project, call, ['skills'])).flatMap((item) => {
        const name = fieldOf(project, item.value, 'name') ?? fieldOf(project, item.value, 'id');
        return textsOf(name).slice(0, 1);
      });
      const schemes = given(project, call, ['security_schemes', 'securitySchemes']);
      const exposure = { kind: 'a2a', how: 'AgentCard', place: spot.place, line: spot.line };
      const card: Properties = {
        exposure: [exposure],
        agentCard: {
          ...(url === undefined ? {} : { url: maskUrl(url) }),
          skills: skills.map((one) => one.slice(0, 200)).slice(0, 100),
          authentication:
            schemes === null || (schemes.kind === 'constant' && schemes.value === null) ? 'none' : 'declared',
          place: spot.place,
          line: spot.line,
        },
      };
      const served = servedAgents(context, spot.place);
      if (served.length > 0) {
        for (const id of served) {
          const ref = context.refOf(id);
          if (ref !== undefined)
            facts.asset(spot, {
              ...ref,
              name: context.nameOf(id) ?? text('name') ?? 'agent',
              properties: card,
              confidence: 'high',
            });
        }
        continue;
      }
      const name = text('name') ?? 'A2A agent';
      facts.asset(spot, {
        kind: 'agent',
        key: `${spot.place}#card:${name}`,
        name,
        properties: {
          framework: 'a2a',
          language: 'python',
          construct: 'AgentCard',
          location: locationOf(spot.place),
          ...(text('description') === undefined
            ? {}
            : { description: maskText(text('description') ?? '').slice(0, 400) }),
          ...card,
        },
        confidence: 'medium',
      });
    }
  }
}

/** Agents that the executor of the same file runs. */
function servedAgents(context: FactContext, place: string): readonly string[] {
  const { project } = context;
  const found = new Set<string>();
  const look = (value: Value): void => {
    for (const agent of context.agentsIn(value)) found.add(`call:${agent.spot.place}:${agent.call.at}`);
    if (value.kind !== 'instance') return;
    for (const statement of value.of.class.body) {
      if (statement.kind !== 'function') continue;
      const method = project.member(value, statement.function.name);
      if (method.kind !== 'function') continue;
      for (const { agent } of context.bodyOf(method).agents) found.add(`call:${agent.spot.place}:${agent.call.at}`);
    }
  };
  for (const site of project.calls(new Set(['DefaultRequestHandler', 'LegacyRequestHandler']))) {
    if (site.scope.module.place !== place) continue;
    const callee = project.evaluate(site.call.callee, site.scope, site.statement.at);
    const spot = { place, line: site.call.line };
    const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
    if (!/^a2a\./.test(pathOf(call))) continue;
    for (const { value } of itemsIn(given(project, call, ['agent_executor', 0]))) {
      look(value);
      if (value.kind === 'instance' && value.made !== null)
        for (const argument of value.made.call.args)
          for (const one of optionsOf(project.evaluate(argument, value.made.scope))) look(one);
    }
  }
  return [...found].filter((id) => context.refOf(id) !== undefined);
}
