import type { CapabilityClass } from '../../../../shared/kinds.ts';
import { isCredentialName } from '../parse/credential-names.ts';
import { maskUrl } from '../parse/secrets.ts';
import type { Project } from '../python/resolve.ts';
import { expressionsIn, type Scope } from '../python/scopes.ts';
import type { Statement } from '../python/summary.ts';
import { type CallValue, type FunctionValue, identityOf, optionsOf, type Spot, type Value } from '../python/values.ts';
import { type Effect, effectOf, sqlClasses, type Vendor, vendorOfHost, vendorOfPath } from './effects.ts';
import { readyMadeCapabilities } from './known.ts';
import { agentsIn, argumentOf, boundTools, modelsIn, originPath, storeOf, textsOf, valuesIn } from './recognise.ts';

/** What a function does, its helpers included. */
export type BodyFacts = {
  readonly capabilities: readonly Capability[];
  readonly stores: readonly StoreUse[];
  readonly services: readonly ServiceUse[];
  readonly credentials: readonly CredentialUse[];
  readonly models: readonly CallValue[];
  readonly agents: readonly { readonly agent: CallValue; readonly spot: Spot }[];
  readonly tools: readonly Value[];
  readonly interrupts: readonly Interrupt[];
  readonly prompts: readonly Value[];
  /** Texts that the code compares with or looks up: names of tools in a gate. */
  readonly words: ReadonlySet<string>;
  /** Nothing of what is called is known. */
  readonly opaque: boolean;
};

export type Capability = { readonly class: CapabilityClass; readonly spot: Spot; readonly because: string };
export type StoreUse = {
  readonly action: 'reads' | 'writes' | 'deletes';
  readonly spot: Spot;
  readonly store:
    | { readonly kind: 'construct'; readonly call: CallValue; readonly symbol: string }
    | { readonly kind: 'saas'; readonly service: string; readonly sensitivity: string; readonly made: Spot }
    | { readonly kind: 'database'; readonly product: string; readonly credential: string | null; readonly made: Spot }
    | { readonly kind: 'files'; readonly folder: string };
};
/** `host` is `*` where the caller decides the address. */
export type ServiceUse = {
  readonly action: 'ingests' | 'egresses-to';
  readonly host: string;
  readonly kind: 'web' | 'mail' | 'saas';
  readonly spot: Spot;
};
export type CredentialUse = { readonly name: string; readonly literal: boolean; readonly spot: Spot };
export type Interrupt = {
  readonly call: CallValue;
  readonly when: string | null;
  readonly function: FunctionValue;
  readonly words: ReadonlySet<string>;
};

type Collected = {
  capabilities: Map<string, Capability>;
  stores: Map<string, StoreUse>;
  services: Map<string, ServiceUse>;
  credentials: Map<string, CredentialUse>;
  models: Map<string, CallValue>;
  agents: Map<string, { agent: CallValue; spot: Spot }>;
  tools: Value[];
  interrupts: Map<string, Interrupt>;
  prompts: Value[];
  words: Set<string>;
  known: number;
  calls: number;
};

const maxDepth = 6;

export function bodyFacts(
  project: Project,
  functions: readonly { readonly value: FunctionValue; readonly scope: Scope | null }[],
): BodyFacts {
  const into: Collected = {
    capabilities: new Map(),
    stores: new Map(),
    services: new Map(),
    credentials: new Map(),
    models: new Map(),
    agents: new Map(),
    tools: [],
    interrupts: new Map(),
    prompts: [],
    words: new Set(),
    known: 0,
    calls: 0,
  };
  const seen = new Set<string>();
  for (const { value, scope } of functions)
    scanFunction(project, value, scope ?? project.functionScope(value, null, value.scope), into, seen, 0);
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
  };
}

function scanFunction(
  project: Project,
  value: FunctionValue,
  scope: Scope,
  into: Collected,
  seen: Set<string>,
  depth: number,
): void {
  const identity = identityOf(value);
  if (seen.has(identity) || depth > maxDepth) return;
  seen.add(identity);
  const words = new Set<string>();
  scanStatements(project, value.function.body, scope, value, into, seen, depth, words);
  for (const word of words) into.words.add(word);
}

function scanStatements(
  project: Project,
  statements: readonly Statement[],
  scope: Scope,
  within: FunctionValue,
  into: Collected,
  seen: Set<string>,
  depth: number,
  words: Set<string>,
): void {
  for (const statement of statements) {
    if (statement.kind === 'function') {
      const inner: FunctionValue = {
        kind: 'function',
        function: statement.function,
        scope,
        spot: { place: scope.module.place, line: statement.function.line, endLine: statement.function.endLine },
      };
      scanFunction(project, inner, project.functionScope(inner, null, scope), into, seen, depth + 1);
      continue;
    }
    if (statement.kind === 'class' || statement.kind === 'import') continue;
    for (const expression of expressionsIn(statement.value)) {
      if (expression.kind === 'other' && expression.compares === true) {
        for (const part of expression.parts)
          if (part.kind !== 'call') wordsOf(project.evaluate(part, scope, statement.at), words);
      }
      if (expression.kind === 'name') {
        const value = project.lookup(expression.id, scope, statement.at);
        if (value !== null) {
          collectCredentials(project, value, into);
        }
      }
      if (expression.kind === 'subscript') {
        collectCredentials(project, project.evaluate(expression, scope, statement.at), into);
      }
      if (expression.kind !== 'call') continue;
      into.calls += 1;
      const spot: Spot = { place: scope.module.place, line: expression.line };
      const callee = project.evaluate(expression.callee, scope, statement.at);
      for (const option of optionsOf(callee)) {
        if (option.kind === 'function') {
          into.known += 1;
          scanFunction(project, option, project.functionScope(option, expression, scope), into, seen, depth + 1);
          continue;
        }
        const call: CallValue = { kind: 'call', callee: option, call: expression, scope, spot };
        judgeCall(project, call, statement, within, into, words, seen, depth);
      }
    }
  }
}

function wordsOf(value: Value, words: Set<string>): void {
  if (words.size > 2000) return;
  if (value.kind === 'text' && value.text.length <= 100) words.add(value.text);
  else if (value.kind === 'list') for (const item of value.items.slice(0, 100)) wordsOf(item.value, words);
  else if (value.kind === 'dict')
    for (const entry of value.entries.slice(0, 100)) if (entry.key !== null) wordsOf(entry.key, words);
}

function judgeCall(
  project: Project,
  call: CallValue,
  statement: Statement,
  within: FunctionValue,
  into: Collected,
  words: Set<string>,
  seen: Set<string>,
  depth: number,
): void {
  const { callee, spot } = call;
  const method = callee.kind === 'member' ? callee.name : '';
  const subject = callee.kind === 'member' ? callee.of : call;
  for (const model of modelsIn(subject)) into.models.set(identityOf(model), model);
  into.tools.push(...boundTools(project, call), ...boundTools(project, subject));
  if (/^(?:a?invoke|a?stream|predict|apredict|generate|agenerate)$/.test(method) && modelsIn(subject).length > 0) {
    const messages = argumentOf(project, call, 0, 'input', 'messages');
    if (messages !== null) into.prompts.push(messages);
    if (subject.kind === 'pipe') into.prompts.push(...subject.parts.filter((part) => part.kind === 'call'));
  }
  if (/^(?:a?invoke|a?stream|a?batch|run|arun|astream_events|stream_events|__call__)$/.test(method)) {
    for (const agent of agentsIn(subject)) {
      into.agents.set(identityOf(agent), { agent, spot });
      into.known += 1;
      add(into, 'delegates', spot, 'hands the task to another agent');
    }
  }
  const path = originPath(callee);
  if (path === null) return;
  if (path.startsWith('langgraph.') && path.endsWith('.interrupt')) {
    into.known += 1;
    into.interrupts.set(identityOf(call), { call, when: statement.when ?? null, function: within, words });
    return;
  }
  if (/^langgraph\..*\.ToolNode$/.test(path)) {
    const tools = argumentOf(project, call, 0, 'tools');
    if (tools !== null) into.tools.push(tools);
  }
  if (/^langchain(?:_core)?\..*\.SystemMessage$/.test(path)) {
    const text = argumentOf(project, call, 0, 'content');
    if (text !== null) into.prompts.push(text);
  }
  if (/^langchain(?:_core)?\.prompts?\..*(?:from_messages|from_template|PromptTemplate)$/.test(path))
    into.prompts.push(call);
  // A ready-made tool or search wrapper that the code calls itself.
  const invoked =
    /^(langchain(?:_\w+)?)\.(?:.*\.)?(\w+)\(\)\.(?:a?invoke|a?run|results|a?call|load|search|query)$/.exec(path);
  if (invoked !== null) {
    for (const one of readyMadeCapabilities(invoked[2] ?? '') ?? []) add(into, one, spot, `uses ${invoked[2]}`);
  }
  if (/^functools\.|^asyncio\.(?:gather|run|to_thread|create_task)$|^langchain_core\.runnables/.test(path)) {
    for (const argument of call.call.args) {
      const value = project.evaluate(argument, call.scope, statement.at);
      for (const option of optionsOf(value)) {
        if (option.kind === 'function')
          scanFunction(project, option, project.functionScope(option, null, call.scope), into, seen, depth + 1);
      }
    }
  }
  const effect = effectOf(path);
  if (effect === null) {
    if (originIsKnownHarmless(path)) into.known += 1;
    return;
  }
  into.known += 1;
  judgeEffect(project, call, path, effect, into);
}

/** The standard library and plain data libraries: what has no rule there has no effect outside the process. */
const originIsKnownHarmless = (path: string): boolean =>
  /^(?:builtins|json|re|math|datetime|time|random|string|collections|itertools|functools|typing|uuid|hashlib|base64|logging|enum|dataclasses|statistics|textwrap|operator|copy|decimal|zoneinfo|langchain_core|numpy|pydantic)\b/.test(
    path,
  );

function add(into: Collected, capability: CapabilityClass, spot: Spot, because: string): void {
  const key = `${capability}:${spot.place}:${spot.line}`;
  if (!into.capabilities.has(key)) into.capabilities.set(key, { class: capability, spot, because });
}

function judgeEffect(project: Project, call: CallValue, path: string, effect: Effect, into: Collected): void {
  const { spot } = call;
  for (const one of effect.classes) add(into, one, spot, effect.because);
  const action = effect.classes.includes('deletes')
    ? 'deletes'
    : effect.classes.includes('writes')
      ? 'writes'
      : 'reads';
  switch (effect.channel) {
    case 'http':
      return judgeWeb(project, call, path, effect, into);
    case 'sql': {
      const statement = /read_sql/.test(path)
        ? project.evaluate(call.call.args[0] ?? { kind: 'constant', value: null }, call.scope)
        : argumentOf(project, call, 0, 'sql', 'query', 'statement', 'command', 'operation');
      const texts = sqlTexts(statement);
      const actions = new Set<'reads' | 'writes' | 'deletes'>();
      if (statement === null && effect.classes.length > 0) actions.add(action);
      else {
        for (const text of texts) {
          const { classes, because } = sqlClasses(text);
          for (const one of classes) {
            add(into, one, spot, because);
            actions.add(one === 'deletes' ? 'deletes' : one === 'writes' ? 'writes' : 'reads');
          }
        }
      }
      const product = path.split(/[.(]/)[0] ?? 'sql';
      const credential = credentialBehind(project, call);
      for (const one of actions) {
        useStore(into, { action: one, spot, store: { kind: 'database', product, credential, made: rootSpot(call) } });
      }
      return;
    }
    case 'vector': {
      for (const store of storesBehind(call))
        useStore(into, { action, spot, store: { kind: 'construct', call: store.call, symbol: store.symbol } });
      return;
    }
    case 'sdk': {
      const vendor = vendorOfPath(path);
      if (vendor !== null)
        useVendor(into, vendor, action, spot, effect.classes.includes('sends-outside'), rootSpot(call));
      else if (/^(?:pymongo|motor|redis|neo4j)\b/.test(path)) {
        useStore(into, {
          action,
          spot,
          store: {
            kind: 'database',
            product: effect.service ?? '',
            credential: credentialBehind(project, call),
            made: rootSpot(call),
          },
        });
      } else if (effect.service !== undefined) {
        into.services.set(`ingests ${effect.service}`, { action: 'ingests', host: effect.service, kind: 'web', spot });
        into.services.set(`egresses ${effect.service}`, {
          action: 'egresses-to',
          host: effect.service,
          kind: 'web',
          spot,
        });
      }
      attachLibraryKeys(project, path, into);
      return;
    }
    case 'mail':
      into.services.set('mail', { action: 'egresses-to', host: 'mail', kind: 'mail', spot });
      attachLibraryKeys(project, path, into);
      return;
    case 'file-open': {
      const opened = path.startsWith('pathlib');
      const mode = textsOf(argumentOf(project, call, opened ? 0 : 1, 'mode'))[0] ?? 'r';
      const writes = /[wax+]/.test(mode);
      const target = opened && call.callee.kind === 'member' ? call.callee.of : argumentOf(project, call, 0, 'file');
      add(into, writes ? 'writes' : 'reads-private', spot, writes ? 'writes a file' : 'reads a file');
      judgeFile(target, writes ? 'writes' : 'reads', spot, into);
      return;
    }
    case 'file-path': {
      const target =
        path.startsWith('pathlib') && call.callee.kind === 'member' ? call.callee.of : argumentOf(project, call, 0);
      judgeFile(target, action, spot, into);
      return;
    }
    case 'cloud':
    case undefined:
      return;
  }
}

function sqlTexts(value: Value | null): readonly (string | null)[] {
  if (value === null) return [null];
  return optionsOf(value).map((option) => {
    if (option.kind === 'text') return option.text;
    // `text("select ...")` of SQLAlchemy.
    if (option.kind === 'call' && option.call.args[0]?.kind === 'text') return option.call.args[0].value;
    if (option.kind === 'template') {
      const [first] = option.parts;
      // A statement whose verb is written and whose values are filled in.
      return first?.kind === 'text' && /^\s*\w+\s/.test(first.text) ? first.text : null;
    }
    return null;
  });
}

function judgeFile(target: Value | null, action: 'reads' | 'writes' | 'deletes', spot: Spot, into: Collected): void {
  const folder = target === null ? null : firstFolder(target);
  if (folder === null) return;
  if (
    action !== 'reads' &&
    /(?:^|\/)(?:\.claude|\.cursor|\.codex|\.mcp\.json|langgraph\.json|mcp\.json|\.env)(?:\/|$)|prompts?(?:\/|\.(?:md|txt|ya?ml|py)$)/.test(
      folder,
    )
  ) {
    add(into, 'changes-own-configuration', spot, `changes ${folder}`);
  }
  useStore(into, { action, spot, store: { kind: 'files', folder } });
}

function firstFolder(value: Value): string | null {
  if (value.kind === 'path') return value.parts[0] === undefined ? null : firstFolder(value.parts[0]);
  if (value.kind === 'call' && value.callee.kind === 'symbol' && /^pathlib\./.test(value.callee.path)) {
    const [argument] = value.call.args;
    return argument?.kind === 'text' ? cleanFolder(argument.value, false) : null;
  }
  if (value.kind === 'text') return cleanFolder(value.text, true);
  if (value.kind === 'template' && value.parts[0]?.kind === 'text') return cleanFolder(value.parts[0].text, true);
  if (value.kind === 'choice') return value.options.map(firstFolder).find((folder) => folder !== null) ?? null;
  return null;
}

function cleanFolder(text: string, file: boolean): string | null {
  const path = text.replace(/^\.\//, '');
  const folder = file && path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : path;
  return folder === '' || folder.length > 200 || /^https?:/.test(folder) ? null : folder;
}

function useStore(into: Collected, use: StoreUse): void {
  const store = use.store;
  const name =
    store.kind === 'construct'
      ? identityOf(store.call)
      : store.kind === 'saas'
        ? store.service
        : store.kind === 'files'
          ? store.folder
          : `${store.product}:${store.credential ?? ''}`;
  const key = `${use.action} ${store.kind} ${name}`;
  if (!into.stores.has(key)) into.stores.set(key, use);
}

function useVendor(
  into: Collected,
  vendor: Vendor,
  action: 'reads' | 'writes' | 'deletes',
  spot: Spot,
  sends: boolean,
  made: Spot,
): void {
  useStore(into, {
    action,
    spot,
    store: { kind: 'saas', service: vendor.service, sensitivity: vendor.sensitivity, made },
  });
  if (action === 'reads' && vendor.untrusted)
    into.services.set(`ingests ${vendor.service}`, { action: 'ingests', host: vendor.service, kind: 'saas', spot });
  if (sends)
    into.services.set(`egresses ${vendor.service}`, {
      action: 'egresses-to',
      host: vendor.service,
      kind: 'saas',
      spot,
    });
}

function judgeWeb(project: Project, call: CallValue, path: string, effect: Effect, into: Collected): void {
  const { spot } = call;
  const named = /\.(?:request|stream|send)$/.test(path) ? 1 : 0;
  const loader =
    call.callee.kind === 'member' && call.callee.of.kind === 'call' && path.includes('document_loaders')
      ? call.callee.of
      : null;
  const target = argumentOf(
    project,
    loader ?? call,
    loader === null ? named : 0,
    'url',
    'web_path',
    'web_paths',
    'urls',
  );
  const host = hostOf(target) ?? baseHost(project, call);
  const authenticated = hasCredentials(project, call);
  const sends = effect.classes.includes('sends-outside');
  const vendor = host === null ? null : vendorOfHost(host);
  if (vendor !== null && host !== null) {
    const action = effect.classes.includes('deletes')
      ? 'deletes'
      : effect.classes.includes('writes')
        ? 'writes'
        : 'reads';
    if (action === 'reads') {
      add(into, 'reads-private', spot, `reads from ${vendor.service}`);
      if (vendor.untrusted)
        add(into, 'reads-untrusted', spot, `people outside write what is read from ${vendor.service}`);
    } else if (vendor.money === true) add(into, 'spends-money', spot, `changes something at ${vendor.service}`);
    useVendor(into, vendor, action, spot, sends, targetSpot(target) ?? spot);
    return;
  }
  if (host === null) {
    add(into, 'sends-outside', spot, 'the caller decides the address, which can carry data out');
    if (!sends || /request$|send$/.test(path))
      add(into, 'reads-untrusted', spot, 'reads from an address that the caller decides');
    into.services.set('egresses *', { action: 'egresses-to', host: '*', kind: 'web', spot });
    if (!sends) into.services.set('ingests *', { action: 'ingests', host: '*', kind: 'web', spot });
    return;
  }
  if (!sends) {
    if (authenticated) add(into, 'reads-private', spot, `reads from ${host} with a credential`);
    else {
      add(into, 'reads-untrusted', spot, `reads from ${host}, which is outside the project`);
      into.services.set(`ingests ${host}`, { action: 'ingests', host, kind: 'web', spot });
    }
  }
  into.services.set(`egresses ${host}`, { action: 'egresses-to', host, kind: 'web', spot });
}

const targetSpot = (value: Value | null): Spot | null => {
  if (value === null) return null;
  if (value.kind === 'template') {
    const inner = value.parts.map(targetSpot).find((spot) => spot !== null);
    return inner ?? value.spot;
  }
  return value.kind === 'text' ? value.spot : null;
};

/** Host of an address; `*` stands for a label that depends on the run. Null when the host itself does. */
function hostOf(value: Value | null): string | null {
  if (value === null) return null;
  for (const option of optionsOf(value)) {
    const text = addressText(option);
    const match = text === null ? null : /^(?:https?|wss?):\/\/([^/?#\s]{1,300})/i.exec(maskUrl(text));
    const host = match?.[1]
      ?.replace(/^[^@]*@/, '')
      .replace(/:.*$/, '')
      .toLowerCase();
    if (host !== undefined && host !== '*' && /[a-z0-9]/.test(host.replace(/\*/g, ''))) return host;
    if (option.kind === 'environment' && option.fallback !== null) {
      const fallback = hostOf(option.fallback);
      if (fallback !== null) return fallback;
    }
    if (option.kind === 'environment') return `$${option.name}`;
    if (option.kind === 'list' && option.items.length > 0) {
      const inner = hostOf(option.items[0]?.value ?? null);
      if (inner !== null) return inner;
    }
  }
  return null;
}

function addressText(value: Value): string | null {
  if (value.kind === 'text') return value.text;
  if (value.kind === 'environment') return value.fallback === null ? null : addressText(value.fallback);
  if (value.kind === 'template') {
    const [first] = value.parts;
    if (first?.kind === 'environment') return `https://$${first.name}/`;
    return value.parts.map((part) => addressText(part) ?? '*').join('');
  }
  if (value.kind === 'choice') return value.options.map(addressText).find((text) => text !== null) ?? null;
  return null;
}

/** `httpx.Client(base_url="https://api.example.com").get("/x")` */
function baseHost(project: Project, call: CallValue): string | null {
  for (let at: Value = call; ; ) {
    if (at.kind === 'call') {
      const base = argumentOf(project, at, null, 'base_url');
      if (base !== null) return hostOf(base);
      at = at.callee;
    } else if (at.kind === 'member') at = at.of;
    else return null;
  }
}

function hasCredentials(project: Project, call: CallValue): boolean {
  for (const keyword of call.call.keywords) if (keyword.name === 'auth' || keyword.name === 'cert') return true;
  for (const value of valuesIn(project, call)) {
    if (value.kind === 'environment' && isCredentialName(value.name)) return true;
    if (value.kind === 'text' && value.secret === true) return true;
    if (
      value.kind === 'dict' &&
      value.entries.some((entry) => entry.key?.kind === 'text' && /^authorization$|api[-_]?key/i.test(entry.key.text))
    )
      return true;
  }
  return false;
}

function collectCredentials(project: Project, value: Value, into: Collected): void {
  if (
    value.kind === 'function' ||
    value.kind === 'class' ||
    value.kind === 'module' ||
    value.kind === 'symbol' ||
    value.kind === 'dynamic'
  )
    return;
  if (value.kind === 'call' && agentsIn(value).length > 0) return;
  for (const one of valuesIn(project, value)) {
    if (one.kind === 'environment' && isCredentialName(one.name)) {
      if (!into.credentials.has(one.name))
        into.credentials.set(one.name, { name: one.name, literal: false, spot: one.spot });
    } else if (one.kind === 'text' && one.secret === true) {
      const name = `literal in ${one.spot.place}:${one.spot.line}`;
      if (!into.credentials.has(name))
        into.credentials.set(name, { name: one.name ?? 'literal', literal: true, spot: one.spot });
    }
  }
}

/** `stripe.api_key = os.environ[...]` serves every call of that library. */
function attachLibraryKeys(project: Project, path: string, into: Collected): void {
  const root = path.split('.')[0] ?? '';
  for (const [name, values] of project.libraryAssignments()) {
    if (!name.startsWith(`${root}.`)) continue;
    for (const value of values) collectCredentials(project, value, into);
  }
}

function credentialBehind(project: Project, call: CallValue): string | null {
  for (const value of valuesIn(project, call)) {
    if (value.kind === 'environment' && isCredentialName(value.name)) return value.name;
  }
  return null;
}

function storesBehind(call: CallValue): readonly NonNullable<ReturnType<typeof storeOf>>[] {
  const found: NonNullable<ReturnType<typeof storeOf>>[] = [];
  const stack: Value[] = [call];
  while (stack.length > 0 && found.length < 8) {
    const at = stack.pop();
    if (at === undefined) break;
    const store = storeOf(at);
    if (store !== null) found.push(store);
    else if (at.kind === 'call') stack.push(at.callee);
    else if (at.kind === 'member') stack.push(at.of);
    else if (at.kind === 'choice') stack.push(...at.options);
  }
  return found;
}

/** Where the object that a method is called on was made. */
function rootSpot(call: CallValue): Spot {
  let spot = call.spot;
  for (let at: Value = call; ; ) {
    if (at.kind === 'call') {
      spot = at.spot;
      at = at.callee;
    } else if (at.kind === 'member') at = at.of;
    else return spot;
  }
}
