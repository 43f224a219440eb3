import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { excerpt } from '../sources/mcp/tool-text.ts';
import { isCredentialName } from '../sources/parse/credential-names.ts';
import { addressTransport } from './address-transport.ts';
import type { LaunchPlan } from './launch-plan.ts';
import type { IntrospectionLimits } from './limits.ts';
import { ProgramTransport, ServerMisbehaved } from './program-transport.ts';

/** What a server said of itself, as a JSON document in the form of a dump. Values that it was given are taken out. */
export type ServerAnswer = {
  readonly document: string;
  readonly protocol: string;
  readonly refused: readonly string[];
};

const mostPages = 50;
const mostItems = 2000;
const mostRefused = 20;

/** Members are looked at one by one later: a server with one odd tool has still answered. */
const page = (name: string) =>
  z.looseObject({ [name]: z.array(z.unknown()).optional(), nextCursor: z.string().optional() });

/**
 * `initialize`, `tools/list`, and the numbers of prompts and resources; nothing else, and no capability is offered. Whatever
 * happens, the program has ended and the connection is closed when this returns. Throws AppError with the reason.
 */
export async function askServer(
  plan: LaunchPlan,
  limits: IntrospectionLimits,
  version: string,
  stop?: AbortSignal,
): Promise<ServerAnswer> {
  const abort = new AbortController();
  const failed = new Promise<never>((_resolve, reject) => {
    abort.signal.addEventListener('abort', () => reject(abort.signal.reason as Error));
  });
  failed.catch(() => undefined);
  const fail = (reason: Error): void => abort.abort(reason);
  const timer = setTimeout(
    () => fail(new ServerMisbehaved(`the server did not answer within ${limits.milliseconds} ms`)),
    limits.milliseconds,
  );
  const onStop = (): void => fail(new AppError('cancelled', 'The introspection was cancelled.'));
  stop?.addEventListener('abort', onStop);
  if (stop?.aborted === true) onStop();

  const program = plan.type === 'program' ? new ProgramTransport(plan, limits, fail) : null;
  const address = plan.type === 'address' ? addressTransport(plan, limits, abort.signal, fail) : null;
  const refused = new Set<string>();
  const client = new Client({ name: 'countersign', version }, { capabilities: {} });
  client.fallbackRequestHandler = (request) => {
    if (refused.size < mostRefused) refused.add(excerpt(request.method, 100));
    return Promise.reject(new McpError(ErrorCode.MethodNotFound, 'this client only lists tools'));
  };
  try {
    return await Promise.race([ask(client, (program ?? address) as Transport, limits, plan, refused), failed]);
  } catch (error) {
    // Closing makes requests fail: the reason that made us close is the one to tell.
    throw asAppError(abort.signal.aborted ? abort.signal.reason : error, program, plan);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', onStop);
    abort.abort(new ServerMisbehaved('closed'));
    await Promise.allSettled([client.close()]);
    await program?.close();
  }
}

async function ask(
  client: Client,
  transport: Transport,
  limits: IntrospectionLimits,
  plan: LaunchPlan,
  refused: ReadonlySet<string>,
): Promise<ServerAnswer> {
  const options = { timeout: limits.milliseconds, maxTotalTimeout: limits.milliseconds };
  await client.connect(transport, options);
  const list = async (method: string, name: string): Promise<{ items: unknown[]; nextCursor?: string }> => {
    const items: unknown[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < mostPages && items.length < mostItems; pages++) {
      const answer = await client.request(
        { method, ...(cursor === undefined ? {} : { params: { cursor } }) },
        page(name),
        options,
      );
      items.push(...((answer[name] as unknown[] | undefined) ?? []));
      const next = answer.nextCursor;
      if (typeof next !== 'string' || next === '' || next === cursor) return { items };
      cursor = next;
    }
    return { items, nextCursor: 'more' };
  };
  const has = client.getServerCapabilities();
  const tools = await list('tools/list', 'tools');
  const count = async (method: string, name: string): Promise<unknown[] | undefined> => {
    try {
      return (await list(method, name)).items.map(() => 0);
    } catch {
      return undefined;
    }
  };
  const prompts = has?.prompts === undefined ? [] : await count('prompts/list', 'prompts');
  const resources = has?.resources === undefined ? [] : await count('resources/list', 'resources');
  const about = client.getServerVersion();
  const protocol =
    transport instanceof ProgramTransport
      ? transport.protocol
      : transport instanceof StreamableHTTPClientTransport
        ? (transport.protocolVersion ?? '')
        : '';
  const document = {
    serverInfo: { name: about?.name, version: about?.version },
    protocolVersion: protocol,
    instructions: client.getInstructions(),
    tools: tools.items,
    ...(tools.nextCursor === undefined ? {} : { nextCursor: tools.nextCursor }),
    ...(prompts === undefined ? {} : { prompts }),
    ...(resources === undefined ? {} : { resources }),
  };
  return { document: withoutValues(JSON.stringify(document, null, 1), plan), protocol, refused: [...refused].sort() };
}

/** Whatever the server was given must not come back as a fact: an echoed token is a token. Plain words stay. */
export function withoutValues(text: string, plan: LaunchPlan): string {
  const given = plan.type === 'program' ? plan.environment : plan.headers;
  const secrets = given
    .filter(
      ({ name, value, from }) => from !== 'this process' && (isCredentialName(name) || !/^[a-z]{1,16}$/i.test(value)),
    )
    .flatMap(({ value }) => [value, value.replace(/^(?:bearer|basic|token)\s+/i, '')])
    .flatMap((value) => [value, JSON.stringify(value).slice(1, -1)])
    .filter((value) => value.length >= 6)
    .sort((a, b) => b.length - a.length);
  let clean = text;
  for (const secret of new Set(secrets)) clean = clean.replaceAll(secret, '***');
  return clean;
}

function asAppError(error: unknown, program: ProgramTransport | null, plan: LaunchPlan): AppError {
  if (error instanceof AppError) return error;
  const said =
    program === null || program.errors === '' ? '' : ` It wrote: ${excerpt(withoutValues(program.errors, plan), 300)}`;
  const words =
    error instanceof ServerMisbehaved
      ? error.message
      : `the server answered with an error: ${excerpt(withoutValues(error instanceof Error ? error.message : String(error), plan), 300)}`;
  return new AppError('unavailable', `The server gave no list of tools: ${words}.${said}`, { cause: error });
}
