import { type Value, optionsOf } from '../../python/values.ts';
import { given, pathOf, textsOf } from '../engine/arguments.ts';
import type { FindContext } from '../engine/context.ts';
import type { ToolFound } from '../engine/tools.ts';

/** Methods of a class or object that carry an annotation, as tools: named by the annotation, else by the method. */
export function annotatedTools(context: FindContext, value: Value, annotation: RegExp): readonly ToolFound[] {
  const of = value.kind === 'class' ? value : value.kind === 'instance' ? value.of : null;
  if (of === null) return [];
  const { project } = context;
  const found: ToolFound[] = [];
  for (const statement of of.class.body) {
    if (statement.kind !== 'function') continue;
    const holder: Value = value.kind === 'instance' ? value : { kind: 'instance', of, made: null };
    const method = project.member(holder, statement.function.name);
    if (method.kind !== 'function') continue;
    for (const expression of statement.function.decorators)
      for (const one of optionsOf(project.evaluate(expression, of.scope))) {
        if (one.kind !== 'call' || !annotation.test(pathOf(one))) continue;
        const plain = context.toolOf(method);
        const words = [
          ...textsOf(given(project, one, ['description'])),
          ...(given(project, one, ['name']) === null || plain.description === '' ? textsIn(context, one) : []),
        ];
        found.push({
          ...plain,
          name: textsOf(given(project, one, ['name']))[0] ?? plain.name,
          description: (words[0] ?? plain.description).slice(0, 400),
        });
      }
  }
  return found;
}

/** `@Tool("what it does")`, `@Tool({"what", "it does"})` */
function textsIn(context: FindContext, call: Parameters<FindContext['toolsIn']>[0]): readonly string[] {
  if (call.kind !== 'call' || call.call.args[0] === undefined) return [];
  const value = context.project.evaluate(call.call.args[0], call.scope, call.call.at);
  return value.kind === 'list' ? [value.items.flatMap((item) => textsOf(item.value)).join(' ')] : textsOf(value);
}
