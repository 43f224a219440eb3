import { lstatSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type {
  DiskAnswer,
  DiskRequest,
  DiskWorkerData,
  ListAnswer,
  ListRequest,
  SearchAnswer,
  SearchRequest,
  StampNumbers,
} from './disk-messages.ts';
import { createFileReader } from './file-reader.ts';
import { createFolderLister } from './list-folder.ts';
import { type FileStamp, stampOf } from './safe-read.ts';

/** Lists folders and searches code files beside the scan: the disk and the parsers need a processor each. */
if (parentPort !== null) {
  const port = parentPort;
  const { keywords } = workerData as DiskWorkerData;
  const words = keywords.map((word) => Buffer.from(word));
  const lister = createFolderLister();
  const reader = createFileReader();
  const numbers = (stamp: FileStamp): StampNumbers => [
    stamp.size,
    stamp.modified,
    stamp.changed,
    stamp.inode,
    stamp.mode,
  ];

  const list = ({ path, ignoreFile }: ListRequest, done: (answer: ListAnswer | null) => void): void => {
    // Before the names: a name that comes or goes while they are read then moves the folder's times past this stamp.
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return done(null);
    lister.list(path, false, ignoreFile, (error, { entries, raws, ignoreFile: ignore }) => {
      if (error !== null || raws !== null || (ignore !== null && ignore.status !== 'read')) return done(null);
      const types = new Uint8Array(entries.length);
      let names = '';
      for (const [index, entry] of entries.entries()) {
        types[index] = entry.isFile() ? 1 : entry.isDirectory() ? 2 : entry.isSymbolicLink() ? 3 : 0;
        names += index === 0 ? entry.name : `\0${entry.name}`;
      }
      done({
        names,
        types,
        stamp: numbers(stampOf(stats)),
        ignoreFile: ignore === null ? null : { bytes: new Uint8Array(ignore.bytes), stamp: numbers(ignore.stamp) },
      });
    });
  };

  const search = ({ path, maxBytes }: SearchRequest, done: (answer: SearchAnswer | null) => void): void =>
    reader.read(path, maxBytes, (read) => {
      if (read.status !== 'read') return done(null);
      const holds = words.some((word) => read.bytes.includes(word));
      done({ stamp: numbers(read.stamp), bytes: holds ? new Uint8Array(read.bytes) : null });
    });

  const each = <Q, A>(
    requests: readonly Q[],
    work: (request: Q, done: (answer: A | null) => void) => void,
    all: (answers: (A | null)[]) => void,
  ): void => {
    const answers = new Array<A | null>(requests.length).fill(null);
    let open = requests.length;
    const end = (index: number, answer: A | null): void => {
      answers[index] = answer;
      open--;
      if (open === 0) all(answers);
    };
    for (const [index, request] of requests.entries()) {
      try {
        work(request, (answer) => end(index, answer));
      } catch {
        end(index, null);
      }
    }
  };

  const send = (answer: DiskAnswer): void => port.postMessage(answer);
  port.on('message', (request: DiskRequest) => {
    if (request.type === 'list')
      each(request.folders, list, (folders) => send({ type: 'listed', id: request.id, folders }));
    else each(request.files, search, (files) => send({ type: 'searched', id: request.id, files }));
  });
  send({ type: 'ready' });
}
