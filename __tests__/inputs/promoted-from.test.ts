/** The repositories that images were promoted from, as a workflow names them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { parseReference, parseRepository, plainName } from '../../src/image/reference.ts';
import { readVerifyInputs } from '../../src/inputs/verify.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const IMAGE = `${HOST}/prod/app:1`;

function read(promotedFrom: string, image = IMAGE) {
  const inputs: Readonly<Record<string, string>> = {
    image,
    'signing-key': 'alias/release',
    'promoted-from': promotedFrom,
  };
  return readVerifyInputs((name) => inputs[name] ?? '').verification.promotedFrom?.map(
    ({ registry, repository }) => `${registry.host}/${repository}`,
  );
}

function refusal(promotedFrom: string, image?: string): GateError {
  try {
    read(promotedFrom, image);
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error(`${promotedFrom} was not refused`);
}

describe('promoted-from', () => {
  it('is empty unless it is given', () => {
    expect(read('')).toEqual([]);
    expect(read('\n  \n')).toEqual([]);
  });

  it('names repositories of any account and region, one per line', () => {
    const sources = [
      `${HOST}/staging/app`,
      '210987654321.dkr.ecr.us-east-1.amazonaws.com/team/app',
      '210987654321.dkr.ecr-fips.us-east-2.amazonaws.com/team/app',
      '210987654321.dkr-ecr.eu-west-1.on.aws/team/app',
    ];
    expect(read(`  ${sources.join(' \n\n')}\n`)).toEqual(sources);
  });

  it('has each repository once, for every host name of its registry', () => {
    const names = [
      `${HOST}/staging/app`,
      '123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/staging/app',
      '123456789012.dkr-ecr.eu-central-1.on.aws/staging/app',
      `${HOST}/staging/app`,
    ];
    expect(read(names.join('\n'))).toHaveLength(1);
  });

  it('may have the repository of an image, which several images can need', () => {
    expect(read(`${HOST}/prod/app`)).toEqual([`${HOST}/prod/app`]);
  });

  it.each([
    ['a tag', `${HOST}/staging/app:1`],
    ['a digest', `${HOST}/staging/app@sha256:${'a'.repeat(64)}`],
    ['a wildcard', `${HOST}/staging/*`],
    ['a wildcard for everything below', `${HOST}/**`],
    ['a wildcard in the account', '*.dkr.ecr.eu-central-1.amazonaws.com/staging/app'],
    ['a wildcard in the region', '123456789012.dkr.ecr.*.amazonaws.com/staging/app'],
    ['no repository', HOST],
    ['an empty repository', `${HOST}/`],
    ['a slash at the end', `${HOST}/staging/app/`],
    ['a repository alone', 'staging/app'],
    ['an ARN', 'arn:aws:ecr:eu-central-1:123456789012:repository/staging/app'],
    ['a scheme', `oci://${HOST}/staging/app`],
    ['a registry of others', 'ghcr.io/team/app'],
    ['Amazon ECR Public', 'public.ecr.aws/team/app'],
    ['an account of eleven digits', '12345678901.dkr.ecr.eu-central-1.amazonaws.com/staging/app'],
    [
      'an end that its region does not have',
      '123456789012.dkr.ecr.eu-central-1.amazonaws.com.cn/staging/app',
    ],
    ['a host that only begins like one', `${HOST}.example/staging/app`],
    ['capital letters', `${HOST}/Staging/app`],
    ['two on one line', `${HOST}/staging/app ${HOST}/team/app`],
    ['two with a comma', `${HOST}/staging/app,${HOST}/team/app`],
    ['a variable', `${HOST}/$REPOSITORY`],
    ['a good one and a bad one', `${HOST}/staging/app\n${HOST}/team/*`],
  ])('is refused with %s', (_, text) => {
    const error = refusal(text);
    expect(error.code).toBe('input');
    expect(error.message).toMatch(/^Input promoted-from: /);
    expect(error.nextStep).toContain(`${HOST}/staging/app`);
  });

  it('is refused in a partition of AWS that no image is in', () => {
    const china = '210987654321.dkr.ecr.cn-north-1.amazonaws.com.cn/team/app';
    expect(refusal(china).message).toBe(
      `Input promoted-from: expected a repository in the partition of the images (aws), got "${china}" (aws-cn).`,
    );
    expect(read(china, '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/prod/app:1')).toEqual([china]);
  });

  it('has at most ten lines', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `${HOST}/app-${index}`).join('\n');
    expect(read(many(10))).toHaveLength(10);
    expect(refusal(many(11)).message).toBe('Input promoted-from: expected at most 10 lines, got 11.');
  });
});

describe('parseRepository', () => {
  it('reads exactly what a reference without tag and digest names', () => {
    const part = fc.string({ unit: fc.constantFrom(...'ab0./-_:@*'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(part, (path) => {
        const text = `${HOST}/${path}`;
        let name: string | undefined;
        try {
          const { registry, repository } = parseRepository(text);
          name = plainName(registry, repository);
        } catch {
          return;
        }
        expect(name).toBe(text);
        expect(parseReference(text)).toMatchObject({ tag: 'latest', digest: undefined });
      }),
    );
  });
});
