import type { CallSite, Scope } from '../../python/scopes.ts';
import type { CallValue, FunctionValue, Spot, Value } from '../../python/values.ts';
import type { AgentRule, AttachRule, Framework, Takes } from '../framework.ts';

/** An agent as the code builds it. */
export type AgentFound = {
  /** Identity of the construct that everything else refers to: the builder of a graph, the call of a constructor. */
  readonly id: string;
  /** `inferred`: no construct of a framework says so. */
  readonly form: 'graph' | 'constructor' | 'executor' | 'functional' | 'class' | 'inferred';
  readonly framework: Framework;
  /** The name that the facts carry. */
  readonly frameworkName: string;
  readonly symbol: string;
  readonly rule: AgentRule | null;
  /** Calls whose arguments configure it, each with the places of its arguments; the construct itself is the first. */
  readonly calls: readonly Configuring[];
  readonly site: CallSite | null;
  readonly spot: Spot;
  readonly nodes: readonly GraphNode[];
  readonly edges: number;
  /** Functions of the project that are this agent: an entry point, methods of its class. */
  readonly bodies: readonly { readonly value: FunctionValue; readonly scope: Scope | null }[];
  readonly attached: readonly Attached[];
  /** Given name, else null; the caller falls back to deployment and variable. */
  readonly givenName: string | null;
  readonly variable: string;
};

export type Configuring = { readonly call: CallValue; readonly takes: Takes; readonly rule: AgentRule | null };

export type GraphNode = { readonly name: string; readonly value: Value; readonly spot: Spot };

/** What was given to an agent after it was made. */
export type Attached = {
  readonly as: AttachRule['as'];
  readonly value: Value;
  readonly spot: Spot;
  readonly rule: AttachRule;
  /** The decorator or method call, for names and approvals. */
  readonly call: CallValue | null;
};
