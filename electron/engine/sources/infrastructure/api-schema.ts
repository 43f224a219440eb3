import type { CapabilityClass } from '../../../../shared/kinds.ts';
import { type Entry, entriesOf, entryOf, nodeOf, scalarText } from '../parse/node.ts';
import { parseJson } from '../parse/json-document.ts';
import { parseYaml } from '../parse/yaml-document.ts';

/** An operation that an agent gets as a tool. */
export type Operation = {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly description: string;
  readonly line: number;
  readonly endLine: number;
  /** `x-requireConfirmation` of Bedrock ("OpenAPI schema for action groups", 2026): a person is asked before the call. */
  readonly confirmation: { readonly enabled: boolean; readonly line: number } | null;
};

export type ApiSchema = { readonly kind: 'api'; readonly title: string; readonly operations: readonly Operation[] };

export const apiMethods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

/** Operations of an OpenAPI document, YAML or JSON; empty where it is none. */
export function readApiSchema(text: string, firstLine = 1): ApiSchema {
  const root = /^\s*\{/.test(text) ? parseJson(text).root : parseYaml(text).root;
  const operations: Operation[] = [];
  const shift = firstLine - 1;
  for (const path of entriesOf(nodeOf(root, 'paths')).slice(0, 500)) {
    for (const method of entriesOf(path.node)) {
      if (!apiMethods.has(method.key.toLowerCase())) continue;
      const named: Entry | undefined = entryOf(method.node, 'operationId');
      const confirmation = entryOf(method.node, 'x-requireConfirmation');
      operations.push({
        name: scalarText(named?.node) ?? `${method.key.toUpperCase()} ${path.key}`,
        method: method.key.toLowerCase(),
        path: path.key,
        description: scalarText(nodeOf(method.node, 'description')) ?? scalarText(nodeOf(method.node, 'summary')) ?? '',
        line: (named ?? method).line + shift,
        endLine: method.endLine + shift,
        confirmation:
          confirmation === undefined
            ? null
            : {
                enabled: /^(?:enabled|true)$/i.test(scalarText(confirmation.node) ?? ''),
                line: confirmation.line + shift,
              },
      });
    }
  }
  return { kind: 'api', title: scalarText(nodeOf(root, 'info', 'title')) ?? '', operations };
}

export const isApiSchema = (content: unknown): content is ApiSchema =>
  typeof content === 'object' && content !== null && (content as { kind?: unknown }).kind === 'api';

const verbs: readonly (readonly [RegExp, CapabilityClass])[] = [
  [/^(?:delete|remove|drop|destroy|terminate|purge|wipe|erase|truncate|cancel)/, 'deletes'],
  [/^(?:send|post|notify|publish|email|mail|sms|share|export|forward)/, 'sends-outside'],
  [/^(?:pay|refund|charge|transfer|purchase|order|buy|checkout|invoice)/, 'spends-money'],
  [/^(?:execute|exec|run|invoke|eval|deploy)/, 'executes-code'],
  [
    /^(?:create|update|put|set|write|add|insert|modify|change|restart|start|stop|reboot|scale|rotate|reset|enable|disable|open|close|book|submit|approve|assign|attach|detach|grant|revoke|upload|save|store|schedule|patch|move|rename|register)/,
    'writes',
  ],
  [
    /^(?:get|list|describe|search|find|read|query|lookup|fetch|retrieve|check|count|show|view|download|scan)/,
    'reads-private',
  ],
];

/** What the name of an operation says that it does: a guess, where nobody shows its code. */
export function classesOfName(name: string, method = ''): readonly CapabilityClass[] {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  for (const word of words.slice(0, 3)) {
    const found = verbs.find(([shape]) => shape.test(word));
    if (found !== undefined) return [found[1]];
  }
  if (method === 'delete') return ['deletes'];
  return method === 'get' ? ['reads-private'] : method === '' ? [] : ['writes'];
}
