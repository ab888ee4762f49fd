/** Logs the progress of the audit. */

/** The most lines, and the fewest repositories for which lines are logged. */
const LINES = 25;
const FEWEST = 10;

export class Progress {
  private readonly log: (line: string) => void;
  private done = 0;
  private total = 0;

  constructor(log: (line: string) => void) {
    this.log = log;
  }

  /** More repositories are to be audited. */
  expect(count: number): void {
    this.total += count;
  }

  /** One more has been read. */
  advance(): void {
    this.done += 1;
    const step = Math.max(FEWEST, Math.ceil(this.total / LINES));
    if (this.done % step === 0 || this.done === this.total) {
      this.log(`audited ${this.done} of ${this.total} repositories`);
    }
  }
}
