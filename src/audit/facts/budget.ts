/** How many calls are made for one repository. */

/**
 * So many calls are made for one repository at most: for its policy, its lifecycle policy and its images; where they are
 * needed for its tags, what its indexes list, its key and the clusters of an image that runs; and for scan statuses while
 * calls are left. Further pages, calls that failed and are made again, and the lifecycle preview come on top.
 */
export const CALLS_PER_REPOSITORY = 6;

/** Why something was not read. */
export const OVER_BUDGET = `an audit makes at most ${CALLS_PER_REPOSITORY} calls for a repository`;

/** The calls that are left for a repository. Those who take them wait for each other, so that each run takes the same. */
export class Budget {
  private left: number;
  private readonly spares: Promise<boolean>[];

  /**
   * @param made calls that are or may be made
   * @param spares for some of them, whether it turns out not to be needed: waited for only when no other call is left
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
