/** The audit action: reads the facts, runs the checks, answers questions. */
import { audit } from '../audit/audit.ts';
import { CHECK_TEXTS } from '../audit/checks/index.ts';
import { type Expectations, NO_EXPECTATIONS, parseAuditPolicy } from '../audit/expectations.ts';
import { collectFacts } from '../audit/facts/collect.ts';
import type { AuditResult, BaselineResult, WhoCanAnswer } from '../audit/result.ts';
import { whoCan } from '../audit/who-can.ts';
import type { Context } from '../context.ts';
import { messageOf } from '../errors.ts';
import { createGitHub } from '../github/client.ts';
import { auditSubject } from '../github/issue-subject.ts';
import { type AuditInputs, readAuditInputs } from '../inputs/audit.ts';
import type { PublishOptions } from '../publish/publish.ts';
import { readEarlierReport } from '../report/audit/earlier.ts';
import { auditReport } from '../report/audit/report.ts';
import type { DocumentSource } from '../results/documents.ts';
import type { AuditDocuments, AuditRunResult, AuditSettings } from '../results/modes/audit.ts';
import { VERSION } from '../version.ts';
import { readEarlier, unusable } from './earlier.ts';
import { loadPolicyFile, sourceOf } from './load.ts';
import type { Run } from './mode.ts';
import { loadOrganizationPolicies } from './organization.ts';

/** The state of a run. */
interface Known {
  settings: AuditSettings | undefined;
  documents: AuditDocuments | undefined;
  expectations: Expectations;
  audit: AuditResult | undefined;
  answers: readonly WhoCanAnswer[];
  judgedAt: Date | undefined;
  readonly notices: string[];
}

/** A new run of the audit. */
export function newRun(startedAt: Date): Run {
  const known: Known = {
    settings: undefined,
    documents: undefined,
    expectations: NO_EXPECTATIONS,
    audit: undefined,
    answers: [],
    judgedAt: undefined,
    notices: [],
  };
  let inputs: AuditInputs | undefined;
  return {
    readInputs: (get) => {
      inputs = readAuditInputs(get);
      known.settings = settingsOf(inputs);
      return { timeoutMs: inputs.timeoutMs, readsDocuments: true };
    },
    work: async (context) => {
      if (inputs === undefined) throw new Error('the inputs were not read');
      await auditRegistries(inputs, context, known);
    },
    publication: async (error) => {
      const verdict = error === undefined ? (known.audit?.verdict ?? 'error') : 'error';
      const enforced = known.settings?.enforce !== false;
      const result: AuditRunResult = {
        ...known,
        checks: CHECK_TEXTS,
        verdict,
        enforced,
        tolerated: verdict === 'block' && !enforced,
        error,
        startedAt,
        durationMs: Date.now() - startedAt.getTime(),
        version: VERSION,
      };
      return { result, report: auditReport(result), options: inputs && publishOptions(inputs) };
    },
  };
}

function settingsOf({
  failOn,
  repositories,
  role,
  access,
  validateCache,
  lifecyclePreview,
  enforce,
  timeoutMs,
}: AuditInputs): AuditSettings {
  return { failOn, repositories, role, access, validateCache, lifecyclePreview, enforce, timeoutMs };
}

/** The steps in order. An error ends the run, with the results until then. */
async function auditRegistries(inputs: AuditInputs, context: Context, known: Known): Promise<void> {
  const { deadline, environment, workspace, log, awsHandler } = context;
  const policy = await readPolicy(inputs, context);
  const organization = await loadOrganizationPolicies(inputs.organizationPolicies, workspace);
  const earlier = await readBaseline(inputs.baseline, workspace);
  known.documents = {
    policy: policy?.source,
    organizationPolicies: organization.sources,
    baseline: earlier?.source,
  };
  if (policy !== undefined) known.expectations = policy.expectations;
  if (inputs.baseline !== undefined && earlier === undefined) {
    known.notices.push(`There is no baseline ${inputs.baseline}. Every failed check is treated as new.`);
  }
  const { expectations } = known;
  const { registries, role, repositories, access, validateCache, lifecyclePreview } = inputs;
  const facts = await collectFacts(
    {
      registries,
      role,
      repositories,
      expectations,
      levels: organization.levels,
      access,
      validateCache,
      lifecyclePreview,
    },
    { deadline, log, environment, ...(awsHandler && { handler: awsHandler }) },
  );
  known.judgedAt = facts.now;
  known.notices.push(...facts.notices);
  if (deadline.expired) {
    known.notices.push(
      'The timeout ended before everything was read. Everything that was not read is unknown. Set a longer timeout, or audit fewer repositories in one step.',
    );
  }
  const result = audit(facts, expectations, {
    failOn: inputs.failOn,
    access,
    baseline: earlier?.results,
  });
  known.answers = inputs.questions.map((question) => whoCan(question, result));
  known.audit = result;
}

async function readPolicy(
  { policy, githubToken: token }: AuditInputs,
  { workspace, environment, deadline, log, warn, mask }: Context,
): Promise<{ readonly expectations: Expectations; readonly source: DocumentSource } | undefined> {
  if (policy === undefined) return undefined;
  if (token !== undefined) mask(token);
  const github = token === undefined ? undefined : createGitHub({ token, deadline, environment });
  const { bytes, source } = await loadPolicyFile(policy, { workspace, github });
  log(`Audit policy ${source.uri} (sha256 ${source.sha256})`);
  if (source.moving) {
    warn(
      `The audit policy ${source.uri} is read at a ref that can move. Name a commit, so that a change of the policy is a change of the workflow.`,
    );
  }
  return { expectations: parseAuditPolicy(bytes, source.uri), source };
}

interface Earlier {
  readonly results: readonly BaselineResult[];
  readonly source: DocumentSource;
}

/**
 * The results of an earlier audit; undefined if there is no such file, as in the first run of a workflow.
 * @throws GateError `input` if the file cannot be used
 */
async function readBaseline(path: string | undefined, workspace: string): Promise<Earlier | undefined> {
  if (path === undefined) return undefined;
  const next = 'Give the path of the report.json that an earlier audit wrote, or remove the input.';
  const bytes = await readEarlier('baseline', path, workspace, next);
  if (bytes === undefined) return undefined;
  try {
    return { results: readEarlierReport(bytes), source: sourceOf(path, bytes, false) };
  } catch (error) {
    throw unusable('baseline', path, `is not the report of an audit: ${messageOf(error)}`, next, error);
  }
}

function publishOptions({
  reportDirectory,
  githubToken,
  issue,
  registries,
  repositories,
}: AuditInputs): PublishOptions {
  const names = registries.map((registry) => ('host' in registry ? registry.host : registry.region));
  return {
    reportDirectory,
    githubToken,
    dockerfile: undefined,
    comment: 'never',
    images: [],
    issue: issue === 'never' ? undefined : { mode: issue, subject: auditSubject(names, repositories) },
  };
}
