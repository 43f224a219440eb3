import type { Properties } from '../../../../shared/model/facts.ts';
import { HostAgentFacts, jsonOf } from '../host/host-agent.ts';
import { confidenceOf, machineLocations } from '../host/location.ts';
import { itemsOf, type Node, nodeOf, numberOf, scalarText, textsOf } from '../parse/node.ts';
import { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { parseToml } from '../parse/toml-document.ts';
import type { FileSource } from '../source.ts';
import { gemini, machineFolders, product } from './product.ts';

/** The highest number wins: tier plus a thousandth of the priority (policy engine documentation, v0.55.1). */
const tiers = { managed: 5, user: 4, project: 3, local: 3 } as const;

/** Policy rules in TOML. Those of a workspace are documented as disabled. */
export const geminiPolicies: FileSource = {
  kind: 'file',
  id: 'gemini-cli/policies',
  version: 3,
  title: 'Gemini CLI policies',
  ...product,
  locations: [
    ...machineLocations(machineFolders, 'policies/*.toml'),
    { scope: 'user', base: 'home', path: '.gemini/policies/*.toml' },
    { scope: 'project', base: 'project', path: '.gemini/policies/*.toml' },
  ],
  emits: ['agent'],
  read: (file) => {
    const builder = new ReadingBuilder(file);
    const document = parseToml(file.text);
    builder.problems(document.problems);
    if (document.root?.kind !== 'map') {
      builder.malformed(document.problems[0]?.message ?? 'not TOML');
      return builder.done();
    }
    const facts = new HostAgentFacts(builder, gemini);
    const rules = itemsOf(nodeOf(document.root, 'rule'));
    const span = { line: document.root.line, endLine: document.root.endLine };
    const ignored =
      file.scope === 'project'
        ? 'workspace policy tier is disabled'
        : file.scope === 'managed' && file.mode !== null && (file.mode & 0o022) !== 0
          ? 'writable for group or others: the admin policy is ignored'
          : null;
    if (ignored !== null) facts.located('ignoredFiles', { line: 1, endLine: 1 }, { why: ignored });
    for (const rule of rules) {
      facts.located(ignored === null ? 'permissions' : 'ignoredPermissions', rule, {
        ...ruleOf(rule, tiers[file.scope]),
        ...(ignored === null ? {} : { why: ignored }),
      });
    }
    facts.emit(span, confidenceOf(file));
    return builder.done();
  },
};

function ruleOf(rule: Node, tier: number): Properties {
  const priority = numberOf(nodeOf(rule, 'priority')) ?? 0;
  const tools = textsOf(nodeOf(rule, 'toolName'));
  const prefixes = textsOf(nodeOf(rule, 'commandPrefix'));
  const optional = ['mcpName', 'subagent', 'argsPattern', 'commandRegex', 'denyMessage'].flatMap((key) => {
    const value = scalarText(nodeOf(rule, key));
    return value === undefined ? [] : [[key, maskText(value.slice(0, 300))] as const];
  });
  const modes = nodeOf(rule, 'modes');
  const narrowed = prefixes.length > 0 ? `(${prefixes.join(' | ')})` : '';
  return {
    list: scalarText(nodeOf(rule, 'decision')) ?? 'unknown',
    rule: maskText(`${tools.join(' | ') || '*'}${narrowed}`),
    toolName: tools,
    ...(prefixes.length === 0 ? {} : { commandPrefix: prefixes.map(maskText) }),
    ...Object.fromEntries(optional),
    ...(modes === undefined ? {} : { modes: jsonOf(modes, 0) }),
    ...Object.fromEntries(
      ['interactive', 'allowRedirection', 'toolAnnotations'].flatMap((key) => {
        const value = nodeOf(rule, key);
        return value === undefined ? [] : [[key, jsonOf(value, 0)] as const];
      }),
    ),
    priority,
    tier,
    finalPriority: tier + priority / 1000,
  };
}
