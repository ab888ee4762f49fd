import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GateError } from '../src/errors.ts';
import { readInputs } from '../src/inputs.ts';

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1';
const read = (inputs: Record<string, string> = {}) => {
  const given: Record<string, string> = { image, ...inputs };
  return readInputs((name) => given[name] ?? '');
};

describe('readInputs', () => {
  it('has safe defaults, and a blank means the default', () => {
    const expected = {
      failOn: undefined,
      warnOn: undefined,
      ignoreUnfixed: undefined,
      enforce: true,
      scanType: 'enhanced',
      timeoutMs: 900_000,
      settleTimeMs: 15_000,
      signing: undefined,
      reportDirectory: undefined,
    };
    expect(read()).toMatchObject(expected);
    const blank = Object.fromEntries(
      [
        'fail-on',
        'warn-on',
        'ignore-unfixed',
        'enforce',
        'scan-type',
        'timeout',
        'settle-time',
        'signing-key',
      ].map((name) => [name, '  ']),
    );
    expect(read(blank)).toMatchObject(expected);
  });

  it('reads several images, one a line', () => {
    expect(read({ image: `\n ${image}\r\n\n${image}-b\n` }).images.map(({ tag }) => tag)).toEqual([
      '1',
      '1-b',
    ]);
  });

  it('understands keys by their bare ARN and alias', () => {
    const arn = 'arn:aws:kms:eu-central-1:123456789012:alias/release';
    expect(read({ 'signing-key': arn }).signing?.key).toMatchObject({
      kind: 'kms',
      reference: `awskms:///${arn}`,
    });
    expect(read({ 'signing-key': 'alias/release' }).signing?.key).toMatchObject({
      reference: 'awskms:///alias/release',
    });
  });

  it.each([
    ['image', ''],
    ['image', 'nginx:1'],
    ['image', `${image}, ${image}`],
    ['fail-on', 'severe'],
    ['fail-on', 'critical,'],
    ['fail-on', 'high,critical'],
    ['warn-on', 'untriaged'],
    ['ignore-unfixed', 'yes'],
    ['enforce', '0'],
    ['enforce', 'no'],
    ['scan-type', 'auto'],
    ['timeout', '15'],
    ['timeout', '-1m'],
    ['timeout', '0s'],
    ['timeout', '7h'],
    ['timeout', '1e3s'],
    ['settle-time', '15 s'],
    ['settle-time', '15m'],
    ['signing-key', 'gcpkms://projects/p'],
    ['signing-key', 'awskms://alias/release'],
    ['signature-format', 'sig'],
    ['sign-platforms', 'yes'],
    ['signature-annotations', 'novalue'],
    ['signature-annotations', 'a=1\na=2'],
    ['transparency-log', 'on'],
    ['cosign-version', 'latest'],
    ['cosign-version', 'v9.9.9'],
  ])('refuses %s: %j, naming the input and a right example', (name, value) => {
    try {
      read({ [name]: value });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(GateError);
      expect(error).toMatchObject({ code: 'input', message: expect.stringContaining(`Input ${name}`) });
      expect((error as GateError).nextStep).toContain(`${name}: `);
    }
  });

  it('ends on no value with anything but an input error', () => {
    const names = [
      'image',
      'fail-on',
      'timeout',
      'settle-time',
      'signing-key',
      'signature-annotations',
      'cosign-version',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.string(), (name, value) => {
        try {
          read({ [name]: value });
        } catch (error) {
          expect(error).toMatchObject({ code: 'input' });
        }
      }),
    );
  });
});
