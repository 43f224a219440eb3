import type { CapabilityClass, Confidence } from '../../../../shared/kinds.ts';
import type { GuessedCapability } from '../../../../shared/model/tool-lists.ts';

type Rule = { readonly class: CapabilityClass; readonly words: ReadonlySet<string> };
const rule = (name: CapabilityClass, ...words: readonly string[]): Rule => ({ class: name, words: new Set(words) });

/** Verbs and nouns in names of tools. What a tool is called says what its maker wants it taken for, and no more. */
const rules: readonly Rule[] = [
  rule(
    'deletes',
    'delete',
    'remove',
    'drop',
    'destroy',
    'purge',
    'erase',
    'truncate',
    'wipe',
    'terminate',
    'uninstall',
  ),
  rule(
    'writes',
    ...['create', 'update', 'write', 'edit', 'insert', 'upsert', 'patch', 'merge', 'commit', 'push', 'save', 'append'],
    ...['rename', 'move', 'upload', 'modify', 'replace', 'assign', 'close', 'apply', 'deploy', 'install', 'put'],
  ),
  rule(
    'sends-outside',
    'send',
    'post',
    'email',
    'mail',
    'publish',
    'notify',
    'share',
    'tweet',
    'reply',
    'webhook',
    'sms',
  ),
  rule('executes-code', 'exec', 'execute', 'run', 'shell', 'bash', 'eval', 'script', 'command', 'terminal', 'evaluate'),
  rule('reads-untrusted', 'fetch', 'browse', 'scrape', 'crawl', 'navigate', 'web', 'url', 'http', 'browser'),
  rule('spends-money', 'pay', 'payment', 'charge', 'refund', 'purchase', 'checkout', 'invoice', 'payout', 'buy'),
  rule('delegates', 'delegate', 'subagent', 'handoff', 'spawn'),
];
const readVerbs = new Set(['read', 'get', 'list', 'search', 'query', 'find', 'show', 'download', 'export', 'select']);
const privateNouns = new Set([
  ...['file', 'files', 'directory', 'email', 'emails', 'mail', 'message', 'messages', 'customer', 'customers', 'user'],
  ...[
    'users',
    'contact',
    'contacts',
    'document',
    'documents',
    'database',
    'table',
    'tables',
    'sql',
    'secret',
    'secrets',
  ],
  ...['calendar', 'memory', 'records', 'note', 'notes', 'ticket', 'tickets', 'account', 'accounts', 'page', 'pages'],
]);

const wordsOf = (name: string): readonly string[] =>
  name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);

/** Classes that the name and the hints of a tool suggest, each with its reason. */
export function guessedCapabilities(
  name: string,
  annotations: Readonly<Record<string, boolean | string>> | null,
): readonly GuessedCapability[] {
  const found = new Map<CapabilityClass, GuessedCapability>();
  const add = (
    one: CapabilityClass,
    from: GuessedCapability['from'],
    because: string,
    confidence: Confidence,
  ): void => {
    if (!found.has(one)) found.set(one, { class: one, because, from, guess: true, confidence });
  };
  if (annotations?.['destructiveHint'] === true && annotations['readOnlyHint'] !== true)
    add('deletes', 'annotation', 'destructiveHint: true', 'medium');
  if (annotations?.['readOnlyHint'] === false) add('writes', 'annotation', 'readOnlyHint: false', 'medium');
  if (annotations?.['openWorldHint'] === true) add('reads-untrusted', 'annotation', 'openWorldHint: true', 'low');
  const words = wordsOf(name);
  for (const one of rules) {
    const word = words.find((each) => one.words.has(each));
    if (word !== undefined) add(one.class, 'name', `"${word}" in its name`, 'low');
  }
  const verb = words.find((word) => readVerbs.has(word));
  const noun = words.find((word) => privateNouns.has(word));
  if (verb !== undefined && noun !== undefined)
    add('reads-private', 'name', `"${verb}" and "${noun}" in its name`, 'low');
  return [...found.values()];
}
