/** The job summary of an audit: the verdict and the worst problems first, then what to do, then the rest, folded. */
import type { Ability } from '../../audit/access/abilities.ts';
import type { Verdict } from '../../audit/access/decide.ts';
import type { AuditResult, Fix, Json, Proposal, WhoCanAnswer } from '../../audit/result.ts';
import type { Severity } from '../../audit/severity.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { clip } from '../../text.ts';
import { formatDuration } from '../../time.ts';
import {
  bullets,
  code,
  details,
  firstLine,
  lines,
  link,
  more,
  prose,
  SEVERITY_MARKS,
  table,
  time,
} from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { enumerate, MARKS, plural, shortDigest, VERDICT_WORDS } from '../kit/words.ts';
import {
  ABILITIES,
  type AccessGroup,
  type AccessGroupRow,
  accessGroups,
  becauseWords,
  ifWords,
  smallestChanges,
} from './access.ts';
import { type FailureGroup, failureGroups } from './failures.ts';
import { graphOf, groupName, mermaid } from './graph.ts';
import { headline } from './headline.ts';
import { type Cell, type MatrixRow, matrixOf } from './matrix.ts';
import { permissionsOf, type Undecided, undecided } from './unknown.ts';
import { beginning, many, Names } from './words.ts';

const MAX_HEADLINE = 240;
const MAX_MESSAGE = 2_000;
const MAX_SHORT = 300;
const MAX_WORST = 3;
const MAX_LINES = 4;
const MAX_LINE = 200;
/** More repositories than this are folded. */
const MAX_OPEN_ROWS = 30;
const MAX_NODES = 40;
const MAX_DOCUMENT = 12_000;

/** How much of each part is shown: what does not fit is shown with less of it. */
interface Limits {
  readonly rows: number;
  readonly resources: number;
  readonly fixes: number;
  readonly groups: number;
  readonly graph: boolean;
}

const STEPS: readonly Limits[] = [
  { rows: 500, resources: 50, fixes: 5, groups: 30, graph: true },
  { rows: 200, resources: 20, fixes: 3, groups: 15, graph: true },
  { rows: 60, resources: 8, fixes: 1, groups: 5, graph: true },
  { rows: 20, resources: 3, fixes: 0, groups: 2, graph: false },
];

/**
 * Renders the summary. What does not fit within the limit is counted, not shown.
 * @param limitBytes the most bytes the summary may have
 */
export function auditSummary(run: AuditRunResult, limitBytes: number): string {
  for (const limits of STEPS) {
    const text = `${render(run, limits).join('\n\n')}\n`;
    if (Buffer.byteLength(text) <= limitBytes) return text;
  }
  return `${[heading(run), '<p>The rest does not fit here: see <code>report.json</code>.</p>'].join('\n\n')}\n`;
}

/** The summary where rendering it fails. */
export function bareSummary({ verdict }: AuditRunResult): string {
  return `<h2>${MARKS[verdict]} ECR audit: ${VERDICT_WORDS[verdict]}</h2>\n`;
}

function render(run: AuditRunResult, limits: Limits): readonly string[] {
  const { audit } = run;
  if (audit === undefined) return [heading(run), ...errorBlocks(run), ...noticeBlocks(run), settings(run)];
  const names = new Names(run);
  const groups = failureGroups(run);
  const open = undecided(audit);
  const shownFixes: ShownFixes = new Map();
  return [
    heading(run),
    about(run, audit),
    ...errorBlocks(run),
    ...worst(groups, names),
    ...run.answers.flatMap((answer) => answerBlocks(answer, names, limits)),
    ...noticeBlocks(run),
    ...sinceBaseline(audit, names, limits),
    ...matrix(run, names, limits),
    ...failures(groups, names, limits, shownFixes),
    ...unknownBlocks(open, names, limits),
    ...(run.settings?.access === true ? access(audit, names, limits, shownFixes) : []),
    ...roles(audit, names, limits),
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

/** The error in full: the headline has no more than the beginning of it. */
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

export function mark(severity: Severity): string {
  return `${SEVERITY_MARKS[severity] ?? ''}&nbsp;${severity}`;
}

/** The worst problems, each of another check. */
export function worst(groups: readonly FailureGroup[], names: Names): readonly string[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, MAX_WORST).map((group) => {
    const [first, ...others] = group.results;
    if (first === undefined) return '';
    const elsewhere = others.length === 0 ? '' : `, and ${many(others.length, 'more resource')}`;
    return `${mark(group.severity)} ${code(group.check, 80)} ${code(names.resource(first.resource))}${elsewhere}<br>${prose(beginning(first.message, MAX_SHORT))}`;
  });
  const title =
    groups.length === 1 ? 'The problem' : groups.length <= MAX_WORST ? 'The problems' : 'The worst problems';
  return [`<h3>${title}</h3>`, bullets(shown)];
}

function noticeBlocks({ notices, audit }: AuditRunResult): readonly string[] {
  const all = [...notices, ...(audit?.notes ?? [])];
  const shown = all.slice(0, 10).map((notice) => `<p>ℹ️ ${prose(clip(firstLine(notice), MAX_MESSAGE))}</p>`);
  return [...shown, ...more(all.length - shown.length)];
}

function sinceBaseline(
  { results, gone }: AuditResult,
  names: Names,
  { resources }: Limits,
): readonly string[] {
  if (!results.some((result) => result.new !== undefined)) return [];
  const fresh = results.filter((result) => result.status === 'fail' && result.new === true);
  const list = (items: readonly { readonly check: string; readonly resource: string }[]) => [
    bullets(
      items
        .slice(0, resources)
        .map(({ check, resource }) => `${code(check, 80)} ${code(names.resource(resource))}`),
    ),
    ...more(items.length - resources),
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

function matrix(run: AuditRunResult, names: Names, { rows: most }: Limits): readonly string[] {
  const { families, rows } = matrixOf(run);
  if (rows.length === 0) return [];
  const shown = rows.slice(0, most);
  const cells = ({ resource, cells: all }: MatrixRow) => [
    code(names.resource(resource)),
    ...families.map((family) => {
      const cell = all.get(family);
      return cell === undefined ? '' : CELL_MARKS[cell];
    }),
  ];
  const content = [table(['', ...families], shown.map(cells)), ...more(rows.length - shown.length), LEGEND];
  if (rows.length <= MAX_OPEN_ROWS) return ['<h3>By repository</h3>', ...content];
  return [
    details(
      `📋 ${many(rows.length, 'registry or repository')}, the worst first`.replace(
        'registry or repositories',
        'registries and repositories',
      ),
      content,
    ),
  ];
}

/** Under which check a fix is shown: one document often fixes what several checks found. */
type ShownFixes = Map<string, string>;

function failures(
  groups: readonly FailureGroup[],
  names: Names,
  limits: Limits,
  shownFixes: ShownFixes,
): readonly string[] {
  if (groups.length === 0) return [];
  return [
    '<h3>What is wrong, why it matters and how to fix it</h3>',
    ...groups.map((group) => failure(group, names, limits, shownFixes)),
  ];
}

function failure(group: FailureGroup, names: Names, limits: Limits, shownFixes: ShownFixes): string {
  const { check, text, severity, isBlocking, results } = group;
  const fresh = results.filter((result) => result.new === true).length;
  const title = `${isBlocking ? MARKS.block : MARKS.warn} ${mark(severity)} ${code(check, 80)} · ${many(results.length, 'resource')}${fresh > 0 ? ` · 🆕 ${fresh}` : ''}`;
  const shown = results.slice(0, limits.resources);
  const isMixed = results.some((result) => result.severity !== severity);
  const rows = shown.map((result) => [
    ...(isMixed ? [mark(result.severity)] : []),
    `${code(names.resource(result.resource))}${result.new === true ? ' 🆕' : ''}`,
    prose(clip(result.message, MAX_MESSAGE)),
  ]);
  return details(title, [
    ...(text === undefined ? [] : [`<p>${prose(text.why)} ${link(text.reference, 'Documentation')}</p>`]),
    table([...(isMixed ? [''] : []), 'Resource', 'What is wrong, and what to do'], rows),
    ...more(results.length - shown.length),
    ...fixes(group, names, limits, shownFixes),
  ]);
}

function fixes(
  { check, results }: FailureGroup,
  names: Names,
  { fixes: most }: Limits,
  shownFixes: ShownFixes,
): readonly string[] {
  const fixable = results.flatMap(({ resource, fix }) => (fix === undefined ? [] : [{ resource, fix }]));
  if (fixable.length === 0 || most === 0) return [];
  const shown = fixable.slice(0, most);
  return [
    details('🔧 How to fix it', [
      ...shown.flatMap(({ resource, fix }) => {
        const name = code(names.resource(resource));
        const before = fix.document === undefined ? undefined : shownFixes.get(keyOf(resource, fix.document));
        if (before !== undefined) return [`<p>${name}: the same document as under ${code(before, 80)}.</p>`];
        if (fix.document !== undefined) shownFixes.set(keyOf(resource, fix.document), check);
        return [`<p>${name}</p>`, ...fixBlocks(fix)];
      }),
      ...more(fixable.length - shown.length),
    ]),
  ];
}

function keyOf(resource: string, document: Json): string {
  return JSON.stringify([resource, document]);
}

function fixBlocks({ command, document }: Fix): readonly string[] {
  return [verbatim(command), ...(document === undefined ? [] : documentBlocks(document))];
}

/** Text of several lines as it is, to be copied. */
function verbatim(text: string): string {
  return `<pre>${text.split('\n').map(html).join('\n')}</pre>`;
}

function documentBlocks(document: Json): readonly string[] {
  const text = JSON.stringify(document, undefined, 2);
  return text.length > MAX_DOCUMENT
    ? ['<p>The document is in <code>report.json</code>.</p>']
    : [verbatim(text)];
}

function unknownBlocks({ groups, total }: Undecided, names: Names, limits: Limits): readonly string[] {
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
            '<p>This statement in a policy of the auditor would decide those that lack a permission:</p>',
            verbatim(JSON.stringify(permissions, undefined, 2)),
          ]),
      table(['Could be', 'Check', 'Resource', 'Why'], rows),
      ...more(groups.length - shown.length),
    ]),
  ];
}

const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  allowed: '●',
  conditional: '◐',
  unknown: '❔',
  denied: '·',
};

const ACCESS_LEGEND =
  '<p>● allowed · ◐ under conditions · ❔ unknown · · denied · ⚠️ not expected by the audit policy</p>';

function access(audit: AuditResult, names: Names, limits: Limits, shownFixes: ShownFixes): readonly string[] {
  const { access: rows, accessIncomplete } = audit;
  if (rows.length === 0 && accessIncomplete.length === 0) return [];
  const groups = accessGroups(audit);
  const shown = groups.slice(0, limits.groups);
  const proposals = new Map(audit.proposals.map((proposal) => [proposal.repository, proposal]));
  const graph = limits.graph ? graphOf(audit, names, groups) : undefined;
  return [
    '<h3>Who has access</h3>',
    ...(accessIncomplete.length === 0
      ? []
      : [
          `<p>❔ This map is not complete.</p>`,
          bullets(accessIncomplete.slice(0, 10).map((text) => prose(clip(text, MAX_SHORT)))),
        ]),
    ...(rows.length === 0 ? [] : [ACCESS_LEGEND]),
    ...shown.map((group) => accessGroup(group, proposals, { names, limits, shownFixes })),
    ...(groups.length > shown.length
      ? [
          `<p>${many(groups.length - shown.length, 'more group')} of repositories in <code>access.csv</code>.</p>`,
        ]
      : []),
    ...(graph === undefined || graph.nodes.length === 0 || graph.nodes.length > MAX_NODES
      ? []
      : [
          '<details>\n<summary>🕸️ The same as a graph</summary>',
          `\`\`\`mermaid\n${mermaid(graph)}\n\`\`\``,
          '</details>',
        ]),
  ];
}

function accessGroup(
  group: AccessGroup,
  proposals: ReadonlyMap<string, Proposal>,
  {
    names,
    limits,
    shownFixes,
  }: { readonly names: Names; readonly limits: Limits; readonly shownFixes: ShownFixes },
): string {
  const { resources, rows } = group;
  const strange = rows.filter(({ unexpected }) => unexpected.length > 0);
  const others = rows.filter(({ unexpected }) => unexpected.length === 0);
  const title = `${strange.length > 0 ? '⚠️ ' : ''}${code(groupName(group, names))}: ${strange.length > 0 ? `${many(strange.length, 'unexpected principal')}, ` : ''}${many(others.length, strange.length > 0 ? 'other' : 'principal')}`;
  const proposal = resources.map((resource) => proposals.get(resource)).find((one) => one !== undefined);
  return details(title, [
    ...(resources.length > 1
      ? [
          `<p>${resources
            .slice(0, limits.resources)
            .map((resource) => code(names.resource(resource)))
            .join(
              ' ',
            )}${resources.length > limits.resources ? ` and ${resources.length - limits.resources} more` : ''}</p>`,
        ]
      : []),
    ...(strange.length === 0
      ? []
      : [accessTable(strange.slice(0, limits.rows), names, true), ...more(strange.length - limits.rows)]),
    ...(others.length === 0
      ? []
      : strange.length === 0
        ? [accessTable(others.slice(0, limits.rows), names, false), ...more(others.length - limits.rows)]
        : [
            details(`${many(others.length, 'other principal')}`, [
              accessTable(others.slice(0, limits.rows), names, false),
              ...more(others.length - limits.rows),
            ]),
          ]),
    ...(proposal === undefined || (strange.length === 0 && 'document' in proposal)
      ? []
      : proposed(proposal, names, shownFixes)),
  ]);
}

/** The first of several sentences, one on each line. */
function some(texts: readonly string[]): string {
  return [
    ...texts.slice(0, MAX_LINES).map((text) => prose(clip(text, MAX_LINE))),
    ...(texts.length > MAX_LINES ? [`and ${texts.length - MAX_LINES} more`] : []),
  ].join('<br>');
}

function accessTable(rows: readonly AccessGroupRow[], names: Names, withChange: boolean): string {
  const cells = (row: AccessGroupRow) => {
    const { entry, unexpected } = row;
    const isStrange = (ability: Ability) => unexpected.includes(ability);
    return [
      code(names.principal(entry.principal, entry.kind)),
      ...ABILITIES.map((ability) => {
        const verdict = entry[ability];
        return verdict === undefined ? '' : `${VERDICT_MARKS[verdict]}${isStrange(ability) ? '⚠️' : ''}`;
      }),
      some(entry.because.map(becauseWords)),
      some(ifWords(entry)),
      ...(withChange
        ? [
            smallestChanges(row, names.principal(entry.principal, entry.kind))
              .slice(0, 3)
              .map((text) => prose(clip(text, MAX_SHORT)))
              .join('<br>'),
          ]
        : []),
    ];
  };
  return table(
    ['Principal', ...ABILITIES, 'Because', 'If', ...(withChange ? ['Smallest change'] : [])],
    rows.map(cells),
  );
}

function proposed(proposal: Proposal, names: Names, shownFixes: ShownFixes): readonly string[] {
  const name = code(names.resource(proposal.repository));
  if ('withheld' in proposal) {
    return [
      details(`📜 No policy is proposed for ${name}`, [
        bullets(proposal.withheld.slice(0, 10).map((text) => prose(clip(text, MAX_SHORT)))),
      ]),
    ];
  }
  const before = shownFixes.get(keyOf(proposal.repository, proposal.document));
  if (before !== undefined) {
    return [`<p>📜 A policy for ${name} that enforces what is expected is under ${code(before, 80)}.</p>`];
  }
  return [
    details(`📜 A policy for ${name} that enforces what is expected`, [
      '<p>The evaluator of this audit has judged it: everyone who is expected keeps what they need, everyone else loses it, and somebody can still change it.</p>',
      ...documentBlocks(proposal.document),
    ]),
  ];
}

function roles({ principals }: AuditResult, names: Names, limits: Limits): readonly string[] {
  const shown = principals
    .filter(({ usedBy, permissions }) => usedBy.length > 0 || permissions.dangers.length > 0)
    .toSorted((a, b) => b.permissions.dangers.length - a.permissions.dangers.length);
  if (shown.length === 0) return [];
  const rows = shown
    .slice(0, limits.rows)
    .map(({ arn, usedBy, assumedBy, permissions }) => [
      code(names.principal(arn)),
      some(usedBy),
      some(assumedBy),
      some(permissions.dangers),
      some([...permissions.summary, ...permissions.unknown]),
    ]);
  return [
    details(`👤 ${many(shown.length, 'role')} of workloads, and what they may do`, [
      table(['Role', 'Used by', 'Assumed by', 'Dangers', 'May'], rows),
      ...more(shown.length - rows.length),
    ]),
  ];
}

function answerBlocks(
  { question, repositories, rows, incomplete }: WhoCanAnswer,
  names: Names,
  limits: Limits,
): readonly string[] {
  const shown = rows.slice(0, limits.rows);
  const [ability = '', ...glob] = question.split(' ');
  const none =
    repositories.length === 0
      ? '<p>No audited repository has such a name.</p>'
      : `<p>${incomplete.length > 0 ? 'Nobody that is known' : 'Nobody'}.</p>`;
  return [
    `<h3>Who can ${html(ability)} ${code(glob.join(' '))}</h3>`,
    ...(incomplete.length === 0
      ? []
      : [
          `<p>❔ This answer is not complete. ${prose(clip(incomplete.slice(0, 3).join(' '), MAX_MESSAGE))}</p>`,
        ]),
    ...(rows.length === 0
      ? [none]
      : [
          table(
            ['Repository', 'Principal', '', 'If', 'Because'],
            shown.map((row) => [
              code(names.resource(row.repository)),
              code(names.principal(row.principal, row.kind)),
              `${VERDICT_MARKS[row.verdict]}&nbsp;${row.verdict}`,
              some(ifWords(row)),
              some(row.because.map(becauseWords)),
            ]),
          ),
          ...more(rows.length - shown.length),
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
