import type { JsonValue, Properties } from '../../shared/model/facts.ts';
import { isObject, propertyWord, valueText } from './property-words.ts';

/** What a server or a file declares of a tool; `unknown` words stand where nothing is declared or readable. */
export type ToolDefinition = {
  readonly title: string;
  /** Null where none is declared. */
  readonly description: string | null;
  readonly descriptionHash: string;
  readonly definitionHash: string;
  readonly parameters: readonly { readonly name: string; readonly type: string; readonly required: boolean }[];
  readonly parametersLeftOut: number;
  readonly schemaHash: string;
  /** The schema as JSON text; '' where there is none or it is longer than the limit. */
  readonly schemaText: string;
  readonly hasSchema: boolean;
  /** Hints as words, the server's own and untrusted. */
  readonly annotations: readonly string[];
  /** What stands out in its texts: characters nobody sees, words that speak to the model. */
  readonly warnings: readonly string[];
};

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
const objectsOf = (value: JsonValue | undefined): readonly Properties[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]).filter(isObject) : [];

export function toolDefinitionOf(properties: Properties): ToolDefinition {
  const schema = properties['inputSchema'];
  const input: Properties = schema !== undefined && isObject(schema) ? schema : {};
  const leftOut = input['parametersLeftOut'];
  return {
    title: textOf(properties['title']),
    description: typeof properties['description'] === 'string' ? properties['description'] : null,
    descriptionHash: textOf(properties['descriptionHash']) || textOf(properties['descriptionSha256']),
    definitionHash: textOf(properties['definitionHash']),
    parameters: objectsOf(input['parameters']).map((item) => ({
      name: textOf(item['name']),
      type: textOf(item['type']) || 'any',
      required: item['required'] === true,
    })),
    parametersLeftOut: typeof leftOut === 'number' ? leftOut : 0,
    schemaHash: textOf(input['hash']),
    schemaText: textOf(input['text']),
    hasSchema: schema !== undefined && isObject(schema),
    annotations: annotationsOf(properties),
    warnings: [
      ...objectsOf(properties['hiddenCharacters']).map(
        (item) =>
          `${String(item['count'] ?? '')} ${textOf(item['what']) || 'hidden characters'} (${textOf(item['codePoint'])}) in ${textOf(item['where'])}${textOf(item['text']) === '' ? '' : `, spelling "${textOf(item['text'])}"`}`,
      ),
      ...objectsOf(properties['steersModel']).map(
        (item) => `${textOf(item['where'])} ${textOf(item['what']).replaceAll('-', ' ')}: "${textOf(item['text'])}"`,
      ),
      ...(Array.isArray(properties['differsFromListed'])
        ? [`the server lists another ${valueText(properties['differsFromListed'])} than its code has`]
        : []),
    ],
  };
}

const hints = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

function annotationsOf(properties: Properties): readonly string[] {
  const { annotations } = properties;
  const own: Properties = annotations !== undefined && isObject(annotations) ? annotations : {};
  const found = Object.keys(own).length > 0 ? Object.entries(own) : [];
  const flat = hints.flatMap((name) => (properties[name] === undefined ? [] : [[name, properties[name]] as const]));
  return [...found, ...flat].map(([name, value]) => `${propertyWord(name)}: ${valueText(value ?? null)}`);
}
