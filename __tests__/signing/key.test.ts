import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidSigningKey, parseSigningKey } from '../../src/signing/key.ts';

const id = '0f0e0d0c-0b0a-4908-8706-050403020100';
const arn = `arn:aws:kms:eu-central-1:123456789012:key/${id}`;
const alias = 'arn:aws:kms:us-east-1:123456789012:alias/team/release';

describe('parseSigningKey', () => {
  it.each([
    [`awskms:///${arn}`, `awskms:///${arn}`, 'eu-central-1'],
    [arn, `awskms:///${arn}`, 'eu-central-1'],
    [alias, `awskms:///${alias}`, 'us-east-1'],
    [
      'arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/x',
      'awskms:///arn:aws-us-gov:kms:us-gov-west-1:123456789012:key/x',
      'us-gov-west-1',
    ],
    ['alias/release', 'awskms:///alias/release', undefined],
    [id, `awskms:///${id}`, undefined],
    [`mrk-${'0'.repeat(32)}`, `awskms:///mrk-${'0'.repeat(32)}`, undefined],
    [`awskms://localhost:4566/${id}`, `awskms://localhost:4566/${id}`, undefined],
  ])('%s is a KMS key', (text, reference, region) => {
    expect(parseSigningKey(text)).toEqual({ kind: 'kms', reference, region });
  });

  it('reads key files and keyless', () => {
    expect(parseSigningKey('keys/cosign.key')).toEqual({ kind: 'file', path: 'keys/cosign.key' });
    expect(parseSigningKey('keyless')).toEqual({ kind: 'keyless' });
  });

  it.each([
    '',
    `awskms://${arn}`,
    'awskms://alias/release',
    `awskms:/${id}`,
    'awskms:///',
    'awskms:///not a key',
    'alias/aws/ecr',
    'awskms:///alias/aws/ecr',
    'arn:aws:kms:eu-central-1:123456789012:alias/aws/s3',
    'arn:aws:s3:::bucket',
    'arn:aws-iso:kms:us-iso-east-1:123456789012:key/x',
    'gcpkms://projects/p/locations/l',
    'hashivault://release',
    'env://COSIGN_PRIVATE_KEY',
    '--key=other',
    'a\nb',
  ])('refuses %j', (text) => {
    expect(() => parseSigningKey(text)).toThrow(InvalidSigningKey);
  });

  it('never returns a flag, and throws only its own error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const key = parseSigningKey(text);
          if (key.kind === 'file') expect(key.path.startsWith('-')).toBe(false);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidSigningKey);
        }
      }),
    );
  });
});
