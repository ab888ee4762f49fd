import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { readGateInputs } from '../../src/inputs/gate.ts';
import { INPUTS, refuseUnknownInputs } from '../../src/inputs/names.ts';
import { readVerifyInputs } from '../../src/inputs/verify.ts';
import { IDENTITY_PATTERN_EXAMPLE } from '../../src/signing/identity-pattern.ts';

const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1';
const read = (inputs: Record<string, string> = {}) => {
  const given: Record<string, string> = { image, ...inputs };
  return readGateInputs((name) => given[name] ?? '');
};

describe('the inputs of the gate', () => {
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
    ['settle-time', '0s'],
    ['settle-time', '00m'],
    ['signing-key', 'gcpkms://projects/p'],
    ['signing-key', 'awskms://alias/release'],
    ['signature-format', 'sig'],
    ['sign-platforms', 'yes'],
    ['signature-annotations', 'novalue'],
    ['signature-annotations', 'a=1\na=2'],
    ['transparency-log', 'on'],
    ['cosign-version', 'latest'],
    ['cosign-version', 'v9.9.9'],
    ['attest', 'yes'],
    ['timeout', '1d'],
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

describe('the inputs of the verify action', () => {
  const key = 'awskms:///alias/release';
  const verify = (inputs: Record<string, string>) => {
    const given: Record<string, string> = { image, ...inputs };
    return readVerifyInputs((name) => given[name] ?? '');
  };

  it('asks for a signature and today’s findings, and for no attestation unless told to', () => {
    expect(verify({ 'signing-key': key })).toMatchObject({
      verification: {
        signer: { kind: 'key', key: { kind: 'kms' } },
        format: 'bundle',
        summary: undefined,
        recheck: true,
      },
    });
  });

  it.each([
    ['90s', 90_000],
    ['12h', 43_200_000],
    ['30d', 2_592_000_000],
  ])('reads the age %s', (text, maxAgeMs) => {
    expect(verify({ 'signing-key': key, 'max-attestation-age': text }).verification?.summary).toEqual({
      maxAgeMs,
      policySha256: undefined,
    });
  });

  it('reads a digest with and without its algorithm', () => {
    const hex = 'a'.repeat(64);
    for (const digest of [hex, `sha256:${hex}`]) {
      const { verification } = verify({ 'signing-key': key, 'policy-digest': digest });
      expect(verification?.summary).toEqual({ policySha256: hex, maxAgeMs: undefined });
    }
  });

  it('knows identities, GitHub’s unless another issuer is named', () => {
    const identity = 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main';
    expect(verify({ 'certificate-identity': identity }).verification?.signer).toEqual({
      kind: 'identity',
      identity,
      issuer: 'https://token.actions.githubusercontent.com',
    });
    const inputs = {
      'certificate-identity-regexp': 'https://github\\.com/team/.*',
      'certificate-oidc-issuer': 'https://issuer.example',
    };
    expect(verify(inputs).verification?.signer).toEqual({
      kind: 'identity-pattern',
      pattern: '^(?:https://github\\.com/team/.*)$',
      issuer: 'https://issuer.example',
    });
  });

  it.each<[string, Record<string, string>]>([
    ['nobody', {}],
    ['keyless, which names nobody', { 'signing-key': 'keyless' }],
    ['two signers', { 'signing-key': key, 'certificate-identity': 'x' }],
    ['two identities', { 'certificate-identity': 'x', 'certificate-identity-regexp': 'y' }],
    ['anyone', { 'certificate-identity-regexp': '.*' }],
    ['an issuer without TLS', { 'certificate-identity': 'x', 'certificate-oidc-issuer': 'http://i' }],
    ['a key with an issuer', { 'signing-key': key, 'certificate-oidc-issuer': 'https://issuer.example' }],
    ['a key and services that are not asked', { 'signing-key': key, 'sigstore-trusted-root': 'tr.json' }],
  ])('refuses to verify by %s', (_, inputs) => {
    expect(() => verify(inputs)).toThrow(GateError);
  });

  it('refuses a pattern that does not say whose identity, naming the input and a right one', () => {
    expect(() => verify({ 'certificate-identity-regexp': 'https://github\\.com/team.*' })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(
          /^Input certificate-identity-regexp: cannot use .*literal host and owner/,
        ),
        nextStep: expect.stringContaining(`certificate-identity-regexp: ${IDENTITY_PATTERN_EXAMPLE}`),
      }),
    );
  });

  it.each([
    ['recheck', 'no'],
    ['max-attestation-age', '30'],
    ['max-attestation-age', '0d'],
    ['max-attestation-age', '1w'],
    ['max-attestation-age', '99999d'],
    ['policy-digest', 'sha256:abc'],
  ])('refuse %s: %j, naming the input and a right example', (name, value) => {
    expect(() => verify({ 'signing-key': key, [name]: value })).toThrow(
      expect.objectContaining({
        code: 'input',
        message: expect.stringContaining(`Input ${name}`),
        nextStep: expect.stringContaining(`${name}: `),
      }),
    );
  });
});

describe('attest', () => {
  it.each([
    ['', 'summary'],
    ['true', 'summary'],
    ['false', 'none'],
    ['full', 'full'],
  ])('%j is %s', (text, attest) => {
    expect(read({ 'signing-key': 'alias/release', attest: text }).signing?.attest).toBe(attest);
  });

  it('takes services of one’s own only with what to trust, and not in format legacy', () => {
    const config = { 'signing-key': 'keyless', 'sigstore-signing-config': 'sc.json' };
    const both = { ...config, 'sigstore-trusted-root': 'tr.json' };
    expect(read(both).signing?.services).toEqual({ signingConfig: 'sc.json', trustedRoot: 'tr.json' });
    const byKey = { ...both, 'signing-key': 'alias/release' };
    expect(read({ ...byKey, 'transparency-log': 'true' }).signing?.services).toBeDefined();
    expect(() => read(byKey)).toThrow(/would check nothing/);
    expect(() => read(config)).toThrow(/sigstore-trusted-root/);
    expect(() => read({ 'signing-key': 'keyless', 'sigstore-trusted-root': 'tr.json' })).toThrow(
      /sigstore-signing-config/,
    );
    expect(() => read({ ...both, 'signature-format': 'legacy' })).toThrow(/signature-format/);
  });
});

describe('an input that the action does not have', () => {
  const refused = (action: 'gate' | 'verify', name: string, value = 'x') => {
    try {
      refuseUnknownInputs(action, { [`INPUT_${name.toUpperCase()}`]: value });
    } catch (error) {
      return error as GateError;
    }
    return undefined;
  };

  it.each([
    ['gate', 'severity', /Did you mean fail-on\?/],
    ['gate', 'failon', /Did you mean fail-on\?/],
    ['gate', 'FAIL_ON', /Did you mean fail-on\?/],
    ['gate', 'imgae', /Did you mean image\?/],
    ['verify', 'max-attestation-agee', /Did you mean max-attestation-age\?/],
    ['gate', 'recheck', /Remove it: it applies only to the verify action\./],
    ['verify', 'attest', /Remove it: it applies only to the gate\./],
    ['gate', 'mode', /verify@v1/],
    ['verify', 'mode', /always verifies/],
    ['gate', 'something-else', /The inputs are: attest, base-image, /],
  ] as const)('fails the step of %s for %s', (action, name, advice) => {
    const error = refused(action, name);
    expect(error).toMatchObject({ code: 'input', nextStep: expect.stringMatching(advice) });
    expect(error?.message).toContain(`The input ${name.toLowerCase()} does not exist`);
  });

  it('does not fail it where its value is blank: the runner sets those too', () => {
    expect(refused('gate', 'recheck', ' ')).toBeUndefined();
  });

  it.each(['gate', 'verify'] as const)('is none of those that %s has', (action) => {
    const environment = Object.fromEntries(
      INPUTS[action].map((name) => [`INPUT_${name.toUpperCase()}`, 'x']),
    );
    expect(() => refuseUnknownInputs(action, { ...environment, PATH: '/bin', INPUTS: 'x' })).not.toThrow();
  });
});
