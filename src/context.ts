/** The interfaces of a run to its environment. Tests replace them. */
import type { RequestHandler } from './aws/clients.ts';
import type { Clock, Deadline } from './deadline.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Context {
  readonly environment: Environment;
  /** The directory that paths in inputs are relative to: `GITHUB_WORKSPACE`, else the working directory. */
  readonly workspace: string;
  readonly clock: Clock;
  readonly deadline: Deadline;
  /** 0 to 1, for pauses between attempts. */
  readonly random: () => number;
  /** Writes a line to the log. The text may be hostile. */
  readonly log: (text: string) => void;
  /** Shows a warning next to the job. The text may be hostile. */
  readonly warn: (text: string) => void;
  /** Makes the runner mask a secret in every log. */
  readonly mask: (secret: string) => void;
  /** Sends requests to AWS; undefined: over the network. */
  readonly awsHandler?: RequestHandler | undefined;
}
