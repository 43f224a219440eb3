import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import type {
  AgentRule,
  ArgumentAt,
  AttachRule,
  EffectRule,
  ExposeRule,
  Framework,
  GraphRule,
  ModelRule,
  RunnerRule,
  ServerRule,
  StoreKind,
  SymbolRule,
  ToolRule,
} from '../framework.ts';
import { frameworks } from '../registry.ts';

/** The tables of all frameworks, asked by path. Answers are remembered: the same paths are asked for again and again. */

export type Ruled<R> = { readonly rule: R; readonly framework: Framework };

const mostRemembered = 50_000;

function remembered<T>(answer: (path: string) => T): (path: string) => T {
  const known = new Map<string, T>();
  return (path) => {
    const before = known.get(path);
    if (before !== undefined || known.has(path)) return before as T;
    if (known.size >= mostRemembered) known.clear();
    const now = answer(path);
    known.set(path, now);
    return now;
  };
}

/** `Agent` of `agents.Agent`; of a call its name: `tool` of `x.Y().tool()`. */
export const lastStep = (path: string): string => path.slice(path.lastIndexOf('.') + 1).replace(/\(\)$/, '');

/** Rules by the last step of the path; the first whose `from` fits the whole path. */
function table<R extends SymbolRule>(
  of: (framework: Framework) => readonly R[] | undefined,
): (path: string) => Ruled<R> | null {
  const bySymbol = new Map<string, Ruled<R>[]>();
  for (const framework of frameworks) {
    for (const rule of of(framework) ?? []) {
      for (const symbol of rule.symbols) {
        const list = bySymbol.get(symbol) ?? [];
        list.push({ rule, framework });
        bySymbol.set(symbol, list);
      }
    }
  }
  return remembered((path) => {
    const candidates = bySymbol.get(lastStep(path));
    return candidates?.find(({ rule, framework }) => (rule.from ?? framework.roots).test(path)) ?? null;
  });
}

function firstOf<T>(ask: (framework: Framework, path: string) => T | null | undefined): (path: string) => T | null {
  return remembered((path) => {
    for (const framework of frameworks) {
      const answer = ask(framework, path);
      if (answer !== null && answer !== undefined) return answer;
    }
    return null;
  });
}

export const agentRule: (path: string) => Ruled<AgentRule> | null = table<AgentRule>((one) => one.agents);
export const graphRule: (path: string) => Ruled<GraphRule> | null = table<GraphRule>((one) => one.graphs);
export const toolRule: (path: string) => Ruled<ToolRule> | null = table<ToolRule>((one) => one.tools);
export const serverRule: (path: string) => Ruled<ServerRule> | null = table<ServerRule>((one) => one.servers);
export const runnerRule: (path: string) => Ruled<RunnerRule> | null = table<RunnerRule>((one) => one.runners);
export const exposeRule: (path: string) => Ruled<ExposeRule> | null = table<ExposeRule>((one) => one.exposers);
export const guardRule: (path: string) => Ruled<SymbolRule> | null = table((one) => one.guards);
export const interruptRule: (path: string) => Ruled<SymbolRule> | null = table((one) => one.interrupts);
export const promptRule: (
  path: string,
) => Ruled<SymbolRule & { readonly text: ArgumentAt; readonly pulled?: true }> | null = table((one) => one.prompts);

export const frameworkOf: (path: string) => Framework | null = firstOf((framework, path) =>
  framework.roots.test(path) ? framework : null,
);
export const modelRule: (path: string) => ModelRule | null = firstOf((framework, path) => framework.models?.(path));
export const storeKind: (path: string) => StoreKind | null = firstOf((framework, path) => framework.stores?.(path));
export const readyMadeClasses: (path: string) => readonly CapabilityClass[] | null = firstOf((framework, path) =>
  framework.readyMade?.(path),
);
export const effectRule: (path: string) => EffectRule | null = firstOf((framework, path) =>
  framework.effects?.find((one) => one.path.test(path)),
);
export const isSilentFramework: (path: string) => boolean = remembered((path) =>
  frameworks.some((framework) => framework.silent?.test(path) === true),
);

/** Name under which a ready-made tool presents itself to the model. */
export function presentedName(symbol: string): string {
  for (const framework of frameworks) {
    const name = framework.toolNames?.get(symbol);
    if (name !== undefined) return name;
  }
  return symbol;
}

export const attachRules: readonly Ruled<AttachRule>[] = frameworks.flatMap((framework) =>
  (framework.attaches ?? []).map((rule) => ({ rule, framework })),
);

export const attachSymbols: ReadonlySet<string> = new Set(attachRules.flatMap(({ rule }) => rule.symbols));

/** Names that a call must end in to make an agent of a framework. */
export const constructSymbolsOf = (framework: Framework): readonly string[] => [
  ...(framework.agents ?? []).flatMap((rule) => rule.symbols),
  ...(framework.graphs ?? []).flatMap((rule) => [
    ...rule.symbols,
    ...rule.finish,
    ...Object.keys(rule.nodes),
    ...rule.edges,
  ]),
];
export const constructSymbols: ReadonlySet<string> = new Set(frameworks.flatMap(constructSymbolsOf));

/** Frameworks that an import speaks of: `from agents import Agent`. */
export const importedFrameworks: (path: string) => readonly Framework[] = remembered((path) =>
  frameworks.filter(
    (framework) =>
      framework.roots.test(path) ||
      [...(framework.agents ?? []), ...(framework.graphs ?? [])].some((rule) => rule.from?.test(path) === true),
  ),
);

const commonNames: ReadonlyMap<string, readonly RegExp[]> = (() => {
  const found = new Map<string, RegExp[] | null>();
  for (const framework of frameworks) {
    for (const symbol of (framework.graphs ?? []).flatMap((rule) =>
      constructSymbolsOf({ ...framework, agents: [], graphs: [rule] }),
    ))
      found.set(symbol, null);
    for (const rule of framework.agents ?? []) {
      for (const symbol of rule.symbols) {
        const known = found.get(symbol);
        if (rule.written === undefined || known === null) found.set(symbol, null);
        else found.set(symbol, [...(known ?? []), rule.written]);
      }
    }
  }
  return new Map([...found].flatMap(([symbol, patterns]) => (patterns === null ? [] : [[symbol, patterns] as const])));
})();

/** False where the text of a call shows that it makes no agent, although its name could. */
export function mayMakeAgent(last: string, written: string | null): boolean {
  const patterns = commonNames.get(last);
  return patterns === undefined || written === null || patterns.some((pattern) => pattern.test(written));
}

export const exposeSymbols: ReadonlySet<string> = new Set(
  frameworks.flatMap((framework) => (framework.exposers ?? []).flatMap((rule) => rule.symbols)),
);
