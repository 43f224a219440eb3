import type { JsonValue } from '../../../../../shared/model/facts.ts';
import type { AssetDraft } from '../../source.ts';
import { ecmascriptAgentsSource } from '../ecmascript-agents.ts';
import { linkFiles } from '../engine/link-files.ts';

/** What a project shows, as short texts: a test compares all of it. */
export type Shown = {
  /** `name [framework construct] file:line`, with what is unknown behind it. */
  readonly agents: readonly string[];
  /** Name of a tool -> form and classes with the lines that show them. */
  readonly tools: Readonly<Record<string, string>>;
  /** `from kind to` */
  readonly relations: readonly string[];
  readonly issues: readonly string[];
};

export async function shown(files: Readonly<Record<string, string>>): Promise<Shown> {
  const linked = await linkFiles(new Map(Object.entries(files)), 'app', ecmascriptAgentsSource);
  const names = new Map<string, string>();
  for (const asset of linked.assets)
    names.set(`${asset.kind} ${asset.key}`, names.get(`${asset.kind} ${asset.key}`) ?? asset.name);
  const name = (ref: { readonly kind: string; readonly key: string }): string =>
    `${ref.kind} ${names.get(`${ref.kind} ${ref.key}`) ?? `?${ref.key}`}`;
  const agents = linked.assets.filter((asset) => asset.kind === 'agent').map(agentText);
  const tools: Record<string, string> = {};
  for (const asset of linked.assets) if (asset.kind === 'tool') tools[asset.name] = toolText(asset);
  return {
    agents: [...new Set(agents)].sort(),
    tools,
    relations: [...new Set(linked.relations.map((one) => `${name(one.from)} ${one.kind} ${name(one.to)}`))].sort(),
    issues: linked.issues,
  };
}

function agentText({
  name,
  properties = {},
  place,
  lines,
  confidence,
}: AssetDraft & { readonly place: string }): string {
  const unknown = Array.isArray(properties['unknown']) ? properties['unknown'].map((one) => field(one, 'reason')) : [];
  const settings = properties['settings'] === undefined ? '' : ` ${JSON.stringify(properties['settings'])}`;
  const gates =
    properties['falseGates'] === undefined ? '' : ` false gates ${JSON.stringify(properties['falseGates'])}`;
  const exposed = Array.isArray(properties['exposure']) ? ` exposed ${JSON.stringify(properties['exposure'])}` : '';
  return `${name} [${String(properties['framework'])} ${String(properties['construct'])}${confidence === 'high' ? '' : ` ${confidence}`}] ${place.slice(4)}:${lines?.line ?? 0}${settings}${gates}${exposed}${unknown.length === 0 ? '' : ` unknown: ${unknown.join('; ')}`}`;
}

function toolText({ properties = {}, place }: AssetDraft & { readonly place: string }): string {
  const capabilities = Array.isArray(properties['capabilities']) ? properties['capabilities'] : [];
  const classes = capabilities.map((one) => {
    const at = field(one, 'place').slice(4);
    return `${field(one, 'class')}@${at === place.slice(4) ? '' : at}:${field(one, 'line')}`;
  });
  const hints = ['readOnlyHint', 'destructiveHint', 'openWorldHint', 'idempotentHint'].flatMap((hint) =>
    properties[hint] === undefined ? [] : [`${hint}=${String(properties[hint])}`],
  );
  return [
    String(properties['form']),
    ...classes,
    ...hints,
    ...(properties['capabilitiesKnown'] === true ? [] : ['not all known']),
  ].join(' ');
}

function field(value: JsonValue, name: string): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
  return String((value as { readonly [key: string]: JsonValue })[name] ?? '');
}
