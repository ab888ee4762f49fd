import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceClock } from '../../src/aws/clients.ts';
import { isDenied, isNamed, MalformedAnswer, translate } from '../../src/aws/errors.ts';
import { allPages } from '../../src/aws/pages.ts';
import { DeadlineRetryStrategy } from '../../src/aws/retry.ts';
import { GateError } from '../../src/errors.ts';
import { stillTime } from '../clock.ts';

function named(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

const call = {
  action: 'ecr:DescribeImages',
  resource: 'arn:aws:ecr:eu-central-1:123456789012:repository/app',
};

describe('translate', () => {
  const { deadline, cancel } = stillTime(1_000);

  it('names the IAM action that AWS missed, or else the one that was used', () => {
    const told =
      'User: arn:aws:iam::1:user/x is not authorized to perform: inspector2:ListCoverage on resource: *';
    expect(translate(named('AccessDeniedException', told), call, deadline)).toMatchObject({
      code: 'access-denied',
      nextStep: expect.stringContaining('inspector2:ListCoverage'),
    });
    expect(translate(named('AccessDeniedException', 'no'), call, deadline)).toMatchObject({
      message: expect.stringContaining('ecr:DescribeImages on arn:aws:ecr'),
    });
  });

  it.each([
    'Invoking account does not have access to the resource.',
    'Amazon Inspector is not enabled for this account',
  ])('does not advise a permission where the account is refused: %s', (told) => {
    const refused = translate(named('AccessDeniedException', told), call, deadline) as GateError;
    expect(refused.code).toBe('configuration');
    expect(refused.nextStep).toMatch(/inspector2 enable/);
    expect(refused.nextStep).not.toMatch(/Allow/);
  });

  it.each([
    'ExpiredTokenException',
    'CredentialsProviderError',
    'UnrecognizedClientException',
  ])('%s is about credentials', (name) => {
    expect(translate(named(name, 'x'), call, deadline)).toMatchObject({
      code: 'credentials',
      nextStep: /configure-aws-credentials/,
    });
  });

  it('says that credentials have expired', () => {
    expect(translate(named('ExpiredTokenException'), call, deadline).message).toContain('expired');
  });

  it('leaves its own errors and malformed answers as they are', () => {
    for (const error of [new GateError('not-found', 'x'), new MalformedAnswer('y')]) {
      expect(translate(error, call, deadline)).toBe(error);
    }
  });

  it('tells cancellation from the end of time', () => {
    cancel.abort();
    expect(translate(named('AbortError'), call, deadline)).toMatchObject({ code: 'cancelled' });
  });

  it('knows errors by name', () => {
    expect(isNamed(named('ScanNotFoundException'), 'ScanNotFoundException')).toBe(true);
    expect(isNamed('ScanNotFoundException', 'ScanNotFoundException')).toBe(false);
    expect(isDenied(named('AccessDeniedException'))).toBe(true);
  });
});

describe('allPages', () => {
  it('refuses a list without end', async () => {
    let pages = 0;
    const endless = allPages('x:ListThings', async () => {
      pages += 1;
      return { items: Array.from({ length: 1_000 }, () => pages), nextToken: `token ${pages}` };
    });
    await expect(endless).rejects.toThrow(/more than 200000 items/);
  });

  it('reads every page in order', async () => {
    const pages = [
      { items: [1], nextToken: 'a' },
      { items: [], nextToken: 'b' },
      { items: [2, 3], nextToken: undefined },
    ];
    const tokens: (string | undefined)[] = [];
    const items = await allPages('x', async (token) => {
      tokens.push(token);
      return pages[tokens.length - 1] ?? expect.unreachable();
    });
    expect(items).toEqual([1, 2, 3]);
    expect(tokens).toEqual([undefined, 'a', 'b']);
  });

  it('takes a token that comes again for an error, not for an end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 4, maxLength: 20 }),
        async (tokens) => {
          let at = 0;
          const read = allPages('x', async () => ({ items: [at], nextToken: tokens[at++] }));
          await expect(read).rejects.toBeInstanceOf(MalformedAnswer);
        },
      ),
    );
  });
});

describe('DeadlineRetryStrategy', () => {
  const info = (errorType: string, error: Error = named('X')) => ({ errorType, error });

  it('retries what is transient, for as long as there is time, with growing bounded delays', async () => {
    const { deadline } = stillTime(3_600_000);
    const strategy = new DeadlineRetryStrategy(deadline, () => 1);
    let token = await strategy.acquireInitialRetryToken();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 30; attempt += 1) {
      token = await strategy.refreshRetryTokenForRetry(token, info('THROTTLING'));
      delays.push(token.getRetryDelay());
    }
    expect(delays.slice(0, 3)).toEqual([500, 1_000, 2_000]);
    expect(Math.max(...delays)).toBeLessThanOrEqual(8_000);
    expect(token.getRetryCount()).toBe(30);
  });

  it('does not retry what a retry cannot mend', async () => {
    const { deadline } = stillTime(1_000);
    const strategy = new DeadlineRetryStrategy(deadline);
    const token = await strategy.acquireInitialRetryToken();
    await expect(strategy.refreshRetryTokenForRetry(token, info('CLIENT_ERROR'))).rejects.toThrow();
    await expect(
      strategy.refreshRetryTokenForRetry(token, info('CLIENT_ERROR', named('SyntaxError'))),
    ).resolves.toBeDefined();
  });

  it('stops at the deadline and never sleeps past it', async () => {
    const { deadline, cancel } = stillTime(200);
    const strategy = new DeadlineRetryStrategy(deadline, () => 1);
    const token = await strategy.acquireInitialRetryToken();
    const next = await strategy.refreshRetryTokenForRetry(token, info('THROTTLING'));
    expect(next.getRetryDelay()).toBeLessThanOrEqual(200);
    cancel.abort();
    await expect(strategy.refreshRetryTokenForRetry(token, info('TRANSIENT'))).rejects.toThrow();
  });
});

describe('ServiceClock', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');

  it('tells the latest time that AWS answered with', () => {
    const clock = new ServiceClock();
    expect(clock.time).toBeUndefined();
    clock.hear(start, 1_000);
    clock.hear(start + 60_000, 61_500);
    expect(clock.time).toEqual(new Date(start + 60_000));
  });

  it('tolerates servers whose clocks differ by minutes, in either direction', () => {
    const clock = new ServiceClock();
    clock.hear(start, 0);
    clock.hear(start - 4 * 60_000, 1_000);
    clock.hear(start + 4 * 60_000, 2_000);
    expect(clock.time).toEqual(new Date(start + 4 * 60_000));
  });

  it.each([
    ['a year back', -365 * 86_400_000],
    ['ten minutes ahead', 10 * 60_000],
  ])('tells no time any more after an answer from %s', (_, offset) => {
    const clock = new ServiceClock();
    clock.hear(start, 0);
    clock.hear(start + offset, 1_000);
    clock.hear(start + 2_000, 2_000);
    expect(clock.time).toBeUndefined();
  });
});
