/** The parts of the format of `report.json` that findings consist of: packages, reasons, refusals and exceptions. */
import * as v from 'valibot';
import type { ErrorCode } from '../../errors.ts';
import { THRESHOLDS } from '../../results/severity.ts';

export const integer = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const duration = v.pipe(v.number(), v.minValue(0));

export const verdict = v.pipe(
  v.picklist(['pass', 'warn', 'block', 'error']),
  v.description('Verdict on an image or a run.'),
);

export const threshold = v.pipe(v.picklist(THRESHOLDS), v.description('A severity, or none.'));

export const digest = v.pipe(
  v.string(),
  v.regex(/^sha256:[0-9a-f]{64}$/),
  v.description('Digest of a manifest.'),
);

export const date = v.pipe(
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

export const error = v.pipe(
  v.strictObject({
    code: said(v.picklist(ERROR_CODES), 'Kind of error.'),
    message: said(v.string(), 'What happened, for a person.'),
    nextStep: said(v.nullable(v.string()), 'What to do about it.'),
  }),
  v.description('Why there is no verdict.'),
);

export const counts = v.pipe(
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

export const vulnerablePackage = v.pipe(
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
    reachability: said(
      v.nullable(v.picklist(['reachable', 'not-reachable'])),
      'Whether the command in the config of the image (ENTRYPOINT and CMD) reaches the package, according to Amazon Inspector; null if unknown.',
    ),
    remediation: said(v.nullable(v.string()), 'Command that the service recommends.'),
  }),
  v.description('A vulnerable package.'),
);

export const cvss = v.pipe(
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
  'reachability',
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
        'Data that the rule requires and that is unavailable; it is treated as the stricter case.',
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

export const reason: v.GenericSchema<ReasonDocument> = v.pipe(
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

export const refusal = v.pipe(
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

export const finding = v.pipe(
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

export const judgedFinding = v.pipe(
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

export const exception = v.pipe(
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

/** A schema with what it means, for the JSON Schema. */
export function said<const T extends v.GenericSchema>(schema: T, description: string) {
  return v.pipe(schema, v.description(description));
}

export function list<const T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.readonly());
}
