/** How many calls are made for one repository. */

/**
 * The most calls for one repository: for its policy, its lifecycle policy and its images; if needed, for its tags, the
 * entries of its indexes, its key and the clusters of an image that runs; and for scan statuses while calls are left.
 * Further pages, retries and the lifecycle preview are not included.
 */
export const CALLS_PER_REPOSITORY = 6;

/** Why something was not read. */
export const OVER_BUDGET = `an audit makes at most ${CALLS_PER_REPOSITORY} calls for a repository`;

/** The calls that are left for a repository. Its users wait for each other, so that every run makes the same calls. */
export class Budget {
  private left: number;
  private readonly spares: Promise<boolean>[];

  /**
   * @param made calls that are made or may be made
   * @param spares for some of them, whether the call turns out not to be needed. This is awaited only if no other call
   *   is left
   */
  constructor(made: number, spares: readonly Promise<boolean>[]) {
    this.left = CALLS_PER_REPOSITORY - made;
    this.spares = [...spares];
  }

  /** Whether one more call may be made. */
  async take(): Promise<boolean> {
    if (this.left > 0) {
      this.left -= 1;
      return true;
    }
    for (let spare = this.spares.shift(); spare !== undefined; spare = this.spares.shift()) {
      if (await spare) return true;
    }
    return false;
  }
}
