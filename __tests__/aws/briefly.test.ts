import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { briefly } from '../../src/aws/briefly.ts';

const running = { signal: new AbortController().signal };

describe('a call whose response only helps to explain', () => {
  const unhandled = vi.fn();
  beforeEach(() => process.on('unhandledRejection', unhandled));
  afterEach(() => process.off('unhandledRejection', unhandled));

  it.each([
    [
      'throws',
      () => {
        throw new Error('refused');
      },
    ],
    ['rejects', () => Promise.reject(new Error('refused'))],
  ])('fails with the error of a call that %s, and leaves nothing that fails later', async (_, call) => {
    const cancel = new AbortController();
    await expect(briefly({ signal: cancel.signal }, call)).rejects.toThrow('refused');
    cancel.abort();
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).not.toHaveBeenCalled();
  });

  it('is not waited for after the run has been cancelled', async () => {
    const cancel = new AbortController();
    const waiting = briefly({ signal: cancel.signal }, () => new Promise(() => {}));
    cancel.abort();
    await expect(waiting).rejects.toThrow('there was no response in time');
    await expect(briefly({ signal: cancel.signal }, () => new Promise(() => {}))).rejects.toThrow(
      'no response',
    );
  });

  it('returns the response', async () => {
    expect(await briefly(running, async () => 1)).toBe(1);
  });
});
