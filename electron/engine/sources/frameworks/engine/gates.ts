import type { Properties } from '../../../../../shared/model/facts.ts';
import { placedRef } from '../../keys.ts';
import type { AssetRef } from '../../source.ts';
import { optionsOf, type Spot } from '../../python/values.ts';
import type { AgentFound } from './agent-found.ts';
import { bodyFacts } from './body.ts';
import { locationOf } from './collector.ts';
import type { Gathered } from './gathering.ts';
import type { LinkState } from './link.ts';
import { textsOf } from './arguments.ts';

type Gated = {
  readonly agent: AgentFound;
  readonly ref: AssetRef;
  readonly name: string;
  readonly gathered: Gathered;
  readonly toolRefs: ReadonlyMap<string, AssetRef>;
  /** Those and the built-in ones, which are no assets. */
  readonly toolNames: readonly string[];
};

/**
 * Points where a person is asked before something happens. A gate covers the tools whose names its code looks for, the
 * tool it stands in, or the nodes it pauses before; else what it covers is not known and it is tied to the agent alone.
 */
export function emitGates(state: LinkState, gated: Gated): readonly string[] {
  const { facts, project } = state;
  const { gathered, toolRefs, toolNames, agent } = gated;
  const names: string[] = [];
  const emit = (
    spot: Spot,
    name: string,
    key: string,
    properties: Properties,
    covers: readonly string[],
    known: boolean,
  ): AssetRef => {
    const gate = facts.asset(spot, {
      kind: 'approval-gate',
      key,
      name,
      properties: {
        framework: agent.frameworkName === 'langchain' ? 'langgraph' : agent.frameworkName,
        grade: 'human-per-call',
        onNoAnswer: 'waits',
        covers,
        coversKnown: known,
        location: locationOf(spot.place),
        ...properties,
      },
      confidence: 'high',
    });
    names.push(name);
    facts.relation(spot, {
      kind: 'gated-by',
      from: gated.ref,
      to: gate,
      properties: { covers, coversKnown: known },
      confidence: 'high',
    });
    for (const tool of covers) {
      const to = toolRefs.get(tool);
      if (to !== undefined)
        facts.relation(spot, {
          kind: 'gated-by',
          from: to,
          to: gate,
          confidence: 'high',
          ...(properties['condition'] === undefined ? {} : { properties: { condition: properties['condition'] } }),
        });
    }
    return gate;
  };

  for (const interrupt of gathered.body.interrupts) {
    const covers = toolNames.filter((tool) => interrupt.words.has(tool) && interrupt.words.size < 500);
    const spot = interrupt.call.spot;
    const name = interrupt.function.function.name;
    emit(
      spot,
      name,
      placedRef('approval-gate', spot, name).key,
      { mechanism: 'interrupt', ...(interrupt.when === null ? {} : { condition: interrupt.when }) },
      covers,
      covers.length > 0,
    );
  }
  for (const tool of gathered.tools) {
    for (const interrupt of bodyFacts(project, tool.bodies).interrupts) {
      const spot = interrupt.call.spot;
      emit(
        spot,
        `${tool.name} approval`,
        placedRef('approval-gate', spot, tool.name).key,
        { mechanism: 'interrupt in the tool', ...(interrupt.when === null ? {} : { condition: interrupt.when }) },
        [tool.name],
        true,
      );
    }
  }
  for (const pause of gathered.pauses) {
    const nodes =
      pause.value.kind === 'list' ? pause.value.items.flatMap((item) => textsOf(item.value)) : textsOf(pause.value);
    const all = nodes.includes('*');
    const covers = new Set<string>();
    // A pause after a node comes too late for the tools of that node.
    if (pause.when === 'before') {
      if (agent.form !== 'graph' && nodes.includes('tools')) for (const tool of toolNames) covers.add(tool);
      for (const [node, found] of gathered.toolNodes)
        if (all || nodes.includes(node)) for (const tool of found.tools) covers.add(tool.name);
    }
    const spot = pause.call.spot;
    emit(
      spot,
      `interrupt_${pause.when} ${nodes.join(', ') || 'nodes'}`.trim(),
      placedRef('approval-gate', spot, `${agent.variable}:interrupt_${pause.when}`).key,
      { mechanism: `interrupt_${pause.when}`, nodes },
      [...covers],
      nodes.length > 0 && (covers.size > 0 || !nodes.includes('tools')),
    );
  }
  for (const { value, spot } of gathered.interruptOn) {
    const covers: string[] = [];
    const open: string[] = [];
    if (value.kind === 'dict') {
      for (const entry of value.entries) {
        for (const tool of entry.key === null ? [] : textsOf(entry.key)) {
          const off = optionsOf(entry.value).some((option) => option.kind === 'constant' && option.value === false);
          if (off) open.push(tool);
          else covers.push(tool);
        }
      }
    }
    if (covers.length === 0 && value.kind === 'dict') continue;
    emit(
      spot,
      'HumanInTheLoopMiddleware',
      placedRef('approval-gate', spot, `${agent.variable}:interrupt_on`).key,
      { mechanism: 'interrupt_on', ...(open.length === 0 ? {} : { notAsked: open }) },
      covers,
      value.kind === 'dict',
    );
  }
  const switched = [...gathered.gates, ...gathered.tools.flatMap((tool) => tool.gates ?? [])];
  for (const gate of switched) {
    if (gate.grade === 'none') continue;
    const covers = gate.covers ?? toolNames;
    const [tool] = gate.covers ?? [];
    emit(
      gate.spot,
      tool === undefined ? gate.mechanism : `${tool} approval`,
      placedRef('approval-gate', gate.spot, tool ?? `${agent.variable}:${gate.mechanism}`).key,
      { mechanism: gate.mechanism, grade: gate.grade },
      covers,
      true,
    );
  }
  return [...new Set(names)];
}
