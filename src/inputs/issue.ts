/** The input `issue`, which the audit and the verify action share. */
import { GateError } from '../errors.ts';
import { type InputText, oneOf } from './read.ts';

/** When to open an issue, and whether to close it. */
export type IssueMode = 'never' | 'on-failure' | 'always';

/** @throws GateError `input` if an issue requires a token and there is none */
export function issueMode(text: InputText, githubToken: string | undefined): IssueMode {
  const issue = oneOf('issue', text('issue') || 'never', ['never', 'on-failure', 'always'] as const);
  if (issue === 'never' || githubToken !== undefined) return issue;
  throw new GateError('input', `Input issue: ${issue} requires the input github-token, which is empty.`, {
    nextStep: `Set github-token: \${{ github.token }} and give the job permissions: issues: write.`,
  });
}
