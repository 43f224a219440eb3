import { type ChildProcess, spawn } from 'node:child_process';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { type JSONRPCMessage, JSONRPCMessageSchema } from '@modelcontextprotocol/sdk/types.js';
import type { LaunchPlan } from './launch-plan.ts';
import type { IntrospectionLimits } from './limits.ts';

type Program = Extract<LaunchPlan, { type: 'program' }>;

/** Thrown where a server does what the limits forbid; the words are for people. */
export class ServerMisbehaved extends Error {}

/**
 * One program that speaks MCP over its standard streams: in a process group of its own, with the environment of the plan
 * and nothing else, and ended with all its children. A child that leaves its group on purpose cannot be followed.
 */
export class ProgramTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  protocol = '';
  readonly #program: Program;
  readonly #limits: IntrospectionLimits;
  readonly #fail: (reason: Error) => void;
  #child: ChildProcess | null = null;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  #bytes = 0;
  #errors = '';
  #ended = false;

  /** `fail` is told why the server is of no use any more; the caller then closes. */
  constructor(program: Program, limits: IntrospectionLimits, fail: (reason: Error) => void) {
    this.#program = program;
    this.#limits = limits;
    this.#fail = fail;
  }

  start(): Promise<void> {
    const { command, args, folder, environment } = this.#program;
    const child = spawn(command, [...args], {
      cwd: folder,
      env: Object.fromEntries(environment.map(({ name, value }) => [name, value])),
      stdio: ['pipe', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      if (this.#errors.length < 2000) this.#errors += chunk.toString('utf8').slice(0, 2000);
      this.#count(chunk.length);
    });
    child.stdin?.on('error', () => undefined);
    child.on('exit', (code, signal) => {
      this.#ended = true;
      this.#fail(new ServerMisbehaved(`the program ended (${signal ?? `exit ${code}`}) before it had answered`));
      this.onclose?.();
    });
    return new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (error: NodeJS.ErrnoException) => {
        this.#ended = true;
        reject(new ServerMisbehaved(`the program could not be started (${error.code ?? 'error'})`));
      });
    });
  }

  /** The first of what it wrote to its error stream. From outside: mask it before it is shown. */
  get errors(): string {
    return this.#errors;
  }

  setProtocolVersion(version: string): void {
    this.protocol = version;
  }

  #count(bytes: number): boolean {
    this.#bytes += bytes;
    if (this.#bytes <= this.#limits.bytes) return true;
    this.#stopReading();
    this.#fail(new ServerMisbehaved(`the program wrote more than ${this.#limits.bytes} bytes`));
    return false;
  }

  #stopReading(): void {
    this.#pending = [];
    this.#child?.stdout?.destroy();
    this.#child?.stderr?.destroy();
  }

  #read(chunk: Buffer): void {
    if (!this.#count(chunk.length)) return;
    let rest = chunk;
    for (let end = rest.indexOf(10); end !== -1; end = rest.indexOf(10)) {
      this.#take(rest.subarray(0, end));
      rest = rest.subarray(end + 1);
    }
    if (rest.length === 0) return;
    this.#pending.push(rest);
    this.#pendingBytes += rest.length;
    if (this.#pendingBytes <= this.#limits.messageBytes) return;
    this.#stopReading();
    this.#fail(new ServerMisbehaved(`one message is longer than ${this.#limits.messageBytes} bytes`));
  }

  #take(end: Buffer): void {
    const line = Buffer.concat([...this.#pending, end])
      .toString('utf8')
      .trim();
    this.#pending = [];
    this.#pendingBytes = 0;
    if (line === '') return;
    let message: JSONRPCMessage;
    try {
      message = JSONRPCMessageSchema.parse(JSON.parse(line));
    } catch {
      // Programs print banners to the stream that belongs to the protocol; hosts skip them too.
      return;
    }
    this.onmessage?.(message);
  }

  send(message: JSONRPCMessage): Promise<void> {
    const stdin = this.#child?.stdin;
    if (stdin == null || this.#ended || !stdin.writable)
      return Promise.reject(new ServerMisbehaved('the program is gone'));
    return new Promise((resolve) => {
      // A server that reads nothing must not hold memory: what it is sent is small, and the time limit ends it.
      stdin.write(`${JSON.stringify(message)}\n`, () => resolve());
    });
  }

  /** Asks the whole group to end, then ends it by force. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === null) return;
    child.stdin?.destroy();
    this.#stopReading();
    if (!this.#ended) {
      this.#signal('SIGTERM');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, this.#limits.graceMilliseconds);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    this.#signal('SIGKILL');
    this.onclose?.();
  }

  /** The group may hold children when the program itself has ended. */
  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    if (process.platform === 'win32') {
      if (!this.#ended) spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
      return;
    }
    try {
      process.kill(-pid, signal);
    } catch {
      // Nobody left.
    }
  }
}
