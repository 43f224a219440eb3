import { resolve } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionForArgument, actionForCommandLine } from './opened-from-outside.ts';

test('a workspace file is opened, relative to the folder it was named in', () => {
  expect(actionForArgument('/w/acme.countersign', '/elsewhere')).toEqual({
    id: 'workspace.openRecent',
    argument: '/w/acme.countersign',
  });
  expect(actionForArgument('acme.countersign', '/w')).toEqual({
    id: 'workspace.openRecent',
    argument: resolve('/w', 'acme.countersign'),
  });
});

test.each([
  ['countersign://inventory', '/inventory'],
  ['countersign://inventory?kind=agent&text=a%20b', '/inventory?kind=agent&text=a%20b'],
  ['countersign://graph/neighbourhood?of=abc', '/graph/neighbourhood?of=abc'],
])('%s means the route %s', (link, route) => {
  expect(actionForArgument(link, '/')).toEqual({ id: 'link.open', argument: route });
});

test.each([
  '--inspect=0',
  '--x.countersign',
  '/repository',
  'acme.txt',
  'https://example.com/a.txt',
  'countersign://user:password@inventory',
  'countersign:////example.com',
  'countersign://',
  `countersign://inventory?${'a'.repeat(5000)}`,
])('%s asks for nothing', (argument) => {
  const action = actionForArgument(argument, '/');
  if (argument === 'countersign://') expect(action).toEqual({ id: 'link.open', argument: '/' });
  else expect(action).toBeNull();
});

test('the last argument that asks for something counts', () => {
  expect(actionForCommandLine(['--inspect=0', '.', '/w/a.countersign', '/w/b.countersign', '--x'], '/')).toEqual({
    id: 'workspace.openRecent',
    argument: '/w/b.countersign',
  });
  expect(actionForCommandLine(['.'], '/')).toBeNull();
});

test('a link never leads off the page', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.webUrl().map((url) => url.slice(6)),
      ),
      (rest) => {
        const action = actionForArgument(`countersign:${rest}`, '/');
        if (action?.id !== 'link.open') return;
        expect(new URL(action.argument ?? '', 'app://countersign/').host).toBe('countersign');
      },
    ),
    { numRuns: 10_000, seed: 20_261_120 },
  );
});
