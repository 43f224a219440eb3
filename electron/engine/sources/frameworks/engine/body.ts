import type { Project } from '../../python/resolve.ts';
import { dottedName, expressionsIn, type Scope } from '../../python/scopes.ts';
import type { Statement } from '../../python/summary.ts';
import { functionAt } from '../../python/spots.ts';
import {
  type CallValue,
  type ClassValue,
  type FunctionValue,
  identityOf,
  type InstanceValue,
  optionsOf,
  type Spot,
  type Value,
} from '../../python/values.ts';
import type { CallExpression, Expression } from '../../python/expressions.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import { add, type BodyFacts, collectCredentials, type Collected, emptyCollection } from './body-facts.ts';
import { effectOf } from './effects.ts';
import { judgeEffect } from './judge-effect.ts';
import { argumentOf, given, itemsIn, originPath } from './arguments.ts';
import { readyMadeCapabilities } from './ready-made-names.ts';
import { agentsIn, boundTools, constructorOf, modelsIn, wrappers } from './recognise.ts';
import {
  frameworkOf,
  interruptRule,
  lastStep,
  promptRule,
  runnerRule,
  isSilentFramework,
  toolRule,
} from './vocabulary.ts';
import { isSilentPath, isSilentValue, isUndefinedName } from './silent-calls.ts';

/** Functions inside functions that are followed; deeper ones are listed as not understood. */
const maxDepth = 12;

type Bodies = readonly { readonly value: FunctionValue; readonly scope: Scope | null }[];

const known = new WeakMap<Project, Map<string, BodyFacts>>();

/** What functions do, all functions that they call included. The same functions are read once per project. */
export function bodyFacts(project: Project, functions: Bodies): BodyFacts {
  const shared = functions.every(
    ({ value, scope }) => scope === null && value.self === undefined && value.given === undefined,
  );
  if (!shared) return readBodies(project, functions);
  let facts = known.get(project);
  if (facts === undefined) {
    facts = new Map();
    known.set(project, facts);
  }
  const key = functions.map(({ value }) => identityOf(value)).join('\n');
  let found = facts.get(key);
  if (found === undefined) {
    found = readBodies(project, functions);
    facts.set(key, found);
  }
  return found;
}

function readBodies(project: Project, functions: Bodies): BodyFacts {
  const into = emptyCollection();
  const walk: Walk = { project, into, seen: new Set() };
  for (const { value, scope } of functions)
    scanFunction(walk, value, scope ?? project.functionScope(value, null, value.scope), 0);
  return {
    capabilities: [...into.capabilities.values()],
    stores: [...into.stores.values()],
    services: [...into.services.values()],
    credentials: [...into.credentials.values()],
    models: [...into.models.values()],
    agents: [...into.agents.values()],
    tools: into.tools,
    interrupts: [...into.interrupts.values()],
    prompts: into.prompts,
    words: into.words,
    opaque: into.calls > 0 && into.known === 0,
    notUnderstood: [...into.notUnderstood.values()],
    notFollowed: [...into.notFollowed.values()],
  };
}

type Walk = { readonly project: Project; readonly into: Collected; readonly seen: Set<string> };
/** The statement that a call stands in, and what holds it. */
type Around = {
  readonly statement: Statement;
  readonly within: FunctionValue;
  readonly words: Set<string>;
  readonly depth: number;
};

function scanFunction(walk: Walk, value: FunctionValue, scope: Scope, depth: number): void {
  const identity = identityOf(value);
  if (walk.seen.has(identity)) return;
  if (depth > maxDepth) {
    walk.into.notFollowed.set(identity, { call: value.function.name, spot: value.spot });
    return;
  }
  walk.seen.add(identity);
  walk.into.notFollowed.delete(identity);
  const words = new Set<string>();
  for (const statement of value.function.body) scanStatement(walk, { statement, within: value, words, depth }, scope);
  for (const word of words) walk.into.words.add(word);
}

function scanStatement(walk: Walk, around: Around, scope: Scope): void {
  const { statement } = around;
  const { project, into } = walk;
  if (statement.kind === 'function') {
    const inner = functionAt(statement.function, scope);
    scanFunction(walk, inner, project.functionScope(inner, null, scope), around.depth + 1);
    return;
  }
  if (statement.kind === 'class' || statement.kind === 'import') return;
  for (const expression of expressionsIn(statement.value)) {
    if (expression.kind === 'other' && expression.compares === true) {
      for (const part of expression.parts)
        if (part.kind !== 'call') wordsOf(project.evaluate(part, scope, statement.at), around.words);
    }
    if (expression.kind === 'name') {
      const value = project.lookup(expression.id, scope, statement.at);
      if (value !== null) collectCredentials(project, value, into);
    }
    if (
      expression.kind === 'subscript' ||
      (expression.kind === 'attribute' && (/^[A-Z][A-Z0-9_]+$/.test(expression.name) || isOwnField(expression, scope)))
    )
      collectCredentials(project, project.evaluate(expression, scope, statement.at), into);
    if (expression.kind === 'call') scanCall(walk, around, expression, scope);
  }
}

function scanCall(walk: Walk, around: Around, expression: CallExpression, scope: Scope): void {
  const { project, into } = walk;
  const spot: Spot = { place: scope.module.place, line: expression.line };
  into.calls += 1;
  for (const option of optionsOf(project.evaluate(expression.callee, scope, around.statement.at))) {
    const call: CallValue = { kind: 'call', callee: option, call: expression, scope, spot };
    if (judgeCall(walk, around, call)) into.known += 1;
    else {
      const path = originPath(option)
        ?.replaceAll('()', '')
        .replace(/^builtins\./, '');
      const name = path ?? dottedName(expression.callee) ?? calledName(expression);
      const key = `${spot.place}:${spot.line}:${name}`;
      if (!into.notUnderstood.has(key)) into.notUnderstood.set(key, { call: name.slice(0, 120), spot });
    }
  }
}

/** `this.apiKey` of a class whose fields are named without `this`. */
const isOwnField = (expression: Expression & { kind: 'attribute' }, scope: Scope): boolean =>
  expression.of.kind === 'name' &&
  expression.of.id === scope.function?.parameters[0]?.name &&
  isCredentialName(expression.name) &&
  !/^(?:python|ecmascript)$/.test(scope.module.content.language);

const calledName = ({ callee }: CallExpression): string => (callee.kind === 'attribute' ? `….${callee.name}` : '…');

function wordsOf(value: Value, words: Set<string>): void {
  if (words.size > 2000) return;
  if (value.kind === 'text' && value.text.length <= 100) words.add(value.text);
  else if (value.kind === 'list') for (const item of value.items.slice(0, 100)) wordsOf(item.value, words);
  else if (value.kind === 'dict')
    for (const entry of value.entries.slice(0, 100)) if (entry.key !== null) wordsOf(entry.key, words);
}

/** Notes what a call does; false where that is not known. */
function judgeCall(walk: Walk, around: Around, call: CallValue): boolean {
  const { callee } = call;
  switch (callee.kind) {
    case 'function':
      scanFunction(walk, callee, walk.project.functionScope(callee, call.call, call.scope), around.depth + 1);
      return true;
    case 'class':
      return scanMaking(walk, around, callee, call);
    case 'instance':
      return scanMethod(walk, around, callee, '__call__', call);
    default:
      return judgeLibraryCall(walk, around, call);
  }
}

/** Making an object runs its `__init__`; a class without one does nothing when it is made. */
function scanMaking(walk: Walk, around: Around, made: ClassValue, call: CallValue): boolean {
  const object: InstanceValue = { kind: 'instance', of: made, made: { call: call.call, scope: call.scope } };
  if (scanMethod(walk, around, object, '__init__', call)) return true;
  return made.class.bases.every((base) => {
    const parent = walk.project.evaluate(base, made.scope);
    if (parent.kind === 'class') return scanMaking(walk, around, parent, call);
    const path = originPath(parent);
    return path !== null && (isSilentPath(path, call.scope.module.content.language) || frameworkOf(path) !== null);
  });
}

function scanMethod(walk: Walk, around: Around, object: InstanceValue, name: string, call: CallValue): boolean {
  const method = walk.project.member(object, name);
  if (method.kind !== 'function') return false;
  scanFunction(walk, method, walk.project.functionScope(method, call.call, call.scope), around.depth + 1);
  return true;
}

const runsModel = /^(?:a?invoke|a?stream|a?batch|predict|apredict|generate|agenerate)$/;
const runsAgent =
  /^(?:a?invoke|a?stream|a?batch|a?run(?:_\w+)?|run[A-Z]\w*|astream_events|stream_events|__call__|kickoff\w*|chat|achat|a?initiate_chats?|(?:get|invoke)_(?:response|stream)|forward|step|a?generate_reply|print_response|aprint_response|query|execute|stream_async|invoke_async|iter|generate|stream_query|on_messages|task|call|prompt|multi_turn|(?:Run|Invoke|Chat)(?:Streaming)?(?:Async)?|Generate|Stream)$/;

function judgeLibraryCall(walk: Walk, around: Around, call: CallValue): boolean {
  const { project, into } = walk;
  const { callee, spot } = call;
  if (call.scope.module.content.language !== 'python') scanCallbacks(walk, around, call);
  const method = callee.kind === 'member' ? callee.name : '';
  const subject = callee.kind === 'member' ? callee.of : call;
  const models = modelsIn(subject);
  let understood = models.length > 0 && (callee.kind !== 'member' || runsModel.test(method) || wrappers.has(method));
  for (const model of models) into.models.set(identityOf(model), model);
  into.tools.push(...boundTools(project, call), ...boundTools(project, subject));
  if (runsModel.test(method) && models.length > 0) {
    const messages = argumentOf(project, call, 0, 'input', 'messages');
    if (messages !== null) into.prompts.push(messages);
    if (subject.kind === 'pipe') into.prompts.push(...subject.parts.filter((part) => part.kind === 'call'));
  }
  if (runsAgent.test(method)) {
    for (const agent of agentsIn(project, subject)) {
      into.agents.set(identityOf(agent), { agent, spot });
      understood = true;
      add(into, 'delegates', spot, 'hands the task to another agent', 'high');
    }
    // A tool of the project that the code runs itself: `search.invoke(query)`.
    if (subject.kind === 'function') {
      scanFunction(walk, subject, project.functionScope(subject, null, subject.scope), around.depth + 1);
      return true;
    }
  }
  const made = constructorOf(call)?.rule;
  if (
    made?.immediate === true &&
    (made.needs === undefined || made.needs.some((name) => argumentOf(project, call, null, name) !== null))
  ) {
    into.agents.set(identityOf(call), { agent: call, spot });
    add(into, 'delegates', spot, 'hands the task to another agent', 'high');
    understood = true;
  }
  const path = originPath(callee);
  if (path === null) return understood || agentsIn(project, call).length > 0 || isSilentValue(call);
  return judgePath(walk, around, call, path) || understood;
}

/** Functions that are handed over by name run: `items.map(send)`, `setTimeout(poll)`. */
function scanCallbacks(walk: Walk, around: Around, call: CallValue): void {
  for (const argument of call.call.args.slice(0, 10)) {
    if (argument.kind !== 'name' && argument.kind !== 'attribute') continue;
    for (const option of optionsOf(walk.project.evaluate(argument, call.scope, around.statement.at))) {
      if (option.kind === 'symbol' && option.path === 'builtins.process.env')
        add(walk.into, 'reads-private', call.spot, 'reads the whole environment', 'high');
      if (option.kind !== 'function') continue;
      scanFunction(walk, option, walk.project.functionScope(option, null, call.scope), around.depth + 1);
    }
  }
}

function judgePath(walk: Walk, around: Around, call: CallValue, path: string): boolean {
  const { project, into } = walk;
  const { spot } = call;
  if (interruptRule(path) !== null) {
    const when = around.statement.when ?? null;
    into.interrupts.set(identityOf(call), { call, when, function: around.within, words: around.words });
    return true;
  }
  const runner = runnerRule(path);
  if (runner !== null) {
    for (const { value } of itemsIn(given(project, call, runner.rule.agent))) {
      for (const agent of agentsIn(project, value)) {
        into.agents.set(identityOf(agent), { agent, spot });
        add(into, 'delegates', spot, 'hands the task to another agent', 'high');
      }
    }
    return true;
  }
  const list = toolRule(path)?.rule;
  if (list?.kind === 'list') {
    const tools = given(project, call, list.tools);
    if (tools !== null) into.tools.push(tools);
  }
  const held = promptRule(path);
  if (held !== null && held.rule.pulled !== true) {
    if (lastStep(path) === 'SystemMessage') {
      const text = given(project, call, held.rule.text);
      if (text !== null) into.prompts.push(text);
    } else into.prompts.push(call);
  }
  const readyMade = judgeReadyMade(into, path, spot);
  if (
    /^functools\.|^asyncio\.(?:gather|run|to_thread|create_task)$|^langchain_core\.runnables|^anyio\.(?:run|to_thread\.run_sync)$/.test(
      path,
    )
  ) {
    for (const argument of call.call.args) {
      for (const option of optionsOf(project.evaluate(argument, call.scope, around.statement.at))) {
        if (option.kind === 'function')
          scanFunction(walk, option, project.functionScope(option, null, call.scope), around.depth + 1);
      }
    }
  }
  const effect = effectOf(path);
  if (effect === null)
    return (
      readyMade ||
      isSilentFramework(path) ||
      (isUndefinedName(path) ? isSilentValue(call) : isSilentPath(path, call.scope.module.content.language))
    );
  judgeEffect(project, call, path, effect, into);
  return true;
}

/** A ready-made tool or search wrapper that the code makes and calls itself. */
function judgeReadyMade(into: Collected, path: string, spot: Spot): boolean {
  const made = /^[\w@/-]+\.(?:.*\.)?(\w+)(\(\)\.(?:a?invoke|a?_?run|results|a?call|load|search|query|forward))?$/.exec(
    path,
  );
  const classes = readyMadeCapabilities(made?.[1] ?? '');
  if (made === null || classes === null || frameworkOf(path) === null) return false;
  if (made[2] !== undefined) for (const one of classes) add(into, one, spot, `uses ${made[1]}`, 'medium');
  return true;
}
