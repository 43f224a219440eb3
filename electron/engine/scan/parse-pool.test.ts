import { expect, onTestFinished, test } from 'vitest';
import { fileInput, readTools, summariseCode } from '../../../test/fixtures/test-sources.ts';
import { createParsePool, type ParsePool } from './parse-pool.ts';

const worker = new URL('../../../test/fixtures/parse-worker.ts', import.meta.url);

function pool(threads: number, secondsPerFile = 20): ParsePool {
  const made = createParsePool({ worker, threads, secondsPerFile });
  onTestFinished(() => made.close());
  return made;
}
const file = fileInput('read\nwrite\n');
const reading = { status: 'done', value: readTools(file) };

test('files are read and summarised, more of them than there are threads', async () => {
  const code = fileInput('agent a\n', { place: 'r/a.code' });
  const made = pool(2);
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? made.read('test/tools', file) : made.summarise('test/code', code),
    ),
  );
  expect(answers).toEqual(
    Array.from({ length: 12 }, (_, index) =>
      index % 2 === 0 ? reading : { status: 'done', value: summariseCode(code) },
    ),
  );
});

test('a source that throws ends its worker, and the next file is read', async () => {
  const made = pool(1);
  expect(await Promise.all([made.read('throws', file), made.read('test/tools', file)])).toEqual([
    { status: 'failed', message: 'the parser failed (FAKE defect)' },
    reading,
  ]);
});

test('a source that ends its process ends its worker, and the next file is read', async () => {
  const made = pool(1);
  expect(await Promise.all([made.read('exits', file), made.read('test/tools', file)])).toEqual([
    { status: 'failed', message: 'the parser ended without an answer' },
    reading,
  ]);
});

test('a file that takes its time holds up one thread, not the files behind it', async () => {
  const made = pool(2, 3);
  const order: string[] = [];
  await Promise.all([
    made.read('loops', file).then(() => order.push('loops')),
    made.read('test/tools', file).then(() => order.push('read')),
  ]);
  expect(order).toEqual(['read', 'loops']);
});

test('a source that never ends is ended after its time, and the next file is read', async () => {
  const made = pool(1, 2);
  expect(await Promise.all([made.read('loops', file), made.read('test/tools', file)])).toEqual([
    { status: 'failed', message: 'parsing it took longer than 2 seconds' },
    reading,
  ]);
});

test('a source that eats memory is ended by its heap, and the next file is read', async () => {
  const made = pool(1);
  expect(await Promise.all([made.read('eats memory', file), made.read('test/tools', file)])).toEqual([
    { status: 'failed', message: 'parsing it needs more memory than allowed' },
    reading,
  ]);
});

test('a source that nobody knows, and one that answers something else, are failures', async () => {
  const made = pool(1);
  expect(await made.read('none', file)).toEqual({ status: 'failed', message: 'the parser failed (no source none)' });
  expect(await made.summarise('test/tools', file)).toEqual({
    status: 'failed',
    message: 'the parser answered something else',
  });
});

test('closing answers what waits and what runs', async () => {
  const made = pool(1);
  const answers = [made.read('loops', file), made.read('test/tools', file)];
  await made.close();
  const ended = { status: 'failed', message: 'the scan ended before it was parsed' };
  expect(await Promise.all([...answers, made.read('test/tools', file)])).toEqual([ended, ended, ended]);
});

test('who cannot go on without a summary gets it at once, and one that hangs is given up', () => {
  const code = fileInput('agent a\n', { place: 'r/a.code' });
  const made = pool(1, 2);
  expect([
    made.summariseNow('test/code', code),
    made.summariseNow('loops', code),
    made.summariseNow('test/code', code),
    made.summariseNow('unheard of', code),
  ]).toEqual([
    { status: 'done', value: summariseCode(code) },
    { status: 'failed', message: 'parsing it took longer than 2 seconds' },
    { status: 'done', value: summariseCode(code) },
    { status: 'failed', message: 'the parser failed (no source unheard of)' },
  ]);
});
