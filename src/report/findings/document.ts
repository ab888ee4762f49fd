/**
 * What `report.json` says: the one definition of its format. The types are inferred from it, and `npm run schema` makes
 * schema/report.schema.json from it. Null stands for what is unknown or does not apply; dates are ISO 8601 in UTC.
 */
import * as v from 'valibot';
import { SEVERITIES, type Severity, UNTRIAGED } from '../../results/severity.ts';
import {
  counts,
  cvss,
  date,
  digest,
  duration,
  error,
  exception,
  finding,
  integer,
  judgedFinding,
  list,
  reason,
  refusal,
  said,
  threshold,
  verdict,
  vulnerablePackage,
} from './document-finding.ts';

const LIMITED = [...SEVERITIES, UNTRIAGED].map(
  (severity) => severity.toLowerCase() as Lowercase<Severity | typeof UNTRIAGED>,
);

const signature = v.pipe(
  v.strictObject({
    digest: said(digest, 'Digest that is signed.'),
    state: said(v.picklist(['signed', 'already-signed']), 'Whether this run created it.'),
    format: said(v.picklist(['bundle', 'legacy', 'notation']), 'Its format.'),
    platform: said(v.nullable(v.string()), 'Platform, for a platform image of an index.'),
    command: said(v.nullable(v.string()), 'Command for a POSIX shell that verifies it by hand.'),
  }),
  v.description('A verified signature.'),
);

const attestation = v.pipe(
  v.strictObject({
    digest: said(digest, 'Digest that is attested.'),
    type: said(v.string(), 'Type of the predicate.'),
    state: said(
      v.picklist(['attested', 'kept']),
      'attested: this run created it. kept: an earlier one remains because its tag is immutable.',
    ),
    format: said(v.picklist(['bundle', 'legacy']), 'Its format.'),
    platform: said(v.nullable(v.string()), 'Platform, for a platform image of an index.'),
    command: said(
      v.nullable(v.string()),
      'Command for a POSIX shell that verifies it by hand; null if it is not a verification summary.',
    ),
  }),
  v.description('A verified attestation.'),
);

const proof = v.pipe(
  v.strictObject({
    kind: said(
      v.picklist(['signature', 'attestation', 'required-attestation', 'findings', 'aws-signing', 'notation']),
      'Kind of check. required-attestation: an attestation that the policy requires.',
    ),
    state: said(
      v.picklist(['proven', 'failed', 'skipped', 'noted']),
      'proven or failed: the result of a required check. skipped: not checked. noted: present, not trusted and without effect.',
    ),
    what: said(v.string(), 'What was checked, for a person.'),
    by: said(v.nullable(v.string()), 'Key or identity that signed, or that must have signed.'),
    at: said(v.nullable(date), 'Date of what was checked, if something signed or AWS states it.'),
    ageMs: said(v.nullable(duration), 'Its age when it was checked, in milliseconds.'),
    ends: said(
      v.nullable(date),
      'When it will be too old; null if it has no maximum age, or was not verified.',
    ),
    promotedFrom: said(
      v.nullable(v.string()),
      'The repository that the image was promoted from, if the summary is the one of that repository, or the signature is attached only there.',
    ),
    detail: said(v.nullable(v.string()), 'What it states, or why the check failed.'),
    command: said(
      v.nullable(v.string()),
      'Command for a POSIX shell that verifies the same by hand; null if cosign verified nothing.',
    ),
  }),
  v.description('A check of what is attached to an image.'),
);

const exceededLimit = v.strictObject({
  severity: said(v.picklist(LIMITED), 'The severity with the limit.'),
  allowed: said(integer, 'Number that the policy allows.'),
  found: said(integer, 'Number of findings that count.'),
});

const advice = v.pipe(
  v.strictObject({
    base: said(v.string(), 'HOST/REPOSITORY:TAG of the base image.'),
    named: said(v.boolean(), 'true: the workflow names it. false: only the annotations of the image do.'),
    digest: said(digest, 'Digest that the tag points at in ECR.'),
    pushedAt: said(v.nullable(date), 'When ECR received that digest.'),
    current: said(v.boolean(), 'Whether the image starts with the layers of that digest, on every platform.'),
    newer: said(
      list(
        v.strictObject({
          kind: said(
            v.picklist(['same-tag', 'newer-tag']),
            'same-tag: what the tag points at now. newer-tag: the newest tag of the same line.',
          ),
          reference: said(v.string(), 'HOST/REPOSITORY:TAG.'),
          digest: said(digest, 'Digest that the tag points at.'),
          pushedAt: said(v.nullable(date), 'When ECR received that digest.'),
          change: said(
            v.nullable(
              v.strictObject({
                resolves: said(list(v.string()), 'Ids of the findings that a rebuild on it resolves.'),
                adds: said(list(judgedFinding), 'The findings that it adds, judged by the same policy.'),
                verdict: said(
                  v.picklist(['pass', 'warn', 'block']),
                  "The verdict after the rebuild, by today's findings of both images.",
                ),
                exceededLimits: said(list(exceededLimit), 'Limits that are still exceeded then.'),
              }),
            ),
            'What a rebuild on it changes; null if that is unknown.',
          ),
          unknown: said(v.nullable(v.string()), 'Why that is unknown.'),
        }),
      ),
      'Newer base images in ECR that make the verdict better, or for which that is unknown.',
    ),
  }),
  v.description('Advice about the base image of an image.'),
);

const image = v.pipe(
  v.strictObject({
    image: said(
      v.string(),
      'HOST/REPOSITORY@DIGEST; the reference in the workflow if it could not be resolved.',
    ),
    digest: said(v.nullable(digest), 'Digest that was judged; null if the reference could not be resolved.'),
    references: said(list(v.string()), 'The references in the workflow.'),
    repository: said(v.string(), 'Repository.'),
    account: said(v.string(), 'AWS account of the registry.'),
    region: said(v.string(), 'AWS Region of the registry.'),
    index: said(v.boolean(), 'Whether it is an image index with one image per platform.'),
    verdict,
    error: said(v.nullable(error), 'Why it was not judged.'),
    // No counts are not the same as no findings.
    counts: said(v.nullable(counts), 'null if it was not judged.'),
    blocking: said(v.nullable(integer), 'Number of findings that block; null if it was not judged.'),
    platforms: said(
      list(
        v.strictObject({
          digest: said(digest, 'Its digest.'),
          platform: said(v.string(), 'Platform, such as linux/amd64.'),
          scannedAt: said(v.nullable(date), 'When the scan ended.'),
          monitored: said(
            v.nullable(v.boolean()),
            'Whether the service still scans it for new vulnerabilities.',
          ),
        }),
      ),
      'The scanned images, one per platform.',
    ),
    attestations: said(
      list(v.string()),
      'Digests of build attestations in the index, which are not images and are not scanned.',
    ),
    skipped: said(
      list(
        v.strictObject({
          digest: said(digest, 'Digest of its manifest.'),
          type: said(v.string(), 'Type of the artifact.'),
        }),
      ),
      'Other artifacts in the index that no runtime can run, such as SOCI indexes. They are not scanned.',
    ),
    baseImages: said(
      list(
        v.strictObject({
          name: said(v.string(), "Name in the workflow or in the image's annotations."),
          named: said(
            v.boolean(),
            'true: the workflow names it, and the image starts with its layers. false: only the image names it.',
          ),
          deciding: said(
            list(v.string()),
            'HOST/REPOSITORY@DIGEST of each image behind the name that rules with the condition layer use; empty if the policy allows none, or if it is not verified as the base.',
          ),
        }),
      ),
      'The base images of its platforms, each once; empty if they are unknown or were not requested.',
    ),
    advice: said(
      v.nullable(advice),
      'Its base image, and newer ones in ECR; null if it is unknown, or if the image passes without warnings. No verdict depends on it.',
    ),
    weakened: said(
      v.nullable(
        v.strictObject({
          'base-image': v.exactOptional(
            said(v.literal(true), 'A base image downgraded a finding, or excluded it from a limit.'),
          ),
          baseline: v.exactOptional(
            said(v.literal(true), 'The baseline downgraded a finding, or excluded it from a limit.'),
          ),
          'fail-on': v.exactOptional(said(threshold, "The input, if the policy's own value is stricter.")),
          'ignore-unfixed': v.exactOptional(said(v.literal(true), 'The input, if the policy says false.')),
          'scan-type': v.exactOptional(
            said(v.literal('basic'), 'Basic scanning, which finds fewer vulnerabilities.'),
          ),
        }),
      ),
      'Inputs of the workflow that allowed more than the policy alone; null if the image was not judged.',
    ),
    findings: said(list(judgedFinding), 'Every finding that was judged, worst first.'),
    suppressed: said(list(finding), 'Findings that the service suppresses; they were not judged.'),
    exceededLimits: said(
      list(exceededLimit),
      'Limits of the policy that the findings exceed; each blocks the image.',
    ),
    exceptions: said(list(exception), 'Every exception and VEX statement, and how it was used.'),
    gone: said(
      v.nullable(list(finding)),
      'Findings that the baseline has and this image does not; null if there is no baseline.',
    ),
    signatures: said(list(signature), 'Verified signatures.'),
    verdictAttestations: said(list(attestation), 'Verified attestations of the verdict.'),
    signed: said(
      v.boolean(),
      'Whether the required signatures of this image were made or found, and verified, so that later steps can rely on them.',
    ),
    proofs: said(
      list(proof),
      'Checks of the verify action, and in both actions of the attestations that the policy requires.',
    ),
  }),
  v.description('An image on all its platforms.'),
);

const source = v.pipe(
  v.strictObject({
    uri: said(v.string(), 'Path in the workspace, or owner/repo/path@ref.'),
    sha256: said(v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), 'SHA-256 of its bytes, in hex.'),
    moving: said(v.boolean(), 'Whether the ref can move: a branch or a tag, not a commit.'),
  }),
  v.description('A file that the images were judged by.'),
);

const policySource = v.pipe(
  v.strictObject({
    ...source.entries,
    policySha256: said(
      v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
      'SHA-256 of the policy, in hex. It depends on the meaning of the policy, not on how the file is written.',
    ),
  }),
  v.description('The policy that the images were judged by.'),
);

const settings = v.strictObject({
  failOn: said(threshold, 'Lowest severity that blocks.'),
  warnOn: said(threshold, 'Lowest severity that warns.'),
  ignoreUnfixed: said(v.boolean(), 'Whether a finding without a fix warns instead of blocking.'),
  enforce: said(v.boolean(), 'Whether a blocked image fails the step.'),
  scanType: said(v.picklist(['enhanced', 'basic']), 'Type of scanning.'),
  timeoutMs: said(integer, 'Longest time that the run may take, in milliseconds.'),
  settleTimeMs: said(integer, 'Time for which new findings must stay unchanged, in milliseconds.'),
});

const format = v.picklist(['bundle', 'legacy', 'both', 'notation']);

const signing = v.strictObject({
  key: said(
    v.string(),
    'The key as cosign or notation received it, or keyless; a key of cosign and one of notation are joined by "and".',
  ),
  format: said(format, 'Format of the signatures by cosign; notation: only notation signs.'),
  transparencyLog: said(v.boolean(), 'Whether signatures are recorded in the public Rekor log.'),
  sign: said(
    v.picklist(['all', 'each']),
    'all: the images are signed only if all of them pass. each: those that pass are signed.',
  ),
  cosignVersion: said(v.nullable(v.string()), 'Version of cosign; null: not used, or not available.'),
  notationVersion: said(v.nullable(v.string()), 'Version of notation; null: not used, or not available.'),
  state: said(
    v.picklist(['done', 'partly', 'withheld', 'failed']),
    'done: every image has a verified signature. partly: with sign: each, some images have. withheld: not every image passed or, with sign: each, none did. failed: not all images could be signed or, with sign: each, none could.',
  ),
});

const verification = v.strictObject({
  signer: said(
    v.string(),
    'Key or identity that must have signed; alternatives are joined by "or", what cosign and notation require by "and".',
  ),
  signers: said(
    list(v.string()),
    'The accepted keys, or the identity; one of them must have signed with cosign. Empty: only notation verifies.',
  ),
  format: said(format, 'Format of the signatures by cosign; notation: only notation verifies.'),
  cosignVersion: said(v.nullable(v.string()), 'Version of cosign; null: not used, or not available.'),
  notation: said(
    v.nullable(
      v.strictObject({
        identities: said(list(v.string()), 'Identities of the trust policy; one of them must have signed.'),
        version: said(v.nullable(v.string()), 'Version of notation; null: not available.'),
      }),
    ),
    'What notation verifies; null: nothing.',
  ),
  attestation: said(v.boolean(), 'Whether a verification summary is required.'),
  policySha256: said(v.nullable(v.string()), 'The first of policies; null: any policy.'),
  policies: said(
    v.nullable(list(v.string())),
    'SHA-256, in hex, of the accepted policies or their files; the summary must name one of them: first each policy in the input policy, then the values of policy-digest; null: any policy.',
  ),
  maxAttestationAgeMs: said(v.nullable(integer), 'Its maximum age, in milliseconds.'),
  promotedFrom: said(
    list(v.string()),
    'Repositories whose verification summaries of the same digest count as well.',
  ),
  recheck: said(v.boolean(), "Whether today's findings were judged too."),
});

const documents = v.strictObject({
  policy: said(v.nullable(policySource), 'null: thresholds only.'),
  exceptions: said(list(source), 'Exceptions files.'),
  vex: said(list(source), 'OpenVEX documents.'),
  conflicts: said(
    list(
      v.strictObject({
        input: said(v.string(), 'The input.'),
        asked: said(v.string(), 'Its value in the workflow.'),
        demanded: said(v.string(), 'The value that was used.'),
      }),
    ),
    'Inputs that are less strict than the minimum of the policy.',
  ),
});

const changes = v.strictObject({
  since: said(
    v.nullable(date),
    'When the run of the earlier report started; null: no earlier report can be used, and everything counts as new.',
  ),
  error: said(
    v.nullable(v.string()),
    'What ended the run as a whole, if it ended before it had verified every image, or with another error than the earlier run.',
  ),
  blocks: said(
    list(
      v.strictObject({
        image: said(v.string(), 'The first reference in the workflow.'),
        before: said(
          v.picklist(['absent', 'passing', 'failing']),
          'Whether it passed in the earlier report; absent: that report does not have it.',
        ),
        verdict,
        reasons: said(
          list(v.string()),
          'The reasons that the earlier report does not have. External text: escape it before you display it.',
        ),
      }),
    ),
    'Images that do not pass, for new reasons.',
  ),
  expiries: said(
    list(
      v.strictObject({
        state: said(
          v.picklist(['soon', 'expired']),
          'soon: it counts, and ends within 14 days. expired: it no longer counts.',
        ),
        what: said(v.string(), 'What ends. External text: escape it before you display it.'),
        ends: said(v.nullable(date), 'From when it no longer counts.'),
        images: said(list(v.string()), 'The images that it is about.'),
      }),
    ),
    'Exceptions, VEX statements and attestations that did not have this state in the earlier report.',
  ),
  disappeared: said(
    list(
      v.strictObject({
        image: said(v.string(), 'The first reference in the earlier workflow.'),
        why: said(
          v.picklist(['not-found', 'not-listed']),
          'not-found: ECR does not have it. not-listed: the workflow no longer names it.',
        ),
        before: said(v.picklist(['passing', 'failing']), 'Whether it passed in the earlier report.'),
      }),
    ),
    'Images of the earlier report that disappeared.',
  ),
  resolved: said(list(v.string()), 'Images that did not pass in the earlier report, and do now.'),
});

const baseline = v.strictObject({
  reference: said(v.string(), 'The reference in the workflow.'),
  image: said(v.nullable(v.string()), 'HOST/REPOSITORY@DIGEST; null if it could not be used.'),
  unused: said(v.nullable(v.string()), 'Why it was not used.'),
});

const records = v.strictObject({
  kind: said(
    v.picklist(['storage', 'deployment']),
    'storage: where images are stored. deployment: where they are deployed.',
  ),
  written: said(integer, 'How many records GitHub confirmed.'),
  organization: said(v.string(), 'The organization on GitHub.'),
  page: said(v.nullable(v.string()), 'The page of its linked artifacts; null if it is unknown.'),
});

/** `report.json`, whatever the run ended with. */
export const reportSchema = v.pipe(
  v.strictObject({
    schemaVersion: said(v.literal(1), 'Version of this format; it changes when readers have to change.'),
    action: said(
      v.strictObject({
        name: v.literal('ecr-deployment-gate'),
        version: said(v.string(), 'Version of the action.'),
      }),
      'What wrote the report.',
    ),
    verdict: said(verdict, 'The worst verdict of all images, or error if the run as a whole failed.'),
    startedAt: said(date, "When the run started, by the runner's clock."),
    durationMs: said(duration, 'How long the run took, in milliseconds.'),
    settings: said(
      v.nullable(settings),
      'The inputs that the verdict depends on; null if they were not read.',
    ),
    error: said(v.nullable(error), 'What ended the run as a whole.'),
    documents: said(
      v.nullable(documents),
      'The files that the images were judged by; null if the run ended before they were read.',
    ),
    baseline: said(v.nullable(baseline), 'The deployed image, for comparison; null if none was given.'),
    notices: said(list(v.string()), 'What could not be read or recorded, and the effect of that.'),
    nextSteps: said(
      list(v.string()),
      'What to do in addition to the next steps of errors, such as permissions to add.',
    ),
    judgedAt: said(v.nullable(date), 'Time of the service by which exceptions and ages were judged.'),
    signing: said(v.nullable(signing), 'Signing of the images that pass; null if none was requested.'),
    images: said(
      list(image),
      'One entry per image, in the order given; empty if the run ended before any was resolved.',
    ),
    verification: said(v.nullable(verification), 'What the verify action requires; null for the gate.'),
    records: said(v.nullable(records), 'What was recorded on GitHub; null if nothing was.'),
    changes: said(
      v.nullable(changes),
      'What has changed since the earlier report; null without baseline-report.',
    ),
  }),
  v.title('ECR Deployment Gate report'),
  v.description('report.json, as every run of the actions writes it. null stands for what is unknown.'),
);

/** The parts that the JSON Schema defines once and refers to. */
export const reportDefinitions = {
  verdict,
  threshold,
  digest,
  date,
  error,
  counts,
  package: vulnerablePackage,
  cvss,
  reason,
  refusal,
  finding,
  judgedFinding,
  exception,
  advice,
  image,
  source,
} as const satisfies Readonly<Record<string, v.GenericSchema>>;

export type { ReasonDocument } from './document-finding.ts';
export type ReportDocument = v.InferOutput<typeof reportSchema>;
export type ChangesDocument = v.InferOutput<typeof changes>;
export type ErrorDocument = v.InferOutput<typeof error>;
export type ImageDocument = v.InferOutput<typeof image>;
export type AdviceDocument = v.InferOutput<typeof advice>;
export type FindingDocument = v.InferOutput<typeof finding>;
export type JudgedFindingDocument = v.InferOutput<typeof judgedFinding>;
export type ExceptionOutcomeDocument = v.InferOutput<typeof exception>;
export type RefusalDocument = v.InferOutput<typeof refusal>;
export type ProofDocument = v.InferOutput<typeof proof>;
export type SigningDocument = v.InferOutput<typeof signing>;
export type VerificationDocument = v.InferOutput<typeof verification>;
