/** The interface between the lifecycle (main.ts) and an action. */
import type { Context } from '../context.ts';
import type { GateError } from '../errors.ts';
import type { Publication } from '../publish/publish.ts';

/** Reads an input by its name; empty if it was not given. */
export type GetInput = (name: string) => string;

/** The inputs that the lifecycle needs. */
export interface RunOptions {
  readonly timeoutMs: number;
  /** Whether the run reads files that others may have written. */
  readonly readsDocuments: boolean;
}

/** One run of an action. Its results so far can be published at any time. */
export interface Run {
  /**
   * Reads and checks all inputs.
   * @throws GateError `input`
   */
  readInputs(get: GetInput): RunOptions;
  /**
   * Does the action's work.
   * @throws the error that ended the run; the results until then are published as well
   */
  work(context: Context): Promise<void>;
  /** The result as it is now. `error`: what ended the run, where something did. */
  publication(error: GateError | undefined): Promise<Publication>;
}
