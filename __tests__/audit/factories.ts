/** Facts and expectations for tests of the audit: each function gives a whole fact, of which a test names what it is about. */
import { audit } from '../../src/audit/audit.ts';
import { type Expectations, NO_EXPECTATIONS, parseAuditPolicy } from '../../src/audit/expectations.ts';
import {
  ABSENT,
  type AccountFacts,
  type AuditFacts,
  type CacheRule,
  type CreationTemplate,
  Fact,
  type IamPrincipal,
  type Image,
  type ImageCoverage,
  type ImageUse,
  type RegistryFacts,
  type RepositoryFacts,
  type WorkloadFacts,
} from '../../src/audit/facts.ts';
import type { AuditOptions, AuditResult, Result } from '../../src/audit/result.ts';

export const NOW = new Date('2026-11-25T12:00:00Z');
export const ACCOUNT = '111122223333';
/** Another account, which is not audited. */
export const OTHER = '444455556666';
export const REGION = 'eu-central-1';
export const HOST = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`;
const DAY_MS = 86_400_000;

export const known = Fact.known;

export function unknown(reason = 'AWS refused it', missing: readonly string[] = ['ecr:Something']) {
  return Fact.unknown(reason, missing);
}

export function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

export function digest(name: string): string {
  return `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`;
}

export const repositoryArn = (name: string, account = ACCOUNT, region = REGION) =>
  `arn:aws:ecr:${region}:${account}:repository/${name}`;
export const roleArn = (name: string, account = ACCOUNT) => `arn:aws:iam::${account}:role/${name}`;
export const rootArn = (account = ACCOUNT) => `arn:aws:iam::${account}:root`;

/** An image for linux/amd64 that is scanned. @param days ago when it was pushed */
export function image(name: string, tags: readonly string[], days = 1, more: Partial<Image> = {}): Image {
  return {
    digest: digest(name),
    tags,
    pushedAt: daysAgo(days),
    lastPulledAt: null,
    lastActivatedAt: null,
    archivedAt: null,
    storageClass: 'standard',
    isIndex: false,
    children: [],
    subject: null,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    artifactType: 'application/vnd.oci.image.config.v1+json',
    entries: undefined,
    scan: known({ status: 'ACTIVE', description: undefined }),
    ...more,
  };
}

/** An index of images by their platforms, such as `linux/amd64`. */
export function index(
  name: string,
  tags: readonly string[],
  platforms: Readonly<Record<string, string>>,
  more: Partial<Image> = {},
): Image {
  const entries = Object.entries(platforms).map(([child, platform]) => ({ digest: digest(child), platform }));
  return image(name, tags, 1, {
    isIndex: true,
    children: entries.map((entry) => entry.digest),
    entries,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    artifactType: undefined,
    scan: ABSENT,
    ...more,
  });
}

export function use(image: string, more: Partial<ImageUse> = {}): ImageUse {
  return {
    kind: 'ecs-task',
    by: 'ecs:task/prod/1',
    cluster: 'prod',
    image: `${HOST}/${image}`,
    digest: undefined,
    architecture: 'amd64',
    ...more,
  };
}

export function coverage(name: string, more: Partial<ImageCoverage> = {}): ImageCoverage {
  return {
    digest: digest(name),
    status: 'ACTIVE',
    reason: 'SUCCESSFUL',
    inUseCount: 0,
    lastInUseAt: undefined,
    clusters: [],
    ...more,
  };
}

/** A policy of IAM or of a repository. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}

/** A lifecycle policy; rules get their place as priority and expire images, unless they say something else. */
export function lifecycle(...selections: object[]): string {
  return JSON.stringify({
    rules: selections.map((selection, at) => ({
      rulePriority: at + 1,
      selection,
      action: { type: 'expire' },
    })),
  });
}

export const tagged = (...tagPatternList: string[]) => ({ tagStatus: 'tagged', tagPatternList });
export const newest = (countNumber: number) => ({ countType: 'imageCountMoreThan', countNumber });
export const days = (countNumber: number) => ({
  countType: 'sinceImagePushed',
  countUnit: 'days',
  countNumber,
});
export const UNTAGGED = { tagStatus: 'untagged', ...days(14) };

/** A repository about which no check has anything to say. */
export function repository(name = 'team/app', more: Partial<RepositoryFacts> = {}): RepositoryFacts {
  return {
    name,
    arn: repositoryArn(name),
    mutability: known({ setting: 'IMMUTABLE', exclusions: [] }),
    encryption: known({ type: 'AES256', key: undefined }),
    key: ABSENT,
    policy: ABSENT,
    lifecyclePolicy: known(lifecycle(UNTAGGED)),
    tags: known({}),
    scanFrequency: known('CONTINUOUS_SCAN'),
    images: known([image('one', ['v1'])]),
    coverage: known([coverage('one')]),
    preview: ABSENT,
    ...more,
  };
}

export const NO_WORKLOADS: WorkloadFacts = {
  ecs: known([]),
  lambda: known([]),
  lambdaVersions: known([]),
  ecsRoles: known([]),
  eksRoles: known([]),
  lambdaRoles: known([]),
  eksClusters: known([]),
};

/** A registry with these repositories, about which no check has anything to say. */
export function registry(
  repositories: readonly RepositoryFacts[] = [repository()],
  more: Partial<RegistryFacts> = {},
): RegistryFacts {
  return {
    host: HOST,
    account: ACCOUNT,
    region: REGION,
    partition: 'aws',
    scanning: known({ scanType: 'ENHANCED', rules: [{ frequency: 'CONTINUOUS_SCAN', filters: ['*'] }] }),
    inspectorStatus: known('ENABLED'),
    inspectorRescan: known({ pushDuration: 'LIFETIME', pullDuration: undefined, pullMode: undefined }),
    suppressionFilters: known([]),
    inspectorAdministrator: ABSENT,
    policy: known(KEEPS_OTHERS_OUT),
    policyScope: known('V2'),
    replication: known([]),
    cacheRules: known([]),
    templates: known([]),
    pullTimeExclusions: known([]),
    signing: known(undefined),
    repositories: known(repositories),
    repositoryNames: known(repositories.map(({ name }) => name)),
    workloads: NO_WORKLOADS,
    ...more,
  };
}

const KEEPS_OTHERS_OUT = policy({
  Sid: 'DenyPushToOthers',
  Effect: 'Deny',
  Principal: '*',
  Action: 'ecr:PutImage',
  Resource: '*',
  Condition: { ArnNotLike: { 'aws:PrincipalArn': roleArn('ci') } },
});

export function role(name: string, more: Partial<IamPrincipal> = {}): IamPrincipal {
  return {
    arn: roleArn(name),
    kind: 'role',
    account: ACCOUNT,
    id: `AROA${name
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')
      .padEnd(17, '0')
      .slice(0, 17)}`,
    tags: { known: {} },
    policies: { known: [] },
    managedPolicies: [],
    boundary: { known: undefined },
    trust: { known: trustOf({ Service: 'ecs-tasks.amazonaws.com' }) },
    ...more,
  };
}

/** A role with one identity policy. */
export function roleThat(name: string, ...statements: object[]): IamPrincipal {
  return role(name, { policies: { known: [{ name: 'inline', text: { known: policy(...statements) } }] } });
}

export const allow = (
  action: string | readonly string[],
  resource: string | readonly string[] = '*',
  more = {},
) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
});

export function trustOf(principal: object | string, more: object = {}): string {
  return policy({ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole', ...more });
}

export function account(
  principals: readonly IamPrincipal[] = [role('ci')],
  more: Partial<AccountFacts> = {},
): AccountFacts {
  return {
    id: ACCOUNT,
    partition: 'aws',
    principals: known(principals),
    groups: known([]),
    oidcProviders: known([]),
    instanceProfiles: known([]),
    ...more,
  };
}

export function facts(more: Partial<AuditFacts> = {}): AuditFacts {
  return {
    now: NOW,
    registries: [registry()],
    accounts: [account()],
    levels: [],
    managementAccount: ABSENT,
    ...more,
  };
}

/** Facts about one repository. */
export function about(
  repositoryFacts: Partial<RepositoryFacts>,
  registryFacts: Partial<RegistryFacts> = {},
): AuditFacts {
  return facts({ registries: [registry([repository('team/app', repositoryFacts)], registryFacts)] });
}

/** Facts about one registry. */
export function aboutRegistry(registryFacts: Partial<RegistryFacts>): AuditFacts {
  return facts({ registries: [registry([repository()], registryFacts)] });
}

export function cacheRule(prefix: string, upstream: string, more: Partial<CacheRule> = {}): CacheRule {
  return {
    prefix,
    upstream,
    upstreamUrl:
      { 'docker-hub': 'registry-1.docker.io', 'ecr-public': 'public.ecr.aws', k8s: 'registry.k8s.io' }[
        upstream
      ] ?? upstream,
    upstreamPrefix: undefined,
    hasCredential: true,
    hasRole: false,
    validation: ABSENT,
    ...more,
  };
}

export function template(prefix: string, more: Partial<CreationTemplate> = {}): CreationTemplate {
  return {
    prefix,
    appliedFor: ['PULL_THROUGH_CACHE'],
    policy: undefined,
    lifecyclePolicy: lifecycle(UNTAGGED),
    ...more,
  };
}

/** The expectations of an audit policy. @param yaml without its version */
export function expecting(yaml: string): Expectations {
  return parseAuditPolicy(Buffer.from(`version: 1\n${yaml}`), 'audit.yml');
}

export function audited(
  given: AuditFacts,
  expectations: Expectations = NO_EXPECTATIONS,
  options: Partial<AuditOptions> = {},
): AuditResult {
  return audit(given, expectations, { failOn: 'high', access: true, baseline: undefined, ...options });
}

/** The results of one check, or of those that begin with a text. */
export function results(
  check: string,
  given: AuditFacts,
  expectations: Expectations = NO_EXPECTATIONS,
): readonly Result[] {
  return audited(given, expectations).results.filter(
    (one) => one.check === check || one.check.startsWith(`${check}/`),
  );
}

/** The one result of a check; undefined where it does not apply. */
export function result(check: string, given: AuditFacts, expectations?: Expectations): Result | undefined {
  const found = results(check, given, expectations);
  if (found.length > 1) throw new Error(`${check} has ${found.length} results`);
  return found[0];
}

/** Status and severity of the one result: `fail high`, `pass`, `unknown medium`, `none`. */
export function verdict(check: string, given: AuditFacts, expectations?: Expectations): string {
  const found = result(check, given, expectations);
  if (found === undefined) return 'none';
  return found.status === 'pass' ? 'pass' : `${found.status} ${found.severity}`;
}
