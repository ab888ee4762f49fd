/** Who issues the OIDC tokens of GitHub Actions. */

/** The issuer of github.com. */
export const GITHUB_ISSUER = 'https://token.actions.githubusercontent.com';

/**
 * The OIDC issuer of the GitHub server that an identity names: github.com, a subdomain of ghe.com or an Enterprise Server.
 * github.com's for an identity that is no address. Source: GitHub Docs, "OpenID Connect reference", of each of the three.
 */
export function issuerOf(identity: string): string {
  const host = identity.startsWith('https://') ? URL.parse(identity)?.host : undefined;
  if (host === undefined || host === '' || host === 'github.com') return GITHUB_ISSUER;
  return /^[a-z0-9-]+\.ghe\.com$/.test(host)
    ? `https://token.actions.${host}`
    : `https://${host}/_services/token`;
}
