import type { JsonValue } from '../../../../../shared/model/facts.ts';
import type { AssetDraft, CodeSource } from '../../source.ts';
import { linkFiles } from '../engine/link-files.ts';

/** What a project shows, as short texts: a test compares all of it. */
export type Shown = {
  /** `name [framework construct] file:line`, with what is unknown behind it. */
  readonly agents: readonly string[];
  /** `name transport line`, with address and authentication. */
  readonly servers: readonly string[];
  /** Name of a tool -> form and classes with the lines that show them. */
  readonly tools: Readonly<Record<string, string>>;
  /** `from kind to` */
  readonly relations: readonly string[];
  readonly issues: readonly string[];
};

export async function shownBy(source: CodeSource, files: Readonly<Record<string, string>>): Promise<Shown> {
  const linked = await linkFiles(new Map(Object.entries(files)), 'app', source);
  const names = new Map<string, string>();
  for (const asset of linked.assets)
    names.set(`${asset.kind} ${asset.key}`, names.get(`${asset.kind} ${asset.key}`) ?? asset.name);
  const name = (ref: { readonly kind: string; readonly key: string }): string =>
    `${ref.kind} ${names.get(`${ref.kind} ${ref.key}`) ?? `?${ref.key}`}`;
  const tools: Record<string, string> = {};
  for (const asset of linked.assets) if (asset.kind === 'tool') tools[asset.name] = toolText(asset);
  const of = (kind: string, text: (asset: Placed) => string): readonly string[] =>
    [...new Set(linked.assets.filter((asset) => asset.kind === kind).map(text))].sort();
  return {
    agents: of('agent', agentText),
    servers: of('mcp-server', serverText),
    tools,
    relations: [...new Set(linked.relations.map((one) => `${name(one.from)} ${one.kind} ${name(one.to)}`))].sort(),
    issues: linked.issues,
  };
}

type Placed = AssetDraft & { readonly place: string };

const fileOf = (place: string): string => place.slice('app/'.length);

function agentText({ name, properties = {}, place, lines, confidence }: Placed): string {
  const unknown = Array.isArray(properties['unknown']) ? properties['unknown'].map((one) => field(one, 'reason')) : [];
  const settings = properties['settings'] === undefined ? '' : ` ${JSON.stringify(properties['settings'])}`;
  const gates = Array.isArray(properties['falseGates'])
    ? ` false gates ${properties['falseGates'].map((one) => field(one, 'why')).join(', ')}`
    : '';
  const exposed = Array.isArray(properties['exposure'])
    ? ` exposed ${properties['exposure'].map((one) => `${field(one, 'kind')}@${field(one, 'line')}`).join(', ')}`
    : '';
  const location = properties['location'] === 'source' ? '' : ` in ${String(properties['location'])}`;
  return `${name} [${String(properties['framework'])} ${String(properties['construct'])}${confidence === 'high' ? '' : ` ${confidence}`}] ${fileOf(place)}:${lines?.line ?? 0}${location}${settings}${gates}${exposed}${unknown.length === 0 ? '' : ` unknown: ${unknown.join('; ')}`}`;
}

function serverText({ name, properties = {}, place, lines }: Placed): string {
  const given = ['transport', 'bindAddress', 'port', 'authentication', 'url', 'command'].flatMap((one) =>
    properties[one] === undefined ? [] : [`${one}=${String(properties[one])}`],
  );
  return `${name} ${fileOf(place)}:${lines?.line ?? 0} ${given.join(' ')}`;
}

function toolText({ properties = {}, place }: Placed): string {
  const capabilities = Array.isArray(properties['capabilities']) ? properties['capabilities'] : [];
  const classes = capabilities.map((one) => {
    const at = fileOf(field(one, 'place'));
    return `${field(one, 'class')}@${at === fileOf(place) ? '' : at}:${field(one, 'line')}`;
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
