/** The errors of a run and of its images. */
import type { GateError } from '../../errors.ts';
import type { ImagesResult } from '../../results/modes/images.ts';

/** Every error, that of the run as a whole first. */
export function errorsOf({ error, images }: ImagesResult): GateError[] {
  return [
    ...(error === undefined ? [] : [error]),
    ...images.flatMap(({ outcome }) => (outcome.kind === 'error' ? [outcome.error] : [])),
  ];
}
