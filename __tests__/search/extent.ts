/** How far a search goes: a part that is the same each time among the tests, and as far as the time allows at night. */
import { describe, expect, it } from 'vitest';
import { type Extent, type Subject, search } from './search.ts';

/** `SEARCH_SECONDS`: how long each file of searches may take; without it, a sample is tried. */
const SECONDS = Number(process.env.SEARCH_SECONDS || 0);
/** `SEARCH_SEED`: which changes are tried first, and which pairs. */
const SEED = Number(process.env.SEARCH_SEED || 1);

const SAMPLE: Extent = { seed: 1, singles: 10, pairs: 4 };
/** The first run, and the one that is under way when the time is over. */
const MORE_MS = 120_000;

/** Declares a test for each subject: nothing that is found, whatever is changed. */
export function searchEach(title: string, subjects: readonly Subject[]): void {
  const shareMs = (SECONDS * 1000) / subjects.length;
  const began = performance.now();
  describe(title, () => {
    for (const [at, subject] of subjects.entries()) {
      it(
        subject.name,
        async () => {
          // What one subject does not need of its share, the next ones have.
          const isOver = () => performance.now() - began > shareMs * (at + 1);
          const many = Number.POSITIVE_INFINITY;
          const extent = SECONDS > 0 ? { seed: SEED, singles: many, pairs: many, isOver } : SAMPLE;
          const { finds, runs, singles } = await search(subject, extent);
          if (SECONDS > 0)
            console.log(`${subject.name}: ${runs} runs, ${singles} single changes, seed ${SEED}`);
          expect(finds).toEqual([]);
          expect(runs).toBeGreaterThan(0);
        },
        2 * shareMs + MORE_MS,
      );
    }
  });
}
