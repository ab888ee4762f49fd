import { describe, expect, it } from 'vitest';
import {
  certificateMetadata,
  inspectArguments,
  isOnlyBy,
  isSupported,
  parseVersion,
  provesSignature,
  signArguments,
  verdictMetadata,
  verifyArguments,
} from '../../../src/signing/notation/arguments.ts';
import { notationEnvironment, pluginDirectories } from '../../../src/signing/notation/environment.ts';
import { explainFailure } from '../../../src/signing/notation/failures.ts';
import { parseNotationKey } from '../../../src/signing/notation/key.ts';

const IMAGE = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app@sha256:${'a'.repeat(64)}`;
const TARGET = { registry: { account: '123456789012', region: 'eu-central-1' }, repository: 'team/app' };
const PROFILE = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release';

describe('the arguments of notation', () => {
  it('name the image by digest, and write no tag', () => {
    const args = signArguments(IMAGE, verdictMetadata(TARGET, 'b'.repeat(64)), undefined);
    expect(args).toContain('--force-referrers-tag=false');
    expect(args).toContain('--key=gate');
    expect(args.at(-1)).toBe(IMAGE);
    const tag = IMAGE.replace(/@.*/, ':1.4.2');
    expect(() => signArguments(tag, {}, undefined)).toThrow('digests only');
    expect(() => verifyArguments(tag, {}, undefined)).toThrow('digests only');
    expect(() => inspectArguments(tag)).toThrow('digests only');
  });

  it('name the profile, its plugin and its region', () => {
    const args = signArguments(IMAGE, {}, { arn: PROFILE, region: 'eu-central-1' });
    expect(args).toContain(`--id=${PROFILE}`);
    expect(args).toContain('--plugin-config=aws-region=eu-central-1');
  });

  it('always require the verdict of the gate, for this repository', () => {
    for (const policy of [undefined, 'c'.repeat(64)]) {
      expect(verifyArguments(IMAGE, verdictMetadata(TARGET, policy), undefined)).toEqual(
        expect.arrayContaining([
          '--user-metadata=urn:ecr-deployment-gate:verdict=PASSED',
          '--user-metadata=urn:ecr-deployment-gate:resource=oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app',
        ]),
      );
    }
  });
});

describe('isOnlyBy', () => {
  const [own, other] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string];
  const by = (...chain: string[]) =>
    chain.map((SHA256Fingerprint) => ({ SHA256Fingerprint, issuedTo: 'CN=gate' }));
  const naming = (certificates: object, userDefinedAttributes: object | null = certificateMetadata(own)) => ({
    digest: `sha256:${'a'.repeat(64)}`,
    userDefinedAttributes,
    certificates,
  });
  const isOwn = (...Signatures: unknown[]) => isOnlyBy(JSON.stringify({ mediaType: 'x', Signatures }), own);

  it('accepts a certificate whose own signatures alone name it', () => {
    expect(isOwn(naming(by(own, other)))).toBe(true);
    expect(isOwn(naming(by(own)), naming(by(own)))).toBe(true);
    expect(isOwn(naming(by(other), certificateMetadata(other)), naming(by(own)))).toBe(true);
    expect(isOwn(naming(by(other), null), naming(by(own)))).toBe(true);
  });

  it('refuses what does not show that the certificate made the signature', () => {
    expect(isOwn()).toBe(false);
    expect(isOwn(naming(by(other, own)))).toBe(false);
    expect(isOwn(naming([]))).toBe(false);
    expect(isOwn(naming(by(own), {}), naming(by(own), null))).toBe(false);
    expect(isOwn(naming(by(own)), naming(by(other)))).toBe(false);
    expect(isOwn(naming(by(other)), naming(by(own)))).toBe(false);
    expect(isOwn(naming(by(own)), {})).toBe(false);
    expect(isOwn(naming(by(own)), null)).toBe(false);
    const text = JSON.stringify({ Signatures: [naming(by(own))] });
    expect(isOnlyBy(text, own)).toBe(true);
    for (const wrong of ['', '{}', '[]', 'null', `${text}\nWarning: more than 100`, text.slice(0, -1)])
      expect(isOnlyBy(wrong, own), wrong).toBe(false);
  });
});

describe('provesSignature', () => {
  const stdout = `Successfully verified signature for ${IMAGE}\n`;
  it('accepts only the message for this image, without a check that was only logged', () => {
    expect(provesSignature({ stdout, stderr: '' }, IMAGE)).toBe(true);
    const other = IMAGE.replace(/a{64}$/, 'b'.repeat(64));
    expect(provesSignature({ stdout, stderr: '' }, other)).toBe(false);
    const skipped = `Trust policy is configured to skip signature verification for ${IMAGE}\n`;
    expect(provesSignature({ stdout: skipped, stderr: '' }, IMAGE)).toBe(false);
    expect(provesSignature({ stdout: '', stderr: stdout }, IMAGE)).toBe(false);
    expect(provesSignature({ stdout: `x\n${stdout}`, stderr: '' }, IMAGE)).toBe(false);
    const logged = 'Warning: authenticity was set to "log" and failed with error: no identity\n';
    expect(provesSignature({ stdout, stderr: logged }, IMAGE)).toBe(false);
  });
});

describe('the version of notation', () => {
  it('is read from its output', () => {
    expect(parseVersion('Notation - a tool.\n\nVersion:     v1.3.2+unreleased\nGo version:  go1.26\n')).toBe(
      'v1.3.2+unreleased',
    );
    expect(parseVersion('1.3.2')).toBeUndefined();
  });

  it.each([
    ['v1.3.0', true],
    ['1.3.2', true],
    ['v1.3.2+unreleased', true],
    ['v1.4.0-rc.1', true],
    ['v1.3.0-rc.2', false],
    ['v1.2.0', false],
    ['v2.0.0', false],
    ['v0.13.0', false],
  ])('%s is supported: %s', (version, supported) => {
    expect(isSupported(version)).toBe(supported);
  });
});

describe('the environment of notation', () => {
  const parent = {
    PATH: '/usr/bin',
    HOME: '/home/runner',
    AWS_ACCESS_KEY_ID: 'id',
    NOTATION_CONFIG: '/evil',
    NOTATION_LIBEXEC: '/libexec',
    NOTATION_EXPERIMENTAL: '1',
    NOTATION_USERNAME: 'other',
    GITHUB_TOKEN: 'secret',
    COSIGN_PASSWORD: 'secret',
    AWS_TLS_INSECURE_SKIP_VERIFY: '1',
  };
  const login = { user: 'AWS', password: 'token' };
  it('has the private directory and the login, and no unneeded variables of the job', () => {
    const environment = notationEnvironment(parent, {
      home: '/private',
      searchPath: '/usr/bin',
      login,
      plugin: undefined,
    });
    expect(environment).toEqual({
      PATH: '/usr/bin',
      HOME: '/private',
      XDG_CONFIG_HOME: '/private',
      XDG_CACHE_HOME: '/private',
      DOCKER_CONFIG: '/private',
      NOTATION_CONFIG: '/private/config',
      NOTATION_LIBEXEC: '/private/config',
      NOTATION_CACHE: '/private/cache',
      NOTATION_USERNAME: 'AWS',
      NOTATION_PASSWORD: 'token',
    });
  });

  it('has AWS credentials only if a plugin is used', () => {
    const settings = { home: '/private', searchPath: '/usr/bin', login, plugin: { region: 'eu-west-1' } };
    const environment = notationEnvironment(parent, settings);
    expect(environment).toMatchObject({ AWS_ACCESS_KEY_ID: 'id', AWS_REGION: 'eu-west-1' });
    expect(environment).not.toHaveProperty('AWS_TLS_INSECURE_SKIP_VERIFY');
    expect(Object.values(environment)).not.toContain('secret');
  });

  it('searches plugins where notation does', () => {
    expect(pluginDirectories(parent)).toEqual(['/libexec/plugins', '/evil/plugins']);
    expect(pluginDirectories({})).toEqual([]);
  });
});

describe('parseNotationKey', () => {
  it('reads the keys of notation, and leaves others to cosign', () => {
    expect(parseNotationKey('notation:gate')).toEqual({ kind: 'named', name: 'gate' });
    expect(parseNotationKey(PROFILE)).toMatchObject({ kind: 'profile', region: 'eu-central-1' });
    expect(parseNotationKey('keyless')).toBeUndefined();
    expect(parseNotationKey('arn:aws:kms:eu-central-1:123456789012:alias/release')).toBeUndefined();
    for (const text of ['notation:', 'notation:../x', 'notation:a b', `${PROFILE}/version`, `${PROFILE}-x`]) {
      expect(() => parseNotationKey(text)).toThrow();
    }
  });
});

describe('explainFailure', () => {
  it('names the reason of each signature, and what to do', () => {
    const reason =
      'failed to verify signature with digest sha256:1, unable to find specified metadata in the signature';
    const stderr = `time="2026-11-26T07:00:00Z" level=warning msg="Signature sha256:1 failed verification with error: ${reason}"\nError: signature verification failed for all the signatures associated with ${IMAGE}\n`;
    const failure = explainFailure(stderr);
    expect(failure).toMatchObject({ message: reason, transient: false, isUnsigned: false });
    expect(failure.nextStep).toContain('managed signing');
  });

  it('tells an unsigned image, and failures of the network, from others', () => {
    const unsigned = `Error: signature verification failed: no signature is associated with "${IMAGE}", make sure the artifact was signed successfully\n`;
    expect(explainFailure(unsigned)).toMatchObject({ isUnsigned: true, transient: false });
    expect(explainFailure('Error: dial tcp: i/o timeout').transient).toBe(true);
    const busy =
      'Error: GET "https://host/v2/app/referrers/x": response status code 503: Service Unavailable';
    expect(explainFailure(busy).transient).toBe(true);
    const denied = explainFailure('Error: PUT "https://host/v2/app": response status code 403: denied: no');
    expect(denied).toMatchObject({ transient: false, nextStep: expect.stringContaining('ecr:PutImage') });
    // Digits of a digest are no status.
    expect(explainFailure(`Error: no match for sha256:${'4031'.repeat(16)}`).nextStep).toBeUndefined();
    expect(explainFailure('').message).toBe('it printed nothing');
  });
});
