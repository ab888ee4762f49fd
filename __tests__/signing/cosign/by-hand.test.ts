import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type ByHand, signatureCommand, summaryCommand } from '../../../src/signing/cosign/by-hand.ts';

const IMAGE = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app@sha256:${'a'.repeat(64)}`;
const RESOURCE = 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';
const POLICY = 'c'.repeat(64);
const VSA = 'https://slsa.dev/verification_summary/v1';
const PEM = '-----BEGIN PUBLIC KEY-----\nMFkw+/=\nEwYH\n-----END PUBLIC KEY-----\n';

function by(changes: Partial<ByHand> = {}): ByHand {
  return {
    image: IMAGE,
    format: 'bundle',
    verifier: { kind: 'key', reference: 'awskms:///alias/release' },
    region: 'eu-central-1',
    transparencyLog: false,
    trustedRoot: undefined,
    ...changes,
  };
}

const summary = (of: ByHand) =>
  summaryCommand(of, { type: VSA, resourceUri: RESOURCE, policySha256: POLICY });

const TYPE = '--type=https://sigstore.dev/cosign/sign/v1';

describe('signatureCommand', () => {
  it.each<[string, Partial<ByHand>, string]>([
    [
      'a KMS key',
      {},
      `AWS_REGION=eu-central-1 cosign verify-attestation ${TYPE} --key=awskms:///alias/release --insecure-ignore-tlog=true ${IMAGE}`,
    ],
    [
      'a public key file',
      { verifier: { kind: 'key', reference: "keys/team a's.pub" } },
      `cosign verify-attestation ${TYPE} '--key=keys/team a'\\''s.pub' --insecure-ignore-tlog=true ${IMAGE}`,
    ],
    [
      'a private key file, whose public key is in the command',
      { verifier: { kind: 'key', reference: '/private/public-key.pem', publicKey: PEM } },
      `PUBLIC_KEY="$(printf '%s\\n' '-----BEGIN PUBLIC KEY-----' MFkw+/= EwYH '-----END PUBLIC KEY-----')" cosign verify-attestation ${TYPE} --key=env://PUBLIC_KEY --insecure-ignore-tlog=true ${IMAGE}`,
    ],
    [
      'a key whose signatures are in the log of private services',
      { transparencyLog: true, trustedRoot: 'sigstore/root.json' },
      `AWS_REGION=eu-central-1 cosign verify-attestation ${TYPE} --key=awskms:///alias/release --trusted-root=sigstore/root.json ${IMAGE}`,
    ],
    [
      'an identity',
      {
        verifier: {
          kind: 'identity',
          identity: 'https://github.com/team/app/.github/workflows/gate.yml@refs/heads/main',
          issuer: 'https://token.actions.githubusercontent.com',
        },
      },
      `cosign verify-attestation ${TYPE} --certificate-identity=https://github.com/team/app/.github/workflows/gate.yml@refs/heads/main --certificate-oidc-issuer=https://token.actions.githubusercontent.com ${IMAGE}`,
    ],
    [
      'a pattern of identities',
      { verifier: { kind: 'identity-pattern', pattern: '^(?:https://x/.*)$', issuer: 'https://i' } },
      `cosign verify-attestation ${TYPE} '--certificate-identity-regexp=^(?:https://x/.*)$' --certificate-oidc-issuer=https://i ${IMAGE}`,
    ],
    [
      'a legacy signature',
      { format: 'legacy' },
      `AWS_REGION=eu-central-1 cosign verify --new-bundle-format=false --key=awskms:///alias/release --insecure-ignore-tlog=true ${IMAGE}`,
    ],
  ])('verifies %s', (_, changes, command) => {
    expect(signatureCommand(by(changes), {})).toBe(command);
  });

  it('verifies annotations', () => {
    expect(signatureCommand(by({ format: 'legacy' }), { a: 'b,c' })).toContain(
      ` verify --new-bundle-format=false '--annotations="a=b,c"' `,
    );
    expect(signatureCommand(by(), { a: 'b' })).toMatch(/ \| jq --exit-status --slurp 'any\(.*\)'$/);
  });
});

const directory = mkdtempSync(join(tmpdir(), 'gate-by-hand-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));
const bin = join(directory, 'bin');
const output = join(directory, 'output');
execFileSync('mkdir', [bin]);
/** In place of cosign: prints what it is told to, and records its arguments and the variables. */
writeFileSync(
  join(bin, 'cosign'),
  `#!/bin/sh\n{ printf '%s\\000' "$PUBLIC_KEY" "$AWS_REGION" "$@"; } > "${directory}/arguments"\ncat "${output}"\n`,
  { mode: 0o755 },
);

function shell(command: string) {
  return spawnSync('sh', ['-c', command], {
    cwd: bin,
    env: { PATH: `${bin}:${process.env.PATH}` },
    encoding: 'utf8',
  });
}

/** Runs a command whose cosign prints these statements. */
function played(command: string, statements: readonly unknown[]): number | null {
  const envelope = (statement: unknown) => ({
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from(JSON.stringify(statement)).toString('base64'),
  });
  writeFileSync(output, statements.map((one) => `${JSON.stringify(envelope(one))}\n`).join(''));
  return shell(command).status;
}

/** Text with everything that a shell, jq or cosign could read as syntax. */
const hostile = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
    fc
      .array(
        fc.constantFrom(
          "'",
          '"',
          '\\',
          '$(touch x)',
          '`touch x`',
          '\\(',
          '${IFS}',
          ';',
          '&',
          '|',
          '\n',
          '!',
          '*',
          '~',
          '#',
          '-',
          ' ',
          'é',
          '\u202e',
          '%s',
          '=',
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join('')),
  )
  .filter((text) => !text.includes('\0') && text.isWellFormed());

describe('in a shell', () => {
  it('passes every value as one argument that is not executed', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (identity, issuer, path, value) => {
        writeFileSync(output, '');
        const unlogged = '--insecure-ignore-tlog=true';
        const expected = [
          [
            { verifier: { kind: 'identity', identity, issuer } },
            [`--certificate-identity=${identity}`, `--certificate-oidc-issuer=${issuer}`],
          ],
          [{ verifier: { kind: 'key', reference: path } }, [`--key=${path}`, unlogged]],
          [
            { transparencyLog: true, trustedRoot: path, region: value },
            ['--key=awskms:///alias/release', `--trusted-root=${path}`],
          ],
        ] as const satisfies readonly (readonly [Partial<ByHand>, readonly string[]])[];
        for (const [changes, args] of expected) {
          const of = by(changes);
          for (const [type, command] of [
            [TYPE, signatureCommand(of, { [identity]: value })],
            [`--type=${VSA}`, summary(of)],
          ] as const) {
            const { stderr } = shell(command);
            expect([command, stderr]).toEqual([command, '']);
            const [, region, ...received] = readArguments();
            expect(received).toEqual(['verify-attestation', type, ...args, IMAGE]);
            if (of.trustedRoot !== undefined) expect(region).toBe(value);
          }
        }
        expect(readdirSync(bin)).toEqual(['cosign']);
      }),
      { numRuns: 15 },
    );
  });

  it('cosign gets the public key as it is', () => {
    shell(signatureCommand(by({ verifier: { kind: 'key', reference: '/x', publicKey: PEM } }), {}));
    expect(readArguments()[0]).toBe(PEM.trim());
  });

  it('the annotations of a bundle have to be those of the signature', () => {
    fc.assert(
      fc.property(hostile, hostile, (name, value) => {
        const command = signatureCommand(by(), { [name]: value });
        const signed = (annotations: object) => ({ subject: [{ digest: {}, annotations }] });
        expect(played(command, [signed({ other: 'x' }), signed({ [name]: value, more: 'y' })])).toBe(0);
        for (const wrong of [
          [],
          [signed({})],
          [signed({ [name]: `${value}x` })],
          [signed({ [`${name}x`]: value })],
        ]) {
          expect(played(command, wrong)).not.toBe(0);
        }
      }),
      { numRuns: 8 },
    );
  });

  const says = (changes: Record<string, unknown> = {}) => ({
    predicate: {
      verifier: { id: 'urn:ecr-deployment-gate' },
      resourceUri: RESOURCE,
      policy: { digest: { sha256: POLICY } },
      verificationResult: 'PASSED',
      ...changes,
    },
  });

  it.each<[string, boolean, readonly unknown[]]>([
    ['one that passes', true, [says()]],
    [
      'one of another policy as well',
      true,
      [says({ policy: { digest: { sha256: 'd'.repeat(64) } } }), says()],
    ],
    ['none', false, []],
    ['one that failed', false, [says({ verificationResult: 'FAILED' })]],
    ['one that failed, and one that passes', false, [says(), says({ verificationResult: 'FAILED' })]],
    [
      'one that does not say what came of it, and one that passes',
      false,
      [says({ verificationResult: undefined }), says()],
    ],
    ['one of another policy', false, [says({ policy: { digest: { sha256: 'd'.repeat(64) } } })]],
    ['one without a policy', false, [says({ policy: undefined })]],
    ['one for another repository', false, [says({ resourceUri: `${RESOURCE}2` })]],
    ['one by another verifier', false, [says({ verifier: { id: 'urn:other' } })]],
    [
      'two of which each is right in part',
      false,
      [says({ resourceUri: 'x' }), says({ verifier: { id: 'urn:other' } })],
    ],
    ['one that is not a predicate', false, [{}]],
  ])('of the summaries, %s: %s', (_, succeeds, statements) => {
    expect(played(summary(by()), statements) === 0).toBe(succeeds);
  });
});

function readArguments(): string[] {
  return execFileSync('cat', [join(directory, 'arguments')], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}
