/**
 * The AWS permissions that each action needs, as data: the documents in docs/ and the templates in examples/ are made of it, and
 * tests compare it with the calls that are made. Those of the audit are in src/audit/facts/actions.ts.
 */
import type { Need } from '../src/audit/facts/actions.ts';

/** What a statement is about: images of a repository, the signing key, a signing profile, or actions without a resource in IAM. */
export type PermissionScope = 'repository' | 'key' | 'profile' | 'any';

export interface Permission {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly scope: PermissionScope;
}

export const PERMISSIONS = {
  gate: [
    {
      sid: 'Read',
      actions: [
        'ecr:BatchGetImage',
        'ecr:DescribeImages',
        'ecr:DescribeImageScanFindings',
        'ecr:GetDownloadUrlForLayer',
        'ecr:BatchGetRepositoryScanningConfiguration',
      ],
      scope: 'repository',
    },
    { sid: 'Registry', actions: ['ecr:GetRegistryScanningConfiguration'], scope: 'any' },
    {
      sid: 'Inspector',
      actions: [
        'inspector2:ListCoverage',
        'inspector2:ListFindings',
        'inspector2:BatchGetFindingDetails',
        'inspector2:BatchGetAccountStatus',
      ],
      scope: 'any',
    },
  ],
  /** In addition to those of the gate. */
  signing: [
    { sid: 'Login', actions: ['ecr:GetAuthorizationToken'], scope: 'any' },
    {
      sid: 'PushSignature',
      actions: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:ListImageReferrers',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      scope: 'repository',
    },
    { sid: 'Key', actions: ['kms:DescribeKey', 'kms:GetPublicKey', 'kms:Sign'], scope: 'key' },
  ],
  /** In addition to those of the gate. */
  verify: [
    {
      sid: 'ReadSignatures',
      actions: ['ecr:DescribeImageSigningStatus', 'ecr:GetDownloadUrlForLayer', 'ecr:ListImageReferrers'],
      scope: 'repository',
    },
    { sid: 'PublicKey', actions: ['kms:DescribeKey', 'kms:GetPublicKey'], scope: 'key' },
  ],
  /**
   * In addition, where the plugin of AWS Signer signs: the gate also verifies what it signed. AWS's samples allow
   * GetRevocationStatus on all resources.
   */
  signerSigning: [
    { sid: 'SignPayload', actions: ['signer:SignPayload'], scope: 'profile' },
    { sid: 'RevocationStatus', actions: ['signer:GetRevocationStatus'], scope: 'any' },
  ],
  /** In addition, where the plugin of AWS Signer verifies. */
  signerVerifying: [
    { sid: 'Login', actions: ['ecr:GetAuthorizationToken'], scope: 'any' },
    { sid: 'RevocationStatus', actions: ['signer:GetRevocationStatus'], scope: 'any' },
  ],
  /** In addition to those of the verify action, on each repository in `promoted-from`. */
  promotion: [
    {
      sid: 'ReadSources',
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer', 'ecr:ListImageReferrers'],
      scope: 'repository',
    },
  ],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

/** The inputs of the audit for which its documented policy and its role in examples/iac allow more. */
export const AUDIT_ROLE = ['access'] as const satisfies readonly Need[];

/** The ARNs of the documents' examples. */
export const EXAMPLE: Readonly<Record<PermissionScope, string>> = {
  repository: 'arn:aws:ecr:eu-central-1:123456789012:repository/team/app',
  key: 'arn:aws:kms:eu-central-1:123456789012:key/KEY-ID',
  profile: 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release',
  any: '*',
};

/** An IAM policy document, as `aws iam put-role-policy` takes it. */
export function policyDocument(
  permissions: readonly Permission[],
  resources: Readonly<Record<PermissionScope, string>> = EXAMPLE,
): object {
  return {
    Version: '2012-10-17',
    Statement: permissions.map(({ sid, actions, scope }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: actions,
      Resource: resources[scope],
    })),
  };
}
