import type { Project } from '../../python/resolve.ts';
import { type CallValue, optionsOf, type Value } from '../../python/values.ts';

/** Calls that a value came through, last one first: `new A(b).C().D()` gives D, C, A and, where `inside`, what A was given. */
export function callsBehind(project: Project, value: Value, inside?: RegExp): readonly CallValue[] {
  const found: CallValue[] = [];
  const stack: Value[] = [value];
  const seen = new Set<Value>();
  while (stack.length > 0 && found.length < 60) {
    const at = stack.pop();
    if (at === undefined || seen.has(at)) continue;
    seen.add(at);
    switch (at.kind) {
      case 'choice':
        stack.push(...optionsOf(at));
        break;
      case 'member':
        stack.push(at.of);
        break;
      case 'call': {
        found.push(at);
        const [first] = at.call.args;
        const name = at.callee.kind === 'symbol' ? at.callee.path : at.callee.kind === 'member' ? at.callee.name : '';
        if (first !== undefined && inside?.test(name) === true)
          stack.push(project.evaluate(first, at.scope, at.call.at));
        if (at.callee.kind === 'member') stack.push(at.callee.of);
        else if (at.callee.kind === 'call') stack.push(at.callee);
        break;
      }
      default:
        break;
    }
  }
  return found;
}
