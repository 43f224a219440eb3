import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import {
  type PermissionAnswer,
  type PermissionQuestion,
  permissionQuestionSchema,
} from '../../shared/model/permissions.ts';
import { AppError } from '../engine/errors.ts';
import { type Asker, createAsker } from '../engine/permissions/ask.ts';
import { evaluatorNamed } from '../engine/permissions/registry.ts';
import { loadShellGrammar } from '../engine/permissions/shell/grammar.ts';
import { storedFacts } from '../engine/permissions/stored-facts.ts';
import { onDisk } from '../engine/scan/roots.ts';
import type { Connection } from '../engine/store/driver.ts';
import { openWorkspace } from '../engine/store/open.ts';
import { latestScan, scanRequestOf } from '../engine/store/repos/scans.ts';
import { findAppFolders } from '../host/app-folders.ts';
import { type CommandIo, type ExitCode, exitCodes } from './io.ts';
import type { CanFlags } from './program.ts';
import { withScan } from './scan-workspace.ts';
import { printable } from './terminal-text.ts';
import { UsageError } from './usage-error.ts';

export type CanCommand = CanFlags & { readonly agent: string | undefined; readonly call: string | undefined };

/** Bytes of a file with questions. */
const maxQuestionBytes = 64 * 1024 * 1024;

/** `countersign can`: one question, a file of questions, or a file of expectations. */
export async function canCommand(command: CanCommand, io: CommandIo): Promise<ExitCode> {
  const questions = questionsOf(command, io);
  const asker = await askerFor(command, questions, io);
  const expects = command.questions !== undefined;
  let differing = 0;
  let failed = 0;
  for (const { question, at } of questions) {
    const answer = answerOf(asker, question, at);
    if (answer.status === 'failed') {
      failed += 1;
      if (questions.length === 1) throw new AppError('bad-request', answer.message);
      io.note(`error: ${printable(answer.message)}\n`);
      if (!expects) io.out(`${JSON.stringify({ id: question.id, verdict: 'unknown', error: answer.message })}\n`);
      continue;
    }
    const { expect } = question;
    const differs = expects && expect !== answer.answer.verdict;
    if (differs) differing += 1;
    if (command.calls !== undefined || command.format === 'json') io.out(`${JSON.stringify(answer.answer)}\n`);
    else if (!expects) io.out(inWords(answer.answer));
    if (differs)
      io.note(
        `${printable(at)}: expected ${expect ?? 'a verdict'}, is ${answer.answer.verdict} (${printable(answer.answer.decidedBy.rule)})\n`,
      );
  }
  if (expects) io.note(`${questions.length} questions, ${differing} differ, ${failed} could not be answered\n`);
  if (differing > 0) return exitCodes.findings;
  return failed > 0 ? exitCodes.incomplete : exitCodes.clean;
}

type Placed = { readonly question: PermissionQuestion; readonly at: string };

function questionsOf(command: CanCommand, io: CommandIo): readonly Placed[] {
  const file = command.calls ?? command.questions;
  if (file !== undefined) {
    if (command.agent !== undefined)
      throw new UsageError('Name an agent and a call, or a file with questions, not both.');
    return readQuestions(resolve(io.folder, file), command.questions !== undefined);
  }
  const { agent, call } = command;
  if (agent === undefined || call === undefined)
    throw new UsageError("Name an agent and a call: countersign can claude-code 'run: git push --force'.");
  if (command.trusted === true && command.untrusted === true) throw new UsageError('Either --trusted or --untrusted.');
  const isHost = evaluatorNamed(agent) !== undefined;
  const question = permissionQuestionSchema.safeParse({
    host: isHost ? agent : null,
    agent: isHost ? null : agent,
    version: command.hostVersion ?? null,
    cwd:
      command.cwd === undefined
        ? isHost && command.workspace === undefined
          ? placeOf('.', command, io)
          : null
        : placeOf(command.cwd, command, io),
    context: command.context ?? 'interactive',
    mode: command.mode ?? null,
    trusted: command.trusted === true ? true : command.untrusted === true ? false : null,
    cli: command.flag ?? [],
    call,
  });
  if (!question.success) throw new UsageError(`Not a question: ${question.error.issues[0]?.message ?? ''}`);
  return [{ question: question.data, at: 'question' }];
}

/** Paths inside of the file system that is asked about. */
const placeOf = (path: string, { fsRoot }: CanFlags, io: CommandIo): string =>
  fsRoot === undefined ? resolve(io.folder, path) : posix.resolve('/', path);

function readQuestions(path: string, needsExpectation: boolean): readonly Placed[] {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new AppError('file-unreadable', `${path} cannot be read.`);
  if (size > maxQuestionBytes) throw new AppError('file-unreadable', `${path} is larger than 64 MB.`);
  return readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((line, index): readonly Placed[] => {
      if (line.trim() === '' || line.trimStart().startsWith('//')) return [];
      const at = `${path}:${index + 1}`;
      const question = permissionQuestionSchema.safeParse(jsonOf(line, at));
      if (!question.success) {
        const [issue] = question.error.issues;
        throw new AppError(
          'bad-request',
          `${at}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'not a question'}`,
        );
      }
      if (needsExpectation && question.data.expect === undefined)
        throw new AppError('bad-request', `${at}: "expect" is missing; it names the verdict that is expected.`);
      return [{ question: question.data, at }];
    });
}

function jsonOf(line: string, at: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new AppError('bad-request', `${at}: not JSON; write one question a line.`);
  }
}

type Answered =
  | { readonly status: 'answered'; readonly answer: PermissionAnswer }
  | { readonly status: 'failed'; readonly message: string };

function answerOf(asker: Asker, question: PermissionQuestion, at: string): Answered {
  try {
    return { status: 'answered', answer: asker.ask(question) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { status: 'failed', message: at === 'question' ? error.message : `${at}: ${error.message}` };
  }
}

async function askerFor(command: CanCommand, questions: readonly Placed[], io: CommandIo): Promise<Asker> {
  const grammar = await loadShellGrammar();
  const platform = process.platform === 'darwin' ? 'macos' : process.platform === 'win32' ? 'windows' : 'linux';
  if (command.workspace !== undefined) {
    const workspace = await openWorkspace(resolve(io.folder, command.workspace), { mustWrite: false });
    try {
      const scan = latestScan(workspace.connection);
      if (scan === null) throw new AppError('not-found', 'Nothing has been scanned into this workspace yet.');
      const fsRoot = scanRequestOf(workspace.connection, scan)?.fsRoot ?? null;
      return createAsker(storedFacts(workspace.connection, scan, fsRoot), grammar, platform);
    } finally {
      workspace.close();
    }
  }
  const fsRoot = command.fsRoot === undefined ? null : resolve(io.folder, command.fsRoot);
  const folders = new Set(questions.map(({ question }) => question.cwd).filter((cwd) => cwd !== null));
  const home = command.home === undefined ? null : placeOf(command.home, command, io);
  const roots = [...new Set([...folders].map((folder) => repositoryAround(folder, fsRoot, home)))];
  if (roots.length === 0)
    throw new UsageError('Say where: --workspace FILE, or --cwd DIR (a question names its "cwd").');
  const request = { roots, home, fsRoot, exclude: [] };
  return withScan(
    { request, workspace: null, isSample: false, isQuiet: true },
    findAppFolders(),
    io,
    (connection: Connection, outcome) =>
      createAsker(storedFacts(connection, outcome.number, fsRoot), grammar, fsRoot === null ? platform : 'linux'),
  );
}

/** The repository that a folder lies in: hosts read settings up to its root. The folder itself where there is none. */
function repositoryAround(folder: string, fsRoot: string | null, home: string | null): string {
  for (let at = folder; at !== home; at = dirname(at)) {
    if (existsSync(`${onDisk(fsRoot, at)}/.git`)) return at;
    if (at === dirname(at)) break;
  }
  return folder;
}

const verdictWords: Readonly<Record<PermissionAnswer['verdict'], string>> = {
  allow: 'allow: runs silently',
  ask: 'ask: a person is prompted',
  classifier: 'classifier: a model decides',
  deny: 'deny: blocked',
  hidden: 'hidden: the tool is not offered',
  conditional: 'conditional: depends on what is named below',
  unknown: 'unknown: cannot be told from the files',
};

function inWords(answer: PermissionAnswer): string {
  const at = ({ file, line, scope }: { file: string | null; line: number | null; scope: string | null }): string =>
    file === null ? '' : `  (${[scope, `${file}${line === null ? '' : `:${line}`}`].filter(Boolean).join(', ')})`;
  const lines = [
    verdictWords[answer.verdict],
    `  decided by  ${answer.decidedBy.rule}${at(answer.decidedBy)}`,
    ...answer.chain
      .filter((step) => step.outcome !== 'decided')
      .map((step) => `  ${step.outcome.padEnd(10)}  ${step.rule}${at(step)}${step.why === '' ? '' : `: ${step.why}`}`),
    ...answer.inert.map((one) => `  inert       ${one.rule}${at(one)}: ${one.why}`),
    ...answer.assumptions.map((words) => `  assumed     ${words}`),
  ];
  return `${lines.map((line) => printable(line)).join('\n')}\n`;
}
