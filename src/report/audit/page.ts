/** The parts of an audit's summary. */
import type { Verdict } from '../../audit/access/decide.ts';
import type { Json } from '../../audit/result.ts';
import type { Severity } from '../../audit/severity.ts';
import { clip } from '../../text.ts';
import { prose, SEVERITY_MARKS } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import type { Names } from './words.ts';

export const MAX_MESSAGE = 2_000;
export const MAX_SHORT = 300;
const MAX_LINES = 4;
const MAX_LINE = 200;
const MAX_DOCUMENT = 12_000;

/** How much of each part is shown. If the summary does not fit, less is shown. */
export interface Limits {
  readonly rows: number;
  readonly resources: number;
  readonly fixes: number;
  readonly groups: number;
  readonly graph: boolean;
}

export class Page {
  readonly names: Names;
  readonly limits: Limits;
  private readonly documents = new Map<string, string>();

  constructor(names: Names, limits: Limits) {
    this.names = names;
    this.limits = limits;
  }

  /**
   * The place where a document for a resource is already shown; undefined if it is not shown yet, and then it is
   * recorded as shown. One document often fixes the problems of several checks.
   */
  shownUnder(resource: string, document: Json, heading: string): string | undefined {
    const key = JSON.stringify([resource, document]);
    const before = this.documents.get(key);
    if (before === undefined) this.documents.set(key, heading);
    return before;
  }
}

export function mark(severity: Severity): string {
  return `${SEVERITY_MARKS[severity] ?? ''}&nbsp;${severity}`;
}

export const VERDICT_MARKS: Readonly<Record<Verdict, string>> = {
  allowed: '●',
  conditional: '◐',
  unknown: '❔',
  denied: '–',
};

/** The first of several sentences, one on each line. */
export function some(texts: readonly string[]): string {
  return [
    ...texts.slice(0, MAX_LINES).map((text) => prose(clip(text, MAX_LINE))),
    ...(texts.length > MAX_LINES ? [`and ${texts.length - MAX_LINES} more`] : []),
  ].join('<br>');
}

/** A command to be copied. */
export function commandBlock(command: string): string {
  return `<pre>${html(command)}</pre>`;
}

/** A document to be copied. Its line breaks come from the serializer; line breaks in texts are escaped. */
export function documentBlock(document: Json): string {
  const text = JSON.stringify(document, undefined, 2);
  return text.length > MAX_DOCUMENT
    ? '<p>The document is in <code>report.json</code>.</p>'
    : `<pre>${text.split('\n').map(html).join('\n')}</pre>`;
}
