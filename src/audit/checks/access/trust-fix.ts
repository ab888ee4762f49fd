/** The corrected trust policy of a role that is assumed with GitHub's tokens. */
import type { Known } from '../../access/facts.ts';
import { issuerOf } from '../../access/issuers.ts';
import { judgeTrust, type OidcProvider } from '../../access/trust.ts';
import { edited, objectOf } from '../../policies.ts';
import type { Json } from '../../result.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The audience of tokens for AWS. */
const AUDIENCE = 'sts.amazonaws.com';

/**
 * The trust policy with stricter conditions on tokens: without ForAllValues and IfExists, with an audience, and with
 * the branch main if every branch is accepted. Undefined if the check that found the problem would still fail: only the
 * owner of the role knows which repository is intended.
 */
export function corrected(
  trust: Known<string | undefined>,
  providers: Known<readonly OidcProvider[]>,
): Json | undefined {
  if ('unknown' in trust || trust.known === undefined) return undefined;
  const document = edited({ text: trust.known }, firm);
  if (document === undefined) return undefined;
  const { severityForPush } = judgeTrust({ known: JSON.stringify(document) }, providers);
  return severityForPush === 'none' ? document : undefined;
}

function firm(statement: Fields): Fields {
  const { Federated: federated } = objectOf(statement.Principal);
  const urls = [federated]
    .flat()
    .flatMap((provider) => (typeof provider === 'string' ? [issuerOf(provider)] : []))
    .flatMap(({ kind, url }) => (kind.startsWith('github') ? [url] : []));
  const [url] = urls;
  if (statement.Effect !== 'Allow' || url === undefined || urls.length > 1) return statement;
  const conditions: Record<string, Record<string, unknown>> = {};
  for (const [operator, tests] of Object.entries(objectOf(statement.Condition))) {
    for (const [key, values] of Object.entries(objectOf(tests))) {
      const isClaim = key.toLowerCase().startsWith(`${url}:`);
      const name = isClaim ? operator.replace(/^ForAllValues:/, '').replace(/IfExists$/, '') : operator;
      conditions[name] = { ...conditions[name], [key]: isClaim ? onMain(key, values) : values };
    }
  }
  const hasAudience = Object.values(conditions).some((tests) =>
    Object.keys(tests).some((key) => key.toLowerCase() === `${url}:aud`),
  );
  if (!hasAudience) conditions.StringEquals = { ...conditions.StringEquals, [`${url}:aud`]: AUDIENCE };
  return { ...statement, Condition: conditions };
}

/** `repo:ORG/NAME:*` stands for all branches and pull requests of a repository. */
function onMain(key: string, values: unknown): unknown {
  if (!key.toLowerCase().endsWith(':sub')) return values;
  const narrowed = [values]
    .flat()
    .map((value) =>
      typeof value === 'string' && /^repo:[^:*?][^:*?/]*\/[^:*?]+:\*$/.test(value)
        ? value.replace(/\*$/, 'ref:refs/heads/main')
        : value,
    );
  return Array.isArray(values) ? narrowed : narrowed[0];
}
