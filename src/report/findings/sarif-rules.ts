/** The rules of `results.sarif`: one for each vulnerability. */
import { hash } from 'node:crypto';
import type { ReportingDescriptor } from 'sarif';
import type { Finding } from '../../results/finding.ts';
import { bySeverity } from '../../results/order.ts';
import { severityWord } from '../../results/severity.ts';
import { clip, compareTexts } from '../../text.ts';
import { codeSpan, markdown, plain } from '../kit/escape.ts';
import { advisoryUrl } from '../kit/links.ts';
import { list, MAX_DESCRIPTION, MAX_NAME, text } from './sarif-text.ts';

/** The ID of the vulnerability; if it does not fit into an address, a hash of it. */
export function ruleId(vulnerabilityId: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/.test(vulnerabilityId)) return vulnerabilityId;
  return `vulnerability-${hash('sha256', vulnerabilityId).slice(0, 16)}`;
}

/** The rule of a vulnerability, described by the worst of its findings. */
export function ruleOf(id: string, findings: readonly Finding[]): ReportingDescriptor {
  const finding = worstOf(findings);
  const { vulnerabilityId, type } = finding;
  const title = text(finding.title, MAX_NAME) || text(vulnerabilityId, MAX_NAME) || id;
  const description = text(finding.description, MAX_DESCRIPTION) || title;
  const url = advisoryUrl(vulnerabilityId);
  const facts = factsOf(finding, findings);
  return {
    id,
    name:
      type
        .split(/[^A-Za-z0-9]+/)
        .map(capitalised)
        .join('')
        .slice(0, MAX_NAME) || 'Vulnerability',
    shortDescription: { text: title },
    fullDescription: { text: description },
    ...(url === undefined ? {} : { helpUri: url }),
    help: {
      text: [
        title,
        ...facts.map(([name, value]) => `${name}: ${plain(value)}`),
        ...(url === undefined ? [] : [`Advisory: ${url}`]),
        description,
      ].join('\n'),
      markdown: helpMarkdown(finding, facts, url),
    },
    properties: propertiesOf(finding, findings),
  };
}

/** The worst finding. Which of several equal ones it is does not depend on their order. */
function worstOf(findings: readonly Finding[]): Finding {
  const [finding] = [...findings].sort(
    (a, b) => bySeverity(a, b) || compareTexts(describing(a), describing(b)),
  ) as [Finding, ...Finding[]];
  return finding;
}

function helpMarkdown(
  { vulnerabilityId, description }: Finding,
  facts: readonly (readonly [string, string])[],
  url: string | undefined,
): string {
  const table = [
    '| | |',
    '| --- | --- |',
    ...facts.map(([name, value]) => `| ${name} | ${codeSpan(value)} |`),
    ...(url === undefined ? [] : [`| Advisory | [${new URL(url).hostname}](${url}) |`]),
  ];
  return [
    `**${codeSpan(clip(vulnerabilityId, MAX_NAME))}**`,
    table.join('\n'),
    markdown(clip(description, MAX_DESCRIPTION)),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function propertiesOf(
  { severity }: Finding,
  findings: readonly Finding[],
): ReportingDescriptor['properties'] {
  const word = severityWord(severity);
  const score = securitySeverity(findings);
  return {
    tags: [
      'security',
      'vulnerability',
      ...(word === undefined ? [] : [word]),
      ...(findings.some(({ knownExploited }) => knownExploited === true) ? ['known-exploited'] : []),
    ],
    precision: 'high',
    ...(score === undefined ? {} : { 'security-severity': score.toFixed(1) }),
  };
}

function describing({ title, description, type, severity, score }: Finding): string {
  return JSON.stringify([title, description, type, severity, score]);
}

function factsOf(finding: Finding, findings: readonly Finding[]): (readonly [string, string])[] {
  const { severity, vendorSeverity, score, cvss, epss, source } = finding;
  const related = [...new Set(findings.flatMap(({ relatedIds }) => relatedIds))].sort();
  const exploited = findings.some(({ knownExploited }) => knownExploited === true);
  const facts: (readonly [string, string | undefined])[] = [
    ['Severity', clip(severity, 40)],
    ['Vendor severity', vendorSeverity && clip(vendorSeverity, 40)],
    ['Inspector score', score?.toFixed(1)],
    ['CVSS', cvss[0] && `${cvss[0].baseScore} ${clip(cvss[0].vector, 200)}`],
    ['EPSS', epss?.toFixed(4)],
    ['Known exploited (CISA KEV)', exploited ? 'yes' : undefined],
    ['Also known as', list(related.map((id) => clip(id, 80)))],
    ['Source', source && clip(source, 80)],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1).toLowerCase()}`;
}

/** A score for each severity, in the middle of GitHub's range of the same name. */
const MAPPED: Readonly<Record<string, number>> = {
  critical: 9.5,
  high: 8,
  medium: 5.5,
  low: 2,
  informational: 0.1,
};

/**
 * GitHub's `security-severity`, above 0 and up to 10: Inspector's score, else the highest CVSS base score, else a score for
 * the severity. Undefined for an UNTRIAGED or unknown severity: GitHub then uses the level of the result.
 */
function securitySeverity(findings: readonly Finding[]): number | undefined {
  const scores = findings.flatMap(({ score, cvss, severity }) => {
    const base = highest(
      0,
      cvss.map(({ baseScore }) => baseScore),
    );
    const known = [score, base, MAPPED[severityWord(severity) ?? '']].find(
      (value) => value !== undefined && value > 0 && value <= 10,
    );
    return known === undefined ? [] : [known];
  });
  // A score that rounds to zero would mean no severity.
  return scores.length === 0 ? undefined : highest(0.1, scores);
}

/** The largest of any number of values: `Math.max` fails for more arguments than fit on the stack. */
function highest(least: number, values: readonly number[]): number {
  return values.reduce((max, value) => Math.max(max, value), least);
}
