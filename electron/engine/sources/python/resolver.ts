import type { Dialect } from './dialect.ts';
import type { CallExpression, Expression } from './expressions.ts';
import type { Frames } from './frames.ts';
import type { ModuleIndex } from './modules.ts';
import type { Binding, CallSite, LoadedModule, Scope } from './scopes.ts';
import type { ClassSummary, FunctionSummary } from './summary.ts';
import type { FunctionValue, Value } from './values.ts';

/** The parts of the evaluation as they see each other; `resolve.ts` puts them together. */
export type Resolver = {
  readonly modules: readonly LoadedModule[];
  readonly index: ModuleIndex;
  readonly dialect: Dialect;
  readonly frames: Frames;
  evaluate(expression: Expression, scope: Scope, before?: number): Value;
  moduleScope(module: LoadedModule): Scope;
  /** Scope of a definition that nobody in particular calls. */
  openScope(definition: FunctionSummary | ClassSummary, parent: Scope): Scope;
  lookup(name: string, scope: Scope, before?: number): Value | null;
  exported(module: LoadedModule, name: string): Value | null;
  fold(name: string, bindings: readonly Binding[], scope: Scope, parameter: Value | null): Value;
  assignedAttribute(dotted: string, scope: Scope, before: number | undefined): Value | null;
  parameterOf(name: string, scope: Scope): Value | null;
  calls(names: ReadonlySet<string>): readonly CallSite[];
  member(value: Value, name: string): Value;
  callValue(call: CallExpression, scope: Scope, before: number | undefined): Value;
  functionScope(value: FunctionValue, call: CallExpression | null, callerScope: Scope): Scope;
  results(value: FunctionValue, call: CallExpression | null, callerScope: Scope): Value;
};

/** Calls inside calls that are followed. */
export const maxDepth = 12;
