import type { CapabilityClass, Confidence } from '../../../../../shared/kinds.ts';
import type { EffectChannel } from '../framework.ts';
import { vendorOfPath } from './vendors.ts';
import { effectRule } from './vocabulary.ts';

/**
 * What calls of general libraries do. Paths are origins with `()` where something was called on the way:
 * `smtplib.SMTP().send_message`.
 */
export type Effect = {
  readonly classes: readonly CapabilityClass[];
  readonly because: string;
  /** high: what the call itself is for; medium: read from the name of a method or the verb of an SDK. */
  readonly confidence: Confidence;
  readonly channel?: EffectChannel;
  readonly service?: string;
};

type Rule = readonly [RegExp, Omit<Effect, 'confidence'>];

const rule = (
  pattern: RegExp,
  classes: readonly CapabilityClass[],
  because: string,
  channel?: Effect['channel'],
  service?: string,
): Rule => [
  pattern,
  { classes, because, ...(channel === undefined ? {} : { channel }), ...(service === undefined ? {} : { service }) },
];

const httpClient = String.raw`^(?:httpx|requests|aiohttp|niquests|curl_cffi\.requests|urllib3)(?:\.(?:AsyncClient|Client|Session|session|ClientSession|PoolManager)\(\))?`;

/** What the call itself is for, by the name that the standard library or a plain client gives it. */
const direct: readonly Rule[] = [
  rule(
    /^subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)$/,
    ['executes-code'],
    'starts a process',
  ),
  rule(/^os\.(?:system|popen|exec[a-z]*|spawn[a-z]*|posix_spawn)$/, ['executes-code'], 'starts a process'),
  rule(/^asyncio\.create_subprocess_(?:exec|shell)$/, ['executes-code'], 'starts a process'),
  rule(/^pty\.spawn$|^pexpect\.(?:run|spawn)$/, ['executes-code'], 'starts a process'),
  rule(
    /^builtins\.(?:exec|eval)$|^code\.(?:InteractiveInterpreter|InteractiveConsole)$|^runpy\.run_(?:path|module)$/,
    ['executes-code'],
    'runs text as code',
  ),
  rule(new RegExp(`${httpClient}\\.(?:get|head|stream|options)$`), [], 'reads from a web address', 'http'),
  rule(
    new RegExp(`${httpClient}\\.(?:post|put|patch)$`),
    ['sends-outside', 'writes'],
    'sends to a web address',
    'http',
  ),
  rule(new RegExp(`${httpClient}\\.delete$`), ['deletes', 'sends-outside'], 'deletes at a web address', 'http'),
  rule(new RegExp(`${httpClient}\\.(?:request|send)$`), ['sends-outside', 'writes'], 'sends to a web address', 'http'),
  rule(/^urllib\.request\.(?:urlopen|urlretrieve)$/, [], 'reads from a web address', 'http'),
  rule(
    /^smtplib\.SMTP(?:_SSL)?\(\)\.(?:send_message|sendmail)$|^aiosmtplib\.send$/,
    ['sends-outside', 'writes'],
    'sends mail',
    'mail',
  ),
  rule(/^imaplib\..*\.(?:fetch|search|uid)$|^poplib\./, ['reads-untrusted', 'reads-private'], 'reads mail'),
  rule(
    /^(?:psycopg|psycopg2|psycopg_pool|sqlite3|aiosqlite|pymysql|MySQLdb|mysql|asyncpg|pyodbc|oracledb|cx_Oracle|snowflake|duckdb|sqlalchemy|databases|clickhouse_connect|clickhouse_driver)\b.*\.(?:execute|executemany|executescript|fetch|fetchrow|fetchval|fetch_all|fetch_one|query|command|read_sql|exec_driver_sql|scalar|scalars|sql)$/,
    [],
    'runs SQL',
    'sql',
  ),
  rule(/^builtins\.open$|^io\.open$|^aiofiles\.open$|^codecs\.open$/, [], 'opens a file', 'file-open'),
  rule(/^pathlib\.(?:Path|PurePath|PosixPath)\(\)(?:\.\w+(?:\(\))?)*\.open$/, [], 'opens a file', 'file-open'),
  rule(
    /^pathlib\.Path\(\)(?:\.\w+(?:\(\))?)*\.(?:read_text|read_bytes)$/,
    ['reads-private'],
    'reads a file',
    'file-path',
  ),
  rule(
    /^pathlib\.Path\(\)(?:\.\w+(?:\(\))?)*\.(?:write_text|write_bytes|touch|rename|replace)$/,
    ['writes'],
    'writes a file',
    'file-path',
  ),
  rule(/^pathlib\.Path\(\)(?:\.\w+(?:\(\))?)*\.(?:unlink|rmdir)$/, ['deletes'], 'deletes a file', 'file-path'),
  rule(/^(?:os\.(?:remove|unlink|rmdir|removedirs)|shutil\.rmtree)$/, ['deletes'], 'deletes files', 'file-path'),
  rule(
    /^(?:os\.(?:rename|replace)|shutil\.(?:copy|copy2|copyfile|copytree|move))$/,
    ['writes'],
    'writes files',
    'file-path',
  ),
  rule(
    /^socket\.socket\(\)\.(?:connect|send|sendall|sendto)$|^websockets?\b.*\.(?:send|connect)$/,
    ['sends-outside'],
    'sends over a socket',
  ),
  rule(
    /^(?:os\.(?:listdir|walk|scandir)|glob\.i?glob)$|^pathlib\.Path\(\)(?:\.\w+(?:\(\))?)*\.(?:glob|rglob|iterdir)$/,
    ['reads-private'],
    'lists files',
    'file-path',
  ),
];

/** Read from the names of methods and classes of libraries; from knowledge of the packages, not from a read document. */
const byName: readonly Rule[] = [
  rule(/^(?:e2b_code_interpreter|e2b)\..*\.(?:run_code|run)$/, ['executes-code'], 'runs code in a sandbox'),
  rule(
    /^paramiko\..*\.exec_command$|^fabric\..*\.(?:run|sudo)$/,
    ['executes-code', 'sends-outside'],
    'runs a command on another machine',
  ),
  rule(/^docker\..*\.(?:exec_run|run)$/, ['executes-code'], 'runs a container'),
  rule(
    /^(?:sendgrid|mailgun|resend|postmarker|mailchimp_transactional)\b.*\.(?:send|post|create)$/,
    ['sends-outside', 'writes'],
    'sends mail',
    'mail',
  ),
  rule(/^pandas\.read_sql(?:_query|_table)?$/, ['reads-private'], 'reads a database', 'sql'),
  rule(
    /^sqlalchemy\b.*\.(?:add|add_all|merge|commit|flush|bulk_save_objects)$/,
    ['writes'],
    'changes a database',
    'sql',
  ),
  rule(
    /\.(?:similarity_search\w*|max_marginal_relevance_search\w*|asimilarity_search\w*|get_relevant_documents|aget_relevant_documents)$/,
    ['reads-private'],
    'searches stored documents',
    'vector',
  ),
  rule(
    /\.as_retriever\(\)\.(?:invoke|ainvoke|batch|abatch|stream)$/,
    ['reads-private'],
    'searches stored documents',
    'vector',
  ),
  rule(/\.(?:add_documents|add_texts|aadd_documents|aadd_texts)$/, ['writes'], 'adds to stored documents', 'vector'),
  rule(
    /^(?:pymongo|motor)\b.*\.(?:find|find_one|aggregate|count_documents|distinct)$/,
    ['reads-private'],
    'reads a database',
    'sdk',
    'mongodb',
  ),
  rule(
    /^(?:pymongo|motor)\b.*\.(?:insert_one|insert_many|update_one|update_many|replace_one|bulk_write|find_one_and_update)$/,
    ['writes'],
    'changes a database',
    'sdk',
    'mongodb',
  ),
  rule(
    /^(?:pymongo|motor)\b.*\.(?:delete_one|delete_many|drop|drop_collection)$/,
    ['deletes'],
    'deletes from a database',
    'sdk',
    'mongodb',
  ),
  rule(
    /^redis\b.*\.(?:get|hget|hgetall|mget|lrange|smembers|keys|scan)$/,
    ['reads-private'],
    'reads a database',
    'sdk',
    'redis',
  ),
  rule(/^redis\b.*\.(?:set|hset|setex|lpush|rpush|sadd|publish)$/, ['writes'], 'changes a database', 'sdk', 'redis'),
  rule(/^redis\b.*\.(?:delete|flushdb|flushall|hdel)$/, ['deletes'], 'deletes from a database', 'sdk', 'redis'),
  rule(
    /^neo4j\b.*\.(?:run|execute_query|execute_write)$|Neo4jGraph\(\)\.query$/,
    ['reads-private', 'writes'],
    'runs a graph query',
    'sdk',
    'neo4j',
  ),
  rule(/\.(?:to_csv|to_excel|to_json|to_parquet|savefig)$/, ['writes'], 'writes a file', 'file-path'),
  rule(/^pandas\.read_(?:csv|excel|json|parquet)$/, ['reads-private'], 'reads a file', 'file-path'),
  rule(
    /^(?:playwright|selenium)\b.*\.(?:goto|get|navigate)$/,
    ['reads-untrusted', 'sends-outside'],
    'opens web pages in a browser',
    'http',
  ),
  rule(
    /^(?:playwright|selenium)\b.*\.(?:click|fill|type|press|send_keys|submit)$/,
    ['writes', 'sends-outside'],
    'acts on web pages',
  ),
  rule(
    /^(?:tavily|exa_py|serpapi|duckduckgo_search|ddgs|googlesearch|firecrawl|linkup|perplexity)\b.*\.(?:search|qna_search|text|news|get_dict|extract|scrape_url|crawl_url|search_and_contents|asearch|scrape|map)$|^googlesearch\.search$/,
    ['reads-untrusted', 'sends-outside'],
    'searches the web',
    'sdk',
    'web search',
  ),
  rule(
    /^(?:wikipedia|arxiv|wikipediaapi)\b.*\.(?:search|summary|page|results|Search)$/,
    ['reads-untrusted', 'sends-outside'],
    'reads public articles',
    'sdk',
    'public articles',
  ),
  rule(
    /^youtube_transcript_api\b|^feedparser\.parse$|^trafilatura\.fetch_url$|^newspaper\./,
    ['reads-untrusted', 'sends-outside'],
    'reads web pages',
    'http',
  ),
];

export function effectOf(path: string): Effect | null {
  const certain = direct.find(([pattern]) => pattern.test(path))?.[1];
  if (certain !== undefined) return { ...certain, confidence: 'high' };
  const told = effectRule(path);
  if (told !== null) return { ...told, confidence: told.confidence ?? 'medium' };
  const named = byName.find(([pattern]) => pattern.test(path))?.[1] ?? vendorEffect(path);
  return named === null ? null : { ...named, confidence: 'medium' };
}

const reading =
  /^(?:a?get|a?list|a?search|a?query|a?read|a?find|a?fetch|describe|retrieve|scan|head|download|lookup|conversations_history|users_list|iter|all|auto_paging_iter|count|batch_get|select)/i;
const deleting = /^(?:a?delete|remove|destroy|drop|terminate|purge|revoke|archive|empty)/i;
const writing =
  /^(?:a?create|a?insert|a?update|a?upsert|a?put|a?post|a?send|a?add|a?modify|patch|write|upload|publish|submit|start|stop|run|invoke|execute|set|merge|close|comment|reply|edit|cancel|capture|confirm|transfer|pay|chat_postmessage|files_upload|copy|attach|reboot|assign)/i;

/** Calls on an SDK are read by the verb they begin with. */
function vendorEffect(path: string): Rule[1] | null {
  const vendor = vendorOfPath(path);
  if (vendor === null) return null;
  const steps = path.replaceAll('()', '').split('.');
  // Google and database clients build a request and run it: the verb is the step before.
  const last = steps.at(-1) ?? '';
  const verb = (last === 'execute' || last === 'run') && steps.length > 3 ? (steps.at(-2) ?? last) : last;
  const channel = 'sdk' as const;
  const common = { channel, service: vendor.service };
  if (deleting.test(verb)) return { ...common, classes: ['deletes'], because: `deletes at ${vendor.service}` };
  if (writing.test(verb)) {
    const classes: CapabilityClass[] = ['writes'];
    if (vendor.money === true) classes.push('spends-money');
    if (vendor.reachesPeople === true) classes.push('sends-outside');
    return { ...common, classes, because: `changes something at ${vendor.service}` };
  }
  if (reading.test(verb)) {
    const classes: CapabilityClass[] = vendor.sensitivity === 'public' ? [] : ['reads-private'];
    if (vendor.untrusted) classes.push('reads-untrusted');
    return { ...common, classes, because: `reads from ${vendor.service}` };
  }
  return null;
}

/** What SQL text does; text that is put together at run time may do anything, which is no evidence that it does. */
export function sqlClasses(sql: string | null): {
  readonly classes: readonly CapabilityClass[];
  readonly because: string;
  readonly confidence: Confidence;
} {
  const anything = {
    classes: ['reads-private', 'writes', 'deletes'],
    because: 'runs SQL that is not written in the code',
    confidence: 'medium',
  } as const;
  if (sql === null) return anything;
  const text = sql.replace(/--[^\n]*/g, ' ').trim();
  if (
    /^(?:select|show|explain|describe|pragma|values|table)\b/i.test(text) ||
    (/^with\b/i.test(text) && !/\b(?:insert|update|delete)\b/i.test(text))
  ) {
    return { classes: ['reads-private'], because: 'reads with SQL', confidence: 'high' };
  }
  if (/^(?:delete|drop|truncate)\b/i.test(text))
    return { classes: ['deletes'], because: 'deletes with SQL', confidence: 'high' };
  if (/^(?:insert|update|merge|replace|create|alter|upsert|copy|grant|revoke|call|with)\b/i.test(text))
    return { classes: ['writes'], because: 'changes with SQL', confidence: 'high' };
  return anything;
}
