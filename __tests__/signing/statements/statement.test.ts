import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXTENSIONS, SUMMARY_TYPE, VERIFIER_ID } from '../../../src/signing/statements/predicate.ts';
import { isClearlyOther } from '../../../src/signing/statements/repository-name.ts';
import { isRevocation, revocationsOf } from '../../../src/signing/statements/revocation.ts';
import {
  isSummaryType,
  readLoosely,
  type Statement,
  statementsOf,
} from '../../../src/signing/statements/statement.ts';
import { decideSummaries, type Expectation } from '../../../src/signing/statements/summaries.ts';

const digest = `sha256:${'a'.repeat(64)}` as const;
const other = `sha256:${'b'.repeat(64)}` as const;
const RESOURCE = 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app';
const POLICY = 'c'.repeat(64);
const NOW = new Date('2026-11-25T12:00:00Z');
const HOUR = 3_600_000;

const ago = (ms: number) => new Date(NOW.getTime() - ms).toISOString();

function summary(
  changes: Record<string, unknown> = {},
  of: typeof digest | typeof other = digest,
): Statement {
  return {
    predicateType: SUMMARY_TYPE,
    subjects: [{ digest: of, annotations: undefined }],
    predicate: {
      verifier: { id: VERIFIER_ID },
      timeVerified: ago(HOUR),
      resourceUri: RESOURCE,
      policy: { uri: 'urn:policy', digest: { sha256: POLICY } },
      verificationResult: 'PASSED',
      verifiedLevels: ['X'],
      ...changes,
    },
  };
}

/** A FAILED one without a time. */
const half = (changes: Record<string, unknown>) =>
  summary({ verificationResult: 'FAILED', timeVerified: undefined, ...changes });

function expectation(changes: Partial<Expectation> = {}): Expectation {
  return { digest, resourceUri: RESOURCE, policies: [POLICY], maxAgeMs: 24 * HOUR, now: NOW, ...changes };
}

describe('decideSummaries', () => {
  it('accepts no policy if the list of policies is empty, and none that is not listed', () => {
    for (const policies of [[], ['d'.repeat(64)], ['d'.repeat(64), 'e'.repeat(64)]]) {
      expect(decideSummaries([summary()], expectation({ policies }))).toMatchObject({
        accepted: false,
        why: expect.stringMatching(/names another policy/),
      });
    }
  });

  describe('with a policy and its file', () => {
    const FILE = 'f'.repeat(64);
    const named = (sha256: string | undefined, changes: Record<string, unknown> = {}) =>
      summary({
        ...(sha256 === undefined ? {} : { [EXTENSIONS.policyFile]: { digest: { sha256 } } }),
        ...changes,
      });
    const byFile = { policies: ['e'.repeat(64), FILE] };

    it.each<[string, boolean, Statement, Partial<Expectation>]>([
      ['the policy', true, named(FILE), {}],
      ['the file', true, named(FILE), byFile],
      ['the file of an expected policy', true, named(FILE), { policies: [], equivalentSha256: [FILE] }],
      // Summaries of earlier versions name the file alone, as their policy.
      ['the file as its policy', true, named(undefined, { policy: { digest: { sha256: FILE } } }), byFile],
      ['another file', false, named('d'.repeat(64)), byFile],
      ['no file', false, named(undefined), byFile],
      ['the file, but no policy', false, named(FILE, { policy: {} }), byFile],
      ['the file in upper case', false, named(FILE.toUpperCase()), byFile],
      ['a file that is not a digest set', false, named(undefined, { [EXTENSIONS.policyFile]: FILE }), byFile],
      [
        'the file in another algorithm',
        false,
        named(undefined, { [EXTENSIONS.policyFile]: { digest: { sha512: FILE } } }),
        byFile,
      ],
      [
        'two files',
        false,
        named(undefined, { [EXTENSIONS.policyFile]: { digest: { sha256: FILE, 'SHA-256': POLICY } } }),
        byFile,
      ],
      [
        'the file in two spellings',
        false,
        named(FILE, { [EXTENSIONS.policyFile.toUpperCase()]: { digest: { sha256: POLICY } } }),
        byFile,
      ],
    ])('decides about a summary that names %s: %s', (_, accepted, statement, changes) => {
      expect(decideSummaries([statement], expectation(changes)).accepted).toBe(accepted);
    });

    it('says which policies were found and expected, and what to do', () => {
      const policies = Array.from({ length: 7 }, (_, index) => String(index).repeat(64));
      const statements = [named('8'.repeat(64)), named('9'.repeat(64)), named('8'.repeat(64))];
      expect(decideSummaries(statements, expectation({ policies }))).toMatchObject({
        accepted: false,
        why: `its verification summaries name other policies (urn:policy sha256:${POLICY}, file sha256:${'8'.repeat(64)}; urn:policy sha256:${POLICY}, file sha256:${'9'.repeat(64)}) than ${policies
          .slice(0, 5)
          .map((sha256) => `sha256:${sha256}`)
          .join(' or ')} or 2 more`,
        nextStep: expect.stringMatching(/^Run the gate for this image again .* "Rotate keys and policies"/),
      });
    });
  });

  it('accepts a weakened policy only if it is expected, and says what weakened it', () => {
    const sha256 = 'd'.repeat(64);
    const weakened = (changes: Record<string, unknown> = {}) =>
      summary({
        policy: { uri: 'urn:weakened', digest: { sha256 } },
        [EXTENSIONS.weakened]: { baseline: true, 'scan-type': 'basic' },
        ...changes,
      });
    const accepting = expectation({ equivalentSha256: ['e'.repeat(64), sha256] });
    expect(decideSummaries([weakened()], expectation())).toMatchObject({
      accepted: false,
      why: expect.stringContaining(
        `names another policy (urn:weakened sha256:${sha256}, weakened by baseline and scan-type: basic)`,
      ),
    });
    expect(decideSummaries([weakened()], accepting).accepted).toBe(true);
    expect(decideSummaries([summary()], accepting).accepted).toBe(true);
    expect(decideSummaries([summary({ policy: {} })], accepting).accepted).toBe(false);
    // A revocation applies under every policy.
    for (const taken of [
      { verificationResult: 'FAILED', timeVerified: ago(1) },
      { verificationResult: 'FAILED', timeVerified: undefined },
    ]) {
      expect(decideSummaries([summary(), weakened(taken)], accepting).accepted).toBe(false);
      expect(decideSummaries([weakened(), summary(taken)], accepting).accepted).toBe(false);
      expect(decideSummaries([summary(), weakened(taken)], expectation()).accepted).toBe(false);
    }
  });

  it('accepts a summary with everything that is required, and returns its age', () => {
    expect(decideSummaries([summary()], expectation())).toMatchObject({
      accepted: true,
      at: new Date(NOW.getTime() - HOUR),
      ageMs: HOUR,
    });
  });

  it.each<[string, Statement[], RegExp, Partial<Expectation>?]>([
    ['none', [], /no verification summary/],
    [
      'one of another type',
      [{ ...summary(), predicateType: 'https://slsa.dev/provenance/v1' }],
      /no verification/,
    ],
    ['one of another digest', [summary({}, other)], /another digest/],
    ['one without a result', [summary({ verificationResult: undefined })], /a required field of it/],
    ['one with an unknown result', [summary({ verificationResult: 'passed' })], /a required field of it/],
    ['one without a time', [summary({ timeVerified: 'yesterday' })], /lacks required fields/],
    ['one with an incomplete time', [summary({ timeVerified: '2026-11-25' })], /lacks required fields/],
    ['null', [{ ...summary(), predicate: null }], /a required field of it/],
    ['one by another verifier', [summary({ verifier: { id: 'https://example.com' } })], /not by this gate/],
    ['one of another repository', [summary({ resourceUri: `${RESOURCE}-b` })], /not for oci:/],
    [
      'one by another policy',
      [summary({ policy: { digest: { sha256: 'd'.repeat(64) } } })],
      /another policy/,
    ],
    ['one without the policy’s digest', [summary({ policy: {} })], /another policy/],
    ['a FAILED one', [summary({ verificationResult: 'FAILED' })], /says FAILED/],
    [
      'a newer FAILED one',
      [summary({ timeVerified: ago(2 * HOUR) }), summary({ verificationResult: 'FAILED' })],
      /says FAILED/,
    ],
    [
      'a FAILED one of the same moment',
      [summary({ verificationResult: 'FAILED' }), summary()],
      /says FAILED/,
    ],
    ['one that is too old', [summary({ timeVerified: ago(25 * HOUR) })], /too old/],
    ['one of unknown age', [summary()], /had no Date header/, { now: undefined }],
    [
      'one of any age, with an unknown time',
      [summary()],
      /had no Date header/,
      { now: undefined, maxAgeMs: undefined },
    ],
    ['one from the future', [summary({ timeVerified: ago(-HOUR) })], /in the future/],
    [
      'a FAILED one from the future',
      [summary(), summary({ verificationResult: 'FAILED', timeVerified: ago(-HOUR) })],
      /says FAILED/,
    ],
    [
      'a FAILED one that names no policy',
      [summary(), summary({ verificationResult: 'FAILED', policy: {} })],
      /says FAILED/,
    ],
    // A revocation may be written by hand: missing fields do not make it invalid.
    [
      'a FAILED one without a time',
      [summary(), summary({ verificationResult: 'FAILED', timeVerified: undefined })],
      /does not say PASSED, and a required field/,
    ],
    [
      'a FAILED one that says nothing else',
      [summary(), { ...summary(), predicate: { verificationResult: 'FAILED' } }],
      /does not say PASSED, and a required field/,
    ],
    [
      'another one with an unknown result',
      [summary(), summary({ verificationResult: 'REVOKED' })],
      /does not say PASSED, and a required field/,
    ],
    [
      'one beside it without a result',
      [summary(), summary({ verificationResult: undefined })],
      /does not say PASSED, and a required field/,
    ],
    ['one beside it that is null', [summary(), { ...summary(), predicate: null }], /does not say PASSED/],
    [
      'a repository that differs in case, ending or tag',
      [
        RESOURCE.toUpperCase(),
        `${RESOURCE}/`,
        `${RESOURCE}:1`,
        `${RESOURCE}@${digest}`,
        RESOURCE.slice(0, -1),
      ].map((resourceUri) => summary({ resourceUri })),
      /not for oci:/,
    ],
    [
      'a list of repositories that holds the right one',
      [summary({ resourceUri: [RESOURCE] })],
      /lacks required fields/,
    ],
    [
      'a policy’s digest in other letters',
      [summary({ policy: { digest: { sha256: POLICY.toUpperCase() } } })],
      /another policy/,
    ],
    [
      'a policy’s digest of another kind',
      [summary({ policy: { digest: { sha512: POLICY } } })],
      /another policy/,
    ],
  ])('refuses %s', (_, statements, why, changes) => {
    expect(decideSummaries(statements, expectation(changes))).toMatchObject({
      accepted: false,
      why: expect.stringMatching(why),
    });
  });

  it.each<[string, Statement[], Partial<Expectation>]>([
    [
      'an older FAILED one',
      [summary({ verificationResult: 'FAILED', timeVerified: ago(2 * HOUR) }), summary()],
      {},
    ],
    [
      'half of a FAILED one of another repository',
      [summary(), half({ resourceUri: 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/other' })],
      {},
    ],
    ['half of one that says PASSED', [summary({ timeVerified: undefined }), summary()], {}],
    [
      'a FAILED one of another repository',
      [summary({ verificationResult: 'FAILED', resourceUri: 'oci://registry.example/team/app' }), summary()],
      {},
    ],
    ['a PASSED one from the future', [summary({ timeVerified: ago(-HOUR) }), summary()], {}],
    ['a clock that is slightly ahead', [summary({ timeVerified: ago(-60_000) })], {}],
    [
      'any policy, where none is expected',
      [summary({ policy: { digest: { sha256: 'd'.repeat(64) } } })],
      { policies: undefined },
    ],
    ['the other one of two policies', [summary()], { policies: ['d'.repeat(64), POLICY] }],
    ['a PASSED one without levels', [summary({ verifiedLevels: [], timeVerified: ago(0) }), summary()], {}],
    [
      'any age, where none is expected',
      [summary({ timeVerified: ago(9_999 * HOUR) })],
      { maxAgeMs: undefined },
    ],
    ['unknown fields', [summary({ 'urn:x': 1, dependencyLevels: {} })], {}],
  ])('accepts a summary despite %s', (_, statements, changes) => {
    expect(decideSummaries(statements, expectation(changes))).toMatchObject({ accepted: true });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['with no level', { verifiedLevels: [] }, /names no verified level/],
    ['whose levels are a text', { verifiedLevels: 'X' }, /lacks required fields/],
    ['of a list of repositories', { resourceUri: [RESOURCE] }, /lacks required fields/],
    [
      'that names its policy by no digest',
      { policy: { uri: 'urn:policy' } },
      /does not name the SHA-256 of its policy/,
    ],
    [
      'whose policy has half a digest',
      { policy: { digest: { sha256: 'cc' } } },
      /does not name the SHA-256 of its policy/,
    ],
    ['with a second repository', { resource_uri: 'oci://other' }, /two spellings/],
    ['with a second time', { TimeVerified: ago(0) }, /two spellings/],
    ['with a second verifier', { verifier: { id: VERIFIER_ID, ID: 'urn:other' } }, /two spellings/],
    ['with a second policy', { policy: { digest: { sha256: POLICY }, Digest: {} } }, /two spellings/],
    [
      'with a second digest of the policy',
      { policy: { digest: { sha256: POLICY, 'SHA-256': 'd'.repeat(64) } } },
      /two spellings/,
    ],
  ])('does not count a PASSED one %s', (_, changes, why) => {
    const any = expectation({ policies: undefined });
    expect(decideSummaries([summary(changes)], any)).toMatchObject({
      accepted: false,
      why: expect.stringMatching(why),
      revokedBy: undefined,
    });
    // It does not revoke anything either.
    expect(decideSummaries([summary({ timeVerified: ago(2 * HOUR) }), summary(changes)], any).accepted).toBe(
      true,
    );
  });

  it.each<[string, Record<string, unknown>]>([
    ['in its levels', { verifiedLevels: ['FAILED'] }],
    ['among its levels', { verifiedLevels: ['X', ' failed '] }],
    ['in the level of an older version', { policy_level: 'FAILED' }],
    ['in the gate’s own verdict', { [EXTENSIONS.verdict]: 'block' }],
    ['in a verdict field in upper case', { [EXTENSIONS.verdict.toUpperCase()]: 'block' }],
    ['in a verdict that is a list', { [EXTENSIONS.verdict]: ['pass'] }],
    ['in a second result', { verification_result: 'FAILED' }],
    ['in a second result with another spelling', { VerificationResult: 'PASSED?' }],
  ])('is revoked by a summary that says PASSED and also, %s, something else', (_, changes) => {
    const decision = decideSummaries(
      [summary({ timeVerified: ago(2 * HOUR) }), summary(changes)],
      expectation(),
    );
    expect(decision).toMatchObject({ accepted: false, revokedBy: expect.anything() });
  });

  it.each([
    'https://slsa.dev/verification_summary/v1/',
    'HTTPS://SLSA.dev/verification_summary/v1',
    'https://slsa.dev/Verification_Summary/v1',
    'https://slsa.dev/verification_summary/v1.1',
    'https://slsa.dev/verification_summary/v0.1',
    'https://slsa.dev/verification_summary/v0.2?x',
    'https://slsa.dev/verification-summary/v1',
    'slsa.dev/verificationSummary',
    ' https://slsa.dev/verification_summary/v1 ',
  ])('is revoked by a summary of the type %s, whose PASSED does not count', (predicateType) => {
    const failed = { ...summary({ verificationResult: 'FAILED', timeVerified: ago(0) }), predicateType };
    expect(decideSummaries([summary(), failed], expectation()).accepted).toBe(false);
    const passed = { ...summary(), predicateType };
    expect(decideSummaries([passed], expectation())).toMatchObject({
      accepted: false,
      why: expect.stringContaining(`has the type ${predicateType}`),
    });
    expect(decideSummaries([summary(), passed], expectation()).accepted).toBe(true);
  });

  it('reads the results of older versions of the summary', () => {
    const old = (verification_result: string): Statement => ({
      ...summary(),
      predicateType: 'https://slsa.dev/verification_summary/v0.2',
      predicate: { verification_result, resource_uri: RESOURCE },
    });
    expect(decideSummaries([summary(), old('FAILED')], expectation()).accepted).toBe(false);
    expect(decideSummaries([summary(), old('PASSED')], expectation()).accepted).toBe(true);
  });

  it('is revoked by a summary with two times, or without a result', () => {
    const { verificationResult: _, ...rest } = summary().predicate as Record<string, unknown>;
    const without = { ...summary(), predicate: { ...rest, timeVerified: ago(0) } };
    const twice = summary({
      verificationResult: 'FAILED',
      timeVerified: ago(9 * HOUR),
      time_verified: ago(8 * HOUR),
    });
    for (const taker of [without, twice]) {
      expect(decideSummaries([summary(), taker], expectation()).accepted).toBe(false);
    }
  });

  it.each([
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '2019-12-31T23:59:59Z',
  ])('is revoked permanently by a summary of %s, which is not a valid time', (timeVerified) => {
    const failed = summary({ verificationResult: 'FAILED', timeVerified });
    expect(decideSummaries([summary(), failed], expectation()).accepted).toBe(false);
  });

  it.each([
    { resourceUri: 'oci://ghcr.io/team/other', resource_uri: RESOURCE },
    { resourceUri: RESOURCE, ResourceURI: 'oci://ghcr.io/team/other' },
  ])('is revoked by a summary that also names this repository: %j', (changes) => {
    const failed = summary({ verificationResult: 'FAILED', ...changes });
    expect(decideSummaries([summary(), failed], expectation()).accepted).toBe(false);
  });

  it('names the summaries that did not count', () => {
    const resourceUri = 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/other';
    const failed = (changes: Record<string, unknown>) =>
      summary({ verificationResult: 'FAILED', ...changes });
    const statements = [
      summary(),
      failed({ resourceUri, timeVerified: ago(0) }),
      summary({ verificationResult: 'FAILED' }, other),
      failed({ timeVerified: ago(2 * HOUR) }),
    ];
    expect(decideSummaries(statements, expectation())).toMatchObject({
      accepted: true,
      notCounted: [
        `one of ${ago(0)} that says FAILED is for ${resourceUri}`,
        `one of ${ago(HOUR)} that says FAILED is for ${other}`,
        `one of ${ago(2 * HOUR)} that says FAILED is older`,
      ],
    });
    expect(decideSummaries(statements.slice(1, 3), expectation())).toMatchObject({
      accepted: false,
      notCounted: [expect.stringContaining(resourceUri), expect.stringContaining(other)],
    });
  });

  const clearlyOther = 'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/other';
  const spellings = fc.constantFrom<unknown>(
    RESOURCE,
    RESOURCE.toUpperCase(),
    `${RESOURCE}/`,
    RESOURCE.slice('oci://'.length),
    'oci://team/app',
    '',
    'team/app',
    'unknown',
    undefined,
    null,
    [clearlyOther],
    7,
  );
  /** Statements that a signer may write to revoke a verdict. */
  const failedStatement = fc
    .record({
      predicateType: fc.constantFrom(
        SUMMARY_TYPE,
        SUMMARY_TYPE.toUpperCase(),
        `${SUMMARY_TYPE}/`,
        'https://slsa.dev/verification_summary/v0.1',
      ),
      verificationResult: fc.constantFrom<unknown>(
        'FAILED',
        'failed',
        'REVOKED',
        '',
        null,
        undefined,
        true,
        [],
      ),
      timeVerified: fc.oneof(
        fc.integer({ min: -48, max: 72 }).map((hours) => ago(hours * HOUR)),
        fc.constantFrom<unknown>(undefined, null, '', 'yesterday', 0, '2026-11-25'),
      ),
      resourceUri: spellings,
      policy: fc.constantFrom<unknown>(
        { digest: { sha256: POLICY } },
        { digest: { sha256: 'd'.repeat(64) } },
        {},
        undefined,
        'urn:policy',
      ),
      verifier: fc.constantFrom<unknown>({ id: VERIFIER_ID }, { id: 'urn:other' }, {}, undefined, 'me'),
      verifiedLevels: fc.constantFrom<unknown>(['FAILED'], ['X'], [], undefined),
    })
    .map(({ predicateType, ...changes }): Statement => ({ ...summary(changes), predicateType }));
  const passedStatement = fc
    .integer({ min: -2, max: 48 })
    .map((hours) => summary({ timeVerified: ago(hours * HOUR) }));

  it('is not accepted if there is a FAILED one that is not clearly for another repository, unless a newer one says PASSED', () => {
    fc.assert(
      fc.property(
        fc.array(failedStatement, { minLength: 1, maxLength: 3 }),
        fc.array(passedStatement, { maxLength: 3 }),
        (failed, passed) => {
          const decision = decideSummaries([...passed, ...failed], expectation({ maxAgeMs: undefined }));
          if (!decision.accepted) return;
          const { revocations } = revocationsOf(failed, expectation());
          expect(revocations).toHaveLength(failed.length);
          for (const { at } of revocations) {
            expect(at).toBeDefined();
            expect(decision.at.getTime()).toBeGreaterThan(Number(at));
          }
        },
      ),
    );
  });

  it('gives the same result in every order, and ignores unrelated statements', () => {
    const one = fc.record({
      verificationResult: fc.constantFrom('PASSED', 'FAILED'),
      timeVerified: fc.integer({ min: -2, max: 48 }).map((hours) => ago(hours * HOUR)),
      resourceUri: fc.constantFrom(RESOURCE, clearlyOther),
      policy: fc.constantFrom({ digest: { sha256: POLICY } }, { digest: { sha256: 'd'.repeat(64) } }),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 6 }), fc.infiniteStream(fc.nat()), (all, randoms) => {
        const statements = all.map((changes) => summary(changes));
        const decision = decideSummaries(statements, expectation());
        const shuffled = statements
          .map((statement) => ({ statement, key: randoms.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ statement }) => statement);
        expect(decideSummaries(shuffled, expectation()).accepted).toBe(decision.accepted);
        const strangers = [
          summary({ resourceUri: 'oci://x' }),
          summary({ policy: {} }),
          summary({}, other),
          summary({ verificationResult: 'FAILED', timeVerified: ago(-HOUR) }, other),
          summary({ verificationResult: 'FAILED', timeVerified: ago(-HOUR), resourceUri: clearlyOther }),
        ];
        expect(decideSummaries([...statements, ...strangers], expectation()).accepted).toBe(
          decision.accepted,
        );
        if (decision.accepted) {
          expect(
            all.some(
              ({ verificationResult, resourceUri, policy }) =>
                verificationResult === 'PASSED' &&
                resourceUri === RESOURCE &&
                policy.digest.sha256 === POLICY,
            ),
          ).toBe(true);
        }
      }),
    );
  });
});

describe('isClearlyOther', () => {
  const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
  it.each([
    RESOURCE,
    `docker://${HOST}/team/app`,
    `https://${HOST}/team/app`,
    `${HOST}/team/app`,
    `OCI://${HOST.toUpperCase()}/TEAM/APP`,
    `oci://${HOST}:443/team/app`,
    `oci://${HOST}./team/app`,
    `oci://${HOST}/team/app/`,
    `oci://${HOST}/team/app:1.0`,
    `oci://${HOST}/team/app@${other}`,
    `oci://${HOST}/team/app:1.0@${digest}`,
    `https://${HOST}/v2/team/app`,
    `https://${HOST}/team/app?tag=1#x`,
    ' oci://123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com/team/app ',
    'oci://123456789012.dkr-ecr.eu-central-1.on.aws/team/app',
    'oci://123456789012.dkr-ecr-fips.eu-central-1.on.aws/team/app',
    // Resources that are not well-formed, or do not certainly name a registry.
    '',
    'x',
    'team/app',
    'oci://team/other',
    'oci://x',
    `oci://${HOST}`,
    `oci://${HOST}/`,
    `oci://${HOST}//team/other`,
    `oci://${HOST}/team/other app`,
    'oci://123456789012.dkr.ecr.eu-central-1.amazonaws.com.cn/team/other',
    'oci://12345678901.dkr.ecr.eu-central-1.amazonaws.com/team/app',
    'https://github.com/team/other',
    'urn:team:other',
    'arn:aws:ecr:eu-central-1:123456789012:repository/team/other',
    'pkg:oci/other',
    `oci://ghcr.io/${'a/'.repeat(2_000)}b`,
    [`oci://${HOST}/team/other`],
    { uri: `oci://${HOST}/team/other` },
    undefined,
    null,
    7,
  ])('is false for %j', (resource) => {
    expect(isClearlyOther(resource, RESOURCE)).toBe(false);
  });

  it('does not parse a long text', () => {
    const started = performance.now();
    expect(isClearlyOther(`oci://ghcr.io/${'/'.repeat(400_000)}x`, RESOURCE)).toBe(false);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it.each([
    `oci://${HOST}/team/other`,
    `${HOST}/team/app2`,
    `oci://${HOST}/team`,
    `oci://${HOST}/app`,
    `https://${HOST.toUpperCase()}:443/team/other:1.0@${digest}`,
    'oci://210987654321.dkr.ecr.eu-central-1.amazonaws.com/team/app',
    'oci://123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app',
    'oci://123456789012.dkr-ecr.us-east-1.on.aws/team/app',
    'oci://ghcr.io/team/app',
    'docker://registry.example:5000/team/app',
  ])('is true for %j', (resource) => {
    expect(isClearlyOther(resource, RESOURCE)).toBe(true);
  });
});

describe('readLoosely', () => {
  const text = (more: Record<string, unknown>) =>
    JSON.stringify({
      predicateType: SUMMARY_TYPE,
      subject: [{ digest: { sha256: 'a'.repeat(64) } }],
      predicate: { verificationResult: 'FAILED' },
      ...more,
    });
  const hex = 'a'.repeat(64);

  it.each([
    ['an unknown field', text({ extra: 1 })],
    ['the digest in capitals', text({ subject: [{ digest: { sha256: hex.toUpperCase() } }] })],
    ['the digest with its algorithm', text({ subject: [{ digest: { sha256: ` sha256:${hex}` } }] })],
    ['the digest as a text', text({ subject: [{ digest: digest }] })],
    ['one subject instead of a list', text({ subject: { digest: { sha256: hex } } })],
    ['the type in a list', text({ predicateType: [SUMMARY_TYPE] })],
    ['subjects in lists in lists', text({ subject: [[[{ digest: { sha256: hex } }]]] })],
    ['a digest in lists in lists', text({ subject: [{ digest: [{ sha256: [[hex]] }] }] })],
    ['a digest as its subject', text({ subject: [digest] })],
    ['names of Protocol Buffers', text({ predicateType: undefined, predicate_type: SUMMARY_TYPE })],
    ['a predicate that is a text', text({ predicate: 'FAILED' })],
    ['no predicate', text({ predicate: undefined })],
    ['two predicates', text({ Predicate: { verificationResult: 'PASSED' } })],
    [
      'two predicates, that which passed first',
      `{"Predicate":{"verificationResult":"PASSED"},${text({ predicate: { verificationResult: 'PASSED' } }).slice(1)}`,
    ],
    ['two types', text({ PredicateType: 'https://example.com' })],
    ['a key twice', text({}).replace('"FAILED"', '"FAILED","verificationResult":"PASSED"')],
    ['the type twice', `{"predicateType":"${SUMMARY_TYPE}",${text({ predicateType: 'x' }).slice(1)}`],
  ])('reads a revoking statement with %s', (_, payload) => {
    const statement = readLoosely(payload);
    expect(statement?.subjects[0]?.digest).toBe(digest);
    expect(statement && isRevocation(statement)).toBe(true);
  });

  it.each([
    '',
    'null',
    '[]',
    '7',
    '{}',
    '{"predicateType":7}',
    'FAILED',
  ])('reads no statement in %s', (payload) => {
    expect(readLoosely(payload)).toBeUndefined();
  });

  it('reads what nests a hundred thousand levels deep', () => {
    const deep = `${'['.repeat(100_000)}{"digest":{"sha256":"${hex}"}}${']'.repeat(100_000)}`;
    const payload = text({ subject: 'SUBJECT' }).replace('"SUBJECT"', deep);
    expect(readLoosely(payload)?.subjects).toEqual([{ digest, annotations: undefined }]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, subject) => {
        for (const payload of [value, { predicateType: SUMMARY_TYPE, subject, predicate: value }]) {
          const statement = readLoosely(JSON.stringify(payload));
          if (statement !== undefined) isRevocation(statement);
        }
      }),
    );
  });

  it('recognizes the type of a summary in any spelling, and no other type', () => {
    expect(isSummaryType('https://slsa.dev/verification_summary/v9')).toBe(true);
    for (const type of ['https://slsa.dev/provenance/v1', 'https://in-toto.io/attestation/vulns/v0.2', '']) {
      expect(isSummaryType(type)).toBe(false);
    }
  });
});

describe('statementsOf', () => {
  const envelope = (statement: unknown, payloadType = 'application/vnd.in-toto+json') =>
    JSON.stringify({ payloadType, payload: Buffer.from(JSON.stringify(statement)).toString('base64') });
  const right = {
    predicateType: 't',
    subject: [{ digest: { sha256: 'a'.repeat(64) } }],
    predicate: { a: 1 },
  };

  it('reads one statement per line, and skips other lines', () => {
    const lines = [
      envelope(right),
      'Verified OK',
      '[]',
      'null',
      '{}',
      envelope(null),
      envelope({ ...right, subject: undefined }),
      envelope({ ...right, predicateType: 7 }),
      envelope(right, 'text/plain'),
    ];
    expect(statementsOf(lines.join('\n'))).toEqual([
      { predicateType: 't', subjects: [{ digest, annotations: undefined }], predicate: { a: 1 } },
    ]);
  });

  it('never throws, whatever cosign prints', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, value) => {
        statementsOf(`${text}\n${JSON.stringify(value)}\n${envelope(value)}`);
      }),
    );
  });

  const summaryText = (result: string, subject = `[{"digest":{"sha256":"${'a'.repeat(64)}"}}]`) =>
    `{"predicateType":"${SUMMARY_TYPE}","subject":${subject},"predicate":{${result}}}`;
  const printed = (...texts: string[]) =>
    texts
      .map((text) => Buffer.from(text).toString('base64'))
      .map((payload) => JSON.stringify({ payload, payloadType: 'application/vnd.in-toto+json' }))
      .join('\n');
  const passed = envelope({
    predicateType: SUMMARY_TYPE,
    subject: [{ digest: { sha256: 'a'.repeat(64) } }],
    predicate: summary().predicate,
  });

  it.each([
    ['that says FAILED twice', summaryText('"verificationResult":"FAILED","verificationResult":"FAILED"')],
    [
      'that says both, PASSED last',
      summaryText('"verificationResult":"FAILED","verificationResult":"PASSED"'),
    ],
    ['that says something else twice', summaryText('"verificationResult":"FAILED","a":1,"a":1')],
    [
      'with a subject that has no digest',
      summaryText(
        '"verificationResult":"FAILED"',
        `[{"name":"x"},null,{"digest":{"sha256":"${'a'.repeat(64)}"}}]`,
      ),
    ],
  ])('reads a revocation from a summary %s', (_, text) => {
    expect(decideSummaries(statementsOf(passed), expectation()).accepted).toBe(true);
    for (const lines of [`${passed}\n${printed(text)}`, `${printed(text)}\n${passed}`]) {
      expect(decideSummaries(statementsOf(lines), expectation())).toMatchObject({
        accepted: false,
        why: expect.stringMatching(/does not say PASSED/),
      });
    }
  });

  it.each([
    3_000, 9_000,
  ])('reads a revocation from a FAILED summary that is nested %d levels deep', (depth) => {
    const deep = `"x":${'['.repeat(depth)}${']'.repeat(depth)}`;
    const later = summaryText(`"verificationResult":"FAILED",${deep}`);
    const statements = statementsOf(`${passed}\n${printed(later)}`);
    expect(decideSummaries(statements, expectation()).accepted).toBe(false);
  });

  it('reads no revocation from a summary of another digest that has a key twice', () => {
    const text = summaryText('"a":1,"a":1', `[{"digest":{"sha256":"${'b'.repeat(64)}"}}]`);
    const statements = statementsOf(`${passed}\n${printed(text)}`);
    expect(decideSummaries(statements, expectation()).accepted).toBe(true);
  });

  it('reads no predicate of a summary that has a key twice', () => {
    const full = JSON.stringify(summary().predicate).slice(1, -1);
    const statements = statementsOf(printed(summaryText(`${full},"verifiedLevels":["X"]`)));
    expect(statements).toMatchObject([{ predicateType: SUMMARY_TYPE, predicate: undefined }]);
    expect(decideSummaries(statements, expectation()).accepted).toBe(false);
  });

  it.each([
    ['the type', '{"predicateType":"x","predicateType":"t","subject":[],"predicate":{}}'],
    ['a field of the predicate', '{"predicateType":"t","subject":[],"predicate":{"a":{"b":1,"c":[],"b":2}}}'],
    ['one written in two ways', '{"predicateType":"t","subject":[],"predicate":{"a":1,"\\u0061":1}}'],
    ['a digest', `{"predicateType":"t","subject":[{"digest":{"sha256":"${'a'.repeat(64)}","sha256":"b"}}]}`],
  ])('reads no statement that has %s twice, because other parsers may read the other value', (_, text) => {
    const payload = Buffer.from(text).toString('base64');
    expect(statementsOf(JSON.stringify({ payloadType: 'application/vnd.in-toto+json', payload }))).toEqual(
      [],
    );
  });

  it('does not treat values that look like keys as keys', () => {
    const predicate = { a: '"b":', b: ['"b": ', '\\"b":'], '"b":': 1, '': { '': '' }, __proto: 1 };
    expect(statementsOf(envelope({ ...right, predicate }))).toMatchObject([{ predicate }]);
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(statementsOf(envelope({ ...right, predicate: value }))).toHaveLength(1);
      }),
    );
  });

  it('returns no invalid digest', () => {
    const [statement] = statementsOf(
      envelope({ ...right, subject: [{ digest: { sha256: 'A'.repeat(64) } }] }),
    );
    expect(statement?.subjects).toEqual([]);
    const [listed] = statementsOf(
      envelope({ ...right, subject: [{ digest: { sha256: ['a'.repeat(64)] } }] }),
    );
    expect(listed?.subjects).toEqual([]);
  });
});
