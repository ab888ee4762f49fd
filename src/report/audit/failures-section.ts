/** The failed checks in the summary, each with why it matters and how to fix it. */
import { clip } from '../../text.ts';
import { bullets, code, details, link, more, prose, table } from '../kit/blocks.ts';
import { MARKS } from '../kit/words.ts';
import type { FailureGroup } from './failures.ts';
import { commandBlock, documentBlock, MAX_MESSAGE, MAX_SHORT, mark, type Page } from './page.ts';
import { beginning, many, type Names } from './words.ts';

const MAX_WORST = 3;

/** The worst problems, one per check. */
export function worst(groups: readonly FailureGroup[], names: Names): readonly string[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, MAX_WORST).flatMap(({ severity, check, results }) => {
    const [first, ...others] = results;
    if (first === undefined) return [];
    const elsewhere = others.length === 0 ? '' : `, and ${many(others.length, 'more resource')}`;
    return [
      `${mark(severity)} ${code(check, 80)} ${code(names.resource(first.resource))}${elsewhere}<br>${prose(beginning(first.message, MAX_SHORT))}`,
    ];
  });
  const title = groups.length > MAX_WORST ? 'The worst problems' : 'The problems';
  return [`<h3>${title}</h3>`, bullets(shown)];
}

export function failures(groups: readonly FailureGroup[], page: Page): readonly string[] {
  if (groups.length === 0) return [];
  return [
    '<h3>What is wrong, why it matters and how to fix it</h3>',
    ...groups.map((group, at) => failure(group, page, at === 0)),
  ];
}

function failure(group: FailureGroup, page: Page, isOpen: boolean): string {
  const { check, text, severity, isBlocking, results } = group;
  const { names, limits } = page;
  const fresh = results.filter((result) => result.new === true).length;
  const title = [
    `${isBlocking ? MARKS.block : MARKS.warn} ${mark(severity)} ${code(check, 80)}`,
    many(results.length, 'resource'),
    ...(fresh > 0 ? [`🆕 ${fresh}`] : []),
  ].join(' · ');
  const shown = results.slice(0, limits.resources);
  const isMixed = results.some((result) => result.severity !== severity);
  const rows = shown.map((result) => [
    ...(isMixed ? [mark(result.severity)] : []),
    `${code(names.resource(result.resource))}${result.new === true ? ' 🆕' : ''}`,
    prose(clip(result.message, MAX_MESSAGE)),
  ]);
  const content = [
    ...(text === undefined ? [] : [`<p>${prose(text.why)} ${link(text.reference, 'Documentation')}</p>`]),
    table([...(isMixed ? [''] : []), 'Resource', 'What is wrong, and what to do'], rows),
    ...more(results.length - shown.length),
    ...fixes(group, page),
  ];
  return details(title, content, isOpen);
}

function fixes({ check, results }: FailureGroup, page: Page): readonly string[] {
  const { names, limits } = page;
  const fixable = results.flatMap(({ resource, fix }) => (fix === undefined ? [] : [{ resource, fix }]));
  if (fixable.length === 0 || limits.fixes === 0) return [];
  const shown = fixable.slice(0, limits.fixes);
  const blocks = shown.flatMap(({ resource, fix: { command, document } }) => {
    const name = code(names.resource(resource));
    if (document === undefined) return [`<p>${name}</p>`, commandBlock(command)];
    const before = page.shownUnder(resource, document, check);
    if (before !== undefined) return [`<p>${name}: the same document as under ${code(before, 80)}.</p>`];
    return [`<p>${name}</p>`, commandBlock(command), documentBlock(document)];
  });
  return [details('🔧 How to fix it', [...blocks, ...more(fixable.length - shown.length)])];
}
