import type { BatchGetFindingDetailsCommand } from '@aws-sdk/client-inspector2';
import { describe, expect, it } from 'vitest';
import type { AwsClients } from '../../src/aws/clients.ts';
import { withDetails } from '../../src/scan/details.ts';
import { stillTime } from '../clock.ts';
import { createFinding, createImage } from './factories.ts';

const { registry } = createImage();

/** Inspector, answering each call as it is told; what it was asked is kept. */
function inspector(answer: (arns: readonly string[]) => unknown) {
  const calls: string[][] = [];
  const send = async ({ input }: BatchGetFindingDetailsCommand) => {
    const arns = input.findingArns ?? [];
    calls.push(arns);
    return answer(arns);
  };
  return { calls, clients: { inspector: () => ({ send }) } as unknown as AwsClients };
}

const findings = (count: number) =>
  Array.from({ length: count }, (_, index) => createFinding({ id: `arn:${index}` }));
const denied = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDeniedException' }));

describe('withDetails', () => {
  it('requests ten findings per call, each once, and reports nothing if all data is available', async () => {
    const { calls, clients } = inspector((arns) => ({
      findingDetails: arns.map((findingArn) => ({ findingArn })),
    }));
    const { deadline } = stillTime(1_000);
    const { unknown } = await withDetails([...findings(25), ...findings(3)], registry, clients, deadline);
    expect(calls.map((arns) => arns.length)).toEqual([10, 10, 5]);
    expect(new Set(calls.flat()).size).toBe(25);
    expect(unknown).toBeUndefined();
  });

  it.each([
    ['cisaData', { cisaData: { dateAdded: new Date(0) } }, { knownExploited: true, epss: undefined }],
    ['an empty cisaData', { cisaData: {} }, { knownExploited: true }],
    ['no cisaData', {}, { knownExploited: false, epss: undefined }],
    ['a cisaData of null', { cisaData: null, epssScore: null }, { knownExploited: false, epss: undefined }],
    ['an EPSS score', { epssScore: 0.25 }, { epss: 0.25 }],
    ['an EPSS score of 0', { epssScore: 0 }, { epss: 0 }],
    ['an EPSS score of 1', { epssScore: 1 }, { epss: 1 }],
    ['an EPSS score that is none', { epssScore: 1.1 }, { epss: undefined }],
    ['an EPSS score below 0', { epssScore: -0.1 }, { epss: undefined }],
  ])('reads %s', async (_, detail, expected) => {
    const { clients } = inspector(([findingArn]) => ({ findingDetails: [{ findingArn, ...detail }] }));
    const { deadline } = stillTime(1_000);
    const answer = await withDetails(findings(1), registry, clients, deadline);
    expect(answer.findings[0]).toMatchObject(expected);
  });

  it.each([
    ['first', [{ cisaData: {}, epssScore: 0.7 }, { epssScore: 0.1 }]],
    ['last', [{ epssScore: 0.1 }, { cisaData: {}, epssScore: 0.7 }]],
    ['first, and the other says nothing', [{ cisaData: {}, epssScore: 0.7 }, {}]],
    [
      'last, and the other is null',
      [
        { cisaData: null, epssScore: null },
        { cisaData: {}, epssScore: 0.7 },
      ],
    ],
  ])('uses the worse of two responses about one finding: the %s', async (_, details) => {
    const { clients } = inspector(([findingArn]) => ({
      findingDetails: details.map((detail) => ({ findingArn, ...detail })),
    }));
    const { deadline } = stillTime(1_000);
    const answer = await withDetails(findings(1), registry, clients, deadline);
    expect(answer.findings[0]).toMatchObject({ knownExploited: true, epss: 0.7 });
  });

  it('uses the higher of the EPSS scores of finding and details', async () => {
    const { clients } = inspector(([findingArn]) => ({ findingDetails: [{ findingArn, epssScore: 0.9 }] }));
    const { deadline } = stillTime(1_000);
    const [asked] = (await withDetails([createFinding({ epss: 0.1 })], registry, clients, deadline)).findings;
    expect(asked?.epss).toBe(0.9);
  });

  it('keeps the EPSS score that the finding has', async () => {
    const { clients } = inspector(([findingArn]) => ({ findingDetails: [{ findingArn, epssScore: 0.1 }] }));
    const { deadline } = stillTime(1_000);
    const [asked] = (await withDetails([createFinding({ epss: 0.9 })], registry, clients, deadline)).findings;
    expect(asked?.epss).toBe(0.9);
  });

  it.each([
    ['denies it', denied, /denies inspector2:BatchGetFindingDetails/],
    [
      'returns a malformed response',
      () => ({}),
      /BatchGetFindingDetails returned a malformed response \(findingDetails: /,
    ],
    ['returns none', () => ({ findingDetails: [], errors: [] }), /returned no details of them/],
    [
      'returns those of other findings',
      () => ({ findingDetails: [{ findingArn: 'arn:x' }] }),
      /returned no details of them/,
    ],
  ])('leaves findings unchanged if Inspector %s, and gives the reason', async (_, answer, why) => {
    const { clients } = inspector(answer);
    const { deadline } = stillTime(1_000);
    const given = findings(3);
    const result = await withDetails(given, registry, clients, deadline);
    expect(result.findings).toEqual(given);
    expect(result.unknown).toMatchObject({ count: 3, why: expect.stringMatching(why) });
  });

  it('learns from the calls that succeed if others fail', async () => {
    const { clients } = inspector((arns) =>
      arns.includes('arn:0') ? denied() : { findingDetails: arns.map((findingArn) => ({ findingArn })) },
    );
    const { deadline } = stillTime(1_000);
    const result = await withDetails(findings(12), registry, clients, deadline);
    expect(result.unknown?.count).toBe(10);
    expect(result.findings.map(({ knownExploited }) => knownExploited)).toEqual([
      ...Array(10).fill(undefined),
      false,
      false,
    ]);
  });

  it('ends with the run', async () => {
    const { deadline, cancel } = stillTime(1_000);
    const { clients } = inspector(() => {
      cancel.abort();
      return Promise.reject(Object.assign(new Error('aborted'), { name: 'AbortError' }));
    });
    await expect(withDetails(findings(1), registry, clients, deadline)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
