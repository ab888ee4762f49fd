/** The job summary of an audit: the verdict and the worst problems, then what to do, then the collapsed details. */
import type { AuditResult } from '../../audit/result.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { clip } from '../../text.ts';
import { formatDuration } from '../../time.ts';
import { bullets, code, details, firstLine, lines, more, prose, table, time } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { enumerate, MARKS, plural, shortDigest, VERDICT_WORDS } from '../kit/words.ts';
import { access, answerBlocks, roles } from './access-section.ts';
import { failureGroups } from './failures.ts';
import { failures, worst } from './failures-section.ts';
import { headline } from './headline.ts';
import { type Cell, type Matrix, type MatrixRow, matricesOf } from './matrix.ts';
import { documentBlock, type Limits, MAX_MESSAGE, MAX_SHORT, mark, Page } from './page.ts';
import { permissionsOf, type Undecided, undecided } from './unknown.ts';
import { many, Names } from './words.ts';

const MAX_HEADLINE = 240;
/** If there are more repositories, their table is collapsed. */
const MAX_OPEN_ROWS = 30;

const STEPS: readonly Limits[] = [
  { rows: 500, resources: 50, fixes: 5, groups: 30, graph: true },
  { rows: 200, resources: 20, fixes: 3, groups: 15, graph: true },
  { rows: 60, resources: 8, fixes: 1, groups: 5, graph: true },
  { rows: 20, resources: 3, fixes: 0, groups: 2, graph: false },
];

/**
 * Renders the summary. Parts that do not fit are counted, not shown.
 * @param limitBytes the most bytes the summary may have
 */
export function auditSummary(run: AuditRunResult, limitBytes: number): string {
  for (const limits of STEPS) {
    const text = `${render(run, limits).join('\n\n')}\n`;
    if (Buffer.byteLength(text) <= limitBytes) return text;
  }
  return `${[heading(run), '<p>The rest does not fit here. See <code>report.json</code>.</p>'].join('\n\n')}\n`;
}

/** The summary where rendering it fails. */
export function bareSummary({ verdict }: AuditRunResult): string {
  return `<h2>${MARKS[verdict]} ECR audit: ${VERDICT_WORDS[verdict]}</h2>\n`;
}

function render(run: AuditRunResult, limits: Limits): readonly string[] {
  const { audit } = run;
  if (audit === undefined) return [heading(run), ...errorBlocks(run), ...noticeBlocks(run), settings(run)];
  const page = new Page(new Names(run), limits);
  const groups = failureGroups(run);
  const hasMap = run.settings?.access === true;
  return [
    heading(run),
    about(run, audit),
    ...errorBlocks(run),
    ...worst(groups, page.names),
    ...run.answers.flatMap((answer) => answerBlocks(answer, page)),
    ...noticeBlocks(run),
    ...sinceBaseline(audit, page),
    ...matrices(run, page),
    ...failures(groups, page),
    ...unknownBlocks(undecided(audit), page),
    ...(hasMap ? [...access(audit, page), ...roles(audit, page)] : []),
    ...rules(audit),
    ...blindSpots(audit),
    settings(run),
  ];
}

/** The verdict in one line. */
export function heading(run: AuditRunResult): string {
  const words = shortDigest(firstLine(headline(run)));
  return `<h2>${MARKS[run.verdict]} ECR audit: ${prose(clip(words, MAX_HEADLINE))}</h2>`;
}

function about(
  { settings: given, documents, enforced }: AuditRunResult,
  { registries }: AuditResult,
): string {
  const where = registries.slice(0, 10).map(({ host }) => code(host));
  const left = registries.length - where.length;
  const policy = documents?.policy;
  const by =
    policy === undefined ? 'without an audit policy' : `by the audit policy ${code(policy.uri, 300)}`;
  const failing = given === undefined ? '' : `; fail-on is ${code(given.failOn)}`;
  const quiet = enforced ? '' : '; <code>enforce</code> is false, so the step does not fail for it';
  return `<p>${where.join(' · ')}${left > 0 ? ` and ${left} more` : ''}<br>Judged ${by}${failing}${quiet}.</p>`;
}

/** The full error, of which the headline contains only the beginning. */
export function errorBlocks({ error }: AuditRunResult): readonly string[] {
  if (error === undefined) return [];
  const { message, nextStep } = error;
  const isLong = clip(firstLine(message), MAX_HEADLINE - 60) !== message;
  return [
    ...(isLong ? [`<blockquote>${lines(clip(message, MAX_MESSAGE))}</blockquote>`] : []),
    ...(nextStep === undefined
      ? []
      : ['<h3>What to do</h3>', `<p>${prose(clip(nextStep, MAX_MESSAGE))}</p>`]),
  ];
}

function noticeBlocks({ notices, audit }: AuditRunResult): readonly string[] {
  const all = [...notices, ...(audit?.notes ?? [])];
  const shown = all.slice(0, 10).map((notice) => `<p>ℹ️ ${prose(clip(firstLine(notice), MAX_MESSAGE))}</p>`);
  return [...shown, ...more(all.length - shown.length)];
}

function sinceBaseline({ results, gone }: AuditResult, { names, limits }: Page): readonly string[] {
  if (!results.some((result) => result.new !== undefined)) return [];
  const fresh = results.filter((result) => result.status === 'fail' && result.new === true);
  const list = (items: readonly { readonly check: string; readonly resource: string }[]) => [
    bullets(
      items
        .slice(0, limits.resources)
        .map(({ check, resource }) => `${code(check, 80)} ${code(names.resource(resource))}`),
    ),
    ...more(items.length - limits.resources),
  ];
  return [
    '<h3>Since the baseline</h3>',
    fresh.length === 0
      ? '<p>No new problem.</p>'
      : details(`🆕 ${plural(fresh.length, 'new problem')}`, list(fresh), true),
    ...(gone.length === 0 ? [] : [details(`✔️ ${plural(gone.length, 'problem')} gone`, list(gone))]),
  ];
}

const CELL_MARKS: Readonly<Record<NonNullable<Cell>, string>> = {
  critical: '🔴',
  high: '🟠',
  medium: '🟡',
  low: '🔵',
  unknown: '❔',
  ignored: '➖',
  pass: '✅',
};

const LEGEND =
  '<p>🔴 critical · 🟠 high · 🟡 medium · 🔵 low · ❔ unknown · ➖ ignored by the audit policy · ✅ passed</p>';

function matrices(run: AuditRunResult, { names, limits }: Page): readonly string[] {
  const { registries, repositories } = matricesOf(run);
  const tableOf = ({ families, rows }: Matrix, what: string) => {
    if (rows.length === 0) return [];
    const shown = rows.slice(0, limits.rows);
    const cells = ({ resource, cells: all }: MatrixRow) => [
      code(names.resource(resource)),
      ...families.map((family) => {
        const cell = all.get(family);
        return cell === undefined ? '' : CELL_MARKS[cell];
      }),
    ];
    return [table([what, ...families], shown.map(cells)), ...more(rows.length - shown.length)];
  };
  const count = repositories.rows.length;
  if (count + registries.rows.length === 0) return [];
  const content = [...tableOf(repositories, 'Repository'), ...tableOf(registries, 'Registry'), LEGEND];
  return count <= MAX_OPEN_ROWS
    ? ['<h3>By repository</h3>', ...content]
    : [details(`📋 ${many(count, 'repository')}, the worst first`, content)];
}

function unknownBlocks({ groups, total }: Undecided, { names, limits }: Page): readonly string[] {
  if (total === 0) return [];
  const permissions = permissionsOf(groups.flatMap(({ missing }) => missing));
  const shown = groups.slice(0, limits.resources);
  const rows = shown.map(({ check, severity, message, resources }) => [
    mark(severity),
    code(check, 80),
    resources.length === 1 ? code(names.resource(resources[0] ?? '')) : many(resources.length, 'resource'),
    prose(clip(message, MAX_SHORT)),
  ]);
  return [
    details(`❔ ${total} ${total === 1 ? 'result is' : 'results are'} unknown`, [
      ...(permissions === undefined
        ? []
        : [
            "<p>With this statement in a policy of the auditor's role, the results that lack a permission can be determined:</p>",
            documentBlock(permissions),
          ]),
      table(['Could be', 'Check', 'Resource', 'Why'], rows),
      ...more(groups.length - shown.length),
    ]),
  ];
}

function rules({ rules: { unmatched, expired } }: AuditResult): readonly string[] {
  const words = (rule: (typeof unmatched)[number]) =>
    `${code(rule.source, 200)}: ${code(rule.check, 80)}${rule.resource === undefined ? '' : ` for ${code(rule.resource)}`}`;
  const block = (title: string, list: typeof unmatched, end: (rule: (typeof unmatched)[number]) => string) =>
    list.length === 0
      ? []
      : [
          details(title, [
            bullets(list.slice(0, 50).map((rule) => `${words(rule)}${end(rule)}`)),
            ...more(list.length - 50),
          ]),
        ];
  return [
    ...block(
      `⏰ ${plural(expired.length, 'rule')} of the audit policy expired and no longer ${expired.length === 1 ? 'applies' : 'apply'}`,
      expired,
      ({ expires }) => (expires === undefined ? '' : ` expired on ${code(expires, 20)}`),
    ),
    ...block(
      `🫥 ${plural(unmatched.length, 'rule')} of the audit policy ${unmatched.length === 1 ? 'matches' : 'match'} nothing`,
      unmatched,
      () => '',
    ),
  ];
}

function blindSpots({ notSeen }: AuditResult): readonly string[] {
  if (notSeen.length === 0) return [];
  return [
    details('🙈 What this audit does not see', [
      `<p>${enumerate(notSeen.slice(0, 50).map((text) => code(text, 120)))}.</p>`,
    ]),
  ];
}

function settings({
  settings: given,
  documents,
  judgedAt,
  version,
  startedAt,
  durationMs,
}: AuditRunResult): string {
  const inputs =
    given === undefined
      ? []
      : [
          ['<code>fail-on</code>', given.failOn],
          [
            '<code>repositories</code>',
            given.repositories
              .slice(0, 20)
              .map((one) => code(one))
              .join(' '),
          ],
          ['<code>access</code>', `${given.access}`],
          ['<code>validate-cache</code>', `${given.validateCache}`],
          ['<code>lifecycle-preview</code>', `${given.lifecyclePreview}`],
          ['<code>enforce</code>', `${given.enforce}`],
          ['<code>timeout</code>', html(formatDuration(given.timeoutMs))],
        ];
  const { policy, organizationPolicies = [], baseline } = documents ?? {};
  const files = [
    ...(policy === undefined ? [] : [{ kind: 'policy', source: policy }]),
    ...organizationPolicies.map((source) => ({ kind: 'organization-policies', source })),
    ...(baseline === undefined ? [] : [{ kind: 'baseline', source: baseline }]),
  ];
  const read = files
    .slice(0, 50)
    .map(({ kind, source }) => [
      `<code>${kind}</code>`,
      `${code(source.uri, 300)}<br>${code(`sha256:${source.sha256}`)}`,
    ]);
  const ran = [
    ...(judgedAt === undefined ? [] : [['Time of AWS', time(judgedAt)]]),
    ['Started', time(startedAt)],
    ['Took', html(formatDuration(durationMs))],
    ['Version', code(version, 40)],
  ];
  return details('⚙️ Settings of this run', [
    table(['Setting', 'Value'], [...inputs, ...read, ...ran]),
    ...more(files.length - read.length),
  ]);
}
