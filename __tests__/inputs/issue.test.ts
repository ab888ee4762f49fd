/** The issue of the verify action, and the report that it compares with, as a workflow names them. */
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { readVerifyInputs } from '../../src/inputs/verify.ts';

function read(given: Readonly<Record<string, string>>) {
  const inputs: Readonly<Record<string, string>> = {
    image: '123456789012.dkr.ecr.eu-central-1.amazonaws.com/team/app:1',
    'signing-key': 'alias/release',
    'github-token': 'token',
    ...given,
  };
  const { issue, issueTitle, baselineReport } = readVerifyInputs((name) => inputs[name] ?? '');
  return { issue, issueTitle, baselineReport };
}

function refusal(given: Readonly<Record<string, string>>): string {
  try {
    read(given);
  } catch (error) {
    if (error instanceof GateError) return error.message;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('the issue', () => {
  it('is not kept unless the workflow says so', () => {
    const nothing = { issue: 'never', issueTitle: undefined, baselineReport: undefined };
    expect(read({})).toEqual(nothing);
    expect(read({ issue: ' ', 'issue-title': ' ', 'baseline-report': ' ' })).toEqual(nothing);
  });

  it('has a mode, a title and an earlier report', () => {
    const given = { issue: 'Always', 'issue-title': ' Images ', 'baseline-report': ' last/report.json ' };
    expect(read(given)).toEqual({
      issue: 'always',
      issueTitle: 'Images',
      baselineReport: 'last/report.json',
    });
    expect(read({ issue: 'on-failure', 'issue-title': 'x'.repeat(200) }).issueTitle).toHaveLength(200);
  });

  it.each([
    [{ issue: 'on-error' }, /^Input issue: expected one of never, on-failure, always/],
    [{ issue: 'always', 'github-token': '' }, /^Input issue: always requires the input github-token/],
    [{ 'issue-title': 'Images' }, /^Input issue-title: it has no effect with issue: never/],
    [
      { issue: 'always', 'issue-title': 'x'.repeat(201) },
      /^Input issue-title: expected one line of at most 200/,
    ],
    [{ issue: 'always', 'issue-title': 'one\ntwo' }, /^Input issue-title: expected one line/],
    [{ issue: 'always', 'issue-title': 'one\u2028two' }, /^Input issue-title: expected one line/],
  ])('is refused: %j', (given, message) => {
    expect(refusal(given)).toMatch(message);
  });
});
