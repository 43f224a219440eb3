import type { Project } from '../../python/resolve.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf } from '../../python/values.ts';
import type { Definition } from './context.ts';

/** A function that an object was given by decorating it: `@toolset.tool`, `@mcp.resource("x://{id}")`. */
export type Held = { readonly value: FunctionValue; readonly method: string; readonly call: CallValue | null };

const held = new WeakMap<Project, ReadonlyMap<string, readonly Held[]>>();

/** Notes for the project which object holds which functions; asked for later, where the object is come upon. */
export function noteHeld(project: Project, definitions: readonly Definition[]): void {
  const found = new Map<string, Held[]>();
  for (const definition of definitions) {
    if (definition.kind !== 'function') continue;
    for (const decorator of definition.decorators.flatMap(optionsOf)) {
      const call = decorator.kind === 'call' ? decorator : null;
      const callee = call === null ? decorator : call.callee;
      if (callee.kind !== 'member') continue;
      for (const of of optionsOf(callee.of)) {
        if (of.kind !== 'call') continue;
        const id = identityOf(of);
        const list = found.get(id) ?? [];
        list.push({ value: definition.value, method: callee.name, call });
        found.set(id, list);
      }
    }
  }
  held.set(project, found);
}

export const heldBy = (project: Project, object: CallValue): readonly Held[] =>
  held.get(project)?.get(identityOf(object)) ?? [];
