import type { Scope } from './scopes.ts';
import type { ClassSummary, FunctionSummary } from './summary.ts';
import type { ClassValue, DynamicValue, FunctionValue, Spot, Value } from './values.ts';

export const spotAt = (scope: Scope, line: number, endLine?: number): Spot => ({
  place: scope.module.place,
  line,
  ...(endLine !== undefined && endLine > line ? { endLine } : {}),
});

export const dynamicAt = (reason: string, scope: Scope, line: number): DynamicValue => ({
  kind: 'dynamic',
  reason,
  spot: spotAt(scope, line),
});

export const classAt = (definition: ClassSummary, scope: Scope): ClassValue => ({
  kind: 'class',
  class: definition,
  scope,
  spot: spotAt(scope, definition.line, definition.endLine),
});

export const functionAt = (definition: FunctionSummary, scope: Scope): FunctionValue => ({
  kind: 'function',
  function: definition,
  scope,
  spot: spotAt(scope, definition.line, definition.endLine),
});

/** Where a value stands, for those that stand somewhere. */
export function spotIn(value: Value): Spot | null {
  switch (value.kind) {
    case 'constant':
    case 'symbol':
    case 'module':
      return null;
    case 'member':
      return spotIn(value.of);
    case 'instance':
      return value.made === null ? value.of.spot : { place: value.made.scope.module.place, line: value.made.call.line };
    case 'choice':
      return value.options.map(spotIn).find((spot) => spot !== null) ?? null;
    case 'pipe':
    case 'path':
      return value.parts.map(spotIn).find((spot) => spot !== null) ?? null;
    default:
      return value.spot;
  }
}
