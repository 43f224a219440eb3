import type { Asset, JsonValue, Properties } from '../../shared/model/facts.ts';
import { spokenText } from './differences.ts';
import { isObject, propertyTitle, propertyWord, valueText } from './property-words.ts';

/** One place that configures an MCP server. */
export type Configuration = {
  readonly host: string;
  readonly agent: string;
  readonly scope: string;
  readonly name: string;
  readonly place: string;
  readonly line: number;
  readonly endLine: number;
  readonly properties: Properties;
  /** What the host makes of it, per way of starting; empty where nothing says so. */
  readonly states: readonly ConfigurationState[];
};

export type ConfigurationState = {
  readonly context: string;
  readonly state: string;
  readonly why: string;
  readonly decidedBy: string;
};

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const numberOf = (value: JsonValue | undefined): number => (typeof value === 'number' ? value : 1);
const objectsOf = (value: JsonValue | undefined): readonly Properties[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : [];

/** Every configuration of a server, in the order in which they were stored. */
export function configurationsOf({ properties }: Asset): readonly Configuration[] {
  const states = objectsOf(properties['states']);
  return objectsOf(properties['configurations']).map((item) => {
    const [place, line] = [textOf(item['place']), numberOf(item['line'])];
    return {
      host: textOf(item['host']),
      agent: textOf(item['agent']),
      scope: textOf(item['scope']),
      name: textOf(item['name']),
      place,
      line,
      endLine: Math.max(line, numberOf(item['endLine'])),
      properties: item,
      states: states.filter((state) => speaksOf(state, item, place, line)).map(stateOf),
    };
  });
}

const stateOf = (state: Properties): ConfigurationState => ({
  context: textOf(state['context']),
  state: textOf(state['state']),
  why: textOf(state['why']),
  decidedBy: textOf(state['decidedBy']),
});

/** A state names the definitions that it was concluded from; without any, agent and name have to be the same. */
function speaksOf(state: Properties, item: Properties, place: string, line: number): boolean {
  if (state['host'] !== item['host']) return false;
  const definitions = objectsOf(state['definitions']);
  if (definitions.length === 0) return state['agent'] === item['agent'] && state['name'] === item['name'];
  return definitions.some((definition) => definition['place'] === place && numberOf(definition['line']) === line);
}

/** One cell of the side by side. `silent`: nothing is set, cannot be, or is not known. */
export type ComparedCell = { readonly text: string; readonly silent: boolean; readonly odd: boolean };
export type ComparedRow = {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly ComparedCell[];
  /** Whether not all configurations say the same. */
  readonly differs: boolean;
  readonly code: boolean;
};

type Said = { readonly text: string; readonly silent: boolean };
const say = (text: string): Said => ({ text, silent: false });
const notSet: Said = { text: 'not set', silent: true };
const notApplicable: Said = { text: 'not applicable', silent: true };
const unknown: Said = { text: 'unknown', silent: true };

const isRemote = (transport: string): boolean => /^(?:http|https|sse|streamable|ws|websocket)/i.test(transport);

function listed(value: JsonValue | undefined, empty: Said = notSet): Said {
  if (!Array.isArray(value)) return value === undefined || value === null ? unknown : say(valueText(value));
  const items = value as readonly JsonValue[];
  return items.length === 0 ? empty : say(items.map(valueText).join(', '));
}

function authentication(value: JsonValue | undefined): Said {
  if (value === undefined || value === null) return unknown;
  if (!isObject(value)) return say(valueText(value));
  const { type, ...rest } = value;
  const more = Object.entries(rest).filter(([, item]) => item !== null && item !== '');
  const words = more.map(([key, item]) => `${propertyWord(key)} ${valueText(item)}`).join(', ');
  const name = textOf(type) || 'unknown type';
  return say(words === '' ? name : `${name}: ${words}`);
}

function security(value: JsonValue | undefined, transport: string): Said {
  if (!isRemote(transport)) return transport === 'stdio' ? notApplicable : unknown;
  if (value === undefined || value === null || !isObject(value)) return unknown;
  if (value['encrypted'] === true) return say(`encrypted, ${textOf(value['scheme']) || 'scheme not stated'}`);
  if (value['encrypted'] === false)
    return say(`not encrypted${value['loopback'] === true ? ', this machine only' : ''}`);
  return unknown;
}

/** Which program it is and whether that can change by itself. */
function pinning({ properties }: Configuration): Said {
  const chain = properties['supplyChain'];
  const version = textOf(properties['version']);
  const pinned = properties['pinned'];
  if (chain !== undefined && chain !== null && isObject(chain)) {
    const integrity = chain['integrity'];
    const kind = integrity !== undefined && integrity !== null && isObject(integrity) ? textOf(integrity['kind']) : '';
    const name = `${textOf(chain['source'])} ${textOf(chain['name'])}${version === '' ? '' : `@${version}`}`.trim();
    return say(`${name}, ${kind === '' || kind === 'none' ? 'floats' : `pinned by ${kind}`}`);
  }
  if (pinned === true) return say(version === '' ? 'pinned' : `pinned, ${version}`);
  if (pinned === false) return say(version === '' ? 'floats' : `floats, ${version}`);
  return isRemote(textOf(properties['transport'])) ? notApplicable : unknown;
}

function statesText({ states }: Configuration): Said {
  if (states.length === 0) return unknown;
  return say(states.map(({ context, state }) => (context === '' ? state : `${context}: ${state}`)).join('\n'));
}

/** Kind and line of what stands in the file as a value; never the value. */
const secretWords = (value: JsonValue | undefined): Said => {
  const items = objectsOf(value);
  if (!Array.isArray(value)) return unknown;
  if (items.length === 0) return say('none');
  return say(items.map((item) => `${textOf(item['kind']) || 'value'} in ${textOf(item['where'])}`).join(', '));
};

const enabledText = (value: JsonValue | undefined): Said =>
  value === true ? say('yes') : value === false ? say('no') : unknown;

type Field = { readonly id: string; readonly title: string; readonly code: boolean; of(item: Configuration): Said };

const transportOf = ({ properties }: Configuration): string => textOf(properties['transport']);

const fields: readonly Field[] = [
  { id: 'enabled', title: 'Switched on', code: false, of: ({ properties }) => enabledText(properties['enabled']) },
  { id: 'state', title: 'State in the host', code: false, of: statesText },
  {
    id: 'transport',
    title: 'Transport',
    code: false,
    of: (item) => {
      const transport = transportOf(item);
      return transport === '' || transport === 'unknown' ? unknown : say(transport);
    },
  },
  {
    id: 'command',
    title: 'Command',
    code: true,
    of: (item) => {
      const command = textOf(item.properties['command']);
      return command !== '' ? say(command) : isRemote(transportOf(item)) ? notApplicable : unknown;
    },
  },
  {
    id: 'args',
    title: 'Arguments',
    code: true,
    of: (item) =>
      isRemote(transportOf(item)) && listed(item.properties['args']).silent
        ? notApplicable
        : joinedArgs(item.properties['args']),
  },
  {
    id: 'url',
    title: 'Address',
    code: true,
    of: (item) => {
      const url = textOf(item.properties['url']);
      return url !== '' ? say(url) : transportOf(item) === 'stdio' ? notApplicable : unknown;
    },
  },
  { id: 'envNames', title: 'Environment, names', code: true, of: ({ properties }) => listed(properties['envNames']) },
  {
    id: 'headerNames',
    title: 'Headers, names',
    code: true,
    of: (item) => listed(item.properties['headerNames'], transportOf(item) === 'stdio' ? notApplicable : notSet),
  },
  { id: 'auth', title: 'Authentication', code: false, of: ({ properties }) => authentication(properties['auth']) },
  {
    id: 'security',
    title: 'Transport security',
    code: false,
    of: (item) => security(item.properties['transportSecurity'], transportOf(item)),
  },
  { id: 'pinning', title: 'Pinning', code: false, of: pinning },
  {
    id: 'literalSecrets',
    title: 'Values in the file',
    code: false,
    of: ({ properties }) => secretWords(properties['literalSecrets']),
  },
  { id: 'secretRefs', title: 'Secrets by name', code: true, of: ({ properties }) => listed(properties['secretRefs']) },
  {
    id: 'autoApprovedTools',
    title: 'Approved without asking',
    code: true,
    of: ({ properties }) => listed(properties['autoApprovedTools']),
  },
  {
    id: 'includeTools',
    title: 'Only these tools',
    code: true,
    of: ({ properties }) => listed(properties['includeTools']),
  },
  {
    id: 'excludeTools',
    title: 'Without these tools',
    code: true,
    of: ({ properties }) => listed(properties['excludeTools']),
  },
];

function joinedArgs(value: JsonValue | undefined): Said {
  if (!Array.isArray(value)) return unknown;
  const items = value as readonly JsonValue[];
  return items.length === 0 ? notSet : say(items.map(valueText).join(' '));
}

/** Members of a configuration that a row of its own speaks of, or that say where it stands. */
const spokenOf = new Set([
  ...fields.map(({ id }) => id),
  ...['host', 'agent', 'anchor', 'scope', 'name', 'place', 'line', 'lines', 'endLine'],
  ...['transportSecurity', 'version', 'pinned', 'supplyChain', 'target', 'transportDeclared'],
]);

/** Rows that hold configurations against each other; what is odd in a row is what fewer of them say. */
export function compareConfigurations(configurations: readonly Configuration[]): readonly ComparedRow[] {
  const known = fields.map((field) => rowOf(field.id, field.title, field.code, configurations.map(field.of)));
  const others = [...new Set(configurations.flatMap(({ properties }) => Object.keys(properties)))]
    .filter((name) => !spokenOf.has(name))
    .sort();
  const further = others.map((name) =>
    rowOf(
      name,
      propertyTitle(name),
      false,
      configurations.map(({ properties }) => {
        const value = properties[name];
        return value === undefined || value === null || value === '' ? notSet : say(spokenText(value));
      }),
    ),
  );
  return [...known, ...further];
}

function rowOf(id: string, title: string, code: boolean, said: readonly Said[]): ComparedRow {
  const counts = new Map<string, number>();
  for (const { text } of said) counts.set(text, (counts.get(text) ?? 0) + 1);
  const differs = counts.size > 1;
  const most = Math.max(...counts.values());
  const isSplit = [...counts.values()].filter((number) => number === most).length > 1;
  return {
    id,
    title,
    code,
    differs,
    cells: said.map(({ text, silent }) => ({
      text,
      silent,
      odd: differs && (isSplit || (counts.get(text) ?? 0) < most),
    })),
  };
}
