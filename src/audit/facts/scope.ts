/** Which registries are audited, and with which credentials and settings. */
import type { RequestHandler } from '../../aws/clients.ts';
import type { Deadline } from '../../deadline.ts';
import { InvalidReference, parseRegistry, registryOf } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';
import type { OrganizationLevel } from '../access/facts.ts';
import type { Expectations } from '../expectations.ts';

/** A registry, by its host or by a region of the credentials' own account. */
export type RegistryName = Registry | { readonly region: string };

export interface AuditScope {
  /** Registries of other accounts require `role`. Empty: the registry in the region that the environment names. */
  readonly registries: readonly RegistryName[];
  /** ARN of the role to assume in accounts that are not the credentials' own; `{account}` stands for the account's id. */
  readonly role: string | undefined;
  /** Globs over repository names. */
  readonly repositories: readonly string[];
  readonly expectations: Expectations;
  /** Service control and resource control policies, from files. */
  readonly levels: readonly OrganizationLevel[];
  /** Also read IAM, ECS, EKS and Lambda. */
  readonly access: boolean;
  /** Also validate each cache rule with ECR. */
  readonly validateCache: boolean;
  /** Also start ECR's lifecycle preview of each repository that has a lifecycle policy. */
  readonly lifecyclePreview: boolean;
}

export interface AuditPorts {
  readonly deadline: Deadline;
  /** Receives the progress, and calls that fail and are retried. */
  readonly log: (line: string) => void;
  /** Where a proxy may be named. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Sends requests; default: HTTP. */
  readonly handler?: RequestHandler;
}

/**
 * A registry as given in the input `registry`: any form of its host name, or a region.
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
