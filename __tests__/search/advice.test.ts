/** Advice when AWS does not answer well: it ends in its own time, by a clock that jumps, and the verdict stays. */
import { expect, it } from 'vitest';
import type { FindingSpec } from '../../emulator/findings.ts';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import { image, LONG_AGO, scanned } from '../../emulator/scenarios/build.ts';
import { onOlderBase } from './gate-subjects.ts';
import type { Json } from './mutate.ts';
import { type Alter, type Outcome, play, unaltered } from './stage.ts';

const { looneyTunables, log4shell } = CATALOGUE;
/** What the advice may take, and the calls that are under way then. */
const MOST_MS = 22_000;

const on = (...specs: FindingSpec[]) =>
  onOlderBase([
    image([
      scanned(
        specs.map((spec) => finding(spec)),
        0,
        LONG_AGO,
      ),
    ]),
  ]);

/** The same run with the answers to the calls that only the advice makes replaced. */
async function answering(
  scenario: ReturnType<typeof on>,
  answer: (value: Json) => Json,
): Promise<{ outcome: Outcome; without: Outcome; asked: number }> {
  const counts = new Map<string, number>();
  const without = await play(
    { action: 'gate', scenario, inputs: { advice: 'false' } },
    (where, index, value) => {
      counts.set(where, index + 1);
      return value;
    },
  );
  let asked = 0;
  const alter: Alter = (where, index, value) => {
    if (index < (counts.get(where) ?? 0)) return value;
    asked += 1;
    return answer(value);
  };
  return { outcome: await play({ action: 'gate', scenario }, alter), without, asked };
}

const body = (value: Json) => Object(Object(value).body);

it.each<[string, (value: Json) => Json]>([
  [
    'throttles every call',
    () => ({ status: 400, errorType: 'ThrottlingException', body: { message: 'Rate exceeded' } }),
  ],
  ['fails every call', () => ({ status: 500, errorType: 'ServerException', body: { message: 'later' } })],
  ['answers with what is no JSON', (value) => ({ ...Object(value), body: 'nonsense' })],
  [
    'has one page more, each time',
    (value) => ({ ...Object(value), body: { ...body(value), nextToken: `${Math.random()}` } }),
  ],
])('AWS %s', async (_, answer) => {
  for (const [scenario, verdict] of [
    [on(looneyTunables), 'warn'],
    [on(log4shell), 'block'],
  ] as const) {
    const { outcome, without, asked } = await answering(scenario, answer);
    expect(outcome.errors).toEqual([]);
    expect(outcome.verdict).toBe(verdict);
    expect(outcome.unpublished).toEqual([]);
    expect(outcome.allowedBy).toEqual(without.allowedBy);
    expect(asked).toBeGreaterThan(0);
    expect(outcome.tookMs - without.tookMs).toBeLessThan(MOST_MS);
  }
});

it('takes a few calls, and no time of the run’s clock beyond them', async () => {
  const scenario = on(log4shell);
  const without = await play({ action: 'gate', scenario, inputs: { advice: 'false' } }, unaltered);
  const outcome = await play({ action: 'gate', scenario }, unaltered);
  expect(outcome.calls - without.calls).toBeGreaterThan(5);
  expect(outcome.calls - without.calls).toBeLessThan(20);
});
