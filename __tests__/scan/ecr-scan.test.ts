import type { DescribeImageScanFindingsResponse } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { countsOfPage, countsOfWhole, sumOfPages } from '../../src/scan/ecr-scan.ts';

/** An answer with this view, as the SDK hands it on. */
function answer(imageScanFindings: unknown, nextToken?: string): DescribeImageScanFindingsResponse {
  return { imageScanFindings, nextToken } as DescribeImageScanFindingsResponse;
}

const enhanced = (view: unknown) => countsOfPage(answer(view), 'enhancedFindings');

describe('countsOfPage', () => {
  it.each<[string, unknown, Record<string, number>]>([
    ['counts alone', { findingSeverityCounts: { HIGH: 2, LOW: 0 } }, { HIGH: 2, LOW: 0 }],
    ['counts of nothing', { findingSeverityCounts: {} }, {}],
    ['an empty list alone', { enhancedFindings: [] }, {}],
    ['a list alone', { enhancedFindings: [{ severity: 'HIGH' }, { severity: 'High' }] }, { HIGH: 2 }],
    [
      'a list that is longer than the counts',
      {
        findingSeverityCounts: { HIGH: 1 },
        enhancedFindings: [{ severity: 'HIGH' }, { severity: 'CRITICAL' }],
      },
      { HIGH: 1, CRITICAL: 1 },
    ],
    [
      'counts that are larger than the list',
      { findingSeverityCounts: { HIGH: 7 }, enhancedFindings: [{ severity: 'HIGH' }] },
      { HIGH: 7 },
    ],
    [
      'basic findings in an enhanced answer',
      { enhancedFindings: [], findings: [{ severity: 'LOW' }] },
      { LOW: 1 },
    ],
    ['UNDEFINED as UNTRIAGED', { findingSeverityCounts: { UNDEFINED: 3 } }, { UNTRIAGED: 3 }],
    [
      'a severity that is not documented',
      { findingSeverityCounts: { catastrophic: 1 } },
      { CATASTROPHIC: 1 },
    ],
  ])('reads %s', (_, view, expected) => {
    expect(Object.fromEntries(enhanced(view) ?? [['nothing', -1]])).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['no view', undefined],
    ['a view of null', null],
    ['a view that is a list', []],
    ['a view that is text', 'none'],
    ['an empty view', {}],
    ['a view with a time alone', { imageScanCompletedAt: new Date(0) }],
    ['a list of the other kind of scan alone', { findings: [] }],
    ['counts that are a list', { findingSeverityCounts: [] }],
    ['counts that are text', { findingSeverityCounts: 'none', enhancedFindings: [] }],
    ['a count of null', { findingSeverityCounts: { CRITICAL: null } }],
    ['a count that is text', { findingSeverityCounts: { CRITICAL: '0' } }],
    ['a count below 0', { findingSeverityCounts: { CRITICAL: -1 } }],
    ['a count between two numbers', { findingSeverityCounts: { CRITICAL: 0.5 } }],
    ['a count that is no number', { findingSeverityCounts: { CRITICAL: Number.NaN } }],
    ['a count without end', { findingSeverityCounts: { CRITICAL: Number.POSITIVE_INFINITY } }],
    ['a list that is a structure', { findingSeverityCounts: {}, enhancedFindings: {} }],
    ['a finding of null', { findingSeverityCounts: {}, enhancedFindings: [null] }],
    ['a finding without a severity', { findingSeverityCounts: {}, enhancedFindings: [{}] }],
    [
      'a finding whose severity is a number',
      { findingSeverityCounts: {}, enhancedFindings: [{ severity: 5 }] },
    ],
    ['a basic finding of null', { findingSeverityCounts: {}, findings: [null] }],
  ])('reads no counts from %s', (_, view) => {
    expect(enhanced(view)).toBeUndefined();
  });

  it('needs the list of basic scanning, or counts, on a basic registry', () => {
    expect(countsOfPage(answer({ enhancedFindings: [] }), 'findings')).toBeUndefined();
    expect(countsOfPage(answer({ findings: [] }), 'findings')).toEqual(new Map());
  });
});

describe('countsOfWhole', () => {
  it('reads no counts from one page of several', () => {
    const view = { findingSeverityCounts: {}, enhancedFindings: [] };
    expect(countsOfWhole(answer(view, 'more'), 'enhancedFindings')).toBeUndefined();
    expect(countsOfWhole(answer(view), 'enhancedFindings')).toEqual(new Map());
    // An empty token is the end, as in every other list.
    expect(countsOfWhole(answer(view, ''), 'enhancedFindings')).toEqual(new Map());
  });
});

describe('sumOfPages', () => {
  it('adds up pages, and is unknown if one of them is', () => {
    const pages = [
      new Map([['HIGH', 2]]),
      new Map(),
      new Map([
        ['HIGH', 1],
        ['LOW', 1],
      ]),
    ];
    expect(Object.fromEntries(sumOfPages(pages) ?? [])).toEqual({ HIGH: 3, LOW: 1 });
    expect(sumOfPages([...pages, undefined])).toBeUndefined();
  });
});
