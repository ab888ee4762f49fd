/** The issuers of the tokens that a role's trust policy accepts. */
import { type Tenant, tenantOf } from './shared.ts';

export type IssuerKind =
  /** github.com: everyone can get a token from it. */
  | 'github'
  /** An enterprise's own issuer, a ghe.com subdomain or a GitHub Enterprise Server: only its members can get tokens. */
  | 'github-enterprise'
  /** Another service that runs builds. */
  | 'ci'
  | 'other';

export interface Issuer {
  /** As in the names of condition keys: `token.actions.githubusercontent.com`. */
  readonly url: string;
  readonly kind: IssuerKind;
  /** For messages: `GitHub`, `GitLab`, or the URL. */
  readonly name: string;
  /** For providers that many organizations share, GitHub Actions excepted; undefined for others. */
  readonly tenant: Tenant | undefined;
}

const GITHUB_HOSTS = ['token.actions.githubusercontent.com', 'vstoken.actions.githubusercontent.com'];

// https://docs.github.com/en/enterprise-cloud@latest/actions/reference/security/oidc (an enterprise's own issuer,
// ghe.com) and https://docs.github.com/en/enterprise-server@latest/actions/reference/security/oidc
const GITHUB_ENTERPRISE = [
  /^token\.actions\.githubusercontent\.com\/[^/]+$/,
  /^token\.actions\.[a-z0-9-]+\.ghe\.com(?:\/[^/]+)?$/,
  /^[^/]+\/_services\/token$/,
];

const CI: readonly (readonly [RegExp, string])[] = [
  [/^gitlab\.com$/, 'GitLab'],
  [/^api\.bitbucket\.org\/2\.0\/workspaces\//, 'Bitbucket Pipelines'],
  [/^oidc\.circleci\.com\//, 'CircleCI'],
  [/^agent\.buildkite\.com$/, 'Buildkite'],
  [/^vstoken\.dev\.azure\.com\//, 'Azure DevOps'],
  [/^app\.terraform\.io$/, 'HCP Terraform'],
  [/^oidc\.codefresh\.io$/, 'Codefresh'],
  [/^app\.harness\.io\//, 'Harness'],
  [/^[^/]+\.semaphoreci\.com$/, 'Semaphore'],
  [/^[^/]+\.app\.spacelift\.io$/, 'Spacelift'],
  [/^api\.pulumi\.com\/oidc/, 'Pulumi'],
  [/^(?:[^/]+\.)?scalr\.io$/, 'Scalr'],
  [/^login\.app\.env0\.com/, 'env0'],
  // Self-managed servers are recognized by their usual names.
  [/^[^/]*gitlab[^/]*/, 'GitLab'],
  [/^[^/]*jenkins[^/]*/, 'Jenkins'],
  [/^[^/]*buildkite[^/]*/, 'Buildkite'],
  [/^[^/]*teamcity[^/]*/, 'TeamCity'],
];

/** @param provider ARN of an OIDC provider, or its equivalent in a Principal element */
export function issuerOf(provider: string): Issuer {
  const url = provider.replace(/^arn:[^:]*:iam::\d*:oidc-provider\//, '').toLowerCase();
  const tenant = tenantOf(url);
  if (GITHUB_HOSTS.includes(url)) return { url, kind: 'github', name: 'GitHub', tenant };
  if (GITHUB_ENTERPRISE.some((pattern) => pattern.test(url))) {
    return { url, kind: 'github-enterprise', name: 'GitHub Enterprise', tenant };
  }
  const ci = CI.find(([pattern]) => pattern.test(url));
  return ci === undefined
    ? { url, kind: 'other', name: url, tenant }
    : { url, kind: 'ci', name: ci[1], tenant };
}
