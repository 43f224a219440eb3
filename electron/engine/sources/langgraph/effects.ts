import type { CapabilityClass } from '../../../../shared/kinds.ts';

/**
 * What calls of general libraries do. Paths are origins with `()` where something was called on the way:
 * `smtplib.SMTP().send_message`.
 */
export type Effect = {
  readonly classes: readonly CapabilityClass[];
  readonly because: string;
  /** Set where the call speaks to a service or store whose name or address must still be found. */
  readonly channel?: 'http' | 'sql' | 'file-open' | 'file-path' | 'mail' | 'sdk' | 'vector' | 'cloud';
  readonly service?: string;
};

const rule = (
  pattern: RegExp,
  classes: readonly CapabilityClass[],
  because: string,
  channel?: Effect['channel'],
  service?: string,
): readonly [RegExp, Effect] => [
  pattern,
  { classes, because, ...(channel === undefined ? {} : { channel }), ...(service === undefined ? {} : { service }) },
];

const httpClient = String.raw`^(?:httpx|requests|aiohttp|niquests|curl_cffi\.requests|urllib3)(?:\.(?:AsyncClient|Client|Session|session|ClientSession|PoolManager)\(\))?`;

const rules: readonly (readonly [RegExp, Effect])[] = [
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
  rule(
    /\.(?:PythonREPL|PythonAstREPLTool|PythonREPLTool|ShellTool|BashProcess)\(\)\.(?:run|invoke|ainvoke|arun)$/,
    ['executes-code'],
    'runs text as code',
  ),
  rule(/^(?:e2b_code_interpreter|e2b)\..*\.(?:run_code|run)$/, ['executes-code'], 'runs code in a sandbox'),
  rule(
    /^paramiko\..*\.exec_command$|^fabric\..*\.(?:run|sudo)$/,
    ['executes-code', 'sends-outside'],
    'runs a command on another machine',
  ),
  rule(/^docker\..*\.(?:exec_run|run)$/, ['executes-code'], 'runs a container'),
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
  rule(
    /^(?:sendgrid|mailgun|resend|postmarker|mailchimp_transactional)\b.*\.(?:send|post|create)$/,
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
  rule(/^pandas\.read_sql(?:_query|_table)?$/, ['reads-private'], 'reads a database', 'sql'),
  rule(
    /^sqlalchemy\b.*\.(?:add|add_all|merge|commit|flush|bulk_save_objects)$/,
    ['writes'],
    'changes a database',
    'sql',
  ),
  rule(/SQLDatabase(?:\.from_uri)?\(\)\.(?:run|run_no_throw|_execute)$/, [], 'runs SQL', 'sql'),
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
    /^langgraph\.store\..*\.(?:put|aput)$|^langgraph\.config\.get_store\(\)\.(?:put|aput)$/,
    ['writes'],
    'writes to the memory of the agent',
    'vector',
  ),
  rule(
    /^langgraph\.store\..*\.(?:search|asearch|get|aget)$|^langgraph\.config\.get_store\(\)\.(?:search|asearch|get|aget)$/,
    ['reads-private'],
    'reads the memory of the agent',
    'vector',
  ),
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
  rule(/\.(?:to_csv|to_excel|to_json|to_parquet|savefig)$/, ['writes'], 'writes a file', 'file-path'),
  rule(/^pandas\.read_(?:csv|excel|json|parquet)$/, ['reads-private'], 'reads a file', 'file-path'),
  rule(
    /\bdocument_loaders\b.*(?:WebBaseLoader|UnstructuredURLLoader|AsyncHtmlLoader|AsyncChromiumLoader|PlaywrightURLLoader|RecursiveUrlLoader|SeleniumURLLoader|YoutubeLoader(?:\.\w+)?|FireCrawlLoader|SitemapLoader)\(\)\.(?:load|aload|lazy_load|alazy_load|load_and_split)$/,
    ['reads-untrusted', 'sends-outside'],
    'reads web pages',
    'http',
  ),
  rule(
    /\bdocument_loaders\b.*\(\)\.(?:load|aload|lazy_load|load_and_split)$/,
    ['reads-private'],
    'loads documents',
    'file-path',
  ),
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
  rule(
    /^socket\.socket\(\)\.(?:connect|send|sendall|sendto)$|^websockets?\b.*\.(?:send|connect)$/,
    ['sends-outside'],
    'sends over a socket',
  ),
];

export function effectOf(path: string): Effect | null {
  return rules.find(([pattern]) => pattern.test(path))?.[1] ?? vendorEffect(path);
}

type Vendor = {
  readonly service: string;
  /** People outside can write what is read there. */
  readonly untrusted: boolean;
  readonly money?: boolean;
  /** Writing there reaches people outside. */
  readonly reachesPeople?: boolean;
  readonly sensitivity: 'personal' | 'financial' | 'internal' | 'public';
};

/** Vendors by package name of their SDK or by a word in their host name. */
const vendors: ReadonlyMap<string, Vendor> = new Map<string, Vendor>([
  ['stripe', { service: 'stripe', untrusted: false, money: true, sensitivity: 'financial' }],
  ['paypal', { service: 'paypal', untrusted: false, money: true, sensitivity: 'financial' }],
  ['paypalrestsdk', { service: 'paypal', untrusted: false, money: true, sensitivity: 'financial' }],
  ['braintree', { service: 'braintree', untrusted: false, money: true, sensitivity: 'financial' }],
  ['square', { service: 'square', untrusted: false, money: true, sensitivity: 'financial' }],
  ['adyen', { service: 'adyen', untrusted: false, money: true, sensitivity: 'financial' }],
  ['razorpay', { service: 'razorpay', untrusted: false, money: true, sensitivity: 'financial' }],
  ['plaid', { service: 'plaid', untrusted: false, sensitivity: 'financial' }],
  ['alpaca', { service: 'alpaca', untrusted: false, money: true, sensitivity: 'financial' }],
  ['alpaca_trade_api', { service: 'alpaca', untrusted: false, money: true, sensitivity: 'financial' }],
  ['zendesk', { service: 'zendesk', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['zenpy', { service: 'zendesk', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['freshdesk', { service: 'freshdesk', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['intercom', { service: 'intercom', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['servicenow', { service: 'servicenow', untrusted: true, sensitivity: 'internal' }],
  ['hubspot', { service: 'hubspot', untrusted: false, sensitivity: 'personal' }],
  ['hubapi', { service: 'hubspot', untrusted: false, sensitivity: 'personal' }],
  ['salesforce', { service: 'salesforce', untrusted: false, sensitivity: 'personal' }],
  ['simple_salesforce', { service: 'salesforce', untrusted: false, sensitivity: 'personal' }],
  ['pipedrive', { service: 'pipedrive', untrusted: false, sensitivity: 'personal' }],
  ['shopify', { service: 'shopify', untrusted: false, sensitivity: 'personal' }],
  ['airtable', { service: 'airtable', untrusted: false, sensitivity: 'internal' }],
  ['pyairtable', { service: 'airtable', untrusted: false, sensitivity: 'internal' }],
  ['notion', { service: 'notion', untrusted: false, sensitivity: 'internal' }],
  ['notion_client', { service: 'notion', untrusted: false, sensitivity: 'internal' }],
  ['jira', { service: 'jira', untrusted: true, sensitivity: 'internal' }],
  ['atlassian', { service: 'atlassian', untrusted: true, sensitivity: 'internal' }],
  ['github', { service: 'github', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['gitlab', { service: 'gitlab', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['linear', { service: 'linear', untrusted: true, sensitivity: 'internal' }],
  ['slack', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['slack_sdk', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['slack_bolt', { service: 'slack', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['discord', { service: 'discord', untrusted: true, reachesPeople: true, sensitivity: 'internal' }],
  ['telegram', { service: 'telegram', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['twilio', { service: 'twilio', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['tweepy', { service: 'x', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['twitter', { service: 'x', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['praw', { service: 'reddit', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['reddit', { service: 'reddit', untrusted: true, reachesPeople: true, sensitivity: 'public' }],
  ['gmail', { service: 'gmail', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['googleapiclient', { service: 'google workspace', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['msgraph', { service: 'microsoft graph', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['graph.microsoft', { service: 'microsoft graph', untrusted: true, reachesPeople: true, sensitivity: 'personal' }],
  ['boto3', { service: 'aws', untrusted: false, sensitivity: 'internal' }],
  ['google.cloud', { service: 'google cloud', untrusted: false, sensitivity: 'internal' }],
  ['azure', { service: 'azure', untrusted: false, sensitivity: 'internal' }],
  ['kubernetes', { service: 'kubernetes', untrusted: false, sensitivity: 'internal' }],
  ['supabase', { service: 'supabase', untrusted: false, sensitivity: 'internal' }],
  ['firebase_admin', { service: 'firebase', untrusted: false, sensitivity: 'internal' }],
]);

export type { Vendor };

/** Vendor of an SDK path (`stripe.Refund.create`) by its package. */
export function vendorOfPath(path: string): Vendor | null {
  const parts = path.replaceAll('()', '').split('.');
  return vendors.get(`${parts[0] ?? ''}.${parts[1] ?? ''}`) ?? vendors.get(parts[0] ?? '') ?? null;
}

/** Vendor of a host by one of its labels: `acme.zendesk.com`. */
export function vendorOfHost(host: string): Vendor | null {
  if (host.endsWith('graph.microsoft.com')) return vendors.get('graph.microsoft') ?? null;
  for (const label of host.split('.').slice(0, -1)) {
    const vendor = vendors.get(label);
    if (vendor !== undefined) return vendor;
  }
  return null;
}

const reading =
  /^(?:a?get|a?list|a?search|a?query|a?read|a?find|a?fetch|describe|retrieve|scan|head|download|lookup|conversations_history|users_list|iter|all|auto_paging_iter|count|batch_get|select)/i;
const deleting = /^(?:a?delete|remove|destroy|drop|terminate|purge|revoke|archive|empty)/i;
const writing =
  /^(?:a?create|a?insert|a?update|a?upsert|a?put|a?post|a?send|a?add|a?modify|patch|write|upload|publish|submit|start|stop|run|invoke|execute|set|merge|close|comment|reply|edit|cancel|capture|confirm|transfer|pay|chat_postmessage|files_upload|copy|attach|reboot|assign)/i;

/** Calls on an SDK are read by the verb they begin with. */
function vendorEffect(path: string): Effect | null {
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

/** What SQL text does; text that is put together at run time may do anything. */
export function sqlClasses(sql: string | null): {
  readonly classes: readonly CapabilityClass[];
  readonly because: string;
} {
  if (sql === null)
    return { classes: ['reads-private', 'writes', 'deletes'], because: 'runs SQL that is not written in the code' };
  const text = sql.replace(/--[^\n]*/g, ' ').trim();
  if (
    /^(?:select|show|explain|describe|pragma|values|table)\b/i.test(text) ||
    (/^with\b/i.test(text) && !/\b(?:insert|update|delete)\b/i.test(text))
  ) {
    return { classes: ['reads-private'], because: 'reads with SQL' };
  }
  if (/^(?:delete|drop|truncate)\b/i.test(text)) return { classes: ['deletes'], because: 'deletes with SQL' };
  if (/^(?:insert|update|merge|replace|create|alter|upsert|copy|grant|revoke|call|with)\b/i.test(text))
    return { classes: ['writes'], because: 'changes with SQL' };
  return { classes: ['reads-private', 'writes', 'deletes'], because: 'runs SQL that is not written in the code' };
}
