import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GateError } from '../../src/errors.ts';
import { readAuditInputs } from '../../src/inputs/audit.ts';
import { INPUTS, refuseUnknownInputs } from '../../src/inputs/names.ts';
import { OUTPUTS } from '../../src/report/kit/outputs.ts';

const metadata = parse(readFileSync(join(import.meta.dirname, '../../audit/action.yml'), 'utf8')) as {
  inputs: Record<string, { default?: string }>;
  outputs: Record<string, unknown>;
  runs: { main: string };
};
const read = (given: Readonly<Record<string, string>> = {}) => readAuditInputs((name) => given[name] ?? '');

function refusal(given: Readonly<Record<string, string>>): string {
  try {
    read(given);
  } catch (error) {
    if (error instanceof GateError && error.code === 'input') return `${error.message} ${error.nextStep}`;
    throw error;
  }
  throw new Error('the inputs were taken');
}

describe('audit/action.yml', () => {
  it('has the inputs and outputs of the code', () => {
    expect(Object.keys(metadata.inputs).sort()).toEqual([...INPUTS.audit].sort());
    expect(Object.keys(metadata.outputs).sort()).toEqual([...OUTPUTS.audit].sort());
    expect(metadata.runs.main).toBe('../dist/audit.js');
  });

  it('says the defaults that hold without it', () => {
    // The runner evaluates the expression, as for the gate and verify.
    const value = (name: string) => (name === 'github-token' ? '' : (metadata.inputs[name]?.default ?? ''));
    expect(readAuditInputs(value)).toEqual(read());
    expect(metadata.inputs['github-token']?.default).toBe('${{ github.token }}');
  });
});

describe('the inputs of the audit', () => {
  it('have safe defaults', () => {
    expect(read()).toEqual({
      registries: [],
      role: undefined,
      repositories: ['**'],
      policy: undefined,
      failOn: 'high',
      access: true,
      organizationPolicies: [],
      validateCache: false,
      lifecyclePreview: false,
      baseline: undefined,
      questions: [],
      issue: 'never',
      githubToken: undefined,
      enforce: true,
      timeoutMs: 1_800_000,
      reportDirectory: undefined,
    });
  });

  it('are lists, one entry a line', () => {
    const { registries, repositories, questions, organizationPolicies } = read({
      registry: 'eu-central-1\n123456789012.dkr.ecr.us-east-1.amazonaws.com\n',
      repositories: ' team/* \n\nshared/**\n',
      'who-can': 'push team/app\n  pull   **\n',
      'organization-policies': 'a\nb/123456789012\n',
    });
    expect(registries).toMatchObject([
      { region: 'eu-central-1' },
      { account: '123456789012', region: 'us-east-1' },
    ]);
    expect(repositories).toEqual(['team/*', 'shared/**']);
    expect(questions).toEqual([
      { ability: 'push', repositories: 'team/app' },
      { ability: 'pull', repositories: '**' },
    ]);
    expect(organizationPolicies).toEqual(['a', 'b/123456789012']);
  });

  it.each([
    [{ registry: 'nowhere' }, /Input registry: .*nowhere/],
    [{ registry: 'https://x' }, /Input registry/],
    [{ role: 'auditor' }, /Input role: .*arn:aws:iam::\{account\}:role\/auditor/],
    [{ role: 'arn:aws:iam::{account}:user/x' }, /Input role/],
    [{ role: 'arn:aws:iam::{account}:role/x y' }, /Input role/],
    [{ repositories: '!team/*' }, /Input repositories/],
    [{ repositories: 'a\nb c' }, /Input repositories/],
    [{ 'fail-on': 'informational' }, /one of critical, high, medium, low, none/],
    [{ access: 'yes' }, /Input access/],
    [{ enforce: '1' }, /Input enforce/],
    [{ timeout: '0s' }, /longer than zero/],
    [{ timeout: '7h' }, /at most 6h/],
    [{ 'who-can': 'sign team/app' }, /Input who-can: .*push team\/app/],
    [{ 'who-can': 'push' }, /Input who-can/],
    [{ 'who-can': 'push !x' }, /Input who-can/],
    [{ 'who-can': Array.from({ length: 101 }, () => 'push x').join('\n') }, /at most 100/],
    [{ 'who-can': 'push x', access: 'false' }, /who-can: it has no effect with access: false/],
    [{ 'organization-policies': 'x', access: 'false' }, /organization-policies: it has no effect/],
    [{ issue: 'sometimes' }, /Input issue/],
    [{ issue: 'always' }, /requires the input github-token/],
  ] as const)('refuse %j', (given, why) => {
    expect(refusal(given)).toMatch(why);
  });
});

describe('inputs of other actions', () => {
  it.each([
    ['image', /applies only to the gate and the verify action\./],
    ['signing-key', /applies only to the gate and the verify action\./],
    ['attest', /applies only to the gate\./],
    ['recheck', /applies only to the verify action\./],
    ['mode', /always audits/],
    ['fail_on', /Did you mean fail-on\?/],
    ['severity', /Did you mean fail-on\?/],
    ['registries', /Did you mean registry\?|Did you mean repositories\?/],
  ] as const)('are refused: %s', (name, advice) => {
    const refuse = () => refuseUnknownInputs('audit', { [`INPUT_${name.toUpperCase()}`]: 'x' });
    expect(refuse).toThrow(
      expect.objectContaining({ code: 'input', nextStep: expect.stringMatching(advice) }),
    );
  });

  it.each(['who-can', 'registry'])('of the audit are refused by the gate: %s', (name) => {
    const refuse = () => refuseUnknownInputs('gate', { [`INPUT_${name.toUpperCase()}`]: 'x' });
    expect(refuse).toThrow(
      expect.objectContaining({ nextStep: expect.stringMatching(/only to the audit action/) }),
    );
  });
});
