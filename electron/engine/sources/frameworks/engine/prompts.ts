import { modelTextFacts } from '../../host/model-text.ts';
import { placedRef } from '../../keys.ts';
import { maskText } from '../../parse/secrets.ts';
import type { Project } from '../../python/resolve.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../../python/values.ts';
import type { AssetRef } from '../../source.ts';
import { type FactCollector, sha256 } from './collector.ts';
import { given, pathOf, valuesIn } from './arguments.ts';
import { promptRule } from './vocabulary.ts';

const previewLength = 200;

/** Emits the instructions behind a value; returns what was found and whether a part is only known at run time. */
export function promptFacts(
  project: Project,
  facts: FactCollector,
  value: Value,
  label: string,
): { readonly refs: readonly { ref: AssetRef; spot: Spot }[]; readonly dynamic: boolean } {
  const refs: { ref: AssetRef; spot: Spot }[] = [];
  let dynamic = false;
  /** Instructions are what stands in the system message; in others only a text that the code keeps under a name. */
  const message = (role: string, content: Value, depth: number): void => {
    if (/^(?:system|developer)$/i.test(role)) return visit(content, depth);
    if (!/^(?:user|human)$/i.test(role)) return;
    for (const option of optionsOf(content)) {
      for (const part of option.kind === 'template' ? option.parts : [option])
        if (part.kind === 'text' && part.name !== undefined && part.text.length >= 80) visit(part, depth);
    }
  };
  const visit = (at: Value, depth: number): void => {
    if (depth > 8) return;
    switch (at.kind) {
      case 'text':
        if (at.text.trim().length >= 12)
          refs.push({
            ref: emit(
              facts,
              at.spot,
              at.name ?? label,
              at.text,
              at.whole?.sha256 ?? sha256(at.text),
              at.whole?.length ?? at.text.length,
              false,
            ),
            spot: at.spot,
          });
        return;
      case 'template': {
        const named = at.parts.filter(
          (part) =>
            (part.kind === 'text' || part.kind === 'template') && part.name !== undefined && part.name !== at.name,
        );
        for (const part of named) visit(part, depth + 1);
        const text = at.parts.map((part) => (part.kind === 'text' ? part.text : '{…}')).join('');
        const own = at.parts.some(
          (part) => part.kind === 'text' && !named.includes(part) && part.text.trim().length >= 12,
        );
        if (own)
          refs.push({
            ref: emit(facts, at.spot, at.name ?? label, text, sha256(text), text.length, true),
            spot: at.spot,
          });
        dynamic ||= at.parts.some((part) => part.kind !== 'text');
        return;
      }
      case 'choice':
        for (const option of at.options) visit(option, depth + 1);
        return;
      case 'list':
        // `("system", text)` or a list of messages.
        if (
          at.items.length === 2 &&
          at.items[0]?.value.kind === 'text' &&
          /^(?:system|human|user|ai|assistant|placeholder|developer)$/i.test(at.items[0].value.text)
        ) {
          if (at.items[1] !== undefined) message(at.items[0].value.text, at.items[1].value, depth + 1);
        } else for (const item of at.items) visit(item.value, depth + 1);
        return;
      case 'dict': {
        const role = at.entries.find((entry) => entry.key?.kind === 'text' && entry.key.text === 'role')?.value;
        const content = at.entries.find((entry) => entry.key?.kind === 'text' && entry.key.text === 'content')?.value;
        if (role?.kind === 'text' && content !== undefined) message(role.text, content, depth + 1);
        return;
      }
      case 'call': {
        const held = promptRule(pathOf(at));
        if (held?.rule.pulled === true) {
          const [id] = optionsOf(given(project, at, held.rule.text) ?? { kind: 'constant', value: null });
          const name = id?.kind === 'text' ? id.text : 'prompt';
          const ref = facts.asset(at.spot, {
            ...placedRef('prompt', at.spot, `hub:${name}`),
            name,
            properties: { source: 'prompt hub', reference: name },
            dynamic: true,
            confidence: 'medium',
          });
          refs.push({ ref, spot: at.spot });
          dynamic = true;
          return;
        }
        if (held !== null) {
          const inner = given(project, at, held.rule.text);
          if (inner !== null) return visit(inner, depth + 1);
        }
        const file = fileRead(project, at);
        if (file !== null) {
          const ref = facts.asset(at.spot, {
            ...placedRef('prompt', at.spot, file),
            name: file.slice(file.lastIndexOf('/') + 1),
            properties: { source: 'file', reference: file },
            dynamic: true,
            confidence: 'medium',
          });
          refs.push({ ref, spot: at.spot });
          dynamic = true;
          return;
        }
        // `ChatPromptTemplate.from_messages([...]).partial(...)`
        if (at.callee.kind === 'member') return visit(at.callee.of, depth + 1);
        dynamic = true;
        return;
      }
      case 'pipe':
        for (const part of at.parts) if (part.kind === 'call') visit(part, depth + 1);
        return;
      case 'function':
        visit(project.results(at, null, at.scope), depth + 1);
        dynamic = true;
        return;
      case 'constant':
        return;
      default:
        dynamic = true;
    }
  };
  visit(value, 0);
  return { refs, dynamic };
}

/** Name of the file that a call reads: `open("prompt.md").read()`, `Path("prompt.md").read_text()`. */
function fileRead(project: Project, call: CallValue): string | null {
  const path = pathOf(call);
  if (!/(?:^builtins\.open\(\)\.read|^pathlib\.Path\(\)(?:\.\w+(?:\(\))?)*\.read_text)$/.test(path)) return null;
  for (const value of valuesIn(project, call.callee)) {
    if (value.kind === 'text' && /\.(?:md|txt|j2|jinja2?|ya?ml|prompt|xml)$/.test(value.text))
      return value.text.slice(0, 200);
  }
  return null;
}

function emit(
  facts: FactCollector,
  spot: Spot,
  name: string,
  text: string,
  digest: string,
  length: number,
  dynamic: boolean,
): AssetRef {
  const masked = maskText(text);
  return facts.asset(spot, {
    ...placedRef('prompt', spot, name),
    name,
    properties: {
      sha256: digest,
      length,
      preview: masked.length > previewLength ? `${masked.slice(0, previewLength - 1)}…` : masked,
      ...modelTextFacts(text, spot.line),
    },
    confidence: 'high',
    ...(dynamic ? { dynamic: true } : {}),
  });
}
