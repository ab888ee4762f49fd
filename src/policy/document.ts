/** The schema of the policy file, and how it is read. */
import * as v from 'valibot';
import { attestationsFrom, requiredAttestations } from './attestations.ts';
import {
  choice,
  duration,
  exampleAsWritten,
  flag,
  globs,
  probability,
  REASON_TO_WRITE,
  repositories,
  score,
  severities,
  text,
  threshold,
  version,
} from './fields.ts';
import { MAX_EPSS_BOUNDS, MAX_GLOBS, MAX_RULES } from './limits.ts';
import { type Conditions, EMPTY_POLICY, type PolicyDocument, type Rule } from './policy.ts';
import { failer, SUGGESTION, validate, vocabularyOf } from './schema.ts';
import { type SourceDocument, tooManyAt } from './source.ts';
import { suggestBoolean, suggestReachability } from './suggestions.ts';
import { parseYaml } from './yaml.ts';

const ACTIONS = ['block', 'warn', 'ignore'] as const;
const REACHABILITIES = ['not-reachable', 'reachable', 'unknown'] as const;

/** The word for a boolean: YAML 1.2 reads `yes` and `no` as text, but some write `true` and `false`. */
function yesOrNo(value: unknown): string | undefined {
  const meant = suggestBoolean(value);
  return meant === undefined ? undefined : meant ? 'yes' : 'no';
}

const conditions = v.pipe(
  v.strictObject({
    severity: v.optional(severities("One of Inspector's severities.")),
    score: v.optional(score("Inspector's score, 0 to 10.")),
    epss: v.optional(probability('Probability of exploitation in the next 30 days (EPSS), 0 to 1.')),
    'exploit-available': v.optional(flag('Inspector knows of an exploit.')),
    'known-exploited': v.optional(flag("The vulnerability is in CISA's catalog of exploited ones (KEV).")),
    'fix-available': v.optional(
      v.pipe(
        choice(
          ['yes', 'no', 'partial'],
          'There is a fix for every vulnerable package, for none, or for some of them.',
          'yes',
        ),
        v.metadata({ [SUGGESTION]: yesOrNo }),
      ),
    ),
    'older-than': v.optional(duration('First observed longer ago than this. A day has 24 hours.', '30d')),
    'newer-than': v.optional(
      duration('First observed more recently than this: a grace period. A day has 24 hours.', '7d'),
    ),
    package: v.optional(globs('The name of the package.', 'openssl*')),
    'package-manager': v.optional(globs("Inspector's package manager, such as OS, NPM or JAR.", 'OS')),
    vulnerability: v.optional(globs('The id of the vulnerability, or a related one.', 'CVE-2026-12345')),
    repository: v.optional(globs('The name of the ECR repository.', 'team/**')),
    platform: v.optional(globs('The platform of the image.', 'linux/arm64')),
    layer: v.optional(
      choice(
        ['base', 'application'],
        'The layer of the package: of the base image, or added to it. Unknown without the input base-image.',
        'base',
      ),
    ),
    reachability: v.optional(
      v.pipe(
        choice(
          REACHABILITIES,
          "Whether the image's own command reaches the package, by Inspector's runtime reachability. A command that Kubernetes or Amazon ECS sets instead is not considered.",
          'not-reachable',
        ),
        v.metadata({ [SUGGESTION]: suggestReachability }),
      ),
    ),
  }),
  v.minEntries(1, 'expected at least one condition'),
  v.description('The conditions. All of them must hold.'),
  exampleAsWritten({ severity: ['critical'], 'fix-available': 'yes' }),
);

const rule = v.strictObject({
  name: text('The name of the rule in reports. It must be unique.', 'exploited in the wild'),
  action: choice(ACTIONS, 'The effect on a finding that the rule matches.', 'block'),
  reason: v.optional(text('Why. Required for ignore.', REASON_TO_WRITE)),
  when: conditions,
});

const count = v.pipe(
  v.number('expected a whole number, 0 or more'),
  v.safeInteger('expected a whole number, 0 or more'),
  v.minValue(0, 'expected a whole number, 0 or more'),
  v.description('The most findings of this severity that are allowed.'),
  v.examples([0]),
);

/** The schema of a policy file. `npm run schema` generates the JSON Schema for editors from it. */
export const policySchema = v.pipe(
  v.strictObject({
    version,
    'fail-on': v.optional(threshold('The lowest severity that blocks.')),
    'warn-on': v.optional(threshold('The lowest severity that warns.')),
    'ignore-unfixed': v.optional(flag('Findings without any fix warn instead of blocking.', false)),
    rules: v.optional(
      v.pipe(
        v.array(rule, 'expected a list of rules'),
        v.description('The rules, in order. The first rule that matches a finding decides.'),
        exampleAsWritten([
          { name: 'exploited in the wild', action: 'block', when: { 'known-exploited': true } },
        ]),
      ),
    ),
    limits: v.optional(
      v.pipe(
        v.strictObject({
          critical: v.exactOptional(count),
          high: v.exactOptional(count),
          medium: v.exactOptional(count),
          low: v.exactOptional(count),
          informational: v.exactOptional(count),
          untriaged: v.exactOptional(count),
        }),
        v.description(
          'The most findings of each severity, after rules and exceptions. More of them block the image.',
        ),
        exampleAsWritten({ high: 0 }),
      ),
    ),
    untriaged: v.optional(
      choice(ACTIONS, 'The effect of findings that do not have a severity yet.', 'block'),
    ),
    suppressed: v.optional(
      choice(ACTIONS, 'The effect of findings that an Inspector suppression rule hides.', 'block'),
    ),
    'exceptions-allowed': v.optional(
      v.pipe(
        v.strictObject({
          'max-duration': v.optional(
            duration('An exception that ends later than this does not apply.', '90d'),
          ),
          never: v.optional(
            v.pipe(
              v.strictObject({
                severity: v.optional(severities('Findings of these severities.')),
                'known-exploited': v.optional(flag('Findings that CISA lists as exploited (KEV).')),
                score: v.optional(score('Findings with a matching Inspector score.')),
              }),
              v.description('Findings that no exception applies to. One of these is enough.'),
              exampleAsWritten({ severity: ['critical'], 'known-exploited': true }),
            ),
          ),
          required: v.optional(
            v.pipe(
              v.array(
                v.picklist(
                  ['reason', 'expires', 'approved-by', 'ticket'],
                  'expected one of reason, expires, approved-by, ticket',
                ),
                'expected a list of fields',
              ),
              v.description('Fields that an exception must have to apply.'),
              v.examples([['approved-by']]),
            ),
          ),
        }),
        v.description('The bounds of exceptions and VEX statements.'),
        exampleAsWritten({ 'max-duration': '90d', required: ['approved-by'] }),
      ),
    ),
    attestations: v.optional(
      requiredAttestations('The attestations that every image must carry. All of them are required.'),
    ),
    minimum: v.optional(
      v.pipe(
        v.strictObject({
          'fail-on': v.optional(threshold('The fail-on that a workflow cannot weaken.')),
          'warn-on': v.optional(threshold('The warn-on that a workflow cannot weaken.')),
          enforce: v.optional(flag('true: a workflow cannot set enforce to false.')),
          'ignore-unfixed': v.optional(flag('false: a workflow cannot set ignore-unfixed to true.', false)),
          timeout: v.optional(duration('The longest timeout that a workflow may set.', '30m')),
          'settle-time': v.optional(duration('The shortest settle-time that a workflow may set.', '30s')),
          'scan-type': v.optional(
            choice(['enhanced'], 'enhanced: a workflow cannot use basic scanning.', 'enhanced'),
          ),
          signing: v.optional(flag('true: a run without a signing-key fails.')),
          baseline: v.optional(flag('false: a workflow cannot use a baseline.', false)),
          'base-image': v.optional(
            repositories(
              'The base images that rules may use: false for none, or globs over the registry and repository.',
            ),
          ),
          exceptions: v.optional(flag('false: a workflow cannot use exceptions files.', false)),
          vex: v.optional(flag('false: a workflow cannot use OpenVEX documents.', false)),
          recheck: v.optional(flag('true: a workflow cannot set recheck to false in the verify action.')),
          attestations: v.optional(
            requiredAttestations(
              'More attestations that every image must carry, besides those of attestations.',
            ),
          ),
        }),
        v.description('What a workflow cannot weaken by its inputs.'),
        exampleAsWritten({ 'fail-on': 'critical', enforce: true, signing: true }),
      ),
    ),
  }),
  v.title('ECR Deployment Gate policy'),
  v.description('What may be deployed: rules, limits, and what a workflow cannot weaken.'),
);

type Written = v.InferOutput<typeof policySchema>;

/**
 * Reads a policy file.
 * @throws GateError `input` with file, line, column, the path in the document and an example
 */
export function parsePolicy(bytes: Uint8Array, file: string): PolicyDocument {
  const source = parseYaml(bytes, file, vocabularyOf(policySchema));
  const written = validate(policySchema, source);
  checkRules(written.rules ?? [], source);
  const allowed = written['exceptions-allowed'];
  const minimum = written.minimum;
  if ((minimum?.['settle-time'] ?? 0) >= (minimum?.timeout ?? Number.POSITIVE_INFINITY)) {
    const fail = failer(policySchema, source);
    const what = 'expected less than minimum.timeout, the longest timeout that a workflow may set';
    throw fail(['minimum', 'settle-time'], what, 'value', 'Set minimum.timeout to a longer duration.');
  }
  const fail = failer(policySchema, source);
  const attestations = [
    ...attestationsFrom(written.attestations ?? [], ['attestations'], fail),
    ...attestationsFrom(minimum?.attestations ?? [], ['minimum', 'attestations'], fail),
  ];
  const empty = EMPTY_POLICY;
  return {
    failOn: written['fail-on'],
    warnOn: written['warn-on'],
    ignoreUnfixed: written['ignore-unfixed'],
    rules: (written.rules ?? []).map(toRule),
    limits: written.limits ?? empty.limits,
    untriaged: written.untriaged ?? empty.untriaged,
    suppressed: written.suppressed ?? empty.suppressed,
    exceptionsAllowed: {
      maxDurationMs: allowed?.['max-duration'],
      never: {
        severity: allowed?.never?.severity ?? [],
        knownExploited: allowed?.never?.['known-exploited'] ?? false,
        score: allowed?.never?.score,
      },
      required: [...new Set(allowed?.required)],
    },
    ...(attestations.length === 0 ? {} : { attestations }),
    minimum: {
      failOn: minimum?.['fail-on'],
      warnOn: minimum?.['warn-on'],
      enforce: minimum?.enforce ?? empty.minimum.enforce,
      ignoreUnfixed: minimum?.['ignore-unfixed'] ?? empty.minimum.ignoreUnfixed,
      timeoutMs: minimum?.timeout,
      settleTimeMs: minimum?.['settle-time'],
      scanType: minimum?.['scan-type'],
      signing: minimum?.signing ?? empty.minimum.signing,
      baseline: minimum?.baseline ?? empty.minimum.baseline,
      baseImage: minimum?.['base-image'] ?? empty.minimum.baseImage,
      exceptions: minimum?.exceptions ?? empty.minimum.exceptions,
      vex: minimum?.vex ?? empty.minimum.vex,
      recheck: minimum?.recheck ?? empty.minimum.recheck,
    },
  };
}

type WrittenRule = NonNullable<Written['rules']>[number];

const GLOBS = ['package', 'package-manager', 'vulnerability', 'repository', 'platform'] as const;

/** Checks what depends on several values. */
function checkRules(rules: readonly WrittenRule[], source: SourceDocument): void {
  const fail = failer(policySchema, source);
  const atMost = (most: number, what: string, got: number) => {
    if (got > most) throw tooManyAt(source, ['rules'], { most, what, got });
  };
  atMost(MAX_RULES, 'rules', rules.length);
  const globs = rules.flatMap(({ when }) => GLOBS.map((condition) => when[condition]?.length ?? 0));
  atMost(
    MAX_GLOBS,
    'globs in all rules',
    globs.reduce((sum, count) => sum + count, 0),
  );
  const bounds = new Set(rules.map(({ when }) => when.epss?.value).filter((value) => value !== undefined));
  atMost(MAX_EPSS_BOUNDS, 'different bounds of epss', bounds.size);
  const names = new Map<string, number>();
  for (const [index, { name, action, reason, when }] of rules.entries()) {
    const first = names.get(name);
    if (first !== undefined) {
      const { line } = source.locate(['rules', first, 'name']);
      throw fail(['rules', index, 'name'], `the rule on line ${line} has the same name`);
    }
    names.set(name, index);
    if (action === 'ignore' && reason === undefined) {
      throw fail(['rules', index, 'reason'], 'is missing. A rule with the action ignore requires a reason');
    }
    if (action === 'ignore' && when.reachability === 'unknown') {
      throw fail(
        ['rules', index, 'when', 'reachability'],
        'expected not-reachable or reachable, because a rule with the action ignore never applies to missing data',
        'value',
        'Use reachability: unknown in a rule with the action block or warn.',
      );
    }
    const { 'older-than': olderThan, 'newer-than': newerThan } = when;
    if (olderThan !== undefined && newerThan !== undefined && olderThan >= newerThan) {
      throw fail(
        ['rules', index, 'when', 'newer-than'],
        'expected a duration longer than older-than, because otherwise no finding can match both',
        'value',
        'Set newer-than to a longer duration than older-than, or remove one of them.',
      );
    }
  }
}

function toRule({ name, action, reason, when }: WrittenRule): Rule {
  const conditions: Conditions = {
    severity: when.severity,
    score: when.score,
    epss: when.epss,
    exploitAvailable: when['exploit-available'],
    knownExploited: when['known-exploited'],
    fixAvailable: when['fix-available'] && FIX[when['fix-available']],
    olderThanMs: when['older-than'],
    newerThanMs: when['newer-than'],
    package: when.package,
    packageManager: when['package-manager'],
    vulnerability: when.vulnerability,
    repository: when.repository,
    platform: when.platform,
    layer: when.layer,
    reachability: when.reachability,
  };
  return { name, action, reason, when: conditions };
}

const FIX = { yes: 'YES', no: 'NO', partial: 'PARTIAL' } as const;
