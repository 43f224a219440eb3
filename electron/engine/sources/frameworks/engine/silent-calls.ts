import { isBuiltin } from '../../python/lookup.ts';
import type { Language } from '../../python/summary.ts';
import type { CallValue } from '../../python/values.ts';
import { effectOf } from './effects.ts';
import { isPlainTyped } from './plain-methods.ts';
import { frameworkOf, isSilentFramework, storeKind } from './vocabulary.ts';

/**
 * Calls that have no effect outside the process, so that a body made of them and of calls with a rule counts as
 * understood. From knowledge of the standard library (Python 3.13) and of the named packages, not from a read document:
 * nothing is concluded from these tables but silence.
 */

const silentRoots =
  /^(?:json|re|math|cmath|datetime|time|calendar|random|string|collections|itertools|functools|typing|typing_extensions|types|abc|uuid|hashlib|hmac|secrets|base64|binascii|logging|structlog|loguru|enum|dataclasses|statistics|textwrap|operator|copy|decimal|fractions|zoneinfo|asyncio|contextlib|contextvars|concurrent|threading|inspect|traceback|warnings|html|email|csv|difflib|heapq|bisect|struct|zlib|unicodedata|pprint|numbers|weakref|queue|numpy|pydantic|pydantic_settings|tenacity|dotenv|tiktoken|dateutil|pytz|rich|tqdm|bs4|markdownify|jinja2|os\.(?:path|environ)|os\.(?:getenv|getcwd|getpid|cpu_count|fspath|makedirs|mkdir|urandom)|sys\.(?:exit|exc_info|getsizeof)|urllib\.parse|io\.(?:StringIO|BytesIO)|pathlib\.(?:Path|PurePath|PosixPath)|email\.)(?:\b|$)/;

const loudBuiltins = new Set(['__import__', 'breakpoint', 'compile', 'input', 'eval', 'exec', 'open']);

/** Packages with rules in `effects.ts`: making a connection or client of theirs does nothing yet. */
const ruledRoots =
  /^(?:httpx|requests|aiohttp|niquests|curl_cffi|urllib3|urllib|smtplib|aiosmtplib|imaplib|poplib|subprocess|psycopg|psycopg2|psycopg_pool|sqlite3|aiosqlite|pymysql|MySQLdb|mysql|asyncpg|pyodbc|oracledb|cx_Oracle|snowflake|duckdb|sqlalchemy|databases|clickhouse_connect|clickhouse_driver|pymongo|motor|redis|neo4j|playwright|selenium|tavily|exa_py|serpapi|duckduckgo_search|ddgs|googlesearch|firecrawl|wikipedia|arxiv|paramiko|docker|socket|websockets|pandas|stripe|boto3|slack_sdk|github|hubspot|notion_client|simple_salesforce|twilio|sendgrid|googleapiclient|google)\b/;
const preparing =
  /\.(?:[A-Z]\w*|connect|client|resource|session|create_engine|sessionmaker|build|from_url|from_env|from_uri|from_conn_string|cursor|commit|rollback|close|aclose|begin|login|starttls|quit|ehlo|settimeout|set_\w+|setup)$/;

/** Methods of texts, lists and dictionaries whose names nothing with an effect shares. */
const plainMethods = new Set(
  `append extend strip lstrip rstrip split rsplit splitlines join lower upper title capitalize casefold startswith endswith
  isdigit isalpha isnumeric isspace items keys values setdefault sort zfill ljust rjust isoformat strftime strptime timestamp
  total_seconds model_dump model_dump_json model_validate model_copy model_json_schema encode decode partition rpartition
  groupby iterrows tolist to_dict to_string debug info warning exception raise_for_status fetchone fetchall fetchmany
  group groups __enter__ __exit__ __init__ as_retriever with_structured_output`.split(/\s+/),
);

/** The same of ECMAScript. */
const plainMethodsOfEcmascript = new Set(
  `push unshift concat slice splice map filter reduce forEach some every find findIndex findLast includes indexOf lastIndexOf flat
  flatMap reverse toSorted toReversed fill entries trim trimStart trimEnd toLowerCase toUpperCase startsWith endsWith padStart
  padEnd charAt charCodeAt codePointAt substring substr localeCompare normalize match matchAll test toFixed toString toISOString
  toLocaleString toLocaleDateString toLocaleTimeString getTime getFullYear getMonth getDate getHours toJSON valueOf hasOwnProperty
  has then catch finally abort signal resolve reject bind at json text arrayBuffer blob formData clone getReader describe optional
  default safeParse parseAsync getAgent getLogger asRetriever withStructuredOutput debug warn log`.split(/\s+/),
);

const isPlain = (method: string, language: Language): boolean =>
  plainMethods.has(method) ||
  (language === 'ecmascript' && plainMethodsOfEcmascript.has(method)) ||
  (language !== 'python' && language !== 'ecmascript' && isPlainTyped(method));

/** A name that nothing defines (the variable of a comprehension, say) looks like a builtin. */
export function isUndefinedName(path: string): boolean {
  const name = /^builtins\.(\w+)/.exec(path)?.[1];
  return name !== undefined && !isBuiltin(name);
}

/** Of a call whose origin is a library or builtin; `path` as `originPath` gives it. */
export function isSilentPath(path: string, language: Language): boolean {
  const builtin = /^builtins\.(\w+)/.exec(path)?.[1];
  if (builtin !== undefined) {
    if (builtin === 'open') return path !== 'builtins.open';
    return isBuiltin(builtin) && !loudBuiltins.has(builtin);
  }
  // Requests are built step by step and do nothing until they are run.
  if (path.startsWith('googleapiclient.')) return !path.endsWith('.execute');
  if (silentRoots.test(path) || isSilentFramework(path)) return true;
  if (ruledRoots.test(path) && preparing.test(path)) return true;
  if (storeKind(path.replaceAll('()', '')) !== null) return !path.includes('tools');
  if (frameworkOf(path) !== null && /^langchain(?:_classic)?\./.test(path)) return !path.includes('tools');
  return isMethodOfResult(path, language);
}

/** `httpx.get().json`: what an understood call gave back is read, unless a rule says that more happens. */
function isMethodOfResult(path: string, language: Language): boolean {
  for (let at = path.indexOf('()'); at >= 0 && at < path.length - 2; at = path.indexOf('()', at + 2)) {
    if (effectOf(path.slice(0, at)) !== null) return true;
  }
  return isPlain(path.slice(path.lastIndexOf('.') + 1), language);
}

/** Of a call whose origin is not known: data of the project, and methods that only data has. */
export function isSilentValue({ callee, call, scope }: CallValue): boolean {
  if (callee.kind === 'constant' || callee.kind === 'lambda') return true;
  // What a function is given to tell its result with.
  if (callee.kind === 'dynamic' && call.callee.kind === 'name' && /^(?:resolve|reject|next|done)$/.test(call.callee.id))
    return true;
  const method = callee.kind === 'member' ? callee.name : call.callee.kind === 'attribute' ? call.callee.name : null;
  if (method === null) return false;
  if (isPlain(method, scope.module.content.language)) return true;
  const [first] = call.args;
  // `.get("name")` asks a dictionary; an HTTP client is given an address.
  if (method === 'get' && first?.kind === 'text' && /^\w+$/.test(first.value)) return true;
  if (method === 'replace' && call.args.length === 2) return true;
  if (callee.kind !== 'member') return false;
  switch (callee.of.kind) {
    case 'text':
    case 'template':
    case 'list':
    case 'dict':
    case 'constant':
    case 'environment':
    case 'path':
      return true;
    default:
      return false;
  }
}
