/**
 * The job summary. It is made of HTML blocks only: each starts with a block tag at the start of a line, has no
 * blank line in it, and is followed by one. GitHub's Markdown does no inline processing in such a block, so
 * text needs HTML escaping and nothing else, and cannot break a table. Text from elsewhere stands in <code>,
 * where GitHub makes no links, mentions or emoji of it.
 */

import { formatDuration } from '../deadline.ts';
import type { GateError } from '../errors.ts';
import type { Counts, ImageFinding, JudgedFinding } from '../policy/evaluate.ts';
import type { VulnerablePackage } from '../scan/findings.ts';
import { clip, html } from './escape.ts';
import { remedies, type Upgrade } from './next.ts';
import { type ImageReport, type RunReport, type RunVerdict, verdictOf } from './report.ts';
import { allSigned, proofBlocks } from './verification.ts';
import {
  fixability,
  fixedVersion,
  headline,
  installedVersion,
  judgedWith,
  MARKS,
  plural,
  reasonWords,
  severityWord,
  shortDigest,
  shortName,
  VERDICT_WORDS,
} from './words.ts';

// GitHub takes 1 MiB for a step; the rest is room for what other tools may add to the same step.
const LIMIT_BYTES = 900 * 1024;
const MAX_BLOCKING_SHOWN = 25;
const MAX_PACKAGES = 3;
const MAX_UPGRADES = 25;
const MAX_HEADLINE = 240;
const MAX_MESSAGE = 4_000;

/**
 * Renders the summary, worst findings first. What does not fit within the limit is counted, not shown.
 * @param limitBytes the most bytes the summary may have
 */
export function renderSummary(report: RunReport, limitBytes: number = LIMIT_BYTES): string {
  // Rows are most of a long summary, but not all of it: what is around them is known once it is rendered.
  for (let rowBytes = Math.floor(limitBytes * 0.8); rowBytes > 0; rowBytes = Math.floor(rowBytes / 4)) {
    const text = render(report, planRows(report, rowBytes));
    if (bytes(text) <= limitBytes) return text;
  }
  return `${[heading(report), '<p>The rest does not fit here: see <code>report.json</code>.</p>'].join('\n\n')}\n`;
}

const GROUPS = ['block', 'warn', 'suppressed'] as const;
type Group = (typeof GROUPS)[number];

/** The rows of each table of each image that fit, and how many there are in all. */
type Rows = ReadonlyMap<
  ImageReport,
  Readonly<Record<Group, { readonly rows: string[]; readonly total: number }>>
>;

/** Hands out the bytes: blocking findings of all images first, one image after the other in turns. */
function planRows({ images }: RunReport, rowBytes: number): Rows {
  const all = images.map((image) => ({
    image,
    block: judgedWith(image, 'block'),
    warn: judgedWith(image, 'warn'),
    suppressed: image.outcome.kind === 'judged' ? image.outcome.verdict.suppressed : [],
  }));
  const plan = new Map(
    all.map(({ image, ...groups }) => [
      image,
      {
        block: { rows: [] as string[], total: groups.block.length },
        warn: { rows: [] as string[], total: groups.warn.length },
        suppressed: { rows: [] as string[], total: groups.suppressed.length },
      },
    ]),
  );
  let left = rowBytes;
  for (const group of GROUPS) {
    const longest = Math.max(0, ...all.map((entry) => entry[group].length));
    for (let index = 0; index < longest; index++) {
      for (const entry of all) {
        const finding = entry[group][index];
        if (finding === undefined) continue;
        const row = findingRow(finding, entry.image);
        left -= bytes(row) + 1;
        if (left < 0) return plan;
        plan.get(entry.image)?.[group].rows.push(row);
      }
    }
  }
  return plan;
}

function render(report: RunReport, rows: Rows): string {
  const [first, ...others] = report.images;
  const several = others.length > 0;
  return `${[
    heading(report),
    ...(first !== undefined && !several ? [nameOf(first)] : []),
    ...errorBlocks(report),
    ...proofBlocks(report),
    ...(several ? [imagesTable(report)] : []),
    ...(first !== undefined && !several ? blockingBlocks(first, rows) : []),
    ...nextSteps(report),
    ...(several
      ? report.images.map((image) => imageDetails(image, rows))
      : report.images.flatMap((image) => restOfImage(image, rows))),
    ...(report.verification === undefined ? [signature(report)] : []),
    settings(report),
  ].join('\n\n')}\n`;
}

function heading(report: RunReport): string {
  return `<h2>${MARKS[report.verdict]} ${prose(clip(firstLine(headline(report)), MAX_HEADLINE))}</h2>`;
}

function nameOf(image: ImageReport): string {
  return `<p>${code(shortName(image), 300)} · ${code(shortDigest(image.digest))}</p>`;
}

/** Every error in full: the headline has no more than the beginning of one. */
function errorBlocks({ error, images }: RunReport): string[] {
  const ofImages =
    images.length > 1
      ? []
      : images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
  // The error of the run ended its images as well, so theirs have nothing to add.
  const shown = error === undefined ? ofImages : [error];
  return shown
    .filter(({ message }) => clip(firstLine(message), MAX_HEADLINE - 60) !== message)
    .map(errorBlock);
}

function errorBlock({ message }: GateError): string {
  return `<blockquote>${lines(clip(message, MAX_MESSAGE))}</blockquote>`;
}

function imagesTable({ images }: RunReport): string {
  return table(
    ['Image', 'Digest', 'Verdict', 'Blocking', 'Critical', 'High', 'All findings', 'Signed'],
    images.map((image) => {
      const verdict = image.outcome.kind === 'judged' ? image.outcome.verdict : undefined;
      return [
        code(shortName(image), 300),
        code(shortDigest(image.digest)),
        verdictCell(verdictOf(image)),
        ...[verdict?.blocking, verdict?.counts.critical, verdict?.counts.high, verdict?.counts.total].map(
          (count) => `${count ?? '?'}`,
        ),
        isSigned(image) ? 'yes' : 'no',
      ];
    }),
  );
}

function isSigned(image: ImageReport): boolean {
  return image.signatures.some(({ digest }) => digest === image.digest) || allSigned([image]);
}

function verdictCell(verdict: RunVerdict): string {
  return `${MARKS[verdict]} ${VERDICT_WORDS[verdict]}`;
}

function imageDetails(image: ImageReport, rows: Rows): string {
  const verdict = verdictOf(image);
  const error = image.outcome.kind === 'error' ? [errorBlock(image.outcome.error)] : [];
  return details(
    `${MARKS[verdict]} <b>${VERDICT_WORDS[verdict]}</b>: ${code(shortName(image), 300)}`,
    [...error, ...blockingBlocks(image, rows), ...restOfImage(image, rows)],
    verdict === 'block' || verdict === 'error',
  );
}

function blockingBlocks(image: ImageReport, rows: Rows): string[] {
  const group = rows.get(image)?.block;
  if (group === undefined || group.total === 0) return [];
  const open = group.rows.slice(0, MAX_BLOCKING_SHOWN);
  const folded = group.rows.slice(MAX_BLOCKING_SHOWN);
  const missing = group.total - group.rows.length;
  return [
    '<h3>What blocks</h3>',
    ...(open.length > 0 ? [findingTable(open)] : []),
    ...(folded.length > 0
      ? [
          details(plural(group.total - open.length, 'more blocking finding'), [
            findingTable(folded),
            ...more(missing),
          ]),
        ]
      : more(missing)),
  ];
}

function restOfImage(image: ImageReport, rows: Rows): string[] {
  return [
    ...foldedFindings('⚠️', 'warning', rows.get(image)?.warn),
    ...countsTable(image),
    ...foldedFindings('🔇', 'finding suppressed in Inspector', rows.get(image)?.suppressed),
    platforms(image),
  ];
}

function foldedFindings(
  mark: string,
  noun: string,
  group: { readonly rows: readonly string[]; readonly total: number } | undefined,
): string[] {
  if (group === undefined || group.total === 0) return [];
  const [word = '', ...rest] = noun.split(' ');
  const title = [plural(group.total, word), ...rest].join(' ');
  const content = group.rows.length > 0 ? [findingTable(group.rows)] : [];
  return [details(`${mark} ${title}`, [...content, ...more(group.total - group.rows.length)])];
}

function more(count: number): string[] {
  return count > 0 ? [`<p>${count} more in <code>report.json</code>.</p>`] : [];
}

function findingTable(rows: readonly string[]): string {
  return tableOf(
    ['Vulnerability', 'Severity', 'Package', 'Installed', 'Fixed in', 'Score', 'Platforms', 'Why'],
    rows,
  );
}

function findingRow(entry: ImageFinding | JudgedFinding, image: ImageReport): string {
  const { finding } = entry;
  const shown = finding.packages.slice(0, MAX_PACKAGES);
  const hidden = finding.packages.length - shown.length;
  const each = (cell: (found: VulnerablePackage) => string) => shown.map(cell).join('<br>') || '–';
  const why = 'reason' in entry ? reasonWords(entry.reason) : 'suppression rule';
  return row([
    vulnerability(finding.vulnerabilityId),
    severity(finding.severity),
    each(({ name }) => code(name)) + (hidden > 0 ? `<br>and ${hidden} more` : ''),
    each((found) => code(installedVersion(found), 60)),
    each((found) => {
      const fixed = fixedVersion(found);
      return fixed === undefined
        ? fixability(finding) === 'none'
          ? 'no fix yet'
          : 'not said'
        : code(fixed, 60);
    }),
    finding.score === undefined ? '–' : `${Math.round(finding.score * 10) / 10}`,
    platformsCell(entry.platforms, image),
    finding.exploitAvailable === 'YES' ? `${why}<br>exploit exists` : why,
  ]);
}

function platformsCell(found: readonly string[], { platforms: { length } }: ImageReport): string {
  if (length > 2 && found.length === length) return `all ${length}`;
  return found.map((platform) => code(platform, 60)).join('<br>');
}

/** Linked only where the id is one that cannot lead anywhere else. */
function vulnerability(id: string): string {
  const href = /^CVE-\d{4}-\d{4,12}$/.test(id)
    ? `https://nvd.nist.gov/vuln/detail/${id}`
    : /^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/.test(id)
      ? `https://github.com/advisories/${id}`
      : undefined;
  return href === undefined ? code(id, 80) : `<a href="${href}">${id}</a>`;
}

const SEVERITY_MARKS: Readonly<Record<string, string>> = {
  critical: '🔴',
  high: '🟠',
  medium: '🟡',
  low: '🔵',
  informational: '⚪',
  untriaged: '❔',
};

function severity(value: string): string {
  const word = severityWord(value);
  return word === undefined ? `❔ ${code(value, 40)}` : `${SEVERITY_MARKS[word] ?? ''} ${word}`;
}

function countsTable({ outcome }: ImageReport): string[] {
  if (outcome.kind !== 'judged') return [];
  const { counts, suppressed } = outcome.verdict;
  const columns: readonly (readonly [string, number])[] = [
    ...(['critical', 'high', 'medium', 'low', 'informational', 'untriaged'] as const).map(
      (name): readonly [string, number] => [`${SEVERITY_MARKS[name] ?? ''} ${name}`, counts[name]],
    ),
    ...(counts.unknown > 0 ? [['❔ unknown', counts.unknown] as const] : []),
    ['all', counts.total],
    ...(suppressed.length > 0 ? [['🔇 suppressed', suppressed.length] as const] : []),
  ];
  return [
    '<h3>Active findings by severity</h3>',
    table(
      columns.map(([name]) => name),
      [columns.map(([, count]) => `${count}`)],
    ),
    ...belowThresholds(counts, outcome.verdict.judged),
  ];
}

function belowThresholds(counts: Counts, judged: readonly JudgedFinding[]): string[] {
  const allowed = judged.filter(({ effect }) => effect === 'allow').length;
  if (allowed === 0) return [];
  const which = allowed === counts.total ? 'All' : `${allowed}`;
  return [`<p>${which} below the thresholds: listed in <code>report.json</code>.</p>`];
}

function platforms(image: ImageReport): string {
  const rows = image.platforms.map(({ platform, digest, scannedAt, monitored }) => [
    code(platform, 60),
    code(digest),
    scannedAt === undefined ? 'not scanned' : time(scannedAt),
    monitored === undefined ? '–' : monitored ? 'yes' : 'no',
  ]);
  const scanned = table(['Platform', 'Digest', 'Scan finished', 'Still monitored'], rows);
  const identity = table(
    ['', ''],
    [
      ['Image', code(image.uri, 600)],
      [
        'Given as',
        image.references
          .slice(0, 10)
          .map((reference) => code(reference, 600))
          .join('<br>'),
      ],
      ...(image.attestations.length > 0
        ? [
            [
              'Skipped',
              `${plural(image.attestations.length, 'build attestation')}, which is no image to scan`,
            ],
          ]
        : []),
    ],
  );
  const title = image.isIndex
    ? `Image index of ${plural(image.platforms.length, 'platform')}, digests and scan times`
    : 'Image, digest and scan time';
  return details(`📦 ${title}`, [identity, ...(rows.length > 0 ? [scanned] : [])]);
}

/** The upgrades that mend what blocks, what no upgrade mends, and what each error asks for. */
function nextSteps(report: RunReport): string[] {
  const { error, images, settings: given } = report;
  const blocking = images.flatMap((image) => judgedWith(image, 'block'));
  const { upgrades, partly, unfixed, unnamed } = remedies(blocking);
  const errors =
    error !== undefined
      ? [error]
      : images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : []));
  const steps = [...new Set(errors.map(({ nextStep }) => nextStep).filter((step) => step !== undefined))];
  const unknown = blocking.some(({ reason }) => reason.kind === 'unknown-severity');
  const items = [
    ...steps.slice(0, 20).map((step) => lines(clip(step, MAX_MESSAGE))),
    ...upgrades.slice(0, MAX_UPGRADES).map(upgrade),
    ...(upgrades.length > MAX_UPGRADES
      ? [
          `${plural(upgrades.length - MAX_UPGRADES, 'more upgrade')}, as the tables above and <code>report.json</code> say.`,
        ]
      : []),
    ...list(partly, 'only some of the packages have a fix'),
    ...list(unnamed, 'the scanner names no version that fixes it; look at the advisory'),
    ...list(
      unfixed,
      'no fix yet. Remove the package or change the base image; <code>ignore-unfixed: true</code> would let it warn only',
    ),
    ...(unknown
      ? ['A severity this version does not know always blocks: look for a newer version of this action.']
      : []),
    ...(report.verdict === 'block' && given?.enforce === false
      ? ['<code>enforce</code> is false: the step stays green, but the image is not signed.']
      : []),
  ];
  if (items.length === 0) return [];
  return ['<h3>What to do next</h3>', `<ul>\n${items.map((item) => `<li>${item}</li>`).join('\n')}\n</ul>`];
}

function upgrade({ name, installed, manager, versions, remediations, findings }: Upgrade): string {
  const [first = '', ...others] = versions;
  const target =
    code(first, 60) +
    others
      .slice(0, 5)
      .map((version) => `, ${code(version, 60)}`)
      .join('');
  const newest = others.length > 0 ? ' (the newest of them)' : '';
  const from = manager === undefined ? '' : ` (${manager === 'OS' ? 'OS' : code(manager, 40)})`;
  const how = remediations.slice(0, 2).map((command) => `<br>${code(command, 300)}`);
  return `Upgrade ${code(name)} ${code(installed, 60)} → ${target}${newest}${from}: fixes ${plural(findings, 'finding')}${how.join('')}`;
}

function list(findings: readonly JudgedFinding[], what: string): string[] {
  if (findings.length === 0) return [];
  const ids = [...new Set(findings.map(({ finding }) => finding.vulnerabilityId))];
  const shown = ids.slice(0, 10).map(vulnerability).join(', ');
  return [`${shown}${ids.length > 10 ? ` and ${ids.length - 10} more` : ''}: ${what}.`];
}

function signature({ signing, images }: RunReport): string {
  if (signing === undefined) return '<p>🔏 Not signed: no <code>signing-key</code> was given.</p>';
  const made = images.flatMap((image) => image.signatures.map((entry) => ({ image, entry })));
  const cosign = signing.cosignVersion === undefined ? '' : `, by cosign ${code(signing.cosignVersion, 40)}`;
  const log = signing.transparencyLog
    ? 'recorded in the public transparency log'
    : 'not in a transparency log';
  const state = {
    done: `🔏 <b>Signed and verified</b> with ${code(signing.key, 300)}${cosign}; ${log}.`,
    withheld: '🔏 <b>Not signed</b>: nothing is signed unless every image passes.',
    failed: `🔏 <b>Not signed</b>: signing with ${code(signing.key, 300)} failed${cosign}.`,
  }[signing.state];
  if (made.length === 0) return `<p>${state}</p>`;
  const rows = made
    .slice(0, 200)
    .map(({ image, entry }) => [
      code(shortName(image), 300),
      entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : code(entry.platform, 60),
      code(shortDigest(entry.digest)),
      entry.format,
      entry.state === 'signed' ? 'signed by this run' : 'already signed',
    ]);
  return `<p>${state}</p>\n${details(plural(made.length, 'verified signature'), [
    table(['Image', 'What', 'Digest', 'Format', 'State'], rows),
    ...more(made.length - rows.length),
  ])}${attested(images)}`;
}

function attested(images: readonly ImageReport[]): string {
  const made = images.flatMap((image) =>
    (image.verdictAttestations ?? []).map((entry) => ({ image, entry })),
  );
  if (made.length === 0) return '';
  const rows = made
    .slice(0, 200)
    .map(({ image, entry }) => [
      code(shortName(image), 300),
      entry.platform === undefined ? (image.isIndex ? 'index' : 'image') : code(entry.platform, 60),
      code(entry.type),
      entry.format,
      entry.state === 'attested' ? 'attested by this run' : 'an earlier one stays',
    ]);
  return `\n${details(plural(made.length, 'verified attestation'), [
    table(['Image', 'What', 'Predicate', 'Format', 'State'], rows),
    ...more(made.length - rows.length),
  ])}`;
}

function settings({ settings: given, version, startedAt, durationMs }: RunReport): string {
  const run = [
    ['Started', time(startedAt)],
    ['Took', html(formatDuration(durationMs))],
    ['Version', code(version, 40)],
  ];
  const inputs =
    given === undefined
      ? []
      : [
          ['<code>fail-on</code>', given.failOn],
          ['<code>warn-on</code>', given.warnOn],
          ['<code>ignore-unfixed</code>', `${given.ignoreUnfixed}`],
          ['<code>enforce</code>', `${given.enforce}`],
          ['<code>scan-type</code>', given.scanType],
          ['<code>timeout</code>', html(formatDuration(given.timeoutMs))],
          ['<code>settle-time</code>', html(formatDuration(given.settleTimeMs))],
        ];
  return details('⚙️ Settings of this run', [table(['Setting', 'Value'], [...inputs, ...run])]);
}

function time(date: Date): string {
  return Number.isNaN(date.getTime())
    ? 'unknown'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function code(text: string, max = 200): string {
  return `<code>${html(clip(text, max))}</code>`;
}

/** Text of several lines, such as what another program printed. */
function lines(text: string): string {
  return text
    .split(/[\r\n]+/)
    .filter((part) => part.trim() !== '')
    .map(prose)
    .join('<br>');
}

// What GitHub could make a link, a mention or an emoji of has more in it than letters and a mark at its end.
const PLAIN_WORD = /^["'(]?(\p{L}+(['’-]\p{L}+)*|\d{1,6})["')]?[.,;:!?]?$|^[–—→(]$/u;

// A command stands in one piece, to be copied: it is the end of what a next step says.
const COMMAND = /^(.*[:(] ?)(aws [a-z0-9]+ [a-z-]+[^()]*?)([).]*)$/s;

/** A sentence with names in it: whatever is not a plain word stands in <code>, and so does a command. */
function prose(text: string): string {
  const [, before, command, after] = COMMAND.exec(text) ?? [];
  if (before === undefined || command === undefined) return sentence(text);
  return `${sentence(before)}${before.endsWith(' ') ? ' ' : ''}<code>${html(command)}</code>${after}`;
}

function sentence(text: string): string {
  const words = text.split(' ').filter((word) => word !== '');
  return words
    .map((word, index) => {
      if (PLAIN_WORD.test(word)) return html(word);
      const opens = index === 0 || PLAIN_WORD.test(words[index - 1] ?? '');
      const closes = index === words.length - 1 || PLAIN_WORD.test(words[index + 1] ?? '');
      // A full stop or the like belongs to the sentence, not to the name before it.
      const [, name = word, mark = ''] = (closes ? /^(.+?)([.,;:!?]?)$/su.exec(word) : null) ?? [];
      return `${opens ? '<code>' : ''}${html(name)}${closes ? `</code>${mark}` : ''}`;
    })
    .join(' ');
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0] ?? '';
}

function details(summary: string, content: readonly string[], open = false): string {
  return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n${content.join('\n')}\n</details>`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return tableOf(head, rows.map(row));
}

function tableOf(head: readonly string[], rows: readonly string[]): string {
  const heads = head.some((cell) => cell !== '')
    ? `<tr>${head.map((cell) => `<th>${cell}</th>`).join('')}</tr>\n`
    : '';
  return `<table>\n${heads}${rows.join('\n')}\n</table>`;
}

function row(cells: readonly string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
