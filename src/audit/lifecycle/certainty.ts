/** Answers that may be unknown, ordered so that the lower of two is the answer for both together. */
export const [NO, MAYBE, YES] = [0, 1, 2] as const;
export type Certainty = typeof NO | typeof MAYBE | typeof YES;
