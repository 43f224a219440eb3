import type { Project } from '../../python/resolve.ts';
import type { AssetRef } from '../../source.ts';
import type { CallValue, ClassValue, FunctionValue, Value } from '../../python/values.ts';
import type { AgentFound } from './agent-found.ts';
import type { BodyFacts } from './body-facts.ts';
import type { FactCollector } from './collector.ts';
import type { ToolFound, ToolsFound } from './tools.ts';

/** What the hooks of a framework work with. */
export type FindContext = {
  readonly project: Project;
  /** Configuration files that linking asked for, by place, as text without secrets. */
  readonly documents: ReadonlyMap<string, string>;
  agentsIn(value: Value): readonly CallValue[];
  modelsIn(value: Value): readonly CallValue[];
  toolsIn(value: Value): ToolsFound;
  /** A function of the project as a tool, named as its decorators say. */
  toolOf(value: FunctionValue): ToolFound;
  /** Every function and class of the project with its decorators, outside in. */
  definitions(): readonly Definition[];
  /** What a function of the project does, its helpers included. */
  bodyOf(value: FunctionValue): BodyFacts;
};

export type Definition =
  | { readonly kind: 'function'; readonly value: FunctionValue; readonly decorators: readonly Value[] }
  | { readonly kind: 'class'; readonly value: ClassValue; readonly decorators: readonly Value[] };

export type FactContext = FindContext & {
  readonly facts: FactCollector;
  readonly agents: readonly AgentFound[];
  /** Asset of the agent that a construct is. */
  refOf(id: string): AssetRef | undefined;
  nameOf(id: string): string | undefined;
  emitTool(tool: ToolFound, framework: string): AssetRef;
};
