import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entriesOf, entryOf, nodeOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { FileSource } from '../source.ts';
import { passwordInputs, vscodeServer } from './mcp.ts';
import { product, profileLocations, vscode } from './product.ts';

/** Maps whose members are rules: pattern to true, false, or an object. Order is kept. */
const ruleMaps = [
  'chat.tools.terminal.autoApprove',
  'chat.tools.urls.autoApprove',
  'chat.tools.edits.autoApprove',
  'chat.tools.eligibleForAutoApproval',
] as const;
const modeKeys = [
  'chat.permissions.default',
  'claudeCode.initialPermissionMode',
  'chat.tools.global.autoApprove',
  'chat.tools.autoApprove',
] as const;
const plainKeys = [
  'chat.tools.terminal.enableAutoApprove',
  'chat.tools.terminal.ignoreDefaultAutoApproveRules',
  'chat.mcp.access',
  'chat.mcp.enabled',
  'chat.mcp.autostart',
  'chat.mcp.discovery.enabled',
  'chat.mcp.gallery.serviceUrl',
  'chat.agent.enabled',
  'chat.agent.maxRequests',
  'chat.useAgentsMdFile',
  'chat.useNestedAgentsMdFiles',
  'chat.promptFiles',
  'chat.promptFilesLocations',
  'chat.instructionsFilesLocations',
  'chat.modeFilesLocations',
  'chat.agentFilesLocations',
  'github.copilot.chat.codeGeneration.useInstructionFiles',
  'github.copilot.enable',
  'claudeCode.allowDangerouslySkipPermissions',
  'security.workspace.trust.enabled',
] as const;

/** Settings of a workspace or a profile, as far as they concern agents. Excerpt of the vendor's documentation (2026). */
export const vscodeSettings: FileSource = {
  kind: 'file',
  id: 'vscode-copilot/settings',
  version: 2,
  title: 'VS Code settings',
  ...product,
  locations: [
    { scope: 'project', base: 'project', path: '.vscode/settings.json', confidence: 'medium' },
    ...profileLocations('settings.json'),
  ],
  emits: ['agent', 'mcp-server', 'credential'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, vscode);
    let first: number | null = null;
    let last = 1;
    const see = (span: { readonly line: number; readonly endLine: number }): void => {
      first = first === null ? span.line : Math.min(first, span.line);
      last = Math.max(last, span.endLine);
    };
    for (const key of ruleMaps) {
      const map = entryOf(root, key);
      if (map !== undefined) see(map);
      for (const rule of entriesOf(map?.node)) {
        const value = rule.node.kind === 'scalar' ? rule.node.value : 'conditions';
        facts.located('permissions', rule, {
          list: key,
          rule: key.includes('urls') ? maskUrl(rule.key) : maskText(rule.key),
          value,
        });
      }
    }
    for (const [list, keys] of [
      ['modes', modeKeys],
      ['settings', plainKeys],
    ] as const) {
      for (const key of keys) {
        const entry = entryOf(root, key);
        if (entry === undefined) continue;
        see(entry);
        facts.value(list, key, entry);
      }
    }
    for (const entry of entriesOf(root)) {
      if (!entry.key.startsWith('chat.agent.sandbox.')) continue;
      see(entry);
      facts.value('sandbox', entry.key, entry);
    }
    const servers = entryOf(root, 'mcp', 'servers');
    if (servers !== undefined) {
      see(servers);
      serversFacts(builder, {
        entry: servers,
        context: {
          host: vscode.id,
          user: facts.ref,
          scope: file.scope,
          where: 'mcp.servers',
          anchor: file.anchor,
          confidence,
          passwordInputs: passwordInputs(nodeOf(root, 'mcp', 'inputs')),
        },
        adapt: vscodeServer,
      });
    }
    if (first !== null) facts.emit({ line: first, endLine: last }, confidence);
    return builder.done();
  },
};
