import { createHash } from 'node:crypto';
import type { Confidence } from '../../../../shared/kinds.ts';
import { placedRef } from '../keys.ts';
import {
  type Entry,
  entriesOf,
  itemsOf,
  type Node,
  nodeOf,
  numberOf,
  scalarText,
  type Span,
  textOf,
  textsOf,
} from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef } from '../source.ts';

export type HookOwner = { readonly host: string; readonly owner: AssetRef; readonly confidence?: Confidence };

/**
 * Hooks in the form that Claude Code, Codex and Gemini CLI share: `{Event: [{matcher, hooks: [{type, command}]}]}`.
 * Cursor's flat form `{event: [{command}]}` is understood as well.
 */
export function hooksFacts(builder: ReadingBuilder, entry: Entry | undefined, owner: HookOwner): void {
  if (entry === undefined) return;
  if (entry.node.kind !== 'map') {
    builder.issue(entry.line, '"hooks" is not an object');
    return;
  }
  for (const event of entriesOf(entry.node)) {
    if (event.node.kind !== 'list') {
      if (event.node.kind === 'map') builder.issue(event.line, `hooks of "${event.key}" are not a list`);
      continue;
    }
    for (const group of itemsOf(event.node)) {
      if (group.kind !== 'map') {
        builder.issue(group.line, `hook of "${event.key}" is not an object`);
        continue;
      }
      const handlers = nodeOf(group, 'hooks');
      const matcher = textOf(nodeOf(group, 'matcher')) ?? null;
      if (handlers === undefined) hookFacts(builder, group, event.key, matcher, owner);
      for (const handler of itemsOf(handlers)) {
        if (handler.kind === 'map') hookFacts(builder, handler, event.key, matcher, owner);
        else builder.issue(handler.line, `hook of "${event.key}" is not an object`);
      }
    }
  }
}

function hookFacts(builder: ReadingBuilder, node: Node, event: string, matcher: string | null, owner: HookOwner): void {
  const commandText = [
    scalarText(nodeOf(node, 'command')) ?? scalarText(nodeOf(node, 'bash')) ?? scalarText(nodeOf(node, 'powershell')),
    ...textsOf(nodeOf(node, 'args')),
  ]
    .filter((part) => part !== undefined)
    .join(' ');
  const url = textOf(nodeOf(node, 'url'));
  const prompt = textOf(nodeOf(node, 'prompt'));
  const server = textOf(nodeOf(node, 'server'));
  const type = textOf(nodeOf(node, 'type')) ?? (commandText === '' && url !== undefined ? 'http' : 'command');
  const subject = commandText || url || prompt || server || '';
  if (subject === '') {
    builder.issue(node.line, `hook of "${event}" says nothing to run`);
    return;
  }
  const condition = textOf(nodeOf(node, 'if'));
  const identity = createHash('sha256')
    .update(JSON.stringify([type, maskText(subject), condition ?? '']))
    .digest('hex')
    .slice(0, 12);
  const timeout = numberOf(nodeOf(node, 'timeout')) ?? numberOf(nodeOf(node, 'timeoutSec'));
  const hook = builder.asset({
    ...placedRef('hook', builder.file, `${event}/${matcher ?? ''}/${identity}`),
    name: matcher === null || matcher === '' || matcher === '*' ? event : `${event} (${matcher.slice(0, 80)})`,
    properties: {
      host: owner.host,
      event,
      matcher,
      type,
      ...(commandText === '' ? {} : { command: maskText(commandText) }),
      ...(url === undefined ? {} : { url: maskUrl(url) }),
      ...(prompt === undefined ? {} : { prompt: maskText(prompt.slice(0, 200)) }),
      ...(server === undefined ? {} : { server }),
      ...(condition === undefined ? {} : { condition: maskText(condition) }),
      ...(timeout === undefined ? {} : { timeout }),
      scope: builder.file.scope,
    },
    lines: linesOf(node as Span),
    confidence: owner.confidence ?? 'high',
  });
  builder.relation({
    kind: 'uses',
    from: owner.owner,
    to: hook,
    lines: linesOf(node as Span),
    confidence: owner.confidence ?? 'high',
  });
}

const geminiEvents = new Set([
  'BeforeTool',
  'AfterTool',
  'BeforeAgent',
  'AfterAgent',
  'BeforeModel',
  'AfterModel',
  'BeforeToolSelection',
  'PreCompress',
]);

/**
 * Whose `hooks/hooks.json` this is: Claude Code plugins and Gemini CLI extensions use the same place and form. Told by
 * the variable for the folder, else by events that only one of them has; Claude Code where nothing says otherwise.
 */
export function hooksHost(text: string, hooks: Node | undefined): 'claude-code' | 'gemini-cli' {
  if (text.includes('CLAUDE_PLUGIN_ROOT')) return 'claude-code';
  if (text.includes('${extensionPath}')) return 'gemini-cli';
  return entriesOf(hooks).some((event) => geminiEvents.has(event.key)) ? 'gemini-cli' : 'claude-code';
}
