/** Identity providers that serve many organizations with one issuer: only a claim identifies the organization of a token. */
import { ANYONE, type Beginning, type Pin } from './subject.ts';

/** How a token of a shared provider identifies the organization. */
export interface Tenant {
  /** The claim that a trust policy has to limit; `sts:RoleSessionName` is a condition key of its own. */
  readonly claim: 'sub' | 'aud' | 'sts:RoleSessionName';
  /** The text before the name of the organization in each value; undefined if only a complete value counts. */
  readonly start: string | undefined;
}

const sub = (start: string | undefined): Tenant => ({ claim: 'sub', start });
const AUDIENCE: Tenant = { claim: 'aud', start: undefined };
const TURBONOMIC = sub('system:serviceaccount:');

/**
 * By issuer. The providers and their claims are AWS's identity-provider controls
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html), without GitHub Actions,
 * which `subject.ts` judges. IAM requires them since June 2025, and only when a policy is created or changed. The
 * beginnings of the subjects are from AWS's examples of resource control policies
 * (https://github.com/aws-samples/resource-control-policy-examples, Shared-Issuers.json).
 */
const SHARED: ReadonlyMap<string, Tenant> = new Map([
  ['agent.buildkite.com', sub('organization:')],
  ['api.pulumi.com/oidc', AUDIENCE],
  ['app.terraform.io', sub('organization:')],
  ['cognito-identity.amazonaws.com', AUDIENCE],
  ['gitlab.com', sub('project_path:')],
  ['oidc.codefresh.io', sub('account:')],
  ['oidc.vercel.com', AUDIENCE],
  // Streaming of audit logs; the subject is the URL of the enterprise.
  ['oidc-configuration.audit-log.githubusercontent.com', sub(undefined)],
  ['proidc.upbound.io', sub('mcp:')],
  ['sandboxes.cloud', AUDIENCE],
  ['scalr.io', sub('account:')],
  // Microsoft Sentinel
  [
    'sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d',
    { claim: 'sts:RoleSessionName', start: undefined },
  ],
  ['studio.datachain.ai/api', sub('credentials:')],
  ['tokens.cloud.shisho.dev', sub('job:')],
  // IBM Turbonomic
  ['oidc.op1.openshiftapps.com/2c51blsaqa9gkjt0o9rt11mle8mmropu', TURBONOMIC],
  ['oidc.op1.openshiftapps.com/2f785sojlpb85i7402pk3qogugim5nfb', TURBONOMIC],
  ['rh-oidc.s3.us-east-1.amazonaws.com/22ejnvnnturfmt6km08idd0nt4hekbn7', TURBONOMIC],
  ['rh-oidc.s3.us-east-1.amazonaws.com/23e3sd27sju1hoou6ohfs68vbno607tr', TURBONOMIC],
  ['rh-oidc.s3.us-east-1.amazonaws.com/23ne21h005qjl3n33d8dui5dlrmv2tmg', TURBONOMIC],
  ['rh-oidc.s3.us-east-1.amazonaws.com/24jrf12m5dj7ljlfb4ta2frhrcoadm26', TURBONOMIC],
]);

/** @param url an issuer in lower case, without `https://`; undefined if AWS does not list it as shared */
export function tenantOf(url: string): Tenant | undefined {
  return SHARED.get(url.endsWith('/') ? url.slice(0, -1) : url);
}

/** Claims that are the same for all organizations, unless `Tenant.claim` is one of them. */
const COMMON = new Set(['aud', 'amr']);

/**
 * What one value of a condition on a claim pins: the organization, or nothing; undefined for an unknown claim. A pattern
 * pins an organization if it contains the whole name and the separator after it: others can register a name with the same
 * beginning.
 * @param claim in lower case
 */
export function pinOfTenant(tenant: Tenant, claim: string, { text, whole }: Beginning): Pin | undefined {
  if (claim !== tenant.claim.toLowerCase()) {
    return COMMON.has(claim) || (text === '' && !whole) ? ANYONE : undefined;
  }
  const { start } = tenant;
  const named =
    whole || (start !== undefined && text.startsWith(start) && /^[^:/]+[:/]/.test(text.slice(start.length)));
  return named ? { reach: 'organization', name: text, narrow: false } : ANYONE;
}
