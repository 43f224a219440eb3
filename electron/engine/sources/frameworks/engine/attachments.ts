import type { Project } from '../../python/resolve.ts';
import { type CallSite, expressionsIn } from '../../python/scopes.ts';
import { type CallValue, identityOf, optionsOf, type Spot, type Value } from '../../python/values.ts';
import type { AttachRule, Framework } from '../framework.ts';
import type { Attached } from './agent-found.ts';
import { given, originPath } from './arguments.ts';
import type { Definition } from './context.ts';
import { agentsIn, baseRule, constructorOf } from './recognise.ts';
import { attachRules, attachSymbols } from './vocabulary.ts';

/** What agents are given after they were made: decorated functions, methods called on them, registering functions. */
export function attachments(
  project: Project,
  definitions: readonly Definition[],
): ReadonlyMap<string, readonly Attached[]> {
  const found = new Map<string, Attached[]>();
  if (attachSymbols.size === 0) return found;
  const add = (agent: CallValue, attached: Attached): void => {
    const id = identityOf(agent);
    const list = found.get(id);
    if (list === undefined) found.set(id, [attached]);
    else list.push(attached);
  };

  for (const definition of definitions) {
    if (definition.kind !== 'function') continue;
    for (const decorator of definition.decorators.flatMap(optionsOf)) {
      const call = decorator.kind === 'call' ? decorator : null;
      const callee = call === null ? decorator : call.callee;
      if (callee.kind !== 'member' || !attachSymbols.has(callee.name)) continue;
      for (const agent of agentsIn(project, callee.of)) {
        const rule = ruleFor(project, agent, callee.name);
        if (rule !== null)
          add(agent, { as: rule.as, value: definition.value, spot: definition.value.spot, rule, call });
      }
    }
  }

  for (const site of project.calls(attachSymbols)) {
    const callee = site.call.callee;
    const name = callee.kind === 'attribute' ? callee.name : callee.kind === 'name' ? callee.id : '';
    if (!attachSymbols.has(name)) continue;
    const spot: Spot = { place: site.scope.module.place, line: site.call.line };
    for (const option of optionsOf(project.evaluate(callee, site.scope, site.statement.at))) {
      const call: CallValue = { kind: 'call', callee: option, call: site.call, scope: site.scope, spot };
      const attach = (agents: readonly CallValue[], rule: AttachRule): void => {
        const what = given(project, call, rule.what ?? [0]);
        if (what === null) return;
        for (const agent of agents) add(agent, { as: rule.as, value: what, spot, rule, call });
      };
      if (option.kind === 'member') {
        for (const agent of agentsIn(project, option.of)) {
          const rule = ruleFor(project, agent, option.name);
          if (rule === null) continue;
          if (rule.what !== undefined) attach([agent], rule);
          // A decorator that is called by hand: `agent.register_for_llm(description="...")(look_up)`.
          else for (const value of handedOver(project, site)) add(agent, { as: rule.as, value, spot, rule, call });
        }
      } else if (option.kind === 'symbol') {
        const path = originPath(option) ?? '';
        const rule = attachRules.find((one) => one.rule.from?.test(path) && one.rule.symbols.includes(name))?.rule;
        const to = rule === undefined ? null : given(project, call, rule.to);
        if (rule !== undefined && to !== null) attach(everyAgent(project, to), rule);
      }
    }
  }
  return found;
}

/** What the result of a call is called with at once; in a loop over written values, each of them. */
function handedOver(project: Project, { call, scope, statement }: CallSite): readonly Value[] {
  if (!('value' in statement)) return [];
  for (const part of expressionsIn(statement.value)) {
    if (part.kind !== 'call' || part.callee !== call) continue;
    const [argument] = part.args;
    return argument === undefined ? [] : optionsOf(project.evaluate(argument, scope, statement.at));
  }
  return [];
}

function everyAgent(project: Project, value: Value): readonly CallValue[] {
  return value.kind === 'list'
    ? value.items.flatMap((item) => agentsIn(project, item.value))
    : agentsIn(project, value);
}

function ruleFor(project: Project, agent: CallValue, symbol: string): AttachRule | null {
  const framework: Framework | undefined =
    constructorOf(agent)?.framework ??
    (agent.callee.kind === 'class' ? baseRule(project, agent.callee)?.framework : undefined);
  return (
    attachRules.find(
      (one) => one.framework === framework && one.rule.from === undefined && one.rule.symbols.includes(symbol),
    )?.rule ?? null
  );
}
