import { expect, test } from 'vitest';
import { reconcile } from '../../scan/reconcile.ts';
import { gitRepository } from '../git/repository.ts';
import { cursorMcp } from '../cursor/mcp.ts';
import { json, type PlacedText, readText } from '../reading.test-support.ts';
import { catalogOwners } from './catalog.ts';
import { compileCodeOwnerPattern } from './code-owner-pattern.ts';
import { codeOwners } from './code-owners.ts';
import { ownersLinker } from './link.ts';
import { manifestAuthors } from './manifests.ts';
import { ownerNamed } from './owner-names.ts';

const matching = (pattern: string, dialect: 'github' | 'gitlab', paths: readonly string[]): readonly string[] => {
  const compiled = compileCodeOwnerPattern(pattern, dialect);
  return paths.filter((path) => compiled.matches(path));
};

const paths = [
  'README.md',
  'apps/README.md',
  'apps/github/main.go',
  'build/logs/today.log',
  'docs/getting-started.md',
  'docs/build-app/troubleshooting.md',
  'deep/apps/x.ts',
  'deep/docs/y.md',
  'logs/a.txt',
  'x.js',
  'a/b/x.js',
];

test.each([
  ['*', paths],
  ['*.js', ['x.js', 'a/b/x.js']],
  ['/build/logs/', ['build/logs/today.log']],
  ['docs/*', ['docs/getting-started.md']],
  ['apps/', ['apps/README.md', 'apps/github/main.go', 'deep/apps/x.ts']],
  ['/docs/', ['docs/getting-started.md', 'docs/build-app/troubleshooting.md']],
  ['/apps/github', ['apps/github/main.go']],
  ['**/logs', ['build/logs/today.log', 'logs/a.txt']],
  ['/deep/**/y.md', ['deep/docs/y.md']],
  ['/deep/**', ['deep/apps/x.ts', 'deep/docs/y.md']],
  ['a/?/x.js', ['a/b/x.js']],
  ['README.md', ['README.md', 'apps/README.md']],
  ['/README.md', ['README.md']],
  ['/docs/b*/t*.md', ['docs/build-app/troubleshooting.md']],
  ['nothing', []],
] as const)('GitHub: %s', (pattern, expected) => {
  expect(matching(pattern, 'github', paths)).toEqual(expected);
});

test.each([
  ['docs/*', ['docs/getting-started.md', 'deep/docs/y.md']],
  ['docs/', ['docs/getting-started.md', 'docs/build-app/troubleshooting.md', 'deep/docs/y.md']],
  ['/docs/*', ['docs/getting-started.md']],
  ['/docs/**/*.md', ['docs/getting-started.md', 'docs/build-app/troubleshooting.md']],
  ['docs', []],
  ['*', paths],
] as const)('GitLab: %s', (pattern, expected) => {
  expect(matching(pattern, 'gitlab', paths)).toEqual(expected);
});

test('a pattern of many stars is answered at once', () => {
  const compiled = compileCodeOwnerPattern(`${'*a'.repeat(300)}b/${'**/'.repeat(80)}x`, 'github');
  const before = performance.now();
  expect(compiled.matches(`${'a'.repeat(4000)}/${'y/'.repeat(400)}z`)).toBe(false);
  expect(performance.now() - before).toBeLessThan(500);
});

const server = (name: string, folder: string): PlacedText => ({
  source: cursorMcp,
  path: '.cursor/mcp.json',
  anchor: folder,
  text: json({ mcpServers: { [name]: { url: `https://${name}.example/mcp` } } }),
});

/** `thing -> owner by` of every relation, with the line that says so. */
function owned(files: readonly PlacedText[]): readonly string[] {
  const facts = reconcile(
    files.map(({ source, path, text, anchor = 'repo', place = `${anchor}/${path}` }) => ({
      place,
      source: source.id,
      cap: 'high' as const,
      reading: readText(source, path, text, { place, anchor, anchorName: anchor, bytes: text.length }),
    })),
    [ownersLinker],
  );
  expect(facts.dangling).toEqual([]);
  const names = new Map(facts.assets.map((asset) => [`${asset.kind}\0${asset.key}`, asset.name]));
  return facts.relations
    .filter(({ kind, from }) => kind === 'owned-by' && from.kind === 'mcp-server')
    .map(({ from, to, properties, evidence }) => {
      const [first] = evidence;
      const guess = properties['guess'] === true ? ' guess' : '';
      return `${names.get(`${from.kind}\0${from.key}`)} -> ${names.get(`${to.kind}\0${to.key}`)} ${String(properties['by'])}${guess} ${first?.place}:${first?.line}`;
    })
    .sort();
}

test('the last rule that matches gives the owner, none takes it away, comments and strange words do not count', () => {
  const text = `# owners
*            @acme/all   # everything
/tools/      @acme/tools dev@acme.example
/tools/free/
/docs/\\#x    not-an-owner
[ab]/        @acme/no
!x           @acme/no
`;
  expect(
    owned([
      { source: gitRepository, path: '.git/config', text: '' },
      { source: codeOwners, path: '.github/CODEOWNERS', text },
      server('top', 'repo'),
      server('tools', 'repo/tools'),
      server('free', 'repo/tools/free'),
    ]),
  ).toEqual([
    'tools -> @acme/tools codeowners repo/.github/CODEOWNERS:3',
    'tools -> dev@acme.example codeowners repo/.github/CODEOWNERS:3',
    'top -> @acme/all codeowners repo/.github/CODEOWNERS:2',
  ]);
  expect(readText(codeOwners, '.github/CODEOWNERS', text).issues).toEqual([
    { line: 5, message: 'what stands behind the pattern is no user, group or address' },
    { line: 6, message: 'negation and ranges are not part of CODEOWNERS; the line has no effect' },
    { line: 7, message: 'negation and ranges are not part of CODEOWNERS; the line has no effect' },
  ]);
});

test('of several files the first one of the platform counts, and one in a folder below is only a file', () => {
  const files: PlacedText[] = [
    { source: gitRepository, path: '.git/config', text: '' },
    { source: codeOwners, path: 'CODEOWNERS', text: '* @acme/root\n' },
    { source: codeOwners, path: 'docs/CODEOWNERS', text: '* @acme/docs\n' },
    { source: codeOwners, path: 'CODEOWNERS', anchor: 'repo/docs', text: '* @acme/docs\n' },
    { source: codeOwners, path: 'CODEOWNERS', anchor: 'repo/sub', text: '* @acme/sub\n' },
    server('sub', 'repo/sub'),
  ];
  // Without a checkout nobody knows where the root is: the nearest file is taken.
  expect(owned(files.slice(1))).toEqual(['sub -> @acme/sub codeowners repo/sub/CODEOWNERS:1']);
  expect(owned(files)).toEqual(['sub -> @acme/root codeowners repo/CODEOWNERS:1']);
  expect(owned([...files, { source: codeOwners, path: '.github/CODEOWNERS', text: '* @acme/first\n' }])).toEqual([
    'sub -> @acme/first codeowners repo/.github/CODEOWNERS:1',
  ]);
});

test('sections of GitLab each give owners, with defaults and exclusions', () => {
  const text = `* @all
[Backend][2] @backend
/tools/
/tools/free/ @free
^[Optional]
/tools/ @maybe
[backend]
!/tools/none/
`;
  expect(
    owned([
      { source: codeOwners, path: '.gitlab/CODEOWNERS', text },
      server('tools', 'repo/tools'),
      server('free', 'repo/tools/free'),
      server('none', 'repo/tools/none'),
    ]),
  ).toEqual([
    'free -> @all codeowners repo/.gitlab/CODEOWNERS:1',
    'free -> @free codeowners repo/.gitlab/CODEOWNERS:4',
    'free -> @maybe codeowners repo/.gitlab/CODEOWNERS:6',
    'none -> @all codeowners repo/.gitlab/CODEOWNERS:1',
    'none -> @maybe codeowners repo/.gitlab/CODEOWNERS:6',
    'tools -> @all codeowners repo/.gitlab/CODEOWNERS:1',
    'tools -> @backend codeowners repo/.gitlab/CODEOWNERS:3',
    'tools -> @maybe codeowners repo/.gitlab/CODEOWNERS:6',
  ]);
});

test('a catalogue entry owns its folder, by name where it holds several; authors are a guess', () => {
  const entity = (name: string, owner: string): string =>
    `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\nspec:\n  owner: ${owner}\n`;
  expect(
    owned([
      {
        source: catalogOwners,
        path: 'catalog-info.yaml',
        text: `${entity('one', 'group:default/alpha')}---\n${entity('two', 'user:jane')}`,
      },
      {
        source: manifestAuthors,
        path: 'package.json',
        text: json({ author: 'Ada L <Ada@Acme.example> (https://ada.example)' }),
      },
      server('two', 'repo/a'),
      server('three', 'repo/b'),
      {
        source: manifestAuthors,
        path: 'pyproject.toml',
        anchor: 'repo/b',
        text: '[project]\nauthors = [{name = "Old", email = "old@acme.example"}]\nmaintainers = [{name = "New"}]\n',
      },
    ]),
  ).toEqual([
    'three -> New manifest guess repo/b/pyproject.toml:3',
    'two -> Ada L manifest guess repo/package.json:2',
    'two -> jane catalog repo/catalog-info.yaml:13',
  ]);
});

test.each([
  ['@Acme/Team', { key: '@acme/team', name: '@Acme/Team', type: 'team' }],
  ['@@developer', { key: '@@developer', name: '@@developer', type: 'role' }],
  ['group:default/alpha', { key: 'alpha', name: 'alpha', type: 'team' }],
  ['user:other/jane', { key: 'other/jane', name: 'other/jane', type: 'person' }],
  ['Jane@Acme.example', { key: 'jane@acme.example', name: 'Jane@Acme.example', type: 'person' }],
  ['platform', { key: 'platform', name: 'platform', type: 'unknown' }],
] as const)('an owner named %s', (text, expected) => {
  expect(ownerNamed(text)).toEqual(expected);
});
