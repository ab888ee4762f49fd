/** Roles that CI assumes: who else can assume them, and what they can do. */
import { type Permissions, permissionsOf, wholeServiceOf } from '../../access/dangers.ts';
import { buildServicesOf, isJudged, judgeTrust, type TrustGrant, tenantKeyOf } from '../../access/trust.ts';
import type { Report } from '../../check.ts';
import { roleCheck } from '../../checkers.ts';
import { isExpected } from '../../expectations.ts';
import { asKnown } from '../../facts.ts';
import * as needs from '../../needs.ts';
import { aws, count, list, name, some } from '../../words.ts';
import { isServiceLinked, type PrincipalCase } from '../../world.ts';
import { allowingPolicy, changePolicy, decisionsOf, type Holding, holdingOf } from './reach.ts';
import { corrected } from './trust-fix.ts';

/** Whether a role may push anywhere. */
function pushOf({ world, principal }: PrincipalCase): Holding {
  const holdings = world.rowsOf(principal.arn).map(({ answer }) => holdingOf(answer, ['push', 'retag']));
  if (holdings.includes('has')) return 'has';
  return holdings.includes('unknown') ? 'unknown' : 'none';
}

export const ciTrust = roleCheck({
  id: 'access/ci-trust',
  title: 'Only the intended organizations, repositories and branches can assume the role.',
  severities: ['critical', 'high', 'medium'],
  means:
    'A role that trusts a GitHub OIDC provider (of github.com, an enterprise, ghe.com or a GitHub Enterprise Server) can be assumed by more repositories or refs than intended. Critical: no condition pins a repository or an organization, or a condition pins only a prefix that others can register. High: conditions pin an organization, but neither a repository nor a reusable workflow at an exact ref (with the issuer of an enterprise: no organization); the deciding claim is tested with ForAllValues or IfExists; or no audience is required and the provider accepts client ids other than sts.amazonaws.com. Medium: a role that can push accepts every branch and pull request of a repository. The check also fails for a role that trusts another OIDC provider that many organizations share (GitLab.com, HCP Terraform, Buildkite, Codefresh, Pulumi, Vercel and the others that IAM lists). Critical: no condition limits the claim that identifies the organization, or only a prefix that others can register does. High: the claim is tested with ForAllValues or IfExists. Since June 2025, IAM refuses such a policy, but only when it is created or changed.',
  why: 'Anyone whose token the trust policy accepts has the permissions of the role.',
  fix: 'Pin the repository, and its branch or environment, with StringEquals on the claim sub, and the audience sts.amazonaws.com. For another shared provider, pin the claim that the message names to your organization with StringEquals.',
  nearest:
    'Checkov CKV_AWS_358 and CKV_AWS_393 and Prowler `iam_role_github_oidc_trust_subject_restricted` check only the claim sub. They do not check other claims, ForAllValues and IfExists, audiences, or what the role can do.',
  reference: 'https://docs.github.com/en/actions/reference/security/oidc',
  needs: {
    providers: needs.oidcProviders,
    repositories: needs.allRepositories,
    scopes: needs.policyScopes,
  },
  applies: ({ principal }) => !isServiceLinked(principal.arn),
  judge(facts, about, report) {
    const { world, principal, account } = about;
    const { grants, unknown } = judgeTrust(principal.trust, asKnown(account.oidcProviders));
    const judged = grants.filter(({ issuer }) => isJudged(issuer));
    if (judged.length + unknown.length === 0) return report.doesNotApply();
    for (const reason of unknown) report.unknown(reason, { missing: world.missingFor([reason]) });
    const depends = judged.filter(({ severity, severityForPush }) => severity !== severityForPush);
    const push = depends.length === 0 ? 'none' : pushOf(about);
    if (depends.length > 0 && push !== 'has') {
      // For a role that can push, accepting every branch of a repository is a failure of this severity.
      report.attempt(() => void facts.repositories, 'medium');
      report.attempt(() => void facts.scopes, 'medium');
      if (push === 'unknown') report.unknown(`whether ${principal.arn} can push`, { severity: 'medium' });
    }
    for (const grant of judged) judgeGrant(grant, push === 'has', about, report);
  },
});

function judgeGrant(
  grant: TrustGrant,
  pushes: boolean,
  { world, principal, account }: PrincipalCase,
  report: Report,
): void {
  const severity = pushes ? grant.severityForPush : grant.severity;
  const { issuer, subjects } = grant;
  const reasons = grant.reasons.map((reason) => name(reason, LONGEST_REASON));
  if (grant.couldBe !== 'none') {
    const why = reasons.join(' ').replace(/\.$/, '');
    report.unknown(
      `whether statement ${name(grant.sid)} of the trust policy accepts tokens of others: ${why}`,
      {
        missing: world.missingFor(grant.reasons),
        severity: grant.couldBe,
      },
    );
  }
  if (severity === 'none' || severity === 'unknown') return;
  report.fail({
    severity,
    what: `Statement ${name(grant.sid)} of the trust policy of ${principal.arn} accepts more tokens of ${name(issuer.url)} than it should. ${reasons.join(' ')}`,
    toDo:
      issuer.tenant === undefined
        ? 'Pin the repository and its branch or environment with StringEquals on the claim sub, and require the audience sts.amazonaws.com.'
        : `Pin ${tenantKeyOf(issuer, issuer.tenant)} with StringEquals to the value that the tokens of your organization have.`,
    evidence: {
      statements: [{ sid: name(grant.sid), issuer: issuer.url, accepts: some(subjects), reasons }],
      mayPush: pushes,
    },
    command: aws('iam update-assume-role-policy', {
      'role-name': principal.arn.slice(principal.arn.lastIndexOf('/') + 1),
      'policy-document': 'file://trust.json',
    }),
    document: () => corrected(principal.trust, asKnown(account.oidcProviders)),
    items: [`${name(grant.sid)} ${grant.reach ?? ''}`.trim()],
  });
}

const LONGEST_REASON = 400;

export const ciWide = roleCheck({
  id: 'access/ci-wide',
  title: 'CI roles have only the access that they need.',
  severities: ['high'],
  means:
    'A role that CI assumes (by OIDC from GitHub or another CI, or CodeBuild) has `ecr:*`, can push to every repository of a registry that has several (unless `push` names it for all of them), or has iam:PassRole on `*`.',
  why: 'A pipeline runs the code of everyone who can change the repository. A pull request or a dependency can do everything that its role can do.',
  fix: 'Give each pipeline its own role that can push only to its own repositories, and limit iam:PassRole to the roles that it deploys.',
  nearest:
    'Prowler `iam_role_administratoraccess_policy` finds only roles with AdministratorAccess. It does not check which roles CI assumes.',
  reference:
    'https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws',
  needs: { repositories: needs.allRepositories, scopes: needs.policyScopes },
  applies: ({ world, principal }) => !isServiceLinked(principal.arn) && !world.isAdministrator(principal.arn),
  judge(facts, about, report) {
    const { world, principal } = about;
    const services = buildServicesOf(principal.trust);
    if (services.length === 0) {
      const { unknown } = judgeTrust(principal.trust, { unknown: 'not needed' });
      for (const reason of unknown) report.unknown(reason, { missing: world.missingFor([reason]) });
      return unknown.length === 0 ? report.doesNotApply() : undefined;
    }
    const permissions = permissionsOf(principal, world.evaluator);
    for (const reason of permissions.unknown) {
      report.unknown(reason, { missing: world.missingFor([reason]) });
    }
    const by = list(services);
    judgePermissions(permissions, by, about, report);
    report.attempt(() => void facts.repositories);
    report.attempt(() => void facts.scopes);
    judgePushEverywhere(by, about, report);
  },
});

/** `ecr:*`, and iam:PassRole on all roles. */
function judgePermissions(
  { dangers }: Permissions,
  by: string,
  { world, principal }: PrincipalCase,
  report: Report,
): void {
  const passing = dangers.filter(({ kind }) => kind === 'pass-role' || kind === 'everything');
  const wide = [...wholeServiceOf(principal, 'ecr', world.evaluator), ...passing];
  for (const { text, policy, sid, verdict, unknown } of wide) {
    if (verdict === 'unknown') {
      report.unknown(`whether ${principal.arn} has ${text}: ${list(unknown)}`, {
        missing: world.missingFor(unknown),
      });
      continue;
    }
    report.fail({
      what: `${principal.arn}, which ${by} assumes, has ${text}, by statement ${name(sid)} of the policy ${name(policy)}.`,
      toDo: 'Limit the statement to the actions and resources that the pipeline needs.',
      evidence: { assumedBy: [by], permissions: [{ permission: text, policy, statement: sid }] },
      command: changePolicy(principal.arn, policy),
      items: [text],
    });
  }
}

/** Push to every repository of a registry that has several. */
function judgePushEverywhere(by: string, { world, principal }: PrincipalCase, report: Report): void {
  const rows = new Map(world.rowsOf(principal.arn).map((row) => [row.repository, row]));
  for (const registry of world.facts.registries) {
    report.attempt(() => {
      const all = report.read(registry.repositories);
      if (all.length < 2) return;
      const holdings = all.map(({ arn }) => {
        const row = rows.get(arn);
        return row === undefined ? 'none' : holdingOf(row.answer, ['push', 'retag']);
      });
      if (holdings.includes('none')) return;
      const isNamed = all.every(({ arn }) => isExpected(principal.arn, world.expectedOf(arn)?.push));
      if (isNamed) return;
      const what = `push to every repository of ${registry.host}`;
      if (holdings.includes('unknown')) return report.unknown(`whether ${principal.arn} may ${what}`);
      const decisions = all.flatMap(({ arn }) => {
        const row = rows.get(arn);
        return row === undefined ? [] : decisionsOf(row.answer, ['push', 'retag']);
      });
      const policy = allowingPolicy(decisions);
      report.fail({
        what: `${principal.arn}, which ${by} assumes, may ${what}, which has ${count(all.length, 'repository', 'repositories')}.`,
        toDo: 'Limit its policies to the repositories that the pipeline pushes to, or name it in push for all of them.',
        evidence: { assumedBy: [by], registries: [{ host: registry.host, repositories: all.length }] },
        ...(policy === undefined ? {} : { command: changePolicy(principal.arn, policy) }),
        items: [`push ${registry.host}`],
      });
    });
  }
}
