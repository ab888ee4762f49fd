/** Runs cosign, and can end it. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { delimiter, isAbsolute } from 'node:path';
import { exec } from '@actions/exec';
import { shared } from '../watchdog/shared.ts';

export interface Execution {
  /** Undefined where it was ended, died by a signal or could not be started. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was ended by its time limit or the abort. */
  readonly timedOut: boolean;
}

export interface ExecutionOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** How many bytes it may print, both streams together; default 8 MiB. */
  readonly mostOutput?: number | undefined;
}

const KILL_AFTER_MS = 2_000;
const DEFAULT_MOST_OUTPUT = 8 * 1024 * 1024;

// @actions/exec gives no hold on the process it starts; Node announces every one on this channel, in the
// context of the call that started it.
const calls = new AsyncLocalStorage<(child: ChildProcess) => void>();
subscribe('child_process', (message) => {
  calls.getStore()?.((message as { process: ChildProcess }).process);
});

/**
 * The absolute entries of PATH. A relative one means whatever the current directory holds: in a workflow that is the
 * checkout, and a pull request could bring the program that signs.
 */
export function absoluteEntries(path: string): string[] {
  return path.split(delimiter).filter((entry) => isAbsolute(entry));
}

/**
 * Runs a program to its end, its time limit or the abort. It never rejects: what could not be started has
 * no exit code and says why on stderr.
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
        // Its pipes may be held open by somebody it started: they are not waited for.
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
    return { exitCode: undefined, stdout: '', stderr: 'there was no time left', timedOut: true };
  }
  timers = [setTimeout(end, options.timeoutMs)];
  options.signal.addEventListener('abort', end, { once: true });
  // Without an exit code Node names the signal, and @actions/exec gives null for a number.
  let exitCode: number | null | undefined;
  let killedBy: NodeJS.Signals | null = null;
  const run = calls.run(
    (child) => {
      children.push(child);
      // A program that ends before its standard input does would end this one too (EPIPE).
      child.once('spawn', () => {
        child.stdin?.on('error', () => {});
        // The watchdog ends it where this thread no longer can.
        if (child.pid !== undefined) child.once('exit', shared.addChild(child.pid));
      });
      child.once('exit', (_, name) => {
        killedBy = name;
      });
      // The time can be over between the call and the start.
      if (ended) child.kill('SIGKILL');
    },
    async () => {
      try {
        exitCode = await exec(`"${program}"`, args, {
          env: { ...options.env },
          silent: true,
          ignoreReturnCode: true,
          // Nobody answers a question: its standard input ends at once.
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
  if (flooded) err.push(Buffer.from('\nit printed more than it should and was ended'));
  else if (killedBy !== null && !ended) err.push(Buffer.from(`\nit was ended by ${killedBy}`));
  return {
    exitCode: ended ? undefined : (exitCode ?? undefined),
    stdout: Buffer.concat(out).toString('utf8'),
    stderr: Buffer.concat(err).toString('utf8'),
    timedOut: ended && !flooded,
  };
}
