import type { ServerDetail } from '../../../shared/contract/introspection.ts';
import type { JsonValue, Properties } from '../../../shared/model/facts.ts';

/** Fields of a configuration in the order in which they are read; what else a host adds follows by name. */
const order = [
  ...['transport', 'command', 'args', 'url', 'version', 'pinned', 'supplyChain', 'auth', 'transportSecurity'],
  ...['envNames', 'headerNames', 'secretRefs', 'literalSecrets', 'networkProxies', 'wrappers', 'target', 'dataStores'],
  ...['autoApprovedTools', 'includeTools', 'excludeTools', 'legacyTransport', 'location'],
];
/** Where it stands, and what becomes of it: told apart from what it says. */
const notCompared = new Set([
  'host',
  'agent',
  'anchor',
  'scope',
  'name',
  'place',
  'line',
  'endLine',
  'enabled',
  'states',
]);

/** One row for each field that any configuration has, one value for each configuration. */
export function fieldsSideBySide(configurations: readonly Properties[]): ServerDetail['fields'] {
  const names = new Set(configurations.flatMap((one) => Object.keys(one)).filter((name) => !notCompared.has(name)));
  const sorted = [
    ...order.filter((name) => names.has(name)),
    ...[...names].filter((name) => !order.includes(name)).sort(),
  ];
  return sorted.flatMap((name) => {
    const values = configurations.map((one) => shown(one[name]));
    return values.every((value) => value === '') ? [] : [{ name, values, same: new Set(values).size === 1 }];
  });
}

const longest = 2000;

function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value.slice(0, longest);
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value))
    return value
      .map((item) => shown(item as JsonValue))
      .join(', ')
      .slice(0, longest);
  // Numbers of lines say where something stands, not what it is.
  return Object.entries(value as Properties)
    .filter(([name]) => name !== 'line' && name !== 'endLine')
    .map(([name, item]) => `${name}: ${shown(item)}`)
    .join(', ')
    .slice(0, longest);
}

/** What becomes of one configuration in its host. */
export function statesOf(configuration: Properties): ServerDetail['states'] {
  const host = typeof configuration['host'] === 'string' ? configuration['host'] : '';
  const states: ServerDetail['states'] = [];
  if (configuration['enabled'] === false) states.push({ host, state: 'disabled', because: 'its own entry says so' });
  for (const [name, state] of [
    ['shadowed', 'shadowed'],
    ['notLoaded', 'not loaded'],
    ['needsVerification', 'not certain'],
  ] as const) {
    const because = shown(configuration[name]);
    if (because !== '' && because !== 'false') states.push({ host, state, because: because === 'true' ? '' : because });
  }
  const list = configuration['states'];
  for (const item of Array.isArray(list) ? (list as readonly JsonValue[]) : []) {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) continue;
    const { state, ...rest } = item as Properties;
    states.push({ host, state: typeof state === 'string' ? state : 'state', because: shown(rest) });
  }
  return states;
}
