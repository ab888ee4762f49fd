import { describe, expect, it } from 'vitest';
import { consoleLinks, vendorAdvisory } from '../../src/report/kit/links.ts';
import { DIGEST } from './fixtures.ts';

describe('vendorAdvisory', () => {
  it.each([
    ['https://security-tracker.debian.org/tracker/CVE-2023-45853', 'Debian'],
    ['https://ubuntu.com/security/CVE-2023-45853', 'Ubuntu'],
    ['https://access.redhat.com/security/cve/CVE-2023-45853', 'Red Hat'],
    ['https://alas.aws.amazon.com/cve/json/v1/CVE-2023-45853.json', 'Amazon Linux'],
  ])('names the vendor of %s', (url, vendor) => {
    expect(vendorAdvisory(url)).toEqual({ vendor, url });
  });

  it.each([
    undefined,
    '',
    'https://nvd.nist.gov/vuln/detail/CVE-2023-45853',
    'http://ubuntu.com/security/CVE-2023-45853',
    'https://ubuntu.com.evil.example/security',
    'https://user@ubuntu.com/security',
    'https://ubuntu.com:8443/security',
    'https://ubuntu.com/"><script>',
    'https://constructor/x',
    'https://__proto__/x',
    `https://ubuntu.com/${'x'.repeat(300)}`,
  ])('makes no link of %s', (url) => {
    expect(vendorAdvisory(url)).toBeUndefined();
  });
});

describe('consoleLinks', () => {
  const image = { account: '123456789012', repository: 'team/app', digest: DIGEST };

  it.each([
    ['eu-central-1', 'eu-central-1.console.aws.amazon.com'],
    ['ap-southeast-3', 'ap-southeast-3.console.aws.amazon.com'],
    ['us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
    ['cn-north-1', 'cn-north-1.console.amazonaws.cn'],
  ])('leads to the console of %s', (region, host) => {
    expect(consoleLinks({ ...image, region })).toEqual([
      {
        name: 'Amazon ECR',
        url: `https://${host}/ecr/repositories/private/123456789012/team/app/_/image/${DIGEST}/details?region=${region}`,
      },
      { name: 'Amazon Inspector', url: `https://${host}/inspector/v2/home?region=${region}#/findings/all` },
    ]);
  });

  it.each([
    { region: 'us-iso-east-1' },
    { region: 'eu-central-1.evil.example/' },
    { account: '1' },
    { repository: 'team/app?x' },
    { digest: 'sha256:x' },
  ])('is omitted for %j', (overrides) => {
    expect(consoleLinks({ region: 'eu-central-1', ...image, ...overrides })).toEqual([]);
  });
});
