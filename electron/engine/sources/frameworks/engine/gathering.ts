import type { JsonValue } from '../../../../../shared/model/facts.ts';
import type { CallValue, FunctionValue, Spot, Value } from '../../python/values.ts';
import type { Scope } from '../../python/scopes.ts';
import type { Grade } from '../framework.ts';
import type { BodyFacts, Capability } from './body-facts.ts';
import type { ToolFound, ToolsFound } from './tools.ts';

/** Everything that belongs to one agent while it is gathered; hooks of frameworks add to it. */
export type Gathering = {
  readonly functions: { value: FunctionValue; scope: Scope | null }[];
  readonly toolValues: { value: Value; when?: string }[];
  readonly extraTools: ToolFound[];
  readonly models: Map<string, CallValue>;
  readonly modelTexts: Value[];
  readonly mcp: Value[];
  readonly agents: { agent: CallValue; spot: Spot; how: string }[];
  /** Other agents by name only. */
  readonly namedAgents: { name: string; spot: Spot; how: string }[];
  readonly prompts: Value[];
  readonly stores: { call: CallValue; symbol: string; role: 'checkpointer' | 'memory' | 'knowledge'; spot: Spot }[];
  readonly pauses: { value: Value; call: CallValue; when: 'before' | 'after' }[];
  readonly middleware: { name: string; call: CallValue | null; spot: Spot; guards: boolean }[];
  readonly guardrails: { name: string; spot: Spot; functions: readonly FunctionValue[] }[];
  readonly interruptOn: { value: Value; spot: Spot }[];
  readonly toolNodes: Map<string, ToolsFound>;
  readonly subAgents: SubAgent[];
  readonly gates: GateFound[];
  readonly capabilities: Capability[];
  /** Constants of arguments that limit or open the agent. */
  readonly settings: Record<string, JsonValue>;
  readonly unknown: { reason: string; spot: Spot }[];
};

/** Like `Gathering`, with the code read and the tools taken apart. */
export type Gathered = Omit<Gathering, 'functions' | 'toolValues' | 'extraTools' | 'models'> & {
  readonly body: BodyFacts;
  readonly models: readonly CallValue[];
  readonly tools: readonly ToolFound[];
};

export type SubAgent = {
  readonly name: string;
  readonly spot: Spot;
  readonly tools: ToolsFound | null;
  readonly prompt: Value | null;
  readonly models: readonly CallValue[];
  readonly modelText: Value | null;
};

/** An approval as an argument switches it. `covers` null: everything that the agent or tool does. */
export type GateFound = {
  readonly mechanism: string;
  readonly grade: Grade;
  readonly why?: string;
  readonly spot: Spot;
  readonly covers: readonly string[] | null;
};

export const emptyGathering = (): Gathering => ({
  functions: [],
  toolValues: [],
  extraTools: [],
  models: new Map(),
  modelTexts: [],
  mcp: [],
  agents: [],
  namedAgents: [],
  prompts: [],
  stores: [],
  pauses: [],
  middleware: [],
  guardrails: [],
  interruptOn: [],
  toolNodes: new Map(),
  subAgents: [],
  gates: [],
  capabilities: [],
  settings: {},
  unknown: [],
});
