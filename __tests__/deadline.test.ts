import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { withGrace } from '../src/deadline.ts';
import { fakeTime } from './clock.ts';

const never = new Promise<string>(() => {});

describe('withGrace', () => {
  it('returns the result of work that ends before the deadline or in the grace period after it', async () => {
    const { deadline, cancel } = fakeTime(60_000);
    const soon = withGrace(
      Promise.resolve('done'),
      deadline,
      () => 0,
      () => 'late',
    );
    expect(await soon).toBe('done');
    const { promise, resolve } = Promise.withResolvers<string>();
    const later = withGrace(
      promise,
      deadline,
      () => 60_000,
      () => 'late',
    );
    cancel.abort();
    resolve('done');
    expect(await later).toBe('done');
    deadline.clear();
  });

  it('fails as the work fails', async () => {
    const { deadline } = fakeTime(60_000);
    const failing = withGrace(
      Promise.reject(new Error('no')),
      deadline,
      () => 0,
      () => 'late',
    );
    await expect(failing).rejects.toThrow('no');
    deadline.clear();
  });

  it('does not wait for work that ignores the deadline', async () => {
    const { deadline } = fakeTime(10);
    expect(
      await withGrace(
        never,
        deadline,
        () => 1,
        () => 'late',
      ),
    ).toBe('late');
  });

  it('does not wait for such work if the job was cancelled before', async () => {
    const { deadline, cancel } = fakeTime(60_000);
    cancel.abort();
    expect(
      await withGrace(
        never,
        deadline,
        () => 1,
        () => 'late',
      ),
    ).toBe('late');
    deadline.clear();
  });

  it('ends a process in which nothing else is pending', async () => {
    const module = join(import.meta.dirname, '..', 'src', 'deadline.ts');
    const program = `
      import { startDeadline, systemClock, withGrace } from ${JSON.stringify(module)};
      const deadline = startDeadline(1, systemClock, new AbortController().signal);
      console.log(await withGrace(new Promise(() => {}), deadline, () => 1, () => 'late'));
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    expect(stdout).toBe('late\n');
  });
});
