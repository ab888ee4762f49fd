/**
 * What `report.json` says: the one definition of its format. The types are inferred from it, and `npm run schema` makes
 * schema/report.schema.json from it. Null stands for what is unknown or does not apply; dates are ISO 8601 in UTC.
 */
import * as v from 'valibot';
import type { ErrorCode } from '../../errors.ts';
import { SEVERITIES, type Severity, THRESHOLDS, UNTRIAGED } from '../../results/severity.ts';

const integer = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const duration = v.pipe(v.number(), v.minValue(0));

const verdict = v.pipe(
  v.picklist(['pass', 'warn', 'block', 'error']),
  v.description('Verdict on an image or a run.'),
);

const threshold = v.pipe(v.picklist(THRESHOLDS), v.description('A severity, or none.'));

const digest = v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]{64}$/), v.description('Digest of a manifest.'));

const date = v.pipe(
  v.string(),
  v.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/),
  v.description('A time in UTC, ISO 8601.'),
);

const ERROR_CODES = [
  'input',
  'not-found',
  'access-denied',
  'credentials',
  'configuration',
  'unscannable',
  'not-proven',
  'timeout',
  'aws',
  'signing',
  'not-verified',
  'cancelled',
  'internal',
] as const satisfies readonly ErrorCode[];

const error = v.pipe(
  v.strictObject({
    code: said(v.picklist(ERROR_CODES), 'Kind of error.'),
    message: said(v.string(), 'What happened, for a person.'),
    nextStep: said(v.nullable(v.string()), 'What to do about it.'),
  }),
  v.description('Why there is no verdict.'),
);

const counts = v.pipe(
  v.strictObject({
    critical: said(integer, 'CRITICAL'),
    high: said(integer, 'HIGH'),
    medium: said(integer, 'MEDIUM'),
    low: said(integer, 'LOW'),
    informational: said(integer, 'INFORMATIONAL'),
    untriaged: said(integer, 'UNTRIAGED: the vendor has not rated it yet.'),
    unknown: said(integer, 'Severities that this version of the action does not know.'),
    total: said(integer, 'All of them.'),
  }),
  v.description('Number of active findings by severity.'),
);

const origin = v.nullable(v.picklist(['base', 'application']));

const vulnerablePackage = v.pipe(
  v.strictObject({
    name: said(v.string(), 'Name.'),
    version: said(v.string(), 'Installed version.'),
    epoch: said(v.nullable(v.number()), 'Epoch of the installed version.'),
    release: said(v.nullable(v.string()), 'Release of the installed version.'),
    arch: said(v.nullable(v.string()), 'Architecture.'),
    manager: said(v.nullable(v.string()), 'Package manager, such as OS, NPM or JAR.'),
    fixedIn: said(v.nullable(v.string()), 'Version that fixes the vulnerability.'),
    filePath: said(v.nullable(v.string()), 'Path in the image.'),
    layer: said(v.nullable(v.string()), 'Digest of the layer that contains it.'),
    instruction: said(
      v.nullable(v.string()),
      'Dockerfile instruction that created the layer. External text: escape it before you display it.',
    ),
    origin: said(
      origin,
      'Whether the layer belongs to the base image, verified against the layers of a base image that the workflow names; null if unknown.',
    ),
    statedOrigin: said(
      origin,
      'Whether the layer belongs to the base image, according to the image itself; it has no effect on the verdict.',
    ),
    remediation: said(v.nullable(v.string()), 'Command that the service recommends.'),
  }),
  v.description('A vulnerable package.'),
);

const cvss = v.pipe(
  v.strictObject({
    baseScore: v.number(),
    version: said(v.string(), 'Version of CVSS, such as 3.1.'),
    vector: v.string(),
    source: said(v.string(), 'Who rated it, such as NVD.'),
  }),
  v.description('A rating by the Common Vulnerability Scoring System.'),
);

const DETAILS = [
  'severity',
  'score',
  'epss',
  'known-exploited',
  'exploit-available',
  'fix-available',
  'age',
  'platform',
  'package',
  'layer',
] as const;

/** The reasons that stand on their own. */
const plainReasons = [
  v.pipe(
    v.strictObject({ kind: v.literal('fail-on'), threshold: said(threshold, 'The threshold.') }),
    v.description('At or above fail-on.'),
  ),
  v.pipe(
    v.strictObject({ kind: v.literal('warn-on'), threshold: said(threshold, 'The threshold.') }),
    v.description('At or above warn-on.'),
  ),
  v.pipe(
    v.strictObject({ kind: v.literal('below-thresholds') }),
    v.description('Below fail-on and warn-on.'),
  ),
  v.pipe(
    v.strictObject({ kind: v.literal('unfixed'), threshold: said(threshold, 'The threshold.') }),
    v.description('At or above fail-on, but it has no fix and ignore-unfixed is true.'),
  ),
  v.pipe(v.strictObject({ kind: v.literal('untriaged') }), v.description('The vendor has not rated it yet.')),
  v.pipe(
    v.strictObject({
      kind: v.literal('unknown-severity'),
      severity: said(v.string(), 'The severity.'),
    }),
    v.description('A severity that this version of the action does not know.'),
  ),
  v.pipe(
    v.strictObject({ kind: v.literal('suppressed') }),
    v.description('Suppressed in Inspector; the policy says what happens to such findings.'),
  ),
  v.pipe(
    v.strictObject({
      kind: v.literal('rule'),
      rule: said(v.string(), 'Name of the rule.'),
      reason: said(v.nullable(v.string()), 'Reason that the rule gives.'),
      missing: said(
        list(v.picklist(DETAILS)),
        'Data that the rule requires and that is unavailable; it is treated as the worse answer.',
      ),
    }),
    v.description('A rule of the policy.'),
  ),
] as const;

/** Why a finding has its effect. An exception is named by its source; the image's `exceptions` have the rest. */
export type ReasonDocument =
  | v.InferOutput<(typeof plainReasons)[number]>
  | { kind: 'exception'; source: string; instead: ReasonDocument }
  | { kind: 'baseline'; instead: ReasonDocument };

const reason: v.GenericSchema<ReasonDocument> = v.pipe(
  v.variant('kind', [
    ...plainReasons,
    v.pipe(
      v.strictObject({
        kind: v.literal('exception'),
        source: said(v.string(), "Source of the exception or VEX statement, one of the image's exceptions."),
        instead: v.lazy(() => reason),
      }),
      v.description('An exception or a VEX statement allows it. instead: the reason without it.'),
    ),
    v.pipe(
      v.strictObject({ kind: v.literal('baseline'), instead: v.lazy(() => reason) }),
      v.description('The baseline has it too. instead: the reason without the baseline.'),
    ),
  ]),
  v.description('Why a finding has its effect.'),
);

const refusal = v.pipe(
  v.variant('kind', [
    v.pipe(
      v.strictObject({ kind: v.literal('expired'), since: said(v.nullable(date), 'When it expired.') }),
      v.description('It has expired.'),
    ),
    v.pipe(
      v.strictObject({ kind: v.literal('not-yet'), from: said(v.nullable(date), 'Its date.') }),
      v.description('A VEX statement with a date in the future.'),
    ),
    v.pipe(
      v.strictObject({
        kind: v.literal('max-duration'),
        maxDurationMs: said(v.number(), 'Longest duration that the policy allows, in milliseconds.'),
        days: said(
          v.nullable(v.pipe(v.number(), v.safeInteger())),
          'Number of days until it ends, rounded up; null if it has no end.',
        ),
      }),
      v.description('It ends later than the policy allows.'),
    ),
    v.pipe(
      v.strictObject({
        kind: v.literal('required'),
        field: said(v.picklist(['reason', 'expires', 'approved-by', 'ticket']), 'The missing field.'),
      }),
      v.description('It lacks a field that the policy requires.'),
    ),
    v.pipe(
      v.strictObject({
        kind: v.literal('never'),
        what: said(v.picklist(['severity', 'known-exploited', 'score']), 'What forbids it.'),
        unknown: said(v.boolean(), 'Whether that is unknown of the finding; it is then forbidden too.'),
      }),
      v.description('The policy allows no exception for such a finding.'),
    ),
    v.pipe(
      v.strictObject({ kind: v.literal('fix-available') }),
      v.description('It applies only while there is no fix.'),
    ),
    v.pipe(
      v.strictObject({
        kind: v.literal('other-package'),
        aspect: said(
          v.picklist(['type', 'vendor', 'release', 'version', 'architecture', 'qualifier']),
          'What differs or cannot be compared.',
        ),
        differs: said(v.boolean(), 'true: it differs. false: it cannot be compared.'),
        purl: said(v.string(), 'Package URL in the statement.'),
        found: said(v.nullable(v.string()), 'What the scanner reports instead; null if it reports nothing.'),
      }),
      v.description('A VEX statement that may be about another package than the one that was found.'),
    ),
  ]),
  v.description('Why an exception or VEX statement does not apply.'),
);

const finding = v.pipe(
  v.strictObject({
    ids: said(
      list(v.string()),
      "IDs of the service's findings, one per platform: ARNs for enhanced scanning.",
    ),
    vulnerability: said(v.string(), 'ID of the vulnerability, such as CVE-2026-12345.'),
    related: said(list(v.string()), 'Other IDs of the same vulnerability.'),
    type: said(v.string(), "The service's type of finding, such as PACKAGE_VULNERABILITY."),
    title: said(v.string(), 'Title from the service. External text: escape it before you display it.'),
    severity: said(
      v.string(),
      'CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNTRIAGED, or a value that the service has added since.',
    ),
    vendorSeverity: said(v.nullable(v.string()), 'Severity according to the vendor of the package.'),
    status: said(v.string(), 'ACTIVE, SUPPRESSED, or a value that the service has added since.'),
    score: said(v.nullable(v.number()), "The service's score, 0 to 10."),
    cvss: said(list(cvss), 'Its CVSS ratings.'),
    epss: said(v.nullable(v.number()), 'Probability of exploitation in the next 30 days, 0 to 1.'),
    fixAvailable: said(v.nullable(v.string()), 'YES, NO or PARTIAL; null if the scanner does not say.'),
    exploitAvailable: said(v.nullable(v.string()), 'YES or NO; null if the scanner does not say.'),
    knownExploited: said(
      v.nullable(v.boolean()),
      'Whether it is in the CISA catalog of known exploited vulnerabilities (KEV); null if that is unknown or the verdict did not depend on it.',
    ),
    packages: said(list(vulnerablePackage), 'The vulnerable packages.'),
    platforms: said(list(v.string()), 'The platforms that have it, such as linux/amd64.'),
    operatingSystem: said(
      v.nullable(v.string()),
      'Operating system of the image, as Inspector names it, such as DEBIAN_12.',
    ),
    source: said(v.nullable(v.string()), 'Database that describes the vulnerability, such as NVD.'),
    sourceUrl: said(v.nullable(v.string()), 'Address of that description.'),
    // There is no date of the last scan: every scan would change every finding.
    firstObservedAt: said(v.nullable(date), 'When the service first observed it.'),
  }),
  v.description('A vulnerability of the image on all its platforms, without a judgement.'),
);

const judgedFinding = v.pipe(
  v.strictObject({
    ...finding.entries,
    effect: said(v.picklist(['block', 'warn', 'allow']), 'Its effect on the verdict.'),
    reason,
    inBaseline: said(
      v.nullable(v.boolean()),
      'Whether the baseline has it too; null if there is no baseline.',
    ),
    refused: said(
      list(
        v.strictObject({
          source: said(
            v.string(),
            "Source of the exception or VEX statement, one of the image's exceptions.",
          ),
          refusal,
        }),
      ),
      'If it blocks or warns: exceptions and VEX statements that name it and do not apply to it, at most ten.',
    ),
  }),
  v.description('A vulnerability of the image on all its platforms, and its effect on the verdict.'),
);

const glob = v.nullable(v.string());

const exception = v.pipe(
  v.strictObject({
    origin: said(v.picklist(['exceptions', 'vex']), 'An exceptions file or an OpenVEX document.'),
    source: said(v.string(), 'File and line, or file and statement.'),
    ids: said(list(v.string()), 'The vulnerabilities that it names.'),
    scope: said(
      v.nullable(
        v.strictObject({
          package: said(glob, 'Glob for the name of the package; null for any.'),
          image: said(glob, 'Glob for the name of the repository; null for any.'),
          platform: said(glob, 'Glob for the platform; null for any.'),
        }),
      ),
      'The globs that limit it; null for an OpenVEX statement, which names products.',
    ),
    status: said(
      v.picklist(['accepted', 'false-positive', 'mitigated', 'not_affected', 'fixed']),
      'What it states about the vulnerabilities.',
    ),
    reason: said(v.nullable(v.string()), 'Its reason. External text: escape it before you display it.'),
    ends: said(v.nullable(date), 'It applies until this time.'),
    approvedBy: said(v.nullable(v.string()), 'Who approved it.'),
    ticket: said(v.nullable(v.string()), 'Ticket that tracks it.'),
    matches: said(
      v.picklist(['finding', 'vulnerability', 'image', 'nothing']),
      'What it is about. finding: a finding of this image. vulnerability: a vulnerability that was found, in another image, platform or package. image: this image, and nothing that was found. nothing: other images.',
    ),
    applied: said(integer, 'Number of findings that it allowed and that would have blocked or warned.'),
    needless: said(integer, 'Number of findings that it names and that needed no exception.'),
    refusals: said(list(refusal), 'Why it did not apply.'),
  }),
  v.description('An exception or VEX statement, and how it was used.'),
);

const LIMITED = [...SEVERITIES, UNTRIAGED].map(
  (severity) => severity.toLowerCase() as Lowercase<Severity | typeof UNTRIAGED>,
);

const signature = v.pipe(
  v.strictObject({
    digest: said(digest, 'Digest that is signed.'),
    state: said(v.picklist(['signed', 'already-signed']), 'Whether this run created it.'),
    format: said(v.picklist(['bundle', 'legacy']), 'Its format.'),
    platform: said(v.nullable(v.string()), 'Platform, for a platform image of an index.'),
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
  }),
  v.description('A verified attestation.'),
);

const proof = v.pipe(
  v.strictObject({
    kind: said(
      v.picklist(['signature', 'attestation', 'findings', 'aws-signing', 'notation']),
      'Kind of check.',
    ),
    state: said(
      v.picklist(['proven', 'failed', 'skipped', 'noted']),
      'proven or failed: the result of a required check. skipped: not checked. noted: present, not trusted and without effect.',
    ),
    what: said(v.string(), 'What was checked, for a person.'),
    by: said(v.nullable(v.string()), 'Key or identity that signed, or that must have signed.'),
    at: said(v.nullable(date), 'Date of what was checked, if something signed or AWS states it.'),
    ageMs: said(v.nullable(duration), 'Its age when it was checked, in milliseconds.'),
    detail: said(v.nullable(v.string()), 'What it states, or why the check failed.'),
  }),
  v.description('A check of the verify action.'),
);

const image = v.pipe(
  v.strictObject({
    image: said(v.string(), 'HOST/REPOSITORY@DIGEST'),
    digest: said(digest, 'Digest that was judged.'),
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
      list(
        v.strictObject({
          severity: said(v.picklist(LIMITED), 'The severity with the limit.'),
          allowed: said(integer, 'Number that the policy allows.'),
          found: said(integer, 'Number of findings that count.'),
        }),
      ),
      'Limits of the policy that the findings exceed; each blocks the image.',
    ),
    exceptions: said(list(exception), 'Every exception and VEX statement, and how it was used.'),
    gone: said(
      v.nullable(list(finding)),
      'Findings that the baseline has and this image does not; null if there is no baseline.',
    ),
    signatures: said(list(signature), 'Verified signatures.'),
    verdictAttestations: said(list(attestation), 'Verified attestations of the verdict.'),
    proofs: said(list(proof), 'Checks of the verify action; empty for the gate.'),
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

const settings = v.strictObject({
  failOn: said(threshold, 'Lowest severity that blocks.'),
  warnOn: said(threshold, 'Lowest severity that warns.'),
  ignoreUnfixed: said(v.boolean(), 'Whether a finding without a fix warns instead of blocking.'),
  enforce: said(v.boolean(), 'Whether a blocked image fails the step.'),
  scanType: said(v.picklist(['enhanced', 'basic']), 'Type of scanning.'),
  timeoutMs: said(integer, 'Longest time that the run may take, in milliseconds.'),
  settleTimeMs: said(integer, 'Time for which new findings must stay unchanged, in milliseconds.'),
});

const format = v.picklist(['bundle', 'legacy', 'both']);

const signing = v.strictObject({
  key: said(v.string(), 'The key as cosign received it, or keyless.'),
  format: said(format, 'Format of the signatures.'),
  transparencyLog: said(v.boolean(), 'Whether signatures are recorded in the public Rekor log.'),
  cosignVersion: said(v.nullable(v.string()), 'Version of cosign.'),
  state: said(
    v.picklist(['done', 'withheld', 'failed']),
    'done: every image has a verified signature. withheld: not every image passed. failed: not all images could be signed.',
  ),
});

const verification = v.strictObject({
  signer: said(v.string(), 'Key or identity that must have signed.'),
  format: said(format, 'Format of the signatures.'),
  cosignVersion: said(v.nullable(v.string()), 'Version of cosign.'),
  attestation: said(v.boolean(), 'Whether a verification summary is required.'),
  policySha256: said(v.nullable(v.string()), 'SHA-256 that its policy must have, in hex.'),
  maxAttestationAgeMs: said(v.nullable(integer), 'Its maximum age, in milliseconds.'),
  recheck: said(v.boolean(), "Whether today's findings were judged too."),
});

const documents = v.strictObject({
  policy: said(v.nullable(source), 'null: thresholds only.'),
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

const baseline = v.strictObject({
  reference: said(v.string(), 'The reference in the workflow.'),
  image: said(v.nullable(v.string()), 'HOST/REPOSITORY@DIGEST; null if it could not be used.'),
  unused: said(v.nullable(v.string()), 'Why it was not used.'),
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
    notices: said(list(v.string()), 'What could not be read, and the effect of that.'),
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
  image,
  source,
} as const satisfies Readonly<Record<string, v.GenericSchema>>;

export type ReportDocument = v.InferOutput<typeof reportSchema>;
export type ErrorDocument = v.InferOutput<typeof error>;
export type ImageDocument = v.InferOutput<typeof image>;
export type FindingDocument = v.InferOutput<typeof finding>;
export type JudgedFindingDocument = v.InferOutput<typeof judgedFinding>;
export type ExceptionOutcomeDocument = v.InferOutput<typeof exception>;
export type RefusalDocument = v.InferOutput<typeof refusal>;
export type ProofDocument = v.InferOutput<typeof proof>;
export type SigningDocument = v.InferOutput<typeof signing>;
export type VerificationDocument = v.InferOutput<typeof verification>;

/** A schema with what it means, for the JSON Schema. */
function said<const T extends v.GenericSchema>(schema: T, description: string) {
  return v.pipe(schema, v.description(description));
}

function list<const T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.readonly());
}
