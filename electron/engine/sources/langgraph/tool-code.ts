import type { Project } from '../python/resolve.ts';
import { namesOf, type Scope } from '../python/scopes.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf, type Value } from '../python/values.ts';
import { argumentOf, textsOf } from './recognise.ts';
import type { ToolFound } from './tools.ts';

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
  let name = definition.name;
  let description = definition.documentation;
  for (const decorator of definition.decorators) {
    if (decorator.kind !== 'call') continue;
    const callee = project.evaluate(decorator.callee, value.scope);
    if (!isToolDecorator(callee)) continue;
    const call: CallValue = { kind: 'call', callee, call: decorator, scope: value.scope, spot: value.spot };
    name = textsOf(argumentOf(project, call, 0, 'name_or_callable'))[0] ?? name;
    description = textsOf(argumentOf(project, call, null, 'description'))[0]?.slice(0, 400) ?? description;
  }
  return { name, form: 'function', description, spot: value.spot, bodies: [{ value, scope: null }], uses: [] };
}

export const isToolDecorator = (value: Value): boolean =>
  optionsOf(value).some(
    (option) =>
      option.kind === 'symbol' && /^langchain(?:_core|_classic|_community)?\.(?:.*\.)?tool$/.test(option.path),
  );

export const isToolClass = (project: Project, value: Value & { kind: 'class' }): boolean =>
  value.class.bases.some((base) => {
    const parent = project.evaluate(base, value.scope);
    return (
      (parent.kind === 'symbol' && /\.(?:BaseTool|StructuredTool|Tool)$/.test(parent.path)) ||
      (parent.kind === 'class' && isToolClass(project, parent))
    );
  });

export function methods(
  project: Project,
  value: Value & { kind: 'class' | 'instance' },
): readonly { value: FunctionValue; scope: Scope | null }[] {
  return ['_run', '_arun', '__call__', 'run', 'invoke'].flatMap((name) => {
    const method = project.member(value, name);
    return method.kind === 'function' ? [{ value: method, scope: null }] : [];
  });
}

export function textIn(project: Project, value: Value, name: string): string | undefined {
  return textsOf(project.member(value, name))[0];
}
