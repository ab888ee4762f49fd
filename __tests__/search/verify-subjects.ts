/** Images whose evidence is missing, by another signer or revoked, each in another way. */
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import { HOST, image, REPOSITORY, story } from '../../emulator/scenarios/build.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { PASSED_LEVEL, SUMMARY_TYPE, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';
import { old, single } from './gate-subjects.ts';
import { type Claim, imageSubject, memberOf } from './image-subject.ts';
import type { Json } from './mutate.ts';
import type { Sent, Subject } from './search.ts';
import { EPOCH, KEY_INPUT, OTHER_KEY, type Stage } from './stage.ts';

const minor = [finding(CATALOGUE.terrapin)];
const POLICY = 'c'.repeat(64);
const RESOURCE = `oci://${HOST}/${REPOSITORY}`;
const IDENTITY = 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main';

const ago = (minutes: number) => new Date(EPOCH - minutes * 60_000).toISOString();

function statement(stage: Stage, predicateType: string, predicate: Json, digest = stage.digest): Json {
  const sha256 = digest.replace('sha256:', '');
  return {
    _type: 'https://in-toto.io/Statement/v0.1',
    predicateType,
    subject: [{ name: 'app', digest: { sha256 } }],
    predicate,
  };
}

function predicate(changes: { readonly [name: string]: Json } = {}): Json {
  return {
    verifier: { id: VERIFIER_ID, version: { 'ecr-deployment-gate': '1.0.0' } },
    timeVerified: ago(20),
    resourceUri: RESOURCE,
    policy: { uri: 'urn:policy', digest: { sha256: POLICY } },
    verificationResult: 'PASSED',
    verifiedLevels: [PASSED_LEVEL],
    'urn:ecr-deployment-gate:verdict': 'pass',
    ...changes,
  };
}

const sign = (stage: Stage, key?: typeof OTHER_KEY, name?: string) =>
  stage.attest('statement signature', statement(stage, SIGNATURE_TYPE, {}), key, name);

const pass = (stage: Stage, changes = {}, key?: typeof OTHER_KEY, name?: string) =>
  stage.attest('statement PASSED', statement(stage, SUMMARY_TYPE, predicate(changes)), key, name);

const FAILED = { verificationResult: 'FAILED', verifiedLevels: ['FAILED'], timeVerified: ago(10) };
const failed = (stage: Stage, changes = {}) =>
  statement(
    stage,
    SUMMARY_TYPE,
    predicate({ ...FAILED, 'urn:ecr-deployment-gate:verdict': 'block', ...changes }),
  );

/** The report of an earlier run, as far as it is compared. */
const EARLIER: Json = {
  schemaVersion: 1,
  action: { name: 'ecr-deployment-gate', version: '1.0.0' },
  verdict: 'pass',
  startedAt: ago(24 * 60),
  judgedAt: ago(24 * 60),
  error: null,
  verification: {},
  images: [
    {
      image: `${HOST}/${REPOSITORY}@sha256:${'a'.repeat(64)}`,
      digest: `sha256:${'a'.repeat(64)}`,
      references: [`${HOST}/${REPOSITORY}:1.4.2`],
      verdict: 'pass',
      error: null,
      findings: [
        {
          vulnerability: CATALOGUE.log4shell.id,
          severity: 'CRITICAL',
          effect: 'allow',
          packages: [{ name: 'log4j-core', manager: 'JAR' }],
        },
      ],
      exceededLimits: [{ severity: 'low', allowed: 1, found: 2 }],
      exceptions: [
        {
          origin: 'exceptions',
          source: 'exceptions.yml:1',
          ids: [CATALOGUE.log4shell.id],
          scope: null,
          ends: ago(-60),
          matches: 'finding',
          applied: 1,
          refusals: [{ kind: 'expired' }],
        },
      ],
      proofs: [
        {
          kind: 'attestation',
          state: 'proven',
          what: 'Verification summary',
          at: ago(60),
          ageMs: 1,
          ends: ago(-60),
          detail: null,
        },
      ],
    },
  ],
};

function verify(claim: Omit<Claim, 'action' | 'unchanged' | 'scenario'> & Partial<Claim>): Subject {
  return imageSubject({
    action: 'verify',
    unchanged: 'error',
    scenario: single([old(minor)]),
    ...claim,
    inputs: {
      'signing-key': KEY_INPUT,
      'policy-digest': `sha256:${POLICY}`,
      'max-attestation-age': '1h',
      recheck: 'false',
      ...claim.inputs,
    },
  });
}

const SAYS_FAILED = /says FAILED/;

/**
 * Whether nobody could know of what takes the verdict back: ECR does not list it, or it says, well-formed, that it is
 * about something else.
 */
export function isHidden(sent: readonly Sent[]): boolean {
  return sent.some(
    ({ where, was, is }) =>
      (where === 'ecr:ListImageReferrers' && isShorterList(was, is)) ||
      (where === 'statement FAILED' && isAboutSomethingElse(was, is)),
  );
}

/** A list of referrers that is right in itself, and has fewer of them. */
function isShorterList(was: Json, is: Json): boolean {
  const [before, after] = [was, is].map((answer) => memberOf(answer, 'body', 'referrers'));
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  const digests = after.map((referrer: Json) => memberOf(referrer, 'digest'));
  const isRight = digests.every((digest) => /^sha256:[0-9a-f]{64}$/.test(String(digest)));
  return isRight && before.some((referrer: Json) => !digests.includes(memberOf(referrer, 'digest') ?? null));
}

function isAboutSomethingElse(was: Json, is: Json): boolean {
  const sha256 = memberOf(was, 'subject', 0, 'digest', 'sha256');
  const text = JSON.stringify(is).toLowerCase();
  const subject = JSON.stringify(memberOf(is, 'subject') ?? null).toLowerCase();
  const resource = memberOf(is, 'predicate', 'resourceUri');
  return (
    !subject.includes(`"${sha256}"`) ||
    !text.includes('verification_summary') ||
    (typeof resource === 'string' &&
      resource.startsWith('oci://') &&
      resource.trim() !== memberOf(was, 'predicate', 'resourceUri'))
  );
}

/** What a summary has to say to count, by the names of its fields. */
const ESSENTIAL: readonly (readonly (string | number)[])[] = [
  ['predicateType'],
  ['predicate', 'verifier', 'id'],
  ['predicate', 'timeVerified'],
  ['predicate', 'resourceUri'],
  ['predicate', 'policy', 'digest', 'sha256'],
  ['predicate', 'verificationResult'],
];

/** Whether a statement that has to say something does not say it any more. */
function saysLess(sent: readonly Sent[]): boolean {
  return sent.some(({ where, was, is }) => {
    if (!where.startsWith('statement ')) return false;
    const subjects = memberOf(is, 'subject');
    const wanted = memberOf(was, 'subject', 0, 'digest', 'sha256');
    const isNamed =
      Array.isArray(subjects) && subjects.some((one: Json) => memberOf(one, 'digest', 'sha256') === wanted);
    const fields = where === 'statement PASSED' ? ESSENTIAL : [['predicateType']];
    // In whatever case it is written, it is the same time (RFC 3339).
    const same = (value: Json | undefined) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dt[\d:.]+z$/i.test(value) ? value.toUpperCase() : value;
    return !isNamed || fields.some((path) => same(memberOf(is, ...path)) !== same(memberOf(was, ...path)));
  });
}

const all = (stage: Stage) => {
  sign(stage);
  pass(stage);
};

const revoked = (stage: Stage) => {
  all(stage);
  stage.attest('statement FAILED', failed(stage));
};

/** Where the image of a promotion comes from: a repository with the same digest. */
const SOURCE = 'staging/app';
const copied = story('searched', '', [image([old(minor)])], {
  inputs: { timeout: '30s' },
  repositories: [
    { name: REPOSITORY, images: [image([old(minor)])] },
    { name: SOURCE, images: [image([old(minor)])] },
  ],
});
const ofSource = { resourceUri: `oci://${HOST}/${SOURCE}` };
const passAtSource = (stage: Stage, changes = {}) => {
  sign(stage, undefined, SOURCE);
  pass(stage, { ...ofSource, ...changes }, undefined, SOURCE);
};

function promoted(claim: Omit<Claim, 'action' | 'unchanged' | 'scenario'> & Partial<Claim>): Subject {
  return verify({
    scenario: copied,
    ...claim,
    inputs: { 'promoted-from': `${HOST}/${SOURCE}`, ...claim.inputs },
  });
}

/** Only ECR knows whether there is a repository, and whether nothing is attached there. */
function isListed({ where, is }: Sent): boolean {
  return where === 'ecr:ListImageReferrers' && Array.isArray(memberOf(is, 'body', 'referrers'));
}

const byIdentity = { 'signing-key': '', 'certificate-identity': IDENTITY };

/** A summary that does not count, each for one reason. */
const WORTHLESS: readonly (readonly [string, { readonly [name: string]: Json }, RegExp])[] = [
  ['of another repository', { resourceUri: `${RESOURCE}2` }, /not for oci/],
  [
    'by another policy',
    { policy: { uri: 'urn:policy', digest: { sha256: 'd'.repeat(64) } } },
    /another policy/,
  ],
  ['by another verifier', { verifier: { id: 'urn:somebody' } }, /not by this gate/],
  ['that is too old', { timeVerified: ago(120) }, /too old/],
  ['from the future', { timeVerified: ago(-120) }, /in the future/],
  ['without a level', { verifiedLevels: [] }, /names no verified level/],
];

export const verifySubjects: readonly Subject[] = [
  verify({
    name: 'verify: everything is there',
    unchanged: 'allowed',
    prepare: all,
    isInsufficient: saysLess,
  }),
  verify({
    name: 'verify: the verdict was revoked',
    always:
      /^ecr:ListImageReferrers\.body\.(?:nextToken|referrers(?:\[2\](?:\.(?:digest|artifactType|size))?)?): |^statement FAILED\.(?:predicateType|subject.*|predicate(?:\.(?:timeVerified|resourceUri|policy|verificationResult|verifiedLevels))?): /,
    prepare: revoked,
    because: SAYS_FAILED,
    isBelievable: isHidden,
  }),
  verify({
    name: 'verify: the verdict was revoked, on a later page',
    prepare: (stage) => {
      revoked(stage);
      pass(stage, {}, OTHER_KEY);
      sign(stage, OTHER_KEY);
    },
    mostOnPage: 2,
    because: SAYS_FAILED,
    isBelievable: isHidden,
  }),
  verify({
    name: 'verify: the verdict was revoked in the other format',
    prepare: (stage) => {
      all(stage);
      stage.attestLegacy('statement FAILED', failed(stage));
    },
    because: SAYS_FAILED,
    isBelievable: (sent) => isHidden(sent) || sent.some(isTagGone),
  }),
  verify({
    name: 'verify: the verdict was revoked by an identity',
    prepare: revoked,
    inputs: byIdentity,
    because: SAYS_FAILED,
    isBelievable: (sent) => isHidden(sent),
  }),
  verify({
    name: 'verify: the verdict was revoked, and only a signature is asked for',
    prepare: revoked,
    inputs: { 'policy-digest': '', 'max-attestation-age': '' },
    because: SAYS_FAILED,
    isBelievable: isHidden,
  }),
  verify({
    name: 'verify: no signature',
    prepare: (stage) => void pass(stage),
    because: /no valid signature/,
  }),
  verify({
    name: 'verify: the signature of another key',
    prepare: (stage) => {
      sign(stage, OTHER_KEY);
      pass(stage);
    },
    because: /no valid signature/,
  }),
  verify({
    name: 'verify: no signature by an identity',
    prepare: (stage) => void pass(stage),
    inputs: byIdentity,
    because: /no valid signature/,
  }),
  verify({
    name: 'verify: no summary',
    prepare: (stage) => void sign(stage),
    because: /no verification summary/,
  }),
  verify({
    name: 'verify: the summary of another key',
    prepare: (stage) => {
      sign(stage);
      pass(stage, {}, OTHER_KEY);
    },
    because: /no verification summary/,
  }),
  ...WORTHLESS.map(([name, changes, because]) =>
    verify({
      name: `verify: a summary ${name}`,
      prepare: (stage) => {
        sign(stage);
        pass(stage, changes);
      },
      because,
    }),
  ),
  promoted({
    name: 'verify: a copy of which everything is attached to its source',
    unchanged: 'allowed',
    prepare: passAtSource,
    isInsufficient: saysLess,
  }),
  promoted({
    name: 'verify: a copy whose verdict was revoked at its source',
    prepare: (stage) => {
      passAtSource(stage);
      stage.attest('statement FAILED', failed(stage, ofSource), undefined, SOURCE);
    },
    because: SAYS_FAILED,
    isBelievable: isHidden,
  }),
  promoted({
    name: 'verify: a copy whose verdict was revoked where it is',
    prepare: (stage) => {
      passAtSource(stage);
      stage.attest('statement FAILED', failed(stage));
    },
    because: SAYS_FAILED,
    isBelievable: isHidden,
  }),
  promoted({
    name: 'verify: a copy that passed again after its verdict was revoked at its source',
    prepare: (stage) => {
      all(stage);
      stage.attest(
        'statement FAILED',
        failed(stage, { ...ofSource, timeVerified: ago(30) }),
        undefined,
        SOURCE,
      );
    },
    because: /does not look for this one/,
    isBelievable: isHidden,
  }),
  promoted({
    name: 'verify: a copy with the summary of a repository that is not listed',
    prepare: (stage) => {
      passAtSource(stage, { resourceUri: `oci://${HOST}/sandbox/app` });
      pass(stage, { resourceUri: `oci://${HOST}/sandbox/app` });
    },
    because: /sandbox\/app, not for/,
  }),
  promoted({
    name: 'verify: a copy with everything, and a source that is unknown',
    prepare: (stage) => {
      passAtSource(stage);
      all(stage);
    },
    inputs: { 'promoted-from': `${HOST}/${SOURCE}\n${HOST}/gone/app` },
    because: /ECR has no repository/,
    isBelievable: (sent) => sent.some(isListed),
  }),
  verify({
    name: 'verify: a finding that blocks',
    scenario: single([old([...minor, finding(CATALOGUE.log4shell)])]),
    prepare: all,
    inputs: { recheck: 'true' },
    unchanged: 'block',
  }),
  verify({
    name: 'verify: a finding that blocks, and an earlier report in which the image passed',
    scenario: single([old([...minor, finding(CATALOGUE.log4shell)])]),
    prepare: all,
    inputs: { recheck: 'true', 'baseline-report': 'last.json' },
    documents: { 'last.json': EARLIER },
    unchanged: 'block',
  }),
  imageSubject({
    name: 'gate: a verdict that was revoked is not signed',
    action: 'gate',
    scenario: single([old(minor)]),
    inputs: { 'signing-key': KEY_INPUT },
    prepare: (stage) => void stage.attest('statement FAILED', failed(stage)),
    unchanged: 'error',
    because: /was revoked/,
    isBelievable: isHidden,
  }),
  imageSubject({
    name: 'gate: what passes is signed',
    action: 'gate',
    scenario: single([old(minor)]),
    inputs: { 'signing-key': KEY_INPUT, attest: 'full' },
    unchanged: 'allowed',
  }),
];

/** Only ECR knows which tags there are. */
function isTagGone({ where, is }: Sent): boolean {
  return where === 'ecr:BatchGetImage' && JSON.stringify(is).includes('ImageNotFound');
}
