import type { JsonValue } from '../../../../shared/model/facts.ts';
import type { ListedSchema, ListedTool, ToolList } from '../../../../shared/model/tool-lists.ts';

/** What two lists of one server say differently. `tool` null: the server itself. Values are hashes with a preview. */
export type ToolChange = {
  readonly change: 'added' | 'removed' | 'changed';
  readonly tool: string | null;
  readonly fields: readonly { readonly name: string; readonly before: JsonValue; readonly after: JsonValue }[];
  /** Lines in the two lists; null where a side has none. */
  readonly before: number | null;
  readonly after: number | null;
};

/**
 * Every difference between two lists of the tools of one server. A tool whose description or schema is another one than
 * before, under the name that people agreed to, is what is called a rug pull: whether it is one is not decided here.
 */
export function compareToolLists(before: ToolList, after: ToolList): readonly ToolChange[] {
  const changes: ToolChange[] = [];
  const server = fieldsThatDiffer([
    ['instructions', textForm(before.instructions), textForm(after.instructions)],
    ['version', before.server.version, after.server.version],
    ['presentedName', before.server.presentedName, after.server.presentedName],
  ]).filter(({ name, before: one, after: other }) => name === 'instructions' || (one !== '' && other !== ''));
  if (server.length > 0)
    changes.push({ change: 'changed', tool: null, fields: server, before: before.line, after: after.line });
  const old = new Map(before.tools.map((tool) => [tool.name, tool]));
  const fresh = new Map(after.tools.map((tool) => [tool.name, tool]));
  for (const [name, tool] of fresh) {
    const known = old.get(name);
    if (known === undefined) {
      // What a list leaves out for its length is not known to be new.
      if (before.toolsLeftOut === 0 && !before.hasMore)
        changes.push({ change: 'added', tool: name, fields: [], before: null, after: tool.line });
    } else {
      const fields = toolFields(known, tool);
      if (fields.length > 0)
        changes.push({ change: 'changed', tool: name, fields, before: known.line, after: tool.line });
    }
  }
  for (const [name, tool] of old)
    if (!fresh.has(name) && after.toolsLeftOut === 0 && !after.hasMore)
      changes.push({ change: 'removed', tool: name, fields: [], before: tool.line, after: null });
  return changes;
}

function toolFields(before: ListedTool, after: ListedTool): ToolChange['fields'] {
  const fields = fieldsThatDiffer([
    ['title', before.title, after.title],
    ['description', textForm(before.description), textForm(after.description)],
    ['inputSchema', schemaForm(before.inputSchema), schemaForm(after.inputSchema)],
    ['outputSchema', schemaForm(before.outputSchema), schemaForm(after.outputSchema)],
    ['annotations', before.annotations, after.annotations],
  ]);
  // Something of the definition that is none of the parts above.
  if (fields.length === 0 && before.hash !== after.hash)
    return [{ name: 'definition', before: before.hash, after: after.hash }];
  return fields;
}

const textForm = (text: { readonly hash: string; readonly preview: string } | null): JsonValue =>
  text === null ? null : { hash: text.hash, preview: text.preview };

const schemaForm = (schema: ListedSchema | null): JsonValue =>
  schema === null
    ? null
    : {
        hash: schema.hash,
        parameters: schema.parameters.map(({ name, type, required }) => `${name}${required ? '' : '?'}: ${type}`),
      };

const fieldsThatDiffer = (
  pairs: readonly (readonly [string, JsonValue, JsonValue])[],
): ToolChange['fields'][number][] =>
  pairs
    .filter(([, before, after]) => JSON.stringify(before) !== JSON.stringify(after))
    .map(([name, before, after]) => ({ name, before, after }));
