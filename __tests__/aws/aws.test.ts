import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceClock } from '../../src/aws/clients.ts';
import { interrupted, isDenied, isNamed, MalformedAnswer, translate } from '../../src/aws/errors.ts';
import { networkFailure } from '../../src/aws/network.ts';
import { allPages } from '../../src/aws/pages.ts';
import { DeadlineRetryStrategy } from '../../src/aws/retry.ts';
import { GateError } from '../../src/errors.ts';
import { fakeTime, stillTime } from '../clock.ts';

function named(name: string, message = ''): Error {
  return Object.assign(new Error(message), { name });
}

const call = {
  action: 'ecr:DescribeImages',
  resource: 'arn:aws:ecr:eu-central-1:123456789012:repository/app',
};

describe('translate', () => {
  const { deadline, cancel } = stillTime(1_000);

  it('names the IAM action that AWS reports as missing, or else the action of the call', () => {
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
  ])('does not advise a permission if the account is refused: %s', (told) => {
    const refused = translate(named('AccessDeniedException', told), call, deadline) as GateError;
    expect(refused.code).toBe('configuration');
    expect(refused.nextStep).toMatch(/inspector2 enable/);
    expect(refused.nextStep).not.toMatch(/Allow/);
  });

  it.each([
    'ExpiredTokenException',
    'CredentialsProviderError',
    'UnrecognizedClientException',
  ])('reports %s as a problem of the credentials', (name) => {
    expect(translate(named(name, 'x'), call, deadline)).toMatchObject({
      code: 'credentials',
      nextStep: /configure-aws-credentials/,
    });
  });

  it('says that credentials have expired', () => {
    expect(translate(named('ExpiredTokenException'), call, deadline).message).toContain('expired');
  });

  it('returns GateErrors and malformed answers unchanged', () => {
    for (const error of [new GateError('not-found', 'x'), new MalformedAnswer('y')]) {
      expect(translate(error, call, deadline)).toBe(error);
    }
  });

  it('distinguishes a cancelled job from an expired deadline', () => {
    cancel.abort();
    expect(translate(named('AbortError'), call, deadline)).toMatchObject({ code: 'cancelled' });
  });

  it('recognizes errors by name', () => {
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

  it('requests the next page before it reads the items of a page', async () => {
    const events: string[] = [];
    await allPages('x', async (token) => {
      events.push(`request ${token}`);
      return {
        items: () => {
          events.push(`read ${token}`);
          return [];
        },
        nextToken: token === undefined ? 'a' : undefined,
      };
    });
    expect(events).toEqual(['request undefined', 'request a', 'read undefined', 'read a']);
  });

  it('fails with malformed items, although the next page was requested and fails too', async () => {
    const read = allPages('x', async (token) => {
      if (token !== undefined) throw new Error('the next page');
      return {
        items: () => {
          throw new MalformedAnswer('the items');
        },
        nextToken: 'a',
      };
    });
    await expect(read).rejects.toThrow('the items');
  });

  it('treats a repeated token as an error, not as the end', async () => {
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

  function strategyOf(timeoutMs: number) {
    const time = fakeTime(timeoutMs);
    const lines: string[] = [];
    const strategy = new DeadlineRetryStrategy(
      time.deadline,
      (line) => lines.push(line),
      () => 1,
    );
    return { ...time, lines, strategy };
  }

  it('retries transient errors until the deadline, with growing bounded delays', async () => {
    const { strategy, clock, deadline } = strategyOf(3_600_000);
    let token = await strategy.acquireInitialRetryToken();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 30; attempt += 1) {
      const before = clock.now();
      token = await strategy.refreshRetryTokenForRetry(token, info('TRANSIENT'));
      delays.push(clock.now() - before);
    }
    deadline.clear();
    expect(delays.slice(0, 3)).toEqual([100, 200, 400]);
    expect(Math.max(...delays)).toBeLessThanOrEqual(8_000);
    expect(token.getRetryCount()).toBe(30);
    expect(token.getRetryDelay()).toBe(0);
  });

  it('slows down all calls of the run after a throttled one, and speeds up again with each answer', async () => {
    const { strategy, clock, deadline } = strategyOf(3_600_000);
    const took = async (work: () => Promise<unknown>) => {
      const before = clock.now();
      await work();
      return clock.now() - before;
    };
    const other = () => strategy.acquireInitialRetryToken();
    const token = await other();
    expect(await took(other)).toBe(0);
    expect(await took(() => strategy.refreshRetryTokenForRetry(token, info('THROTTLING')))).toBe(3_000);
    // The test's random numbers are 1: the interval is as long as it can be.
    expect(await took(other)).toBe(3_000);
    strategy.recordSuccess();
    await other();
    // 1.5 times the interval of one call per second.
    expect(await took(other)).toBe(1_500);
    // An error that another attempt does not change is an answer too.
    for (let answers = 0; answers < 50; answers += 1) {
      await strategy.refreshRetryTokenForRetry(token, info('CLIENT_ERROR')).catch(() => {});
    }
    await other();
    expect(await took(other)).toBe(0);
    deadline.clear();
  });

  it('waits longer after each throttled attempt, with a limit', async () => {
    const { strategy, clock, deadline } = strategyOf(3_600_000);
    let token = await strategy.acquireInitialRetryToken();
    const delays: number[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const before = clock.now();
      token = await strategy.refreshRetryTokenForRetry(token, info('THROTTLING'));
      delays.push(clock.now() - before);
    }
    deadline.clear();
    expect(delays.slice(0, 4)).toEqual([3_000, 3_000, 6_000, 24_000]);
    expect(Math.max(...delays)).toBe(24_000);
  });

  it('counts throttled calls in a row, up to the next answer', async () => {
    const { strategy, clock, deadline } = strategyOf(3_600_000);
    let token = await strategy.acquireInitialRetryToken();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      token = await strategy.refreshRetryTokenForRetry(token, info('THROTTLING'));
      // So many answers that the pace is at most the one after a first throttled call.
      strategy.recordSuccess();
      strategy.recordSuccess();
    }
    const before = clock.now();
    await strategy.refreshRetryTokenForRetry(token, info('THROTTLING'));
    deadline.clear();
    expect(clock.now() - before).toBe(3_000);
  });

  it('slows down once for calls that were throttled together', async () => {
    const { strategy, clock, deadline } = strategyOf(3_600_000);
    const tokens = await Promise.all([1, 2, 3].map(() => strategy.acquireInitialRetryToken()));
    await clock.sleep(10, new AbortController().signal);
    await Promise.all(tokens.map((token) => strategy.refreshRetryTokenForRetry(token, info('THROTTLING'))));
    deadline.clear();
    // Three seconds apart, and not longer.
    expect(clock.now()).toBe(10 + 3_000 + 3_000 + 3_000);
  });

  it('waits as long as a throttled answer requests, with a limit', async () => {
    const { strategy, clock, deadline } = strategyOf(3_600_000);
    const token = await strategy.acquireInitialRetryToken();
    const retryAfterHint = new Date(Date.now() + 3_600_000);
    await strategy.refreshRetryTokenForRetry(token, { ...info('THROTTLING'), retryAfterHint });
    deadline.clear();
    expect(clock.now()).toBe(8_000);
  });

  it('does not retry an error that another attempt does not change', async () => {
    const { strategy, deadline } = strategyOf(1_000);
    const token = await strategy.acquireInitialRetryToken();
    await expect(strategy.refreshRetryTokenForRetry(token, info('CLIENT_ERROR'))).rejects.toThrow();
    const untrusted = Object.assign(new Error('self-signed certificate'), {
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
    await expect(strategy.refreshRetryTokenForRetry(token, info('TRANSIENT', untrusted))).rejects.toThrow();
    await expect(
      strategy.refreshRetryTokenForRetry(token, info('CLIENT_ERROR', named('SyntaxError'))),
    ).resolves.toBeDefined();
    deadline.clear();
  });

  it('retries a connection that fails, whatever the SDK calls the error', async () => {
    const { strategy, deadline } = strategyOf(60_000);
    const token = await strategy.acquireInitialRetryToken();
    for (const code of ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ERR_PROXY_TUNNEL']) {
      const error = Object.assign(new Error(code), { code });
      await expect(
        strategy.refreshRetryTokenForRetry(token, info('CLIENT_ERROR', error)),
      ).resolves.toBeDefined();
    }
    deadline.clear();
  });

  it('logs the first retry after each kind of failure', async () => {
    const { strategy, lines, deadline } = strategyOf(3_600_000);
    const token = await strategy.acquireInitialRetryToken();
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' });
    for (const error of [refused, refused, named('ThrottlingException', 'Rate exceeded'), refused]) {
      await strategy.refreshRetryTokenForRetry(token, info('TRANSIENT', error));
    }
    deadline.clear();
    expect(lines).toEqual([
      'A call to AWS failed and will be retried: connect ECONNREFUSED 10.0.0.1:443 (ECONNREFUSED)',
      'A call to AWS failed and will be retried: Rate exceeded (ThrottlingException)',
    ]);
  });

  it('stops at the deadline and never sleeps past it', async () => {
    const { strategy, clock } = strategyOf(200);
    const token = await strategy.acquireInitialRetryToken();
    await expect(strategy.refreshRetryTokenForRetry(token, info('THROTTLING'))).rejects.toThrow();
    expect(clock.now()).toBe(200);
    await expect(strategy.refreshRetryTokenForRetry(token, info('TRANSIENT'))).rejects.toThrow();
  });
});

describe('networkFailure', () => {
  const failing = (code: string, message = code) => Object.assign(new Error(message), { code });

  it.each([
    ['ENOTFOUND', /region/],
    ['EAI_AGAIN', /DNS resolution/],
    ['ECONNREFUSED', /nothing listens/],
    ['ECONNRESET', /closes the connection/],
    ['ETIMEDOUT', /can reach AWS/],
    ['ERR_PROXY_TUNNEL', /the credentials in HTTPS_PROXY/],
    ['CERT_HAS_EXPIRED', /NODE_EXTRA_CA_CERTS/],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /NODE_EXTRA_CA_CERTS/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /NODE_EXTRA_CA_CERTS/],
  ])('names %s and says what to do', (code, nextStep) => {
    expect(networkFailure(failing(code))).toMatchObject({ code, nextStep: expect.stringMatching(nextStep) });
  });

  it('does not retry a login that the proxy refused', () => {
    const refused =
      'Failed to establish tunnel to a:443 via http://proxy/: HTTP/1.1 407 Proxy Authentication Required';
    expect(networkFailure(failing('ERR_PROXY_TUNNEL', refused))).toMatchObject({
      transient: false,
      nextStep: expect.stringMatching(/the password in HTTPS_PROXY/),
    });
    expect(networkFailure(failing('ERR_PROXY_TUNNEL'))?.transient).toBe(true);
  });

  it('finds a failure behind errors that wrap it', () => {
    const wrapped = new Error('request failed', { cause: new AggregateError([failing('ECONNREFUSED')], '') });
    expect(networkFailure(wrapped)?.code).toBe('ECONNREFUSED');
    expect(networkFailure(named('TimeoutError'))?.code).toBe('TimeoutError');
  });

  it.each([
    named('ThrottlingException'),
    failing('ABORT_ERR'),
    new Error('x'),
    'ENOTFOUND',
    undefined,
  ])('does not take %s for a network failure', (error) => {
    expect(networkFailure(error)).toBeUndefined();
  });

  it('is named in the error of a call, and in the timeout that ended the call', () => {
    const { deadline } = stillTime(1_000);
    expect(translate(failing('CERT_HAS_EXPIRED', 'certificate has expired'), call, deadline)).toMatchObject({
      code: 'aws',
      message: expect.stringMatching(/failed: certificate has expired \(CERT_HAS_EXPIRED\)$/),
      nextStep: expect.stringMatching(/NODE_EXTRA_CA_CERTS/),
    });
    const over = fakeTime(0).deadline;
    expect(interrupted(over, 'a call')).toMatchObject({ message: expect.stringMatching(/during a call\.$/) });
    over.lastFailure = failing('ENOTFOUND', 'getaddrinfo ENOTFOUND x');
    expect(interrupted(over, 'a call', named('AbortError'))).toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(/The last attempt failed: getaddrinfo ENOTFOUND x \(ENOTFOUND\)\.$/),
      nextStep: expect.stringMatching(/region/),
    });
  });
});

describe('ServiceClock', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');

  it('returns the time of the latest answer', () => {
    const clock = new ServiceClock();
    expect(clock.time).toBeUndefined();
    clock.record(start, 1_000);
    clock.record(start + 60_000, 61_500);
    expect(clock.time).toEqual(new Date(start + 60_000));
  });

  it('tolerates servers whose clocks differ by minutes, in either direction', () => {
    const clock = new ServiceClock();
    clock.record(start, 0);
    clock.record(start - 4 * 60_000, 1_000);
    clock.record(start + 4 * 60_000, 2_000);
    expect(clock.time).toEqual(new Date(start + 4 * 60_000));
  });

  it.each([
    ['a year back', -365 * 86_400_000],
    ['ten minutes ahead', 10 * 60_000],
  ])('returns no time after an answer from %s', (_, offset) => {
    const clock = new ServiceClock();
    clock.record(start, 0);
    clock.record(start + offset, 1_000);
    clock.record(start + 2_000, 2_000);
    expect(clock.time).toBeUndefined();
  });
});
