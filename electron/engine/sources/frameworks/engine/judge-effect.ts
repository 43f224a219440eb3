import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import { isCredentialName } from '../../parse/credential-names.ts';
import type { Project } from '../../python/resolve.ts';
import { spotIn } from '../../python/spots.ts';
import { type CallValue, optionsOf, type Spot, type Value } from '../../python/values.ts';
import { add, collectCredentials, type Collected, useStore, useVendor } from './body-facts.ts';
import { type Effect, sqlClasses } from './effects.ts';
import { judgeWeb } from './judge-web.ts';
import { defaultKeys } from './model-names.ts';
import { argumentOf, textsOf, valuesIn } from './arguments.ts';
import { storeOf } from './recognise.ts';
import { vendorOfPath } from './vendors.ts';

export function judgeEffect(project: Project, call: CallValue, path: string, effect: Effect, into: Collected): void {
  const { spot } = call;
  for (const one of effect.classes) add(into, one, spot, effect.because, effect.confidence);
  const action = effect.classes.includes('deletes')
    ? 'deletes'
    : effect.classes.includes('writes')
      ? 'writes'
      : 'reads';
  switch (effect.channel) {
    case 'http':
      return judgeWeb(project, call, path, effect, into);
    case 'fetch':
      return judgeFetch(project, call, path, effect, into);
    case 'database':
      useStore(into, {
        action,
        spot,
        confidence: effect.confidence,
        store: {
          kind: 'database',
          product: effect.service ?? '',
          credential: credentialBehind(project, call),
          made: rootSpot(call),
        },
      });
      return;
    case 'sql': {
      const statement = /read_sql/.test(path)
        ? project.evaluate(call.call.args[0] ?? { kind: 'constant', value: null }, call.scope)
        : argumentOf(
            project,
            call,
            // Functions of Go are given a context first.
            call.scope.module.content.language === 'go' &&
              call.call.args.length > 1 &&
              call.call.args[0]?.kind !== 'text'
              ? 1
              : 0,
            'sql',
            'query',
            'statement',
            'command',
            'operation',
          );
      const texts = sqlTexts(statement);
      const actions = new Set<'reads' | 'writes' | 'deletes'>();
      let sure = effect.confidence;
      if (statement === null && effect.classes.length > 0) actions.add(action);
      else {
        for (const text of texts) {
          const { classes, because, confidence } = sqlClasses(text);
          for (const one of classes) {
            add(into, one, spot, because, confidence);
            if (confidence !== 'high') sure = confidence;
            actions.add(one === 'deletes' ? 'deletes' : one === 'writes' ? 'writes' : 'reads');
          }
        }
      }
      const product = effect.service ?? path.split(/[.(]/)[0] ?? 'sql';
      const credential = credentialBehind(project, call);
      for (const one of actions) {
        useStore(into, {
          action: one,
          spot,
          confidence: sure,
          store: { kind: 'database', product, credential, made: rootSpot(call) },
        });
      }
      return;
    }
    case 'vector': {
      for (const store of storesBehind(call))
        useStore(into, {
          action,
          spot,
          confidence: effect.confidence,
          store: { kind: 'construct', call: store.call, symbol: store.symbol },
        });
      return;
    }
    case 'sdk': {
      const vendor = vendorOfPath(path);
      if (vendor !== null)
        useVendor(
          into,
          vendor,
          action,
          spot,
          effect.classes.includes('sends-outside'),
          libraryKeySpot(project, path, spot.place) ?? rootSpot(call),
        );
      else if (/^(?:pymongo|motor|redis|neo4j)\b/.test(path)) {
        useStore(into, {
          action,
          spot,
          confidence: effect.confidence,
          store: {
            kind: 'database',
            product: effect.service ?? '',
            credential: credentialBehind(project, call),
            made: rootSpot(call),
          },
        });
      } else if (effect.service !== undefined) {
        into.services.set(`ingests ${effect.service}`, {
          action: 'ingests',
          host: effect.service,
          kind: 'web',
          spot,
          confidence: effect.confidence,
        });
        into.services.set(`egresses ${effect.service}`, {
          action: 'egresses-to',
          host: effect.service,
          kind: 'web',
          spot,
          confidence: effect.confidence,
        });
      }
      attachLibraryKeys(project, path, into);
      return;
    }
    case 'mail':
      into.services.set('mail', {
        action: 'egresses-to',
        host: 'mail',
        kind: 'mail',
        spot,
        confidence: effect.confidence,
      });
      attachLibraryKeys(project, path, into);
      return;
    case 'file-open': {
      const opened = path.startsWith('pathlib');
      const mode = textsOf(argumentOf(project, call, opened ? 0 : 1, 'mode'))[0] ?? 'r';
      const writes = /[wax+]/.test(mode);
      const target = opened && call.callee.kind === 'member' ? call.callee.of : argumentOf(project, call, 0, 'file');
      add(into, writes ? 'writes' : 'reads-private', spot, writes ? 'writes a file' : 'reads a file', 'high');
      judgeFile(target, writes ? 'writes' : 'reads', effect, spot, into);
      return;
    }
    case 'file-path': {
      const target =
        path.startsWith('pathlib') && call.callee.kind === 'member' ? call.callee.of : argumentOf(project, call, 0);
      judgeFile(target, action, effect, spot, into);
      return;
    }
    case 'cloud':
    case undefined:
      return;
  }
}

/** `fetch(url, { method: 'POST' })`: what it does depends on an option. */
function judgeFetch(project: Project, call: CallValue, path: string, effect: Effect, into: Collected): void {
  const methods = textsOf(argumentOf(project, call, null, 'method')).map((text) => text.toUpperCase());
  const given = argumentOf(project, call, null, 'method') !== null;
  const sends = methods.some((one) => /^(?:POST|PUT|PATCH)$/.test(one)) || (given && methods.length === 0);
  const deletes = methods.includes('DELETE');
  const classes: CapabilityClass[] = deletes ? ['deletes', 'sends-outside'] : sends ? ['sends-outside', 'writes'] : [];
  const because = deletes ? 'deletes at a web address' : sends ? 'sends to a web address' : 'reads from a web address';
  for (const one of classes) add(into, one, call.spot, because, effect.confidence);
  judgeWeb(project, call, path, { ...effect, classes, because }, into);
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

function judgeFile(
  target: Value | null,
  action: 'reads' | 'writes' | 'deletes',
  effect: Effect,
  spot: Spot,
  into: Collected,
): void {
  const folder = target === null ? null : firstFolder(target);
  if (folder === null) return;
  if (
    action !== 'reads' &&
    /(?:^|\/)(?:\.claude|\.cursor|\.codex|\.mcp\.json|langgraph\.json|mcp\.json|\.env)(?:\/|$)|prompts?(?:\/|\.(?:md|txt|ya?ml|py)$)/.test(
      folder,
    )
  ) {
    add(into, 'changes-own-configuration', spot, `changes ${folder}`, 'medium');
  }
  useStore(into, { action, spot, confidence: effect.confidence, store: { kind: 'files', folder } });
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

/** `stripe.api_key = os.environ[...]` serves every call of that library. */
function attachLibraryKeys(project: Project, path: string, into: Collected): void {
  const root = path.split('.')[0] ?? '';
  for (const [name, values] of project.libraryAssignments()) {
    if (!name.startsWith(`${root}.`)) continue;
    for (const value of values) collectCredentials(project, value, into);
  }
}

/** Where a file sets the key of a library: there it is tied to the service, whichever call comes first. */
function libraryKeySpot(project: Project, path: string, place: string): Spot | null {
  const root = path.split('.')[0] ?? '';
  for (const [name, values] of project.libraryAssignments()) {
    if (!name.startsWith(`${root}.`)) continue;
    for (const value of values) {
      const spot = spotIn(value);
      if (spot?.place === place) return spot;
    }
  }
  return null;
}

const providerKeys: ReadonlySet<string> = new Set(defaultKeys.values());

function credentialBehind(project: Project, call: CallValue): string | null {
  for (const value of valuesIn(project, call)) {
    // Keys of model providers open no database: they only stand near by.
    if (value.kind === 'environment' && isCredentialName(value.name) && !providerKeys.has(value.name))
      return value.name;
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
