/** What the verify action says has changed since an earlier report. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GateError } from '../../src/errors.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { SOON_MS } from '../../src/report/findings/exceptions.ts';
import { changesSince, snapshotOfResult } from '../../src/report/verify/changes.ts';
import { readEarlierReport } from '../../src/report/verify/earlier.ts';
import type { Finding } from '../../src/results/finding.ts';
import { type Changes, hasChanged } from '../../src/results/modes/changes.ts';
import { byVerdict } from '../../src/results/modes/envelope.ts';
import { verdictOf } from '../../src/results/modes/images.ts';
import { NOT_REACHED } from '../../src/results/modes/verify.ts';
import { DAY_MS } from '../../src/time.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import { type EitherImage, type EitherResult, reportOf, reportText } from './either.ts';
import { everyReport } from './everything.ts';
import * as fixtures from './fixtures.ts';

const { createError, createFailedImage, createFinding, createImage, createPackage, createProof, HOST } =
  fixtures;

const LAST_NIGHT = new Date('2026-05-31T04:00:00Z');
const TONIGHT = new Date('2026-06-01T04:00:00Z');
const digest = (seed: number | string) => `sha256:${String(seed).padStart(64, '0')}`;

/** A result of the verify action. */
function result(images: readonly EitherImage[], overrides: Partial<EitherResult> = {}): EitherResult {
  return fixtures.createReport({
    verdict: images.map(verdictOf).sort(byVerdict)[0] ?? 'error',
    images,
    verification: fixtures.createVerification(),
    startedAt: LAST_NIGHT,
    judgedAt: LAST_NIGHT,
    ...overrides,
  });
}

/** The same, a night later. */
function tonight(images: readonly EitherImage[], overrides: Partial<EitherResult> = {}): EitherResult {
  return result(images, { startedAt: TONIGHT, judgedAt: TONIGHT, ...overrides });
}

/** An image of a tag that has these findings; each of them blocks. */
function image(name: string, ids: readonly string[] = [], overrides: Partial<EitherImage> = {}): EitherImage {
  const findings = ids.map((id) => finding(id));
  return createImage(findings, {
    references: [`${HOST}/team/${name}:prod`],
    uri: `${HOST}/team/${name}@${digest(1)}`,
    digest: digest(1),
    repository: `team/${name}`,
    ...overrides,
  });
}

function finding(id: string, overrides: Partial<Finding> = {}): Finding {
  return createFinding({ id: `arn:${id}`, vulnerabilityId: id, ...overrides });
}

const named = (name: string) => `${HOST}/team/${name}:prod`;
const bytes = (given: EitherResult) => Buffer.from([...reportText(given)].join(''));

function changes(earlier: EitherResult | undefined, now: EitherResult): Changes {
  const read = earlier && readEarlierReport(bytes(earlier), now.startedAt);
  return changesSince(read, snapshotOfResult(now));
}

const NOTHING = { error: undefined, blocks: [], expiries: [], disappeared: [], resolved: [] };

describe('a report', () => {
  it('has no difference from itself, whatever it says', () => {
    const reports = everyReport()
      .filter(({ verification }) => verification !== undefined)
      // A run has each image once.
      .map((one) => ({
        ...one,
        images: one.images.map((each, at) => ({ ...each, uri: `x@${at}`, references: [named(`${at}`)] })),
      }));
    expect(reports.length).toBeGreaterThan(0);
    const broken = createFailedImage(createError({ code: 'aws', message: 'AWS: 503 (request 1a2b-3c4d).' }));
    for (const one of [...reports, result([image('a', ['CVE-1']), broken])]) {
      expect(changes(one, one)).toEqual({ since: one.startedAt, ...NOTHING });
    }
  });

  it('has the same snapshot as its result', () => {
    for (const one of everyReport().filter(({ verification }) => verification !== undefined)) {
      expect(readEarlierReport(bytes(one), one.startedAt)).toEqual(snapshotOfResult(one));
    }
  });
});

describe('an image that does not pass', () => {
  it('is new if it passed before, and is said with all reasons', () => {
    const made = changes(result([image('a'), image('b')]), tonight([image('a', ['CVE-1']), image('b')]));
    expect(made).toEqual({
      ...NOTHING,
      since: LAST_NIGHT,
      blocks: [
        { image: named('a'), before: 'passing', verdict: 'block', reasons: ['CVE-1 (critical) in openssl'] },
      ],
    });
    expect(hasChanged(made)).toBe(true);
  });

  it('is new if the earlier report does not have it', () => {
    const { blocks } = changes(result([image('a')]), tonight([image('a'), image('b', ['CVE-1'])]));
    expect(blocks).toMatchObject([{ image: named('b'), before: 'absent' }]);
  });

  it('is said with its findings, and not with the check that counts them', () => {
    const proofs = [
      createProof({ kind: 'findings', state: 'failed', what: 'Today’s findings', detail: '1' }),
    ];
    const now = tonight([image('a', ['CVE-1'], { proofs })]);
    expect(changes(result([image('a')]), now).blocks[0]?.reasons).toEqual(['CVE-1 (critical) in openssl']);
  });

  it('is quiet if it is blocked by the same, or by less', () => {
    const before = result([image('a', ['CVE-1', 'CVE-2'])]);
    expect(hasChanged(changes(before, tonight([image('a', ['CVE-2', 'CVE-1'])])))).toBe(false);
    expect(hasChanged(changes(before, tonight([image('a', ['CVE-2'])])))).toBe(false);
  });

  it('is said with the new reasons alone', () => {
    const before = result([image('a', ['CVE-1'])]);
    const [block] = changes(before, tonight([image('a', ['CVE-1', 'CVE-2'])])).blocks;
    expect(block).toMatchObject({ before: 'failing', reasons: ['CVE-2 (critical) in openssl'] });
    // The same vulnerability in another package is another reason.
    const other = finding('CVE-1', { packages: [createPackage(), createPackage({ name: 'libssl3' })] });
    const { outcome } = createImage([other]);
    expect(changes(before, tonight([image('a', [], { outcome })])).blocks).toHaveLength(1);
  });

  it('is the same image if the tag points at another digest, or if only its digest is named now', () => {
    const before = result([image('a', ['CVE-1'])]);
    const moved = { uri: `${HOST}/team/a@${digest(2)}`, digest: digest(2) };
    expect(hasChanged(changes(before, tonight([image('a', ['CVE-1'], moved)])))).toBe(false);
    const byDigest = { references: [`${HOST}/team/a@${digest(1)}`] };
    expect(hasChanged(changes(before, tonight([image('a', ['CVE-1'], byDigest)])))).toBe(false);
  });

  it('is said again when a limit is exceeded by more', () => {
    const limited = (count: number) => {
      const many = Array.from({ length: count }, (_, at) => finding(`CVE-${at}`, { severity: 'LOW' }));
      const verdict = evaluate(many, createPolicy({ limits: { low: 1 } }), createContext());
      return [image('a', [], { outcome: { kind: 'judged', verdict } })];
    };
    expect(hasChanged(changes(result(limited(3)), tonight(limited(3))))).toBe(false);
    expect(hasChanged(changes(result(limited(3)), tonight(limited(2))))).toBe(false);
    expect(changes(result(limited(3)), tonight(limited(4))).blocks).toMatchObject([
      { reasons: ['4 findings with severity low, the policy allows 1'] },
    ]);
  });

  it('is said again when another check fails, and not when only the age in its reason differs', () => {
    const failed = (what: string, detail: string) => {
      const proofs = [createProof({ state: 'failed', what, detail })];
      const error = createError({ code: 'not-verified', message: `${what}: ${detail}` });
      return [image('a', [], { proofs, outcome: { kind: 'error', error } })];
    };
    const before = result(failed('Verification summary', 'it was signed 31 days ago'));
    const older = tonight(failed('Verification summary', 'it was signed 32 days ago'));
    expect(hasChanged(changes(before, older))).toBe(false);
    const revoked = tonight(failed('Verification summary', 'its newest summary says FAILED'));
    expect(changes(before, revoked).blocks).toMatchObject([
      { reasons: ['Verification summary: its newest summary says FAILED'] },
    ]);
    expect(changes(before, tonight(failed('Signature', 'it was signed 31 days ago'))).blocks).toHaveLength(1);
  });

  it.each([
    ['of an image', 'ECR has no repository staging/app1', 'ECR has no repository staging/app2', true],
    ['of a key', 'It is not signed by alias/gate-1', 'It is not signed by alias/gate-2', true],
    ['of a vulnerability', 'CVE-2026-1 has no severity', 'CVE-2026-2 has no severity', true],
    ['an age', 'It is 31 days old', 'It is 32 days old', false],
    ['a time', 'It ended at 2026-05-31T04:00:00Z', 'It ended at 2026-06-01T05:01:02Z', false],
    ['a request', 'AWS: 503 (d1f6a2c4-12ab)', 'AWS: 503 (9e00bb12-c0de)', false],
    ['a digest', `Of ${digest('a1')}`, `Of ${digest('b2')}`, false],
  ])('has another error if a name in its message differs: %s', (_, before, now, isNew) => {
    const failed = (message: string) =>
      image('a', [], { outcome: { kind: 'error', error: createError({ code: 'not-found', message }) } });
    expect(hasChanged(changes(result([failed(before)]), tonight([failed(now)])))).toBe(isNew);
  });

  it('has neither passed nor disappeared if AWS does not respond, and is reported', () => {
    const lost = createError({ code: 'aws', message: 'AWS answered 503 (request 12ab-34cd).' });
    const unknown = (name: string) => image(name, [], { outcome: { kind: 'error', error: lost } });
    const made = changes(result([image('a', ['CVE-1']), image('b')]), tonight([unknown('a'), unknown('b')]));
    expect(made).toMatchObject({ resolved: [], disappeared: [] });
    expect(made.blocks.map(({ image: name, before }) => [name, before])).toEqual([
      [named('a'), 'failing'],
      [named('b'), 'passing'],
    ]);
    // The next night, with another request id, nothing is new.
    const again = createError({ code: 'aws', message: 'AWS answered 503 (request 9f-0a).' });
    const still = tonight([image('a', [], { outcome: { kind: 'error', error: again } }), unknown('b')]);
    expect(hasChanged(changes(result([unknown('a'), unknown('b')]), still))).toBe(false);
  });

  it('is always listed if it is new: every image, in any mixture', () => {
    const ids = fc.subarray(['CVE-1', 'CVE-2', 'CVE-3']);
    const images = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), ids, { minKeys: 1 });
    fc.assert(
      fc.property(images, images, (before, now) => {
        const of = (given: typeof before) => Object.entries(given).map(([name, all]) => image(name, all));
        expect(hasChanged(changes(result(of(now)), tonight(of(now))))).toBe(false);
        const made = changes(result(of(before)), tonight(of(now)));
        const said = new Map(made.blocks.map((block) => [block.image, block.reasons.length]));
        for (const [name, all] of Object.entries(now)) {
          const fresh = all.filter((id) => !before[name]?.includes(id));
          expect(said.get(named(name)) ?? 0).toBe(fresh.length);
          const isResolved = all.length === 0 && (before[name]?.length ?? 0) > 0;
          expect(made.resolved.includes(named(name))).toBe(isResolved);
        }
        const gone = Object.keys(before).filter((name) => !(name in now));
        expect(made.disappeared.map((one) => one.image).sort()).toEqual(gone.map(named).sort());
      }),
      { numRuns: 100 },
    );
  });
});

describe('the run', () => {
  it('that ends early says so once, and reports no image as passed or disappeared', () => {
    const error = createError({ code: 'credentials', message: 'There are no AWS credentials.' });
    const before = result([image('a', ['CVE-1']), image('b')]);
    const ended = tonight([], { verdict: 'error', error });
    expect(changes(before, ended)).toEqual({ ...NOTHING, since: LAST_NIGHT, error: error.message });
    // Its own report has no images, so it cannot tell whether any disappeared.
    expect(() => changes({ ...ended, startedAt: LAST_NIGHT }, before)).toThrow(/^images: it is empty/);
    const [a, b] = [image('a', ['CVE-1']), image('b')];
    const late = (message: string, startedAt: Date) =>
      result([a, b], { verdict: 'error', error: createError({ message }), startedAt });
    expect(changes(late('12 m', LAST_NIGHT), late('13 m', TONIGHT)).error).toBeUndefined();
    expect(changes(late('12 m', LAST_NIGHT), late('Denied.', TONIGHT)).error).toBe('Denied.');
  });

  it('that ends while it judges lists what it has judged, and not what it could not', () => {
    const pending = createError({ code: 'not-proven', message: NOT_REACHED });
    const images = [image('a', ['CVE-1']), image('b', [], { outcome: { kind: 'error', error: pending } })];
    const ended = tonight(images, { verdict: 'error', error: createError() });
    const made = changes(result([image('a'), image('b')]), ended);
    expect(made.blocks.map((block) => block.image)).toEqual([named('a')]);
    const next = changes({ ...ended, startedAt: LAST_NIGHT }, tonight([image('a', ['CVE-1']), image('b')]));
    expect(next.resolved).toEqual([]);
    // What the first night did not list is said in the second.
    const still = changes({ ...ended, startedAt: LAST_NIGHT }, tonight(images));
    expect(still.blocks).toMatchObject([{ image: named('b'), before: 'failing' }]);
  });

  it('that ends again before it has verified every image does not know that nothing has changed', () => {
    const pending = createError({ code: 'not-proven', message: NOT_REACHED });
    const ended = {
      verdict: 'error',
      error: createError({ code: 'timeout', message: 'Too late.' }),
    } as const;
    const images = [image('a'), image('b', [], { outcome: { kind: 'error', error: pending } })];
    // In the second night, b may be blocked.
    const made = changes(result(images, ended), tonight(images, ended));
    expect(made.error).toBe('Too late.');
    expect(changes(result([image('a')], ended), tonight([], ended)).error).toBe('Too late.');
    expect(changes(result([image('a')], ended), tonight([image('a')], ended)).error).toBeUndefined();
  });

  it.each([
    ['access-denied', 'AWS denied ecr:DescribeImages.'],
    ['aws', 'AWS answered 503.'],
    ['not-proven', 'The scan contradicts itself.'],
  ] as const)('does not explain the error %s of an image that it had reached before it ended', (code, message) => {
    const pending = createError({ code: 'not-proven', message: NOT_REACHED });
    const timeout = createError({ code: 'timeout', message: 'The timeout of 15 m has expired.' });
    const failed = (error: GateError) => image('a', [], { outcome: { kind: 'error', error } });
    const ended = { verdict: 'error', error: timeout } as const;
    const made = changes(
      result([failed(pending)], ended),
      tonight([failed(createError({ code, message }))], ended),
    );
    expect(made.blocks).toMatchObject([{ image: named('a'), reasons: [message] }]);
    const again = failed(createError({ code, message }));
    expect(hasChanged(changes(result([again], ended), tonight([again], ended)))).toBe(false);
  });
});

describe('an image disappears', () => {
  const missing = (name: string) =>
    createFailedImage(createError({ code: 'not-found', message: `ECR has no image ${name}` }), {
      references: [named(name)],
      uri: named(name),
      digest: undefined,
    });

  it('if ECR does not have it any more, once', () => {
    const made = changes(result([image('a'), image('b', ['CVE-1'])]), tonight([missing('a'), missing('b')]));
    expect(made).toEqual({
      ...NOTHING,
      since: LAST_NIGHT,
      disappeared: [
        { image: named('a'), why: 'not-found', before: 'passing' },
        { image: named('b'), why: 'not-found', before: 'failing' },
      ],
    });
    expect(hasChanged(changes(result([missing('a')]), tonight([missing('a')])))).toBe(false);
  });

  it('if the workflow does not name it any more, blocked or not', () => {
    const made = changes(result([image('a'), image('b', ['CVE-1'])]), tonight([image('a')]));
    expect(made.disappeared).toEqual([{ image: named('b'), why: 'not-listed', before: 'failing' }]);
    expect(made.resolved).toEqual([]);
  });

  it('if one of the tags that pointed at it moves and the workflow does not name the other any more', () => {
    const tag = (name: string) => `${HOST}/team/a:${name}`;
    const of = (seed: number, ...tags: string[]) =>
      image('a', [], {
        references: tags.map(tag),
        uri: `${HOST}/team/a@${digest(seed)}`,
        digest: digest(seed),
      });
    const gone = (now: EitherImage) => changes(result([of(1, 'prod', 'canary')]), tonight([now])).disappeared;
    expect(gone(of(2, 'prod'))).toEqual([{ image: tag('canary'), why: 'not-listed', before: 'passing' }]);
    // The image itself is still listed, or both of its names are.
    expect(gone(of(1, 'prod'))).toEqual([]);
    expect(gone(of(2, 'prod', 'canary'))).toEqual([]);
    // Also if the name that is not there any more is its digest.
    const both = { ...of(1, 'prod'), references: [`${HOST}/team/a@${digest(1)}`, tag('prod')] };
    expect(changes(result([both]), tonight([of(2, 'prod')])).disappeared).toHaveLength(1);
  });

  it('not if the earlier report does not have it: then it does not pass', () => {
    expect(changes(result([image('a')]), tonight([image('a'), missing('b')]))).toMatchObject({
      disappeared: [],
      blocks: [{ image: named('b'), before: 'absent', reasons: ['ECR has no image b'] }],
    });
  });

  it('not if ECR lacks something else that it needs', () => {
    const error = createError({ code: 'not-found', message: 'ECR has no repository staging/a.' });
    const made = changes(
      result([image('a')]),
      tonight([image('a', [], { outcome: { kind: 'error', error } })]),
    );
    expect(made).toMatchObject({ disappeared: [], blocks: [{ before: 'passing' }] });
  });
});

describe('expiries', () => {
  /** An image with a finding that an exception allows until a time. */
  const excepted = (expires: Date, now: Date, source = 'exceptions.yml:4') => {
    const exceptions = [createException({ ids: ['CVE-1'], expires, source })];
    const verdict = evaluate([finding('CVE-1')], createPolicy(), createContext({ exceptions, now }));
    return [image('a', [], { outcome: { kind: 'judged', verdict } })];
  };

  it('are said when an exception comes within 14 days of its end, once, wherever it is in its file', () => {
    const expires = new Date(TONIGHT.getTime() + SOON_MS);
    const made = changes(result(excepted(expires, LAST_NIGHT)), tonight(excepted(expires, TONIGHT)));
    expect(made.expiries).toEqual([
      {
        state: 'soon',
        what: 'exception for CVE-1 (exceptions.yml:4)',
        ends: expires,
        images: [named('a')],
      },
    ]);
    const nearer = new Date(TONIGHT.getTime() + 3 * DAY_MS);
    const moved = tonight(excepted(nearer, TONIGHT, 'exceptions.yml:9'));
    expect(hasChanged(changes(result(excepted(nearer, LAST_NIGHT)), moved))).toBe(false);
  });

  it('are said when an exception has expired, with the image that it no longer covers', () => {
    const expires = new Date(LAST_NIGHT.getTime() + DAY_MS / 2);
    const before = result(excepted(expires, LAST_NIGHT));
    const after = tonight(excepted(expires, TONIGHT));
    expect(changes(before, after)).toMatchObject({
      expiries: [{ state: 'expired', images: [named('a')] }],
      blocks: [{ image: named('a'), before: 'passing' }],
    });
    expect(hasChanged(changes({ ...after, startedAt: LAST_NIGHT }, after))).toBe(false);
  });

  it('are not said of exceptions that no finding needs or names', () => {
    const judged = (id: string, severity: string, expires: Date) => {
      const exceptions = [createException({ ids: ['CVE-1'], expires })];
      const found = [finding(id, { severity })];
      const verdict = evaluate(found, createPolicy(), createContext({ exceptions, now: TONIGHT }));
      return changes(undefined, tonight([image('a', [], { outcome: { kind: 'judged', verdict } })])).expiries;
    };
    const [past, soon] = [LAST_NIGHT, new Date(TONIGHT.getTime() + DAY_MS)];
    expect(judged('CVE-1', 'CRITICAL', soon)).toHaveLength(1);
    expect(judged('CVE-1', 'LOW', soon)).toEqual([]);
    expect(judged('CVE-1', 'CRITICAL', past)).toHaveLength(1);
    expect(judged('CVE-2', 'CRITICAL', past)).toEqual([]);
  });

  it('are unknown to an earlier report that claims to be judged after the end', () => {
    const expires = new Date(TONIGHT.getTime() + DAY_MS);
    const document = JSON.parse(bytes(result(excepted(expires, LAST_NIGHT))).toString());
    const claim = Buffer.from(JSON.stringify({ ...document, judgedAt: '2100-01-01T00:00:00.000Z' }));
    const now = snapshotOfResult(tonight(excepted(expires, TONIGHT)));
    expect(changesSince(readEarlierReport(claim, TONIGHT), now).expiries).toHaveLength(1);
  });

  it('name every image of an exception once', () => {
    const expires = new Date(TONIGHT.getTime() + DAY_MS);
    const [first] = excepted(expires, TONIGHT);
    const other = { ...(first as EitherImage), references: [named('b')], uri: named('b') };
    const { expiries } = changes(undefined, tonight([first as EitherImage, other]));
    expect(expiries.map(({ images }) => images)).toEqual([[named('a'), named('b')]]);
  });

  it('are said of attestations in the second half of their maximum age, within 14 days', () => {
    const attested = (ageDays: number, maxDays: number) => {
      const at = new Date(TONIGHT.getTime() - ageDays * DAY_MS);
      const ends = new Date(at.getTime() + maxDays * DAY_MS);
      const proof = createProof({ kind: 'attestation', what: 'Verification summary', at, ends });
      return [image('a', [], { proofs: [{ ...proof, ageMs: ageDays * DAY_MS }] })];
    };
    const soon = (ageDays: number, maxDays: number) =>
      changes(undefined, tonight(attested(ageDays, maxDays))).expiries.length;
    const [failed] = attested(16, 30);
    const proofs = failed?.proofs.map((proof) => ({ ...proof, state: 'failed' as const })) ?? [];
    expect(changes(undefined, tonight([image('a', [], { proofs })])).expiries).toEqual([]);
    expect([soon(15, 30), soon(16, 30), soon(3, 7), soon(4, 7), soon(40, 100)]).toEqual([0, 1, 0, 1, 0]);
    expect(hasChanged(changes(result(attested(16, 30)), tonight(attested(17, 30))))).toBe(false);
    expect(changes(result(attested(15, 30)), tonight(attested(16, 30))).expiries).toMatchObject([
      { state: 'soon', what: 'Verification summary', images: [named('a')] },
    ]);
  });
});

describe('two required attestations of one type', () => {
  const TYPE = 'Required attestation https://slsa.dev/provenance/v1';
  const builders = ['awskms:///alias/builder-1', 'awskms:///alias/builder-2'];
  const attested = (...ages: number[]) => {
    const proofs = ages.map((age, index) => {
      const at = new Date(TONIGHT.getTime() - age * DAY_MS);
      const ends = new Date(at.getTime() + 30 * DAY_MS);
      const by = builders[index];
      return createProof({ kind: 'required-attestation', what: TYPE, by, at, ends, ageMs: age * DAY_MS });
    });
    return [image('a', [], { proofs })];
  };
  const failed = (...signers: (string | undefined)[]) => {
    const proofs = signers.map((by) =>
      createProof({ kind: 'required-attestation', what: TYPE, by, state: 'failed', detail: 'it has none' }),
    );
    const error = createError({ code: 'not-verified', message: 'It lacks an attestation.' });
    return [image('a', [], { proofs, outcome: { kind: 'error', error } })];
  };

  it('end independently of each other', () => {
    expect(changes(result(attested(20, 1)), tonight(attested(20, 20))).expiries).toHaveLength(1);
    expect(hasChanged(changes(result(attested(20, 20)), tonight(attested(20, 20))))).toBe(false);
  });

  it('fail independently of each other', () => {
    const [first, second] = builders;
    expect(changes(result(failed(first)), tonight(failed(second))).blocks).toHaveLength(1);
    expect(hasChanged(changes(result(failed(first, second)), tonight(failed(second))))).toBe(false);
  });
});

describe('an earlier report', () => {
  const good = result([image('a', ['CVE-1'])]);
  const document = JSON.parse(bytes(good).toString());
  const read = (given: unknown, now = TONIGHT) =>
    readEarlierReport(Buffer.from(typeof given === 'string' ? given : JSON.stringify(given)), now);
  const [first] = document.images;

  it.each([
    ['nothing', '', /not JSON/],
    ['cut off', JSON.stringify(document).slice(0, -20), /not JSON/],
    ['nested deeply', '['.repeat(1_000_000), /not JSON/],
    ['null', 'null', /Expected Object/],
    ['another format', { ...document, schemaVersion: 2 }, /schemaVersion is not 1/],
    ['another tool', { ...document, action: { name: 'other' } }, /the action is not this one/],
    ['the report of the gate', { ...document, verification: null }, /the verify action has verified nothing/],
    ['the report of an audit', { schemaVersion: 1, mode: 'audit', results: [] }, /action/],
    ['no images', { ...document, images: undefined }, /images/],
    [
      'an image without a verdict',
      { ...document, images: [{ ...first, verdict: 'fine' }] },
      /images\.0\.verdict/,
    ],
    [
      'of a cancelled run',
      { ...document, verdict: 'error', error: { code: 'cancelled', message: 'The job was cancelled.' } },
      /its run was cancelled/,
    ],
    [
      'more images than the input can name',
      { ...document, images: Array(4_001).fill(first) },
      /^images: it has more than 4000 images$/,
    ],
    [
      'an image with more references than the input can name',
      { ...document, images: [{ ...first, references: Array(4_001).fill('a') }] },
      /^images\.0\.references: it has more than 4000 references$/,
    ],
    ['no time', { ...document, startedAt: 'yesterday' }, /startedAt/],
    [
      'a time that does not exist',
      { ...document, startedAt: '2026-99-99T99:99:99.999Z' },
      /later than this run/,
    ],
  ])('is not used if it is %s', (_, given, why) => {
    expect(() => read(given)).toThrow(why);
  });

  it('is not quoted at length', () => {
    const given = { ...document, images: [{ ...first, verdict: 'x'.repeat(1_000_000) }] };
    let message = '';
    try {
      read(given);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(/^images\.0\.verdict: /);
    expect(message.length).toBeLessThan(400);
  });

  it('is not used if it is of the future or older than 90 days', () => {
    const age = (ms: number) => new Date(LAST_NIGHT.getTime() + ms);
    expect(() => read(document, age(-1))).toThrow(/later than this run/);
    expect(() => read(document, age(90 * DAY_MS + 1))).toThrow(/older than 90 days/);
    expect(read(document, age(90 * DAY_MS)).images).toHaveLength(1);
    expect(read(document, age(0)).images).toHaveLength(1);
  });

  it('may be of a version without the end of attestations, or with more than is compared', () => {
    const proofs = [{ ...createProof(), at: null, ageMs: null, detail: null, more: 1 }];
    const given = { ...document, more: 1, images: [{ ...first, more: 1, proofs }] };
    expect(read(given).images).toHaveLength(1);
  });

  it('that cannot be used makes everything new', () => {
    const now = tonight([image('a', ['CVE-1']), image('b')]);
    const made = changes(undefined, now);
    expect(made).toMatchObject({ since: undefined, blocks: [{ before: 'absent' }], resolved: [] });
    expect(hasChanged(changes(undefined, tonight([image('b')])))).toBe(true);
  });

  it('with two entries for an image hides only what both of them say', () => {
    const entries = (...all: EitherImage[]) =>
      changes(result(all), tonight([image('a', ['CVE-1', 'CVE-2'])]));
    const both = entries(image('a', ['CVE-1', 'CVE-2']), image('a', ['CVE-1']));
    expect(both.blocks).toMatchObject([{ before: 'failing', reasons: ['CVE-2 (critical) in openssl'] }]);
    const different = entries(image('a', ['CVE-1']), image('a', ['CVE-2']));
    expect(different.blocks[0]?.reasons).toHaveLength(2);
    const passing = entries(image('a', ['CVE-1', 'CVE-2']), image('a'));
    expect(passing.blocks).toMatchObject([{ before: 'passing' }]);
    expect(passing.blocks[0]?.reasons).toHaveLength(2);
  });

  it('that contradicts itself hides nothing: an image that passes has no reasons', () => {
    const images = [{ ...first, verdict: 'pass' }];
    const earlier = read({ ...document, images });
    const made = changesSince(earlier, snapshotOfResult(tonight([image('a', ['CVE-1'])])));
    expect(made.blocks).toMatchObject([{ before: 'passing' }]);
  });

  it('hides nothing more with more entries, whatever they are', () => {
    const entry = fc.record({
      name: fc.constantFrom('a', 'b'),
      ids: fc.subarray(['CVE-1', 'CVE-2']),
    });
    const now = tonight([image('a', ['CVE-1', 'CVE-2']), image('b', ['CVE-1'])]);
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1 }), fc.array(entry), (some, more) => {
        const of = (all: typeof some) => result(all.map(({ name, ids }) => image(name, ids)));
        const listed = new Set(some.map(({ name }) => name));
        const reasons = ({ blocks }: Changes) =>
          blocks.flatMap((block) => block.reasons.map((reason) => `${block.image} ${reason}`));
        const additional = more.filter(({ name }) => listed.has(name));
        expect(reasons(changes(of([...some, ...additional]), now))).toEqual(
          expect.arrayContaining(reasons(changes(of(some), now))),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe('the report of changes', () => {
  const place = { url: 'https://github.example/octo/app/actions/runs/1', commit: undefined };
  const compared = (earlier: EitherResult | undefined, now: EitherResult): EitherResult => ({
    ...now,
    changes: changes(earlier, now),
  });
  const before = result([image('a', ['CVE-1']), image('b'), image('c')]);
  const changed = compared(before, tonight([image('a', ['CVE-1']), image('b', ['CVE-2'])]));
  const same = compared(result([image('a', ['CVE-1'])]), tonight([image('a', ['CVE-1'])]));
  const fine = compared(result([image('a')]), tonight([image('a')]));

  it('is a section of the summary and of the issue', () => {
    for (const text of [reportOf(changed).summary(100_000), reportOf(changed).issue?.render(place, 60_000)]) {
      expect(text).toContain('<h3>Since the last report</h3>');
      expect(text).toContain('Compared with the report of 2026-05-31 04:00:00 UTC.');
      expect(text).toContain('🆕 1 image does not pass, for new reasons');
      expect(text).toContain('<code>team/b:prod</code></td><td>passed</td><td>⛔ Blocked</td>');
      expect(text).toContain('👻 1 image disappeared');
      expectBlocks(text ?? '');
    }
    expect(reportOf(same).summary(100_000)).toContain(
      'Nothing has changed since the report of 2026-05-31 04:00:00 UTC. 1 of 1 image still does not pass.',
    );
    expect(reportOf(result([image('a')])).summary(100_000)).not.toContain('Since the last report');
  });

  it('is a comment on the issue only if something has changed', () => {
    expect(reportOf(changed).issue?.news(place, 60_000)).toContain('1 image disappeared');
    expect(reportOf(changed).issue?.news(place, 300)).toMatch(
      /^<h3>.*<\/h3>\n\n<p>1 image does not pass.*\n\n<p>See <a/,
    );
    expect(reportOf(same).issue?.news(place, 60_000)).toBeUndefined();
    expect(reportOf(result([image('a', ['CVE-1'])])).issue?.news(place, 60_000)).toBeUndefined();
    expect(reportOf(compared(undefined, tonight([image('a')]))).issue?.news(place, 60_000)).toContain(
      'No earlier report can be used, so everything counts as new.',
    );
  });

  it('has room in the issue, however many images and reasons are new', () => {
    const ids = Array.from({ length: 30 }, (_, at) => `CVE-2026-${at}${'<'.repeat(300)}`);
    const many = Array.from({ length: 200 }, (_, at) => image(`app-${at}`, ids));
    const one = compared(result([image('a')]), tonight(many));
    const { issue } = reportOf(one);
    for (const limit of [3_000, 30_000, 65_000]) {
      for (const text of [issue?.render(place, limit), issue?.news(place, limit)]) {
        expect(Buffer.byteLength(text ?? '')).toBeLessThanOrEqual(limit);
        expect(text).toContain('200 images do not pass, for new reasons');
        expectBlocks(text ?? '');
      }
    }
    expect(Buffer.byteLength(reportOf(one).summary(400_000))).toBeLessThanOrEqual(400_000);
  });

  it('annotates what is new, and says in one notice that nothing is', () => {
    const titles = (one: EitherResult) =>
      reportOf(one)
        .annotations(undefined)
        .map(({ level, title }) => [level, title]);
    expect(titles(changed)).toEqual([
      ['error', 'New: Blocked: team/b:prod'],
      ['warning', '1 image disappeared'],
    ]);
    expect(titles(same)).toEqual([['notice', 'Nothing has changed']]);
    expect(titles(fine)).toEqual([]);
    const settings = fixtures.createSettings({ enforce: false });
    expect(
      titles(compared(before, tonight([image('a', ['CVE-1']), image('b', ['CVE-2'])], { settings }))),
    ).toEqual([
      ['warning', 'Not enforced'],
      ['warning', 'New: Blocked: team/b:prod'],
      ['warning', '1 image disappeared'],
    ]);
    expect(titles(compared(undefined, tonight([image('a', ['CVE-1'])])))).toEqual([
      ['error', 'CVE-1 blocks this image'],
    ]);
    // An error of the run is never quiet.
    const error = createError({ code: 'credentials' });
    const ended = result([image('a')], { verdict: 'error', error });
    expect(titles(compared(ended, { ...ended, startedAt: TONIGHT }))).toEqual([
      ['error', 'ECR Deployment Gate'],
    ]);
  });

  it('annotates at most ten of a level, however many images are new', () => {
    const many = Array.from({ length: 200 }, (_, at) => image(`app-${at}`, ['CVE-1']));
    const made = reportOf(compared(result([image('a')]), tonight(many))).annotations(undefined);
    expect(made.filter(({ level }) => level === 'error')).toHaveLength(9);
    expect(made.at(8)?.title).toBe('192 images do not pass, for new reasons');
  });

  it('is in the log', () => {
    const log = (one: EitherResult) =>
      reportOf(one)
        .log()
        .filter((part) => typeof part === 'string');
    expect(log(changed)).toEqual(
      expect.arrayContaining([
        'Since the report of 2026-05-31 04:00:00 UTC: 1 image does not pass, for new reasons; 1 image disappeared.',
        '  team/b:prod (passed): CVE-2 (critical) in openssl',
        '  team/c:prod: no longer named in the input image',
      ]),
    );
    expect(log(fine)).toContain('Nothing has changed since the report of 2026-05-31 04:00:00 UTC.');
  });

  it('is the output changed, which is true unless nothing has', () => {
    const output = (one: EitherResult) =>
      reportOf(one).outputs({ report: undefined, sarif: undefined, bundles: [] });
    expect(output(changed).changed).toBe('true');
    expect(output(same).changed).toBe('false');
    expect(output(same).passed).toBe('false');
    expect(output(tonight([image('a')])).changed).toBe('true');
  });
});
