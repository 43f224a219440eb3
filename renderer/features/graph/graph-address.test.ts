import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatGraphAddress, type GraphAddress, layoutName, parseGraphAddress } from './graph-address.ts';
import { pictureFileName } from './graph-export.ts';

const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { maxLength: 5 }).map((list) => new Set(list));
const addresses: fc.Arbitrary<GraphAddress> = fc.record({
  question: fc.record({
    lens: fc.constantFrom('all', 'data-flow'),
    focus: fc.option(fc.string({ minLength: 1, maxLength: 30 })),
    hops: fc.integer({ min: 1, max: 5 }),
    group: fc.constantFrom('auto', 'host', 'repository', 'kind', 'none'),
    hiddenKinds: fc.nat({ max: 2 ** 17 - 1 }),
    hiddenRelations: fc.nat({ max: 2 ** 18 - 1 }),
    open: keys,
    closed: keys,
  }),
  table: fc.boolean(),
  members: fc.string({ maxLength: 20 }),
  item: fc.string({ maxLength: 20 }),
});

it('reads back what it wrote', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      expect(parseGraphAddress(new URLSearchParams(formatGraphAddress(address).toString()))).toEqual(address);
    }),
  );
});

it('writes nothing for the plain screen and forgives what it does not know', () => {
  const plain = parseGraphAddress(new URLSearchParams('lens=teleport&hops=99&group=x&hide=nothing,toString'));
  expect(formatGraphAddress(plain).toString()).toBe('');
  expect(layoutName(plain.question)).toBe('all auto ');
});

it('names a picture by what it shows, without what a file system minds', () => {
  expect(pictureFileName({ workspace: 'Acme ../', subject: 'a/b\u202e<c>', lens: 'Data flow', scan: 3 }, 'svg')).toBe(
    'acme-graph-data-flow-a-b-c-scan-3.svg',
  );
});
