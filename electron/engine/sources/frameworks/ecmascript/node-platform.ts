import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import type { EffectChannel, EffectRule, Framework, StoreKind } from '../framework.ts';

/**
 * What calls of Node and of well-known packages do. No framework of agents: its table only tells effects. From knowledge
 * of Node 24 and of the packages, not from a read document; high confidence where the call itself is for it.
 */

const rule = (
  path: RegExp,
  classes: readonly CapabilityClass[],
  because: string,
  channel?: EffectChannel,
  service?: string,
): EffectRule => ({
  path,
  classes,
  because,
  ...(channel === undefined ? {} : { channel }),
  ...(service === undefined ? {} : { service }),
});
const sure = (...given: Parameters<typeof rule>): EffectRule => ({ ...rule(...given), confidence: 'high' });

const fs = String.raw`^(?:fs|fs\/promises|fs\.promises|fs-extra|graceful-fs|builtins\.Bun)`;
const web = `^(?:axios|got|ky|superagent|needle|undici|node-fetch|cross-fetch|ofetch|builtins)`;

const code: readonly EffectRule[] = [
  sure(
    /^child_process\.(?:exec|execSync|execFile|execFileSync|spawn|spawnSync|fork)$|^util\.promisify\(\)$/,
    ['executes-code'],
    'starts a process',
  ),
  sure(
    /^(?:execa|execa\.(?:execa|execaSync|execaCommand|execaCommandSync|command|\$)|zx\.\$|tinyexec\.(?:x|exec)|shelljs\.exec|cross-spawn|node-pty\.spawn|builtins\.Bun\.(?:spawn|spawnSync|\$)|builtins\.Deno\.(?:Command|run))$/,
    ['executes-code'],
    'starts a process',
  ),
  sure(
    /^builtins\.(?:eval|Function)$|^vm\.(?:runInNewContext|runInThisContext|runInContext|Script|compileFunction)$|^(?:vm2\.(?:VM|NodeVM)\(\)\.run|isolated-vm\..*\.(?:eval|run))$/,
    ['executes-code'],
    'runs text as code',
  ),
  rule(
    /^(?:@e2b\/code-interpreter|@e2b\/sdk|e2b)\..*\.(?:runCode|run|exec|start)$/,
    ['executes-code'],
    'runs code in a sandbox',
  ),
  rule(
    /^@daytonaio\/sdk\..*\.(?:executeCommand|codeRun)$|^@vercel\/sandbox\..*\.runCommand$|^modal\..*\.exec$/,
    ['executes-code'],
    'runs code in a sandbox',
  ),
  rule(
    /^(?:ssh2|node-ssh)\..*\.(?:exec|execCommand|shell)$/,
    ['executes-code', 'sends-outside'],
    'runs a command on another machine',
  ),
  rule(/^dockerode(?:\.\w+)?\(\).*\.(?:run|exec|start)$/, ['executes-code'], 'runs a container'),
];

const files: readonly EffectRule[] = [
  sure(
    new RegExp(
      String.raw`${fs}\.(?:readFile|readFileSync|createReadStream|readJson|readJSON|readJsonSync|file|openAsBlob)$`,
    ),
    ['reads-private'],
    'reads a file',
    'file-path',
  ),
  sure(
    new RegExp(
      String.raw`${fs}\.(?:writeFile|writeFileSync|appendFile|appendFileSync|createWriteStream|write|outputFile|outputFileSync|outputJson|writeJson|writeJSON|writeJsonSync|copyFile|copyFileSync|copy|copySync|cp|cpSync|rename|renameSync|move|truncate|symlink|link|chmod|chmodSync)$`,
    ),
    ['writes'],
    'writes a file',
    'file-path',
  ),
  sure(
    new RegExp(
      String.raw`${fs}\.(?:unlink|unlinkSync|rm|rmSync|rmdir|rmdirSync|remove|removeSync|emptyDir)$|^rimraf(?:\.\w+)?$|^del(?:\.\w+)?$`,
    ),
    ['deletes'],
    'deletes files',
    'file-path',
  ),
  sure(
    new RegExp(
      String.raw`${fs}\.(?:readdir|readdirSync|opendir|glob|globSync)$|^(?:glob|fast-glob|globby|tinyglobby)(?:\.\w+)?$`,
    ),
    ['reads-private'],
    'lists files',
    'file-path',
  ),
  sure(/^builtins\.Deno\.(?:readTextFile|readFile)(?:Sync)?$/, ['reads-private'], 'reads a file', 'file-path'),
  sure(new RegExp(String.raw`${fs}\.(?:promises\.)?(?:open|openSync)$`), [], 'opens a file', 'file-open'),
  sure(
    new RegExp(String.raw`${fs}\.(?:promises\.)?(?:mkdir|mkdirSync|ensureDir|ensureDirSync)$`),
    ['writes'],
    'makes a folder',
    'file-path',
  ),
  sure(/^builtins\.Deno\.(?:writeTextFile|writeFile)(?:Sync)?$/, ['writes'], 'writes a file', 'file-path'),
  sure(/^builtins\.Deno\.remove(?:Sync)?$/, ['deletes'], 'deletes files', 'file-path'),
];

const network: readonly EffectRule[] = [
  sure(
    /^(?:builtins\.(?:globalThis\.|window\.)?fetch|node-fetch|cross-fetch|cross-fetch\.fetch|undici\.(?:fetch|request|stream)|ofetch\.(?:ofetch|\$fetch)|axios|axios\.request|axios\.create\(\)(?:\.request)?|got|ky|https?\.request|needle|@tauri-apps\/plugin-http\.fetch)$/,
    [],
    'speaks to a web address',
    'fetch',
  ),
  sure(
    new RegExp(
      String.raw`${web}(?:\.(?:create|extend)\(\)|\.axios(?:\.create\(\))?|\.default)?\.(?:get|head|options)$|^https?\.get$`,
    ),
    [],
    'reads from a web address',
    'http',
  ),
  sure(
    new RegExp(
      String.raw`${web}(?:\.(?:create|extend)\(\)|\.axios(?:\.create\(\))?)?\.(?:post|put|patch|postForm|putForm)$`,
    ),
    ['sends-outside', 'writes'],
    'sends to a web address',
    'http',
  ),
  sure(
    new RegExp(String.raw`${web}(?:\.(?:create|extend)\(\)|\.axios(?:\.create\(\))?)?\.(?:delete|del)$`),
    ['deletes', 'sends-outside'],
    'deletes at a web address',
    'http',
  ),
  sure(
    /^(?:builtins\.WebSocket|ws(?:\.WebSocket)?)\(\)\.send$|^net\.(?:connect|createConnection)$|^dgram\.createSocket\(\)\.send$|^socket_io-client\.io\(\)\.emit$/,
    ['sends-outside'],
    'sends over a socket',
  ),
  rule(
    /^(?:@tavily\/core|exa-js|serpapi|@mendable\/firecrawl-js|firecrawl|google-sr|duck-duck-scrape|@agentic\/\w+|googlethis|metaphor-node|linkup-sdk|@perplexity-ai\/\S+|jina-ai\S*)\b.*\.(?:search\w*|extract|crawl\w*|scrape\w*|map\w*|getContents|findSimilar|getJson|answer|json)$|^(?:serpapi|duck-duck-scrape|google-sr)\.\w+$/,
    ['reads-untrusted', 'sends-outside'],
    'searches the web',
    'sdk',
    'web search',
  ),
  rule(
    /^(?:playwright|playwright-core|@playwright\/test|puppeteer|puppeteer-core|@browserbasehq\/stagehand|patchright)\b.*\.(?:goto|navigate|extract|observe|content|innerText|textContent|evaluate|\$eval|\$\$eval|screenshot)$/,
    ['reads-untrusted', 'sends-outside'],
    'opens web pages in a browser',
    'http',
  ),
  rule(
    /^(?:playwright|playwright-core|@playwright\/test|puppeteer|puppeteer-core|@browserbasehq\/stagehand|patchright)\b.*\.(?:click|fill|type|press|selectOption|check|submit|act|setInputFiles|dragAndDrop|tap)$/,
    ['writes', 'sends-outside'],
    'acts on web pages',
  ),
  rule(
    /^(?:rss-parser|@extractus\/\w+(?:-\w+)*|article-extractor|youtube-transcript|@postlight\/parser|metascraper|open-graph-scraper)\b.*$/,
    ['reads-untrusted', 'sends-outside'],
    'reads web pages',
    'http',
  ),
];

const databases: readonly EffectRule[] = [
  // The statement has been looked at where it was prepared.
  rule(/\.prepare\(\)(?:\.\w+\(\))?\.(?:all|get|run|each|iterate|raw|pluck|values|first)$/, [], 'runs SQL'),
  sure(
    /^(?:pg|mysql2(?:\/promise)?|mysql|better-sqlite3|sqlite3|sqlite|@libsql\/client|@neondatabase\/serverless|@vercel\/postgres|@planetscale\/database|postgres|slonik|mssql|oracledb|snowflake-sdk|@google-cloud\/bigquery|duckdb|duckdb-async|@duckdb\/node-api|@clickhouse\/client|sqlite:sqlite|bun:sqlite|knex|typeorm|sequelize|pg-promise|@databases\/\w+|trino-client)\b.*\.(?:query|execute|exec|run|all|get|each|prepare|raw|batch|unsafe|any|many|one|oneOrNone|none|multi|result|manyOrNone|executeMultiple|createQueryJob|runAndReadAll|insert|command)$/,
    [],
    'runs SQL',
    'sql',
  ),
  sure(
    /^(?:postgres\(\)|@vercel\/postgres\.sql|@neondatabase\/serverless\.neon\(\)|slonik\.sql\.\w+|bun\.sql)$/,
    [],
    'runs SQL',
    'sql',
  ),
  rule(/\$(?:queryRaw|queryRawUnsafe|executeRaw|executeRawUnsafe)$/, [], 'runs SQL', 'sql'),
  rule(
    /^(?:@prisma\/client|\S*generated\/prisma\S*)\.\w+\(\)(?:\.\$extends\(\))?\.\w+\.(?:find\w+|count|aggregate|groupBy)$/,
    ['reads-private'],
    'reads a database',
    'database',
    'prisma',
  ),
  rule(
    /^(?:@prisma\/client|\S*generated\/prisma\S*)\.\w+\(\)(?:\.\$extends\(\))?\.\w+\.(?:create\w*|update\w*|upsert)$/,
    ['writes'],
    'changes a database',
    'database',
    'prisma',
  ),
  rule(
    /^(?:@prisma\/client|\S*generated\/prisma\S*)\.\w+\(\)(?:\.\$extends\(\))?\.\w+\.delete\w*$/,
    ['deletes'],
    'deletes from a database',
    'database',
    'prisma',
  ),
  rule(
    /^drizzle-orm\/[\w/-]+\.drizzle\(\)(?:\.query\.\w+\.find\w+|\.select\w*|\.\$count)$/,
    ['reads-private'],
    'reads a database',
    'database',
    'drizzle',
  ),
  rule(
    /^drizzle-orm\/[\w/-]+\.drizzle\(\)\.(?:insert|update)$/,
    ['writes'],
    'changes a database',
    'database',
    'drizzle',
  ),
  rule(/^drizzle-orm\/[\w/-]+\.drizzle\(\)\.delete$/, ['deletes'], 'deletes from a database', 'database', 'drizzle'),
  rule(/^drizzle-orm\/[\w/-]+\.drizzle\(\)\.(?:execute|run|all|get)$/, [], 'runs SQL', 'sql'),
  rule(
    /^(?:knex|kysely)\b.*\.(?:select|first|pluck|where|selectFrom)$|^knex\(\)\(\)$/,
    ['reads-private'],
    'reads a database',
    'database',
    'sql',
  ),
  rule(
    /^(?:knex|kysely)\b.*\.(?:insertInto|updateTable|update|insert)$/,
    ['writes'],
    'changes a database',
    'database',
    'sql',
  ),
  rule(
    /^(?:knex|kysely)\b.*\.(?:deleteFrom|del|delete|truncate)$/,
    ['deletes'],
    'deletes from a database',
    'database',
    'sql',
  ),
  rule(
    /^(?:mongodb|mongoose)\b.*\.(?:find\w*|aggregate|countDocuments|distinct|exists)$/,
    ['reads-private'],
    'reads a database',
    'database',
    'mongodb',
  ),
  rule(
    /^(?:mongodb|mongoose)\b.*\.(?:insert\w*|update\w*|replaceOne|bulkWrite|findOneAndUpdate|create|save)$/,
    ['writes'],
    'changes a database',
    'database',
    'mongodb',
  ),
  rule(
    /^(?:mongodb|mongoose)\b.*\.(?:delete\w*|drop\w*|findOneAndDelete|remove)$/,
    ['deletes'],
    'deletes from a database',
    'database',
    'mongodb',
  ),
  rule(
    /^(?:ioredis|redis|@upstash\/redis|@vercel\/kv)\b.*\.(?:get|hget|hgetall|hGetAll|mget|mGet|lrange|lRange|smembers|sMembers|keys|scan|exists|zrange)$/,
    ['reads-private'],
    'reads a database',
    'database',
    'redis',
  ),
  rule(
    /^(?:ioredis|redis|@upstash\/redis|@vercel\/kv)\b.*\.(?:set|hset|hSet|setex|setEx|lpush|lPush|rpush|rPush|sadd|sAdd|publish|incr|expire|zadd|xadd)$/,
    ['writes'],
    'changes a database',
    'database',
    'redis',
  ),
  rule(
    /^(?:ioredis|redis|@upstash\/redis|@vercel\/kv)\b.*\.(?:del|unlink|flushdb|flushall|hdel)$/,
    ['deletes'],
    'deletes from a database',
    'database',
    'redis',
  ),
  rule(
    /^neo4j-driver\b.*\.(?:run|executeQuery|executeWrite|executeRead)$/,
    ['reads-private', 'writes'],
    'runs a graph query',
    'database',
    'neo4j',
  ),
  rule(
    /^@supabase\/supabase-js\.createClient\(\)(?:\.schema\(\))?\.from\(\)(?:\.\w+\(\))*\.(?:select)$/,
    ['reads-private'],
    'reads a database',
    'database',
    'supabase',
  ),
  rule(
    /^@supabase\/(?:supabase-js|ssr)\.create\w+\(\)(?:\.schema\(\))?\.from\(\)(?:\.\w+\(\))*\.(?:insert|update|upsert)$/,
    ['writes'],
    'changes a database',
    'database',
    'supabase',
  ),
  rule(
    /^@supabase\/(?:supabase-js|ssr)\.create\w+\(\)(?:\.schema\(\))?\.from\(\)(?:\.\w+\(\))*\.delete$/,
    ['deletes'],
    'deletes from a database',
    'database',
    'supabase',
  ),
  rule(
    /^@supabase\/(?:supabase-js|ssr)\.create\w+\(\)\.rpc$/,
    ['reads-private', 'writes'],
    'runs a function of a database',
    'database',
    'supabase',
  ),
  rule(
    /^(?:firebase-admin|firebase)(?:\/\S+)?\b.*\.(?:get|getDoc|getDocs|once)$/,
    ['reads-private'],
    'reads a database',
    'database',
    'firebase',
  ),
  rule(
    /^(?:firebase-admin|firebase)(?:\/\S+)?\b.*\.(?:set|add|update|setDoc|addDoc|updateDoc)$/,
    ['writes'],
    'changes a database',
    'database',
    'firebase',
  ),
  rule(
    /^(?:@pinecone-database\/pinecone|@qdrant\/js-client-rest|weaviate-client|chromadb|@zilliz\/milvus2-sdk-node|@lancedb\/lancedb|@upstash\/vector|@elastic\/elasticsearch|@opensearch-project\/opensearch|meilisearch|typesense|mem0ai|@getzep\/\S+)\b.*\.(?:query\w*|search\w*|fetch|get\w*|retrieve|list\w*)$/,
    ['reads-private'],
    'searches stored documents',
    'database',
    'vector store',
  ),
  rule(
    /^(?:@pinecone-database\/pinecone|@qdrant\/js-client-rest|weaviate-client|chromadb|@zilliz\/milvus2-sdk-node|@lancedb\/lancedb|@upstash\/vector|@elastic\/elasticsearch|@opensearch-project\/opensearch|meilisearch|typesense|mem0ai|@getzep\/\S+)\b.*\.(?:upsert\w*|add\w*|insert\w*|index|bulk|update\w*)$/,
    ['writes'],
    'adds to stored documents',
    'database',
    'vector store',
  ),
  rule(
    /^(?:@pinecone-database\/pinecone|@qdrant\/js-client-rest|weaviate-client|chromadb|@zilliz\/milvus2-sdk-node|@lancedb\/lancedb|@upstash\/vector|@elastic\/elasticsearch|@opensearch-project\/opensearch|meilisearch|typesense|mem0ai|@getzep\/\S+)\b.*\.delete\w*$/,
    ['deletes'],
    'deletes stored documents',
    'database',
    'vector store',
  ),
];

const services: readonly EffectRule[] = [
  sure(
    /^nodemailer\.createTransport\(\)\.sendMail$|^resend\.Resend\(\)\.emails\.(?:send|create)$|^@sendgrid\/mail\.(?:send|sendMultiple)$|^postmark\.\w+\(\)\.send\w*$|^mailgun_js\b.*\.create$|^@aws-sdk\/client-ses(?:v2)?\.Send\w*EmailCommand$|^@mailchimp\/\S+\.send$|^(?:plunk|loops|brevo|@getbrevo\/brevo)\b.*\.send\w*$/,
    ['sends-outside', 'writes'],
    'sends mail',
    'mail',
  ),
  rule(
    /^@aws-sdk\/(?:client|lib)-[\w-]+\.(?:Get|List|Describe|Head|Search|Query|Scan|BatchGet|Retrieve|Select|Lookup)\w*Command$/,
    ['reads-private'],
    'reads from AWS',
    'sdk',
    'aws',
  ),
  rule(
    /^@aws-sdk\/(?:client|lib)-[\w-]+\.(?:Delete|Remove|Terminate|Purge|Deregister|BatchDelete)\w*Command$/,
    ['deletes'],
    'deletes at AWS',
    'sdk',
    'aws',
  ),
  rule(
    /^@aws-sdk\/(?:client|lib)-[\w-]+\.(?!Invoke(?:Model|Agent)|Converse)\w+Command$/,
    ['writes'],
    'changes something at AWS',
    'sdk',
    'aws',
  ),
  rule(
    /^imapflow\..*\.(?:fetch\w*|search|download)$|^imap\..*\.(?:fetch|search)$/,
    ['reads-untrusted', 'reads-private'],
    'reads mail',
  ),
];

/** Globals and packages that do nothing outside of the process. */
const silent =
  /^(?:builtins\.(?:console|JSON|Math|Object|Array|Date|Promise|String|Number|Boolean|Symbol|RegExp|Map|Set|WeakMap|WeakSet|BigInt|Error|TypeError|RangeError|AggregateError|URL|URLSearchParams|Buffer|Uint8Array|Float32Array|ArrayBuffer|TextEncoder|TextDecoder|Intl|Reflect|Proxy|AbortController|AbortSignal|Headers|FormData|Blob|File|Response|Request|ReadableStream|TransformStream|WritableStream|crypto|performance|structuredClone|parseInt|parseFloat|isNaN|isFinite|encodeURIComponent|decodeURIComponent|encodeURI|decodeURI|btoa|atob|setTimeout|clearTimeout|setInterval|clearInterval|setImmediate|queueMicrotask|process|super|Event|EventTarget|globalThis|require|import)|zod(?:-to-json-schema|-validation-error)?|zod\/\w+|valibot|yup|joi|ajv\S*|@sinclair\/typebox|@hono\/zod-\S+|superjson|path(?:\/\w+)?|url|util|crypto|events|assert|os|buffer|string_decoder|querystring|readline(?:\/promises)?|timers\/promises|perf_hooks|async_hooks|stream(?:\/\w+)?|uuid|nanoid|cuid\S*|ulid\S*|date-fns\S*|dayjs\S*|luxon|moment\S*|ms|lodash\S*|ramda|remeda|radash|es-toolkit\S*|immer|neverthrow|fp-ts\S*|effect|pino\S*|winston\S*|consola|loglevel|debug|chalk|picocolors|kleur|ora|boxen|figlet|cli-\w+|commander|yargs\S*|inquirer|@inquirer\/\w+|prompts|@clack\/\w+|dotenv\S*|@t3-oss\/\S+|envalid|p-limit|p-retry|p-queue|p-map|async-retry|bottleneck|lru-cache|eventemitter3|rxjs\S*|cheerio|jsdom|marked|remark\S*|rehype\S*|unified|turndown|gray-matter|yaml|js-yaml|csv-\S+|papaparse|xml2js|fast-xml-parser|he|entities|slugify|semver|mime\S*|js-tiktoken|tiktoken|gpt-tokenizer|gpt-3-encoder|react\S*|next(?:\/(?:server|headers|cache|navigation))?|@nestjs\/common|hono(?:\/\S+)?|express|cors|body-parser|@opentelemetry\/\S+|@sentry\/\S+|posthog-node|langfuse\S*|reflect-metadata|class-validator|class-transformer|tslib|server-only|drizzle-orm(?:\/[\w/-]+)?\.\w+$|vitest|@jest\/globals|node:test|mocha|chai|sinon)(?:[./(]|$)|^(?:fs|fs\/promises|fs\.promises|fs-extra|graceful-fs)\.(?:promises\.)?(?:stat|statSync|lstat|lstatSync|realpath|realpathSync|exists|existsSync|pathExists|access|accessSync|mkdtemp|mkdtempSync|watch|close|closeSync)$/;

/** Making a client does nothing yet. */
const clients =
  /^(?:pg|mysql2(?:\/promise)?|better-sqlite3|sqlite3|@libsql\/client|@neondatabase\/serverless|postgres|mongodb|mongoose|ioredis|redis|@upstash\/\w+|neo4j-driver|@supabase\/[\w-]+|firebase-admin(?:\/\w+)?|@pinecone-database\/pinecone|@qdrant\/js-client-rest|weaviate-client|chromadb|@elastic\/elasticsearch|exa-js|@tavily\/core|@mendable\/firecrawl-js|serpapi|stripe|googleapis|octokit|@octokit\/\w+|@slack\/[\w-]+|@notionhq\/client|@linear\/sdk|twilio|nodemailer|resend|@sendgrid\/mail|openai|@anthropic-ai\/sdk|@google\/genai|groq-sdk|@aws-sdk\/[\w-]+|@prisma\/client|knex|kysely|@googleapis\/\w+|google-auth-library|@azure\/[\w-]+|@google-cloud\/[\w-]+)(?:\.(?:[A-Z]\w*|create\w*|connect|auth\.\w+|google\.\w+))?$/;

function stores(path: string): StoreKind | null {
  if (
    /^@(?:pinecone-database\/pinecone\.Pinecone|qdrant\/js-client-rest\.QdrantClient|zilliz\/milvus2-sdk-node\.MilvusClient|upstash\/vector\.Index)$|^(?:chromadb\.(?:Chroma|Cloud)Client)$/.test(
      path,
    )
  )
    return 'vector';
  return null;
}

export const nodePlatform: Framework = {
  id: 'node',
  title: 'Node.js and packages',
  language: 'javascript',
  roots: /^$/,
  keywords: [],
  effects: [...code, ...files, ...databases, ...services, ...network],
  silent: new RegExp(`${silent.source}|${clients.source}`),
  stores,
};
