/** The memory of a step does not grow with what it no longer needs. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = JSON.stringify(join(import.meta.dirname, '../src/memory.ts'));
const LIMITED = `const { limitHeap } = await import(${source}); limitHeap();`;
const afterRequests = (count: number) => `
  const { limitHeapOfLongRun } = await import(${source});
  const { channel } = await import('node:diagnostics_channel');
  limitHeapOfLongRun();
  for (let at = 0; at < ${count}; at += 1) channel('http.client.request.start').publish({});
`;
const KEEP = "const keep = (at) => kept.push({ at, text: 'text ' + at });";

/** What a process prints that keeps much of what it makes. */
function run(program: string, ...flags: string[]): string {
  return execFileSync(process.execPath, [...flags, '--input-type=module', '-e', program], {
    encoding: 'utf8',
  });
}

/** The size of the young generation at the end, in MiB. */
function youngGeneration(preparation: string): number {
  return Number(
    run(`
      import { getHeapSpaceStatistics } from 'node:v8';
      ${preparation}
      const kept = [];
      ${KEEP}
      for (let at = 0; at < 1_000_000; at += 1) keep(at);
      const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
      console.log(young.space_size / 1024 / 1024);
    `),
  );
}

/** How large the heap was when it was collected, as a multiple of what the collection before had left. */
function growthToCollection(preparation: string): number {
  const log = run(
    `
      ${preparation}
      const kept = [];
      ${KEEP}
      for (let at = 0; at < 300_000; at += 1) keep(at);
      gc();
      console.log('left', process.memoryUsage().heapUsed);
      for (let at = 0; at < 3_000_000; at += 1) keep(at);
    `,
    '--expose-gc',
    '--trace-gc',
  );
  const [, left, then] = /^left (\d+)$.*?: Mark-Compact.*? ([\d.]+) \(/ms.exec(log) ?? [];
  return (Number(then) * 1024 * 1024) / Number(left);
}

it('keeps the young generation as it is', { timeout: 60_000 }, () => {
  const limited = youngGeneration(LIMITED);
  expect(limited).toBeLessThan(20);
  expect(youngGeneration('')).toBeGreaterThan(2 * limited);
});

it('collects the heap before it is three times as large as what is kept', { timeout: 60_000 }, () => {
  expect(growthToCollection(LIMITED)).toBeLessThan(3);
  expect(growthToCollection('')).toBeGreaterThan(3);
});

it('limits the heap after 20 requests', { timeout: 60_000 }, () => {
  expect(youngGeneration(afterRequests(21))).toBeLessThan(20);
  expect(youngGeneration(afterRequests(20))).toBeGreaterThan(20);
});
