import type { Project } from '../../python/resolve.ts';
import { optionsOf, type Value } from '../../python/values.ts';
import type { Framework } from '../framework.ts';
import { given, originPath } from './arguments.ts';

const known = new WeakMap<Project, Map<string, readonly Value[]>>();

/** Models that the program sets for all agents of a framework: `Settings.llm = ...`, `dspy.configure(lm=...)`. */
export function defaultModels(project: Project, framework: Framework): readonly Value[] {
  if (framework.defaultModels === undefined) return [];
  let values = known.get(project);
  if (values === undefined) {
    values = new Map();
    known.set(project, values);
  }
  let found = values.get(framework.id);
  if (found === undefined) {
    found = look(project, framework);
    values.set(framework.id, found);
  }
  return found;
}

function look(project: Project, framework: Framework): readonly Value[] {
  const found: Value[] = [];
  for (const rule of framework.defaultModels ?? []) {
    if ('assigned' in rule) {
      for (const [path, values] of project.libraryAssignments()) if (rule.assigned.test(path)) found.push(...values);
      continue;
    }
    for (const site of project.calls(new Set(rule.symbols))) {
      for (const callee of optionsOf(project.evaluate(site.call.callee, site.scope, site.statement.at))) {
        if (!(rule.from ?? framework.roots).test(originPath(callee) ?? '')) continue;
        const spot = { place: site.scope.module.place, line: site.call.line };
        const value = given(project, { kind: 'call', callee, call: site.call, scope: site.scope, spot }, rule.model);
        if (value !== null) found.push(value);
      }
    }
  }
  return found.flatMap(optionsOf);
}
