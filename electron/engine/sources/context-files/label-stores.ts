import type { Sensitivity } from '../../../../shared/model/context.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import type { StoreClass } from './lists.ts';

/** A store as labelling sees it: its name and whatever its facts say. */
export type Labelled = { readonly name: string; readonly properties: Properties };

export type StoreLabel = {
  /** The organisation's word, or the guessed class. */
  readonly class: string;
  /** Null where the word is not one that is known. */
  readonly sensitivity: Sensitivity | null;
  readonly regulation: string;
  readonly owner: string;
  readonly guess: boolean;
  /** Why, for people: the row of the list, or the word in the name. */
  readonly because: string;
  readonly row: StoreClass | null;
};

const longestName = 300;

/** The label of a store from lists, the most exact row first; a guess from its name where none speaks of it; null where that says nothing. */
export function labelStore(store: Labelled, rows: readonly StoreClass[]): StoreLabel | null {
  let best: { row: StoreClass; fit: number } | null = null;
  for (const row of rows) {
    const fit = fitOf(store, row);
    if (fit > (best?.fit ?? 0)) best = { row, fit };
  }
  if (best === null) return guessLabel(store);
  const { row, fit } = best;
  const byNameAlone = fit < typedFit;
  return {
    class: row.classification,
    sensitivity: sensitivityOf(row.classification),
    regulation: row.regulation,
    owner: row.owner,
    guess: byNameAlone,
    because: byNameAlone ? `listed as ${row.store}, told by the name alone` : `listed as ${row.store}`,
    row,
  };
}

const exactFit = 1_000_000;
const typedFit = 10_000;

/** 0 = another store. Whole names count most, then patterns by their length, then the name alone. */
function fitOf(store: Labelled, row: StoreClass): number {
  const listed = row.store.toLowerCase();
  const names = namesOf(store);
  if (names.has(listed)) return exactFit + listed.length;
  const { scheme, rest } = partsOf(listed);
  const star = rest.indexOf('*');
  if (star !== -1) {
    const start = rest.slice(0, star);
    const fits = [...names].some((name) => {
      const own = partsOf(name).rest;
      return own.startsWith(start) && own.endsWith(rest.slice(rest.lastIndexOf('*') + 1)) && own !== '';
    });
    return fits && saysType(store, scheme, row.type) ? typedFit + start.length : 0;
  }
  if (rest === '') return 0;
  if ([...names].some((name) => partsOf(name).rest === rest))
    return saysType(store, scheme, row.type) ? typedFit * 2 + rest.length : rest.length;
  return rest === variableStem(store.name) ? rest.length : 0;
}

const schemes: readonly (readonly [RegExp, RegExp])[] = [
  [/^(?:s3|gs|abfss?|wasbs?|az|object-store|bucket)$/, /\bs3\b|bucket|object[-_ ]?store|\bgs\b|gcs|blob/],
  [
    /^(?:rds|postgres(?:ql)?|mysql|database|db|sql|bigquery|dynamodb)$/,
    /rds|postgres|mysql|sql|database|\bdb\b|bigquery|dynamo/,
  ],
  [/^(?:secretsmanager|secret-store|vault|keyvault|ssm)$/, /secret|vault|\bssm\b/],
  [
    /^(?:vector|vector-store|index|opensearch|pinecone|chroma)$/,
    /vector|index|opensearch|pinecone|chroma|weaviate|qdrant/,
  ],
];

/** Whether the facts of a store say the same type that the list gives. */
function saysType(store: Labelled, scheme: string, type: string): boolean {
  const told = ['type', 'engine', 'service', 'arn', 'uri', 'url', 'provider', 'resourceType', 'technology']
    .map((key) => store.properties[key])
    .filter((value) => typeof value === 'string')
    .join(' ')
    .toLowerCase();
  return schemes.some(
    ([listed, own]) =>
      (listed.test(scheme) || listed.test(type.toLowerCase())) &&
      own.test(`${told} ${partsOf(store.name.toLowerCase()).scheme}`),
  );
}

/** What a variable is about that holds the address of a store: `incidents` of `INCIDENTS_DATABASE_URL`. */
const variableStem = (name: string): string | null =>
  /^([A-Z][A-Z0-9_]{1,100}?)(?:_(?:DATABASE|DB|POSTGRES|MYSQL|BUCKET|S3))?_(?:URL|URI|DSN|NAME|ARN|BUCKET|DATABASE|DB)$/
    .exec(name)?.[1]
    ?.toLowerCase() ?? null;

function partsOf(text: string): { readonly scheme: string; readonly rest: string } {
  const arn = /^arn:[a-z-]{1,20}:([a-z0-9-]{1,40}):[^:]{0,40}:[^:]{0,40}:(.{1,600})$/.exec(text);
  if (arn !== null) return { scheme: arn[1] ?? '', rest: (arn[2] ?? '').replace(/^[a-z-]{1,30}[:/](?=.)/, '') };
  const url = /^([a-z][a-z0-9+.-]{0,30}):(?:\/\/)?(.{1,600})$/.exec(text);
  if (url !== null) return { scheme: url[1] ?? '', rest: (url[2] ?? '').replace(/\/$/, '') };
  return { scheme: '', rest: text };
}

/** Everything in the facts that can be the name of the store. */
function namesOf({ name, properties }: Labelled): ReadonlySet<string> {
  const names = new Set([name]);
  for (const key of [
    'arn',
    'uri',
    'url',
    'bucket',
    'database',
    'table',
    'collection',
    'index',
    'secret',
    'identifier',
    'externalName',
    'resourceName',
  ]) {
    const value: JsonValue | undefined = properties[key];
    if (typeof value === 'string') names.add(value);
  }
  return new Set(
    [...names].map((each) => each.trim().toLowerCase().slice(0, longestName)).filter((each) => each !== ''),
  );
}

const words: readonly (readonly [string, Sensitivity, RegExp])[] = [
  ['secret', 'restricted', /^(?:secrets?|vault|credentials?|tfstate|keystore|passwords?)$/],
  [
    'personal-data',
    'restricted',
    /^(?:customers?|clients?|patients?|employees?|people|persons?|users?|contacts?|pii|personal|crm|hr|members?|profiles?|hubspot|salesforce|zendesk|tickets?|mailbox|inbox)$/,
  ],
  [
    'confidential',
    'confidential',
    /^(?:payments?|billing|invoices?|orders?|finance|financial|payroll|ledger|contracts?|legal|backups?|confidential|stripe)$/,
  ],
  [
    'internal',
    'internal',
    /^(?:internal|wiki|runbooks?|logs?|metrics|events?|incidents?|memory|knowledge|kb|docs|faq|cache|checkpoints?)$/,
  ],
  ['public', 'public', /^(?:public|website|www|assets|static)$/],
];

/** A class from the words of a name, the most sensitive one first. */
function guessLabel({ name }: Labelled): StoreLabel | null {
  const parts = name
    .slice(0, longestName)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  for (const [guessed, sensitivity, word] of words) {
    const found = parts.find((part) => word.test(part));
    if (found !== undefined)
      return {
        class: guessed,
        sensitivity,
        regulation: '',
        owner: '',
        guess: true,
        because: `its name holds "${found}"`,
        row: null,
      };
  }
  return null;
}

/** Words of common schemes; an organisation's own word without a place in the order stays without one. */
export function sensitivityOf(classification: string): Sensitivity | null {
  const word = classification.toLowerCase().replace(/[^a-z]+/g, ' ');
  if (/\b(?:public|open)\b/.test(word)) return 'public';
  if (/\b(?:secret|restricted|personal|pii|phi|sensitive|special category|cardholder|health)\b/.test(word))
    return 'restricted';
  if (/\b(?:confidential|private)\b/.test(word)) return 'confidential';
  if (/\b(?:internal|business)\b/.test(word)) return 'internal';
  return null;
}
