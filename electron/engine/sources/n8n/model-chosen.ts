import { entriesOf, itemsOf, type Node, nodeOf, scalarText, textOf } from '../parse/node.ts';
import type { ModelChosen } from '../low-code/flow-facts.ts';
import type { FlowNode } from './workflow.ts';

const fromModel = /\$fromAI\(\s{0,20}(?:['"`]([^'"`]{0,200})['"`])?/gi;

/**
 * Parameters of a tool that the model fills in: `$fromAI(...)` anywhere in their text (documentation "Let AI specify the tool
 * parameters"), placeholders of the older request tool, and the inputs of a sub-workflow.
 */
export function modelChosenOf(node: FlowNode): readonly ModelChosen[] {
  const found: ModelChosen[] = [];
  const walk = (value: Node | undefined, path: string): void => {
    if (value === undefined || found.length >= 200) return;
    if (value.kind === 'map')
      for (const entry of entriesOf(value)) walk(entry.node, path === '' ? entry.key : `${path}.${entry.key}`);
    else if (value.kind === 'list') for (const [index, item] of value.items.entries()) walk(item, `${path}[${index}]`);
    else if (typeof value.value === 'string' && /\$fromAI\(/i.test(value.value))
      for (const match of value.value.slice(0, 50_000).matchAll(fromModel))
        found.push({ parameter: path, ...(match[1] === undefined ? {} : { name: match[1] }), line: value.line });
  };
  walk(node.parameters, '');
  for (const item of itemsOf(nodeOf(node.parameters, 'placeholderDefinitions', 'values'))) {
    const name = textOf(nodeOf(item, 'name'));
    if (name !== undefined) found.push({ parameter: parameterOfPlaceholder(node, name), name, line: item.line });
  }
  for (const part of ['parametersQuery', 'parametersHeaders', 'parametersBody'])
    for (const item of itemsOf(nodeOf(node.parameters, part, 'values'))) {
      const name = scalarText(nodeOf(item, 'name'));
      const provider = scalarText(nodeOf(item, 'valueProvider')) ?? 'modelRequired';
      if (name !== undefined && provider.startsWith('model'))
        found.push({ parameter: `${part}.${name}`, name, line: item.line });
    }
  // A tool that runs a sub-workflow or code hands the model's query on, whatever else it is given.
  if (/^(?:toolWorkflow|toolCode)$/.test(node.base) && found.length === 0)
    found.push({
      parameter: nodeOf(node.parameters, 'specifyInputSchema') === undefined ? 'query' : 'input',
      line: node.span.line,
    });
  return found;
}

function parameterOfPlaceholder(node: FlowNode, name: string): string {
  for (const key of ['url', 'jsonBody', 'jsonQuery', 'jsonHeaders', 'body'])
    if ((textOf(nodeOf(node.parameters, key)) ?? '').includes(`{${name}}`)) return key;
  return name;
}

/** The parameter itself, or something below it, is the model's choice. */
export const chooses = (chosen: readonly ModelChosen[], ...names: readonly string[]): boolean =>
  chosen.some(({ parameter }) =>
    names.some((name) => parameter === name || parameter.startsWith(`${name}.`) || parameter.startsWith(`${name}[`)),
  );
