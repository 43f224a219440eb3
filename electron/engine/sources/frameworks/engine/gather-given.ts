import type { Project } from '../../python/resolve.ts';
import { identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import type { AgentFound } from './agent-found.ts';
import { fieldOf, itemsIn, pathOf } from './arguments.ts';
import { gatesOf } from './gate-rules.ts';
import type { Gathering } from './gathering.ts';
import { enumeratedModel } from './model-names.ts';
import { boundTools, modelsIn } from './recognise.ts';
import { serverRule, toolRule } from './vocabulary.ts';

/** Models, tools by name and servers, as arguments give them. */

export function addModel(project: Project, into: Gathering, value: Value, spot: Spot): void {
  let understood = false;
  for (const model of modelsIn(value)) {
    into.models.set(identityOf(model), model);
    understood = true;
  }
  into.toolValues.push(...boundTools(project, value).map((one) => ({ value: one })));
  const texts = optionsOf(value).filter(
    (option) => option.kind === 'text' || option.kind === 'environment' || option.kind === 'template',
  );
  if (texts.length > 0)
    into.modelTexts.push(texts.length === optionsOf(value).length ? value : { kind: 'choice', options: texts });
  for (const option of optionsOf(value)) {
    if (option.kind === 'dynamic' && (understood || texts.length > 0))
      into.unknown.push({ reason: `model may be another one: ${option.reason}`, spot });
  }
  if (understood || texts.length > 0) return;
  // `{"config_list": [{"model": "gpt-4o", ...}]}`, `{"model": "...", "provider": "..."}`
  for (const field of ['config_list', 'model', 'model_name', 'id', 'config']) {
    const inner = fieldOf(project, value, field);
    if (inner === null) continue;
    for (const item of inner.kind === 'text' ? [{ value: inner }] : itemsIn(inner))
      addModel(project, into, item.value, spot);
    return;
  }
  if (value.kind === 'list' && value.items.length > 0) {
    for (const item of value.items.slice(0, 20)) addModel(project, into, item.value, spot);
    return;
  }
  if (value.kind === 'symbol') {
    into.modelTexts.push({ kind: 'text', text: enumeratedModel(value.path), spot });
    return;
  }
  const functionOption = optionsOf(value).find((option) => option.kind === 'function');
  // A model chosen by a function when the agent runs.
  if (functionOption?.kind === 'function') into.functions.push({ value: functionOption, scope: null });
  else if (!(value.kind === 'constant' && value.value === null))
    into.unknown.push({ reason: 'model is only known at run time', spot });
}

export function addNamedTool(into: Gathering, found: AgentFound, text: string, spot: Spot): void {
  // Tools of a server are named with it; they are the server's.
  if (text.startsWith('mcp__')) return;
  const name = text.replace(/\(.*$/s, '').slice(0, 200);
  const library = `${found.framework.id}/${name}`;
  into.extraTools.push({ name, form: 'library', description: '', spot, bodies: [], uses: [], library });
}

/** MCP servers, and toolsets that hold functions instead. */
export function addServers(project: Project, into: Gathering, value: Value): void {
  if (value.kind === 'constant') return;
  if (value.kind === 'dict') {
    const inside = value.entries.filter(
      ({ value: one }) => one.kind === 'call' && toolRule(pathOf(one))?.rule.kind === 'list',
    );
    for (const one of inside) into.toolValues.push({ value: one.value });
    if (inside.length < value.entries.length) into.mcp.push(value);
    return;
  }
  if (value.kind === 'list') {
    for (const item of value.items) for (const one of optionsOf(item.value)) addServers(project, into, one);
    return;
  }
  if (value.kind === 'call') {
    const rule = serverRule(pathOf(value))?.rule;
    into.gates.push(...gatesOf(project, value, rule?.gates, []));
    if (rule === undefined && toolRule(pathOf(value)) !== null) {
      into.toolValues.push({ value });
      return;
    }
  }
  into.mcp.push(value);
}
