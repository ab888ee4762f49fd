/** The report of an earlier run, which others may have written. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { parseEarlier } from '../../src/report/kit/earlier.ts';

it('is refused at its first mistake, because a list of all mistakes can fill the memory', () => {
  let checked = 0;
  const wrong = v.custom<never>(() => {
    checked += 1;
    return false;
  }, 'it is wrong');
  const bytes = Buffer.from(JSON.stringify({ images: Array(1_000).fill(1), results: 1 }));
  const schema = v.object({ images: v.array(wrong), results: wrong });
  expect(() => parseEarlier(bytes, schema)).toThrow(/^images\.0: it is wrong$/);
  expect(checked).toBe(1);
});
