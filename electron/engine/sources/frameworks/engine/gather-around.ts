import type { Project } from '../../python/resolve.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { argumentOf, fieldOf, itemsIn, pathOf, textsOf } from './arguments.ts';
import { bodyFacts } from './body.ts';
import type { Gathering } from './gathering.ts';
import { storeOf } from './recognise.ts';
import { frameworkOf, guardRule, lastStep } from './vocabulary.ts';

/** What stands around an agent: guardrails, middleware, stores. */

export function addGuardrail(project: Project, into: Gathering, value: Value, spot: Spot): void {
  for (const option of optionsOf(value)) {
    if (option.kind === 'function') {
      into.guardrails.push({ name: option.function.name, spot: option.spot, functions: [option] });
      // A guardrail may ask an agent of its own.
      for (const { agent, spot: at } of bodyFacts(project, [{ value: option, scope: null }]).agents)
        into.agents.push({ agent, spot: at, how: 'guardrail' });
    } else if (option.kind === 'call') {
      const inner = ['guardrail_function', 'func', 'function', 'fn'].flatMap((name) => {
        const fn = argumentOf(project, option, name === 'guardrail_function' ? 0 : null, name);
        return fn === null ? [] : optionsOf(fn).filter((one) => one.kind === 'function');
      });
      const name =
        textsOf(argumentOf(project, option, null, 'name'))[0] ?? inner[0]?.function.name ?? lastStep(pathOf(option));
      into.guardrails.push({ name: name === '' ? 'guardrail' : name, spot: option.spot, functions: inner.slice(0, 1) });
    } else if (option.kind === 'dict') {
      // `{ name, execute }`
      const work = fieldOf(project, option, 'execute');
      const inner = work === null ? [] : optionsOf(work).filter((one) => one.kind === 'function');
      const name = textsOf(fieldOf(project, option, 'name'))[0] ?? 'guardrail';
      into.guardrails.push({ name, spot: option.spot, functions: inner.slice(0, 1) });
    } else if (option.kind === 'instance')
      into.guardrails.push({ name: option.of.class.name, spot: option.of.spot, functions: [] });
    else if (option.kind === 'symbol') into.guardrails.push({ name: lastStep(option.path), spot, functions: [] });
    else if (option.kind !== 'constant') into.unknown.push({ reason: 'guardrail is only known at run time', spot });
  }
}

export function addMiddleware(project: Project, into: Gathering, value: Value, spot: Spot): void {
  const items = value.kind === 'list' ? value.items.map((item) => item.value) : optionsOf(value);
  for (const item of items) {
    if (item.kind === 'call') {
      const path = pathOf(item);
      const name = lastStep(path);
      into.middleware.push({
        name: name || 'middleware',
        call: item,
        spot: item.spot,
        guards: guardRule(path) !== null,
      });
      if (name === 'HumanInTheLoopMiddleware' && frameworkOf(path) !== null) {
        const on = argumentOf(project, item, 0, 'interrupt_on', 'interruptOn', 'tool_configs');
        into.interruptOn.push({ value: on ?? item, spot: item.spot });
      }
    } else if (item.kind === 'function') {
      into.middleware.push({ name: item.function.name, call: null, spot: item.spot, guards: false });
      into.functions.push({ value: item, scope: null });
    } else if (item.kind === 'instance')
      into.middleware.push({ name: item.of.class.name, call: null, spot: item.of.spot, guards: false });
    else if (item.kind !== 'constant') into.unknown.push({ reason: 'middleware is only known at run time', spot });
  }
}

export function addStore(
  project: Project,
  into: Gathering,
  value: Value,
  role: 'checkpointer' | 'memory' | 'knowledge',
  spot: Spot,
): void {
  for (const option of optionsOf(value)) {
    if (option.kind === 'constant') {
      if (option.value === true) into.settings[role] = true;
      continue;
    }
    const store = storeOf(option);
    if (store !== null) into.stores.push({ ...store, role, spot });
    else {
      // `Knowledge(vector_db=PgVector(...))`: the store stands inside.
      const inside = option.kind === 'call' ? storesInside(project, option) : [];
      for (const one of inside) into.stores.push({ ...one, role, spot });
      if (inside.length === 0 && !/^(?:text|environment)$/.test(option.kind))
        into.unknown.push({ reason: `${role} is only known at run time`, spot });
    }
  }
}

function storesInside(
  project: Project,
  call: CallValue,
  depth = 0,
): readonly NonNullable<ReturnType<typeof storeOf>>[] {
  if (depth > 3) return [];
  return [...call.call.keywords.map((one) => one.value), ...call.call.args].slice(0, 20).flatMap((expression) =>
    itemsIn(project.evaluate(expression, call.scope, call.call.at)).flatMap(({ value }) => {
      const store = storeOf(value);
      if (store !== null) return [store];
      return value.kind === 'call' ? storesInside(project, value, depth + 1) : [];
    }),
  );
}
