/** GitHub's hosts in the code of the actions: on an Enterprise Server, each of them is another host. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const source = join(import.meta.dirname, '../../src');

/** Where the name of a host of GitHub may be in code, and why it is right on every server. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  // The defaults of GITHUB_API_URL and GITHUB_SERVER_URL, and the status page of github.com, which is named for it alone.
  'github/client.ts': ['api.github.com', 'www.githubstatus.com'],
  'signing/verifier.ts': ['github.com'],
  // The issuer of github.com, and the comparison with its host.
  'results/issuer.ts': ['github.com', 'token.actions.githubusercontent.com'],
  // Examples.
  'inputs/verify.ts': ['github.com'],
  'policy/attestations.ts': ['github.com', 'github.com'],
  'policy/fields.ts': ['github.com'],
  // cosign is published on github.com.
  'signing/cosign/provision.ts': ['github.com'],
  // Advisories exist on github.com alone.
  'report/kit/links.ts': ['github.com'],
  // Documentation, and the issuers that the audit tells apart.
  'audit/access/issuers.ts': ['token.actions.githubusercontent.com', 'vstoken.actions.githubusercontent.com'],
  'audit/access/shared.ts': ['oidc-configuration.audit-log.githubusercontent.com'],
  'audit/access/trust.ts': ['github.com', 'token.actions.githubusercontent.com'],
  'audit/checks/access/ci.ts': ['docs.github.com', 'docs.github.com', 'github.com'],
};

it('are named only where they are right on every server', () => {
  const found: Record<string, string[]> = {};
  for (const file of globSync('**/*.ts', { cwd: source })) {
    const code = readFileSync(join(source, file), 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\/?\*)/.test(line))
      .join('\n');
    const hosts = code.match(/\b(?:[a-z-]+\.)*github(?:status|usercontent)?\.com\b/g);
    if (hosts !== null) found[file.replaceAll('\\', '/')] = hosts.toSorted();
  }
  expect(found).toEqual(NAMED);
});
