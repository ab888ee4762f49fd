/** No text from elsewhere takes effect, in whatever form of an audit's report. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { annotationText } from '../../../src/github/core.ts';
import { graphOf } from '../../../src/report/audit/graph.ts';
import { auditReport } from '../../../src/report/audit/report.ts';
import { sarifReport } from '../../../src/report/audit/sarif.ts';
import { auditSummary } from '../../../src/report/audit/summary.ts';
import { Names } from '../../../src/report/audit/words.ts';
import type { AuditRunResult } from '../../../src/results/modes/audit.ts';
import { expectBlocks } from '../blocks.ts';
import { hostileText, withTexts } from '../hostile.ts';
import { checkForGitHub, parsedLog } from '../sarif-checks.ts';
import { createAudit, createRun, failedRun } from './fixtures.ts';

const numRuns = Number(process.env.PROPERTY_RUNS ?? 60);
const LIMIT = 900 * 1024;

/** What is the audit's own: enumerations, ids of checks and their texts, and what its schemas have checked. */
const OWN = new Set(
  'verdict status severity couldBe kind pull push retag delete administer token effect source failOn check checks host registry sha256 version code settings'.split(
    ' ',
  ),
);

/** Runs with hostile text in place of every text. */
function forHostile(property: (run: AuditRunResult) => void): void {
  const runs = [createRun(), failedRun(), failedRun({ audit: createAudit() })];
  fc.assert(
    fc.property(fc.array(hostileText, { minLength: 1, maxLength: 40 }), (texts) => {
      let at = 0;
      const text = () => texts[at++ % texts.length] ?? '';
      for (const run of runs) {
        const hostile = withTexts(run, text, (name, parent) =>
          // A rule's place is text from elsewhere, the source of a statement is not.
          name === 'source' && !('sid' in parent) ? false : OWN.has(name) || name === 'expectations',
        );
        property({
          ...hostile,
          expectations: { ...run.expectations, accounts: new Map([[text(), text()]]) },
        });
      }
    }),
    { numRuns },
  );
}

const UNSEEN = /(?! )[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Z}\u115f\u1160\u2800\u3164\uffa0\u{e0000}-\u{e0fff}]/u;
/** What GitHub makes links, mentions and emoji of, outside of code. */
const REFERENCES =
  /@|:\/\/|www\.|(^|[^&\w])#\d|GH-\d|:[a-z][a-z0-9_+-]*:|[$`\\*~]|\[[^\]]*\]\(|javascript:|\.example/;

/** The only block that is no HTML: a graph in a fence. */
const GRAPH =
  /<details>\n<summary>🕸️ The same as a graph<\/summary>\n\n```mermaid\n(?<graph>.*?)\n```\n\n<\/details>\n\n/s;

function expectHarmless(blocks: string): void {
  expectBlocks(blocks);
  expect(
    blocks
      .replace(/\n/g, '')
      .replace(/\ufe0f/g, '')
      .replaceAll('🕸', ''),
  ).not.toMatch(UNSEEN);
  const bare = blocks.replace(/<(code|pre)>[^<]*<\/\1>/g, '').replace(/<[^>]*>/g, '');
  expect(bare).not.toMatch(REFERENCES);
}

describe('hostile text', () => {
  it('is inert in the summary, at whatever length', () => {
    forHostile((run) => {
      for (const limit of [LIMIT, 30_000, 8_000]) {
        const text = auditSummary(run, limit);
        const { graph = '' } = GRAPH.exec(text)?.groups ?? {};
        for (const line of graph.split('\n').filter((one) => one !== '')) {
          expect(line).toMatch(
            /^(flowchart LR| {2}n\d+(\[\(|\(\[|\[\[|\[)"[^"`;#<>{}|[\]\\&]*"(\)\]|\]\)|\]\]|\])| {2}n\d+ -->\|"[a-z, ?]+"\| n\d+| {2}linkStyle [\d,]+ stroke:#d1242f,stroke-width:2px)$/,
          );
        }
        expectHarmless(text.replace(GRAPH, ''));
      }
    });
  });

  it('is inert in the issue', () => {
    forHostile((run) => {
      const { comment } = auditReport(run);
      const url = 'https://github.example/octo/app/actions/runs/1';
      expectHarmless(comment.render({ url, commit: undefined }, 65_000));
    });
  });

  it('is no command in the log and the annotations', () => {
    forHostile((run) => {
      const report = auditReport(run);
      const lines = report
        .log()
        .flatMap((part) => (typeof part === 'string' ? [part] : [part.title, ...part.lines]));
      for (const text of lines) {
        expect(text).not.toMatch(/^\s*::|##\[|[\r\n]/);
        expect(text.replaceAll('\ufe0f', '')).not.toMatch(UNSEEN);
      }
      for (const { level, title, message } of report.annotations(undefined)) {
        expect(`${title} ${message}`).not.toMatch(UNSEEN);
        expect(annotationText(level, message, { title })).toMatch(
          /^::(error|warning) title=[^\r\n]*::[^\r\n]*$/,
        );
      }
    });
  });

  it('stays data in the files', () => {
    forHostile((run) => {
      for (const file of auditReport(run).files(undefined)) {
        const rendered = file.render();
        if (rendered === undefined) continue;
        const text = [...rendered.text].join('');
        expect(text.replace(/[\n\r]/g, '')).not.toMatch(UNSEEN);
        expect(text).not.toMatch(/^\s*::|##\[/m);
        if (file.name.endsWith('.csv')) expectTable(text);
        if (file.name.endsWith('.json')) expect(() => JSON.parse(text)).not.toThrow();
        if (file.name.endsWith('.dot')) expectDot(text);
      }
    });
  });

  it('keeps SARIF what GitHub takes', () => {
    forHostile((run) => {
      const report = sarifReport(run);
      if (report !== undefined) checkForGitHub(parsedLog(report));
    });
  });

  it('is no other node of the graph', () => {
    forHostile((run) => {
      if (run.audit === undefined) return;
      const { nodes, edges } = graphOf(run.audit, new Names(run));
      const ids = new Set(nodes.map(({ id }) => id));
      for (const { from, to } of edges) expect(ids.has(from) && ids.has(to)).toBe(true);
    });
  });
});

function expectTable(text: string): void {
  for (const row of text.split('\r\n').slice(0, -1)) {
    expect(row).toMatch(/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*")*$/);
    for (const [, content = ''] of row.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)) {
      expect(content).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/);
    }
  }
}

function expectDot(text: string): void {
  const lines = text.trimEnd().split('\n');
  expect(lines[0]).toBe('digraph access {');
  expect(lines.at(-1)).toBe('}');
  for (const line of lines.slice(4, -1)) {
    expect(line).toMatch(
      /^ {2}n\d+( -> n\d+)? \[[a-z]+="?[^"\\]*"?, ?label="[^"\\]*"[^"\\]*\];$|^ {2}n\d+ -> n\d+ \[label="[^"\\]*".*\];$/,
    );
  }
}
