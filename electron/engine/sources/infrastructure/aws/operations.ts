import { apiMethods, type Operation, readApiSchema } from '../api-schema.ts';
import type { Estate, Resource } from '../estate.ts';
import { at, each, knownText, type Spot, truthOf, type Value } from '../expression.ts';
import { folderOf, placeBelow } from '../placed-facts.ts';

export type PlacedOperation = { readonly operation: Operation; readonly place: string };

/**
 * Operations of an action group: a schema beside the code, one written inline, or functions. `unresolved` where the group
 * says that there are some and variables decide which; those of schemas that are handed to its module are found all the
 * same.
 */
export function operationsOf(
  estate: Estate,
  body: Value,
  group: Resource | null,
): { readonly operations: readonly PlacedOperation[]; readonly unresolved: boolean } {
  const payload = at(body, 'api_schema', 'payload');
  const file = estate.text(at(payload, '%file'));
  if (payload !== undefined && file !== undefined) {
    const place = placeBelow(folderOf(payload.place), file);
    if (place === null) return { operations: [], unresolved: false };
    estate.want(place);
    const operations = (estate.schemaAt(place)?.operations ?? []).map((operation) => ({ operation, place }));
    return { operations, unresolved: false };
  }
  if (payload?.kind === 'text' && knownText(payload) !== undefined)
    return {
      operations: readApiSchema(payload.text).operations.map((operation) => ({
        operation: within(operation, payload),
        place: payload.place,
      })),
      unresolved: false,
    };
  const written = schemaOperations(payload);
  if (written.length > 0) return { operations: written, unresolved: false };
  const functions = [
    ...each(at(body, 'function_schema', 'member_functions', 'functions')),
    ...each(at(body, 'function_schema', 'functions')),
  ];
  const named = functions.flatMap((item) => functionOperation(estate, item) ?? []);
  if (named.length > 0 && named.length === functions.length) return { operations: named, unresolved: false };
  const open = payload !== undefined || functions.length > 0 || at(body, 'api_schema') !== undefined;
  const handedIn = open ? (group?.handedIn?.() ?? []).flatMap((value) => schemasIn(value)) : [];
  return { operations: [...named, ...handedIn], unresolved: open };
}

/** Null for a function whose name is an expression that nothing resolves. */
function functionOperation(estate: Estate, item: Value): PlacedOperation | null {
  const name = estate.text(at(item, 'name'));
  if (name === undefined) return null;
  const confirm = at(item, 'require_confirmation');
  const enabled = truthOf(confirm) ?? /^enabled$/i.test(estate.text(confirm) ?? '');
  return {
    place: item.place,
    operation: {
      name,
      method: '',
      path: '',
      description: estate.text(at(item, 'description')) ?? '',
      line: item.line,
      endLine: item.endLine,
      confirmation: confirm === undefined ? null : { enabled, line: confirm.line },
    },
  };
}

/** Operations of an OpenAPI document that is written as a value: `jsonencode({ paths = { ... } })`. */
function schemaOperations(value: Value | undefined): readonly PlacedOperation[] {
  const paths = at(value, 'paths');
  if (paths?.kind !== 'map') return [];
  return [...paths.entries].slice(0, 500).flatMap(([path, item]) => {
    if (item.kind !== 'map' || !path.startsWith('/')) return [];
    return [...item.entries].flatMap(([key, operation]): PlacedOperation[] => {
      const method = key.toLowerCase();
      if (!apiMethods.has(method) || operation.kind !== 'map') return [];
      const id = operation.entries.get('operationId');
      const confirm = operation.entries.get('x-requireConfirmation');
      const text = (name: string): string | undefined => knownText(operation.entries.get(name));
      return [
        {
          place: operation.place,
          operation: {
            name: knownText(id) ?? `${method.toUpperCase()} ${path}`,
            method,
            path,
            description: text('description') ?? text('summary') ?? '',
            line: (id ?? operation).line,
            endLine: operation.endLine,
            confirmation:
              confirm === undefined
                ? null
                : { enabled: /^(?:enabled|true)$/i.test(knownText(confirm) ?? ''), line: confirm.line },
          },
        },
      ];
    });
  });
}

/** Values that are looked through for schemas. */
const mostVisits = 5000;

function schemasIn(value: Value): readonly PlacedOperation[] {
  const found: PlacedOperation[] = [];
  const waiting: Value[] = [value];
  for (let visits = 0; visits < mostVisits; visits++) {
    const next = waiting.pop();
    if (next === undefined) break;
    const own = schemaOperations(next);
    if (own.length > 0) found.push(...own);
    else if (next.kind === 'list') waiting.push(...next.items.slice(0, mostVisits).toReversed());
    else if (next.kind === 'map') waiting.push(...[...next.entries.values()].slice(0, mostVisits).toReversed());
  }
  return found;
}

/** A schema inside a text: its lines are the text's. */
function within(operation: Operation, spot: Spot): Operation {
  const shift = (line: number): number => Math.min(spot.endLine, spot.line + line - 1);
  return {
    ...operation,
    line: shift(operation.line),
    endLine: shift(operation.endLine),
    confirmation:
      operation.confirmation === null ? null : { ...operation.confirmation, line: shift(operation.confirmation.line) },
  };
}
