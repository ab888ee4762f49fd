/** Which summaries count for an image that was copied by its digest from other repositories. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SUMMARY_TYPE, VERIFIER_ID } from '../../../src/signing/statements/predicate.ts';
import type { Statement } from '../../../src/signing/statements/statement.ts';
import { decideSummaries, type Expectation } from '../../../src/signing/statements/summaries.ts';

const digest = `sha256:${'a'.repeat(64)}` as const;
const other = `sha256:${'b'.repeat(64)}` as const;
const uri = (account: string, region: string, repository: string) =>
  `oci://${account}.dkr.ecr.${region}.amazonaws.com/${repository}`;
const OWN = uri('111111111111', 'eu-central-1', 'prod/app');
const STAGING = uri('111111111111', 'eu-central-1', 'staging/app');
const SOURCE = uri('222222222222', 'us-east-1', 'team/app');
const UNLISTED = uri('333333333333', 'us-east-1', 'team/app');
const POLICY = 'c'.repeat(64);
const NOW = new Date('2026-11-25T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000).toISOString();

function summary(
  changes: Record<string, unknown> = {},
  of: typeof digest | typeof other = digest,
): Statement {
  return {
    predicateType: SUMMARY_TYPE,
    subjects: [{ digest: of, annotations: undefined }],
    predicate: {
      verifier: { id: VERIFIER_ID },
      timeVerified: ago(60),
      resourceUri: SOURCE,
      policy: { uri: 'urn:policy', digest: { sha256: POLICY } },
      verificationResult: 'PASSED',
      verifiedLevels: ['X'],
      ...changes,
    },
  };
}

function expectation(changes: Partial<Expectation> = {}): Expectation {
  const maxAgeMs = 24 * 3_600_000;
  return {
    digest,
    resourceUri: OWN,
    promotedFrom: [STAGING, SOURCE],
    policies: [POLICY],
    maxAgeMs,
    now: NOW,
    ...changes,
  };
}

const FAILED = { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] };

describe('a summary of a repository that an image was promoted from', () => {
  it('counts if the repository is listed, and only then', () => {
    expect(decideSummaries([summary()], expectation())).toMatchObject({
      accepted: true,
      summary: { resourceUri: SOURCE },
    });
    for (const promotedFrom of [undefined, [], [STAGING]]) {
      expect(decideSummaries([summary()], expectation({ promotedFrom }))).toMatchObject({
        accepted: false,
        why: expect.stringContaining(`is for ${SOURCE}, not for ${OWN}`),
        revokedBy: undefined,
      });
    }
  });

  it.each<[string, Statement, RegExp]>([
    ['of another digest', summary({}, other), /another digest/],
    ['of an unlisted repository', summary({ resourceUri: UNLISTED }), /is for .*, not for/],
    ['of a repository with a longer name', summary({ resourceUri: `${SOURCE}2` }), /not for/],
    ['of a repository below it', summary({ resourceUri: `${SOURCE}/debug` }), /not for/],
    ['of one above it', summary({ resourceUri: SOURCE.replace('/app', '') }), /not for/],
    ['of the repository with a tag', summary({ resourceUri: `${SOURCE}:1` }), /not for/],
    ['of the repository in capitals', summary({ resourceUri: SOURCE.toUpperCase() }), /not for/],
    [
      'of the repository by its FIPS host',
      summary({ resourceUri: SOURCE.replace('.ecr.', '.ecr-fips.') }),
      /not for/,
    ],
    [
      'of the same name in another region',
      summary({ resourceUri: SOURCE.replace('east', 'west') }),
      /not for/,
    ],
    ['of a list with the repository', summary({ resourceUri: [SOURCE] }), /lacks required fields/],
    ['with a second repository', summary({ resource_uri: OWN }), /two spellings/],
    ['by another policy', summary({ policy: { digest: { sha256: 'd'.repeat(64) } } }), /another policy/],
    ['by another verifier', summary({ verifier: { id: 'urn:other' } }), /not by this gate/],
    ['that is too old', summary({ timeVerified: ago(25 * 60) }), /too old/],
    ['from the future', summary({ timeVerified: ago(-60) }), /in the future/],
    ['without a level', summary({ verifiedLevels: [] }), /names no verified level/],
  ])('does not count %s', (_, statement, why) => {
    const decision = decideSummaries([statement], expectation());
    expect(decision).toMatchObject({ accepted: false, why: expect.stringMatching(why) });
  });

  it.each([
    ['the image’s own repository', OWN],
    ['the repository that passed it', SOURCE],
    ['another one that is listed', STAGING],
    ['none', undefined],
    ['the repository in another spelling', `${SOURCE.toUpperCase()}:443`],
  ])('is revoked by a newer summary of %s', (_, resourceUri) => {
    const failed = summary({ ...FAILED, resourceUri, timeVerified: ago(30) });
    for (const statements of [
      [summary(), failed],
      [failed, summary()],
    ]) {
      expect(decideSummaries(statements, expectation())).toMatchObject({
        accepted: false,
        revokedBy: failed,
      });
    }
  });

  it('does not depend on one of a repository that is not listed', () => {
    const failed = summary({ ...FAILED, resourceUri: UNLISTED, timeVerified: ago(30) });
    expect(decideSummaries([summary(), failed], expectation())).toMatchObject({
      accepted: true,
      notCounted: [expect.stringContaining(UNLISTED)],
    });
  });

  it('revokes a summary of the image’s own repository that is not newer', () => {
    const own = (minutes: number) => summary({ resourceUri: OWN, timeVerified: ago(minutes) });
    const failed = summary({ ...FAILED, timeVerified: ago(30) });
    expect(decideSummaries([own(60), failed], expectation()).accepted).toBe(false);
    expect(decideSummaries([own(30), failed], expectation()).accepted).toBe(false);
    expect(decideSummaries([own(10), failed], expectation())).toMatchObject({
      accepted: true,
      summary: { resourceUri: OWN },
    });
  });

  const resource = fc.constantFrom(OWN, STAGING, SOURCE, UNLISTED);
  const statement = fc
    .record({
      resourceUri: resource,
      minutes: fc.integer({ min: -120, max: 60 * 48 }),
      result: fc.constantFrom('PASSED', 'FAILED', 'UNKNOWN'),
      policy: fc.constantFrom(POLICY, 'd'.repeat(64)),
      of: fc.constantFrom(digest, other),
      dated: fc.boolean(),
    })
    .map(({ resourceUri, minutes, result, policy, of, dated }) =>
      summary(
        {
          resourceUri,
          verificationResult: result,
          timeVerified: dated || result === 'PASSED' ? ago(minutes) : undefined,
          policy: { digest: { sha256: policy } },
        },
        of,
      ),
    );

  it('decides as if all listed repositories were the image’s own', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 6 }),
        fc.uniqueArray(fc.constantFrom(STAGING, SOURCE)),
        (statements, promotedFrom) => {
          const decision = decideSummaries(statements, expectation({ promotedFrom }));
          const renamed = statements.map((one) => {
            const predicate = one.predicate as { resourceUri: string };
            const isListed = promotedFrom.includes(predicate.resourceUri);
            return isListed ? { ...one, predicate: { ...predicate, resourceUri: OWN } } : one;
          });
          const alone = decideSummaries(renamed, expectation({ promotedFrom: [] }));
          expect(decision.accepted).toBe(alone.accepted);
          if (!decision.accepted || !alone.accepted) return;
          expect(decision.at).toEqual(alone.at);
          expect([OWN, ...promotedFrom]).toContain(decision.summary.resourceUri);
        },
      ),
    );
  });

  it('is decided in any order of the list, with repetitions and with the image’s own repository in it', () => {
    fc.assert(
      fc.property(
        fc.array(statement, { maxLength: 6 }),
        fc.shuffledSubarray([STAGING, SOURCE, OWN, STAGING, SOURCE], { minLength: 1 }),
        (statements, promotedFrom) => {
          const sorted = [STAGING, SOURCE].filter((one) => promotedFrom.includes(one));
          const decision = decideSummaries(statements, expectation({ promotedFrom }));
          expect(decision.accepted).toBe(
            decideSummaries(statements, expectation({ promotedFrom: sorted })).accepted,
          );
        },
      ),
    );
  });

  it('gains nothing from a repository that is not listed, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        const expected = expectation({ promotedFrom: [SOURCE] });
        const decision = decideSummaries(statements, expected);
        const without = statements.filter(
          ({ predicate }) =>
            ![UNLISTED, STAGING].includes((predicate as { resourceUri: string }).resourceUri),
        );
        expect(decision.accepted).toBe(decideSummaries(without, expected).accepted);
      }),
    );
  });

  it('leaves revoked what is revoked without the list, unless a listed repository has passed it later', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        const alone = decideSummaries(statements, expectation({ promotedFrom: [] }));
        if (alone.accepted || alone.revokedBy === undefined) return;
        const decision = decideSummaries(statements, expectation());
        if (!decision.accepted) return;
        const { timeVerified } = alone.revokedBy.predicate as { timeVerified?: string };
        expect(timeVerified).toBeDefined();
        expect(decision.at.getTime()).toBeGreaterThan(Date.parse(timeVerified ?? ''));
        expect([STAGING, SOURCE]).toContain(decision.summary.resourceUri);
      }),
    );
  });
});
