import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeOutputFile } from './output-file.ts';

const makeFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-output-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

test('a report is readable by its owner alone, also where an open file was', () => {
  const file = join(makeFolder(), 'report.json');
  writeFileSync(file, 'old');
  chmodSync(file, 0o644);
  writeOutputFile(file, (out) => {
    for (let part = 0; part < 50_000; part++) out(`${part}\n`);
  });
  expect(readFileSync(file, 'utf8')).toBe(`${Array.from({ length: 50_000 }, (_, part) => part).join('\n')}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a report that breaks off leaves the old one and nothing else', () => {
  const folder = makeFolder();
  const file = join(folder, 'report.json');
  writeFileSync(file, 'old');
  const breakOff = (): void =>
    writeOutputFile(file, (out) => {
      out('half');
      throw new Error('broke off');
    });
  expect(breakOff).toThrow('broke off');
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['report.json']);
});

test('a folder that is not there is an expected failure', () => {
  expect(() => writeOutputFile(join(makeFolder(), 'no', 'report.json'), () => {})).toThrow(
    /could not be written \(ENOENT\)/,
  );
});
