import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { serversFacts } from '../mcp/servers-map.ts';
import { entriesOf, entryOf, linedTexts, nodeOf, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource } from '../source.ts';
import { gemini, machineFolders, product } from './product.ts';
import { geminiServer } from './server-entry.ts';

/** New nested keys and, behind them, the flat ones of older versions. */
const permissionLists = [
  ['tools.allowed', ['tools', 'allowed']],
  ['tools.exclude', ['tools', 'exclude']],
  ['tools.core', ['tools', 'core']],
  ['tools.confirmationRequired', ['tools', 'confirmationRequired']],
  ['mcp.allowed', ['mcp', 'allowed']],
  ['mcp.excluded', ['mcp', 'excluded']],
  ['coreTools', ['coreTools']],
  ['excludeTools', ['excludeTools']],
  ['allowedTools', ['allowedTools']],
  ['allowMCPServers', ['allowMCPServers']],
  ['excludeMCPServers', ['excludeMCPServers']],
] as const;
const modeKeys = [
  ['general', 'defaultApprovalMode'],
  ['general', 'approvalMode'],
  ['tools', 'approvalMode'],
  ['tools', 'autoAccept'],
  ['autoAccept'],
  ['security', 'disableYoloMode'],
  ['security', 'disableAlwaysAllow'],
  ['admin', 'secureModeEnabled'],
] as const;
const sandboxKeys = [
  ['tools', 'sandbox'],
  ['tools', 'sandboxAllowedPaths'],
  ['tools', 'sandboxNetworkAccess'],
  ['security', 'toolSandboxing'],
  ['sandbox'],
] as const;
const plainKeys = [
  ['security', 'enableConseca'],
  ['security', 'blockGitExtensions'],
  ['security', 'allowedExtensions'],
  ['security', 'folderTrust', 'enabled'],
  ['security', 'environmentVariableRedaction', 'enabled'],
  ['security', 'environmentVariableRedaction', 'allowed'],
  ['security', 'environmentVariableRedaction', 'blocked'],
  ['security', 'auth', 'selectedType'],
  ['security', 'auth', 'enforcedType'],
  ['context', 'fileName'],
  ['contextFileName'],
  ['context', 'includeDirectories'],
  ['policyPaths'],
  ['adminPolicyPaths'],
  ['agents', 'overrides'],
  ['agents', 'browser'],
  ['admin', 'mcp', 'enabled'],
  ['admin', 'extensions', 'enabled'],
  ['telemetry', 'enabled'],
  ['telemetry', 'logPrompts'],
  ['experimental', 'enableAgents'],
] as const;

/** Settings of every layer. Gemini CLI v0.55.1 (2026-08-11); comments are taken. */
export const geminiSettings: FileSource = {
  kind: 'file',
  id: 'gemini-cli/settings',
  version: 2,
  title: 'Gemini CLI settings',
  ...product,
  locations: [
    ...machineLocations(machineFolders, 'system-defaults.json'),
    ...machineLocations(machineFolders, 'settings.json'),
    { scope: 'user', base: 'home', path: '.gemini/settings.json' },
    { scope: 'project', base: 'project', path: '.gemini/settings.json' },
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const confidence = confidenceOf(file);
    const facts = new HostAgentFacts(builder, gemini);
    for (const [list, path] of permissionLists)
      if (entryOf(root, ...path) !== undefined) facts.permission(list, nodeOf(root, ...path));
    for (const path of modeKeys) facts.value('modes', path.join('.'), entryOf(root, ...path));
    for (const path of sandboxKeys) facts.value('sandbox', path.join('.'), entryOf(root, ...path));
    for (const path of plainKeys) facts.value('settings', path.join('.'), entryOf(root, ...path));
    for (const path of [
      ['tools', 'discoveryCommand'],
      ['tools', 'callCommand'],
      ['toolDiscoveryCommand'],
      ['toolCallCommand'],
      ['mcp', 'serverCommand'],
      ['mcpServerCommand'],
    ] as const) {
      facts.helper(path.join('.'), entryOf(root, ...path));
    }
    hooksFacts(builder, entryOf(root, 'hooks'), { host: gemini.id, owner: facts.ref, confidence });
    const model = entryOf(root, 'model', 'name') ?? entryOf(root, 'model');
    const id = textOf(model?.node);
    if (model !== undefined && id !== undefined)
      modelFacts(builder, facts.ref, id, model, { host: gemini.id, confidence });
    serversFacts(builder, {
      entry: entryOf(root, 'mcpServers'),
      context: {
        host: gemini.id,
        user: facts.ref,
        scope: file.scope,
        where: 'mcpServers',
        anchor: file.anchor,
        confidence,
      },
      adapt: geminiServer,
    });
    facts.emit(root, confidence);
    return builder.done();
  },
};

const levels = new Set(['TRUST_FOLDER', 'TRUST_PARENT', 'DO_NOT_TRUST']);

/** Folders that the user trusts: without trust the workspace settings do nothing. */
export const geminiTrust: FileSource = {
  kind: 'file',
  id: 'gemini-cli/trusted-folders',
  version: 2,
  title: 'Gemini CLI trusted folders',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.gemini/trustedFolders.json' }],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, gemini);
    for (const entry of entriesOf(opened.root)) {
      for (const item of linedTexts(entry.node)) {
        if (levels.has(item.text))
          facts.located('projects', entry, {
            path: entry.key,
            level: item.text,
            trusted: item.text.startsWith('TRUST_'),
          });
        else builder.issue(item.line, 'not a known level of trust');
      }
    }
    facts.emit(opened.root);
    return builder.done();
  },
};
