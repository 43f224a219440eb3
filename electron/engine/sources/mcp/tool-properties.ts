import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import type { ListedSchema, ListedTool, ToolList } from '../../../../shared/model/tool-lists.ts';

const schemaProperties = (schema: ListedSchema): Properties => ({
  hash: schema.hash,
  characters: schema.characters,
  parameters: schema.parameters.map((one) => ({ ...one })),
  ...(schema.parametersLeftOut === 0 ? {} : { parametersLeftOut: schema.parametersLeftOut }),
  // As text: keys of a schema are the server's own words, not names of facts.
  ...(schema.text === null ? { leftOut: 'longer than the limit' } : { text: schema.text }),
});

const copies = (items: readonly object[]): readonly JsonValue[] => items.map((item) => ({ ...item }) as JsonValue);

/**
 * A tool as its server describes it. Whatever is absent was not declared. `capabilities` are guesses from its name and its
 * own hints: `capabilitiesKnown` is false, and each says so.
 */
export const listedToolProperties = (tool: ListedTool): Properties => ({
  framework: 'mcp',
  form: 'mcp tool',
  ...descriptionProperties(tool),
  capabilities: copies(tool.capabilities),
  capabilitiesKnown: false,
});

/** The four parts that a server declares of a tool, with their hashes and what stands out in them. */
export const descriptionProperties = (tool: ListedTool): Properties => ({
  ...(tool.title === '' ? {} : { title: tool.title }),
  ...(tool.description === null
    ? {}
    : {
        description: tool.description.preview,
        descriptionHash: tool.description.hash,
        descriptionCharacters: tool.description.characters,
      }),
  ...(tool.inputSchema === null ? {} : { inputSchema: schemaProperties(tool.inputSchema) }),
  ...(tool.outputSchema === null ? {} : { outputSchema: schemaProperties(tool.outputSchema) }),
  ...(tool.annotations === null
    ? {}
    : { annotations: tool.annotations, annotationsFrom: 'the server itself, untrusted' }),
  ...(tool.hiddenCharacters.length === 0 ? {} : { hiddenCharacters: copies(tool.hiddenCharacters) }),
  ...(tool.steersModel.length === 0 ? {} : { steersModel: copies(tool.steersModel) }),
  definitionHash: tool.hash,
});

export const instructionsProperties = (instructions: ToolList['instructions']): Properties =>
  instructions === null
    ? {}
    : {
        instructionsHash: instructions.hash,
        instructionsPreview: instructions.preview,
        instructionsCharacters: instructions.characters,
        ...(instructions.hiddenCharacters.length === 0
          ? {}
          : { hiddenCharacters: copies(instructions.hiddenCharacters) }),
        ...(instructions.steersModel.length === 0 ? {} : { steersModel: copies(instructions.steersModel) }),
      };

/** Key of a tool that is known from lists alone: its server's and its name, wherever it was read. */
export const listedToolKey = (serverKey: string, name: string): string => `${serverKey}#tool:${name}`;
