/** Answers that may not be known, in an order in which the lower of two is what holds of both. */
export const [NO, MAYBE, YES] = [0, 1, 2] as const;
export type Certainty = typeof NO | typeof MAYBE | typeof YES;
