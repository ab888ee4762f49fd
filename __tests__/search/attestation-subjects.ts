/** Images without an attestation that the policy requires, each in another way. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import { HOST, REPOSITORY } from '../../emulator/scenarios/build.ts';
import { loadPolicy } from '../../src/modes/load.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { SUMMARY_TYPE, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';
import { githubProvenance, PROVENANCE_V1 } from '../signing/provenance.ts';
import { old, single } from './gate-subjects.ts';
import { type Claim, imageSubject, memberOf } from './image-subject.ts';
import type { Json } from './mutate.ts';
import type { Sent, Subject } from './search.ts';
import { EPOCH, KEY, KEY_INPUT, OTHER_KEY, type Stage } from './stage.ts';

const SOURCE = ['predicate', 'buildDefinition', 'externalParameters', 'workflow', 'repository'];
const BUILDER = ['predicate', 'runDetails', 'builder', 'id'];
const OTHER_DIGEST = `sha256:${'e'.repeat(64)}`;

const POLICY: Json = {
  version: 1,
  attestations: [
    {
      type: PROVENANCE_V1,
      key: KEY.pem,
      builder: 'https://github.com/team/app/**',
      'source-repository': 'https://github.com/team/*',
    },
  ],
};

function statement({ digest }: Stage, predicate: object, of = digest, type = PROVENANCE_V1): Json {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: type,
    subject: [{ name: 'app', digest: { sha256: of.replace('sha256:', '') } }],
    predicate: predicate as Json,
  };
}

const attest = (predicate: object, of?: string, key?: typeof OTHER_KEY) => (stage: Stage) =>
  void stage.attest('statement provenance', statement(stage, predicate, of), key);

/** Another policy, which may require nothing, is the decision of those who write it. */
function isOtherPolicy({ where }: Sent): boolean {
  return where === 'file policy.json';
}

/** Whether the statement was changed before it was signed, so that it says what is required. */
function saysEnough({ where, is }: Sent): boolean {
  const [source, builder] = [memberOf(is, ...SOURCE), memberOf(is, ...BUILDER)];
  return (
    where === 'statement provenance' &&
    typeof source === 'string' &&
    source.startsWith('https://github.com/team/') &&
    typeof builder === 'string' &&
    builder.startsWith('https://github.com/team/app/')
  );
}

/** Whether the signer says of another digest that it was built so. */
function isAboutSomethingElse({ where, was, is }: Sent): boolean {
  const digest = ['subject', 0, 'digest', 'sha256'] as const;
  return where === 'statement provenance' && memberOf(is, ...digest) !== memberOf(was, ...digest);
}

function required(claim: Partial<Claim> & Pick<Claim, 'name'>): Subject {
  return imageSubject({
    action: 'gate',
    unchanged: 'error',
    scenario: single([old([finding(CATALOGUE.terrapin)])]),
    documents: { 'policy.json': POLICY },
    isBelievable: (sent) => sent.some((one) => isOtherPolicy(one) || saysEnough(one)),
    ...claim,
    inputs: { policy: 'policy.json', 'signing-key': KEY_INPUT, ...claim.inputs },
  });
}

/** Whether what was sent lacks something that is required, or is unreadable. */
function saysLess(sent: readonly Sent[]): boolean {
  return sent.some(({ where, was, is }) => {
    if (where !== 'statement provenance') return false;
    const names = [['predicateType'], ['subject', 0, 'digest', 'sha256'], SOURCE, BUILDER];
    return names.some((path) => {
      const value = memberOf(is, ...path);
      const isMissing = typeof value !== 'string' || value === '';
      return isMissing && memberOf(was, ...path) !== value;
    });
  });
}

/** The digest that a verification summary has to name. */
const policySha256 = await (async () => {
  const workspace = await mkdtemp(join(tmpdir(), 'gate-search-policy-'));
  try {
    await writeFile(join(workspace, 'policy.json'), JSON.stringify(POLICY));
    return (await loadPolicy('policy.json', { workspace, github: undefined })).source.policySha256;
  } finally {
    await rm(workspace, { recursive: true });
  }
})();

const SUMMARY: Json = {
  verifier: { id: VERIFIER_ID },
  timeVerified: new Date(EPOCH - 60_000).toISOString(),
  resourceUri: `oci://${HOST}/${REPOSITORY}`,
  policy: { uri: 'urn:policy', digest: { sha256: policySha256 } },
  verificationResult: 'PASSED',
  verifiedLevels: ['X'],
};

const verify = { action: 'verify', inputs: { recheck: 'false' } } as const;
const signed = (then: (stage: Stage) => void) => (stage: Stage) => {
  stage.attest('statement signature', statement(stage, {}, undefined, SIGNATURE_TYPE));
  stage.attest('statement PASSED', statement(stage, Object(SUMMARY), undefined, SUMMARY_TYPE));
  then(stage);
};

export const attestationSubjects: readonly Subject[] = [
  required({ name: 'gate: no required attestation', because: /has no attestation of this type/ }),
  required({
    name: 'gate: a required attestation by another key',
    prepare: attest(githubProvenance(), undefined, OTHER_KEY),
    because: /not signed by this signer/,
  }),
  required({
    name: 'gate: a required attestation of another image',
    prepare: attest(githubProvenance(), OTHER_DIGEST),
    because: /about another image/,
    isBelievable: (sent) => sent.some((one) => isOtherPolicy(one) || isAboutSomethingElse(one)),
  }),
  required({
    name: 'gate: a required attestation of another source',
    prepare: attest(githubProvenance({ repository: 'https://github.com/other/app' })),
    because: /its source repository is "https:\/\/github\.com\/other\/app"/,
  }),
  required({
    name: 'gate: a required attestation of another builder',
    prepare: attest(githubProvenance({ builder: 'https://github.com/other/app/build.yml' })),
    because: /its builder is/,
  }),
  required({
    name: 'verify: no required attestation',
    ...verify,
    prepare: signed(() => {}),
    because: /has no attestation of this type/,
  }),
  required({
    name: 'verify: a required attestation by another key',
    ...verify,
    prepare: signed(attest(githubProvenance(), undefined, OTHER_KEY)),
    because: /not signed by this signer/,
  }),
  required({
    name: 'verify: everything that is required is there',
    ...verify,
    unchanged: 'allowed',
    prepare: signed(attest(githubProvenance())),
    isInsufficient: saysLess,
  }),
  required({
    name: 'gate: everything that is required is there',
    unchanged: 'allowed',
    prepare: attest(githubProvenance()),
    isInsufficient: saysLess,
  }),
];
