import type { Project } from '../../python/resolve.ts';
import type { Scope } from '../../python/scopes.ts';
import { type FunctionValue, identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { argumentOf, given, pathOf } from './arguments.ts';
import type { Gathering } from './gathering.ts';
import { agentsIn, boundTools, modelsIn } from './recognise.ts';
import { toolsIn } from './tools.ts';
import { toolRule } from './vocabulary.ts';

/** A node of a graph, a hook: what runs where it stands. */
export function visitNode(
  project: Project,
  into: Gathering,
  name: string,
  value: Value,
  spot: Spot,
  depth: number,
): void {
  if (depth > 8) {
    into.unknown.push({ reason: `node ${name} is nested too deep to follow`, spot });
    return;
  }
  const { functions, toolValues, models, agents, unknown, prompts, toolNodes } = into;
  for (const option of optionsOf(value)) {
    const inner = agentsIn(project, option);
    if (inner.length > 0) {
      for (const agent of inner) agents.push({ agent, spot, how: `node ${name}` });
      continue;
    }
    switch (option.kind) {
      case 'function':
        functions.push({ value: option, scope: null });
        break;
      case 'instance':
      case 'class': {
        const methods = ['__call__', 'invoke', 'ainvoke', 'run']
          .map((method) => project.member(option, method))
          .filter((one) => one.kind === 'function');
        for (const method of methods) functions.push({ value: method, scope: null });
        if (methods.length === 0) unknown.push({ reason: `node ${name} is an object whose code was not found`, spot });
        break;
      }
      case 'lambda':
        functions.push({ value: lambdaFunction(option), scope: { ...lambdaScope(option) } });
        break;
      case 'list':
        // `add_sequence([("name", function)])`
        for (const item of option.items)
          if (item.value.kind !== 'text') visitNode(project, into, name, item.value, spot, depth + 1);
        break;
      case 'member':
        // The bound method of something: `agent.invoke`, `self.model.invoke`.
        for (const agent of agentsIn(project, option.of)) agents.push({ agent, spot, how: `node ${name}` });
        for (const model of modelsIn(option.of)) models.set(identityOf(model), model);
        toolValues.push(...boundTools(project, option.of).map((one) => ({ value: one })));
        if (agentsIn(project, option.of).length === 0 && modelsIn(option.of).length === 0)
          unknown.push({ reason: `node ${name} is only known at run time`, spot });
        break;
      case 'pipe':
      case 'call': {
        const path = option.kind === 'call' ? pathOf(option) : '';
        const rule = option.kind === 'call' ? toolRule(path)?.rule : undefined;
        if (option.kind === 'call' && rule?.kind === 'list') {
          const list = given(project, option, rule.tools);
          if (list !== null) {
            toolValues.push({ value: list });
            toolNodes.set(name, toolsIn(project, list));
          } else unknown.push({ reason: 'tools of a tool node are only known at run time', spot });
          break;
        }
        const found = modelsIn(option);
        for (const model of found) models.set(identityOf(model), model);
        toolValues.push(...boundTools(project, option).map((one) => ({ value: one })));
        prompts.push(option);
        if (option.kind === 'call' && /RunnableLambda$|create_task$|^langgraph\.func|RunnableCallable$/.test(path)) {
          const wrapped = argumentOf(project, option, 0, 'func');
          if (wrapped !== null) visitNode(project, into, name, wrapped, spot, depth + 1);
        } else if (found.length === 0 && option.kind === 'call')
          unknown.push({ reason: `node ${name} is made by a call that is not known`, spot });
        break;
      }
      case 'dynamic':
        unknown.push({ reason: `node ${name}: ${option.reason}`, spot });
        break;
      default:
        break;
    }
  }
}

/** A lambda as a function of one return, so that bodies are looked at in one way. */
export function lambdaFunction(value: Extract<Value, { kind: 'lambda' }>): FunctionValue {
  return {
    kind: 'function',
    function: {
      name: 'lambda',
      line: value.spot.line,
      endLine: value.spot.line,
      parameters: value.parameters,
      decorators: [],
      documentation: '',
      body: [{ kind: 'return', value: value.body, line: value.spot.line, at: Number.MAX_SAFE_INTEGER }],
    },
    scope: value.scope,
    spot: value.spot,
  };
}

export const lambdaScope = (value: Extract<Value, { kind: 'lambda' }>): Scope => ({
  kind: 'function',
  module: value.scope.module,
  parent: value.scope,
  body: [],
  given: new Map(),
  depth: value.scope.depth + 1,
});
