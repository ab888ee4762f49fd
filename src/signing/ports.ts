/** What signing and verifying need from outside. Tests pass their own. */
import type { Deadline } from '../deadline.ts';
import type { Registry } from '../results/registry.ts';
import type { EvidenceSource } from './evidence/source.ts';

export interface SigningPorts {
  readonly deadline: Deadline;
  readonly log: (line: string) => void;
  /** Shows a warning next to the job. */
  readonly warn: (line: string) => void;
  /** Makes the runner mask a secret in every log. */
  readonly mask: (secret: string) => void;
  /** User name and password for a registry. */
  readonly authorize: (registry: Registry) => Promise<{ user: string; password: string }>;
  /** Reads what is attached to an image. */
  readonly evidence: EvidenceSource;
  /** GitHub's OIDC token for an audience. */
  readonly identityToken: (audience: string) => Promise<string>;
  /** Downloads a URL to a file and returns its path. */
  readonly download: (url: string) => Promise<string>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The directory in which the step runs. It counts as part of the workspace. */
  readonly workingDirectory?: string | undefined;
}

/** Private Sigstore services, used instead of the public ones. */
export interface Services {
  /** Path of a Sigstore signing config; undefined if nothing is signed. */
  readonly signingConfig: string | undefined;
  /** Path of a Sigstore trusted root. */
  readonly trustedRoot: string;
}
