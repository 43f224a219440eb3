import type { Properties } from '../../../../../shared/model/facts.ts';
import { maskText } from '../../parse/secrets.ts';
import type { Spot, Value } from '../../python/values.ts';
import { fieldOf } from '../engine/arguments.ts';
import { isVendored, locationOf, sha256 } from '../engine/collector.ts';
import type { FactContext } from '../engine/context.ts';
import type { ToolFound } from '../engine/tools.ts';

/**
 * An MCP server that code implements, as C#, Java, Go and Rust show it. Annotations are what the server says of itself:
 * hints, not facts about the code.
 */
export type ServedServer = {
  readonly spot: Spot;
  readonly name: string;
  /** Of the key: the variable or class that holds it. */
  readonly variable: string;
  readonly transports: ReadonlySet<string>;
  readonly bindAddress: string | null;
  readonly port: string | null;
  /** What asks callers who they are; null where nothing does. */
  readonly authentication: string | null;
  readonly tools: readonly ToolFound[];
  readonly resources?: readonly string[];
  readonly prompts?: readonly string[];
  readonly instructions?: string | undefined;
  /** Tools that the code adds and whose names it does not say. */
  readonly unknownTools?: readonly Spot[];
};

export function emitServer(context: FactContext, server: ServedServer): void {
  if (isVendored(server.spot.place)) return;
  const transports = [...server.transports];
  const unknown = (server.unknownTools ?? [])
    .slice(0, 50)
    .map(({ place, line }) => ({ reason: 'tool that is only known at run time', place, line }));
  if (unknown.length + server.tools.length + (server.resources ?? []).length === 0)
    unknown.push({
      reason: 'what the server offers is only known at run time',
      place: server.spot.place,
      line: server.spot.line,
    });
  const { bindAddress, port, instructions, resources = [], prompts = [] } = server;
  const properties: Properties = {
    framework: 'mcp',
    implementation: server.spot.place,
    implemented: true,
    location: locationOf(server.spot.place),
    ...(transports.length === 1 && transports[0] !== undefined
      ? { transport: transports[0] }
      : transports.length > 1
        ? { transport: 'decided at run time', transports }
        : { transport: 'unknown' }),
    ...(bindAddress === null
      ? {}
      : { bindAddress, ...(/^(?:0\.0\.0\.0|::|\+|\*)$/.test(bindAddress) ? { allInterfaces: true } : {}) }),
    ...(port === null ? {} : { port }),
    authentication: server.authentication ?? 'none',
    ...(resources.length === 0 ? {} : { resources: resources.slice(0, 200) }),
    ...(prompts.length === 0 ? {} : { servedPrompts: prompts.slice(0, 200) }),
    ...(unknown.length === 0 ? {} : { unknown }),
    ...(instructions === undefined
      ? {}
      : { instructionsHash: sha256(instructions), instructionsPreview: maskText(instructions).slice(0, 200) }),
  };
  const ref = context.facts.asset(server.spot, {
    kind: 'mcp-server',
    key: `code:${server.spot.place}#${server.variable}`,
    name: server.name,
    properties,
    confidence: 'high',
    ...(transports.length > 1 || unknown.length > 0 ? { dynamic: true } : {}),
  });
  const seen = new Set<string>();
  for (const tool of server.tools) {
    if (seen.has(`${tool.spot.place}#${tool.name}`)) continue;
    seen.add(`${tool.spot.place}#${tool.name}`);
    context.facts.relation(tool.spot, {
      kind: 'exposes',
      from: ref,
      to: context.emitTool(tool, 'mcp'),
      confidence: 'high',
    });
  }
}

/** Name of a hint in the protocol, by the names that the libraries give it. */
const hints: Readonly<Record<string, string>> = {
  ReadOnly: 'readOnlyHint',
  Destructive: 'destructiveHint',
  Idempotent: 'idempotentHint',
  OpenWorld: 'openWorldHint',
  readOnlyHint: 'readOnlyHint',
  destructiveHint: 'destructiveHint',
  idempotentHint: 'idempotentHint',
  openWorldHint: 'openWorldHint',
  ReadOnlyHint: 'readOnlyHint',
  DestructiveHint: 'destructiveHint',
  IdempotentHint: 'idempotentHint',
  OpenWorldHint: 'openWorldHint',
  WithReadOnlyHintAnnotation: 'readOnlyHint',
  WithDestructiveHintAnnotation: 'destructiveHint',
  WithIdempotentHintAnnotation: 'idempotentHint',
  WithOpenWorldHintAnnotation: 'openWorldHint',
  read_only_hint: 'readOnlyHint',
  destructive_hint: 'destructiveHint',
  idempotent_hint: 'idempotentHint',
  open_world_hint: 'openWorldHint',
};

/** Hints among the arguments of a call. */
export function hintsOf(context: FactContext, value: Value | null): Readonly<Record<string, boolean>> {
  const found: Record<string, boolean> = {};
  if (value === null) return found;
  for (const [name, hint] of Object.entries(hints)) {
    const given = fieldOf(context.project, value, name);
    if (given === null) continue;
    // Go gives optional booleans as `ptr(true)`.
    const inner =
      given.kind === 'call' && given.call.args[0] !== undefined
        ? context.project.evaluate(given.call.args[0], given.scope, given.call.at)
        : given;
    if (inner.kind === 'constant' && typeof inner.value === 'boolean') found[hint] = inner.value;
  }
  return found;
}

/** A tool with what the protocol says about it. */
export const servedTool = (
  tool: ToolFound,
  name: string | undefined,
  description: string | undefined,
  annotations: Readonly<Record<string, boolean>>,
): ToolFound => {
  const words = description ?? tool.description;
  return {
    ...tool,
    framework: 'mcp',
    name: name ?? tool.name,
    description: words.slice(0, 400),
    properties: { ...(words === '' ? {} : { descriptionHash: sha256(words) }), ...annotations },
  };
};
