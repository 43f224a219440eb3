import type { MergedAsset } from '../../../sources/source.ts';
import type { Call } from '../../call.ts';
import type { PermissionFacts, Setting } from '../../evaluator.ts';
import { absolutePath } from '../../paths.ts';
import { assume, type Decision, decision, type Trace } from '../../verdict.ts';
import { type Guard, guardsOf } from './guard-script.ts';
import type { Effective } from './settings.ts';

/** PreToolUse hooks run before rules: exit 2 blocks; `allow` spares the question and never beats a deny or ask rule. */
export type Hooks = { blocks(tool: string, call: Call, trace: Trace | null): Decision | null };

type Handler = {
  readonly name: string;
  readonly place: { readonly file: string; readonly line: number };
  readonly scope: 'managed' | 'user' | 'project' | 'local';
  readonly fits: (tool: string) => boolean;
  readonly script: string | null;
  readonly guards: readonly Guard[];
};

export function hooksFor(facts: PermissionFacts, effective: Effective, setting: Setting): Hooks {
  const handlers = effective.value('disableAllHooks')?.['value'] === true ? [] : handlersOf(facts, effective, setting);
  return {
    blocks(tool, call, trace) {
      for (const handler of handlers) {
        if (!handler.fits(tool)) continue;
        const guard =
          call.type === 'shell' ? handler.guards.find(({ pattern }) => pattern.test(call.command)) : undefined;
        if (guard !== undefined) {
          assume(trace, `the script of the hook was read, not run: ${handler.script ?? ''}:${guard.line}`);
          return decision('hook', `${handler.name}: exits with 2 on ${guard.text}`, {
            ...handler.place,
            scope: handler.scope,
          });
        }
        assume(
          trace,
          `a hook runs before this call and may change the answer: ${handler.name} (${handler.place.file}:${handler.place.line})`,
        );
      }
      return null;
    },
  };
}

function handlersOf(facts: PermissionFacts, effective: Effective, setting: Setting): readonly Handler[] {
  const own = hooksByOwner(facts);
  return effective.agents
    .flatMap((agent) => own.get(agent.key) ?? [])
    .filter((hook) => /^(?:PreToolUse|PermissionRequest)$/.test(String(hook.properties['event'])))
    .map((hook) => handlerOf(hook, facts, effective, setting));
}

const ownedHooks = new WeakMap<PermissionFacts, Map<string, MergedAsset[]>>();

/** Hooks by the agent that uses them, read once per facts. */
function hooksByOwner(facts: PermissionFacts): ReadonlyMap<string, readonly MergedAsset[]> {
  let known = ownedHooks.get(facts);
  if (known !== undefined) return known;
  known = new Map();
  const hooks = new Map(facts.assets('hook').map((hook) => [hook.key, hook]));
  for (const { from, to } of facts.relations('uses')) {
    const hook = from.kind === 'agent' && to.kind === 'hook' ? hooks.get(to.key) : undefined;
    if (hook === undefined) continue;
    const list = known.get(from.key) ?? [];
    list.push(hook);
    known.set(from.key, list);
  }
  ownedHooks.set(facts, known);
  return known;
}

function handlerOf(hook: MergedAsset, facts: PermissionFacts, effective: Effective, setting: Setting): Handler {
  const [first] = hook.evidence;
  const scope = hook.properties['scope'];
  const script = scriptOf(String(hook.properties['command'] ?? ''), effective, setting);
  const text = script === null || hook.properties['condition'] !== undefined ? null : facts.readText(script);
  return {
    name: hook.name,
    place: { file: first?.place ?? '', line: first?.line ?? 1 },
    scope: scope === 'managed' || scope === 'user' || scope === 'local' ? scope : 'project',
    fits: matcherOf(hook.properties['matcher']),
    script,
    guards: text === null ? [] : guardsOf(text),
  };
}

/** The one script that a hook's command names, as an absolute path; null where it is no script of a file. */
function scriptOf(command: string, effective: Effective, setting: Setting): string | null {
  const word = command
    .replace(/["']/g, '')
    .replace(/\$\{?CLAUDE_PROJECT_DIR\}?/g, effective.projectFolder)
    .split(/\s+/)
    .find((part) => /\.(?:py|sh|bash|js|mjs|ts)$/.test(part));
  return word === undefined || word.includes('$') ? null : absolutePath(word, setting);
}

/** Empty or `*`: every tool. Plain names and `|`: an exact list. Anything else: a regular expression without anchors. */
export function matcherOf(matcher: unknown): (tool: string) => boolean {
  if (typeof matcher !== 'string' || matcher === '' || matcher === '*') return () => true;
  if (/^[A-Za-z0-9_\- ,|]+$/.test(matcher)) {
    const names = new Set(matcher.split(/[|,]/).map((name) => name.trim()));
    return (tool) => names.has(tool);
  }
  // What could take long, or is no expression, is taken to fit: then the hook is at least named.
  if (matcher.length > 500 || /\([^)]*[*+][^)]*\)[*+{]/.test(matcher)) return () => true;
  try {
    const expression = new RegExp(matcher);
    return (tool) => expression.test(tool);
  } catch {
    return () => true;
  }
}
