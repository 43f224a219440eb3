import type { Confidence, Scope } from '../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { credentialRef, hostAgentRef } from '../keys.ts';
import { credentialDraft } from '../mcp/credential-facts.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { type Entry, entriesOf, linedTexts, type Node, scalarText, type Span } from '../parse/node.ts';
import { linesOf, type ReadingBuilder } from '../parse/reading-builder.ts';
import { classifyValue, maskText, maskUrl } from '../parse/secrets.ts';
import type { AssetRef, FileInput } from '../source.ts';

export type Host = {
  readonly id: string;
  readonly title: string;
  /** Where the host keeps what was said and done; stated with the agent of the user settings. */
  readonly transcripts?: readonly TranscriptPlace[];
};

/** `place` is a pattern as in locations, from the home (`~/`), the project or the machine. */
export type TranscriptPlace = { readonly place: string; readonly confidence: Confidence };

/** The agent that a configuration file of a host speaks of: one per host and folder, one for the user, one for the machine. */
export function hostAgent(
  host: Host,
  file: Pick<FileInput, 'anchor' | 'anchorName'>,
  scope: Scope,
): { readonly ref: AssetRef; readonly name: string } {
  if (scope === 'managed') return { ref: hostAgentRef(host.id, ''), name: `${host.title}, managed settings` };
  if (file.anchor === '~') return { ref: hostAgentRef(host.id, '~'), name: `${host.title}, user settings` };
  return { ref: hostAgentRef(host.id, file.anchor), name: `${host.title} in ${file.anchorName}` };
}

/**
 * Collects what one file says about a host's agent, in lists whose members carry scope, place and line, so that the
 * lists of all files can be united and still be told apart.
 */
export class HostAgentFacts {
  readonly ref: AssetRef;
  readonly name: string;
  readonly scope: Scope;
  readonly #builder: ReadingBuilder;
  readonly #host: Host;
  readonly #lists = new Map<string, Properties[]>();
  readonly #properties = new Map<string, JsonValue>();

  constructor(builder: ReadingBuilder, host: Host, scope: Scope = builder.file.scope) {
    const { ref, name } = hostAgent(host, builder.file, scope);
    this.ref = ref;
    this.name = name;
    this.scope = scope;
    this.#builder = builder;
    this.#host = host;
  }

  /** Adds a member to a list property, with the place it stands at. */
  located(list: string, span: Span, facts: Properties): void {
    const members = this.#lists.get(list) ?? [];
    members.push({ ...facts, scope: this.scope, place: this.#builder.file.place, line: span.line });
    this.#lists.set(list, members);
  }

  permission(list: string, node: Node | undefined): void {
    for (const item of linedTexts(node)) this.located('permissions', item, { list, rule: maskText(item.text) });
    if (node !== undefined && node.kind !== 'list')
      this.#builder.issue(node.line, `permission list "${list}" is not a list`);
    if (node?.kind === 'list') {
      for (const item of node.items) {
        if (item.kind !== 'scalar' || typeof item.value !== 'string')
          this.#builder.issue(item.line, `permission list "${list}" holds a member that is not text`);
      }
    }
  }

  /** A single value under its dotted key; texts are masked. */
  value(list: string, key: string, entry: Entry | undefined): void {
    if (entry === undefined) return;
    const text = scalarText(entry.node);
    const hidden = text !== undefined && classifyValue(entry.key, text).kind === 'literal-secret';
    if (hidden) this.located('literalSecrets', entry, { where: key, kind: 'secret' });
    this.located(list, entry, { key, value: hidden ? '***' : jsonOf(entry.node, 0) });
  }

  property(name: string, value: JsonValue): void {
    this.#properties.set(name, value);
  }

  /** Environment that the host sets for itself and its tools: names, credentials and literal secrets. */
  environment(entry: Entry | undefined, where: string): void {
    for (const member of entriesOf(entry?.node)) {
      const value = scalarText(member.node) ?? '';
      const judged = classifyValue(member.key, value);
      const secret = judged.kind === 'literal-secret' ? judged.secret : null;
      this.located('environment', member, { name: member.key, form: judged.kind });
      if (/_BASE_URL$/.test(member.key) && /^https?:/i.test(value)) this.property('apiBaseUrl', maskUrl(value));
      if (secret !== null) this.located('literalSecrets', member, { where: `${where}.${member.key}`, kind: secret });
      if (secret === null && !isCredentialName(member.key)) continue;
      if (judged.kind === 'empty') continue;
      const reference = judged.kind === 'reference' ? judged.references[0]?.replace(/^[a-z]+:/, '') : undefined;
      this.credential(
        reference ?? member.key,
        member,
        secret === null ? (reference === undefined ? judged.kind : 'reference') : 'literal',
        secret,
        member.key,
      );
    }
  }

  credential(name: string, span: Span, form: string, secretKind: string | null, variable: string): void {
    const found = { ref: credentialRef(name), name, form, secretKind, line: span.line, endLine: span.endLine };
    const ref = credentialDraft(this.#builder, this.#builder.file, found, this.#host.id);
    this.#builder.relation({
      kind: 'authenticates-with',
      from: this.ref,
      to: ref,
      properties: { form, variable },
      lines: linesOf(span),
    });
  }

  /** Programs that the host starts by itself because a file says so. */
  helper(key: string, entry: Entry | undefined): void {
    if (entry === undefined) return;
    const command =
      entry.node.kind === 'scalar'
        ? scalarText(entry.node)
        : linedTexts(entry.node)
            .map((item) => item.text)
            .join(' ');
    if (command !== undefined && command !== '') this.located('helpers', entry, { key, command: maskText(command) });
  }

  emit(span: Span, confidence: Confidence = 'high', properties: Properties = {}): void {
    this.#builder.asset({
      ...this.ref,
      name: this.name,
      properties: {
        host: this.#host.id,
        ...(this.ref.key.endsWith('@~') && this.#host.transcripts !== undefined
          ? { transcripts: this.#host.transcripts }
          : {}),
        ...Object.fromEntries(this.#properties),
        ...Object.fromEntries(this.#lists),
        ...properties,
      },
      lines: linesOf(span),
      confidence,
    });
  }
}

/** Plain JSON of a small setting, texts masked, cut in depth and number; keys never reach a prototype. */
export function jsonOf(node: Node, depth: number): JsonValue {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'string' ? maskText(node.value.slice(0, 2000)) : node.value;
    case 'list':
      return depth > 5 ? [] : node.items.slice(0, 500).map((item) => jsonOf(item, depth + 1));
    case 'map':
      return depth > 5
        ? {}
        : Object.fromEntries(
            entriesOf(node)
              .slice(0, 500)
              .map((entry) => {
                const text = scalarText(entry.node);
                const hidden = text !== undefined && classifyValue(entry.key, text).kind === 'literal-secret';
                return [entry.key, hidden ? '***' : jsonOf(entry.node, depth + 1)] as const;
              }),
          );
  }
}
