/** What is to be audited, and with what. */
import type { RequestHandler } from '../../aws/clients.ts';
import type { Deadline } from '../../deadline.ts';
import { InvalidReference, parseRegistry, registryOf } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';
import type { OrganizationLevel } from '../access/facts.ts';
import type { Expectations } from '../expectations.ts';

/** A registry by its host, or by a region of the credentials' own account. */
export type RegistryName = Registry | { readonly region: string };

export interface AuditScope {
  /** Those of other accounts need `role`. None: the region that the environment of the credentials names. */
  readonly registries: readonly RegistryName[];
  /** ARN of the role to assume in accounts that are not the credentials' own; `{account}` stands for the account's id. */
  readonly role: string | undefined;
  /** Globs over repository names. */
  readonly repositories: readonly string[];
  readonly expectations: Expectations;
  /** Service control and resource control policies, from files; handed on. */
  readonly levels: readonly OrganizationLevel[];
  /** Also read IAM, ECS, EKS and Lambda. */
  readonly access: boolean;
  /** Also ask ECR whether each cache rule works. */
  readonly validateCache: boolean;
  /** Also start ECR's lifecycle preview of each repository that has a lifecycle policy. */
  readonly lifecyclePreview: boolean;
}

export interface AuditPorts {
  readonly deadline: Deadline;
  /** Is told of the progress, and of calls that fail and are made again. */
  readonly log: (line: string) => void;
  /** Where a proxy may be named. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What carries requests; default HTTP. */
  readonly handler?: RequestHandler;
}

/**
 * A registry as the input `registry` names it: any form of its host, or a region.
 * @throws InvalidReference
 */
export function parseRegistryName(text: string): RegistryName {
  if (text.includes('.')) return parseRegistry(text);
  try {
    return { region: registryOf('000000000000', text).region };
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw new InvalidReference(
      'it is neither the host of a registry (ACCOUNT.dkr.ecr.REGION.amazonaws.com) nor a region (eu-central-1)',
    );
  }
}
