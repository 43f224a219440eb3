import { expect, test } from 'vitest';
import { createFrames } from './frames.ts';

test('what comes back to an evaluation holds while that one runs; what that one gives holds always', () => {
  const frames = createFrames();
  const outer = frames.enter();
  const root = frames.level;
  const inner = frames.enter();
  frames.cut(root);
  const partial = frames.leave(inner);
  expect(partial).not.toBeNull();
  expect(frames.still(partial)).toBe(true);
  expect(frames.leave(outer)).toBeNull();
  expect(frames.still(partial)).toBe(false);
  // Another evaluation at the same level is not the one that it belonged to.
  const later = frames.enter();
  expect(frames.still(partial)).toBe(false);
  expect(frames.leave(later)).toBeNull();
});

test('who uses what holds only for a while holds no longer itself', () => {
  const frames = createFrames();
  const outermost = frames.enter();
  const root = frames.level;
  const first = frames.enter();
  frames.cut(root);
  const partial = frames.leave(first);
  const second = frames.enter();
  frames.use(partial);
  expect(frames.leave(second)).toEqual(partial);
  const third = frames.enter();
  expect(frames.leave(third)).toBeNull();
  expect(frames.leave(outermost)).toBeNull();
});
