import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signingProfile } from '../../../src/signing/notation/profile.ts';
import { parseTrustPolicy } from '../../../src/signing/notation/trust-policy.ts';

const PROFILE = 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release_1';
const SUBJECT = 'x509.subject: C=US, ST=WA, O=Acme, CN=gate';

function statement(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'release',
    registryScopes: ['*'],
    signatureVerification: { level: 'strict' },
    trustStores: ['ca:release'],
    trustedIdentities: [SUBJECT],
    ...changes,
  };
}

function parse(...statements: readonly Record<string, unknown>[]) {
  return parseTrustPolicy(JSON.stringify({ version: '1.0', trustPolicies: statements }));
}

const SIGNER = { trustStores: ['signingAuthority:aws-signer-ts'], trustedIdentities: [PROFILE] };

describe('parseTrustPolicy', () => {
  it('reads identities, profiles and stores', () => {
    expect(parse(statement())).toMatchObject({
      identities: [SUBJECT],
      profiles: [],
      stores: [{ type: 'ca', name: 'release' }],
    });
    expect(parse(statement(SIGNER))).toMatchObject({
      identities: [PROFILE],
      profiles: [{ arn: PROFILE, region: 'eu-central-1' }],
      stores: [{ type: 'signingAuthority', name: 'aws-signer-ts' }],
    });
  });

  it('accepts no level but strict, in whatever statement it is and however it is written', () => {
    const level = fc.oneof(
      fc.constantFrom('audit', 'skip', 'permissive', 'Strict', 'STRICT', 'strict ', '', 'custom'),
      fc.string(),
    );
    fc.assert(
      fc.property(level, fc.nat(3), (other, at) => {
        fc.pre(other !== 'strict');
        const statements = [statement(), statement({ name: 'second' }), statement({ name: 'third' })];
        statements.splice(at, 0, statement({ name: 'bad', signatureVerification: { level: other } }));
        expect(() => parse(...statements)).toThrow(/has the level/);
      }),
    );
  });

  it('accepts no override that weakens a check, and removes one that does not', () => {
    for (const check of [
      'integrity',
      'authenticity',
      'authenticTimestamp',
      'expiry',
      'revocation',
      'other',
    ]) {
      for (const action of ['log', 'skip', 'Enforce', '']) {
        const signatureVerification = { level: 'strict', override: { expiry: 'enforce', [check]: action } };
        expect(() => parse(statement({ signatureVerification }))).toThrow(/only enforce is accepted/);
      }
    }
    const same = { level: 'strict', override: { revocation: 'enforce' }, verifyTimestamp: 'always' };
    const { json } = parse(statement({ signatureVerification: same }));
    expect(JSON.parse(json).trustPolicies[0].signatureVerification).toEqual({
      level: 'strict',
      verifyTimestamp: 'always',
    });
  });

  it('refuses keys that Go reads as another spelling of a known one, unknown keys, and keys given twice', () => {
    expect(() => parse(statement({ SignatureVerification: { level: 'skip' } }))).toThrow();
    expect(() => parse(statement({ signatureVerification: { level: 'strict', Level: 'skip' } }))).toThrow();
    expect(() => parse(statement({ trustedidentities: ['*'] }))).toThrow();
    const twice = JSON.stringify({ version: '1.0', trustPolicies: [statement()] }).replace(
      '"level":"strict"',
      '"level":"skip","level":"strict"',
    );
    expect(() => parseTrustPolicy(twice)).toThrow('has a key twice');
  });

  it('refuses identities that are not named, and stores outside of the directory', () => {
    for (const identity of [
      '*',
      '',
      'x',
      'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/*',
      `${PROFILE}/v1`,
    ]) {
      expect(() => parse(statement({ trustedIdentities: [identity] }))).toThrow();
    }
    for (const store of ['ca:..', 'ca:.', 'ca:a/b', 'CA:a', 'ca:', 'root:a', 'ca:a\\b']) {
      expect(() => parse(statement({ trustStores: [store] }))).toThrow();
    }
    expect(() => parse(statement({ trustedIdentities: [] }))).toThrow('no trusted identity');
    expect(() => parse(statement({ trustStores: [] }))).toThrow('no trust store');
    expect(() => parse()).toThrow('it has no statement');
    for (const text of ['', '[]', 'null', '{"version":"1.0"}', '{"version":"2.0","trustPolicies":[]}']) {
      expect(() => parseTrustPolicy(text)).toThrow();
    }
  });

  it('lets the plugin of AWS Signer decide about signing profiles only', () => {
    expect(() => parse(statement(SIGNER), statement({ name: 'second' }))).toThrow(
      'one trust policy for each',
    );
    expect(() => parse(statement({ ...SIGNER, trustStores: ['ca:release'] }))).toThrow('signingAuthority');
  });
});

describe('signingProfile', () => {
  it('reads the region of the ARN of a profile, and nothing else', () => {
    expect(signingProfile(PROFILE)?.region).toBe('eu-central-1');
    expect(signingProfile(PROFILE.replace('arn:aws:', 'arn:aws-us-gov:'))?.region).toBe('eu-central-1');
    for (const text of [
      `${PROFILE}/abc`,
      `${PROFILE}-x`,
      ` ${PROFILE}`,
      `${PROFILE}\n`,
      PROFILE.replace(':/', ':'),
    ]) {
      expect(signingProfile(text)).toBeUndefined();
    }
  });
});
