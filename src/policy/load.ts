import type { Deadline } from '../deadline.ts';
import type { Exception } from './exceptions.ts';
import type { DocumentSource, PolicyDocument } from './policy.ts';

export async function loadDocuments(
  _inputs: {
    policy: string | undefined;
    exceptions: readonly string[];
    vex: readonly string[];
    githubToken: string | undefined;
  },
  _ports: { deadline: Deadline; environment: NodeJS.ProcessEnv },
): Promise<{
  document: PolicyDocument;
  exceptions: Exception[];
  sources: { policy: DocumentSource | undefined; exceptions: DocumentSource[]; vex: DocumentSource[] };
}> {
  throw new Error('not yet');
}
