/** The proxy variables: read in one form, and understood by Node.js in the way that their author meant. */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { proxyEnvironment, proxyRefusal } from '../src/proxy.ts';

describe('proxyEnvironment', () => {
  it.each<[Record<string, string | undefined>, Record<string, string>]>([
    [{ HTTPS_PROXY: 'proxy:3128' }, { https_proxy: 'http://proxy:3128/' }],
    [{ https_proxy: ' user:secret@proxy:3128 ' }, { https_proxy: 'http://user:secret@proxy:3128/' }],
    [{ HTTPS_PROXY: 'https://proxy:3128' }, { https_proxy: 'https://proxy:3128/' }],
    [{ HTTPS_PROXY: 'HTTP://proxy' }, { https_proxy: 'http://proxy/' }],
    [{ HTTPS_PROXY: 'http://upper', https_proxy: 'http://lower' }, { https_proxy: 'http://lower/' }],
    [{ HTTPS_PROXY: 'http://upper', https_proxy: ' ' }, { https_proxy: 'http://upper/' }],
    // Go refuses these characters.
    [{ HTTPS_PROXY: 'http://u:a^b|c@proxy' }, { https_proxy: 'http://u:a%5Eb%7Cc@proxy/' }],
    [
      { HTTP_PROXY: '10.0.0.1:8080', NO_PROXY: 'localhost,.internal' },
      { http_proxy: 'http://10.0.0.1:8080/', no_proxy: 'localhost,.localhost,.internal' },
    ],
    [{ no_proxy: 'a.example *.b.example' }, { no_proxy: 'a.example,.a.example,*.b.example,.b.example' }],
    [{ no_proxy: '*,10.1.2.3,[::1],host:8443' }, { no_proxy: '*,10.1.2.3,[::1],host:8443' }],
    [{ no_proxy: '10.1.2.3/8' }, { no_proxy: '10.1.2.3/8,10.0.0.0-10.255.255.255' }],
    [{ no_proxy: '10.1.2.3/32' }, { no_proxy: '10.1.2.3/32,10.1.2.3-10.1.2.3' }],
    [{ no_proxy: '0.0.0.0/0' }, { no_proxy: '0.0.0.0/0,0.0.0.0-255.255.255.255' }],
    [{ no_proxy: '10.1.2.3/33,300.1.1.1/8' }, { no_proxy: '10.1.2.3/33,300.1.1.1/8' }],
    [{ HTTPS_PROXY: '', NO_PROXY: undefined, PATH: '/bin' }, {}],
    [{ NO_PROXY: ' , ' }, { no_proxy: '' }],
  ])('of %j is %j', (environment, expected) => {
    const read = proxyEnvironment(environment);
    expect(read).toEqual(expected);
    expect(proxyEnvironment({ ...environment, ...read }), 'once more').toMatchObject(
      expected.no_proxy === undefined ? expected : {},
    );
  });

  it.each([
    'http://u:sec#ret@proxy:3128',
    'http://u:sec/ret@proxy:3128',
    'http://u:secret@proxy:port',
    'http://u:secret@proxy:99999',
    'http://u:secret%zz@proxy',
    'http://sec%ret:p@proxy',
    'u:sec ret@pro xy',
    'socks5://u:secret@proxy',
    'file:///secret',
    'http://',
  ])('refuses %j without repeating it', (value) => {
    for (const name of ['HTTPS_PROXY', 'http_proxy']) {
      let error: unknown;
      try {
        proxyEnvironment({ [name]: value });
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toMatchObject({
        code: 'configuration',
        message: expect.stringMatching(new RegExp(`^${name.toUpperCase()} is not `)),
        nextStep: expect.any(String),
      });
      const { message, nextStep, cause } = error as Error & { nextStep?: string };
      expect(`${message} ${nextStep} ${cause}`).not.toMatch(/sec|ret|port\b/);
    }
  });

  it.each([
    ['internal.example', 'a.internal.example', 'direct'],
    ['internal.example', 'internal.example', 'direct'],
    ['.internal.example', 'a.internal.example', 'direct'],
    ['*.internal.example', 'a.b.internal.example', 'direct'],
    ['x.example other.example', 'other.example', 'direct'],
    ['127.0.0.0/8', '127.200.3.4', 'direct'],
    ['128.0.0.0/8', '127.200.3.4', 'proxy'],
    ['127.7.4.0/22', '127.7.7.255', 'direct'],
    ['127.7.4.0/22', '127.7.8.0', 'proxy'],
    ['internal.example', 'notinternal.example', 'proxy'],
    ['*', 'any.example', 'direct'],
    ['', 'any.example', 'proxy'],
  ])('with NO_PROXY=%j, requests to %s take this way: %s', async (exceptions, host, expected) => {
    const listen = async (address: string, answer: string) => {
      const server = createServer((_, response) => response.end(answer));
      await new Promise<void>((resolve) => server.listen(0, address, resolve));
      onTestFinished(() => {
        server.close();
      });
      return (server.address() as AddressInfo).port;
    };
    const isAddress = host.startsWith('127.');
    const proxyEnv = proxyEnvironment({
      HTTP_PROXY: `127.0.0.1:${await listen('127.0.0.1', 'proxy')}`,
      NO_PROXY: exceptions,
    });
    const asked = request({
      agent: new Agent({ proxyEnv }),
      host,
      port: await listen(isAddress ? host : '127.0.0.1', 'direct'),
      lookup: (_, options, callback) =>
        options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4),
    });
    asked.end();
    const [response] = await once(asked, 'response');
    let answer = '';
    for await (const chunk of response) answer += chunk;
    expect(answer).toBe(expected);
  });
});

describe('proxyRefusal', () => {
  const tunnel = (status: string) =>
    new Error(`Failed to establish tunnel to a.example:443 via http://127.0.0.1:3128/: HTTP/1.1 ${status}`);

  it.each([
    ['407 Proxy Authentication Required', /user name and the password in HTTPS_PROXY/],
    ['403 Forbidden', /Allow this host/],
  ])('says what to do about %s', (status, nextStep) => {
    expect(proxyRefusal(tunnel(status))).toMatch(nextStep);
  });

  it.each([
    tunnel('502 Bad Gateway'),
    tunnel('504 407'),
    new Error('HTTP/1.1 407'),
  ])('leaves other errors to a retry: %s', (error) => {
    expect(proxyRefusal(error)).toBeUndefined();
  });
});
