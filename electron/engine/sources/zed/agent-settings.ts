import type { Properties } from '../../../../shared/model/facts.ts';
import { type HostAgentFacts, jsonOf } from '../host/host-agent.ts';
import { modelFacts } from '../host/models.ts';
import {
  booleanOf,
  entriesOf,
  entryOf,
  itemsOf,
  type Node,
  nodeOf,
  scalarText,
  type Span,
  textOf,
} from '../parse/node.ts';
import type { ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText } from '../parse/secrets.ts';
import { zed } from './product.ts';

const lists = ['always_deny', 'always_confirm', 'always_allow'] as const;

/**
 * `agent` of the settings: what its tools may do. Rules are regular expressions in Rust's form, without regard to case
 * unless `case_sensitive`; deny before confirm before allow, then the default of the tool, then the default of all
 * (docs/src/ai/tool-permissions.md, from v0.224.0).
 */
export function agentSettings(builder: ReadingBuilder, facts: HostAgentFacts, agent: Node, more: Properties): void {
  const permission = (span: Span, facts_: Properties): void =>
    facts.located('permissions', span, { ...facts_, ...more });
  const all = entryOf(agent, 'tool_permissions', 'default');
  const word = scalarText(all?.node);
  if (all !== undefined && word !== undefined)
    permission(all, { list: 'default', tool: '*', rule: maskText(word.slice(0, 50)) });
  for (const tool of entriesOf(nodeOf(agent, 'tool_permissions', 'tools')).slice(0, 1000)) {
    const name = maskText(tool.key.slice(0, 300));
    const own = entryOf(tool.node, 'default');
    const value = scalarText(own?.node);
    if (own !== undefined && value !== undefined)
      permission(own, { list: 'default', tool: name, rule: maskText(value.slice(0, 50)) });
    for (const list of lists)
      for (const item of itemsOf(nodeOf(tool.node, list)).slice(0, 1000)) {
        const pattern = textOf(nodeOf(item, 'pattern')) ?? textOf(item);
        if (pattern === undefined) builder.issue(item.line, `a rule of "${list}" without a pattern`);
        else
          permission(item, {
            list,
            tool: name,
            rule: maskText(pattern.slice(0, 1000)),
            caseSensitive: booleanOf(nodeOf(item, 'case_sensitive')) === true,
            order: lists.indexOf(list),
          });
      }
  }
  const older = entryOf(agent, 'always_allow_tool_actions');
  const on = booleanOf(older?.node);
  if (older !== undefined && on !== undefined)
    facts.located('modes', older, {
      key: 'agent.always_allow_tool_actions',
      value: on,
      why: 'decided before v0.224.0; newer builds read tool_permissions',
      ...more,
    });
  for (const entry of entriesOf(nodeOf(agent, 'sandbox_permissions')).slice(0, 100))
    facts.located('sandbox', entry, {
      key: `agent.sandbox_permissions.${entry.key.slice(0, 100)}`,
      value: jsonOf(entry.node, 2),
      ...more,
    });
  for (const key of ['default_profile', 'enabled', 'single_file_review'])
    facts.value('settings', `agent.${key}`, entryOf(agent, key));
  profiles(facts, agent, more);
  for (const [key, role] of [
    ['default_model', 'default'],
    ['inline_assistant_model', 'inline assistant'],
    ['commit_message_model', 'commit message'],
    ['thread_summary_model', 'thread summary'],
    ['subagent_model', 'sub-agent'],
  ] as const) {
    const model = entryOf(agent, key, 'model');
    const id = textOf(model?.node);
    const provider = textOf(nodeOf(agent, key, 'provider'));
    if (model !== undefined && id !== undefined)
      modelFacts(builder, facts.ref, id, model, {
        host: zed.id,
        role,
        ...(provider === undefined || provider === 'zed.dev' ? {} : { provider: provider.slice(0, 60).toLowerCase() }),
      });
  }
}

/** Profiles say which tools are offered at all. */
function profiles(facts: HostAgentFacts, agent: Node, more: Properties): void {
  for (const profile of entriesOf(nodeOf(agent, 'profiles')).slice(0, 200)) {
    const on = (node: Node | undefined): readonly string[] =>
      entriesOf(node)
        .filter((tool) => booleanOf(tool.node) === true)
        .slice(0, 300)
        .map((tool) => maskText(tool.key.slice(0, 200)));
    facts.located('profiles', profile, {
      profile: maskText(profile.key.slice(0, 200)),
      tools: on(nodeOf(profile.node, 'tools')),
      allContextServers: booleanOf(nodeOf(profile.node, 'enable_all_context_servers')) ?? null,
      contextServers: entriesOf(nodeOf(profile.node, 'context_servers'))
        .slice(0, 200)
        .map((server) => ({
          server: maskText(server.key.slice(0, 200)),
          tools: on(nodeOf(server.node, 'tools')),
        })),
      ...more,
    });
  }
}
