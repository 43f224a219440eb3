import type { Properties } from '../../../../shared/model/facts.ts';
import { referencesIn } from '../parse/references.ts';
import { maskText } from '../parse/secrets.ts';
import type { RawServer } from './raw-server.ts';
import { withoutHome } from './home-paths.ts';

/** Schemes of connection strings, and the store that each of them opens. */
const kinds: ReadonlyMap<string, string> = new Map([
  ['postgres', 'postgres'],
  ['postgresql', 'postgres'],
  ['mysql', 'mysql'],
  ['mariadb', 'mysql'],
  ['mongodb', 'mongodb'],
  ['mongodb+srv', 'mongodb'],
  ['redis', 'redis'],
  ['rediss', 'redis'],
  ['mssql', 'mssql'],
  ['sqlserver', 'mssql'],
  ['clickhouse', 'clickhouse'],
  ['neo4j', 'neo4j'],
  ['bolt', 'neo4j'],
]);

/**
 * Stores that an entry hands to its server by name: a database file among the arguments, a connection string among the
 * arguments or variables. Kind, and path or host and database; account and password never.
 */
export function dataStoresOf(raw: RawServer): readonly Properties[] {
  const words = [raw.command ?? '', ...raw.args];
  const found = new Map<string, Properties>();
  const add = (store: Properties | null): void => {
    if (store !== null && found.size < 20) found.set(JSON.stringify(store), store);
  };
  for (const word of raw.args) {
    const value = word.startsWith('-') && word.includes('=') ? word.slice(word.indexOf('=') + 1) : word;
    add(fromAddress(value) ?? fromFile(value, words));
  }
  for (const { value } of raw.env) add(fromAddress(value));
  return [...found.values()];
}

function fromAddress(value: string): Properties | null {
  const scheme = /^([a-z][a-z0-9+]{1,30}):\/\//i.exec(value)?.[1]?.toLowerCase();
  const kind =
    scheme === undefined ? undefined : kinds.get(scheme.replace(/\+(?:asyncpg|psycopg2?|pymysql|aiomysql)$/, ''));
  if (kind === undefined || value.length > 2000 || referencesIn(value).length > 0) return null;
  // The standard parser knows hosts of special schemes only; the kind is known already.
  const url = URL.parse(value.replace(/^[^:]+:/, 'http:'));
  if (url === null || url.hostname === '') return null;
  const database = maskText(url.pathname.split('/')[1] ?? '');
  return { kind, host: maskText(url.hostname), ...(database === '' ? {} : { database }) };
}

function fromFile(value: string, words: readonly string[]): Properties | null {
  const ending = /\.(db|db3|sqlite|sqlite3|duckdb)$/i.exec(value)?.[1]?.toLowerCase();
  if (ending === undefined || value.length > 500 || value.startsWith('-') || /:\/\//.test(value)) return null;
  const named = (word: RegExp): boolean => words.some((text) => word.test(text));
  const kind =
    ending === 'duckdb' || (ending === 'db' && named(/duckdb|motherduck/i))
      ? 'duckdb'
      : ending !== 'db' || named(/sqlite/i)
        ? 'sqlite'
        : null;
  return kind === null ? null : { kind, path: withoutHome(maskText(value)) };
}
