import { expect, test } from 'vitest';
import type { FileInput } from '../source.ts';
import { gitRepository } from './repository.ts';

const fileOf = (text: string): FileInput => ({
  path: '/home/dev/app/.git/config',
  place: 'app/.git/config',
  anchor: 'app',
  anchorName: 'app',
  scope: 'project',
  location: { scope: 'project', base: 'project', path: '.git/config' },
  text,
  replacements: 0,
  sha256: '',
  bytes: text.length,
  mode: 0o644,
});

test('the remote origin names the repository, and a token in its address is not kept', () => {
  const text =
    '[core]\n\tbare = false\n[remote "fork"]\n\turl = git@host.example:me/app.git\n[remote "origin"]\n\turl = https://me:FAKE-token@host.example/team/app.git\n';
  expect(gitRepository.read(fileOf(text)).assets).toEqual([
    {
      kind: 'repository',
      key: 'app',
      name: 'app',
      properties: { remote: 'https://host.example/team/app.git', remoteName: 'origin' },
      lines: { line: 6, endLine: 6 },
    },
  ]);
});

test('without a remote the folder still is a repository', () => {
  expect(gitRepository.read(fileOf('[core]\n')).assets[0]?.properties).toEqual({});
  expect(gitRepository.read(fileOf('gitdir: ../main/.git/worktrees/app\n')).assets[0]?.key).toBe('app');
});
