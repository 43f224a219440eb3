/** Asked of every object by the runtime, by promises and by inspectors; not part of any API. */
const askedByTheRuntime = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'prototype',
  'nodeType',
  'length',
  'name',
]);

/**
 * The object, except that reading a member that does not exist throws: an app that starts to use another part of
 * Electron must not find an `undefined` here and go on.
 */
export function strict<T extends object>(title: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (typeof key === 'symbol' || key in object || askedByTheRuntime.has(key)) {
        const value: unknown = Reflect.get(object, key, object);
        return typeof value === 'function' && !isClass(value) ? value.bind(object) : value;
      }
      throw new Error(`stand-in: ${title}.${key} is not implemented`);
    },
    set(object, key, value) {
      if (!(key in object)) throw new Error(`stand-in: ${title}.${String(key)} is not implemented`);
      return Reflect.set(object, key, value, object);
    },
  });
}

const isClass = (value: object): boolean => /^class\b/.test(Function.prototype.toString.call(value));

export function refuse(what: string): never {
  throw new Error(`stand-in: ${what} is not implemented`);
}
