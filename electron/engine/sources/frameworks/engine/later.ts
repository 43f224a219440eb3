import type { Project } from '../../python/resolve.ts';
import { type Binding, namesOf, type Scope } from '../../python/scopes.ts';
import { identityOf, type Spot, type Value } from '../../python/values.ts';
import { agentsIn } from './recognise.ts';

/** `triage.handoffs = [...]`, `faq.handoffs.append(triage)`: arguments that an agent gets after it was made. */
export type Later = { readonly name: string; readonly value: Value; readonly spot: Spot };

const known = new WeakMap<Project, ReadonlyMap<string, readonly Later[]>>();

const attributes =
  /\.(?:handoffs|sub_agents|tools|functions|mcp_servers|managed_agents|can_handoff_to|model|llm|instructions|system_prompt|guardrails|input_guardrails|output_guardrails|members|agents)$/;

/** By the identity of the agent's construct. */
export function laterArguments(project: Project): ReadonlyMap<string, readonly Later[]> {
  const before = known.get(project);
  if (before !== undefined) return before;
  const found = new Map<string, Later[]>();
  known.set(project, found);
  const visit = (scope: Scope): void => {
    for (const [name, bindings] of namesOf(scope.body).bindings) {
      if (!attributes.test(name) || name.startsWith('self.')) continue;
      const dot = name.lastIndexOf('.');
      const owner = project.lookup(name.slice(0, dot), scope);
      for (const agent of owner === null ? [] : agentsIn(project, owner)) {
        const id = identityOf(agent);
        const list = found.get(id) ?? [];
        for (const binding of bindings) {
          const value = valueOf(project, binding, scope);
          if (value !== null)
            list.push({ name: name.slice(dot + 1), value, spot: { place: scope.module.place, line: binding.line } });
        }
        found.set(id, list);
      }
    }
  };
  for (const module of project.modules) {
    const scope = project.moduleScope(module);
    visit(scope);
    for (const statement of module.content.body)
      if (
        statement.kind === 'function' &&
        /^(?:a?main|run|setup|create|build|make|get|init)/.test(statement.function.name)
      )
        visit(project.openScope(statement.function, scope));
  }
  return found;
}

function valueOf(project: Project, binding: Binding, scope: Scope): Value | null {
  if (binding.kind !== 'value' && binding.kind !== 'added') return null;
  const value = project.evaluate(binding.value, scope, binding.at);
  if (binding.kind === 'value' || !binding.single) return value;
  return { kind: 'list', items: [{ value }], spot: { place: scope.module.place, line: binding.line } };
}
