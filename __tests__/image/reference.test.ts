import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalHost,
  InvalidReference,
  imageUri,
  parseReference,
  repositoryArn,
} from '../../src/image/reference.ts';

const host = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const digest = `sha256:${'0a'.repeat(32)}` as const;

describe('parseReference', () => {
  it.each([
    [`${host}/app:1.2`, { repository: 'app', tag: '1.2', digest: undefined }],
    [`${host}/team/app`, { repository: 'team/app', tag: 'latest', digest: undefined }],
    [`${host}/team/app@${digest}`, { repository: 'team/app', tag: undefined, digest }],
    [`${host}/team/my-app_x.y:v1@${digest}`, { repository: 'team/my-app_x.y', tag: 'v1', digest }],
  ])('%s', (text, expected) => {
    expect(parseReference(text)).toMatchObject({ ...expected, text });
  });

  it.each([
    [host, 'eu-central-1', 'aws', false, false],
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', 'us-east-1', 'aws', true, false],
    ['123456789012.dkr.ecr.us-gov-west-1.amazonaws.com', 'us-gov-west-1', 'aws-us-gov', false, false],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1', 'aws-cn', false, false],
    ['123456789012.dkr-ecr.eu-west-1.on.aws', 'eu-west-1', 'aws', false, true],
    ['123456789012.dkr-ecr-fips.us-east-2.on.aws', 'us-east-2', 'aws', true, true],
    ['123456789012.dkr-ecr.us-gov-east-1.on.aws', 'us-gov-east-1', 'aws-us-gov', false, true],
    [
      '123456789012.dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn',
      'cn-northwest-1',
      'aws-cn',
      false,
      true,
    ],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1', 'aws-eusc', false, false],
    ['123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov', 'us-iso-east-1', 'aws-iso', false, false],
    ['123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov', 'us-isob-east-1', 'aws-iso-b', false, false],
    ['123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk', 'eu-isoe-west-1', 'aws-iso-e', false, false],
    ['123456789012.dkr.ecr.us-isof-east-1.csp.hci.ic.gov', 'us-isof-east-1', 'aws-iso-f', false, false],
    ['123456789012.dkr.ecr-fips.us-isob-east-1.sc2s.sgov.gov', 'us-isob-east-1', 'aws-iso-b', true, false],
  ])('%s', (name, region, partition, fips, dualStack) => {
    expect(parseReference(`${name}/app:1`).registry).toEqual({
      host: name,
      account: '123456789012',
      region,
      partition,
      fips,
      dualStack,
    });
  });

  it.each([
    'app:1',
    'docker.io/library/nginx:1',
    'public.ecr.aws/nginx/nginx:1',
    `${host}`,
    `${host}/`,
    `${host}/App:1`,
    `${host}/app:`,
    `${host}/app:a b`,
    `${host}/app@sha256:123`,
    `${host}/app@sha256:${'A'.repeat(64)}`,
    `${host}/app@${digest}@${digest}`,
    `${host}/app:1,${host}/other:1`,
    `${host}.evil.example/app:1`,
    `https://${host}/app:1`,
    `x${host}/app:1`,
    '12345.dkr.ecr.eu-central-1.amazonaws.com/app:1',
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com/app:1',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.com.cn/app:1',
    '123456789012.dkr.ecr.eusc-de-east-1.amazonaws.com/app:1',
    '123456789012.dkr.ecr.eu-central-1.amazonaws.eu/app:1',
    '123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu.evil.example/app:1',
    '123456789012.dkr.ecr.eusc-de-east-1.amazonaws-eu/app:1',
    '123456789012.dkr-ecr.eusc-de-east-1.amazonaws.eu/app:1',
    '123456789012.dkr.ecr.us-iso-east-1.sc2s.sgov.gov/app:1',
    '123456789012.dkr.ecr.us-isob-east-1.c2s.ic.gov/app:1',
    '123456789012.dkr.ecr.us-iso-east-1.amazonaws.com/app:1',
    '123456789012.dkr-ecr.us-iso-east-1.on.aws/app:1',
    '123456789012.dkr-ecr.cn-north-1.on.aws/app:1',
    '123456789012.dkr-ecr.eu-west-1.on.amazonwebservices.com.cn/app:1',
    '123456789012.dkr.ecr.eu-west-1.on.aws/app:1',
    '123456789012.dkr-ecr.eu-west-1.amazonaws.com/app:1',
    '123456789012.dkr.ecr.EU-WEST-1.amazonaws.com/app:1',
    `${host}/${'a'.repeat(257)}:1`,
    `${host}/app:-flag`,
    `${host}/--key=x:1`,
  ])('refuses %s', (text) => {
    expect(() => parseReference(text)).toThrow(InvalidReference);
  });

  it.each([
    [`${host}/app:`, /its tag is empty/],
    [`${host}/app@`, /its digest is empty/],
    [`${host}/app:1 ${host}/other:2`, /one reference per line/],
    [`${host}/app:1,${host}/other:2`, /one reference per line/],
    [`${host}/app:1\t# the release`, /one reference per line/],
    ['$IMAGE', /a variable that was not expanded \(\$IMAGE\)/],
    [`\${REGISTRY}/app:1`, /\(\$\{REGISTRY\}\)/],
    [`${host}/app:$TAG`, /\(\$TAG\)/],
    [`${host}/app:\${{ github.sha }}`, /\(\$\{\{\)/],
    ['%IMAGE%', /\(%IMAGE%\)/],
    [`https://${host}/app:1`, /begins with a scheme/],
    [`oci://${host}/app:1`, /begins with a scheme/],
    ['nginx:1.27', /an image in Docker Hub/],
    ['nginx', /an image in Docker Hub/],
    ['library/nginx:1', /an image in Docker Hub/],
    ['docker.io/library/nginx:1', /an image in Docker Hub/],
    ['public.ecr.aws/nginx/nginx:1', /an image in Amazon ECR Public/],
    ['ghcr.io/acme/app:1', /an image in GitHub Packages/],
    ['registry.example.com/app:1', /not a private ECR registry/],
    ['localhost:5000/app:1', /not a private ECR registry/],
    ['123456789012.dkr.ecr.eu-central-1.amazonaws.com', /no "\/" between/],
  ])('explains what is wrong with %s', (text, message) => {
    expect(() => parseReference(text)).toThrow(message);
  });

  it('fails on any input only with its own error', () => {
    const near = fc
      .tuple(fc.constantFrom(host, 'x', ''), fc.string(), fc.string())
      .map(([a, b, c]) => `${a}/${b}:${c}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), near), (text) => {
        try {
          const { registry, repository } = parseReference(text);
          expect(text.startsWith(`${registry.host}/${repository}`)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidReference);
        }
      }),
    );
  });
});

describe('names', () => {
  it('are the names that AWS and cosign use', () => {
    const { registry } = parseReference(`${host}/app:1`);
    expect(repositoryArn(registry, 'team/app')).toBe(
      'arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
    );
    expect(imageUri(registry, 'team/app', digest)).toBe(`${host}/team/app@${digest}`);
    const european = parseReference('123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/app:1').registry;
    expect(repositoryArn(european, 'app')).toBe(
      'arn:aws-eusc:ecr:eusc-de-east-1:123456789012:repository/app',
    );
  });
});

describe('canonicalHost', () => {
  it.each([
    ['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', '123456789012.dkr.ecr.us-east-1.amazonaws.com'],
    ['123456789012.dkr-ecr.us-east-1.on.aws', '123456789012.dkr.ecr.us-east-1.amazonaws.com'],
    [
      '123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn',
      '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn',
    ],
    [
      '123456789012.dkr.ecr-fips.eusc-de-east-1.amazonaws.eu',
      '123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu',
    ],
  ])('of %s', (name, expected) => {
    expect(canonicalHost(parseReference(`${name}/app:1`).registry)).toBe(expected);
  });
});
