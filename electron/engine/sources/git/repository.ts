import type { FileInput, FileSource, Reading } from '../source.ts';

/**
 * A checkout: the folder that holds `.git`. Its remote says which repository it is (git-config(1), section FILES and
 * "remote.<name>.url"). A worktree or submodule has a file `.git` that points elsewhere; what it points to is not followed.
 */
export const gitRepository: FileSource = {
  kind: 'file',
  id: 'git/repository',
  version: 1,
  title: 'Repositories',
  product: 'git',
  productTitle: 'Git',
  locations: [
    { scope: 'project', base: 'project', path: '.git/config' },
    { scope: 'project', base: 'project', path: '.git' },
  ],
  emits: ['repository'],
  read,
};

function read(file: FileInput): Reading {
  const remote = originOf(file.text);
  return {
    status: 'read',
    assets: [
      {
        kind: 'repository',
        key: file.anchor,
        name: file.anchorName,
        properties: remote === null ? {} : { remote: withoutUser(remote.url), remoteName: remote.name },
        lines: { line: remote?.line ?? 1, endLine: remote?.line ?? 1 },
      },
    ],
    relations: [],
    issues: [],
  };
}

type Remote = { readonly name: string; readonly url: string; readonly line: number };

/** The remote `origin`, else the first one. */
function originOf(text: string): Remote | null {
  const remotes: Remote[] = [];
  let name: string | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const section = /^\[remote "([^"]{1,200})"\]/.exec(line);
    if (section !== null) name = section[1] ?? null;
    else if (line.startsWith('[')) name = null;
    else if (name !== null && /^url\s*=/.test(line))
      remotes.push({ name, url: line.slice(line.indexOf('=') + 1).trim(), line: index + 1 });
  }
  return remotes.find((remote) => remote.name === 'origin') ?? remotes[0] ?? null;
}

/** Addresses of remotes may carry a token as user or password: neither is kept. `git@host:path` names no secret. */
const withoutUser = (url: string): string => url.slice(0, 500).replace(/^([a-zA-Z][a-zA-Z0-9+.-]*:\/\/)[^/]*@/, '$1');
