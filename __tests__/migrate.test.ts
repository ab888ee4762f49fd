/** docs/migrate.md: whether it maps every input of the other actions, to inputs and outputs that exist here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs/migrate.md'), 'utf8');
const metadata = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Record<
  'inputs' | 'outputs',
  Record<string, unknown>
>;

/**
 * The inputs and outputs of each action, from its metadata file and, for newer versions, its documentation: ecperth
 * 08da782 and c29fc14, alexjurkiewicz 0aabe47, aws-actions 008830e and v1.5.0, aquasecurity 0024b3f.
 */
const OTHERS: Readonly<Record<string, string>> = {
  'check-aws-inspector':
    'repository registry-id registryId image-tag tag image-digest fail-on ignore timeout consistency-delay findingSeverityCounts',
  'ecr-scan-image':
    'repository tag fail_threshold ignore_list error_missed_ignores missedCVELogLevel critical high medium low informational unknown total findingsDetails',
  "Amazon Inspector's action":
    'artifact_type artifact_path display_vulnerability_findings output_sbom_path output_inspector_scan_path output_inspector_scan_path_csv output_inspector_scan_path_markdown sbomgen_version critical_threshold high_threshold medium_threshold low_threshold other_threshold threshold_fixable_only show_only_fixable_vulns ignore_findings scanners skip_scanners skip_files timeout platform artifact_sbom inspector_scan_results inspector_scan_results_csv inspector_scan_results_markdown vulnerability_threshold_exceeded',
  'trivy-action':
    'scan-type image-ref input scan-ref exit-code ignore-unfixed vuln-type severity format template output skip-dirs skip-files cache-dir timeout ignore-policy hide-progress list-all-pkgs scanners trivyignores github-pat trivy-config tf-vars limit-severities-for-sarif docker-host version cache skip-setup-trivy token-setup-trivy',
};

describe.each(Object.entries(OTHERS))('%s', (name, names) => {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${name}\n`)) ?? '';
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| ---'))
    .slice(1)
    .map((line) => line.split(' | '));
  const codes = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

  it('has a row for every input and output', () => {
    const mapped = rows.flatMap(([left]) => codes(left));
    expect(names.split(' ').filter((input) => !mapped.includes(input))).toEqual([]);
  });

  it('names only inputs and outputs that exist, and says None if there is none', () => {
    for (const [, right = ''] of rows) {
      const [first = ''] = codes(right);
      const known = [...Object.keys(metadata.inputs), ...Object.keys(metadata.outputs)];
      if (/^(`|Outputs? `)/.test(right)) expect(known).toContain(first.split(':')[0]);
      else expect(right).toMatch(/^(None\.|A |Outputs of|Rules of)/);
    }
  });
});
