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

/** The error that something throws. */
function refusal(work: () => unknown): GateError {
  try {
    work();
  } catch (error) {
    return error as GateError;
  }
  throw new Error('nothing was thrown');
}

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

  it('reads several images, one per line', () => {
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
    ['sign', 'none'],
    ['timeout', '1d'],
  ])('refuses %s: %j, with the name of the input and an example', (name, value) => {
    try {
      read({ [name]: value });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(GateError);
      expect(error).toMatchObject({ code: 'input', message: expect.stringContaining(`Input ${name}`) });
      expect((error as GateError).nextStep).toContain(`${name}: `);
    }
  });

  it.each([
    ['fail-on', 'critical,high', 'fail-on: high'],
    ['fail-on', 'CRITICAL | HIGH | medium', 'fail-on: medium'],
    ['fail-on', 'high+', 'fail-on: high'],
    ['fail-on', 'moderate', 'fail-on: medium'],
    ['fail-on', 'any', 'fail-on: informational'],
    ['fail-on', 'none,low', 'fail-on: low'],
    ['fail-on', 'severe', 'fail-on: high'],
    ['warn-on', '["high","low"]', 'warn-on: low'],
    ['comment', 'true', 'comment: always'],
    ['comment', 'false', 'comment: never'],
    ['comment', 'on_failure', 'comment: on-failure'],
    ['comment', 'sometimes', 'comment: always'],
    ['enforce', 'yes', 'enforce: true'],
    ['enforce', 'off', 'enforce: false'],
    ['enforce', 'perhaps', 'enforce: true'],
    ['ignore-unfixed', 'perhaps', 'ignore-unfixed: false'],
    ['ignore-unfixed', 'yes', 'ignore-unfixed: true'],
    ['sign-platforms', 'all', 'sign-platforms: true'],
    ['attest', 'no', 'attest: false'],
    ['attest', 'everything', 'attest: true'],
    ['scan-type', 'both', 'scan-type: enhanced'],
    ['scan-type', 'basic-scanning', 'scan-type: enhanced'],
    ['settle-time', '0', 'settle-time: 1s'],
    ['settle-time', '0s', 'settle-time: 1s'],
    ['settle-time', '0m', 'settle-time: 1m'],
    ['settle-time', '30', 'settle-time: 30s'],
    ['settle-time', '2 minutes', 'settle-time: 2m'],
    ['settle-time', '1d', 'settle-time: 15s'],
    ['timeout', '0', 'timeout: 15m'],
    ['timeout', '30', 'timeout: 30m'],
    ['timeout', '1 hour', 'timeout: 1h'],
    ['timeout', '9h', 'timeout: 6h'],
    ['timeout', '15s', 'timeout: 1m'],
  ])('answers %s: %j with %s', (name, value, example) => {
    const { nextStep = '' } = refusal(() => read({ [name]: value }));
    expect(nextStep).toBe(`For example: ${example}`);
    // The example works.
    const [input = '', given = ''] = example.split(': ');
    expect(() => read({ [input]: given })).not.toThrow();
  });

  it('says that fail-on is the lowest severity that blocks', () => {
    expect(refusal(() => read({ 'fail-on': 'critical,high' })).message).toBe(
      'Input fail-on: expected the lowest severity that blocks, one of critical, high, medium, low, informational, none, got "critical,high".',
    );
    expect(refusal(() => read({ 'warn-on': 'x' })).message).toContain('the lowest severity that warns');
  });

  it('does not shorten a settle-time that is too long for the timeout', () => {
    const error = refusal(() => read({ 'settle-time': '20m' }));
    expect(error.message).toBe('Input timeout: expected longer than settle-time (20m), got "15m".');
    expect(error.nextStep).toBe('For example: timeout: 40m');
    expect(() => read({ 'settle-time': '20m', timeout: '40m' })).not.toThrow();
  });

  it('refuses every wrong value with an input error', () => {
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

  it('requires a signature and today’s findings, and an attestation only if an input says so', () => {
    expect(verify({ 'signing-key': key })).toMatchObject({
      verification: {
        signers: [{ kind: 'key', key: { kind: 'kms' } }],
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
      policies: undefined,
    });
  });

  it('reads a digest with and without its algorithm', () => {
    const hex = 'a'.repeat(64);
    for (const digest of [hex, `sha256:${hex}`]) {
      const { verification } = verify({ 'signing-key': key, 'policy-digest': digest });
      expect(verification?.summary).toEqual({ policies: [hex], maxAgeMs: undefined });
    }
  });

  it('reads several keys, digests and policies, one per line and each once', () => {
    const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
    const { verification, policy, otherPolicies } = verify({
      'signing-key': `${key}\n\n alias/old \nrelease.pub\nalias/old`,
      'policy-digest': `sha256:${one}\n${other}\n${one}`,
      policy: 'new.yml\nold.yml\nnew.yml',
    });
    expect(verification.signers).toMatchObject([
      { kind: 'key', key: { kind: 'kms' } },
      { kind: 'key', key: { kind: 'kms', reference: 'awskms:///alias/old' } },
      { kind: 'key', key: { kind: 'file', path: 'release.pub' } },
    ]);
    expect(verification.summary?.policies).toEqual([one, other]);
    expect([policy, ...otherPolicies]).toEqual(['new.yml', 'old.yml']);
  });

  it('refuses too many of them', () => {
    const many = (count: number, line: (index: number) => string) =>
      Array.from({ length: count }, (_, index) => line(index)).join('\n');
    const hex = (index: number) => String(index).padStart(64, '0');
    for (const [name, most, line] of [
      ['signing-key', 10, (index: number) => `alias/key-${index}`],
      ['policy', 10, (index: number) => `policy-${index}.yml`],
      ['policy-digest', 100, hex],
    ] as const) {
      const given = (count: number) => ({ 'signing-key': key, [name]: many(count, line) });
      expect(() => verify(given(most))).not.toThrow();
      expect(() => verify(given(most + 1))).toThrow(`Input ${name}: expected at most ${most} lines`);
    }
  });

  it('reads identities, with GitHub’s issuer by default', () => {
    const identity = 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main';
    expect(verify({ 'certificate-identity': identity }).verification?.signers).toEqual([
      { kind: 'identity', identity, issuer: 'https://token.actions.githubusercontent.com' },
    ]);
    const inputs = {
      'certificate-identity-regexp': 'https://github\\.com/team/.*',
      'certificate-oidc-issuer': 'https://issuer.example',
    };
    expect(verify(inputs).verification?.signers).toEqual([
      {
        kind: 'identity-pattern',
        pattern: '^(?:https://github\\.com/team/.*)$',
        issuer: 'https://issuer.example',
      },
    ]);
  });

  it.each([
    [
      'https://github.com/team/app/.github/workflows/a.yml@refs/heads/main',
      'https://token.actions.githubusercontent.com',
    ],
    [
      'https://acme.ghe.com/team/app/.github/workflows/a.yml@refs/heads/main',
      'https://token.actions.acme.ghe.com',
    ],
    [
      'https://ghe.example.com/team/app/.github/workflows/a.yml@refs/heads/main',
      'https://ghe.example.com/_services/token',
    ],
    [
      'https://ghe.example.com:8443/team/app/a.yml@refs/heads/main',
      'https://ghe.example.com:8443/_services/token',
    ],
    // None of these is an address of github.com or ghe.com.
    ['https://github.com.evil.example/team/app', 'https://github.com.evil.example/_services/token'],
    ['https://evil.example#.acme.ghe.com', 'https://evil.example/_services/token'],
    ['https://a.b.ghe.com/team/app', 'https://a.b.ghe.com/_services/token'],
    ['release@example.com', 'https://token.actions.githubusercontent.com'],
    ['https://', 'https://token.actions.githubusercontent.com'],
  ])('reads the identity %s with its server’s own issuer', (identity, issuer) => {
    expect(verify({ 'certificate-identity': identity }).verification?.signers).toEqual([
      { kind: 'identity', identity, issuer },
    ]);
    const given = 'https://issuer.example';
    expect(
      verify({ 'certificate-identity': identity, 'certificate-oidc-issuer': given }).verification?.signers,
    ).toEqual([{ kind: 'identity', identity, issuer: given }]);
  });

  it.each<[string, Record<string, string>]>([
    ['no signer', {}],
    ['keyless, which names no identity', { 'signing-key': 'keyless' }],
    ['keyless beside a key', { 'signing-key': `${key}\nkeyless` }],
    [
      'keyless beside a key and an identity',
      { 'signing-key': `keyless\n${key}`, 'certificate-identity': 'x' },
    ],
    ['a key of several that is none', { 'signing-key': `${key}\nawskms:release` }],
    ['two signers', { 'signing-key': key, 'certificate-identity': 'x' }],
    ['two identities', { 'certificate-identity': 'x', 'certificate-identity-regexp': 'y' }],
    ['anyone', { 'certificate-identity-regexp': '.*' }],
    ['an issuer without TLS', { 'certificate-identity': 'x', 'certificate-oidc-issuer': 'http://i' }],
    ['a key with an issuer', { 'signing-key': key, 'certificate-oidc-issuer': 'https://issuer.example' }],
    ['a key and services that are not used', { 'signing-key': key, 'sigstore-trusted-root': 'tr.json' }],
  ])('refuses to verify by %s', (_, inputs) => {
    expect(() => verify(inputs)).toThrow(GateError);
  });

  it('refuses a pattern without a literal owner, with the name of the input and an example', () => {
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
  ])('refuse %s: %j, with the name of the input and an example', (name, value) => {
    expect(() => verify({ 'signing-key': key, [name]: value })).toThrow(
      expect.objectContaining({
        code: 'input',
        message: expect.stringContaining(`Input ${name}`),
        nextStep: expect.stringContaining(`${name}: `),
      }),
    );
  });
});

describe('an example in an error of the verify action', () => {
  const verify = (inputs: Record<string, string>) => {
    const given: Record<string, string> = { image, 'signing-key': 'alias/release', ...inputs };
    return readVerifyInputs((name) => given[name] ?? '');
  };

  it.each([
    ['max-attestation-age', '0d', 'max-attestation-age: 1d'],
    ['max-attestation-age', '30', 'max-attestation-age: 30d'],
    ['max-attestation-age', '3 months', 'max-attestation-age: 90d'],
    ['max-attestation-age', '1w', 'max-attestation-age: 30d'],
    ['max-attestation-age', '99999d', 'max-attestation-age: 3650d'],
    ['recheck', 'sometimes', 'recheck: true'],
  ])('%s: %j: %s', (name, value, example) => {
    expect(refusal(() => verify({ [name]: value })).nextStep).toBe(`For example: ${example}`);
  });

  it('keeps the host of an issuer', () => {
    const inputs = {
      'signing-key': '',
      'certificate-identity': 'https://example.com/x',
      'certificate-oidc-issuer': 'http://issuer.example',
    };
    expect(refusal(() => verify(inputs)).nextStep).toBe(
      'For example: certificate-oidc-issuer: https://issuer.example',
    );
  });

  it('says where to find the digest of a policy', () => {
    const error = refusal(() => verify({ 'policy-digest': 'sha256:abc' }));
    expect(error.message).toContain('Input policy-digest: expected "sha256:" and 64 lower-case hex digits');
    expect(error.nextStep).toContain('The log of the gate and of the verify action shows the digest');
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

  it('accepts the user’s own services only with a trusted root, and not with format legacy', () => {
    const config = { 'signing-key': 'keyless', 'sigstore-signing-config': 'sc.json' };
    const both = { ...config, 'sigstore-trusted-root': 'tr.json' };
    expect(read(both).signing?.services).toEqual({ signingConfig: 'sc.json', trustedRoot: 'tr.json' });
    const byKey = { ...both, 'signing-key': 'alias/release' };
    expect(read({ ...byKey, 'transparency-log': 'true' }).signing?.services).toBeDefined();
    expect(() => read(byKey)).toThrow(/it is not used, because signing with a key/);
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
    ['gate', 'constructor', /^Remove it, or correct its name\./],
    ['gate', '__proto__', /^Remove it, or correct its name\./],
    ['verify', 'max-attestation-agee', /Did you mean max-attestation-age\?/],
    ['gate', 'recheck', /Remove it: it applies only to the verify action\./],
    ['verify', 'attest', /Remove it: it applies only to the gate\./],
    ['gate', 'mode', /verify@v1/],
    ['verify', 'mode', /always verifies/],
    ['gate', 'something-else', /The inputs are: advice, attest, base-image, /],
  ] as const)('fails the step of %s for %s', (action, name, advice) => {
    const error = refused(action, name);
    expect(error).toMatchObject({ code: 'input', nextStep: expect.stringMatching(advice) });
    expect(error?.message).toContain(`The input ${name.toLowerCase()} does not exist`);
  });

  it('does not fail the step if its value is blank: the runner sets blank inputs too', () => {
    expect(refused('gate', 'recheck', ' ')).toBeUndefined();
  });

  it.each(['gate', 'verify'] as const)('is none of those that %s has', (action) => {
    const environment = Object.fromEntries(
      INPUTS[action].map((name) => [`INPUT_${name.toUpperCase()}`, 'x']),
    );
    expect(() => refuseUnknownInputs(action, { ...environment, PATH: '/bin', INPUTS: 'x' })).not.toThrow();
  });
});

describe('the inputs about Notation', () => {
  const PROFILE = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release';
  const KMS = 'alias/release';
  const trust = { 'notation-trust-policy': 'trustpolicy.json', 'notation-trust-store': 'truststore' };
  const readVerify = (inputs: Record<string, string>) => {
    const given: Record<string, string> = { image, ...inputs };
    return readVerifyInputs((name) => given[name] ?? '');
  };

  it('let the gate sign with Notation, with cosign, or with both', () => {
    expect(read({ 'signing-key': PROFILE, ...trust }).signing).toMatchObject({
      key: undefined,
      notation: { key: { kind: 'profile', arn: PROFILE }, trust: { policy: 'trustpolicy.json' } },
      attest: 'none',
    });
    for (const keys of [`${KMS}\nnotation:gate`, `notation:gate\n\n ${KMS} `]) {
      expect(read({ 'signing-key': keys, ...trust }).signing).toMatchObject({
        key: { kind: 'kms' },
        notation: { key: { kind: 'named', name: 'gate' } },
        attest: 'summary',
      });
    }
  });

  it.each([
    [{ 'signing-key': PROFILE }, 'notation-trust-policy'],
    [{ 'signing-key': PROFILE, 'notation-trust-policy': 'x' }, 'notation-trust-store'],
    [{ 'signing-key': PROFILE, 'notation-trust-store': 'x' }, 'notation-trust-policy'],
    [{ 'signing-key': KMS, ...trust }, 'notation-trust-policy'],
    [trust, 'notation-trust-policy'],
    [{ 'signing-key': `${KMS}\nkeyless`, ...trust }, 'signing-key'],
    [{ 'signing-key': `${PROFILE}\nnotation:gate`, ...trust }, 'signing-key'],
    [{ 'signing-key': `${PROFILE}/version`, ...trust }, 'signing-key'],
    [{ 'signing-key': 'notation:../x', ...trust }, 'signing-key'],
    [{ 'signing-key': PROFILE, ...trust, attest: 'full' }, 'attest'],
    [{ 'signing-key': PROFILE, ...trust, 'signature-format': 'both' }, 'signature-format'],
    [{ 'signing-key': PROFILE, ...trust, 'transparency-log': 'true' }, 'transparency-log'],
  ])('of the gate refuse %j', (inputs, name) => {
    const error = refusal(() => read(inputs as unknown as Record<string, string>));
    expect(error).toMatchObject({ code: 'input' });
    expect(error.message).toContain(`Input ${name}:`);
  });

  it('let the verify action require Notation, cosign, or both', () => {
    expect(readVerify(trust).verification).toMatchObject({
      signers: [],
      notation: { policy: 'trustpolicy.json', store: 'truststore' },
    });
    const both = readVerify({ 'signing-key': KMS, ...trust, 'max-attestation-age': '1d' });
    expect(both.verification.signers).toHaveLength(1);
    expect(both.verification.notation).toBeDefined();
    expect(readVerify({ 'signing-key': KMS }).verification.notation).toBeUndefined();
  });

  it.each([
    [{}, 'requires one of the inputs'],
    [{ 'notation-trust-policy': 'x' }, 'Input notation-trust-store:'],
    [{ 'signing-key': PROFILE, ...trust }, 'Input signing-key:'],
    [{ 'signing-key': 'notation:gate', ...trust }, 'Input signing-key:'],
    [{ ...trust, 'max-attestation-age': '1d' }, 'Input max-attestation-age:'],
    [{ ...trust, 'signature-format': 'legacy' }, 'Input signature-format:'],
    [{ ...trust, 'transparency-log': 'true' }, 'Input transparency-log:'],
    [{ ...trust, 'sigstore-trusted-root': 'x' }, 'Input sigstore-trusted-root:'],
    [{ ...trust, 'certificate-oidc-issuer': 'https://issuer.example' }, 'Input certificate-oidc-issuer:'],
  ])('of the verify action refuse %j', (inputs, message) => {
    const error = refusal(() => readVerify(inputs as unknown as Record<string, string>));
    expect(error).toMatchObject({ code: 'input' });
    expect(error.message).toContain(message);
  });
});
