/** examples/workflows/required-check.yml: the check that a ruleset requires, played by act. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { copyOfActions, findActAndCosign, play } from './act.ts';
import { emulate, uriOf } from './signed.ts';

const example = join(import.meta.dirname, '../../examples/workflows');
const workflow = readFileSync(join(example, 'required-check.yml'), 'utf8');

interface Job {
  readonly name?: string;
  readonly if?: string;
  readonly needs?: readonly string[];
  readonly strategy?: unknown;
  readonly environment?: string;
}
const { on, jobs } = parse(workflow) as { on: Record<string, unknown>; jobs: Record<string, Job> };

describe('the ruleset', () => {
  const { rules } = JSON.parse(readFileSync(join(example, 'ruleset.json'), 'utf8')) as {
    rules: { type: string; parameters?: { required_status_checks?: { context: string }[] } }[];
  };

  it('requires a job with a name that never changes and that runs always, in the merge queue too', () => {
    const required = rules.flatMap(({ parameters }) => parameters?.required_status_checks ?? []);
    // The ID is that of GitHub Actions: a status of the same name by someone else does not count.
    expect(required).toEqual([{ context: 'gated', integration_id: 15368 }]);
    expect(jobs.gated).toMatchObject({ name: 'gated', if: 'always()', needs: ['build', 'gate'] });
    expect(jobs.gated?.strategy).toBeUndefined();
    expect(Object.keys(on)).toEqual(['pull_request', 'merge_group', 'push']);
    // A workflow that is skipped by its paths leaves the check pending.
    expect([on.pull_request, on.merge_group]).toEqual([null, null]);
    expect(rules.map(({ type }) => type)).toContain('merge_queue');
  });

  it('is about a workflow that deploys only after that job', () => {
    expect(jobs.deploy).toMatchObject({ needs: ['build', 'gated'], environment: 'production' });
    expect(jobs.deploy?.if).not.toMatch(/always|cancelled|failure/);
  });
});

describe('the workflow', () => {
  beforeAll(findActAndCosign, 900_000);
  const DEPLOYED = /\| Deploying \[/;
  const REQUIRED = (state: string) =>
    new RegExp(`/gated\\] .*${state} - Main Require that every job succeeded`);

  it.for([
    ['merge_group', 'pass-single', 'Success', false],
    ['push', 'pass-single', 'Success', true],
    ['push', 'blocked', 'Failure', false],
    ['merge_group', 'blocked', 'Failure', false],
    ['push', 'no images', 'Failure', false],
  ] as const)(
    '%s, %s: %s, deployed: %s',
    { timeout: 240_000 },
    async ([event, scenario, state, deploys], context) => {
      const emulator = await emulate(scenario === 'no images' ? 'pass-single' : scenario);
      const images = scenario === 'no images' ? '[]' : JSON.stringify([uriOf(emulator)]);
      const { failed, log } = await play(context, emulator, {
        event,
        files: {
          '.github/workflows/release.yml': workflow.replace(/^( +IMAGES: )'\[.*$/m, `$1'${images}'`),
        },
        repositories: { 'OWNER/ecr-deployment-gate@v1': await copyOfActions() },
      });
      expect(log).toMatch(REQUIRED(state));
      expect(DEPLOYED.test(log), log).toBe(deploys);
      expect(failed).toBe(state === 'Failure');
    },
  );
});
