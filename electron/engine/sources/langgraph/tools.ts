import type { Project } from '../python/resolve.ts';
import type { Scope } from '../python/scopes.ts';
import {
  type CallValue,
  type FunctionValue,
  identityOf,
  type ListItem,
  optionsOf,
  type Spot,
  type Value,
} from '../python/values.ts';
import { originOf } from './known.ts';
import { libraryToolName, loadedTools } from './ready-made-tools.ts';
import { agentsIn, argumentOf, modelsIn, originPath, textsOf } from './recognise.ts';
import { functionTool, isToolClass, methods, renamedTo, textIn } from './tool-code.ts';

/** One tool as an agent is given it. */
export type ToolFound = {
  readonly name: string;
  readonly form: 'function' | 'class' | 'library' | 'hosted' | 'retriever' | 'schema' | 'agent' | 'handoff' | 'toolkit';
  readonly description: string;
  /** Where it is implemented, or made where the implementation is a library's. */
  readonly spot: Spot;
  readonly bodies: readonly { readonly value: FunctionValue; readonly scope: Scope | null }[];
  /** Values that the tool works with: its retriever, its database. */
  readonly uses: readonly Value[];
  readonly library?: string;
  readonly when?: string;
  readonly delegatesTo?: readonly CallValue[];
  readonly handoffTo?: string;
};

export type ToolsFound = {
  readonly tools: readonly ToolFound[];
  /** Clients of MCP servers whose tools are handed on. */
  readonly mcp: readonly Value[];
  readonly unknown: readonly { readonly reason: string; readonly spot: Spot }[];
};

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
          name: textIn(project, at, 'name') ?? at.class.name,
          form: isToolClass(project, at) ? 'class' : 'schema',
          description: at.class.documentation,
          spot: at.spot,
          bodies: methods(project, at),
          uses: [],
          ...condition,
        });
      case 'instance':
        return add({
          name: textIn(project, at, 'name') ?? at.of.class.name,
          form: 'class',
          description: textIn(project, at, 'description') ?? at.of.class.documentation,
          spot: at.of.spot,
          bodies: methods(project, at),
          uses: [],
          ...condition,
        });
      case 'dict': {
        const entry = (name: string): Value | undefined =>
          at.entries.find((one) => one.key?.kind === 'text' && one.key.text === name)?.value;
        const fn = entry('function');
        const inner =
          fn?.kind === 'dict'
            ? fn.entries.find((one) => one.key?.kind === 'text' && one.key.text === 'name')?.value
            : undefined;
        const name = textsOf(inner ?? entry('name') ?? entry('type') ?? null)[0];
        if (name === undefined) {
          unknown.push({ reason: 'tool described by a dictionary without a name', spot: at.spot });
          return;
        }
        const type = textsOf(entry('type') ?? null)[0] ?? '';
        return add({
          name,
          form: fn === undefined ? 'hosted' : 'schema',
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
        const origin = originOf(at.path);
        const name = at.path.slice(at.path.lastIndexOf('.') + 1);
        return add({
          name,
          form: 'library',
          description: '',
          spot: { place: spotOfValue.place, line: spotOfValue.line },
          bodies: [],
          uses: [],
          library: origin === null ? at.path : at.path,
          ...condition,
        });
      }
      case 'member':
        unknown.push({ reason: `${at.name} of something unknown`, spot: spotOfValue });
        return;
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
    const path = originPath(at.callee) ?? '';
    const origin = originOf(path.replaceAll('()', ''));
    const symbol = path.slice(path.lastIndexOf('.') + 1).replace('()', '');
    const named = (): string | undefined => renamedTo(project, at) ?? textsOf(argumentOf(project, at, null, 'name'))[0];
    const describe = (): string => (textsOf(argumentOf(project, at, null, 'description'))[0] ?? '').slice(0, 400);

    if (/MultiServerMCPClient\(\)(?:\.\w+\(\))?\.get_tools$|\.load_mcp_tools$/.test(path)) {
      mcp.push(at);
      return;
    }
    if (path.endsWith('.ToolNode')) {
      const inner = argumentOf(project, at, 0, 'tools');
      if (inner !== null) visit(inner, when, depth + 1);
      return;
    }
    if (/^langchain(?:_\w+)?\..*\btool(?:\(\))?$/.test(path)) {
      // `tool(function)` or `tool("name")(function)`.
      const inner = optionsOf(argumentOf(project, at, 0) ?? { kind: 'constant', value: null }).find(
        (one) => one.kind === 'function',
      );
      if (inner?.kind === 'function') {
        const given = at.callee.kind === 'call' ? textsOf(argumentOf(project, at.callee, 0))[0] : undefined;
        const renamed = renamedTo(project, at) ?? given;
        return add({
          ...functionTool(project, inner),
          ...(renamed === undefined ? {} : { name: renamed }),
          ...condition,
        });
      }
    }
    if (
      /^langchain(?:_\w+)?\..*(?:StructuredTool|Tool)(?:\.from_function)?$/.test(path) &&
      (symbol === 'from_function' || symbol === 'Tool' || symbol === 'StructuredTool')
    ) {
      const bodies = ['func', 'coroutine'].flatMap((name, index) => {
        const fn = argumentOf(project, at, symbol === 'Tool' ? (index === 0 ? 1 : null) : index === 0 ? 0 : null, name);
        return fn === null ? [] : optionsOf(fn);
      });
      const functions = bodies.filter((one) => one.kind === 'function');
      const first = functions[0];
      const name =
        named() ??
        (symbol === 'Tool' ? textsOf(argumentOf(project, at, 0))[0] : undefined) ??
        first?.function.name ??
        bodies.map((one) => (one.kind === 'member' ? one.name : undefined)).find((one) => one !== undefined) ??
        'tool';
      const others = bodies.filter((one) => one.kind !== 'function');
      const library = others.map((one) => originPath(one)).find((one) => one !== null);
      return add({
        name,
        form: first === undefined ? 'library' : 'function',
        description: describe() || (first?.function.documentation ?? ''),
        spot: first?.spot ?? at.spot,
        bodies: functions.map((value) => ({ value, scope: null })),
        uses: others,
        delegatesTo: others.flatMap((one) => (one.kind === 'member' ? agentsIn(one.of) : [])),
        ...(library === undefined || library === null ? {} : { library }),
        ...condition,
      });
    }
    if (symbol === 'create_retriever_tool' || (symbol === 'as_tool' && at.callee.kind === 'member')) {
      const subject =
        symbol === 'as_tool' && at.callee.kind === 'member' ? at.callee.of : argumentOf(project, at, 0, 'retriever');
      const agents = subject === null ? [] : agentsIn(subject);
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
    const agents = agentsIn(at);
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
        name: named() ?? libraryToolName(symbol),
        form: 'library',
        description: describe(),
        spot: at.spot,
        bodies: [],
        uses: [at],
        library: path.replaceAll('()', ''),
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
