/** Runs a program with a time limit, a limit for its output, and an abort signal. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { delimiter, isAbsolute } from 'node:path';
import { exec } from '@actions/exec';
import { shared } from '../../watchdog/shared.ts';

export interface Execution {
  /** Undefined if the program was ended, died by a signal or could not be started. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether the program was ended by its time limit or the abort signal. */
  readonly timedOut: boolean;
}

export interface ExecutionOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** How many bytes the program may print on both streams together; default 8 MiB. */
  readonly mostOutput?: number | undefined;
}

const KILL_AFTER_MS = 2_000;
const DEFAULT_MOST_OUTPUT = 8 * 1024 * 1024;

// @actions/exec does not return the process that it starts. Node publishes every process on this channel, in the async
// context of the call that started it.
const calls = new AsyncLocalStorage<(child: ChildProcess) => void>();
subscribe('child_process', (message) => {
  calls.getStore()?.((message as { process: ChildProcess }).process);
});

/**
 * The absolute entries of PATH. A relative entry is relative to the current directory, which in a workflow is the
 * checkout: a pull request could add the program that signs.
 */
export function absoluteEntries(path: string): string[] {
  return path.split(delimiter).filter((entry) => isAbsolute(entry));
}

/**
 * Runs a program until it ends, its time limit is over or the signal is aborted. The promise never rejects: where the
 * program could not be started, there is no exit code and `stderr` says why.
 */
export async function execute(
  program: string,
  args: string[],
  options: ExecutionOptions,
): Promise<Execution> {
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  const { mostOutput = DEFAULT_MOST_OUTPUT } = options;
  let size = 0;
  let ended = false;
  let flooded = false;
  const children: ChildProcess[] = [];
  const settled = Promise.withResolvers<void>();
  let timers: NodeJS.Timeout[] = [];

  const end = () => {
    if (ended) return;
    ended = true;
    for (const child of children) child.kill('SIGTERM');
    timers.push(
      setTimeout(() => {
        for (const child of children) child.kill('SIGKILL');
        // A program that it started may keep its pipes open, so they are not waited for.
        settled.resolve();
      }, KILL_AFTER_MS),
    );
  };
  const collect = (into: Buffer[]) => (data: Buffer) => {
    size += data.length;
    if (size <= mostOutput) {
      into.push(data);
      return;
    }
    flooded ||= !ended;
    end();
  };

  if (options.signal.aborted || options.timeoutMs <= 0) {
    return { exitCode: undefined, stdout: '', stderr: 'no time was left', timedOut: true };
  }
  timers = [setTimeout(end, options.timeoutMs)];
  options.signal.addEventListener('abort', end, { once: true });
  // If a signal ended the program, Node names the signal, and the exit code of @actions/exec is null.
  let exitCode: number | null | undefined;
  let killedBy: NodeJS.Signals | null = null;
  const run = calls.run(
    (child) => {
      children.push(child);
      // A program that ends before its standard input is read would otherwise end this process (EPIPE).
      child.once('spawn', () => {
        child.stdin?.on('error', () => {});
        // The watchdog ends the program if this thread no longer can.
        if (child.pid !== undefined) child.once('exit', shared.addChild(child.pid));
      });
      child.once('exit', (_, name) => {
        killedBy = name;
      });
      // The time limit may pass between the call and the start.
      if (ended) child.kill('SIGKILL');
    },
    async () => {
      try {
        exitCode = await exec(`"${program}"`, args, {
          env: { ...options.env },
          silent: true,
          ignoreReturnCode: true,
          // The program cannot ask questions: its standard input is empty.
          input: Buffer.alloc(0),
          listeners: { stdout: collect(out), stderr: collect(err) },
        });
      } catch (error) {
        err.push(Buffer.from(error instanceof Error ? error.message : String(error)));
      }
    },
  );
  await Promise.race([run, settled.promise]);
  for (const timer of timers) clearTimeout(timer);
  options.signal.removeEventListener('abort', end);
  if (flooded) err.push(Buffer.from('\nit was terminated because its output was too large'));
  else if (killedBy !== null && !ended) err.push(Buffer.from(`\nit was terminated by ${killedBy}`));
  return {
    exitCode: ended ? undefined : (exitCode ?? undefined),
    stdout: Buffer.concat(out).toString('utf8'),
    stderr: Buffer.concat(err).toString('utf8'),
    timedOut: ended && !flooded,
  };
}
