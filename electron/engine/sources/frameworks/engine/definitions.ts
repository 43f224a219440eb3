import type { Project } from '../../python/resolve.ts';
import type { Scope } from '../../python/scopes.ts';
import { classAt, functionAt } from '../../python/spots.ts';
import type { Statement } from '../../python/summary.ts';
import { mayMention } from '../../python/packed.ts';
import type { Definition } from './context.ts';

/**
 * Functions and classes of the project with their decorators, outside in. Bodies of functions are only looked into where
 * they mention one of `names`: the rest need not be decoded.
 */
export function definitionsIn(project: Project, names: ReadonlySet<string>): readonly Definition[] {
  const found: Definition[] = [];
  const visit = (statements: readonly Statement[], scope: Scope, depth: number): void => {
    if (depth > 12) return;
    for (const statement of statements) {
      if (statement.kind === 'function') {
        const { decorators } = statement.function;
        const value = functionAt(statement.function, scope);
        found.push({
          kind: 'function',
          value,
          decorators: decorators.map((one) => project.evaluate(one, scope, statement.at)),
        });
        if (mayMention(statement.function, names))
          visit(statement.function.body, project.openScope(statement.function, scope), depth + 1);
      } else if (statement.kind === 'class') {
        const value = classAt(statement.class, scope);
        const { decorators } = statement.class;
        found.push({
          kind: 'class',
          value,
          decorators: decorators.map((one) => project.evaluate(one, scope, statement.at)),
        });
        visit(statement.class.body, project.openScope(statement.class, scope), depth + 1);
      }
    }
  };
  for (const module of project.modules) visit(module.content.body, project.moduleScope(module), 0);
  return found;
}
