/** What the public transparency log would tell the world of a repository that the world cannot see. */
import { readFile } from 'node:fs/promises';
import type { SigningPorts } from './session.ts';

/** Whether the event that started the workflow comes from a public repository. What it does not say is not so. */
export function isPublicRepository(event: unknown): boolean {
  const { repository } = (event ?? {}) as { repository?: { visibility?: unknown; private?: unknown } };
  if (repository?.visibility !== undefined) return repository.visibility === 'public';
  return repository?.private === false;
}

/** Warns before anything is published; what is in the log stays there for ever. */
export async function warnOfPublicLog({ environment, warn }: SigningPorts): Promise<void> {
  if (isPublicRepository(await eventOf(environment.GITHUB_EVENT_PATH))) return;
  warn(
    'Keyless signing of a repository that is not public: the public transparency log will show for ever the name of this repository and its workflow, the ref and commit, and the digest of the image. Set transparency-log: true to accept that, or sign with a KMS key.',
  );
}

async function eventOf(path: string | undefined): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}
