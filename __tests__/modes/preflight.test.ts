import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { type Check, preflight } from '../../src/modes/preflight.ts';

const never = new Promise<void>(() => {});
/** Time that passes only when a test says so. */
const noTime = { sleep: () => never };

const passes: Check = ['Login', async () => undefined];
const fails = (name: string, error: unknown): Check => [name, () => Promise.reject(error)];
const denied = new GateError('access-denied', 'AWS denies kms:Sign on key/1: no', {
  nextStep: 'Allow kms:Sign.',
});
const missing = new GateError('input', 'Input policy: there is no file a.yml.', {
  nextStep: 'Add the file.',
});

const failureOf = (checks: readonly Check[], deadline: Parameters<typeof preflight>[1] = noTime) =>
  preflight(checks, deadline).then(
    () => undefined,
    (error: unknown) => error as GateError,
  );

describe('preflight', () => {
  it('runs every check at the same time and passes when all of them pass', async () => {
    const started: string[] = [];
    const open = Promise.withResolvers<void>();
    const waits = (name: string): Check => [
      name,
      () => {
        started.push(name);
        return open.promise;
      },
    ];
    const run = preflight([waits('a'), waits('b')], noTime);
    expect(started).toEqual(['a', 'b']);
    open.resolve();
    await run;
  });

  it('reports a single failure unchanged', async () => {
    expect(await failureOf([passes, fails('Key', denied)])).toBe(denied);
  });

  it('reports all failures in one error, in the order of the checks, with what to do about each', async () => {
    const slow: Check = [
      'Policy',
      async () => {
        await new Promise((resolve) => setImmediate(resolve));
        throw missing;
      },
    ];
    expect(await failureOf([slow, passes, fails('Key', denied)])).toMatchObject({
      code: 'input',
      message:
        '2 checks failed. (1) Policy: Input policy: there is no file a.yml. (2) Key: AWS denies kms:Sign on key/1: no.',
      nextStep: '(1) Add the file. (2) Allow kms:Sign.',
    });
  });

  it('lists the parts of a failure that is itself a list, and each failure once', async () => {
    const inner = await failureOf([fails('Policy', missing), fails('Key', denied)]);
    const outer = await failureOf([fails('Files', inner), fails('Signing', denied)]);
    expect(outer?.message).toMatch(/^2 checks failed\./);
    expect(outer?.message.match(/kms:Sign/g)).toHaveLength(1);
  });

  it('lists a next step once if several failures share it', async () => {
    const other = new GateError('access-denied', 'another', { nextStep: denied.nextStep });
    expect((await failureOf([fails('A', denied), fails('B', other)]))?.nextStep).toBe('Allow kms:Sign.');
  });

  it.each([
    'cancelled',
    'timeout',
    'credentials',
  ] as const)('reports %s alone, as the reason for the other failures', async (code) => {
    const reason = new GateError(code, 'the reason');
    expect(await failureOf([fails('Key', denied), fails('AWS', reason)])).toBe(reason);
  });

  it('reports a failure although another check hangs', async () => {
    const slept: number[] = [];
    const deadline = { sleep: async (ms: number) => void slept.push(ms) };
    expect(await failureOf([['Key', () => never], fails('Policy', missing)], deadline)).toBe(missing);
    expect(slept).toEqual([5_000]);
  });

  it('reports a defect of the gate alone', async () => {
    const defect = new TypeError('x is undefined');
    expect(await failureOf([fails('Policy', missing), fails('Key', defect)])).toBe(defect);
  });
});
