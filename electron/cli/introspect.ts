import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { IntrospectionPreview, IntrospectionResult } from '../../shared/contract/introspection.ts';
import type { Asset } from '../../shared/model/facts.ts';
import { AppError } from '../engine/errors.ts';
import { serversOf } from '../engine/imports/mcp-tools/attach.ts';
import { type IntrospectionDeps, previewIntrospection, runIntrospection } from '../engine/introspect/introspection.ts';
import { introspectionLimits } from '../engine/introspect/limits.ts';
import type { Connection } from '../engine/store/driver.ts';
import { openWorkspace } from '../engine/store/open.ts';
import { readSnapshot } from '../engine/store/repos/facts-reader.ts';
import { latestScan } from '../engine/store/repos/scans.ts';
import { findAppFolders } from '../host/app-folders.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';
import { writeIntrospectionPreview, writeIntrospectionResult } from './introspect-report.ts';
import type { IntrospectFlags } from './program.ts';
import { printable } from './terminal-text.ts';

export type IntrospectCommand = IntrospectFlags & { readonly server: string };

/** What `--format json` prints: what would be run, and what came of it where it was agreed to. */
export type IntrospectionReport = {
  readonly schemaVersion: '1';
  readonly preview: IntrospectionPreview;
  readonly result: IntrospectionResult | null;
};

/**
 * `countersign introspect`: shows what asking a server would run, and runs it when the person at the terminal agrees or
 * --yes names exactly that. Without both it ends with 2 and nothing was started.
 */
export async function introspectCommand(command: IntrospectCommand, io: CommandIo): Promise<ExitCode> {
  const workspace = await openWorkspace(resolve(io.folder, command.workspace), { mustWrite: true });
  try {
    const { connection } = workspace;
    const scan = latestScan(connection);
    if (scan === null) throw new AppError('not-found', 'Nothing has been scanned into this workspace yet.');
    const server = serverNamed(connection, scan, command.server);
    const deps: IntrospectionDeps = {
      version: findAppFolders().version,
      home: io.environment['HOME'] ?? homedir(),
      now: Date.now,
      environment: io.environment,
      limits: introspectionLimits,
    };
    const wanted = { scan, server: server.id, configuration: command.configuration ?? null };
    const preview = previewIntrospection(connection, wanted, deps);
    const isText = command.format === 'text';
    if (isText) writeIntrospectionPreview(preview, io.style, (text) => io.out(text));
    const print = (result: IntrospectionResult | null): void => {
      const report: IntrospectionReport = { schemaVersion: '1', preview, result };
      if (!isText) io.out(`${JSON.stringify(report, null, 2)}\n`);
      else if (result !== null) writeIntrospectionResult(result, io.style, (text) => io.out(text));
    };
    if (preview.digest === null) {
      print(null);
      io.note(`error: ${printable(server.name)} cannot be asked.\n`);
      return exitCodes.incomplete;
    }
    const digest = command.yes ?? (await agreedTo(preview.digest, io));
    if (digest === null) {
      print(null);
      io.note(`Nothing was started. To agree without a terminal: --yes ${preview.digest}\n`);
      return exitCodes.usage;
    }
    const request = { ...wanted, configuration: preview.configuration, digest, by: command.by ?? userOf(io) };
    print(await runIntrospection(connection, request, deps, io.signal));
    return exitCodes.clean;
  } finally {
    workspace.close();
  }
}

const userOf = (io: CommandIo): string => io.environment['USER'] || io.environment['LOGNAME'] || 'command line';

/** The word in full: Enter, which is pressed by habit, is no consent. */
async function agreedTo(digest: string, io: CommandIo): Promise<string | null> {
  if (io.ask === undefined) return null;
  const answer = await io.ask('Run this and ask for its tools? Type yes: ');
  return answer.trim().toLowerCase() === 'yes' ? digest : null;
}

function serverNamed(connection: Connection, scan: number, given: string): Asset {
  const servers = serversOf(readSnapshot(connection, scan).assets);
  const byId = servers.find(({ id }) => id === given);
  if (byId !== undefined) return byId;
  const named = servers.filter(({ name }) => name === given);
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  if (named.length > 1) {
    const list = named.map(
      ({ id, evidence: [first] }) => `${id} (${first === undefined ? '' : `${first.file}:${first.line}`})`,
    );
    throw new AppError(
      'bad-request',
      `${named.length} servers are called "${given}". Name one by its id: ${list.slice(0, 20).join(', ')}.`,
    );
  }
  const known = servers.map(({ name }) => name).slice(0, 20);
  throw new AppError(
    'bad-request',
    `No server of the newest scan is called "${given}".${known.length === 0 ? '' : ` There are: ${known.join(', ')}.`}`,
  );
}
