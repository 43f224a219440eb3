import { placedRef } from '../keys.ts';
import { maskText } from '../parse/secrets.ts';
import { type CallValue, identityOf, optionsOf, type Spot, type Value } from '../python/values.ts';
import { spotIn } from '../python/spots.ts';
import type { AssetRef } from '../source.ts';
import { given, originPath, textsOf } from './engine/arguments.ts';
import { locationOf } from './engine/collector.ts';
import type { FactContext } from './engine/context.ts';
import type { Framework } from './framework.ts';

/**
 * Servers of the Claude Agent SDK that run inside the program (`createSdkMcpServer`, `create_sdk_mcp_server`): code of the
 * project that the agent reaches as `mcp__<name>__<tool>`. The name is that of the entry in the agent's options; the one
 * in the server itself is for people.
 */
export function sdkServers(context: FactContext, framework: Framework, symbol: string, origin: RegExp): void {
  const { project, facts } = context;
  const found = new Map<string, { readonly ref: AssetRef; readonly name: string }>();
  for (const site of project.calls(new Set([symbol])))
    for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (!origin.test(originPath(callee) ?? '')) continue;
      const spot: Spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      const [text] = textsOf(given(project, call, [0, 'name']) ?? given(project, call, ['name']));
      const name = text === undefined ? 'server of the program' : maskText(text).slice(0, 200);
      const { tools, unknown } = context.toolsIn(call);
      const ref = facts.asset(spot, {
        ...placedRef('mcp-server', spot, name),
        name,
        properties: {
          framework: framework.id,
          implementedHere: true,
          transport: 'in-process',
          tools: tools.map((tool) => tool.name).sort(),
          ...(unknown.length === 0 ? {} : { toolsUnknown: unknown.length }),
          location: locationOf(spot.place),
        },
        confidence: 'high',
      });
      found.set(identityOf(call), { ref, name });
      for (const tool of tools)
        facts.relation(tool.spot, {
          kind: 'exposes',
          from: ref,
          to: context.emitTool(tool, framework.id),
          confidence: 'high',
        });
    }
  if (found.size === 0) return;
  for (const agent of context.agents) {
    const user = context.refOf(agent.id);
    if (user === undefined || agent.framework !== framework) continue;
    for (const { call, takes } of agent.calls)
      for (const entry of entriesOf(given(project, call, takes.servers)))
        for (const option of optionsOf(entry.value)) {
          const served = option.kind === 'call' ? found.get(identityOf(option)) : undefined;
          if (served === undefined) continue;
          const spot = (entry.key === null ? null : spotIn(entry.key)) ?? agent.spot;
          const [configured] = entry.key === null ? [] : textsOf(entry.key);
          facts.asset(spot, {
            ...served.ref,
            name: served.name,
            properties: { givenTo: [{ as: configured ?? served.name, place: spot.place, line: spot.line }] },
            confidence: 'high',
          });
          facts.relation(spot, {
            kind: 'uses',
            from: user,
            to: served.ref,
            discriminator: configured ?? '',
            properties: { name: configured ?? served.name, enabled: true },
            confidence: 'high',
          });
        }
  }
}

const entriesOf = (value: Value | null): readonly { readonly key: Value | null; readonly value: Value }[] =>
  value === null ? [] : optionsOf(value).flatMap((option) => (option.kind === 'dict' ? option.entries : []));
