/** report.json tells of each judged finding what decided it, in the words of its schema, whatever is judged. */

import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import schema from '../../schema/report.schema.json' with { type: 'json' };
import { evaluate } from '../../src/policy/evaluate.ts';
import type { ReasonDocument } from '../../src/report/findings/document.ts';
import { anyBaseline, anyExceptions, anyFindings, anyPolicy } from '../policy/arbitraries.ts';
import { createContext } from '../policy/factories.ts';
import { reportDocument } from './either.ts';
import { createImage, createReport } from './fixtures.ts';

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

it('contains the reason of each finding', () => {
  const told = new Set<string>();
  const cases = fc.record({
    list: anyFindings,
    policy: anyPolicy,
    exceptions: anyExceptions,
    baseline: anyBaseline,
  });
  for (const { list, policy, exceptions, baseline } of fc.sample(cases, { numRuns: 1_000, seed: 1 })) {
    const verdict = evaluate(list, policy, createContext({ exceptions, baseline }));
    const report = createReport({
      verdict: verdict.verdict,
      images: [createImage([], { outcome: { kind: 'judged', verdict } })],
    });
    const document = JSON.parse(JSON.stringify(reportDocument(report)));
    validate(document);
    expect(validate.errors ?? []).toEqual([]);

    const [image] = document.images as ReturnType<typeof reportDocument>['images'];
    const sources = image?.exceptions.map(({ source }) => source) ?? [];
    const check = (reason: ReasonDocument): void => {
      told.add(`reason ${reason.kind}`);
      if (reason.kind === 'rule') expect(policy.rules.map(({ name }) => name)).toContain(reason.rule);
      if (reason.kind === 'exception') expect(sources).toContain(reason.source);
      if ('threshold' in reason) expect([policy.failOn, policy.warnOn]).toContain(reason.threshold);
      if ('instead' in reason) check(reason.instead);
    };
    for (const { reason } of image?.findings ?? []) check(reason);
    for (const { refusals } of image?.exceptions ?? [])
      for (const { kind } of refusals) told.add(`refusal ${kind}`);
  }
  expect([...told].sort()).toEqual(
    [
      ...['baseline', 'below-thresholds', 'exception', 'fail-on', 'rule', 'suppressed', 'unfixed'].map(
        (kind) => `reason ${kind}`,
      ),
      ...['unknown-severity', 'untriaged', 'warn-on'].map((kind) => `reason ${kind}`),
      ...['expired', 'fix-available', 'max-duration', 'never', 'not-yet', 'required'].map(
        (kind) => `refusal ${kind}`,
      ),
    ].sort(),
  );
});
