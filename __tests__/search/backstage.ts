/**
 * What stands in for processes, downloads and GitHub while an action runs inside the test's process. Importing this file
 * puts it in place of the adapters, so it has to come before the actions.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { vi } from 'vitest';
import type { GitHub } from '../../src/github/client.ts';
import type { Execution } from '../../src/signing/cosign/exec.ts';
import type { LoopbackImage, ServedImage } from '../../src/signing/cosign/loopback-registry.ts';

export interface Backstage {
  /** What cosign answers. */
  execute(args: readonly string[]): Promise<Execution>;
  /** What is behind the URL of a layer. */
  download(url: string, maxBytes: number): Promise<Buffer>;
  /** The registry on loopback that cosign reads. */
  show(shown: ServedImage): LoopbackImage;
  readonly github: GitHub;
  /** What GitHub answers to the client that writes comments. */
  fetch(url: string, options: RequestInit): Promise<Response>;
}

const storage = new AsyncLocalStorage<Backstage>();

/** Runs something with these stand-ins; what it leaves behind keeps them. */
export function behind<T>(backstage: Backstage, run: () => Promise<T>): Promise<T> {
  return storage.run(backstage, run);
}

vi.mock('../../src/signing/cosign/exec.ts', async (original) => ({
  ...(await original<object>()),
  execute: (_: string, args: string[]) => here().execute(args),
}));
vi.mock('../../src/aws/download.ts', async (original) => ({
  ...(await original<object>()),
  download: (url: string, { maxBytes }: { maxBytes: number }) => here().download(url, maxBytes),
}));
vi.mock('../../src/signing/cosign/loopback-registry.ts', () => ({
  startLoopbackRegistry: async () => ({
    serve: (shown: ServedImage) => here().show(shown),
    close: async () => {},
  }),
}));
vi.mock('../../src/github/client.ts', async (original) => ({
  ...(await original<object>()),
  createGitHub: () => here().github,
}));
// The client for comments is the real one.
vi.mock('@actions/github/lib/utils', async (original) => ({
  ...(await original<object>()),
  defaults: {
    request: { fetch: (url: string, options: RequestInit) => here().fetch(url, options) },
  },
}));

function here(): Backstage {
  const backstage = storage.getStore();
  if (backstage === undefined) throw new Error('something runs outside of a play');
  return backstage;
}
