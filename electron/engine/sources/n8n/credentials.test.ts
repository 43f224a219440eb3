import { expect, test } from 'vitest';
import { inputAt } from '../conformance.ts';
import { n8nCredentials } from './credentials.ts';

const read = async (value: unknown) => {
  const location = { scope: 'project', base: 'project', path: 'export.json' } as const;
  const summary = await n8nCredentials.summarise({
    ...inputAt(location, JSON.stringify(value, null, 2)),
    place: 'repo/export.json',
  });
  return n8nCredentials.link([summary], { rootLabel: 'repo' }).readings.flatMap(({ reading }) => reading.assets);
};

test('an export of credentials: names, kinds and lines, never what stands in them', async () => {
  const assets = await read([
    { id: 'a1', name: 'Shop database', type: 'postgres', data: 'U2FsdGVkX1FAKEFAKE', nodesAccess: [] },
    { id: 'a2', name: 'Shop mail', type: 'smtp', data: { user: 'desk', password: 'FAKE-pass' } },
  ]);
  expect(assets.map(({ key, name, lines }) => [key, name, lines?.line])).toEqual([
    ['n8n:postgres:Shop database', 'Shop database', 2],
    ['n8n:smtp:Shop mail', 'Shop mail', 9],
  ]);
  expect(assets.map(({ properties }) => [properties?.['encrypted'], properties?.['literal']])).toEqual([
    [true, undefined],
    [undefined, true],
  ]);
  expect(JSON.stringify(assets)).not.toContain('FAKE');
});

test('other files with the same words are none', async () => {
  expect(await read({ id: '1', name: 'x', type: 'module', data: 'plain' })).toEqual([]);
  expect(await read({ id: '1', name: 'x', type: 'flow', data: {}, nodes: [] })).toEqual([]);
  expect(await read('U2FsdGVkX1')).toEqual([]);
});
