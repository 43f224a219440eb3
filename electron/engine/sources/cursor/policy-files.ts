import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { modelFacts } from '../host/models.ts';
import { type Entry, entriesOf, entryOf, linedTexts, type MapNode, nodeOf, textOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileInput, FileSource, Reading } from '../source.ts';
import { cursor, machineFolders, product } from './product.ts';

type Reader = (builder: ReadingBuilder, facts: HostAgentFacts, root: MapNode) => void;

function readWith(file: FileInput, taste: 'strict' | 'lenient', reader: Reader): Reading {
  const builder = new ReadingBuilder(file);
  const opened = openObject(builder, taste);
  if (opened === null) return builder.done();
  const facts = new HostAgentFacts(builder, cursor);
  if (taste === 'strict' && !opened.document.strict) {
    const line = opened.document.problems[0]?.line ?? 1;
    facts.located(
      'ignoredFiles',
      { line, endLine: line },
      { why: 'this file is strict JSON, Cursor does not read it as it stands' },
    );
  } else reader(builder, facts, opened.root);
  facts.emit(opened.root, confidenceOf(file));
  return builder.done();
}

const permissions: Reader = (_builder, facts, root) => {
  for (const list of ['allow', 'deny']) facts.permission(list, nodeOf(root, 'permissions', list));
};

/** `~/.cursor/cli-config.json`: strict JSON. Excerpt of the vendor's documentation. */
export const cursorCliConfig: FileSource = {
  kind: 'file',
  id: 'cursor/cli-config',
  version: 2,
  title: 'Cursor CLI configuration',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cursor/cli-config.json', confidence: 'medium' },
    { scope: 'user', base: 'home', path: '.config/cursor/cli-config.json', platform: 'linux', confidence: 'medium' },
  ],
  emits: ['agent', 'model'],
  read: (file) =>
    readWith(file, 'strict', (builder, facts, root) => {
      permissions(builder, facts, root);
      for (const key of ['approvalMode', 'hasChangedDefaultModel', 'sandbox', 'network'])
        facts.value('settings', key, entryOf(root, key));
      const model = entryOf(root, 'model', 'modelId') ?? entryOf(root, 'model');
      const id = textOf(model?.node);
      if (model !== undefined && id !== undefined)
        modelFacts(builder, facts.ref, id, model, { host: cursor.id, confidence: 'medium' });
    }),
};

/** `.cursor/cli.json` of a project: only permissions count; whatever else stands there does nothing. */
export const cursorCliProject: FileSource = {
  kind: 'file',
  id: 'cursor/cli',
  version: 2,
  title: 'Cursor CLI permissions of a project',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: '.cursor/cli.json', confidence: 'medium' }],
  emits: ['agent'],
  read: (file) =>
    readWith(file, 'strict', (builder, facts, root) => {
      permissions(builder, facts, root);
      for (const entry of entriesOf(root)) {
        if (entry.key === 'permissions' || entry.key === 'version' || entry.key === '$schema') continue;
        facts.located('inert', entry, { key: entry.key, why: 'only permissions may be set at project level' });
      }
    }),
};

/** `~/.cursor/permissions.json`: replaces the lists of the settings screen while it exists. */
export const cursorPermissions: FileSource = {
  kind: 'file',
  id: 'cursor/permissions',
  version: 2,
  title: 'Cursor permissions',
  ...product,
  locations: [{ scope: 'user', base: 'home', path: '.cursor/permissions.json', confidence: 'medium' }],
  emits: ['agent'],
  read: (file) =>
    readWith(file, 'lenient', (_builder, facts, root) => {
      for (const list of ['terminalAllowlist', 'mcpAllowlist']) facts.permission(list, nodeOf(root, list));
      facts.property('permissionsReplaceSettings', true);
    }),
};

/** `sandbox.json`: the file of the repository has priority over the user's. */
export const cursorSandbox: FileSource = {
  kind: 'file',
  id: 'cursor/sandbox',
  version: 2,
  title: 'Cursor sandbox',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.cursor/sandbox.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.cursor/sandbox.json', confidence: 'medium' },
  ],
  emits: ['agent'],
  read: (file) =>
    readWith(file, 'lenient', (_builder, facts, root) => {
      for (const entry of entriesOf(root)) {
        if (entry.key === 'networkPolicy')
          for (const inner of entriesOf(entry.node)) facts.value('sandbox', `networkPolicy.${inner.key}`, inner);
        else if (!entry.key.startsWith('$')) facts.value('sandbox', entry.key, entry);
      }
    }),
};

/** `hooks.json` of every level; all of them run. Unverified knowledge. */
export const cursorHooks: FileSource = {
  kind: 'file',
  id: 'cursor/hooks',
  version: 2,
  title: 'Cursor hooks',
  ...product,
  locations: [
    ...machineLocations(machineFolders, 'hooks.json', 'low'),
    { scope: 'user', base: 'home', path: '.cursor/hooks.json', confidence: 'low' },
    { scope: 'project', base: 'project', path: '.cursor/hooks.json', confidence: 'low' },
  ],
  emits: ['agent', 'hook'],
  read: (file) =>
    readWith(file, 'lenient', (builder, facts, root) =>
      hooksFacts(builder, entryOf(root, 'hooks'), { host: cursor.id, owner: facts.ref, confidence: 'low' }),
    ),
};

/** `.cursor/environment.json`: what a cloud agent runs before it starts. */
export const cursorEnvironment: FileSource = {
  kind: 'file',
  id: 'cursor/environment',
  version: 2,
  title: 'Cursor cloud agent environment',
  ...product,
  locations: [{ scope: 'project', base: 'project', path: '.cursor/environment.json', confidence: 'low' }],
  emits: ['agent'],
  read: (file) =>
    readWith(file, 'lenient', (_builder, facts, root) => {
      for (const key of ['install', 'start']) facts.helper(key, entryOf(root, key));
      for (const terminal of linedCommands(entryOf(root, 'terminals'))) facts.helper('terminal', terminal);
    }),
};

const linedCommands = (entry: Entry | undefined): readonly Entry[] => {
  const items = entry?.node.kind === 'list' ? entry.node.items : [];
  return items.flatMap((item) => {
    const command = entryOf(item, 'command');
    return command === undefined || linedTexts(command.node).length === 0 ? [] : [command];
  });
};
