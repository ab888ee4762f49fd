import { delimiter } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  attestArguments,
  SIGNATURE_TYPE,
  type SignRequest,
  signArguments,
  type VerifyRequest,
  verifyArguments,
  verifyAttestationArguments,
} from '../../../src/signing/cosign/arguments.ts';
import { childEnvironment } from '../../../src/signing/cosign/environment.ts';
import { explainFailure, foundBy } from '../../../src/signing/cosign/failures.ts';
import { provesBundle, provesLegacy, verifiedBundle } from '../../../src/signing/cosign/output.ts';

const digest = `sha256:${'a'.repeat(64)}` as const;
const other = `sha256:${'b'.repeat(64)}` as const;
const image = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app@${digest}`;
const kms = { kind: 'kms', reference: 'awskms:///alias/release', region: undefined } as const;
const file = { kind: 'file', path: 'cosign.key' } as const;
const keyless = { kind: 'keyless' } as const;

function signing(overrides: Partial<SignRequest> = {}): SignRequest {
  return {
    image,
    key: kms,
    format: 'bundle',
    annotations: {},
    transparencyLog: false,
    signingConfig: '/private/sc.json',
    trustedRoot: '/private/tr.json',
    ownServices: false,
    timeoutMs: 60_000,
    ...overrides,
  };
}

function verifying(overrides: Partial<VerifyRequest> = {}): VerifyRequest {
  return {
    image,
    verifier: { kind: 'key', reference: 'awskms:///alias/release' },
    format: 'bundle',
    transparencyLog: false,
    annotations: {},
    trustedRoot: '/private/tr.json',
    ownServices: false,
    timeoutMs: 60_000,
    ...overrides,
  };
}

const SIGN = ['sign', '--yes', '--timeout=60s'];
const NO_LOG = [
  '--new-bundle-format=true',
  '--signing-config=/private/sc.json',
  '--trusted-root=/private/tr.json',
];
const LOG = ['--new-bundle-format=true', '--use-signing-config=true'];
const LEGACY = ['--new-bundle-format=false', '--use-signing-config=false'];

describe('signArguments', () => {
  it.each([
    ['KMS key', {}, [...SIGN, '--key=awskms:///alias/release', ...NO_LOG, image]],
    ['key file', { key: file }, [...SIGN, '--key=cosign.key', ...NO_LOG, image]],
    ['public log', { transparencyLog: true }, [...SIGN, '--key=awskms:///alias/release', ...LOG, image]],
    [
      'legacy',
      { format: 'legacy' },
      [...SIGN, '--key=awskms:///alias/release', ...LEGACY, '--tlog-upload=false', image],
    ],
    [
      'legacy, public log',
      { format: 'legacy', transparencyLog: true },
      [...SIGN, '--key=awskms:///alias/release', ...LEGACY, '--tlog-upload=true', image],
    ],
    ['keyless', { key: keyless }, [...SIGN, '--oidc-provider=github-actions', ...LOG, image]],
    [
      'keyless, legacy',
      { key: keyless, format: 'legacy' },
      [...SIGN, '--oidc-provider=github-actions', ...LEGACY, '--tlog-upload=true', image],
    ],
    [
      'annotations',
      { annotations: { commit: 'a', run: '1', note: 'x,gate=passed', by: 'the "team"' } },
      [
        ...SIGN,
        '--key=awskms:///alias/release',
        ...NO_LOG,
        '--annotations=commit=a',
        '--annotations=run=1',
        '--annotations="note=x,gate=passed"',
        '--annotations="by=the ""team"""',
        image,
      ],
    ],
  ] as const)('%s', (_, overrides, expected) => {
    expect(signArguments(signing(overrides as Partial<SignRequest>))).toEqual(expected);
  });

  it.each([
    'registry/app:1',
    'registry/app',
    `registry/app@${digest}x`,
    `registry/app@sha256:1`,
  ])('never takes %s', (name) => {
    expect(() => signArguments(signing({ image: name }))).toThrow(/digests/);
    expect(() => verifyArguments(verifying({ image: name }))).toThrow(/digests/);
  });
});

describe('verifyArguments', () => {
  const CHECKS = ['--output=json', '--check-claims=true', '--timeout=60s'];
  const identity = {
    kind: 'identity',
    identity: 'https://github.com/o/r/.github/workflows/w.yml@refs/heads/main',
    issuer: 'https://token.actions.githubusercontent.com',
  } as const;
  it.each([
    [
      'bundle',
      {},
      [
        'verify-attestation',
        `--type=${SIGNATURE_TYPE}`,
        '--new-bundle-format=true',
        ...CHECKS,
        '--key=awskms:///alias/release',
        '--insecure-ignore-tlog=true',
        '--trusted-root=/private/tr.json',
        image,
      ],
    ],
    [
      'legacy',
      { format: 'legacy', annotations: { a: '1' } },
      [
        'verify',
        '--new-bundle-format=false',
        ...CHECKS,
        '--key=awskms:///alias/release',
        '--insecure-ignore-tlog=true',
        '--trusted-root=/private/tr.json',
        '--annotations=a=1',
        image,
      ],
    ],
    [
      'public log',
      { transparencyLog: true },
      [
        'verify-attestation',
        `--type=${SIGNATURE_TYPE}`,
        '--new-bundle-format=true',
        ...CHECKS,
        '--key=awskms:///alias/release',
        '--insecure-ignore-tlog=false',
        image,
      ],
    ],
    [
      'keyless',
      { verifier: identity },
      [
        'verify-attestation',
        `--type=${SIGNATURE_TYPE}`,
        '--new-bundle-format=true',
        ...CHECKS,
        `--certificate-identity=${identity.identity}`,
        `--certificate-oidc-issuer=${identity.issuer}`,
        '--insecure-ignore-tlog=false',
        image,
      ],
    ],
  ] as const)('%s', (_, overrides, expected) => {
    expect(verifyArguments(verifying(overrides as Partial<VerifyRequest>))).toEqual(expected);
  });
});

describe('childEnvironment', () => {
  const settings = { home: '/private', region: 'eu-central-1', key: 'kms' } as const;

  it('passes on what cosign needs and nothing that changes what it checks', () => {
    const environment = childEnvironment(
      {
        PATH: ['.', 'node_modules/.bin', '', '/bin'].join(delimiter),
        HOME: '/home/runner',
        AWS_ACCESS_KEY_ID: 'id',
        AWS_REGION: 'us-east-1',
        HTTPS_PROXY: 'http://proxy',
        COSIGN_CHECK_CLAIMS: 'false',
        COSIGN_PASSWORD: 'secret',
        SIGSTORE_ROOT_FILE: '/evil',
        TUF_ROOT: '/evil',
        DOCKER_CONFIG: '/home/runner/.docker',
        GITHUB_TOKEN: 'token',
        INPUT_IMAGE: 'x',
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc',
        LD_PRELOAD: '/evil.so',
        AWS_TLS_INSECURE_SKIP_VERIFY: '1',
      },
      settings,
    );
    expect(environment).toEqual({
      PATH: '/bin',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_REGION: 'eu-central-1',
      https_proxy: 'http://proxy/',
      HOME: '/private',
      DOCKER_CONFIG: '/private',
      TUF_ROOT: '/private/tuf',
      AWS_CONFIG_FILE: '/home/runner/.aws/config',
      AWS_SHARED_CREDENTIALS_FILE: '/home/runner/.aws/credentials',
    });
  });

  it.each([
    'AWS_TLS_INSECURE_SKIP_VERIFY',
    'aws_tls_insecure_skip_verify',
    'AWS_tls_Insecure_Skip_Verify',
    'AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS',
    'AWS_TEST_EC2_IMDS_WITH_USER_DATA',
    'AWS_SOMETHING_NEW',
    // Only Windows accepts this spelling.
    ...(process.platform === 'win32' ? [] : ['Aws_Session_Token', 'aws_region']),
    'AWS_',
    'GODEBUG',
    'godebug',
    'GOTRACEBACK',
    'SSLKEYLOGFILE',
    'COSIGN_REPOSITORY',
    'Cosign_Experimental',
    'SIGSTORE_REKOR_PUBLIC_KEY',
    'Tuf_Root',
    'REQUEST_METHOD',
    'LD_LIBRARY_PATH',
    'DYLD_INSERT_LIBRARIES',
    'PATHEXT',
    'GITHUB_WORKSPACE',
    'NODE_OPTIONS',
  ])('does not pass on %s, in whatever case', (name) => {
    const environment = childEnvironment({ [name]: '1' }, settings);
    expect(Object.keys(environment).sort()).toEqual(['AWS_REGION', 'DOCKER_CONFIG', 'HOME', 'TUF_ROOT']);
    expect(environment.AWS_REGION).toBe('eu-central-1');
    expect(environment.TUF_ROOT).toBe('/private/tuf');
  });

  it.each([
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_KMS',
    'AWS_CA_BUNDLE',
    'AWS_PROFILE',
    'AWS_ROLE_ARN',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'SSL_CERT_FILE',
  ])('passes on %s', (name) => {
    expect(childEnvironment({ [name]: 'x' }, settings)[name]).toBe('x');
  });

  it('passes on the proxy in the form that the action itself uses', () => {
    const parent = { HTTPS_PROXY: 'proxy:3128', NO_PROXY: 'internal.example' };
    expect(childEnvironment(parent, settings)).toMatchObject({
      https_proxy: 'http://proxy:3128/',
      no_proxy: 'internal.example,.internal.example',
    });
    expect(childEnvironment(parent, settings)).not.toHaveProperty('HTTPS_PROXY');
    expect(() => childEnvironment({ HTTP_PROXY: 'socks5://proxy' }, settings)).toThrow(/HTTP_PROXY/);
  });

  it('lets cosign trust the certificate authorities of NODE_EXTRA_CA_CERTS, unless it has its own', () => {
    const parent = { NODE_EXTRA_CA_CERTS: '/etc/corporate.pem' };
    expect(childEnvironment(parent, settings).SSL_CERT_FILE).toBe('/etc/corporate.pem');
    expect(childEnvironment(parent, settings)).not.toHaveProperty('NODE_EXTRA_CA_CERTS');
    expect(childEnvironment({ ...parent, SSL_CERT_FILE: '/go.pem' }, settings).SSL_CERT_FILE).toBe('/go.pem');
    expect(childEnvironment({ NODE_EXTRA_CA_CERTS: '' }, settings)).not.toHaveProperty('SSL_CERT_FILE');
  });

  it('has what programs need on Windows, where names of variables are not case-sensitive', () => {
    const { platform } = process;
    onTestFinished(() => {
      Object.defineProperty(process, 'platform', { value: platform });
    });
    Object.defineProperty(process, 'platform', { value: 'win32' });
    const parent = {
      USERPROFILE: 'C:\\Users\\runner',
      SystemRoot: 'C:\\Windows',
      TEMP: 'D:\\a\\_temp',
      aws_access_key_id: 'id',
      Aws_Tls_Insecure_Skip_Verify: '1',
      Cosign_Experimental: '1',
    };
    expect(childEnvironment(parent, { ...settings, searchPath: 'C:\\cosign' })).toEqual({
      PATH: 'C:\\cosign',
      SystemRoot: 'C:\\Windows',
      TEMP: 'D:\\a\\_temp',
      // cmd.exe and Go would otherwise find programs in the current directory.
      NoDefaultCurrentDirectoryInExePath: '1',
      AWS_ACCESS_KEY_ID: 'id',
      AWS_REGION: 'eu-central-1',
      AWS_CONFIG_FILE: 'C:\\Users\\runner/.aws/config',
      AWS_SHARED_CREDENTIALS_FILE: 'C:\\Users\\runner/.aws/credentials',
      HOME: '/private',
      DOCKER_CONFIG: '/private',
      TUF_ROOT: '/private/tuf',
    });
  });

  it('passes on the trusted PATH, if there is one', () => {
    const parent = { PATH: ['/checkout', '/bin'].join(delimiter) };
    expect(childEnvironment(parent, { ...settings, searchPath: '/bin' }).PATH).toBe('/bin');
  });

  it('passes on the password only for a key file, and the OIDC token only for keyless signing', () => {
    const parent = { COSIGN_PASSWORD: 'secret', ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc' };
    expect(childEnvironment(parent, { ...settings, key: 'file' }).COSIGN_PASSWORD).toBe('secret');
    expect(childEnvironment({}, { ...settings, key: 'file' }).COSIGN_PASSWORD).toBe('');
    expect(childEnvironment(parent, { ...settings, key: 'keyless' })).toMatchObject({
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'oidc',
    });
  });
});

function envelope(statement: object, payloadType = 'application/vnd.in-toto+json'): string {
  return JSON.stringify({
    payloadType,
    payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
    signatures: [],
  });
}

const statement = {
  predicateType: SIGNATURE_TYPE,
  subject: [{ digest: { sha256: 'a'.repeat(64) }, annotations: { commit: '1' } }],
};

describe('provesBundle', () => {
  it('accepts a signature of this digest with these annotations', () => {
    expect(provesBundle(`\n${envelope(statement)}\n`, digest)).toBe(true);
    expect(provesBundle(envelope(statement), digest, { commit: '1' })).toBe(true);
  });

  it.each([
    ['another digest', envelope(statement), other, {}],
    [
      'another type',
      envelope({ ...statement, predicateType: 'https://slsa.dev/verification_summary/v1' }),
      digest,
      {},
    ],
    ['another payload type', envelope(statement, 'text/plain'), digest, {}],
    ['no subject', envelope({ predicateType: SIGNATURE_TYPE, subject: [] }), digest, {}],
    ['a missing annotation', envelope(statement), digest, { commit: '2' }],
    ['no output', '', digest, {}],
    ['garbage', '{]', digest, {}],
    ['null', 'null', digest, {}],
  ] as const)('does not take %s', (_, stdout, wanted, annotations) => {
    expect(provesBundle(stdout, wanted, annotations)).toBe(false);
  });

  it('accepts no arbitrary text', () => {
    fc.assert(fc.property(fc.string(), (text) => !provesBundle(text, digest) && !provesLegacy(text, digest)));
    fc.assert(fc.property(fc.json(), (text) => !provesBundle(text, digest) && !provesLegacy(text, digest)));
  });
});

describe('attestArguments', () => {
  const what = { type: 'https://slsa.dev/verification_summary/v1', predicateFile: '/private/p.json' };
  it.each([
    ['KMS key', {}, ['--key=awskms:///alias/release', ...NO_LOG]],
    [
      'keyless, by services of one’s own',
      { key: keyless, ownServices: true },
      ['--oidc-provider=github-actions', ...NO_LOG],
    ],
    ['keyless', { key: keyless }, ['--oidc-provider=github-actions', ...LOG]],
    ['legacy', { format: 'legacy' }, ['--key=awskms:///alias/release', ...LEGACY, '--tlog-upload=false']],
  ] as const)('are as explicit as those of sign: %s', (_, overrides, expected) => {
    expect(attestArguments({ ...signing(overrides), ...what })).toEqual([
      'attest',
      '--yes',
      '--timeout=60s',
      ...expected,
      `--type=${what.type}`,
      '--predicate=/private/p.json',
      image,
    ]);
  });

  it('name an image by its digest alone', () => {
    expect(() => attestArguments({ ...signing({ image: 'app:1' }), ...what })).toThrow();
  });
});

describe('verifyAttestationArguments', () => {
  it.each([
    [
      'a pattern of identities, against the log',
      { verifier: { kind: 'identity-pattern', pattern: '^(?:x)$', issuer: 'https://i' } },
      [
        '--certificate-identity-regexp=^(?:x)$',
        '--certificate-oidc-issuer=https://i',
        '--insecure-ignore-tlog=false',
      ],
    ],
    [
      'a trusted root of one’s own',
      { verifier: { kind: 'identity', identity: 'x', issuer: 'https://i' }, ownServices: true },
      [
        '--certificate-identity=x',
        '--certificate-oidc-issuer=https://i',
        '--insecure-ignore-tlog=false',
        '--trusted-root=/private/tr.json',
      ],
    ],
    [
      'a key, without a log',
      {},
      ['--key=awskms:///alias/release', '--insecure-ignore-tlog=true', '--trusted-root=/private/tr.json'],
    ],
    [
      'an identity and a timestamp instead of the log, with the public trusted root',
      {
        verifier: { kind: 'identity', identity: 'x', issuer: 'https://i' },
        timestampInsteadOfLog: true,
      },
      [
        '--certificate-identity=x',
        '--certificate-oidc-issuer=https://i',
        '--insecure-ignore-tlog=true',
        '--use-signed-timestamps=true',
      ],
    ],
    [
      'a trusted root that names no log of certificates',
      {
        verifier: { kind: 'identity', identity: 'x', issuer: 'https://i' },
        timestampInsteadOfLog: true,
        ignoresCertificateLog: true,
        ownServices: true,
      },
      [
        '--certificate-identity=x',
        '--certificate-oidc-issuer=https://i',
        '--insecure-ignore-tlog=true',
        '--use-signed-timestamps=true',
        '--insecure-ignore-sct=true',
        '--trusted-root=/private/tr.json',
      ],
    ],
  ] as const)('by %s', (_, overrides, expected) => {
    expect(verifyAttestationArguments(verifying(overrides), 'urn:t')).toEqual([
      'verify-attestation',
      '--type=urn:t',
      '--new-bundle-format=true',
      '--output=json',
      '--check-claims=true',
      '--timeout=60s',
      ...expected,
      image,
    ]);
  });
});

describe('verifiedBundle', () => {
  const envelope = (type: string, sig: string) => ({
    payload: Buffer.from(
      JSON.stringify({
        predicateType: type,
        subject: [{ digest: { sha256: 'a'.repeat(64) } }],
        predicate: {},
      }),
    ).toString('base64'),
    payloadType: 'application/vnd.in-toto+json',
    signatures: [{ sig }],
  });
  const bundle = (type: string, sig: string) =>
    JSON.stringify({ mediaType: 'b', dsseEnvelope: envelope(type, sig) });
  const verified = ['1', '2'].map((sig) => JSON.stringify(envelope('t', sig))).join('\n');

  it('is one that cosign verified, with the same signature, and of the requested type', () => {
    const downloaded = [bundle('t', 'forged'), bundle('t', '1'), 'garbage', bundle('u', '2'), '{}', 'null'];
    const isWanted = ({ predicateType }: { predicateType: string }) => predicateType === 't';
    expect(verifiedBundle(downloaded.join('\n'), verified, isWanted)).toBe(bundle('t', '1'));
    expect(verifiedBundle(bundle('t', 'forged'), verified, isWanted)).toBeUndefined();
    expect(verifiedBundle(bundle('t', '1'), verified, () => false)).toBeUndefined();
    expect(verifiedBundle('', '', () => true)).toBeUndefined();
    for (const signatures of [[null], 'x', 7, null, {}]) {
      const strange = JSON.stringify({ ...envelope('t', '1'), signatures });
      expect(verifiedBundle(bundle('t', '1'), strange, isWanted)).toBeUndefined();
    }
  });
});

describe('provesLegacy', () => {
  const claim = {
    critical: { image: { 'docker-manifest-digest': digest }, type: 'cosign container image signature' },
    optional: { commit: '1' },
  };
  it('requires this digest, the type and the annotations', () => {
    expect(provesLegacy(`\n${JSON.stringify([claim])}`, digest, { commit: '1' })).toBe(true);
    expect(provesLegacy(JSON.stringify([{ ...claim, optional: null }]), digest)).toBe(true);
    expect(provesLegacy(JSON.stringify([claim]), other)).toBe(false);
    expect(provesLegacy(JSON.stringify([claim]), digest, { commit: '2' })).toBe(false);
    expect(
      provesLegacy(
        JSON.stringify([{ ...claim, critical: { ...claim.critical, type: SIGNATURE_TYPE } }]),
        digest,
      ),
    ).toBe(false);
    expect(provesLegacy('[]', digest)).toBe(false);
  });
});

describe('explainFailure', () => {
  it('ends without the colon after which cosign lists nothing', () => {
    const said = 'no matching attestations: ';
    expect(explainFailure(`Error: ${said}\nerror during command execution: ${said}\n`).message).toBe(
      'no matching attestations',
    );
  });

  it.each([
    [
      'getting public key: operation error KMS: GetPublicKey, https response error StatusCode: 400, api error AccessDeniedException: x',
      /kms:Sign/,
      false,
    ],
    ['signing with kms: operation error KMS: Sign, DisabledException: arn is disabled.', /Enable/, false],
    [
      'PUT https://x: TAG_INVALID: The image tag already exists and cannot be overwritten because the tag is immutable.',
      /signature-format: bundle/,
      false,
    ],
    ['GET https://x: unexpected status code 401 Unauthorized: Not Authorized', /ecr:PutImage/, false],
    ['PUT https://x: unexpected status code 503 Service Unavailable', /Run the step again/, true],
    ['read tcp: connection reset by peer', /Run the step again/, true],
    ['PUT https://x: UNKNOWN: The registry failed', /Run the step again/, true],
    ['PUT https://x: TOOMANYREQUESTS: Rate exceeded', /Run the step again/, true],
    // Fulcio's, Rekor's (both versions), the timestamp authority's and TUF's own words.
    ['signing bundle: Fulcio returned 503: no backend', /Run the step again/, true],
    ['signing bundle: Fulcio returned 400: bad token', undefined, false],
    ['signing bundle: [POST /api/v1/log/entries][502] createLogEntryDefault', /Run the step again/, true],
    [
      'signing bundle: adding rekor v2 entry: unexpected response: 500 server died',
      /Run the step again/,
      true,
    ],
    ['signing bundle: adding rekor v2 entry: unexpected response: 401 no', undefined, false],
    ['signing bundle: timestamp authority returned 504: later', /Run the step again/, true],
    ['getting trusted root: tuf refresh failed: Get "https://x": no route', /Run the step again/, true],
    ['Post "https://fulcio.sigstore.dev": dial tcp: lookup x: no such host', /Run the step again/, true],
    [
      'signing digest: KMS: GetPublicKey, KMSInvalidStateException: arn is pending deletion.',
      /Enable/,
      false,
    ],
    ['operation error KMS: GetPublicKey, Invalid Configuration: Missing Region', /AWS_REGION/, false],
    [
      'get identity: get credentials: failed to refresh cached credentials, no EC2 IMDS role found',
      /configure-aws-credentials/,
      false,
    ],
    ['decrypt: encrypted: decryption failed', /COSIGN_PASSWORD/, false],
    // Most messages contain the name of the repository, which must not select the hint.
    [
      'signing [h/password-oidc-service@sha256:1]: unexpected status code 403 Forbidden',
      /ecr:PutImage/,
      false,
    ],
    ['signing [h/password-oidc-service@sha256:1]: unexpected status code 404 Not Found', undefined, false],
  ] as const)('%s', (text, nextStep, transient) => {
    const failure = explainFailure(
      `WARNING: careful\nError: ${text}\nerror during command execution: ${text}\n`,
    );
    expect(failure).toMatchObject({ message: text, transient });
    if (nextStep === undefined) expect(failure.nextStep).toBeUndefined();
    else expect(failure.nextStep).toMatch(nextStep);
  });

  it('reports a crash without the stack trace', () => {
    const trace = (place: string) =>
      [
        'panic: runtime error: index out of range [0] with length 0',
        '',
        'goroutine 1 [running]:',
        `github.com/sigstore/sigstore/pkg/signature/${place}(...)`,
        '\tgithub.com/sigstore/cosign/v3@v3.0.6/cmd/cosign/main.go:64 +0x44f',
      ].join('\n');
    const message = 'it crashed (panic: runtime error: index out of range [0] with length 0)';
    expect(explainFailure(trace('kms/aws.(*cmk).HashFunc'))).toEqual({
      message,
      nextStep: expect.stringContaining('SIGN_VERIFY'),
      transient: false,
    });
    expect(explainFailure(trace('payload'))).toEqual({ message, nextStep: undefined, transient: false });
  });

  it('has a message for a program that prints nothing', () => {
    expect(explainFailure('').message).toBe('it printed nothing');
  });
});

describe('foundBy', () => {
  const said = (text: string) =>
    `WARNING: Skipping tlog verification\nError: ${text}\nerror during command execution: ${text}\n`;
  it.each<[string, ReturnType<typeof foundBy>]>([
    ['no matching attestations: ', 'nothing'],
    ['no matching attestations: failed to verify signature: x', 'nothing'],
    ['no signatures found', 'nothing'],
    ['no matching signatures: invalid signature', 'nothing'],
    ['none of the attestations matched the predicate type: a, found: b', 'other-types'],
    ['loading verifierfrom key opts: getting public key: no matching attestations', undefined],
    ['GET https://127.0.0.1/v2/: connection refused', undefined],
    ['no matching', undefined],
  ])('of %j is %s', (text, found) => {
    expect(foundBy(said(text))).toBe(found);
  });

  it('uses the first error, whatever others wrote into the rest of the message', () => {
    expect(foundBy(said('loading key: x\nError: no matching attestations: '))).toBeUndefined();
    expect(foundBy(said('no matching attestations: x\nError: loading key'))).toBe('nothing');
    expect(foundBy('')).toBeUndefined();
    expect(foundBy('panic: no matching attestations')).toBeUndefined();
  });
});
