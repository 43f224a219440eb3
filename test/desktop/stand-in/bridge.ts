/**
 * Electron's contextBridge between the page's world and the isolated world, for both ends: values are copied, functions
 * and promises cross by handle. The two worlds share the DOM, so what is said travels in synchronous CustomEvents on
 * window. Self-contained: only its source is used, once in each world.
 */
export function bridge(side: string, peer: string): { exposeInMainWorld(key: string, api: unknown): void } {
  type Message = { type: string; [field: string]: unknown };
  const handles = new Map<number, unknown>();
  const exposed: { key: string; api: unknown }[] = [];
  let lastHandle = 0;
  let inbox: Message | undefined;

  const keep = (value: unknown): number => {
    lastHandle += 1;
    handles.set(lastHandle, value);
    return lastHandle;
  };

  const encode = (value: unknown, depth = 0): Record<string, unknown> => {
    if (depth > 1000) throw new TypeError('An object could not be cloned.');
    if (typeof value === 'function') return { $function: keep(value) };
    if (typeof value === 'symbol') throw new TypeError('An object could not be cloned.');
    if (value === null || typeof value !== 'object') return { $value: value };
    if (value instanceof Promise) return { $promise: keep(value) };
    if (value instanceof Error) return { $error: { name: value.name, message: value.message } };
    if (Array.isArray(value)) return { $array: value.map((item) => encode(item, depth + 1)) };
    const prototype = Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null;
    const cloneable = /^(Date|RegExp|Map|Set|ArrayBuffer|.*Array|DataView|Blob|File)$/;
    if (prototype !== null && prototype !== Object.prototype && cloneable.test(prototype.constructor?.name ?? '')) {
      return { $value: structuredClone(value) };
    }
    return {
      $object: Object.keys(value).map((key) => [key, encode((value as Record<string, unknown>)[key], depth + 1)]),
    };
  };

  // biome-ignore lint/suspicious/noExplicitAny: the tagged form is checked by its tags
  const decode = (message: any): unknown => {
    if ('$function' in message) return (...values: unknown[]) => call(message.$function, values);
    if ('$promise' in message) {
      return new Promise((resolve, reject) => {
        const answer = post('await', { id: message.$promise, resolve: keep(resolve), reject: keep(reject) });
        if (answer?.['error']) throw decode(answer['error']);
      });
    }
    if ('$error' in message) return Object.assign(new Error(message.$error.message), { name: message.$error.name });
    if ('$array' in message) return message.$array.map(decode);
    if ('$object' in message) {
      const made = {};
      for (const [key, item] of message.$object) {
        Object.defineProperty(made, key, { value: decode(item), enumerable: true, writable: true, configurable: true });
      }
      return made;
    }
    return message.$value;
  };

  const post = (type: string, fields: Record<string, unknown>): Message | undefined => {
    inbox = undefined;
    window.dispatchEvent(new CustomEvent(`stand-in:${peer}`, { detail: { ...fields, type } }));
    const answer = inbox;
    inbox = undefined;
    return answer;
  };
  const reply = (fields: Record<string, unknown>): void => {
    window.dispatchEvent(new CustomEvent(`stand-in:${peer}:reply`, { detail: fields }));
  };
  const call = (id: number, values: unknown[]): unknown => {
    const answer = post('call', { id, values: encode(values) });
    if (answer?.['error']) throw decode(answer['error']);
    return answer?.['value'] ? decode(answer['value']) : undefined;
  };

  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    }
    return value;
  };

  window.addEventListener(`stand-in:${side}:reply`, (event) => {
    inbox = (event as CustomEvent<Message>).detail;
  });
  window.addEventListener(`stand-in:${side}`, (event) => {
    const message = (event as CustomEvent<Message>).detail;
    try {
      switch (message.type) {
        case 'hello':
          for (const entry of exposed) post('expose', entry);
          break;
        case 'expose':
          Object.defineProperty(window, message['key'] as string, {
            value: freeze(decode(message['api'])),
            enumerable: true,
          });
          break;
        case 'call': {
          const target = handles.get(message['id'] as number) as (...values: unknown[]) => unknown;
          reply({ value: encode(target(...(decode(message['values']) as unknown[]))) });
          break;
        }
        case 'await':
          (handles.get(message['id'] as number) as Promise<unknown>).then(
            decode({ $function: message['resolve'] }) as () => void,
            decode({ $function: message['reject'] }) as () => void,
          );
          break;
      }
    } catch (error) {
      reply({ error: encode(error instanceof Error ? error : new Error(String(error))) });
    }
  });
  if (side === 'page') post('hello', {});

  return {
    exposeInMainWorld(key, api) {
      const entry = { key, api: encode(api) };
      exposed.push(entry);
      post('expose', entry);
    },
  };
}
