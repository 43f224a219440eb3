import type { JsonValue } from '../../../../shared/model/facts.ts';
import { type LinkedFiles, linkFiles } from './engine/link-files.ts';

/** What a test wants to know of one agent, without the places. */
export type AgentSeen = {
  readonly framework: JsonValue;
  readonly models: readonly string[];
  readonly tools: readonly string[];
  readonly delegates: readonly string[];
  readonly servers?: readonly string[];
  readonly stores?: readonly string[];
  readonly guardrails?: readonly string[];
  readonly gates?: readonly string[];
  readonly falseGates?: readonly string[];
  readonly exposure?: readonly string[];
  readonly location?: string;
  readonly dynamic?: true;
};

export const link = (files: Readonly<Record<string, string>>): Promise<LinkedFiles> =>
  linkFiles(new Map(Object.entries(files)));

const textsIn = (value: JsonValue | undefined, field: string): string[] =>
  Array.isArray(value)
    ? value.map((one) =>
        typeof one === 'object' && one !== null && !Array.isArray(one) ? String(one[field]) : String(one),
      )
    : [];

/** Agents by name, sorted lists; what is empty or usual is left out. */
export function agentsOf(linked: LinkedFiles): Readonly<Record<string, AgentSeen>> {
  const names = new Map(linked.assets.map((asset) => [`${asset.kind}\n${asset.key}`, asset]));
  const seen: Record<string, AgentSeen> = {};
  for (const asset of linked.assets) {
    if (asset.kind !== 'agent' || asset.properties?.['construct'] === undefined) continue;
    const related = (kind: string, to: string): string[] => [
      ...new Set(
        linked.relations
          .filter(
            (one) => one.kind === kind && one.from.kind === 'agent' && one.from.key === asset.key && one.to.kind === to,
          )
          .map((one) =>
            to === 'model' ? one.to.key : (names.get(`${one.to.kind}\n${one.to.key}`)?.name ?? one.to.key),
          )
          .sort(),
      ),
    ];
    const some = (field: string, values: readonly string[]): Partial<AgentSeen> =>
      values.length === 0 ? {} : { [field]: values };
    const location = asset.properties['location'];
    seen[asset.name] = {
      framework: asset.properties['framework'] ?? null,
      models: related('uses', 'model'),
      tools: related('uses', 'tool'),
      delegates: related('delegates-to', 'agent'),
      ...some('servers', related('uses', 'mcp-server')),
      ...some('stores', [...related('writes', 'data-store'), ...related('reads', 'data-store')]),
      ...some('guardrails', related('guarded-by', 'guardrail')),
      ...some('gates', related('gated-by', 'approval-gate')),
      ...some('falseGates', textsIn(asset.properties['falseGates'], 'mechanism')),
      ...some('exposure', textsIn(asset.properties['exposure'], 'how')),
      ...(location === 'source' ? {} : { location: String(location) }),
      ...(asset.dynamic === true ? { dynamic: true as const } : {}),
    };
  }
  return seen;
}

/** Capability classes of the tools, by name. */
export function classesOf(linked: LinkedFiles): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    linked.assets
      .filter((asset) => asset.kind === 'tool')
      .map((asset) => [asset.name, [...new Set(textsIn(asset.properties?.['capabilities'], 'class'))].sort()]),
  );
}
