import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call that the model asks for: a tool of the client with its arguments. */
export type WantedCall = { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> };

export type LoopbackModel = {
  readonly port: number;
  /** Names of the tools that the client offered, as it last said. */
  offered(): ReadonlySet<string>;
  /** What the client answered to each call, in order; null where it answered nothing yet. */
  results(): readonly string[];
  close(): Promise<void>;
};

type Dialect = {
  readonly matches: (request: IncomingMessage) => boolean;
  readonly answer: (body: Body, response: ServerResponse, state: State, request: IncomingMessage) => void;
};
type Body = Readonly<Record<string, unknown>>;
type State = { readonly calls: readonly WantedCall[]; offered: Set<string>; results: string[] };

const list = (value: unknown): readonly Body[] =>
  Array.isArray(value) ? value.filter((one): one is Body => typeof one === 'object' && one !== null) : [];
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** A model on loopback that asks for one call after the other and then says that it is done. It thinks nothing. */
export async function loopbackModel(calls: readonly WantedCall[]): Promise<LoopbackModel> {
  const state: State = { calls, offered: new Set(), results: [] };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      let body: Body = {};
      try {
        body = JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Body;
      } catch {
        // A request that is no JSON gets the answer to an empty one.
      }
      const dialect = dialects.find((one) => one.matches(request));
      if (dialect === undefined) {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end('{"object":"list","data":[],"models":[]}');
      } else dialect.answer(body, response, state, request);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    port: (server.address() as AddressInfo).port,
    offered: () => state.offered,
    results: () => state.results,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

const wantedName = (state: State, call: WantedCall): string => {
  const [first = '', ...others] = call.tool.split('|');
  return [first, ...others].find((name) => state.offered.has(name)) ?? first;
};

/** OpenAI Responses API, as Codex speaks it. */
const responses: Dialect = {
  matches: ({ method, url }) => method === 'POST' && (url ?? '').split('?')[0]?.endsWith('/responses') === true,
  answer(body, response, state) {
    state.offered = new Set(list(body['tools']).map((tool) => String(tool['name'] ?? tool['type'])));
    state.results = list(body['input'])
      .filter((one) => String(one['type']).endsWith('_call_output'))
      .map((one) => textOf(one['output']));
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (type: string, data: Body): void => {
      response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
    };
    const index = state.results.length;
    const call = state.calls[index];
    send('response.created', { response: { id: `r${index}` } });
    if (call === undefined)
      send('response.output_item.done', {
        output_index: 0,
        item: { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text: 'done' }] },
      });
    else {
      const name = wantedName(state, call);
      const given = name === 'exec_command' ? { cmd: call.arguments['command'] } : call.arguments;
      send('response.output_item.done', {
        output_index: 0,
        item: { type: 'function_call', id: `f${index}`, call_id: `c${index}`, name, arguments: JSON.stringify(given) },
      });
    }
    const usage = {
      input_tokens: 1,
      output_tokens: 1,
      total_tokens: 2,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    };
    send('response.completed', { response: { id: `r${index}`, usage } });
    response.end();
  },
};

/** OpenAI chat completions, as OpenCode's compatible provider speaks them. */
const chat: Dialect = {
  matches: ({ method, url }) => method === 'POST' && (url ?? '').endsWith('/chat/completions'),
  answer(body, response, state) {
    const tools = list(body['tools']).map((tool) => String((tool['function'] as Body | undefined)?.['name']));
    if (tools.length > 0) state.offered = new Set(tools);
    const results = list(body['messages']).filter((message) => message['role'] === 'tool');
    if (tools.length > 0) state.results = results.map((message) => textOf(message['content']));
    const index = results.length;
    const call = tools.length > 0 ? state.calls[index] : undefined;
    const delta =
      call === undefined
        ? { role: 'assistant', content: 'done' }
        : {
            role: 'assistant',
            tool_calls: [
              {
                index: 0,
                id: `c${index}`,
                type: 'function',
                function: { name: wantedName(state, call), arguments: JSON.stringify(call.arguments) },
              },
            ],
          };
    const base = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'stub' };
    const finish = call === undefined ? 'stop' : 'tool_calls';
    const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };
    if (body['stream'] !== true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          ...base,
          object: 'chat.completion',
          choices: [{ index: 0, message: delta, finish_reason: finish }],
          usage,
        }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const chunk of [
      { ...base, choices: [{ index: 0, delta, finish_reason: null }] },
      { ...base, choices: [{ index: 0, delta: {}, finish_reason: finish }], usage },
    ])
      response.write(`data: ${JSON.stringify(chunk)}\n\n`);
    response.end('data: [DONE]\n\n');
  },
};

/** Gemini's generateContent, streamed or not. */
const gemini: Dialect = {
  matches: ({ method, url }) =>
    method === 'POST' && /:(?:streamGenerateContent|generateContent|countTokens)/.test(url ?? ''),
  answer(body, response, state, request) {
    if ((request.url ?? '').includes('countTokens')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"totalTokens":1}');
      return;
    }
    const names = list(body['tools'])
      .flatMap((tool) => list(tool['functionDeclarations']))
      .map((one) => String(one['name']));
    const results = list(body['contents'])
      .flatMap((content) => list(content['parts']))
      .filter((part) => part['functionResponse'] !== undefined)
      .map((part) => textOf((part['functionResponse'] as Body)['response']));
    if (names.length > 0) {
      state.offered = new Set(names);
      state.results = results;
    }
    const call = names.length > 0 ? state.calls[results.length] : undefined;
    const wantsJson = (body['generationConfig'] as Body | undefined)?.['responseMimeType'] === 'application/json';
    const part =
      call === undefined
        ? {
            text: wantsJson
              ? '{"complexity_reasoning":"x","complexity_score":1,"reasoning":"x","model_choice":"flash","next_speaker":"user"}'
              : 'done',
          }
        : { functionCall: { id: `c${results.length}`, name: wantedName(state, call), args: call.arguments } };
    const answer = {
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
      modelVersion: 'stub',
    };
    const streams = (request.url ?? '').includes('stream');
    response.writeHead(200, { 'content-type': streams ? 'text/event-stream' : 'application/json' });
    response.end(streams ? `data: ${JSON.stringify(answer)}\r\n\r\n` : JSON.stringify(answer));
  },
};

/** Anthropic messages, as Claude Code speaks them. */
const messages: Dialect = {
  matches: ({ method, url }) =>
    method === 'POST' && /\/v1\/messages(?:\/count_tokens)?$/.test((url ?? '').split('?')[0] ?? ''),
  answer(body, response, state, request) {
    if ((request.url ?? '').includes('count_tokens')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"input_tokens":10}');
      return;
    }
    const tools = list(body['tools']).map((tool) => String(tool['name']));
    const isAgent = tools.includes('Bash') || tools.length > 3;
    const results = list(body['messages'])
      .flatMap((message) => list(message['content']))
      .filter((part) => part['type'] === 'tool_result')
      .map((part) => textOf(part['content']));
    if (isAgent) {
      state.offered = new Set(tools);
      state.results = results;
    }
    const call = isAgent ? state.calls[results.length] : undefined;
    const block =
      call === undefined
        ? { type: 'text', text: 'done' }
        : { type: 'tool_use', id: `toolu_${results.length}`, name: wantedName(state, call), input: call.arguments };
    const stop = call === undefined ? 'end_turn' : 'tool_use';
    const message = { id: 'msg', type: 'message', role: 'assistant', model: 'stub', stop_sequence: null };
    if (body['stream'] !== true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          ...message,
          content: [block],
          stop_reason: stop,
          usage: { input_tokens: 1, output_tokens: 1 },
        }),
      );
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const send = (type: string, data: Body): void => {
      response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
    };
    send('message_start', {
      message: { ...message, content: [], stop_reason: null, usage: { input_tokens: 1, output_tokens: 1 } },
    });
    const isText = block.type === 'text';
    send('content_block_start', {
      index: 0,
      content_block: isText ? { type: 'text', text: '' } : { ...block, input: {} },
    });
    send('content_block_delta', {
      index: 0,
      delta: isText
        ? { type: 'text_delta', text: 'done' }
        : { type: 'input_json_delta', partial_json: JSON.stringify(call?.arguments) },
    });
    send('content_block_stop', { index: 0 });
    send('message_delta', { delta: { stop_reason: stop, stop_sequence: null }, usage: { output_tokens: 1 } });
    send('message_stop', {});
    response.end();
  },
};

const dialects: readonly Dialect[] = [responses, chat, gemini, messages];
