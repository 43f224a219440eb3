import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assetKinds } from '../../../shared/kinds.ts';
import { rules } from './registry.ts';
import { severityOf } from './rule.ts';

const folder = join(import.meta.dirname, 'rules');
const documents = join(import.meta.dirname, '..', '..', '..', 'resources', 'rules');

test('every file of the folder is a rule of the registry, once', () => {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => name.slice(0, -3));
  expect(rules.map(({ id }) => id)).toEqual(files.toSorted());
});

test('no document speaks of a rule that is not there', () => {
  expect(readdirSync(documents).toSorted()).toEqual(rules.map(({ id }) => `${id}.md`).toSorted());
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  test('has a test of its own', () => {
    expect(existsSync(join(folder, `${id}.test.ts`))).toBe(true);
  });

  test('says who it is about, what to do and where that comes from', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/);
    expect(rule.kinds.length > 0 && rule.kinds.every((kind) => assetKinds.includes(kind))).toBe(true);
    expect(rule.references.length).toBeGreaterThan(0);
    for (const { framework, id: control } of rule.references) {
      expect(framework).toMatch(/^[A-Z][A-Z0-9-]+$/);
      expect(control).toMatch(/^\S+$/);
    }
  });

  test('its document says the same', () => {
    const text = readFileSync(join(documents, `${id}.md`), 'utf8');
    expect(text.startsWith(`# ${rule.title}\n\n\`${id}\`, version ${rule.version}`)).toBe(true);
    expect(text.match(/^## /gm)?.length).toBeGreaterThanOrEqual(5);
    expect(text).toContain(`\n${rule.why}\n`);
    expect(text).toContain(`\n${rule.fix}\n`);
    for (const reference of rule.references) expect(text).toContain(`\n- ${reference.framework} ${reference.id}\n`);
  });
});

test('severity grows with impact and reach, and falls with what stands between', () => {
  const of = severityOf;
  expect([
    of({ impact: 'destructive', reach: 'anyone', gate: 'none' }),
    of({ impact: 'destructive', reach: 'content', gate: 'none' }),
    of({ impact: 'operational', reach: 'content', gate: 'none' }),
    of({ impact: 'operational', reach: 'content', gate: 'model' }),
    of({ impact: 'operational', reach: 'content', gate: 'person' }),
    of({ impact: 'informational', reach: 'insider', gate: 'person' }),
  ]).toEqual(['critical', 'critical', 'high', 'medium', 'low', 'info']);
});
