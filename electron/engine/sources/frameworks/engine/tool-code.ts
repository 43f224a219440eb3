import type { Project } from '../../python/resolve.ts';
import { namesOf, type Scope } from '../../python/scopes.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf, type Value } from '../../python/values.ts';
import { writtenName } from './agent-names.ts';
import { given, textsOf } from './arguments.ts';
import { gatesOf } from './gate-rules.ts';
import type { GateFound } from './gathering.ts';
import type { ToolFound } from './tools.ts';
import { toolRule } from './vocabulary.ts';

/** Tools that the project implements itself: functions, classes, and how they are named. */

/** `search = TavilySearch(); search.name = "web_search"`: the later name counts. */
export function renamedTo(project: Project, tool: CallValue): string | undefined {
  const { scope } = tool;
  const identity = identityOf(tool);
  for (const [name, bindings] of namesOf(scope.body).bindings) {
    if (!name.endsWith('.name')) continue;
    const owner = project.lookup(name.slice(0, -'.name'.length), scope);
    const last = bindings.at(-1);
    if (owner !== null && identityOf(owner) === identity && last?.kind === 'value')
      return textsOf(project.evaluate(last.value, scope, last.at))[0];
  }
  return undefined;
}

export function functionTool(project: Project, value: FunctionValue): ToolFound {
  const definition = value.function;
  let name = writtenName(definition.name) || 'function';
  let description = definition.documentation;
  let framework: string | undefined;
  const gates: GateFound[] = [];
  for (const decorator of definition.decorators) {
    const made = decorator.kind === 'call' ? decorator : null;
    for (const callee of optionsOf(project.evaluate(made === null ? decorator : made.callee, value.scope))) {
      const ruled = callee.kind === 'symbol' ? toolRule(callee.path) : null;
      if (ruled?.rule.kind !== 'decorator') continue;
      framework = ruled.framework.id;
      if (made === null) continue;
      const call: CallValue = {
        kind: 'call',
        callee,
        call: made,
        scope: value.scope,
        spot: { place: value.spot.place, line: made.line },
      };
      name = textsOf(given(project, call, ruled.rule.name))[0] ?? name;
      description = textsOf(given(project, call, ruled.rule.description))[0]?.slice(0, 400) ?? description;
      gates.push(...gatesOf(project, call, ruled.rule.gates, [name]));
    }
  }
  return {
    name,
    form: 'function',
    description,
    spot: value.spot,
    bodies: [{ value, scope: null }],
    uses: [],
    ...(framework === undefined ? {} : { framework }),
    ...(gates.length === 0 ? {} : { gates }),
  };
}

export const isToolDecorator = (value: Value): boolean =>
  optionsOf(value).some((option) => {
    const callee = option.kind === 'call' ? option.callee : option;
    return callee.kind === 'symbol' && toolRule(callee.path)?.rule.kind === 'decorator';
  });

type Classed = Value & { kind: 'class' | 'instance' };

/** Methods that do the work of a tool class, by the framework's base class; null where there is none. */
function workMethods(project: Project, value: Value & { kind: 'class' }, depth = 0): readonly string[] | null {
  if (depth > 8) return null;
  for (const base of value.class.bases) {
    const parent = project.evaluate(base, value.scope);
    if (parent.kind === 'symbol') {
      const rule = toolRule(parent.path)?.rule;
      if (rule?.kind === 'class') return rule.methods;
      if (/\.(?:BaseTool|StructuredTool|Tool)$/.test(parent.path)) return usualMethods;
    } else if (parent.kind === 'class') {
      const found = workMethods(project, parent, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}

const usualMethods = [
  '_run',
  '_arun',
  '__call__',
  'run',
  'invoke',
  'forward',
  'execute',
  'call',
  'Call',
  'InvokableRun',
];

export const isToolClass = (project: Project, value: Value & { kind: 'class' }): boolean =>
  workMethods(project, value) !== null;

export function methods(project: Project, value: Classed): readonly { value: FunctionValue; scope: Scope | null }[] {
  const definition = value.kind === 'class' ? value : value.of;
  return (workMethods(project, definition) ?? usualMethods).flatMap((name) => {
    const method = project.member(value, name);
    return method.kind === 'function' ? [{ value: method, scope: null }] : [];
  });
}

/**
 * An object that stands for several tools: each method with a tool decorator, or each public method of a class that comes
 * from a framework's toolkit.
 */
export function methodTools(project: Project, value: Classed): readonly ToolFound[] {
  const definition = value.kind === 'class' ? value : value.of;
  const marked: ToolFound[] = [];
  const open: ToolFound[] = [];
  const kit = isToolkit(project, definition);
  for (const statement of definition.class.body) {
    if (statement.kind !== 'function') continue;
    const method = project.member(value, statement.function.name);
    if (method.kind !== 'function') continue;
    const inside = project.openScope(definition.class, definition.scope);
    if (statement.function.decorators.some((one) => isToolDecorator(project.evaluate(one, inside))))
      marked.push(functionTool(project, method));
    else if (kit && !statement.function.name.startsWith('_')) open.push(functionTool(project, method));
  }
  return marked.length > 0 ? marked : open;
}

function isToolkit(project: Project, value: Value & { kind: 'class' }, depth = 0): boolean {
  return value.class.bases.some((base) => {
    const parent = project.evaluate(base, value.scope);
    if (parent.kind === 'symbol') return toolRule(parent.path)?.rule.kind === 'toolkit';
    return parent.kind === 'class' && depth < 6 && isToolkit(project, parent, depth + 1);
  });
}

export function textIn(project: Project, value: Classed, name: string): string | undefined {
  return textsOf(project.member(value, name))[0];
}
