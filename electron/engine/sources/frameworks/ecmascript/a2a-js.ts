import { type CallValue, identityOf, optionsOf, type Value } from '../../python/values.ts';
import type { AgentFound } from '../engine/agent-found.ts';
import { variableOf } from '../engine/agent-names.ts';
import { fieldOf, itemsIn, textsOf } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { Framework } from '../framework.ts';

/** Agents that are served over A2A with `@a2a-js/sdk` (0.2 to 0.3): a card, and an executor that does the work. */

const handler = /^@a2a-js\/sdk(?:\/[\w/-]+)?\.DefaultRequestHandler$/;

function find({ project }: FindContext): readonly AgentFound[] {
  const found: AgentFound[] = [];
  for (const site of project.calls(new Set(['DefaultRequestHandler']))) {
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (callee.kind !== 'symbol' || !handler.test(callee.path)) continue;
      const spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      const [card, , executor] = site.call.args.map((one) => project.evaluate(one, site.scope, site.statement.at));
      const execute: readonly Value[] = executor === undefined ? [] : optionsOf(project.member(executor, 'execute'));
      found.push({
        id: identityOf(call),
        form: 'inferred',
        framework: a2aJs,
        frameworkName: 'a2a',
        symbol: 'DefaultRequestHandler',
        rule: null,
        calls: [{ call, takes: {}, rule: null }],
        site,
        spot,
        nodes: [],
        edges: 0,
        bodies: execute.flatMap((value) => (value.kind === 'function' ? [{ value, scope: null }] : [])),
        attached: [],
        givenName: card === undefined ? null : (textsOf(fieldOf(project, card, 'name'))[0] ?? null),
        variable: variableOf(site, 'a2a'),
      });
    }
  }
  return found;
}

export const a2aJs: Framework = {
  id: 'a2a',
  title: 'A2A (JavaScript)',
  language: 'javascript',
  roots: /^@a2a-js\/sdk(?:[/.]|$)/,
  keywords: ['@a2a-js/sdk'],
  silent: /^@a2a-js\/sdk(?:[/.])/,
  extra: {
    find,
    gather({ project }, agent, into) {
      if (agent.framework !== a2aJs) return;
      const call = agent.calls[0]?.call;
      const [first] = call?.call.args ?? [];
      const card = first === undefined || call === undefined ? null : project.evaluate(first, call.scope, call.call.at);
      if (card === null) return;
      const [url] = textsOf(fieldOf(project, card, 'url'));
      if (url !== undefined) into.settings['url'] = url.slice(0, 300);
      const skills = itemsIn(fieldOf(project, card, 'skills')).flatMap((item) =>
        textsOf(fieldOf(project, item.value, 'id')),
      );
      if (skills.length > 0) into.settings['skills'] = skills.slice(0, 50);
      into.settings['securitySchemes'] = fieldOf(project, card, 'securitySchemes') === null ? 'none' : 'given';
    },
  },
};
