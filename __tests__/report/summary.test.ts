import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { evaluate } from '../../src/policy/evaluate.ts';
import { annotations } from '../../src/report/findings/annotations.ts';
import type { Finding } from '../../src/results/finding.ts';
import { createContext, createException, createPolicy } from '../policy/factories.ts';
import { expectBlocks } from './blocks.ts';
import { type EitherImage, type EitherResult, logLines, outputs, renderSummary, reportOf } from './either.ts';
import * as fixtures from './fixtures.ts';
import { hostileText } from './hostile.ts';

const { createError, createFailedImage, createFinding, createImage, createPackage, createReport, DIGEST } =
  fixtures;

function blocked(findings: readonly Finding[], overrides: Partial<EitherResult> = {}): EitherResult {
  return createReport({ verdict: 'block', images: [createImage(findings)], ...overrides });
}

function headingOf(report: EitherResult): string {
  return /^<h2>(.*)<\/h2>/.exec(renderSummary(report))?.[1] ?? '';
}

describe('the verdict line', () => {
  const critical = (n: number, overrides: Partial<Finding> = {}) =>
    createFinding({ vulnerabilityId: `CVE-2026-000${n}`, ...overrides });

  it('counts the blocking findings and those with a fix', () => {
    const findings = [critical(1), critical(2), critical(3, { fixAvailable: 'NO' })];
    expect(headingOf(blocked(findings))).toBe('⛔ Blocked: 3 critical findings, 2 of them fixable');
  });

  it('says that a block is not enforced, and what not to deploy', () => {
    const report = blocked([critical(1)], { settings: fixtures.createSettings({ enforce: false }) });
    expect(headingOf(report)).toBe('⛔ Blocked (not enforced): 1 critical finding, fixable');
    expect(renderSummary(report)).toContain(
      'enforce is false: the step succeeds, although 1 of 1 image did not pass. The output <code>passed</code> is <code>false</code>: do not deploy an image that did not pass.',
    );
  });

  it('counts findings between the thresholds as warnings', () => {
    const images = [createImage([critical(1, { severity: 'HIGH' })])];
    expect(headingOf(createReport({ verdict: 'warn', images }))).toBe(
      '⚠️ Passed with warnings: 1 high finding',
    );
  });

  it('says whether an image without findings is signed', () => {
    expect(headingOf(createReport())).toBe('✅ Passed: no findings');
    expect(headingOf(createReport({ signing: fixtures.createSigning() }))).toBe(
      '✅ Passed and signed: no findings',
    );
  });

  it('counts findings below the thresholds', () => {
    const images = [createImage([critical(1, { severity: 'LOW' })])];
    expect(headingOf(createReport({ images }))).toBe('✅ Passed: 1 finding, below the thresholds');
  });

  it('counts findings that an exception allows by severity', () => {
    const of = (findings: readonly Finding[]) => {
      const exceptions = [createException({ ids: ['CVE-2026-0001'] })];
      const verdict = evaluate(findings, createPolicy(), createContext({ exceptions }));
      return headingOf(createReport({ images: [createImage([], { outcome: { kind: 'judged', verdict } })] }));
    };
    expect(of([critical(1)])).toBe('✅ Passed: 1 finding (1 critical allowed by exceptions)');
    expect(of([critical(1), critical(2, { severity: 'LOW' })])).toBe(
      '✅ Passed: 2 findings (1 critical allowed by exceptions, the others below the thresholds)',
    );
  });

  it('does not say that an image with a signature is not signed', () => {
    const error = createError({ code: 'signing', message: 'cosign did not attest it.' });
    const signatures = [
      { digest: fixtures.DIGEST, state: 'signed', format: 'bundle', platform: undefined },
    ] as const;
    const report = createReport({
      verdict: 'error',
      error,
      images: [createImage([], { signatures })],
      signing: fixtures.createSigning({ state: 'failed' }),
    });
    expect(headingOf(report)).toBe('❌ Signing is incomplete: cosign did not attest it.');
    expect(renderSummary(report)).not.toContain('Not signed');
    expect(logLines(report).at(-1)).toMatch(/^Signing is incomplete: .* failed\.$/);
    const nothing = createReport({
      verdict: 'error',
      error,
      signing: fixtures.createSigning({ state: 'failed' }),
    });
    expect(logLines(nothing).at(-1)).toMatch(/^Not signed: .* failed\.$/);
  });

  it('says that an image is not scanned only if that is known', () => {
    const platforms = [fixtures.createPlatform({ scannedAt: undefined, monitored: undefined })];
    const of = (code: ErrorCode) =>
      renderSummary(
        createReport({ verdict: 'error', images: [createFailedImage(createError({ code }), { platforms })] }),
      );
    for (const code of ['unscannable', 'configuration'] as const) expect(of(code)).toContain('not scanned');
    for (const code of ['not-verified', 'not-proven', 'aws'] as const)
      expect(of(code)).not.toContain('not scanned');
  });

  it('contains the reason if there is no verdict', () => {
    const error = createError({ message: 'The tag 1.4.2 is not in team/app.', nextStep: 'Push it first.' });
    const report = createReport({ verdict: 'error', images: [], settings: undefined, error });
    expect(headingOf(report)).toBe(
      '❌ No verdict: The tag <code>1.4.2</code> is not in <code>team/app</code>.',
    );
    expect(renderSummary(report)).toContain('<li>Push it first.</li>');
  });

  it('leaves room for the reason: images have no host in it', () => {
    const hosts = [
      fixtures.HOST,
      '123456789012.dkr-ecr.eu-central-1.on.aws',
      '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com',
    ];
    for (const host of hosts) {
      const error = createError({
        code: 'not-verified',
        message: `${host}/team/app@${DIGEST}: it has no signature.`,
      });
      const failed = createFailedImage(error, { uri: `${host}/team/app@${DIGEST}` });
      const report = createReport({ verdict: 'error', images: [failed, createImage()] });
      expect(headingOf(report).replace(/<[^>]*>/g, '')).toBe(
        '❌ Not verified: 1 of 2 images could not be verified. First error: team/app@sha256:a1a1a1a1a1a1: it has no signature.',
      );
      expect(renderSummary(report)).toContain(host);
    }
  });

  it('shortens digests and keeps brackets with the sentence', () => {
    const error = createError({ message: `The image (${fixtures.DIGEST}) is not scanned (yet).` });
    expect(headingOf(createReport({ verdict: 'error', images: [], error }))).toBe(
      '❌ No verdict: The image <code>(sha256:a1a1a1a1a1a1)</code> is not scanned (yet).',
    );
  });

  it('does not say that the findings of an old scan are today’s', () => {
    const of = (monitored: boolean) =>
      createReport({
        images: [createImage([], { platforms: [fixtures.createPlatform({ monitored })] })],
        verification: fixtures.createVerification({ attestation: false }),
      });
    expect(headingOf(of(true))).toBe('✅ Verified: signature and today’s findings of 1 image');
    expect(headingOf(of(false))).toBe('✅ Verified: signature and the findings of the last scan of 1 image');
  });

  it('does not say that there is no verdict if signing fails', () => {
    const error = createError({ code: 'signing', message: 'cosign failed.' });
    const report = createReport({
      verdict: 'error',
      error,
      signing: fixtures.createSigning({ state: 'failed' }),
    });
    expect(headingOf(report)).toBe('❌ Not signed: cosign failed.');
    expect(renderSummary(report)).toContain('Active findings by severity');
  });

  it('counts images if there are several', () => {
    const images = [createImage([critical(1)]), createImage()];
    expect(headingOf(createReport({ verdict: 'block', images }))).toBe(
      '⛔ Blocked: 1 critical finding, fixable, in 1 of 2 images',
    );
  });
});

describe('the summary', () => {
  it('shows each blocking finding with its package, versions, severity and platforms', () => {
    const names = ['linux/amd64', 'linux/arm64'];
    const both = names.map((platform, index) =>
      createFinding({ platform, id: `finding-${index}`, exploitAvailable: 'YES' }),
    );
    const platforms = names.map((platform) => fixtures.createPlatform({ platform }));
    expect(renderSummary(blocked([], { images: [createImage(both, { platforms })] }))).toContain(
      '<tr><td nowrap><a href="https://nvd.nist.gov/vuln/detail/CVE-2026-12345">CVE-2026-12345</a><br>exploit exists</td>' +
        '<td>🔴&nbsp;critical<br>9.8<br>EPSS&nbsp;42&nbsp;%</td>' +
        '<td><code>openssl</code><br><code>3.0.1</code> → <code>3.0.2</code></td>' +
        '<td><code>linux/amd64</code><br><code>linux/arm64</code></td><td>fail-on: critical</td></tr>',
    );
  });

  it.each(['CVE-2026-1', 'CVE-2026-12345/../x', 'GHSA-xxxx', 'cve-2026-12345'])('does not link %s', (id) => {
    const summary = renderSummary(blocked([createFinding({ vulnerabilityId: id })]));
    expect(summary).toContain(`<code>${id}</code>`);
    expect(summary).not.toMatch(/<a href="[^"]*(nvd|github)/);
  });

  it('groups upgrades by package, with the newest version if that is certain', () => {
    const found = (id: string, fixedIn: string) =>
      createFinding({ vulnerabilityId: id, packages: [createPackage({ fixedIn })] });
    const summary = renderSummary(
      blocked([found('CVE-2026-1001', '3.0.9'), found('CVE-2026-1002', '3.0.10')]),
    );
    expect(summary).toContain(
      '<b><code>openssl</code></b> <code>3.0.1</code> → <code>3.0.10</code> (<code>OS</code>) resolves 2 critical findings',
    );
  });

  it('lists all versions if they cannot be compared', () => {
    const found = (id: string, fixedIn: string) =>
      createFinding({ vulnerabilityId: id, packages: [createPackage({ fixedIn })] });
    const summary = renderSummary(
      blocked([found('CVE-2026-1001', '3.1~rc1'), found('CVE-2026-1002', '3.1')]),
    );
    expect(summary).toContain('<code>3.1</code>, <code>3.1~rc1</code> (whichever is newest)');
  });

  it('keeps a command of a next step in one piece', () => {
    const nextStep = 'Turn it on (aws inspector2 enable --resource-types ECR).';
    const report = createReport({ verdict: 'error', images: [], error: createError({ nextStep }) });
    expect(renderSummary(report)).toContain(
      '<li>Turn it on (<code>aws inspector2 enable --resource-types ECR</code>).</li>',
    );
  });

  it('says which findings have no fix', () => {
    const finding = createFinding({ fixAvailable: 'NO', packages: [createPackage({ fixedIn: undefined })] });
    expect(renderSummary(blocked([finding]))).toContain(
      'there is no fix yet. Remove the package, change the base image, or add an exception with a reason and an expiry date',
    );
  });

  it('has columns for rare severities only if there are such findings', () => {
    const summary = (severity: string) => renderSummary(blocked([createFinding({ severity })]));
    expect(summary('HIGH')).not.toMatch(/untriaged<\/th>|informational<\/th>/);
    expect(summary('UNTRIAGED')).toMatch(/untriaged<\/th>/);
  });

  it('names the images of an error if there are several', () => {
    const failed = (name: string, nextStep: string) =>
      createFailedImage(createError({ nextStep }), { references: [`${fixtures.HOST}/${name}`] });
    const images = [
      failed('a:1', 'Push it.'),
      failed('b:1', 'Wait.'),
      failed('c:1', 'Push it.'),
      createImage(),
    ];
    const summary = renderSummary(createReport({ verdict: 'error', images }));
    expect(summary).toContain('<li><code>a:1</code>, <code>c:1</code>: Push it.</li>');
    expect(summary).toContain('<li><code>b:1</code>: Wait.</li>');
  });

  it('shows whether packages are reachable, as do the log and the comment, and nothing if that is unknown', () => {
    const packages = [
      createPackage({ name: 'curl', reachability: 'reachable' }),
      createPackage({ name: 'zlib', reachability: 'not-reachable', fixedIn: undefined }),
      createPackage({ name: 'perl' }),
    ];
    const report = blocked([createFinding({ packages, status: 'ACTIVE' })]);
    const versions = '<code>3.0.1</code> → <code>3.0.2</code>';
    expect(renderSummary(report)).toContain(
      `<code>curl</code><br>${versions}<br>reachable<br><code>zlib</code><br><code>3.0.1</code> → no version given<br>not reachable<br><code>perl</code><br>${versions}</td>`,
    );
    expect(logLines(report).join('\n')).toContain(
      'curl 3.0.1, fixed in 3.0.2, reachable; zlib 3.0.1, not reachable; perl 3.0.1, fixed in 3.0.2 [linux/amd64]',
    );
    const comment = reportOf(report).comment.render({ url: undefined, commit: undefined }, 65_000);
    expect(comment).toContain(
      '<code>curl</code> <code>3.0.1</code>, reachable<br><code>zlib</code> <code>3.0.1</code>, not reachable<br><code>perl</code> <code>3.0.1</code></td>',
    );
  });

  it('lists suppressed findings without judging them', () => {
    const summary = renderSummary(
      createReport({ images: [createImage([createFinding({ status: 'SUPPRESSED' })])] }),
    );
    expect(summary).toContain('1 finding suppressed in Inspector');
    expect(summary).toContain('✅ Passed: no active findings, 1 suppressed in Inspector');
  });

  it('shows every image of several, the failed ones with their reason', () => {
    const failed = createFailedImage(createError({ message: 'first line\n\nsecond line' }));
    const summary = renderSummary(
      createReport({ verdict: 'error', images: [createImage([createFinding()]), createImage(), failed] }),
    );
    expectBlocks(summary);
    expect(summary).toContain('<blockquote>first line<br>second line</blockquote>');
    for (const word of ['Blocked', 'Passed', 'No verdict']) expect(summary).toContain(`<b>${word}</b>`);
  });
});

describe('the summary of many images', () => {
  const named = (name: string, overrides: Partial<EitherImage> = {}, findings: readonly Finding[] = []) =>
    createImage(findings, { references: [`${fixtures.HOST}/${name}:1`], ...overrides });
  const passed = (count: number) => Array.from({ length: count }, (_, n) => named(`passed-${n}`));
  const failed = createFailedImage(createError({ message: 'It is broken.' }), {
    references: [`${fixtures.HOST}/failed:1`],
  });
  const blockedImage = named('blocked', {}, [createFinding()]);
  const many = createReport({
    verdict: 'error',
    images: [...passed(50), blockedImage, failed, ...passed(38)],
  });

  it('has what to do first, then the images that did not pass, worst first, and the others folded', () => {
    const summary = renderSummary(many);
    expectBlocks(summary);
    const order = [
      '<h3>What to do</h3>',
      '<th>Image</th>',
      '<code>failed:1</code></td>',
      '<code>blocked:1</code></td>',
      '<details open>\n<summary>❌ <b>No verdict</b>',
      '<details open>\n<summary>⛔ <b>Blocked</b>',
      '<details>\n<summary>✅ 88 images passed</summary>',
      '<code>passed-0:1</code></td>',
    ].map((part) => summary.indexOf(part));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
    const [before = ''] = summary.split('88 images passed');
    expect(before).not.toContain('passed-');
    expect(headingOf(many)).toBe(
      '❌ No verdict: 1 of 90 images could not be judged, 1 blocked. First error: It is broken.',
    );
  });

  it('folds none of a few images', () => {
    const summary = renderSummary(createReport({ verdict: 'block', images: [...passed(9), blockedImage] }));
    expect(summary).not.toContain('images passed');
    expect(summary.indexOf('<code>blocked:1</code></td>')).toBeLessThan(
      summary.indexOf('<code>passed-0:1</code></td>'),
    );
  });

  it('opens at most ten images', () => {
    const images = Array.from({ length: 40 }, (_, n) => named(`blocked-${n}`, {}, [createFinding()]));
    const summary = renderSummary(createReport({ verdict: 'block', images }));
    expectBlocks(summary);
    expect(summary.split('<details open>')).toHaveLength(11);
    expect(summary).toContain('<p>15 more in <code>report.json</code>.</p>');
  });

  it('has the same order in the comment', () => {
    const { comment } = reportOf(many);
    const text = comment.render({ url: undefined, commit: undefined }, 60_000);
    expect(text.indexOf('What to do')).toBeLessThan(text.indexOf('<th>Image</th>'));
    expect(text.indexOf('<code>failed:1</code>')).toBeLessThan(text.indexOf('<code>passed-0:1</code>'));
  });
});

describe('the checks of the verify action', () => {
  const proof = fixtures.createProof;
  const skipped = [
    proof({
      kind: 'attestation',
      state: 'skipped',
      what: 'Verification summary',
      detail: 'a word of theirs',
    }),
    proof({ kind: 'findings', state: 'skipped', what: 'Today’s findings', detail: 'another word' }),
  ];
  const verified = (name: string) =>
    createImage([], {
      references: [`${fixtures.HOST}/${name}:1`],
      outcome: { kind: 'verified' },
      proofs: [proof(), ...skipped],
    });
  const unverified = (name: string) =>
    createFailedImage(createError({ code: 'not-verified', message: `${name} has no signature.` }), {
      references: [`${fixtures.HOST}/${name}:1`],
      proofs: [
        proof({ kind: 'notation', state: 'noted', what: 'A note' }),
        proof({ state: 'failed' }),
        ...skipped,
      ],
    });
  const reportFor = (images: readonly EitherImage[], required: { attestation: boolean; recheck: boolean }) =>
    createReport({ verdict: 'error', images, verification: fixtures.createVerification(required) });
  const nothing = { attestation: false, recheck: false };

  it('start with failures, and fold the images that are verified', () => {
    const images = [
      ...Array.from({ length: 30 }, (_, n) => verified(`ok-${n}`)),
      unverified('a'),
      unverified('b'),
    ];
    const report = reportFor(images, nothing);
    const summary = renderSummary(report);
    expectBlocks(summary);
    expect(headingOf(report)).toBe(
      '❌ Not verified: 2 of 32 images could not be verified. First error: a has no signature.',
    );
    const order = [
      '<h3>What to do</h3>',
      '<h3>Checks</h3>',
      '❌ not verified',
      'A note',
      '<summary>✅ 30 verified images',
    ];
    const places = order.map((part) => summary.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    // The checks have said which images failed: no other table says it again.
    expect(summary).not.toContain('<th>Verdict</th>');
    expect(summary).toContain('❌ <b>Not verified</b>: <code>a:1</code>');
    expect(logLines(report)).toContain('✅ 30 images passed');
  });

  it.each([
    [nothing, []],
    [{ attestation: true, recheck: false }, ['Verification summary']],
    [{ attestation: false, recheck: true }, ['Today’s findings']],
    [{ attestation: true, recheck: true }, ['Verification summary', 'Today’s findings']],
  ])('list what was not checked only if it is required: %j', (required, listed) => {
    const report = reportFor([unverified('a')], required);
    const log = logLines(report).join('\n');
    for (const text of [renderSummary(report), log]) {
      for (const name of ['Verification summary', 'Today’s findings']) {
        expect(text.includes(name)).toBe(listed.includes(name));
      }
    }
  });

  it('always list a check that failed', () => {
    const images = [
      createImage([], { proofs: [proof({ kind: 'findings', state: 'failed', what: 'Findings' })] }),
    ];
    expect(renderSummary(reportFor(images, nothing))).toContain('<code>Findings</code>');
  });

  it('are in sentences of the log', () => {
    const images = [
      createImage([], {
        proofs: [
          proof({ at: new Date('2026-05-01T10:20:00Z'), ageMs: 31 * 86_400_000, detail: 'PASSED' }),
          proof({ state: 'failed', detail: 'none is there' }),
          proof({ kind: 'notation', state: 'noted', what: 'Notation', by: undefined }),
        ],
      }),
    ];
    expect(logLines(reportFor(images, nothing)).slice(-3)).toEqual([
      '  ✅ Signature (bundle): verified, signed by awskms:///alias/release, dated 2026-05-01 10:20:00 UTC, 31 days old: PASSED',
      '  ❌ Signature (bundle): not verified, required signer awskms:///alias/release: none is there',
      '  ℹ️ Notation: present, not trusted',
    ]);
  });
});

describe('a platform without a name', () => {
  const image = (findings: readonly Finding[] = []) =>
    createImage(findings, { platforms: [fixtures.createPlatform({ platform: 'unknown' })] });

  it('is shown nowhere as unknown', () => {
    const report = createReport({
      verdict: 'block',
      images: [image([createFinding({ platform: 'unknown' })])],
    });
    const summary = renderSummary(report);
    expectBlocks(summary);
    const texts = [
      summary,
      ...logLines(report),
      ...annotations(report).map(({ message }) => message),
      reportOf(report).comment.render({ url: undefined, commit: undefined }, 60_000),
    ];
    for (const text of texts) expect(text).not.toContain('unknown');
    expect(summary).toContain('<code>sha256:a1a1a1a1a1a1</code></p>');
    expect(logLines(report).join('\n')).toContain('fixed in 3.0.2 (fail-on: critical)');
  });

  it.each([
    [1, '1 build attestation, which is not an image'],
    [2, '2 build attestations, which are not images'],
  ])('has %d build attestations in plain English', (count, words) => {
    const attestations = Array.from({ length: count }, () => DIGEST);
    expect(renderSummary(createReport({ images: [createImage([], { attestations })] }))).toContain(words);
  });
});

describe('what the images were judged by', () => {
  const source = {
    uri: 'octo/policies/prod.yml@main',
    sha256: 'c'.repeat(64),
    policySha256: 'd'.repeat(64),
    moving: true,
  };
  const documents = { policy: source, exceptions: [], vex: [], conflicts: [] };

  it('is the policy with its digest, and whether its ref can move', () => {
    const summary = renderSummary(createReport({ documents }));
    expect(summary).toContain(
      '<p>Judged by the policy <code>octo/policies/prod.yml@main</code> (<code>sha256:dddddddddddd</code>, read from a branch or tag). The thresholds <code>fail-on: critical</code> and <code>warn-on: high</code> apply to findings that match no rule.</p>',
    );
    expect(summary).toContain(
      `<code>sha256:${'d'.repeat(64)}</code>, file <code>sha256:${'c'.repeat(64)}</code>`,
    );
  });

  it('is the thresholds if there is no policy', () => {
    expect(renderSummary(createReport())).toContain(
      '<p>Judged by the thresholds <code>fail-on: critical</code> and <code>warn-on: high</code>.</p>',
    );
  });

  it('is omitted if no image was judged', () => {
    const images = [createImage([], { outcome: { kind: 'verified' } })];
    const report = createReport({ images, verification: fixtures.createVerification({ recheck: false }) });
    expect(renderSummary(report)).not.toContain('Judged by');
  });

  it('shows inputs that the policy overrides, and what could not be read', () => {
    const conflicts = [{ input: 'fail-on', asked: 'none', demanded: 'critical' }];
    const summary = renderSummary(
      createReport({ documents: { ...documents, conflicts }, notices: ['It is unknown <b>why</b>.'] }),
    );
    expect(summary).toContain(
      '<p>⚖️ <b>The policy overrides the workflow</b>: <code>fail-on</code> is <code>critical</code>, not <code>none</code>.</p>',
    );
    expect(summary).toContain('ℹ️ It is unknown <code>&lt;b&gt;why&lt;/b&gt;</code>.');
  });

  it('shows inputs that allow more than the policy, as do outputs and log', () => {
    const weakened = { 'base-image': true, 'fail-on': 'none' } as const;
    const attestation = {
      digest: DIGEST,
      platform: undefined,
      format: 'bundle',
      type: 't',
      state: 'attested',
    } as const;
    const report = (more: Partial<EitherImage> = {}) =>
      createReport({ documents, images: [createImage([], { weakened, ...more }), createImage()] });
    const said =
      '<p>⚖️ <b>Less strict than the policy</b>: the workflow sets <code>base-image</code> and <code>fail-on: none</code>, which allows more than the policy alone.';
    expect(renderSummary(report())).toContain(`${said}</p>`);
    expect(renderSummary(report({ verdictAttestations: [attestation] }))).toContain(
      `${said} The attestation of this verdict therefore names a different policy.</p>`,
    );
    expect(renderSummary(createReport({ images: [createImage([], { weakened })] }))).toContain(
      'which allows more than the thresholds alone',
    );
    expect(renderSummary(createReport({ documents }))).not.toContain('Less strict');
    expect(logLines(report())).toContain(
      '  Less strict than the policy: base-image and fail-on: none in the workflow.',
    );
    expect(logLines(createReport({ images: [createImage([], { weakened })] }))).toContain(
      '  Less strict than the thresholds: base-image and fail-on: none in the workflow.',
    );
    const { results } = outputs(report(), { report: undefined, sarif: undefined, bundles: [] });
    expect(JSON.parse(results)).toMatchObject([{ weakened }, { weakened: {} }]);
  });

  it('shows the rule, exception or threshold of every allowed finding', () => {
    const rule = {
      name: 'not reachable',
      action: 'ignore',
      reason: 'no network',
      when: { package: ['zlib'] },
    };
    const finding = (id: string, name: string, severity = 'CRITICAL') =>
      createFinding({ vulnerabilityId: id, severity, packages: [createPackage({ name })] });
    const findings = [
      finding('CVE-2026-1001', 'zlib'),
      finding('CVE-2026-1002', 'curl'),
      finding('CVE-2026-1003', 'bash', 'LOW'),
    ];
    const exceptions = [createException({ ids: ['CVE-2026-1002'], reason: 'an accident' })];
    const policy = createPolicy({ rules: [{ ...rule, action: 'ignore' }] });
    const verdict = evaluate(findings, policy, createContext({ exceptions }));
    const summary = renderSummary(
      createReport({ images: [createImage([], { outcome: { kind: 'judged', verdict } })] }),
    );
    const [, allowed = ''] = summary.split('✔️ 3 allowed findings, with reasons');
    for (const why of ['rule not reachable', 'an accident', 'below the thresholds'])
      expect(allowed).toContain(why);
    // What is below the thresholds comes last, whatever its severity.
    expect(allowed.indexOf('CVE-2026-1003')).toBeGreaterThan(allowed.indexOf('CVE-2026-1002'));
  });

  it('marks exploited and new findings, and links the advisory', () => {
    const finding = createFinding({
      knownExploited: true,
      exploitAvailable: 'YES',
      sourceUrl: 'https://security-tracker.debian.org/tracker/CVE-2026-12345',
      cvss: [{ baseScore: 7.5, version: '3.1', vector: 'CVSS:3.1/AV:N', source: 'NVD' }],
    });
    const baseline = { uri: 'x', reference: 'x', findings: [] };
    const verdict = evaluate([finding], createPolicy(), createContext({ baseline }));
    const summary = renderSummary(
      createReport({ verdict: 'block', images: [createImage([], { outcome: { kind: 'judged', verdict } })] }),
    );
    expect(summary).toContain(
      '<br>🆕&nbsp;new<br>🚨&nbsp;KEV<br><a href="https://security-tracker.debian.org/tracker/CVE-2026-12345">Debian</a></td>' +
        '<td>🔴&nbsp;critical<br>9.8<br>CVSS&nbsp;7.5<br>EPSS&nbsp;42&nbsp;%</td>',
    );
  });
});

describe('hostile text', () => {
  /** A report with text in every place that a finding, an image or a platform has for it. */
  function reportOf(text: () => string, changes: Partial<EitherResult> = {}): EitherResult {
    const finding = (severity: string, status: string, index: number) =>
      createFinding({
        // An index keeps equal texts from becoming one finding.
        vulnerabilityId: `${index}${text()}`,
        id: `${index}${text()}`,
        severity,
        status,
        type: text(),
        title: text(),
        description: text(),
        relatedIds: [text()],
        exploitAvailable: text(),
        sourceUrl: text(),
        platform: text(),
        packages: [
          createPackage({
            name: `${index}${text()}`,
            version: text(),
            release: `-${text()}`,
            manager: `-${text()}`,
            fixedIn: `-${text()}`,
            filePath: `-${text()}`,
            remediation: `${index}${text()}`,
          }),
        ],
      });
    const findings = [
      finding('CRITICAL', 'ACTIVE', 1),
      finding(`?${text()}`, text(), 2),
      finding('HIGH', 'ACTIVE', 3),
      finding('UNTRIAGED', 'ACTIVE', 4),
      finding('CRITICAL', 'SUPPRESSED', 5),
    ];
    const image = createImage(findings, {
      references: [text()],
      outcome: { kind: 'judged', verdict: evaluate(findings, createPolicy(), createContext()) },
      platforms: [fixtures.createPlatform({ platform: text() })],
      signatures: [{ digest: text(), state: 'signed', format: 'bundle', platform: text() }],
      proofs: [
        fixtures.createProof({ what: text(), by: text(), detail: text() }),
        fixtures.createProof({ what: text(), by: text(), detail: text(), state: 'failed' }),
      ],
    });
    return createReport({
      verdict: 'block',
      images: [image],
      signing: fixtures.createSigning({ key: text(), cosignVersion: text(), state: 'failed' }),
      ...changes,
    });
  }

  const texts = fc.array(hostileText, { minLength: 5, maxLength: 12 }).map((pool) => {
    let next = 0;
    return () => pool[next++ % pool.length] ?? '';
  });

  it('takes no effect in the summary', () => {
    const ours = expectBlocks(renderSummary(reportOf(() => 'x'))).sort();
    fc.assert(
      fc.property(texts, (text) => {
        const summary = renderSummary(reportOf(text));
        expect(expectBlocks(summary).sort()).toEqual(ours);
        // Outside <code> (and our own links) nothing is left that GitHub could link or mention.
        const bare = summary.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
        expect(bare).not.toMatch(/@|https?:|evil|octocat/);
      }),
      { numRuns: 150 },
    );
  });

  it('takes no effect in proofs, nor in the log', () => {
    const of = (text: () => string) =>
      reportOf(text, {
        verification: fixtures.createVerification({ signers: [text(), text()], cosignVersion: text() }),
      });
    const ours = expectBlocks(renderSummary(of(() => 'x'))).sort();
    fc.assert(
      fc.property(texts, (text) => {
        const summary = renderSummary(of(text));
        expect(expectBlocks(summary).sort()).toEqual(ours);
        const bare = summary.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
        expect(bare).not.toMatch(/@|https?:|evil|octocat/);
        for (const line of logLines(of(text))) expect(line).not.toMatch(/\n|\r|^ *::|##\[/);
      }),
      { numRuns: 100 },
    );
  });

  it('takes no effect in an error', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (message, nextStep) => {
        const error = createError({ message, nextStep });
        for (const report of [
          createReport({ verdict: 'error', images: [], error }),
          createReport({ verdict: 'error', images: [createFailedImage(error), createImage()] }),
        ]) {
          const summary = renderSummary(report);
          expectBlocks(summary);
          const bare = summary.replace(/<code>[^<]*<\/code>/g, '').replace(/<[^>]*>/g, '');
          expect(bare).not.toMatch(/@|https?:|:tada:|#\d|GH-\d/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes no effect in the log and in annotations', () => {
    fc.assert(
      fc.property(texts, hostileText, (text, message) => {
        const error = createError({ message, nextStep: message });
        const reports = [
          reportOf(text),
          createReport({ verdict: 'error', error, images: [createFailedImage(error)] }),
        ];
        const printed = reports.flatMap((report) => [
          ...logLines(report),
          ...annotations(report).flatMap(({ title, message }) => [title, message]),
        ]);
        for (const one of printed) {
          expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\[/u);
          expect(one.trimStart().startsWith('::')).toBe(false);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('size', () => {
  const many = (text: string) =>
    Array.from({ length: 10_000 }, (_, index) =>
      createFinding({
        vulnerabilityId: `CVE-2026-${10_000 + index}`,
        packages: [createPackage({ name: `${text}${index}` })],
        severity: index < 9_000 ? 'CRITICAL' : 'HIGH',
      }),
    );

  it.each([
    ['ordinary', 'package-'],
    ['hostile', '\u{e0041}'.repeat(500)],
  ])('stays under the limit of GitHub for 10,000 findings with %s names', (_, name) => {
    const report = blocked(many(name));
    const summary = renderSummary(report);
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    expect(Buffer.byteLength(summary)).toBeGreaterThan(500 * 1024);
    expect(summary).toMatch(/<p>\d+ more in <code>report\.json<\/code>\.<\/p>/);
    expectBlocks(summary);
  });

  it('divides the limit between the images', () => {
    const images = [createImage(many('a')), createImage(many('b')), createImage(many('c'))];
    const summary = renderSummary(createReport({ verdict: 'block', images }));
    expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    for (const name of ['a0', 'b0', 'c0']) expect(summary).toContain(`<code>${name}</code>`);
  });

  it.each([200, 2_000, 20_000])('keeps the verdict in %d bytes', (limit) => {
    const summary = renderSummary(blocked(many('x').slice(0, 100)), limit);
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(limit);
    expect(summary).toContain('⛔ Blocked: 100 critical findings');
    expectBlocks(summary);
  });
});
