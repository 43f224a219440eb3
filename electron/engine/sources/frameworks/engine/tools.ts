import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import type { Project } from '../../python/resolve.ts';
import type { Scope } from '../../python/scopes.ts';
import {
  type CallValue,
  type FunctionValue,
  identityOf,
  type ListItem,
  optionsOf,
  type Spot,
  type Value,
} from '../../python/values.ts';
import { argumentOf, originPath, pathOf, textsOf } from './arguments.ts';
import type { GateFound } from './gathering.ts';
import { loadedTools } from './ready-made-tools.ts';
import { agentsIn, modelsIn } from './recognise.ts';
import { addRuledTool } from './ruled-tools.ts';
import { functionTool, isToolClass, methodTools, methods, renamedTo, textIn } from './tool-code.ts';
import { frameworkOf, lastStep, presentedName, serverRule, toolRule } from './vocabulary.ts';

/** One tool as an agent is given it. */
export type ToolFound = {
  readonly name: string;
  /** By what the tool is known within its file, where that is not its name: two may present themselves alike. */
  readonly key?: string;
  readonly form: 'function' | 'class' | 'library' | 'hosted' | 'retriever' | 'schema' | 'agent' | 'handoff' | 'toolkit';
  readonly description: string;
  /** Where it is implemented, or made where the implementation is a library's. */
  readonly spot: Spot;
  readonly bodies: readonly { readonly value: FunctionValue; readonly scope: Scope | null }[];
  /** Values that the tool works with: its retriever, its database. */
  readonly uses: readonly Value[];
  readonly library?: string;
  /** Framework that the tool was made with; absent: that of its agent. */
  readonly framework?: string;
  /** What it does, where a table says so. */
  readonly classes?: readonly CapabilityClass[];
  readonly when?: string;
  readonly delegatesTo?: readonly CallValue[];
  readonly handoffTo?: string;
  readonly gates?: readonly GateFound[];
  /** Fields that the facts carry as they are: annotations of a served tool. */
  readonly properties?: Readonly<Record<string, boolean | string>>;
};

export type ToolsFound = {
  readonly tools: readonly ToolFound[];
  /** Clients of MCP servers whose tools are handed on. */
  readonly mcp: readonly Value[];
  readonly unknown: readonly { readonly reason: string; readonly spot: Spot }[];
};

/** Approvals of a tool follow its name. */
const renamed = (tool: ToolFound, name: string): ToolFound => ({
  ...tool,
  name,
  ...(tool.gates === undefined
    ? {}
    : {
        gates: tool.gates.map((gate) => ({
          ...gate,
          covers: gate.covers?.map((one) => (one === tool.name ? name : one)) ?? null,
        })),
      }),
});

const maxDepth = 30;
const maxTools = 500;

/** Takes a tool list apart. What cannot be known is listed as unknown, never dropped. */
export function toolsIn(project: Project, value: Value): ToolsFound {
  const tools = new Map<string, ToolFound>();
  const mcp: Value[] = [];
  const unknown: { reason: string; spot: Spot }[] = [];
  const add = (tool: ToolFound): void => {
    const key = `${tool.spot.place}#${tool.name}`;
    const known = tools.get(key);
    if (known === undefined || (known.when !== undefined && tool.when === undefined)) tools.set(key, tool);
  };
  const seen = new Set<string>();

  const list = (items: readonly ListItem[], when: string | undefined, depth: number): void => {
    for (const item of items) visit(item.value, item.when ?? when, depth + 1);
  };

  const visit = (at: Value, when: string | undefined, depth: number): void => {
    if (depth > maxDepth || tools.size >= maxTools) {
      const reason = depth > maxDepth ? 'tool list nested too deep to follow' : `more than ${maxTools} tools`;
      unknown.push({ reason, spot: 'spot' in at ? at.spot : spotOfValue });
      return;
    }
    const condition = when === undefined ? {} : { when };
    switch (at.kind) {
      case 'list':
        return list(at.items, when, depth);
      case 'choice':
        for (const option of at.options)
          visit(option, when ?? (at.options.length > 1 ? 'one of several' : undefined), depth + 1);
        return;
      case 'constant':
        return;
      case 'function':
        return add({ ...functionTool(project, at), ...condition });
      case 'lambda':
        return add({
          name: 'lambda',
          form: 'function',
          description: '',
          spot: at.spot,
          bodies: [],
          uses: [],
          ...condition,
        });
      case 'class':
        return add({
          name:
            textIn(project, at, 'name') ??
            textIn(project, at, 'request') ??
            textIn(project, at, 'NAME') ??
            at.class.name,
          form: isToolClass(project, at) ? 'class' : 'schema',
          description: at.class.documentation,
          spot: at.spot,
          bodies: methods(project, at),
          uses: [],
          ...condition,
        });
      case 'text':
        // A tool by its name alone.
        return at.secret === true
          ? undefined
          : add({
              name: at.text.slice(0, 200),
              form: 'library',
              description: '',
              spot: at.spot,
              bodies: [],
              uses: [],
              library: at.text.slice(0, 200),
              ...condition,
            });
      case 'instance': {
        const agents = agentsIn(project, at);
        if (agents.length > 0)
          return add({
            name: at.of.class.name,
            form: 'agent',
            description: '',
            spot: at.of.spot,
            bodies: [],
            uses: [],
            delegatesTo: agents,
            ...condition,
          });
        const several = methodTools(project, at);
        if (several.length > 0) {
          for (const tool of several) add({ ...tool, ...condition });
          return;
        }
        return add({
          name: textIn(project, at, 'name') ?? textIn(project, at, 'NAME') ?? at.of.class.name,
          form: 'class',
          description: textIn(project, at, 'description') ?? at.of.class.documentation,
          spot: at.of.spot,
          bodies: methods(project, at),
          uses: [],
          ...condition,
        });
      }
      case 'dict': {
        const entry = (name: string): Value | undefined =>
          at.entries.find((one) => one.key?.kind === 'text' && one.key.text === name)?.value;
        const fn = entry('function');
        const inner =
          fn?.kind === 'dict'
            ? fn.entries.find((one) => one.key?.kind === 'text' && one.key.text === 'name')?.value
            : undefined;
        const name = textsOf(inner ?? entry('name') ?? entry('type') ?? null)[0];
        const work = optionsOf(
          entry('execute') ?? entry('handler') ?? entry('run') ?? { kind: 'constant', value: null },
        ).filter((one) => one.kind === 'function');
        if (work.length > 0 && (entry('description') ?? entry('inputSchema') ?? entry('parameters')) !== undefined) {
          return add({
            name: name ?? textsOf(entry('id') ?? null)[0] ?? 'tool',
            form: 'function',
            description: (textsOf(entry('description') ?? null)[0] ?? '').slice(0, 400),
            spot: at.spot,
            bodies: work.map((one) => ({ value: one, scope: null })),
            uses: [],
            ...condition,
          });
        }
        if (name === undefined && fn === undefined && at.entries.length > 0) {
          // Tools by their names: `tools: { search, send }`.
          for (const one of at.entries) {
            const before = tools.size;
            const inside = toolsIn(project, one.value);
            const given = one.key === null ? undefined : textsOf(one.key)[0];
            const [only] = inside.tools;
            const under = when ?? one.when;
            const conditional = under === undefined ? {} : { when: under };
            if (inside.tools.length === 1 && only !== undefined && given !== undefined)
              add({ ...renamed(only, given), ...conditional });
            else for (const tool of inside.tools) add({ ...tool, ...conditional });
            mcp.push(...inside.mcp);
            unknown.push(...inside.unknown);
            if (tools.size === before && inside.mcp.length === 0 && inside.unknown.length === 0)
              unknown.push({ reason: 'tool described by a dictionary without a name', spot: at.spot });
          }
          return;
        }
        if (name === undefined) {
          unknown.push({ reason: 'tool described by a dictionary without a name', spot: at.spot });
          return;
        }
        const type = textsOf(entry('type') ?? null)[0] ?? '';
        return add({
          name,
          form:
            fn === undefined &&
            ['input_schema', 'inputSchema', 'parameters', 'schema'].every((field) => entry(field) === undefined)
              ? 'hosted'
              : 'schema',
          description: '',
          spot: at.spot,
          bodies: [],
          uses: [],
          library: type,
          ...condition,
        });
      }
      case 'call':
        return visitCall(at, when, depth);
      case 'symbol': {
        const rule = toolRule(at.path);
        const name = at.path.slice(at.path.lastIndexOf('.') + 1);
        return add({
          name: rule?.rule.kind === 'hosted' ? (rule.rule.as ?? presentedName(name)) : presentedName(name),
          form: rule?.rule.kind === 'hosted' ? 'hosted' : 'library',
          description: '',
          spot: { place: spotOfValue.place, line: spotOfValue.line },
          bodies: [],
          uses: [],
          library: at.path,
          ...(rule?.rule.kind === 'hosted' ? { classes: rule.rule.classes, framework: rule.framework.id } : {}),
          ...condition,
        });
      }
      case 'member': {
        // A method of an object of a library, given as a tool.
        const path = originPath(at);
        const holder = path === null ? null : toolRule(path);
        if (holder?.rule.kind === 'list' && holder.rule.tools.length === 0) return visit(at.of, when, depth + 1);
        if (path !== null && !serverRule(path)) {
          return add({
            name: at.name,
            form: 'library',
            description: '',
            spot: spotOfValue,
            bodies: [],
            uses: [at.of],
            library: path.replaceAll('()', ''),
            ...condition,
          });
        }
        unknown.push({ reason: `${at.name} of something unknown`, spot: spotOfValue });
        return;
      }
      case 'dynamic':
        unknown.push({ reason: at.reason, spot: at.spot });
        return;
      default:
        unknown.push({ reason: 'not a tool list that can be read', spot: spotOfValue });
    }
  };

  const visitCall = (at: CallValue, when: string | undefined, depth: number): void => {
    const identity = identityOf(at);
    if (seen.has(identity)) return;
    seen.add(identity);
    const condition = when === undefined ? {} : { when };
    const path = pathOf(at);
    const origin = frameworkOf(path);
    const symbol = lastStep(path);
    const named = (): string | undefined => renamedTo(project, at) ?? textsOf(argumentOf(project, at, null, 'name'))[0];
    const describe = (): string => (textsOf(argumentOf(project, at, null, 'description'))[0] ?? '').slice(0, 400);

    if (serverRule(path) !== null) {
      mcp.push(at);
      return;
    }
    const ruled = toolRule(path);
    if (ruled !== null && addRuledTool(project, at, ruled, condition, add, (value) => visit(value, when, depth + 1)))
      return;
    if (symbol === 'create_retriever_tool' || (symbol === 'as_tool' && at.callee.kind === 'member')) {
      const subject =
        symbol === 'as_tool' && at.callee.kind === 'member' ? at.callee.of : argumentOf(project, at, 0, 'retriever');
      const agents = subject === null ? [] : agentsIn(project, subject);
      const name =
        named() ?? (symbol === 'as_tool' ? undefined : textsOf(argumentOf(project, at, 1, 'name'))[0]) ?? 'retriever';
      return add({
        name,
        form:
          agents.length > 0
            ? 'agent'
            : symbol === 'as_tool' && modelsIn(subject ?? at).length > 0
              ? 'library'
              : 'retriever',
        description:
          describe() ||
          (symbol === 'as_tool' ? '' : (textsOf(argumentOf(project, at, 2, 'description'))[0] ?? '').slice(0, 400)),
        spot: at.spot,
        bodies: [],
        uses: subject === null ? [] : [subject],
        ...(agents.length > 0 ? { delegatesTo: agents } : {}),
        ...condition,
      });
    }
    if (/handoff/i.test(symbol) && origin !== null) {
      const to = textsOf(argumentOf(project, at, null, 'agent_name'))[0];
      return add({
        name: named() ?? `transfer_to_${to ?? 'agent'}`,
        form: 'handoff',
        description: describe(),
        spot: at.spot,
        bodies: [],
        uses: [],
        ...(to === undefined ? {} : { handoffTo: to }),
        ...condition,
      });
    }
    if (symbol === 'load_tools' && origin !== null) {
      const names = argumentOf(project, at, 0, 'tool_names');
      for (const name of names?.kind === 'list' ? names.items.flatMap((item) => textsOf(item.value)) : []) {
        add({
          name,
          form: 'library',
          description: '',
          spot: at.spot,
          bodies: [],
          uses: [],
          library: loadedTools.get(name) ?? name,
          ...condition,
        });
      }
      return;
    }
    if ((symbol === 'get_tools' || symbol === 'to_tool_list' || symbol === 'as_tools') && at.callee.kind === 'member') {
      const kit = at.callee.of;
      const kitPath = (originPath(kit) ?? '').replaceAll('()', '');
      if (kitPath !== '') {
        const parts = kitPath.split('.');
        const kitName = parts.findLast((part) => /^[A-Z]/.test(part)) ?? parts.at(-1) ?? 'toolkit';
        return add({
          name: kitName,
          form: 'toolkit',
          description: '',
          spot: at.spot,
          bodies: [],
          uses: [kit],
          library: kitPath,
          ...condition,
        });
      }
      if (kit.kind === 'dynamic' || kit.kind === 'member') {
        unknown.push({ reason: 'tools of an object that is only known at run time', spot: at.spot });
        return;
      }
    }
    const agents = agentsIn(project, at);
    if (agents.length > 0) {
      return add({
        name: named() ?? symbol,
        form: 'agent',
        description: '',
        spot: at.spot,
        bodies: [],
        uses: [],
        delegatesTo: agents,
        ...condition,
      });
    }
    if (path !== '' && !/^builtins\./.test(path) && !/\.(?:invoke|ainvoke|get|run|load)$/.test(path)) {
      // A ready-made tool: `TavilySearch(max_results=2)`, `create_manage_memory_tool(...)`.
      return add({
        name: named() ?? presentedName(symbol),
        form: 'library',
        description: describe(),
        spot: at.spot,
        bodies: [],
        uses: [at],
        library: path.replaceAll('()', ''),
        ...(origin === null ? {} : { framework: origin.id }),
        ...condition,
      });
    }
    unknown.push({ reason: 'result of a call that is only known at run time', spot: at.spot });
  };

  let spotOfValue: Spot = { place: '', line: 1 };
  if ('spot' in value) spotOfValue = value.spot;
  visit(value, undefined, 0);
  return { tools: [...tools.values()], mcp, unknown };
}
