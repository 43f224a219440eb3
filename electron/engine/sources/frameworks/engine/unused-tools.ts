import { optionsOf, type CallValue, type Spot } from '../../python/values.ts';
import { placedRef } from '../../keys.ts';
import type { Framework } from '../framework.ts';
import { frameworks } from '../registry.ts';
import { isVendored, locationOf } from './collector.ts';
import type { Definition, FindContext } from './context.ts';
import { emitTool } from './emit.ts';
import type { LinkState } from './link.ts';
import { functionTool, isToolClass, isToolDecorator, methods, textIn } from './tool-code.ts';
import { toolsIn, type ToolFound } from './tools.ts';
import { toolRule } from './vocabulary.ts';

/**
 * Tools that a framework's decorator, class or function makes and that no agent is given: found, not used. What tests
 * make for themselves is left out.
 */
export function emitUnusedTools(state: LinkState, context: FindContext, language: Framework['language']): void {
  const { facts } = state;
  const isOpen = (spot: Spot): boolean =>
    !isVendored(spot.place) && locationOf(spot.place) !== 'test' && !facts.hasTool(spot);
  const emit = (tool: ToolFound, framework: string): void => {
    const ref = emitTool(state, tool, framework);
    facts.asset(tool.spot, { ...ref, name: tool.name, properties: { givenTo: [] } });
  };
  const definitions = context.definitions();
  let bases: ReadonlySet<string> | null = null;
  for (const definition of definitions) {
    const { value } = definition;
    if (!isOpen(value.spot)) continue;
    if (definition.kind === 'function') {
      if (!definition.decorators.some(isToolDecorator)) continue;
      const tool = functionTool(state.project, definition.value);
      if (tool.framework !== undefined) emit(tool, tool.framework);
    } else if (isToolClass(state.project, definition.value)) {
      bases ??= basesOf(state, definitions);
      if (bases.has(`${value.spot.place}:${value.spot.line}`)) continue;
      const bodies = methods(state.project, definition.value);
      // A class that leaves the work to others is no tool by itself.
      if (bodies.length === 0) continue;
      const name = textIn(state.project, definition.value, 'name') ?? definition.value.class.name;
      const isTaken = facts.hasToolKey(placedRef('tool', value.spot, name).key);
      emit(
        {
          name,
          ...(isTaken ? { key: definition.value.class.name } : {}),
          form: 'class',
          description: textIn(state.project, definition.value, 'description') ?? definition.value.class.documentation,
          spot: value.spot,
          bodies,
          uses: [],
        },
        frameworkOfClass(state, definition),
      );
    }
  }
  const wrappers = new Set(
    frameworks
      .filter((framework) => framework.language === language)
      .flatMap((framework) => framework.tools ?? [])
      .flatMap((rule) => (rule.kind === 'wrapper' ? rule.symbols : [])),
  );
  for (const site of state.project.calls(wrappers))
    for (const callee of optionsOf(state.project.evaluate(site.call.callee, site.scope, site.statement.at))) {
      if (callee.kind !== 'symbol') continue;
      const ruled = toolRule(callee.path);
      if (ruled?.rule.kind !== 'wrapper' || ruled.framework.language !== language) continue;
      const spot: Spot = { place: site.scope.module.place, line: site.call.line, endLine: site.call.endLine };
      const call: CallValue = { kind: 'call', callee, call: site.call, scope: site.scope, spot };
      for (const tool of toolsIn(state.project, call).tools)
        if (tool.bodies.length > 0 && isOpen(tool.spot) && isOpen(spot)) emit(tool, ruled.framework.id);
    }
}

/** Classes that others of the project are made of, by place and line. */
function basesOf({ project }: LinkState, definitions: readonly Definition[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const definition of definitions) {
    if (definition.kind !== 'class') continue;
    for (const base of definition.value.class.bases)
      for (const option of optionsOf(project.evaluate(base, definition.value.scope)))
        if (option.kind === 'class') found.add(`${option.spot.place}:${option.spot.line}`);
  }
  return found;
}

function frameworkOfClass({ project }: LinkState, definition: Definition & { readonly kind: 'class' }): string {
  for (const base of definition.value.class.bases)
    for (const option of optionsOf(project.evaluate(base, definition.value.scope))) {
      const ruled = option.kind === 'symbol' ? toolRule(option.path) : null;
      if (ruled !== null) return ruled.framework.id;
    }
  return 'unknown';
}
