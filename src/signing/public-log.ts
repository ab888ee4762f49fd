/** Warns before the public transparency log publishes facts about a private repository. */
import { readFile } from 'node:fs/promises';
import type { SigningPorts } from './ports.ts';

/** Whether the event that started the workflow comes from a public repository. If the event does not say so, it is not. */
export function isPublicRepository(event: unknown): boolean {
  const { repository } = (event ?? {}) as { repository?: { visibility?: unknown; private?: unknown } };
  if (repository?.visibility !== undefined) return repository.visibility === 'public';
  return repository?.private === false;
}

/** Warns before anything is published: entries in the log cannot be removed. */
export async function warnOfPublicLog({
  environment,
  warn,
}: Pick<SigningPorts, 'environment' | 'warn'>): Promise<void> {
  if (isPublicRepository(await eventOf(environment.GITHUB_EVENT_PATH))) return;
  warn(
    'This repository is not public, and keyless signing permanently publishes its name, the workflow, the ref, the commit and the digest of the image in the public transparency log. Set transparency-log: true to accept this, or sign with a KMS key.',
  );
}

async function eventOf(path: string | undefined): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path ?? '', 'utf8'));
  } catch {
    return undefined;
  }
}
