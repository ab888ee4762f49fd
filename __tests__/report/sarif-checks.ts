/** What a SARIF file has to be, whatever is in it. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import type { Log } from 'sarif';
import { expect } from 'vitest';
import type { SarifReport } from '../../src/report/findings/sarif.ts';
import { sharedData } from '../shared-data.ts';

export const NO_SCHEMA = "the folder with OASIS's schema is not here";

/** The log that is in the text of a SARIF file. */
export function parsedLog({ text }: SarifReport): Log {
  return JSON.parse([...text].join(''));
}

/** OASIS's own schema: what it finds wrong with a log. Undefined where it is not at hand. */
export async function officialSchema(): Promise<((log: unknown) => unknown[]) | undefined> {
  const file = sharedData('schemas', 'sarif-2.1.0.json');
  if (file === undefined) return undefined;
  // Draft 4 and 7 differ in nothing that this schema uses but the name of its own id.
  const { $schema: _, id: __, ...schema } = JSON.parse(await readFile(file, 'utf8'));
  const ajv = new Ajv({ allErrors: true, strict: false });
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat(
    'uri-reference',
    (text) => URL.canParse(text, 'https://base.example/') && /^[!-~]*$/.test(text),
  );
  ajv.addFormat('date-time', true);
  const validate = ajv.compile(schema);
  return (log) => {
    validate(log);
    return validate.errors ?? [];
  };
}

/** What GitHub's "SARIF support for code scanning" and "SARIF results exceed limits" ask beyond the schema. */
export function checkForGitHub(log: Log): void {
  expect(log).toMatchObject({ $schema: expect.stringMatching(/^https:.*2\.1\.0\.json$/), version: '2.1.0' });
  expect(log.runs.length).toBeGreaterThan(0);
  expect(log.runs.length).toBeLessThanOrEqual(20);
  expect(gzipSync(JSON.stringify(log)).length).toBeLessThanOrEqual(10_000_000);
  // Runs of one tool and category in one file are refused.
  const categories = log.runs.map(({ automationDetails }) => automationDetails?.id ?? '');
  expect(new Set(categories).size).toBe(categories.length);
  for (const { tool, results = [], automationDetails } of log.runs) {
    const { rules = [], name } = tool.driver;
    expect(name).not.toBe('');
    expect(automationDetails?.id).toMatch(/[^/]\/$/);
    expect(results.length).toBeLessThanOrEqual(5_000);
    expect(rules.length).toBeLessThanOrEqual(25_000);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.id).toMatch(/^[\w.:/-]{1,100}$/);
      expect(rule.name).toMatch(/^\w{1,255}$/);
      expect(rule.name).not.toBe(rule.id);
      for (const text of [rule.shortDescription?.text, rule.fullDescription?.text, rule.help?.text]) {
        expect(text?.trim()).toBeTruthy();
      }
      expect(rule.shortDescription?.text.length).toBeLessThanOrEqual(1024);
      expect(rule.fullDescription?.text.length).toBeLessThanOrEqual(1024);
      expect(rule.help?.markdown).toBeTruthy();
      const { tags = [], precision, 'security-severity': score } = rule.properties ?? {};
      expect(tags).toContain('security');
      expect(tags.length).toBeLessThanOrEqual(10);
      expect(['very-high', 'high', 'medium', 'low']).toContain(precision);
      if (score !== undefined) {
        expect(score).toMatch(/^\d{1,2}\.\d$/);
        expect(Number(score)).toBeGreaterThan(0);
        expect(Number(score)).toBeLessThanOrEqual(10);
      }
    }
    const seen = results.map(
      ({ ruleId, partialFingerprints }) => `${ruleId} ${partialFingerprints?.primaryLocationLineHash}`,
    );
    expect(new Set(seen).size).toBe(results.length);
    for (const result of results) {
      expect(rules[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text?.trim()).toBeTruthy();
      expect(result.partialFingerprints?.primaryLocationLineHash).toMatch(/^[0-9a-f]{32}:1$/);
      expect(result.locations).toHaveLength(1);
      const { artifactLocation, region } = result.locations?.[0]?.physicalLocation ?? {};
      // Relative to the root of the repository, and an address.
      expect(artifactLocation?.uri).toMatch(/^(?!\/)[\w.~!*'()%/-]+$/);
      if (region === undefined) continue;
      expect(region.startLine).toBeGreaterThan(0);
      expect(region).toMatchObject({ startColumn: 1, endLine: region.startLine });
      expect(region.endColumn).toBeGreaterThan(0);
    }
  }
}
