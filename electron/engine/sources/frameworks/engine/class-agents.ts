import { lastName } from '../../python/packed.ts';
import type { Project } from '../../python/resolve.ts';
import type { CallSite } from '../../python/scopes.ts';
import { type CallValue, identityOf, optionsOf } from '../../python/values.ts';
import type { AgentFound, Attached, Configuring } from './agent-found.ts';
import { given, textsOf } from './arguments.ts';
import type { Definition } from './context.ts';
import { baseRule, classId } from './recognise.ts';
import { lastStep } from './vocabulary.ts';

export function nameIn(project: Project, calls: readonly Configuring[]): string | null {
  for (const { call, takes } of calls) {
    const names = textsOf(given(project, call, takes.name));
    const [only] = names;
    // A factory that is called with several names makes several agents of one construct: none is its name.
    if (only !== undefined && names.length === 1) return only.slice(0, 200);
  }
  return null;
}

/** Classes of the project that come from an agent class of a framework. */
export function classAgents(
  project: Project,
  definitions: readonly Definition[],
  attached: ReadonlyMap<string, readonly Attached[]>,
  aliases: Map<string, string>,
): readonly AgentFound[] {
  const found: AgentFound[] = [];
  const parents = new Set<unknown>();
  const classes = definitions.filter((one) => one.kind === 'class');
  for (const { value } of classes) {
    for (const base of value.class.bases) {
      const parent = project.evaluate(base, value.scope);
      if (parent.kind === 'class') parents.add(parent.class);
    }
  }
  const ruledClasses = classes.flatMap(({ value }) => {
    const ruled = baseRule(project, value);
    return ruled === null ? [] : [{ value, ruled }];
  });
  if (ruledClasses.length === 0) return [];
  const sites = new Map<string, CallSite[]>();
  for (const site of project.calls(new Set(ruledClasses.map(({ value }) => value.class.name)))) {
    const name = lastName(site.call.callee);
    const list = sites.get(name);
    if (list === undefined) sites.set(name, [site]);
    else list.push(site);
  }
  for (const { value, ruled } of ruledClasses) {
    const { rule, framework } = ruled;
    const calls: Configuring[] = [];
    for (const statement of value.class.body) {
      if (statement.kind !== 'function' || statement.function.name !== '__init__') continue;
      const method = project.member({ kind: 'instance', of: value, made: null }, '__init__');
      if (method.kind !== 'function') continue;
      const scope = project.functionScope(method, null, method.scope);
      for (const inner of statement.function.body) {
        if (inner.kind !== 'expression' || inner.value.kind !== 'call') continue;
        const callee = inner.value.callee;
        if (callee.kind !== 'attribute' || callee.name !== '__init__') continue;
        calls.push({
          call: {
            kind: 'call',
            callee: project.evaluate(callee, scope, inner.at),
            call: inner.value,
            scope,
            spot: { place: value.spot.place, line: inner.value.line, endLine: inner.value.endLine },
          },
          takes: rule.takes,
          rule,
        });
      }
    }
    const fields: CallValue = fieldsOf(project, value);
    calls.push({ call: fields, takes: rule.takes, rule });
    const made = (sites.get(value.class.name) ?? []).filter((site) => {
      const callee = project.evaluate(site.call.callee, site.scope, site.statement.at);
      return optionsOf(callee).some((one) => one.kind === 'class' && one.class === value.class);
    });
    // A base class of other agents that nobody makes an object of is no agent by itself.
    if (made.length === 0 && parents.has(value.class)) continue;
    for (const site of made) {
      const call: CallValue = {
        kind: 'call',
        callee: value,
        call: site.call,
        scope: site.scope,
        spot: { place: site.scope.module.place, line: site.call.line },
      };
      aliases.set(identityOf(call), classId(value));
      calls.push({ call, takes: rule.takes, rule });
    }
    const methods = value.class.body.flatMap((statement) => {
      if (statement.kind !== 'function' || /^__(?!call)/.test(statement.function.name)) return [];
      const method = project.member({ kind: 'instance', of: value, made: null }, statement.function.name);
      return method.kind === 'function' ? [{ value: method, scope: null }] : [];
    });
    found.push({
      id: classId(value),
      form: 'class',
      framework,
      frameworkName: rule.framework ?? framework.id,
      symbol: lastStep(pathOfBase(project, value)),
      rule,
      calls,
      site: null,
      spot: value.spot,
      nodes: [],
      edges: 0,
      bodies: methods,
      attached: [
        ...(attached.get(classId(value)) ?? []),
        ...made.flatMap((site) => attached.get(`call:${site.scope.module.place}:${site.call.at}`) ?? []),
      ],
      givenName: nameIn(project, calls),
      variable: value.class.name,
    });
  }
  return found;
}

function pathOfBase(project: Project, value: Extract<Definition, { kind: 'class' }>['value'], depth = 0): string {
  for (const base of value.class.bases) {
    const parent = project.evaluate(base, value.scope);
    if (parent.kind === 'symbol') return parent.path;
    if (parent.kind === 'class' && depth < 6) return pathOfBase(project, parent, depth + 1);
  }
  return value.class.name;
}

/** Attributes of a class as if they were arguments: `name = "planner"`. */
function fieldsOf(project: Project, value: Extract<Definition, { kind: 'class' }>['value']): CallValue {
  const keywords = value.class.body.flatMap((statement) => {
    if (statement.kind !== 'assign') return [];
    const [target] = statement.targets;
    return target?.kind === 'name' ? [{ name: target.id, value: statement.value }] : [];
  });
  const scope = project.functionScope(
    {
      kind: 'function',
      function: {
        name: value.class.name,
        line: value.class.line,
        endLine: value.class.endLine,
        parameters: [],
        decorators: [],
        documentation: '',
        body: value.class.body,
      },
      scope: value.scope,
      spot: value.spot,
    },
    null,
    value.scope,
  );
  return {
    kind: 'call',
    callee: value,
    call: {
      kind: 'call',
      callee: { kind: 'name', id: value.class.name },
      args: [],
      keywords,
      line: value.class.line,
      endLine: value.class.endLine,
      at: Number.MAX_SAFE_INTEGER,
    },
    scope,
    spot: value.spot,
  };
}
