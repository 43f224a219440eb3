import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../electron/cli/program.ts';
import { recordedIo } from './recorded-io.ts';

const run = async (...args: string[]) => {
  const io = recordedIo('/');
  return { code: await runCommand(args, io), out: io.printed(), note: io.noted() };
};

test('--version prints the version and nothing else', async () => {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  expect(await run('--version')).toEqual({ code: 0, out: `${manifest.version}\n`, note: '' });
});

test.each([
  ['--help'],
  ['-h'],
  ['scan', '--help'],
  ['diff', '--help'],
  ['import', '--help'],
  ['demo', '--help'],
  ['serve', '--help'],
  ['open', '--help'],
])('%s %s prints help with examples', async (...args) => {
  const { code, out, note } = await run(...args);
  expect([code, note]).toEqual([0, '']);
  expect(out).toMatch(/^Usage: countersign/);
  expect(out).toContain('Examples:\n  countersign ');
});

test('help names the exit codes, and only what is there', async () => {
  for (const args of [['--help'], ['scan', '--help'], ['demo', '--help']]) {
    expect((await run(...args)).out).toMatch(
      /0 {2}clean[\s\S]*1 {2}findings[\s\S]*2 {2}wrong use[\s\S]*3 {2}a path[\s\S]*4 {2}internal/,
    );
  }
  const { out } = await run('--help');
  expect(
    out
      .match(/^ {2}([a-z]+) .*$/gm)
      ?.map((line) => line.trim().split(' ')[0])
      .filter((word) => word !== 'countersign'),
  ).toEqual(['scan', 'diff', 'import', 'introspect', 'demo', 'can', 'findings', 'serve', 'open']);
  expect((await run('scan', '--help')).out).not.toMatch(/html/);
});

test.each([
  [['scan', '.', '--formt', 'json'], "unknown option '--formt'", '--format'],
  [['scan', '.', '--allow-incomplet'], "unknown option '--allow-incomplet'", '--allow-incomplete'],
  [['scann', '.'], "unknown command 'scann'", 'scan'],
  [['serve', '--prot', '1'], "unknown option '--prot'", '--port'],
])('%j is answered with the nearest match', async (args, problem, nearest) => {
  const { code, out, note } = await run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(note).toContain(problem);
  expect(note).toContain(`Did you mean ${nearest}?`);
});

test.each([
  [[], /Usage: countersign/],
  [['scan'], /missing required argument/],
  [['can', 'x', 'run: ls', '--format', 'sarif'], /There is no format 'sarif'\. Formats: text, json\./],
  [['scan', '.', '--format', 'html'], /Format html is not part of this version\. Formats: text, json, sarif\./],
  [['scan', '.', '--format', 'yaml'], /There is no format 'yaml'/],
  [['demo', '--format', 'html'], /Format html is not part of this version/],
  [['scan', '.', '--fail-on', 'sometimes'], /--fail-on/],
  [['scan', '.', '--workspace', 'notes.txt'], /ends in \.countersign/],
  [['serve', '--port', '70000'], /no port/],
  [['serve', '--port', 'x'], /no port/],
  [['diff'], /missing required argument/],
  [['diff', 'a.json'], /A report is compared with another one/],
  [['diff', 'a.json', 'b.json', '--format', 'html'], /Format html is not part of this version/],
  [['import', '--workspace', 'x.countersign'], /missing required argument/],
  [['import', 'a.yaml'], /--workspace/],
  [['import', 'a.yaml', '--workspace', 'notes.txt'], /ends in \.countersign/],
  [['findings'], /Name folders to look at/],
  [['open', 'a.countersign', 'b.countersign'], /too many arguments/],
] as [string[], RegExp][])('%j is wrong use', async (args, problem) => {
  const { code, out, note } = await run(...args);
  expect([code, out]).toEqual([2, '']);
  expect(note).toMatch(problem);
  expect(note).not.toMatch(/\n\s+at /);
});

test('what was typed is not obeyed by the terminal when it is repeated', async () => {
  const { note } = await run('scan', '.', '--format', '\u001b[31mred\u009b');
  expect(note).toContain("There is no format '[31mred'");
  expect(note).not.toMatch(/[\u001b\u009b]/);
  expect((await run('\u001b[31mred')).note).not.toMatch(/[\u001b\u009b]/);
});
