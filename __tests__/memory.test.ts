/** The memory of a step does not grow with what it no longer needs. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = (path: string) => JSON.stringify(join(import.meta.dirname, '../src', path));

/** The size of the young generation, in MiB, of a process that keeps much of what it makes. */
function youngGeneration(preparation: string): number {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8';
    ${preparation}
    const kept = [];
    for (let at = 0; at < 1_000_000; at += 1) kept.push({ at, text: 'text ' + at });
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    console.log(young.space_size / 1024 / 1024, kept.length);
  `;
  const [size] = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
  }).split(' ');
  return Number(size);
}

it('keeps the young generation as it is', { timeout: 60_000 }, () => {
  const unlimited = youngGeneration('');
  const limited = youngGeneration(
    `const { limitYoungGeneration } = await import(${source('memory.ts')}); limitYoungGeneration();`,
  );
  expect(limited).toBeLessThanOrEqual(16);
  expect(unlimited).toBeGreaterThan(2 * limited);
});
