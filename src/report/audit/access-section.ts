/**
 * Who has access, in the summary: answers to questions, groups of repositories with the same access, a graph, and
 * roles.
 */
import type { AuditResult, Proposal, WhoCanAnswer } from '../../audit/result.ts';
import { clip } from '../../text.ts';
import { bullets, code, details, more, prose, table } from '../kit/blocks.ts';
import {
  ABILITIES,
  type AccessGroup,
  type AccessGroupRow,
  accessGroups,
  alike,
  becauseWords,
  ifWords,
  smallestChanges,
} from './access.ts';
import { graphOf, groupName, mermaid } from './graph.ts';
import { documentBlock, MAX_MESSAGE, MAX_SHORT, type Page, some, VERDICT_MARKS } from './page.ts';
import { many, type Names } from './words.ts';

/** A graph with more nodes is not drawn in the summary. */
const MAX_NODES = 40;
const MAX_REASONS = 10;
const MAX_ALIKE = 10;

const LEGEND =
  '<p>● allowed · ◐ under conditions · ❔ unknown · – denied · ⚠️ not expected by the audit policy</p>';

export function access(audit: AuditResult, page: Page): readonly string[] {
  const { access: rows, accessIncomplete } = audit;
  if (rows.length === 0 && accessIncomplete.length === 0) return [];
  const groups = accessGroups(audit);
  const shown = groups.slice(0, page.limits.groups);
  const proposals = new Map(audit.proposals.map((proposal) => [proposal.repository, proposal]));
  return [
    '<h3>Who has access</h3>',
    ...(accessIncomplete.length === 0
      ? []
      : [
          '<p>❔ This map is not complete.</p>',
          bullets(accessIncomplete.slice(0, MAX_REASONS).map((text) => prose(clip(text, MAX_SHORT)))),
        ]),
    ...(rows.length === 0 ? [] : [LEGEND]),
    ...shown.map((group, at) => accessGroup(group, proposals, page, at === 0)),
    ...(groups.length > shown.length
      ? [
          `<p>${many(groups.length - shown.length, 'more group')} of repositories in <code>access.csv</code>.</p>`,
        ]
      : []),
    ...graph(audit, groups, page),
  ];
}

/** A fenced block, which GitHub draws, with blank lines around it. */
function graph(
  audit: AuditResult,
  groups: readonly AccessGroup[],
  { names, limits }: Page,
): readonly string[] {
  if (!limits.graph) return [];
  const drawn = graphOf(audit, names, groups);
  if (drawn.nodes.length === 0 || drawn.nodes.length > MAX_NODES) return [];
  return [
    '<details>\n<summary>🕸️ The same as a graph</summary>',
    `\`\`\`mermaid\n${mermaid(drawn)}\n\`\`\``,
    '</details>',
  ];
}

function accessGroup(
  group: AccessGroup,
  proposals: ReadonlyMap<string, Proposal>,
  page: Page,
  isFirst: boolean,
): string {
  const { resources, rows } = group;
  const { names, limits } = page;
  const strange = rows.filter(({ unexpected }) => unexpected.length > 0);
  const others = rows.filter(({ unexpected }) => unexpected.length === 0);
  const name = code(groupName(group, names));
  const title =
    strange.length === 0
      ? `${name}: ${many(rows.length, 'principal')}`
      : `⚠️ ${name}: ${many(strange.length, 'unexpected principal')}`;
  const proposal = resources.map((resource) => proposals.get(resource)).find((one) => one !== undefined);
  const isProposed = proposal !== undefined && (strange.length > 0 || 'withheld' in proposal);
  const tableOf = (list: readonly AccessGroupRow[], make = accessTable) => [
    make(list.slice(0, limits.rows), page),
    ...more(list.length - limits.rows),
  ];
  const content = [
    ...(resources.length > 1 ? [members(resources, page)] : []),
    ...(strange.length > 0 ? tableOf(strange, unexpectedTable) : []),
    ...(others.length === 0
      ? []
      : strange.length === 0
        ? tableOf(others)
        : [details(many(others.length, 'other principal'), tableOf(others))]),
    ...(isProposed ? proposed(proposal, page) : []),
  ];
  return details(title, content, isFirst && strange.length > 0);
}

function members(resources: readonly string[], { names, limits }: Page): string {
  const shown = resources.slice(0, limits.resources).map((resource) => code(names.resource(resource)));
  const left = resources.length - shown.length;
  return `<p>${shown.join(' ')}${left > 0 ? ` and ${left} more` : ''}</p>`;
}

/** A table of principals. Principals with the same access share a row. */
function accessTable(rows: readonly AccessGroupRow[], { names }: Page): string {
  const hasIf = rows.some(({ entry }) => ifWords(entry).length > 0);
  return table(
    ['Principal', ...ABILITIES, ...(hasIf ? ['If'] : []), 'Because'],
    alike(rows).map(([row, ...others]) => {
      if (row === undefined) return [];
      const { entry } = row;
      return [
        principals([row, ...others], names),
        ...ABILITIES.map((ability) => {
          const verdict = entry[ability];
          return verdict === undefined ? '' : VERDICT_MARKS[verdict];
        }),
        ...(hasIf ? [some(ifWords(entry))] : []),
        some(entry.because.map(becauseWords)),
      ];
    }),
  );
}

/**
 * The same for principals with unexpected abilities. Their abilities share one column, so that there is space for what
 * to do.
 */
function unexpectedTable(rows: readonly AccessGroupRow[], { names }: Page): string {
  const hasIf = rows.some(({ entry }) => ifWords(entry).length > 0);
  return table(
    ['Principal', 'Can', ...(hasIf ? ['If'] : []), 'Smallest change'],
    alike(rows).map(([row, ...others]) => {
      if (row === undefined) return [];
      const { entry, unexpected } = row;
      const can = ABILITIES.flatMap((ability) => {
        const verdict = entry[ability];
        if (verdict === undefined || verdict === 'denied') return [];
        return [`${VERDICT_MARKS[verdict]}&nbsp;${ability}${unexpected.includes(ability) ? '&nbsp;⚠️' : ''}`];
      });
      const whom = others.length === 0 ? names.principal(entry.principal, entry.kind) : 'them';
      return [
        principals([row, ...others], names),
        can.join('<br>'),
        ...(hasIf ? [some(ifWords(entry))] : []),
        some(smallestChanges(row, whom)),
      ];
    }),
  );
}

function principals(rows: readonly AccessGroupRow[], names: Names): string {
  const shown = rows
    .slice(0, MAX_ALIKE)
    .map(({ entry }) => code(names.principal(entry.principal, entry.kind)));
  const left = rows.length - shown.length;
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join('<br>');
}

function proposed(proposal: Proposal, page: Page): readonly string[] {
  const { repository } = proposal;
  const name = code(page.names.resource(repository));
  if ('withheld' in proposal) {
    return [
      details(`📜 No policy is proposed for ${name}`, [
        bullets(proposal.withheld.slice(0, MAX_REASONS).map((text) => prose(clip(text, MAX_SHORT)))),
      ]),
    ];
  }
  const before = page.shownUnder(repository, proposal.document, 'the access map');
  if (before !== undefined) {
    return [`<p>📜 A policy for ${name} that enforces the expectations is under ${code(before, 80)}.</p>`];
  }
  return [
    details(`📜 A policy for ${name} that enforces the expectations`, [
      '<p>This audit has evaluated it: expected principals keep the access that they need, all others lose it, and an administrator can still change the policy.</p>',
      documentBlock(proposal.document),
    ]),
  ];
}

/** Roles that workloads run with, and principals with dangerous permissions: the most dangerous first. */
export function roles({ principals }: AuditResult, { names, limits }: Page): readonly string[] {
  const shown = principals
    .filter(({ usedBy, permissions }) => usedBy.length > 0 || permissions.dangers.length > 0)
    .toSorted((a, b) => b.permissions.dangers.length - a.permissions.dangers.length);
  if (shown.length === 0) return [];
  const rows = shown
    .slice(0, limits.rows)
    .map(({ arn, usedBy, assumedBy, permissions: { dangers, summary, unknown } }) => [
      code(names.principal(arn)),
      some(usedBy),
      some(assumedBy),
      some(dangers),
      some([...summary, ...unknown.map((reason) => `unknown: ${reason}`)]),
    ]);
  return [
    details(`👤 ${many(shown.length, 'principal')} that run workloads or have dangerous permissions`, [
      table(['Principal', 'Used by', 'Assumed by', 'Dangers', 'May'], rows),
      ...more(shown.length - rows.length),
    ]),
  ];
}

/** The answer to a question of the input `who-can`. */
export function answerBlocks(answer: WhoCanAnswer, { names, limits }: Page): readonly string[] {
  const { question, repositories, rows, incomplete } = answer;
  const shown = rows.slice(0, limits.rows);
  const none =
    repositories.length === 0
      ? '<p>No audited repository matches.</p>'
      : `<p>${incomplete.length > 0 ? 'No known principal' : 'No principal'}.</p>`;
  const found = table(
    ['Repository', 'Principal', '', 'If', 'Because'],
    shown.map((row) => [
      code(names.resource(row.repository)),
      code(names.principal(row.principal, row.kind)),
      `${VERDICT_MARKS[row.verdict]}&nbsp;${row.verdict}`,
      some(ifWords(row)),
      some(row.because.map(becauseWords)),
    ]),
  );
  return [
    `<h3>Who can ${code(question)}</h3>`,
    ...(incomplete.length === 0
      ? []
      : [
          `<p>❔ This answer is not complete. ${prose(clip(incomplete.slice(0, MAX_REASONS).join(' '), MAX_MESSAGE))}</p>`,
        ]),
    ...(rows.length === 0 ? [none] : [found, ...more(rows.length - shown.length)]),
  ];
}
