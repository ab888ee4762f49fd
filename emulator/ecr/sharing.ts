/** Whether a repository's policy allows another account an operation. Conditions and single principals are not emulated. */
import type { RepositorySpec } from '../scenario.ts';

export function isSharedWith(account: string, api: string, { policy }: RepositorySpec): boolean {
  if (policy === undefined) return false;
  const { Statement } = (typeof policy === 'string' ? JSON.parse(policy) : policy) as {
    Statement: {
      Effect: string;
      Principal: string | { AWS?: string | readonly string[] };
      Action: string | readonly string[];
    }[];
  };
  const named = `arn:aws:iam::${account}:root`;
  return Statement.some(({ Effect, Principal, Action }) => {
    const principals = typeof Principal === 'string' ? [Principal] : [Principal.AWS ?? []].flat();
    const isNamed = principals.some((principal) => principal === '*' || principal === named);
    return (
      Effect === 'Allow' && isNamed && [Action].flat().some((one) => one === 'ecr:*' || one === `ecr:${api}`)
    );
  });
}
