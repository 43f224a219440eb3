import { bothEffects, type Effect, effectOf, httpClasses, namedEffect } from '../low-code/effects.ts';
import type { FlowFacts } from '../low-code/flow-facts.ts';
import { inlineServers } from '../low-code/inline-server.ts';
import { categoryOf } from '../low-code/services.ts';
import { parseJson } from '../parse/json-document.ts';
import { entriesOf, itemsOf, type Node, nodeOf, scalarText, type Span, textOf } from '../parse/node.ts';
import type { AssetRef } from '../source.ts';

/** A tool with its settings, of a chat flow or chosen inside of an agent. */
export type ToolUse = {
  readonly key: string;
  readonly library: string;
  readonly label: string;
  readonly settings: Node | undefined;
  readonly credentials: readonly string[];
  readonly span: Span;
};

/** Emits a tool, or the server where it is an MCP client; null for the latter. */
export function emitTool(facts: FlowFacts, user: AssetRef, use: ToolUse): AssetRef | null {
  if (emitServers(facts, user, use)) return null;
  const effect = toolEffect(use);
  const name = scalarText(nodeOf(use.settings, 'name')) ?? namedSetting(use, 'Name') ?? use.label;
  const ref = facts.tool(user, {
    key: use.key,
    name: name === '' ? use.label : name,
    span: use.span,
    library: use.library,
    form: 'component',
    effect,
    description: scalarText(nodeOf(use.settings, 'description')) ?? namedSetting(use, 'Description'),
  });
  for (const credential of use.credentials) facts.credential(ref, credential, '', use.span);
  emitReach(facts, ref, use, effect);
  return ref;
}

/** A step that runs a tool without a model: its effects are those of the flow. */
export function emitToolStep(facts: FlowFacts, workflow: AssetRef, use: ToolUse): void {
  if (emitServers(facts, workflow, use)) return;
  const effect = toolEffect(use);
  facts.step(workflow, { name: use.label, library: use.library, effect, span: use.span });
  emitReach(facts, workflow, use, effect);
}

function emitServers(facts: FlowFacts, user: AssetRef, use: ToolUse): boolean {
  if (!/mcp/i.test(use.library)) return false;
  const config = nodeOf(use.settings, 'mcpServerConfig');
  const servers = inlineServers(facts, user, config?.kind === 'scalar' ? (textOf(config) ?? '') : (config ?? null), {
    name: use.label,
    span: use.span,
    where: use.library.slice(0, 100),
    includeTools: listOf(nodeOf(use.settings, 'mcpActions')),
    extra: { component: use.library.slice(0, 100) },
  });
  for (const server of servers)
    for (const credential of use.credentials) facts.credential(server, credential, '', use.span);
  return true;
}

/** Settings carry the name of the tool before them: `requestsGetUrl`, `arxivName`. */
const namedSetting = (use: ToolUse, ending: string): string | undefined =>
  entriesOf(use.settings).flatMap((entry) =>
    entry.key.endsWith(ending) && entry.key.length > ending.length ? (textOf(entry.node) ?? []) : [],
  )[0];

function toolEffect(use: ToolUse): Effect {
  const { library, span } = use;
  const verb = /^requests(Get|Post|Put|Delete|Patch)$/.exec(library)?.[1];
  if (verb !== undefined)
    return effectOf(httpClasses(verb, urlOf(use) === null), `${verb.toUpperCase()} request`, span);
  if (/^(?:chatflowTool|agentAsTool|executeFlow)/.test(library))
    return effectOf(['delegates'], 'runs another flow', span, 'medium', false);
  if (/retriever|queryEngine/i.test(library)) return effectOf(['reads-private'], 'searches stored documents', span);
  const actions = entriesOf(use.settings)
    .filter((entry) => /actions?$/i.test(entry.key))
    .flatMap((entry) => listOf(entry.node));
  if (actions.length === 0) return namedEffect(library, undefined, span);
  return actions
    .map((action) => namedEffect(library, action, span))
    .reduce((one, other) => bothEffects(one, other), { capabilities: [], known: true });
}

function urlOf(use: ToolUse): string | null {
  const written = (namedSetting(use, 'Url') ?? scalarText(nodeOf(use.settings, 'url')) ?? '').replace(
    /<[^>]{0,200}>/g,
    '',
  );
  return /^[a-z][a-z0-9+.-]*:\/\/([^/?#{}$\s]{1,253})/i.exec(written)?.[1]?.replace(/^[^@]*@/, '') ?? null;
}

function emitReach(facts: FlowFacts, ref: AssetRef, use: ToolUse, effect: Effect): void {
  const classes = new Set(effect.capabilities.map((one) => one.class));
  const web = /^requests/.test(use.library);
  const category = categoryOf(use.library);
  if (web || classes.has('reads-untrusted')) {
    const service = web
      ? facts.service('web', urlOf(use), use.span)
      : facts.service(category?.kind === 'search' ? 'search' : (category?.product ?? 'web'), null, use.span);
    if (classes.has('reads-untrusted')) facts.relation('ingests', ref, service, use.span);
    if (web && classes.has('sends-outside')) facts.relation('egresses-to', ref, service, use.span);
  }
  if (!web && classes.has('sends-outside'))
    facts.relation(
      'egresses-to',
      ref,
      facts.service(category?.kind === 'mail' ? 'mail' : (category?.product ?? use.library), null, use.span),
      use.span,
    );
  if (category !== null && /^(?:database|saas|files)$/.test(category.kind)) {
    const store = facts.store({
      key: `saas:${category.product}`,
      name: category.product,
      kind: category.kind === 'database' ? 'database' : 'saas',
      product: category.product,
      span: use.span,
    });
    for (const [kind, needed] of [
      ['reads', 'reads-private'],
      ['writes', 'writes'],
      ['deletes', 'deletes'],
    ] as const)
      if (classes.has(needed)) facts.relation(kind, ref, store, use.span);
  }
}

/** A list, a list written as text (`["sendMessage"]`), or one word. */
export function listOf(node: Node | undefined): readonly string[] {
  if (node === undefined) return [];
  if (node.kind === 'list')
    return itemsOf(node)
      .flatMap((item) => textOf(item) ?? [])
      .slice(0, 200);
  const text = textOf(node) ?? '';
  if (text.trim() === '') return [];
  const parsed = text.trimStart().startsWith('[') ? parseJson(text).root : null;
  return parsed === null
    ? [text.slice(0, 200)]
    : itemsOf(parsed)
        .flatMap((item) => textOf(item) ?? [])
        .slice(0, 200);
}
