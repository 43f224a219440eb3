import { expect, test } from 'vitest';
import { readText } from '../reading.test-support.ts';
import { dotenvFiles } from './dotenv.ts';

const read = (text: string, name = '.env') =>
  readText(dotenvFiles, name === '.env' ? '.env' : '.env.*', text, { place: `repo/${name}` });
const shown = (text: string, name?: string) =>
  read(text, name).assets.map((asset) => [
    asset.name,
    asset.lines?.line,
    (asset.properties?.['forms'] as readonly { readonly form: string }[] | undefined)?.[0]?.form,
  ]);

test('names of credentials with the line and the form, never the value', () => {
  const text =
    '# c\nAPI_KEY=FAKE-key-1\nexport DB_PASSWORD="FAKE pw"\nPORT=8080\nEMPTY_TOKEN=\nREF_TOKEN=${OTHER}\nYOUR_KEY=<your-key>\nDATABASE_URL=postgres://u:FAKE@h/db # note\nSUPPORT_EMAIL=a@b\n';
  expect(shown(text)).toEqual([
    ['API_KEY', 2, 'literal'],
    ['DB_PASSWORD', 3, 'literal'],
    ['EMPTY_TOKEN', 5, 'empty'],
    ['REF_TOKEN', 6, 'reference'],
    ['YOUR_KEY', 7, 'placeholder'],
    ['DATABASE_URL', 8, 'literal'],
  ]);
  expect(JSON.stringify(read(text))).not.toContain('FAKE');
});

test('an example holds no secrets, whatever stands there', () => {
  expect(shown('API_KEY=FAKE-key-1\n', '.env.example')).toEqual([['API_KEY', 1, 'example']]);
  expect(read('API_KEY=FAKE-key-1\n', '.env.sample').assets[0]?.properties?.['literal']).toBeUndefined();
  expect(shown('API_KEY=FAKE-key-1\n', '.env.local')).toEqual([['API_KEY', 1, 'literal']]);
});

test('the name of a connection is no credential, its address is', () => {
  expect(shown('DB_CONNECTION=mysql\nREDIS_CONNECTION="default"\nDB_CONNECTION_STRING=Server=h\n')).toEqual([
    ['DB_CONNECTION_STRING', 3, 'plain'],
  ]);
  expect(shown('DB_CONNECTION=postgres://u:FAKE@h/db\n')).toEqual([['DB_CONNECTION', 1, 'literal']]);
});

test('values over several lines, and lines after them', () => {
  const text =
    'PRIVATE_KEY="-----BEGIN PRIVATE KEY-----\nFAKE=abc\n-----END PRIVATE KEY-----"\nA_TOKEN=FAKE\r\nnot a line\n';
  expect(shown(text)).toEqual([
    ['PRIVATE_KEY', 1, 'literal'],
    ['A_TOKEN', 4, 'literal'],
  ]);
  expect(read(text).assets[0]?.lines).toEqual({ line: 1, endLine: 3 });
});
