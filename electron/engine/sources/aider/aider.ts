import type { Host } from '../host/host-agent.ts';
import { type HostProduct, hostModel, structuredSource } from '../host/structured-source.ts';
import { secretSetting } from '../host/secret-settings.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { entriesOf, entryOf, linedTexts, textOf } from '../parse/node.ts';
import { classifyValue, maskText } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';

export const aider: Host = {
  id: 'aider',
  title: 'Aider',
  transcripts: [
    { place: '**/.aider.chat.history.md', confidence: 'high' },
    { place: '**/.aider.input.history', confidence: 'high' },
    { place: '**/.aider.llm.history', confidence: 'medium' },
  ],
};
const product: HostProduct = { product: 'aider', productTitle: 'Aider', host: aider };

/** What decides whether Aider asks, and what it runs by itself. Aider documentation, "Options reference". */
const modeKeys = [
  'yes-always',
  'yes',
  'auto-commits',
  'auto-lint',
  'auto-test',
  'auto-accept-architect',
  'suggest-shell-commands',
  'dry-run',
  'git-commit-verify',
  'watch-files',
  'detect-urls',
  'edit-format',
  'architect',
  'disable-playwright',
] as const;
const plainKeys = [
  'openai-api-base',
  'openai-api-type',
  'verify-ssl',
  'analytics',
  'chat-history-file',
  'input-history-file',
  'llm-history-file',
  'subtree-only',
  'gitignore',
  'env-file',
  'load',
  'file',
] as const;

/** `.aider.conf.yml` of home, git root and working folder; the later one wins. No MCP. */
export const aiderConfig: FileSource = structuredSource(
  product,
  {
    id: 'aider/config',
    title: 'Aider configuration',
    format: 'yaml',
    locations: [
      { scope: 'user', base: 'home', path: '.aider.conf.yml', confidence: 'high' },
      { scope: 'project', base: 'project', path: '.aider.conf.yml', confidence: 'high' },
      { scope: 'project', base: 'project', path: '.aider.conf.yaml', confidence: 'low' },
    ],
    emits: ['model', 'credential'],
  },
  (open) => {
    const { facts, root } = open;
    for (const key of modeKeys) facts.value('modes', key, entryOf(root, key));
    for (const key of plainKeys) facts.value('settings', key, entryOf(root, key));
    for (const key of ['lint-cmd', 'test-cmd', 'notifications-command', 'editor'])
      for (const item of linedTexts(entryOf(root, key)?.node))
        if (item.text !== '') facts.located('helpers', item, { key, command: maskText(item.text) });
    for (const item of linedTexts(entryOf(root, 'read')?.node))
      facts.located('contextFiles', item, { path: maskText(item.text) });
    hostModel(open, entryOf(root, 'model'), 'main');
    hostModel(open, entryOf(root, 'editor-model'), 'editor');
    hostModel(open, entryOf(root, 'weak-model'), 'weak');
    for (const entry of entriesOf(root))
      if (isCredentialName(entry.key) && textOf(entry.node) !== undefined) secretSetting(facts, entry.key, entry);
    for (const key of ['api-key', 'set-env'])
      for (const item of linedTexts(entryOf(root, key)?.node)) {
        const equals = item.text.indexOf('=');
        const left = item.text.slice(0, equals).trim();
        if (equals < 1 || !/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/.test(left)) continue;
        const name = key === 'api-key' ? `${left.toUpperCase().replaceAll('-', '_')}_API_KEY` : left;
        const judged = classifyValue(name, item.text.slice(equals + 1));
        facts.located('environment', item, { name, form: judged.kind });
        if (judged.kind === 'literal-secret') {
          facts.located('literalSecrets', item, { where: `${key}.${left}`, kind: judged.secret });
          facts.credential(name, item, 'literal', judged.secret, name);
        } else if (isCredentialName(name)) facts.credential(name, item, judged.kind, null, name);
      }
    return undefined;
  },
);
