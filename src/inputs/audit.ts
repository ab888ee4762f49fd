/** The inputs of the audit action as one value. */
import * as v from 'valibot';
import { parseRegistryName, type RegistryName } from '../audit/facts/scope.ts';
import { SEVERITIES, type Severity } from '../audit/severity.ts';
import { parseQuestion, type Question } from '../audit/who-can.ts';
import { GateError } from '../errors.ts';
import { globText } from '../policy/fields.ts';
import { type IssueMode, issueMode } from './issue.ts';
import { boolean, duration, type InputText, invalid, lines, oneOf, parsed, trimmed } from './read.ts';

export interface AuditInputs {
  /** None: the registry of the credentials' account and region. */
  readonly registries: readonly RegistryName[];
  /** ARN of the role to assume in other accounts; `{account}` stands for their id. */
  readonly role: string | undefined;
  /** Globs over repository names. */
  readonly repositories: readonly string[];
  /** A path in the workspace, or `owner/repo/path@ref`. */
  readonly policy: string | undefined;
  /** The lowest severity of a failed check that blocks. */
  readonly failOn: Severity | 'none';
  readonly access: boolean;
  /** Directories of service control policies and resource control policies. */
  readonly organizationPolicies: readonly string[];
  readonly validateCache: boolean;
  readonly lifecyclePreview: boolean;
  /** Path of an earlier `report.json`. */
  readonly baseline: string | undefined;
  readonly questions: readonly Question[];
  readonly issue: IssueMode;
  readonly githubToken: string | undefined;
  readonly enforce: boolean;
  readonly timeoutMs: number;
  /** Undefined: a new directory under RUNNER_TEMP. */
  readonly reportDirectory: string | undefined;
}

const REGISTRY = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const ROLE = 'arn:aws:iam::{account}:role/auditor';
const ROLE_FORM = /^arn:aws[a-z-]*:iam::(\{account\}|\d{12}):role\/[\w+=,.@/-]{1,576}$/;
/** The most questions. Each is answered from the whole map. */
const MAX_QUESTIONS = 100;

/** @throws GateError `input` with the name of the input, its value and an example */
export function readAuditInputs(get: (name: string) => string): AuditInputs {
  const text = trimmed(get);
  const timeoutMs = duration('timeout', text('timeout') || '30m');
  if (timeoutMs === 0) throw invalid('timeout', text('timeout'), 'a duration longer than zero', '30m');
  const access = boolean('access', text('access') || 'true', true);
  const organizationPolicies = lines(text('organization-policies'));
  const questions = questionsOf(text);
  if (!access) refuseWithoutAccess({ 'organization-policies': organizationPolicies, 'who-can': questions });
  const githubToken = text('github-token') || undefined;
  const issue = issueMode(text, githubToken);
  return {
    registries: lines(text('registry')).map((one) => parsed('registry', one, parseRegistryName, REGISTRY)),
    role: roleOf(text('role')),
    repositories: lines(text('repositories') || '**').map(repositoryGlob),
    policy: text('policy') || undefined,
    failOn: oneOf('fail-on', text('fail-on') || 'high', [...SEVERITIES, 'none'] as const),
    access,
    organizationPolicies,
    validateCache: boolean('validate-cache', text('validate-cache') || 'false', true),
    lifecyclePreview: boolean('lifecycle-preview', text('lifecycle-preview') || 'false', true),
    baseline: text('baseline') || undefined,
    questions,
    issue,
    githubToken,
    enforce: boolean('enforce', text('enforce') || 'true', true),
    timeoutMs,
    reportDirectory: text('report-directory') || undefined,
  };
}

function questionsOf(text: InputText): readonly Question[] {
  const asked = lines(text('who-can'));
  if (asked.length > MAX_QUESTIONS) {
    throw invalid(
      'who-can',
      `${asked.length} questions`,
      `at most ${MAX_QUESTIONS} questions`,
      'push team/app',
    );
  }
  return asked.map((one) => {
    const question = parsed('who-can', one, parseQuestion, 'push team/app');
    return { ...question, repositories: glob('who-can', question.repositories, one) };
  });
}

/** Refuses inputs that would have no effect, because the workflow relies on them. */
function refuseWithoutAccess(given: Readonly<Record<string, readonly unknown[]>>): void {
  for (const [name, values] of Object.entries(given)) {
    if (values.length === 0) continue;
    throw new GateError('input', `Input ${name}: it has no effect with access: false.`, {
      nextStep: `Set access: true, or remove ${name}.`,
    });
  }
}

function roleOf(role: string): string | undefined {
  if (role === '') return undefined;
  if (!ROLE_FORM.test(role)) throw invalid('role', role, 'the ARN of a role', ROLE);
  return role;
}

function repositoryGlob(text: string): string {
  return glob('repositories', text, text);
}

function glob(name: 'repositories' | 'who-can', text: string, got: string): string {
  const { success, output, issues } = v.safeParse(globText, text);
  if (success) return output;
  const example = name === 'repositories' ? 'team/*' : 'push team/*';
  throw invalid(name, got, (issues[0]?.message ?? 'expected a glob').replace(/^expected /, ''), example);
}
