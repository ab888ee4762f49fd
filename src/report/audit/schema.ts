/**
 * `report.json` of mode `audit`. `npm run schema` generates the JSON Schema from it, and tests validate reports against
 * it.
 */
import * as v from 'valibot';
import { SEVERITIES } from '../../audit/severity.ts';

const VERDICTS = ['allowed', 'conditional', 'unknown', 'denied'] as const;
const KINDS = [
  ...(['role', 'user', 'root', 'account', 'anyone', 'service'] as const),
  ...(['federated', 'federated-user', 'canonical'] as const),
] as const;

const text = v.string();
const texts = v.array(text);
const severity = v.picklist(SEVERITIES);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const verdict = v.picklist(VERDICTS);
const about = <const T extends v.GenericSchema>(schema: T, description: string) =>
  v.pipe(schema, v.description(description));

const source = v.strictObject({
  uri: about(text, 'The path in the workspace, or owner/repo/path@ref.'),
  sha256: about(text, 'SHA-256 of its bytes, in hex.'),
  moving: about(v.boolean(), 'Whether it was read at a branch or tag, which can move.'),
});

const because = v.strictObject({
  source: v.picklist(['identity', 'boundary', 'repository', 'registry', 'trust', 'scp', 'rcp']),
  policy: about(text, 'Name of an inline policy, ARN of a managed policy, or path of a file.'),
  sid: about(text, 'The Sid of the statement, or #2 for the second statement.'),
  effect: v.picklist(['Allow', 'Deny']),
});

const result = v.strictObject({
  check: about(text, 'Id of the check.'),
  status: v.picklist(['pass', 'fail', 'unknown', 'ignored']),
  severity: about(severity, 'For an unknown result: how severe it could be.'),
  couldBe: v.optional(
    about(
      severity,
      'For a failure: its severity if everything that is unknown had the worst possible value.',
    ),
  ),
  registry: about(v.nullable(text), 'Host of the registry; null for roles and users.'),
  resource: about(
    text,
    'ARN of a repository, role or user; host of a registry; HOST/PREFIX of a cache rule or a creation template.',
  ),
  message: about(text, 'What is wrong, then what to do.'),
  evidence: about(v.record(text, v.unknown()), 'Evidence of the result.'),
  fix: v.optional(
    v.strictObject({
      command: about(text, 'A command of the AWS CLI.'),
      document: v.optional(about(v.unknown(), 'The document that the command sends.')),
    }),
  ),
  reference: about(text, "AWS's documentation."),
  missing: about(texts, 'IAM actions that the audit lacked.'),
  items: about(
    texts,
    'What the result is about. A later audit compares it: a failure about something else counts as new.',
  ),
  ignored: v.optional(v.strictObject({ reason: text, expires: v.optional(text) })),
  new: v.optional(about(v.boolean(), 'With a baseline: whether the failure is new.')),
});

const access = v.strictObject({
  repository: about(text, 'ARN of a repository, or host of a registry.'),
  principal: text,
  kind: v.picklist(KINDS),
  pull: v.optional(verdict),
  push: v.optional(verdict),
  retag: v.optional(verdict),
  delete: v.optional(verdict),
  administer: verdict,
  administerActions: about(texts, 'Control actions that are not denied.'),
  token: v.optional(
    about(verdict, 'Whether it may call ecr:GetAuthorizationToken, which docker login needs.'),
  ),
  conditions: about(texts, 'Conditions on the request.'),
  unknown: about(texts, 'Why the answer is unknown.'),
  because: about(v.array(because), 'The statements that decided.'),
});

const principal = v.strictObject({
  arn: text,
  kind: v.picklist(['role', 'user']),
  assumedBy: texts,
  usedBy: texts,
  permissions: v.strictObject({ summary: texts, dangers: texts, unknown: texts }),
});

const rule = v.strictObject({
  source: about(text, 'File and line of the rule.'),
  check: text,
  resource: v.optional(text),
  expires: v.optional(text),
});

/** The whole document. */
export const auditReportSchema = v.pipe(
  v.strictObject({
    schemaVersion: v.literal(1),
    mode: v.literal('audit'),
    verdict: v.picklist(['pass', 'warn', 'block', 'error']),
    enforced: v.boolean(),
    version: about(text, 'Version of the action.'),
    startedAt: about(text, 'By the clock of the runner.'),
    durationMs: v.number(),
    judgedAt: about(v.nullable(text), "AWS's time, by which ages and expiry dates were judged."),
    error: v.nullable(v.strictObject({ code: text, message: text, nextStep: v.nullable(text) })),
    settings: v.nullable(
      v.strictObject({
        failOn: v.picklist([...SEVERITIES, 'none']),
        repositories: texts,
        role: v.nullable(text),
        access: v.boolean(),
        validateCache: v.boolean(),
        lifecyclePreview: v.boolean(),
        enforce: v.boolean(),
        timeoutMs: v.number(),
      }),
    ),
    documents: v.nullable(
      v.strictObject({
        policy: v.nullable(source),
        organizationPolicies: v.array(source),
        baseline: v.nullable(source),
      }),
    ),
    notices: about(texts, 'What was not read, for example because of a limit.'),
    notes: about(texts, 'Assumptions of the access map.'),
    counts: v.nullable(
      v.strictObject({
        passed: count,
        critical: count,
        high: count,
        medium: count,
        low: count,
        unknown: count,
        ignored: count,
      }),
    ),
    registries: v.array(
      v.strictObject({
        host: text,
        account: text,
        region: text,
        partition: text,
        repositories: about(texts, 'Names of the audited repositories.'),
      }),
    ),
    results: about(v.array(result), 'One for each check and resource.'),
    gone: about(
      v.array(v.strictObject({ check: text, resource: text })),
      'With a baseline: its failures that no longer exist.',
    ),
    rules: v.strictObject({ unmatched: v.array(rule), expired: v.array(rule) }),
    access: about(v.array(access), 'Who can do what. Pairs without any access are left out.'),
    accessIncomplete: about(texts, 'Why rows of access may be missing; empty if it is complete.'),
    principals: v.array(principal),
    proposals: about(
      v.array(
        v.strictObject({
          repository: text,
          document: v.optional(v.unknown()),
          withheld: v.optional(about(texts, 'Why no policy is proposed.')),
        }),
      ),
      'Repository policies that enforce the expectations.',
    ),
    answers: about(
      v.array(
        v.strictObject({
          question: text,
          repositories: texts,
          rows: v.array(
            v.strictObject({
              repository: text,
              principal: text,
              kind: v.picklist(KINDS),
              verdict,
              conditions: texts,
              unknown: texts,
              because: v.array(because),
            }),
          ),
          incomplete: texts,
        }),
      ),
      'Answers to the questions of the input who-can.',
    ),
    notSeen: about(texts, 'What the audit does not read, or was not given.'),
  }),
  v.title('Report of an ECR audit'),
  v.description('report.json of the audit action.'),
);

export type AuditDocument = v.InferInput<typeof auditReportSchema>;
