/** Words that, standing last in a name, say that the value is a secret. */
const secretWords = new Set([
  'key',
  'apikey',
  'token',
  'secret',
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'pass',
  'credential',
  'credentials',
  'creds',
  'pat',
  'dsn',
  'jwt',
  'bearer',
  'apitoken',
  'authtoken',
  'accesstoken',
  'secretkey',
  'privatekey',
  'accesskey',
  'clientsecret',
  'webhook',
  'kubeconfig',
  'authorization',
  'cookie',
  'auth',
]);
/** `PUBLIC_KEY`, `MAX_TOKEN`, `CACHE_KEY`: the word before takes the meaning away. */
const harmlessBefore = new Set([
  'public',
  'primary',
  'cache',
  'sort',
  'partition',
  'foreign',
  'max',
  'min',
  'hot',
  'shortcut',
  'no',
  'with',
  'enable',
  'disable',
  'use',
  'routing',
  'idempotency',
]);
/** Said after the word that matters. */
const trailing = new Set(['value', 'base64', 'b64', 'prod', 'dev', 'staging', 'test', 'main', 'default']);
const addressWords = new Set(['url', 'uri', 'string', 'connection', 'conn']);
const storeWords = new Set([
  'database',
  'db',
  'postgres',
  'postgresql',
  'pg',
  'mysql',
  'mariadb',
  'mongo',
  'mongodb',
  'redis',
  'rabbitmq',
  'amqp',
  'jdbc',
  'webhook',
  'connection',
  'neo4j',
  'clickhouse',
]);

/**
 * Whether the name of a variable, header, field or flag says that its value is a secret: `STRIPE_API_KEY`,
 * `Authorization`, `--access-token`, `DATABASE_URL`; not `MAX_TOKENS`, `PUBLIC_KEY`, `TOKEN_LIMIT`.
 */
export function isCredentialName(name: string): boolean {
  if (name.length === 0 || name.length > 200) return false;
  // .NET: `ConnectionStrings:Orders`, as a variable `ConnectionStrings__Orders`.
  if (/^ConnectionStrings(?::|__)\w/i.test(name)) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  while (words.length > 1 && (trailing.has(words.at(-1) ?? '') || /^(?:v?\d+)$/.test(words.at(-1) ?? ''))) words.pop();
  const last = words.at(-1);
  if (last === undefined) return false;
  const before = words.at(-2);
  if (last === 'id' && before === 'key' && words.at(-3) === 'access') return true;
  if (last === 'json' && before === 'account') return true;
  if (secretWords.has(last)) return before === undefined ? last !== 'auth' : !harmlessBefore.has(before);
  return addressWords.has(last) && words.slice(0, -1).some((word) => storeWords.has(word));
}
