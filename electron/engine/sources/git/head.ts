import type { FileInput, FileSource, Reading } from '../source.ts';

/**
 * The last entry of a checkout's reflog (gitrevisions(7), git-reflog(1): `old new Name <address> time zone TAB message`):
 * which commit was checked out when the scan looked. No fact of its own; authors of files are read from that commit on.
 */
export const gitHead: FileSource = {
  kind: 'file',
  id: 'git/head',
  version: 1,
  title: 'Commit that is checked out',
  product: 'git',
  productTitle: 'Git',
  locations: [{ scope: 'project', base: 'project', path: '.git/logs/HEAD' }],
  emits: [],
  read,
};

function read(file: FileInput): Reading {
  const text = file.text.trimEnd();
  const start = text.lastIndexOf('\n') + 1;
  const commit = /^[0-9a-f]{40,64} ([0-9a-f]{40,64}) /.exec(text.slice(start, start + 200))?.[1];
  if (commit === undefined) return { status: 'read', assets: [], relations: [], issues: [] };
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < start; at = text.indexOf('\n', at + 1)) line++;
  return {
    status: 'read',
    assets: [],
    relations: [],
    statements: [
      {
        kind: 'checkout-head',
        anchor: file.anchor,
        subject: commit,
        properties: {},
        lines: { line, endLine: line },
      },
    ],
    issues: [],
  };
}
