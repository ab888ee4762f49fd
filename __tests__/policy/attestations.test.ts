/** Attestations that a policy requires: what can be written, and which predicates satisfy it. */

import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { unmetCondition } from '../../src/policy/attestations.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { effectiveSettings } from '../../src/policy/minimum.ts';
import { EMPTY_POLICY } from '../../src/policy/policy.ts';
import type { RequiredAttestation } from '../../src/results/attestation.ts';
import {
  buildKitV1,
  buildKitV02,
  githubProvenance,
  PROVENANCE_V1,
  PROVENANCE_V02,
} from '../signing/provenance.ts';
import { bytes, gateError } from './errors.ts';

const PEM = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();
const PRIVATE = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const ARN = 'arn:aws:kms:eu-central-1:123456789012:alias/build';
const IDENTITY = 'https://github.com/team/app/.github/workflows/build.yml@refs/heads/main';
const ROOT = '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}';

const by = { type: PROVENANCE_V1, 'certificate-identity': IDENTITY };
const parse = (...attestations: readonly object[]) =>
  parsePolicy(bytes(stringify({ version: 1, attestations })), 'gate.yml').attestations;
const refusal = (one: object) => gateError(() => parse(one));

describe('attestations in a policy', () => {
  it('are none by default, and leave the parsed policy as it was', () => {
    expect(parsePolicy(bytes('version: 1'), 'gate.yml')).toEqual(EMPTY_POLICY);
    expect(Object.keys(parsePolicy(bytes('version: 1\nattestations: []'), 'gate.yml'))).toEqual(
      Object.keys(EMPTY_POLICY),
    );
  });

  it('are read with their defaults', () => {
    const none = {
      trustedRoot: undefined,
      builder: undefined,
      sourceRepository: undefined,
      maxAgeMs: undefined,
    };
    const identity = {
      kind: 'identity',
      identity: IDENTITY,
      issuer: 'https://token.actions.githubusercontent.com',
    };
    expect(parse(by)).toEqual([{ ...none, type: PROVENANCE_V1, signer: identity, transparencyLog: true }]);
    const kms = { kind: 'kms', reference: `awskms:///${ARN}`, region: 'eu-central-1' };
    for (const key of [ARN, `awskms:///${ARN}`]) {
      expect(parse({ type: 'https://spdx.dev/Document', key })).toEqual([
        { ...none, type: 'https://spdx.dev/Document', signer: kms, transparencyLog: false },
      ]);
    }
    expect(parse({ type: PROVENANCE_V1, key: PEM })).toEqual([
      { ...none, type: PROVENANCE_V1, signer: { kind: 'public-key', pem: PEM }, transparencyLog: false },
    ]);
    expect(
      parse({
        ...by,
        'certificate-oidc-issuer': 'https://gitlab.com',
        'trusted-root': ROOT,
        'transparency-log': false,
        builder: 'https://github.com/team/**',
        'source-repository': ['https://github.com/team/*', 'https://github.com/other/app'],
        'max-age': '30d',
      }),
    ).toEqual([
      {
        type: PROVENANCE_V1,
        signer: { ...identity, issuer: 'https://gitlab.com' },
        trustedRoot: ROOT,
        transparencyLog: false,
        builder: ['https://github.com/team/**'],
        sourceRepository: ['https://github.com/team/*', 'https://github.com/other/app'],
        maxAgeMs: 30 * 86_400_000,
      },
    ]);
  });

  it('of minimum are required too', () => {
    const policy = stringify({
      version: 1,
      attestations: [by],
      minimum: { attestations: [{ ...by, type: 'urn:b' }] },
    });
    expect(parsePolicy(bytes(policy), 'gate.yml').attestations?.map(({ type }) => type)).toEqual([
      PROVENANCE_V1,
      'urn:b',
    ]);
  });

  it.each<[object, RegExp]>([
    [{ type: PROVENANCE_V1 }, /attestations\[0\]: expected exactly one of key and certificate-identity/],
    [{ ...by, key: ARN }, /expected exactly one of key and certificate-identity/],
    [{ 'certificate-identity': IDENTITY }, /attestations\[0\]\.type: is missing/],
    [{ ...by, type: 'slsaprovenance1' }, /attestations\[0\]\.type: expected the full URI/],
    [
      { ...by, type: 'https://slsa.dev/verification_summary/v1' },
      /attestations\[0\]\.type: is the type of a verification summary/,
    ],
    [{ ...by, type: 'https://slsa.dev/Verification-Summary/v2' }, /is the type of a verification summary/],
    [
      { ...by, 'certificate-identity': 'https://github.com/team/*' },
      /expected the exact identity .* without globs/,
    ],
    [{ ...by, 'certificate-identity': 'a b' }, /expected the exact identity/],
    [{ ...by, 'certificate-oidc-issuer': 'http://issuer' }, /certificate-oidc-issuer: expected an https URL/],
    [
      { type: PROVENANCE_V1, key: ARN, 'certificate-oidc-issuer': 'https://gitlab.com' },
      /certificate-oidc-issuer: is not used/,
    ],
    // Which key these are would depend on the workflow: its account, or its checkout.
    [{ type: PROVENANCE_V1, key: 'alias/build' }, /key: expected the ARN of a KMS key, or a public key/],
    [{ type: PROVENANCE_V1, key: 'awskms:///alias/build' }, /key: expected the ARN/],
    [{ type: PROVENANCE_V1, key: `awskms://localhost:4566/${ARN}` }, /key: expected the ARN/],
    [{ type: PROVENANCE_V1, key: 'cosign.pub' }, /key: expected the ARN/],
    [{ type: PROVENANCE_V1, key: PRIVATE }, /key: expected the ARN/],
    [
      { type: PROVENANCE_V1, key: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' },
      /key: is not a public key/,
    ],
    [{ ...by, type: 'https://spdx.dev/Document', builder: '**' }, /builder: applies only to SLSA provenance/],
    [
      { ...by, type: 'https://cyclonedx.org/bom', 'source-repository': 'https://github.com/team/*' },
      /source-repository: applies only to SLSA provenance/,
    ],
    [{ ...by, 'source-repository': 'https://github.com/team*' }, /literal https:\/\/HOST\/OWNER\//],
    [{ ...by, 'source-repository': 'https://github.com/*/app' }, /literal https:\/\/HOST\/OWNER\//],
    [{ ...by, 'source-repository': 'https://{github.com,evil.example}/team/app' }, /literal/],
    [{ ...by, 'source-repository': '**' }, /literal https:\/\/HOST\/OWNER\//],
    [{ ...by, 'source-repository': [] }, /at least one glob/],
    [{ type: PROVENANCE_V1, key: ARN, 'max-age': '30d' }, /max-age: applies only to an identity, because/],
    [{ type: PROVENANCE_V1, key: PEM, 'transparency-log': true, 'max-age': '30d' }, /max-age: applies only/],
    [{ ...by, 'max-age': '0d' }, /max-age: expected a duration/],
    [{ ...by, 'trusted-root': '{}' }, /trusted-root: expected the JSON of one Sigstore trusted root/],
    [{ ...by, 'trusted-root': `${ROOT}\n${ROOT}` }, /trusted-root: expected the JSON of one/],
    [{ ...by, 'trusted-root': 'root.json' }, /trusted-root: expected a Sigstore trusted root/],
    [{ type: PROVENANCE_V1, key: ARN, 'trusted-root': ROOT }, /trusted-root: is not used/],
    [{ ...by, identity: 'x' }, /attestations\[0\]: unknown key|did you mean/],
  ])('are refused with their place: %j', (one, message) => {
    const error = refusal(one);
    expect(error.code).toBe('input');
    expect(error.message).toMatch(message);
    expect(error.nextStep).toBeTruthy();
  });

  it('are at most ten', () => {
    expect(parse(...Array.from({ length: 10 }, () => ({ ...by })))).toHaveLength(10);
    expect(gateError(() => parse(...Array.from({ length: 11 }, () => ({ ...by })))).message).toMatch(
      /expected at most 10 attestations, got 11/,
    );
  });

  it('cannot be changed by any input', () => {
    const document = parsePolicy(bytes(stringify({ version: 1, attestations: [by] })), 'gate.yml');
    const threshold = fc.constantFrom('none', 'critical', 'low', undefined);
    const settings = fc.record({
      failOn: threshold,
      warnOn: threshold,
      ignoreUnfixed: fc.boolean(),
      enforce: fc.boolean(),
      scanType: fc.constantFrom('enhanced', 'basic'),
      timeoutMs: fc.nat(),
      settleTimeMs: fc.nat(),
      signing: fc.boolean(),
      baseline: fc.boolean(),
      baseImages: fc.constant([]),
      exceptions: fc.boolean(),
      vex: fc.boolean(),
      recheck: fc.boolean(),
    });
    fc.assert(
      fc.property(settings, (inputs) => {
        expect(effectiveSettings(inputs as never, document).policy.attestations).toEqual(
          document.attestations,
        );
      }),
    );
  });
});

const wanted = (changes: Partial<RequiredAttestation>): RequiredAttestation => ({
  type: PROVENANCE_V1,
  signer: { kind: 'identity', identity: IDENTITY, issuer: 'https://token.actions.githubusercontent.com' },
  trustedRoot: undefined,
  transparencyLog: true,
  builder: undefined,
  sourceRepository: undefined,
  maxAgeMs: undefined,
  ...changes,
});
const NONE = { kind: 'none' } as const;
const TEAM = wanted({ sourceRepository: ['https://github.com/team/*'] });
const source = (uri: unknown) => unmetCondition(TEAM, buildKitV1(uri), NONE);

describe('the conditions', () => {
  it('hold for the documents of GitHub and BuildKit', () => {
    const builder = ['https://github.com/team/app/.github/workflows/*@refs/heads/*'];
    const run = ['https://github.com/team/app/actions/runs/*/attempts/*'];
    const sourceRepository = ['https://github.com/team/*'];
    expect(unmetCondition(wanted({ builder, sourceRepository }), githubProvenance(), NONE)).toBeUndefined();
    expect(unmetCondition(wanted({ builder: run, sourceRepository }), buildKitV1(), NONE)).toBeUndefined();
    const v02 = wanted({ type: PROVENANCE_V02, builder: run, sourceRepository });
    expect(unmetCondition(v02, buildKitV02(), NONE)).toBeUndefined();
    // The fields of the other version do not count.
    expect(unmetCondition(v02, buildKitV1(), NONE)).toMatch(/does not name its builder/);
    expect(unmetCondition(wanted({ builder: run }), buildKitV02(), NONE)).toMatch(
      /does not name its builder/,
    );
  });

  it.each([
    'https://github.com/team/app',
    'https://github.com/team/app/',
    'https://github.com/team/app.git',
    'git+https://github.com/team/app@refs/heads/main',
    'git+https://github.com/team/app.git@refs/tags/v1@2',
    'https://github.com/team/app.git#refs/heads/main:service',
    'https://github.com/team/app.git?ref=main&subdir=x',
    'https://GitHub.com/team/app',
  ])('read the repository in %s', (uri) => {
    expect(source(uri)).toBeUndefined();
  });

  it.each([
    'https://github.com/other/app',
    'https://github.com/team-2/app',
    'https://github.com/team/app/extra',
    'https://github.com/team',
    'https://evil.example/https://github.com/team/app',
    'https://github.com@evil.example/team/app',
    'https://github.com:pass@evil.example/team/app',
    'https://github.com/team/../other/app',
    'https://github.com/team/app@/../../../other/app',
    'https://github.com/team/%2e%2e/other/app',
    'https://github.com/other/app#https://github.com/team/app',
    'https://github.com\\@evil.example/team/app',
    'https://github.com/team\\app',
    'https://github.com/other/%2e%2e/team/app',
    'https://github.com/te\tam/app',
    'https://github.com.evil.example/team/app',
    'http://github.com/team/app',
    'ssh://git@github.com/team/app',
    'git@github.com:team/app.git',
    'https://github.com//team/app',
    'https://githuв.com/team/app',
    '',
    ' https://github.com/team/app',
    `https://github.com/team/${'a'.repeat(3_000)}`,
    null,
    42,
    ['https://github.com/team/app'],
    { toString: 'https://github.com/team/app' },
  ])('do not take %j for a repository of the team', (uri) => {
    expect(source(uri)).toBeTypeOf('string');
  });

  it('need the certificate of an identity to agree', () => {
    const known = (uri: string) => unmetCondition(TEAM, githubProvenance(), { kind: 'known', uri });
    expect(known('https://github.com/team/app')).toBeUndefined();
    expect(known('https://github.com/Team/App')).toBeUndefined();
    expect(known('https://github.com/team/other')).toMatch(/but its certificate was issued for/);
    expect(known('')).toMatch(/but its certificate was issued for/);
    expect(unmetCondition(TEAM, githubProvenance(), { kind: 'unreadable' })).toMatch(/could not be read/);
  });

  it('do not hold for a predicate that names two repositories', () => {
    const both = githubProvenance();
    const twice = {
      ...both,
      buildDefinition: {
        ...both.buildDefinition,
        externalParameters: {
          ...both.buildDefinition.externalParameters,
          configSource: { uri: 'https://github.com/other/app' },
        },
      },
    };
    expect(unmetCondition(TEAM, twice, NONE)).toMatch(/names several source repositories/);
  });

  it('hold for no predicate without the fields, whatever else it is', () => {
    const required = wanted({ builder: ['**'], sourceRepository: ['https://github.com/**/*'] });
    fc.assert(
      fc.property(fc.anything(), (predicate) => {
        expect(unmetCondition(required, predicate, NONE)).toBeTypeOf('string');
        expect(unmetCondition({ ...required, type: PROVENANCE_V02 }, predicate, NONE)).toBeTypeOf('string');
      }),
    );
  });

  it('shorten what they quote', () => {
    const words = unmetCondition(
      wanted({ builder: ['x'] }),
      githubProvenance({ builder: 'b'.repeat(100_000) }),
      NONE,
    );
    expect(words?.length).toBeLessThan(400);
  });
});
