import type { Properties } from '../../../../shared/model/facts.ts';
import { type Entry, entriesOf, itemsOf, type Node, nodeOf, scalarText, textsOf } from '../parse/node.ts';

/** An event that starts a workflow. `anyone`: strangers can raise it on a public repository ("Events that trigger workflows", GitHub documentation, 2026). */
export type Trigger = {
  readonly event: string;
  readonly types: readonly string[];
  readonly line: number;
  readonly anyone: boolean;
};

/** Events whose text or code a stranger can write. Those of forks alone run without secrets; they are marked so. */
const strangers: ReadonlySet<string> = new Set([
  'issues',
  'issue_comment',
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
  'discussion',
  'discussion_comment',
  'fork',
  'watch',
  'workflow_run',
]);
/** From a fork these run with a token that only reads and without secrets. */
export const withoutSecrets: ReadonlySet<string> = new Set([
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
]);

export function triggersOf(on: Entry | undefined): readonly Trigger[] {
  if (on === undefined) return [];
  const trigger = (event: string, line: number, node?: Node): Trigger => ({
    event,
    types: textsOf(nodeOf(node, 'types')),
    line,
    anyone: strangers.has(event),
  });
  if (on.node.kind === 'map') return entriesOf(on.node).map((entry) => trigger(entry.key, entry.line, entry.node));
  if (on.node.kind === 'list')
    return itemsOf(on.node).flatMap((item) => {
      const event = scalarText(item);
      return event === undefined ? [] : [trigger(event, item.line)];
    });
  const event = scalarText(on.node);
  return event === undefined ? [] : [trigger(event, on.node.line)];
}

/** Events that a condition lets through, where it names them by equality; all of them where it does not. */
export function triggersUnder(triggers: readonly Trigger[], condition: string | undefined): readonly Trigger[] {
  if (condition === undefined || /github\.event_name\s*!=/.test(condition)) return triggers;
  const named = new Set(
    [...condition.matchAll(/github\.event_name\s*==\s*['"]([a-z_]{1,40})['"]/g)].map((match) => match[1]),
  );
  if (named.size === 0) return triggers;
  const kept = triggers.filter((trigger) => named.has(trigger.event));
  return kept.length === 0 ? triggers : kept;
}

/** Whether a condition asks who raised the event. */
export const asksWho = (condition: string | undefined): boolean =>
  condition !== undefined &&
  /author_association|github\.(?:triggering_)?actor\b|\.user\.login|sender\.(?:login|type)|permission/i.test(condition);

export const triggerFacts = (triggers: readonly Trigger[]): Properties => ({
  triggers: triggers.map(({ event, types, line, anyone }) => ({ event, types, line, anyone })),
});

/** Text in an expression that strangers write. */
const untrusted =
  /github\.event\.(?:issue\.(?:title|body)|pull_request\.(?:title|body|head\.(?:ref|label))|comment\.body|review\.body|review_comment\.body|discussion\.(?:title|body)|head_commit\.(?:message|author)|commits|workflow_run\.(?:head_branch|head_commit|display_title)|pages)|github\.head_ref/g;

/** The untrusted expressions of a value, with the lines that they stand on; `from` and `to` are the lines of the value. */
export function untrustedIn(
  lines: readonly string[],
  from: number,
  to: number,
): readonly { readonly what: string; readonly line: number }[] {
  const found: { what: string; line: number }[] = [];
  for (let line = from; line <= to && found.length < 50; line++) {
    for (const match of (lines[line - 1] ?? '').matchAll(untrusted)) found.push({ what: match[0], line });
  }
  return found;
}
