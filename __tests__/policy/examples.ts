/** Whole documents that several tests read. */

/** A policy with every key there is. */
export const FULL_POLICY = `
version: 1
fail-on: critical
warn-on: high
ignore-unfixed: false
rules:
  - name: exploited in the wild
    action: block
    when: { known-exploited: true }
  - name: likely to be exploited
    action: block
    when:
      score: ">=7.0"
      epss: ">=0.5"
      exploit-available: true
  - name: a week to fix what can be fixed
    action: warn
    when: { severity: [critical], fix-available: yes, newer-than: 7d }
  - name: build tools are not in the path of a request
    action: ignore
    reason: they are there for debugging
    when:
      severity: low
      older-than: 2w
      package: [gcc*, "binutils{,-common}"]
      package-manager: OS
      vulnerability: CVE-2026-*
      repository: team/**
      platform: linux/arm64
      layer: base
      reachability: not-reachable
limits: { high: 20, untriaged: 0 }
untriaged: block
suppressed: warn
exceptions-allowed:
  max-duration: 90d
  never: { severity: critical, known-exploited: true, score: ">9" }
  required: [approved-by, ticket]
attestations:
  - type: https://slsa.dev/provenance/v1
    certificate-identity: https://github.com/team/app/.github/workflows/build.yml@refs/heads/main
    certificate-oidc-issuer: https://token.actions.githubusercontent.com
    trusted-root: '{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}'
    transparency-log: false
    builder: https://github.com/team/app/**
    source-repository: https://github.com/team/*
    max-age: 30d
  - type: https://spdx.dev/Document/v2.3
    key: arn:aws:kms:eu-central-1:123456789012:alias/build
minimum:
  fail-on: critical
  warn-on: medium
  enforce: true
  ignore-unfixed: false
  timeout: 30m
  settle-time: 30s
  scan-type: enhanced
  signing: true
  baseline: false
  base-image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/docker-hub/**
  exceptions: false
  vex: false
  recheck: true
  attestations: [{ type: "https://cyclonedx.org/bom", key: "arn:aws:kms:eu-central-1:123456789012:alias/build" }]
`;

/** An exceptions file with every key there is. */
export const FULL_EXCEPTIONS = `
version: 1
exceptions:
  - id: CVE-2026-12345
    package: openssl*
    image: team/**
    platform: linux/arm64
    reason: not reachable, TLS ends at the load balancer
    expires: 2026-12-31
    approved-by: security@example.com
    ticket: SEC-1234
    until-fixed: true
    status: mitigated
  - { id: GHSA-jfh8-c2jp-5v3q, reason: not called, expires: "2026-06-30" }
`;

const DIGEST = '0123456789abcdef'.repeat(4);

/** An OpenVEX document with every field there is. */
export const FULL_VEX = {
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': 'https://example.com/vex/app-7',
  author: 'Example Security <security@example.com>',
  role: 'Product security',
  timestamp: '2026-01-08T18:02:03.647787998-06:00',
  last_updated: '2026-03-01T00:00:00Z',
  version: 7,
  tooling: 'vexctl',
  statements: [
    {
      '@id': 'https://example.com/vex/app-7#1',
      version: 2,
      vulnerability: {
        '@id': 'https://nvd.nist.gov/vuln/detail/CVE-2021-44228',
        name: 'CVE-2021-44228',
        description: 'Remote code injection in Log4j',
        aliases: ['GHSA-jfh8-c2jp-5v3q'],
      },
      timestamp: '2026-02-01T00:00:00Z',
      last_updated: '2026-02-02T00:00:00Z',
      products: [
        {
          '@id': `pkg:oci/app@sha256%3A${DIGEST}?repository_url=123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app&tag=1.4.2`,
          identifiers: { cpe23: 'cpe:2.3:a:example:app:1.4.2:*:*:*:*:*:*:*' },
          hashes: { 'sha-256': DIGEST },
          subcomponents: [
            {
              '@id': 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1',
              identifiers: { purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1' },
            },
          ],
        },
      ],
      status: 'not_affected',
      supplier: 'Example',
      status_notes: 'reviewed',
      justification: 'vulnerable_code_not_in_execute_path',
      impact_statement: 'Logging goes through another library.',
    },
    {
      vulnerability: { name: 'CVE-2022-0778' },
      products: [{ identifiers: { purl: 'pkg:oci/app' } }],
      status: 'fixed',
    },
    {
      vulnerability: { name: 'CVE-2023-0286' },
      products: [{ '@id': 'pkg:oci/app' }],
      status: 'affected',
      action_statement: 'Update to 1.4.3.',
      action_statement_timestamp: '2026-02-01T00:00:00Z',
    },
    {
      vulnerability: { name: 'CVE-2023-0287' },
      products: [{ '@id': 'pkg:oci/app' }],
      status: 'under_investigation',
    },
  ],
} as const;
