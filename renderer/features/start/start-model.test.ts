import { describe, expect, it } from 'vitest';
import { crumbs, orderRecent, rootsWith, workspaceName } from './start-model.ts';

describe('start', () => {
  it('adds a folder once, and a folder around others in their place', () => {
    expect(rootsWith(['/a'], '/b/')).toEqual(['/a', '/b']);
    expect(rootsWith(['/a'], '/a/b')).toEqual(['/a']);
    expect(rootsWith(['/a/b', '/c', '/ab'], '/a')).toEqual(['/c', '/ab', '/a']);
    expect(rootsWith([], '/')).toEqual(['/']);
    expect(rootsWith(['/'], '/a')).toEqual(['/']);
  });

  it('names a workspace after its folder', () => {
    expect(['/home/dev/acme', '/home/dev/acme/', '/', 'C:\\work\\acme'].map(workspaceName)).toEqual([
      'acme',
      'acme',
      '/',
      'acme',
    ]);
  });

  it('cuts a path into folders that open', () => {
    expect(crumbs('/home/dev')).toEqual([
      { label: '/', path: '/' },
      { label: 'home', path: '/home' },
      { label: 'dev', path: '/home/dev' },
    ]);
    expect(crumbs('C:\\work\\acme').map(({ path }) => path)).toEqual(['C:\\', 'C:\\work', 'C:\\work\\acme']);
  });

  it('puts pinned workspaces first', () => {
    const entry = (name: string, openedAt: number, pinned: boolean) => ({
      path: name,
      name,
      openedAt,
      pinned,
      present: true,
    });
    expect(
      orderRecent([entry('a', 1, false), entry('b', 3, false), entry('c', 2, true)]).map(({ name }) => name),
    ).toEqual(['c', 'b', 'a']);
  });
});
