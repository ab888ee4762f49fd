import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import exceptionsSchema from '../../schema/exceptions.schema.json' with { type: 'json' };
import policySchema from '../../schema/policy.schema.json' with { type: 'json' };
import { schemaFiles } from '../../scripts/schema.ts';
import { parsePolicy } from '../../src/policy/document.ts';
import { parseExceptions } from '../../src/policy/exceptions-document.ts';
import { bytes, gateError } from './errors.ts';
import { FULL_EXCEPTIONS, FULL_POLICY } from './examples.ts';

const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false });
const policy: ValidateFunction = ajv.compile(policySchema);
const exceptions: ValidateFunction = ajv.compile(exceptionsSchema);
const rule = (conditions: string) => `{version: 1, rules: [{name: a, action: warn, when: ${conditions}}]}`;
const exception = (fields: string) =>
  `{version: 1, exceptions: [{id: CVE-1, reason: x, expires: 2026-12-31, ${fields}}]}`;

it.each([...schemaFiles()])('%s is generated from the code', (name, text) => {
  expect(readFileSync(join(import.meta.dirname, '../../schema', name), 'utf8')).toBe(text);
});

it('is checked by npm run schema -- --check', () => {
  const script = join(import.meta.dirname, '../../scripts/schema.ts');
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toContain(
    'matches the code',
  );
});

describe('the JSON Schemas', () => {
  it.each([
    'version: 1',
    FULL_POLICY,
    rule('{severity: low}'),
    rule('{package: [a, "b*"]}'),
  ])('accept the policy %j as the parser does', (text) => {
    expect(policy(parse(text)), JSON.stringify(policy.errors)).toBe(true);
    parsePolicy(bytes(text), 'policy.yml');
  });

  it.each([
    'version: 1\nexceptions: []',
    FULL_EXCEPTIONS,
    exception('package: "a{b,c}"'),
  ])('accept the exceptions %j as the parser does', (text) => {
    expect(exceptions(parse(text)), JSON.stringify(exceptions.errors)).toBe(true);
    parseExceptions(bytes(text), 'exceptions.yml');
  });

  it.each([
    '{}',
    '[]',
    'version: 2',
    'version: 1\nfail_on: high',
    'version: 1\nfail-on: HIGH',
    'version: 1\nlimits: {high: -1}',
    'version: 1\nlimits: {high: 1.5}',
    'version: 1\nlimits: []',
    'version: 1\nrules: {}',
    'version: 1\nrules: [{name: a, action: ignore, when: {severity: low}}]',
    'version: 1\nrules: [{name: " ", action: block, when: {severity: low}}]',
    'version: 1\nrules: [{action: block, when: {severity: low}}]',
    'version: 1\nexceptions-allowed: {required: [tickets]}',
    'version: 1\nminimum: {scan-type: basic}',
    'version: 1\nminimum: {timeout: 15}',
    'version: 1\nminimum: {settle-time: 0s}',
    'version: 1\nattestations: {}',
    'version: 1\nattestations: [{key: "arn:aws:kms:eu-central-1:123456789012:alias/a"}]',
    'version: 1\nattestations: [{type: "urn:a", key: cosign.pub}]',
    'version: 1\nattestations: [{type: "urn:a", certificate-identity: "https://github.com/a/*"}]',
    'version: 1\nattestations: [{type: "urn:a", certificate-identity: a, source-repository: "https://github.com/a*"}]',
    ...[
      '{}',
      '{severity: []}',
      '{severity: HIGH}',
      '{score: 7}',
      '{score: ">=11"}',
      '{epss: ">=1.1"}',
      '{fix-available: true}',
      '{known-exploited: yes}',
      '{newer-than: 0d}',
      '{package: " "}',
      '{package: ","}',
      '{package: "!a"}',
      '{package: []}',
      '{layer: app}',
    ].map(rule),
  ])('refuse the policy %j as the parser does', (text) => {
    expect(policy(parse(text))).toBe(false);
    gateError(() => parsePolicy(bytes(text), 'policy.yml'));
  });

  it.each([
    'version: 1',
    'version: 1\nexceptions:',
    '{version: 1, exceptions: [{id: CVE-1, reason: x}]}',
    '{version: 1, exceptions: [{id: CVE-1, expires: 2026-12-31}]}',
    '{version: 1, exceptions: [{id: "CVE-*", reason: x, expires: 2026-12-31}]}',
    '{version: 1, exceptions: [{id: " ", reason: x, expires: 2026-12-31}]}',
    '{version: 1, exceptions: [{id: CVE-1, reason: x, expires: 2026-13-31}]}',
    ...['package: ","', 'image: [a]', 'status: wontfix', 'until-fixed: "no"', 'until: x'].map(exception),
  ])('refuse the exceptions %j as the parser does', (text) => {
    expect(exceptions(parse(text))).toBe(false);
    gateError(() => parseExceptions(bytes(text), 'exceptions.yml'));
  });
});

it('describes every key and gives an example that its own schema accepts', () => {
  const check = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    const { properties, items, description, examples } = schema as {
      properties?: Record<string, unknown>;
      items?: unknown;
      description?: string;
      examples?: unknown[];
    };
    if (path !== '' && !path.endsWith('[]')) {
      expect(description, path).toBeTruthy();
      expect(examples, path).toHaveLength(1);
      const right = ajv.compile(schema);
      expect(right(examples?.[0]), `${path}: ${JSON.stringify(right.errors)}`).toBe(true);
    }
    for (const [key, child] of Object.entries(properties ?? {})) check(child, `${path}.${key}`);
    if (items !== undefined) check(items, `${path}[]`);
  };
  check(policySchema, '');
  check(exceptionsSchema, '');
});
