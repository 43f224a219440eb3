import { HostAgentFacts } from '../host/host-agent.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { openCodeConfig } from '../host/open-code-config.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import type { FileSource } from '../source.ts';
import { machineFolders, opencode, product } from './product.ts';

/**
 * `opencode.json` and `.jsonc` of every layer (opencode-ai 1.18.33). Merged key by key in this order, later over earlier:
 * user, project, `.opencode` folders, managed. Comments and trailing commas are taken.
 */
export const opencodeConfig: FileSource = {
  kind: 'file',
  id: 'opencode/config',
  version: 1,
  title: 'OpenCode configuration',
  ...product,
  locations: [
    ...machineLocations(machineFolders, 'opencode.json'),
    ...machineLocations(machineFolders, 'opencode.jsonc'),
    { scope: 'user', base: 'home', path: '.config/opencode/config.json' },
    { scope: 'user', base: 'home', path: '.config/opencode/opencode.json' },
    { scope: 'user', base: 'home', path: '.config/opencode/opencode.jsonc' },
    { scope: 'user', base: 'home', path: '.opencode/opencode.json' },
    { scope: 'user', base: 'home', path: '.opencode/opencode.jsonc' },
    { scope: 'project', base: 'project', path: 'opencode.json' },
    { scope: 'project', base: 'project', path: 'opencode.jsonc' },
    { scope: 'project', base: 'project', path: '.opencode/opencode.json' },
    { scope: 'project', base: 'project', path: '.opencode/opencode.jsonc' },
  ],
  emits: ['agent', 'mcp-server', 'credential', 'model', 'prompt', 'plugin'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    // The folder `.opencode` is read as such; as a project of its own it would be told twice.
    if (/(?:^|\/)\.opencode$/.test(file.anchor)) {
      builder.note('in the folder of a project, which is read as such: no facts taken');
      return builder.done();
    }
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, opencode);
    const confidence = confidenceOf(file);
    openCodeConfig(
      { builder, facts, host: opencode, confidence, framework: 'opencode-agent', refuses: true },
      opened.root,
    );
    facts.emit(opened.root, confidence);
    return builder.done();
  },
};
