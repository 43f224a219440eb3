import { HostAgentFacts } from '../host/host-agent.ts';
import { hooksFacts } from '../host/hooks.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { entriesOf, entryOf, nodeOf, scalarText } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import { parseStarlarkRules } from '../parse/starlark-rules.ts';
import { parseToml } from '../parse/toml-document.ts';
import type { FileSource } from '../source.ts';
import { codex, machineFolders, product } from './product.ts';

/** `requirements.toml`: what an administrator allows. A server counts only if name and identity match. */
export const codexRequirements: FileSource = {
  kind: 'file',
  id: 'codex/requirements',
  version: 2,
  title: 'Codex requirements',
  ...product,
  locations: machineLocations(machineFolders, 'requirements.toml'),
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseToml(file.text);
    builder.problems(document.problems);
    if (document.root?.kind !== 'map') {
      builder.malformed(document.problems[0]?.message ?? 'not TOML');
      return builder.done();
    }
    const { root } = document;
    const facts = new HostAgentFacts(builder, codex, 'managed');
    for (const entry of entriesOf(root)) {
      if (entry.key === 'mcp_servers' || entry.key === 'hooks') continue;
      facts.value('requirements', entry.key, entry);
    }
    const servers = entryOf(root, 'mcp_servers');
    if (servers !== undefined) facts.property('mcpRequired', true);
    for (const server of entriesOf(servers?.node)) {
      const command = scalarText(nodeOf(server.node, 'identity', 'command'));
      const url = scalarText(nodeOf(server.node, 'identity', 'url'));
      facts.located('mcpIdentities', server, {
        name: server.key,
        command: command === undefined ? null : maskText(command),
        url: url === undefined ? null : maskUrl(url),
      });
    }
    hooksFacts(builder, entryOf(root, 'hooks'), { host: codex.id, owner: facts.ref });
    facts.emit(root, confidenceOf(file));
    return builder.done();
  },
};

/** Rule files: `prefix_rule(...)`. The strictest matching rule wins; a broken file is skipped by the host in silence. */
export const codexRules: FileSource = {
  kind: 'file',
  id: 'codex/rules',
  version: 2,
  title: 'Codex command rules',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.codex/rules/*.rules', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '.codex/rules/*.rules', confidence: 'medium' },
    ...machineLocations(machineFolders, 'rules/*.rules', 'low'),
  ],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const facts = new HostAgentFacts(builder, codex);
    const { rules, problems } = parseStarlarkRules(file.text);
    builder.problems(problems);
    const broken = problems.find((problem) => problem.kind === 'syntax');
    if (broken !== undefined) {
      builder.malformed('Codex skips a broken rules file in silence');
      facts.located(
        'ignoredFiles',
        { line: broken.line ?? 1, endLine: broken.line ?? 1 },
        { why: 'a broken rules file is skipped in silence' },
      );
    }
    for (const rule of rules) {
      const pattern = rule.pattern.map((member) =>
        typeof member === 'string' ? maskText(member) : member.map(maskText),
      );
      const shown = pattern.map((member) => (typeof member === 'string' ? member : `[${member.join('|')}]`)).join(' ');
      facts.located(broken === undefined ? 'permissions' : 'ignoredPermissions', rule, {
        list: rule.decision,
        rule: shown,
        pattern,
        ...(rule.justification === null ? {} : { justification: maskText(rule.justification.slice(0, 300)) }),
      });
    }
    facts.emit({ line: rules[0]?.line ?? 1, endLine: rules.at(-1)?.endLine ?? 1 }, confidenceOf(file));
    return builder.done();
  },
};

export const codexHooks: FileSource = {
  kind: 'file',
  id: 'codex/hooks',
  version: 2,
  title: 'Codex hooks',
  ...product,
  locations: [
    { scope: 'user', base: 'home', path: '.codex/hooks.json' },
    { scope: 'project', base: 'project', path: '.codex/hooks.json' },
  ],
  emits: ['agent', 'hook'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'strict');
    if (opened === null) return builder.done();
    const facts = new HostAgentFacts(builder, codex);
    hooksFacts(builder, entryOf(opened.root, 'hooks'), {
      host: codex.id,
      owner: facts.ref,
      confidence: confidenceOf(file),
    });
    facts.emit(opened.root, confidenceOf(file));
    return builder.done();
  },
};
