import type { Project } from '../../python/resolve.ts';
import { type CallValue, identityOf, optionsOf, type Value } from '../../python/values.ts';
import type { ToolRule } from '../framework.ts';
import { argumentOf, given, itemsIn, originPath, pathOf, textsOf } from './arguments.ts';
import { gatesOf } from './gate-rules.ts';
import { heldBy } from './held-tools.ts';
import { agentsIn, constructorOf } from './recognise.ts';
import { functionTool, renamedTo } from './tool-code.ts';
import type { ToolFound } from './tools.ts';
import { lastStep, presentedName, type Ruled, toolRule } from './vocabulary.ts';

/** `index.as_query_engine()`, `SomeRetriever(...)`: what looks things up in stored documents. */
const searches = (value: Value): boolean =>
  /(?:\.as_(?:query_engine|retriever|chat_engine)|Retriever)(?:\(\))?$/.test(originPath(value) ?? '');

/** A call that a table knows; false where its arguments are not what the table expects. */
export function addRuledTool(
  project: Project,
  at: CallValue,
  { rule, framework }: Ruled<ToolRule>,
  condition: { readonly when?: string },
  add: (tool: ToolFound) => void,
  visit: (value: Value) => void,
  /** Tools that this one is around of: one that is given itself has no inside. */
  outer: ReadonlySet<string> = new Set(),
): boolean {
  const path = pathOf(at);
  const symbol = lastStep(path);
  const name = renamedTo(project, at) ?? textsOf(given(project, at, rule.name))[0];
  const description = (textsOf(given(project, at, rule.description))[0] ?? '').slice(0, 400);
  const gated = (tool: ToolFound): ToolFound => {
    const gates = gatesOf(project, at, rule.gates, [tool.name]);
    return { ...tool, framework: framework.id, ...(gates.length === 0 ? {} : { gates }), ...condition };
  };
  const library = path.replaceAll('()', '');
  switch (rule.kind) {
    case 'list': {
      const inner = given(project, at, rule.tools);
      if (inner !== null) visit(inner);
      // `AgentToolset(...).approval_required()`: what the method is called on.
      if (rule.tools.length === 0 && at.callee.kind === 'member') visit(at.callee.of);
      for (const one of heldBy(project, at)) {
        if (!/^(?:tool|tool_plain|action|add_function)$/.test(one.method)) continue;
        const plain = functionTool(project, one.value);
        const renamed = one.call === null ? undefined : textsOf(argumentOf(project, one.call, null, 'name'))[0];
        add(gated({ ...plain, ...(renamed === undefined ? {} : { name: renamed }) }));
      }
      return true;
    }
    case 'decorator': {
      // `tool(function)` or `tool("name")(function)`.
      const inner = optionsOf(argumentOf(project, at, 0) ?? { kind: 'constant', value: null }).find(
        (one) => one.kind === 'function',
      );
      if (inner?.kind !== 'function') return false;
      const before = at.callee.kind === 'call' ? textsOf(argumentOf(project, at.callee, 0))[0] : undefined;
      const renamed =
        renamedTo(project, at) ??
        textsOf(
          given(
            project,
            at,
            (rule.name ?? []).filter((one) => typeof one === 'string'),
          ),
        )[0] ??
        before;
      const plain = functionTool(project, inner);
      add(gated({ ...plain, ...(renamed === undefined ? {} : { name: renamed }) }));
      return true;
    }
    case 'wrapper': {
      const bodies = rule.function
        .flatMap((place) => {
          const fn = given(project, at, [place]);
          return fn === null ? [] : optionsOf(fn);
        })
        .filter((one, index, all) => all.findIndex((other) => identityOf(other) === identityOf(one)) === index);
      const functions = bodies.filter((one) => one.kind === 'function');
      const first = functions[0];
      const others = bodies.filter((one) => one.kind !== 'function' && one.kind !== 'constant');
      // Without code it is for somebody else to carry out: the browser, the caller.
      if (bodies.length === 0 && framework.language === 'javascript') {
        add(gated({ name: name ?? symbol, form: 'schema', description, spot: at.spot, bodies: [], uses: [] }));
        return true;
      }
      if (bodies.length === 0 && name === undefined) return false;
      // `ApprovalRequiredAIFunction(AIFunctionFactory.Create(f))`: a tool around a tool.
      for (const one of first === undefined ? others : []) {
        const inner = one.kind === 'call' ? toolRule(pathOf(one)) : null;
        if (one.kind !== 'call' || inner === null || inner.rule.kind !== 'wrapper') continue;
        const open = new Set([...outer, identityOf(at)]);
        if (open.has(identityOf(one))) continue;
        const around = (tool: ToolFound): void => {
          const gates = gatesOf(project, at, rule.gates, [tool.name]);
          add(gates.length === 0 ? tool : { ...tool, gates: [...(tool.gates ?? []), ...gates] });
        };
        if (addRuledTool(project, one, inner, condition, around, visit, open)) return true;
      }
      const from = others.map((one) => originPath(one)).find((one) => one !== null);
      const plain = first === undefined ? null : functionTool(project, first);
      const agents = others.flatMap((one) => [
        ...agentsIn(project, one),
        ...(one.kind === 'member' ? agentsIn(project, one.of) : []),
      ]);
      add(
        gated({
          name:
            name ??
            plain?.name ??
            bodies.map((one) => (one.kind === 'member' ? one.name : undefined)).find((one) => one !== undefined) ??
            'tool',
          form:
            first !== undefined
              ? 'function'
              : agents.length > 0
                ? 'agent'
                : others.some(searches)
                  ? 'retriever'
                  : 'library',
          description: description || (plain?.description ?? ''),
          spot: first === undefined || first.function.name.includes('@') ? at.spot : first.spot,
          bodies: functions.map((value) => ({ value, scope: null })),
          uses: others,
          ...(agents.length > 0 ? { delegatesTo: agents } : {}),
          ...(from === undefined || from === null ? {} : { library: from }),
        }),
      );
      return true;
    }
    case 'agent':
    case 'handoff': {
      const subject =
        rule.agent === undefined ? (at.callee.kind === 'member' ? at.callee.of : null) : given(project, at, rule.agent);
      const agents = subject === null ? [] : itemsIn(subject).flatMap((item) => agentsIn(project, item.value));
      if (agents.length === 0) return false;
      const [agent] = agents;
      const own =
        agent === undefined
          ? undefined
          : (textsOf(argumentOf(project, agent, null, 'name'))[0] ??
            textsOf(given(project, agent, constructorOf(agent)?.rule.takes.name))[0]);
      add(
        gated({
          name: name ?? own ?? symbol,
          form: rule.kind,
          description,
          spot: at.spot,
          bodies: [],
          uses: [],
          delegatesTo: agents,
        }),
      );
      return true;
    }
    case 'hosted':
      add(
        gated({
          name: name ?? rule.as ?? presentedName(symbol),
          form: 'hosted',
          description,
          spot: at.spot,
          bodies: [],
          uses: [at],
          library,
          classes: rule.classes,
        }),
      );
      return true;
    case 'class':
    case 'toolkit':
      return false;
  }
}
