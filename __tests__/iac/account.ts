/** The account that a stack of the CloudFormation template makes, as a scenario of the emulator. */
import type { CacheRuleSpec, IamSpec, RegistrySpec, RoleSpec, TemplateSpec } from '../../emulator/account.ts';
import type { ImageSpec, KeyDefinition, RepositorySpec, Scenario } from '../../emulator/scenario.ts';
import { evaluate, type Template } from './template.ts';

export const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';

type Properties = Readonly<Record<string, unknown>>;

/** What the account has besides the stack. */
export interface Around {
  /** Those of the repository that the stack makes. */
  readonly images: readonly ImageSpec[];
  /** Repositories that ECR creates from the templates of the stack. */
  readonly created: Readonly<
    Record<
      string,
      { readonly for: 'CREATE_ON_PUSH' | 'PULL_THROUGH_CACHE'; readonly images: readonly ImageSpec[] }
    >
  >;
  readonly roles: readonly RoleSpec[];
  readonly more?: Partial<Scenario>;
}

/**
 * Every resource of the stack, played by the emulator.
 * @throws Error for a type or property that is not played, so that no resource is left out of the audit silently
 */
export function accountOf(
  template: Template,
  parameters: Readonly<Record<string, string>>,
  around: Around,
): Scenario {
  const played = new Played(template, evaluate(template, parameters));
  const templates = played.each(
    'AWS::ECR::RepositoryCreationTemplate',
    [
      ...['Prefix', 'Description', 'AppliedFor', 'RepositoryPolicy', 'LifecyclePolicy'],
      ...['ImageTagMutability', 'ImageTagMutabilityExclusionFilters'],
    ],
    (given): TemplateSpec => ({
      prefix: String(given.Prefix),
      appliedFor: given.AppliedFor as TemplateSpec['appliedFor'],
      ...optional('policy', given.RepositoryPolicy),
      ...optional('lifecycle', given.LifecyclePolicy),
      ...mutabilityOf(given),
    }),
  );
  const registry: RegistrySpec = {
    scanningRules: played
      .each('AWS::ECR::RegistryScanningConfiguration', ['ScanType', 'Rules'], (given) =>
        (given.Rules as { ScanFrequency: 'CONTINUOUS_SCAN'; RepositoryFilters: { Filter: string }[] }[]).map(
          ({ ScanFrequency, RepositoryFilters }) => ({
            frequency: ScanFrequency,
            filters: RepositoryFilters.map(({ Filter }) => Filter),
          }),
        ),
      )
      .flat(),
    templates,
    cacheRules: played.each(
      'AWS::ECR::PullThroughCacheRule',
      ['EcrRepositoryPrefix', 'UpstreamRegistryUrl'],
      (given): CacheRuleSpec => ({
        prefix: String(given.EcrRepositoryPrefix),
        upstream: 'ecr-public',
        url: String(given.UpstreamRegistryUrl),
      }),
    ),
  };
  const repositories = played.each(
    'AWS::ECR::Repository',
    [
      ...['RepositoryName', 'ImageTagMutability', 'ImageTagMutabilityExclusionFilters'],
      ...['LifecyclePolicy', 'RepositoryPolicyText'],
    ],
    (given): RepositorySpec => ({
      name: String(given.RepositoryName),
      ...mutabilityOf(given),
      lifecycle: (given.LifecyclePolicy as { LifecyclePolicyText: string }).LifecyclePolicyText,
      policy: String(given.RepositoryPolicyText),
      images: around.images,
    }),
  );
  const scanType = played.each('AWS::ECR::RegistryScanningConfiguration', ['ScanType', 'Rules'], (given) =>
    String(given.ScanType),
  );
  const iam: IamSpec = {
    roles: [...rolesOf(played), ...around.roles],
    oidcProviders: played.each('AWS::IAM::OIDCProvider', ['Url', 'ClientIdList'], (given) => ({
      url: String(given.Url).replace('https://', ''),
      clientIds: given.ClientIdList as string[],
    })),
  };
  const keys = played.each(
    'AWS::KMS::Key',
    ['Description', 'KeySpec', 'KeyUsage', 'KeyPolicy'],
    (given, name): KeyDefinition => ({
      id: name,
      spec: given.KeySpec as NonNullable<KeyDefinition['spec']>,
      usage: given.KeyUsage as NonNullable<KeyDefinition['usage']>,
    }),
  );
  const aliases = played.each('AWS::KMS::Alias', ['AliasName', 'TargetKeyId'], (given) => ({
    alias: String(given.AliasName),
    of: String(given.TargetKeyId),
  }));
  played.checkAll();
  return {
    name: 'stack',
    description: 'The account that the CloudFormation template makes',
    action: 'audit',
    account: ACCOUNT,
    region: REGION,
    registryScanType: scanType[0] === 'ENHANCED' ? 'ENHANCED' : 'BASIC',
    registry,
    repositories: [
      ...repositories,
      ...Object.entries(around.created).map(([name, one]) => createdFrom(templates, name, one)),
    ],
    iam: { [ACCOUNT]: iam },
    keys: keys.map((key) => ({
      ...key,
      ...optional('alias', aliases.find(({ of }) => of === key.id)?.alias),
    })),
    images: [],
    ...around.more,
  };
}

type Mutability = Required<Pick<RepositorySpec, 'tagMutability' | 'tagMutabilityExclusions'>>;

function mutabilityOf(given: Properties): Mutability {
  const filters = (given.ImageTagMutabilityExclusionFilters ?? []) as Record<string, string>[];
  return {
    tagMutability: given.ImageTagMutability as Mutability['tagMutability'],
    tagMutabilityExclusions: filters.map((one) => one.ImageTagMutabilityExclusionFilterValue ?? ''),
  };
}

/** A repository as ECR creates it: with the settings of the template whose prefix it has, else of the default template. */
function createdFrom(
  templates: readonly TemplateSpec[],
  name: string,
  { for: reason, images }: Around['created'][string],
): RepositorySpec {
  const applying = templates.filter(({ appliedFor }) => appliedFor.includes(reason));
  const template =
    applying.find(({ prefix }) => name.startsWith(`${prefix}/`)) ??
    applying.find(({ prefix }) => prefix === 'ROOT');
  if (template === undefined) throw new Error(`no template applies to ${name}`);
  const { prefix: _, appliedFor: __, ...settings } = template;
  return { name, ...settings, images };
}

function rolesOf(played: Played): readonly RoleSpec[] {
  const policies = played.each(
    'AWS::IAM::RolePolicy',
    ['RoleName', 'PolicyName', 'PolicyDocument'],
    (given) => ({
      role: String(given.RoleName),
      name: String(given.PolicyName),
      document: JSON.stringify(given.PolicyDocument),
    }),
  );
  return played.each('AWS::IAM::Role', ['Description', 'AssumeRolePolicyDocument'], (given, name) => ({
    name,
    trust: JSON.stringify(given.AssumeRolePolicyDocument),
    inline: Object.fromEntries(
      policies.filter(({ role }) => role === name).map((policy) => [policy.name, policy.document]),
    ),
  }));
}

function optional<Name extends string>(name: Name, value: unknown): { readonly [name in Name]?: string } {
  return (value === undefined ? {} : { [name]: String(value) }) as { readonly [name in Name]?: string };
}

/** The resources of a stack by their types. */
class Played {
  private readonly types = new Set<string>();
  private readonly resources: readonly (readonly [type: string, name: string, properties: Properties])[];

  constructor(template: Template, resources: Readonly<Record<string, Properties>>) {
    this.resources = Object.entries(resources).map(([name, properties]) => [
      template.Resources[name]?.Type ?? '',
      name,
      properties,
    ]);
  }

  /** Each resource of a type, which may have these properties and no others. */
  each<Made>(
    type: string,
    properties: readonly string[],
    make: (given: Properties, name: string) => Made,
  ): readonly Made[] {
    this.types.add(type);
    return this.resources
      .filter(([one]) => one === type)
      .map(([, name, given]) => {
        const other = Object.keys(given).find((property) => !properties.includes(property));
        if (other !== undefined) throw new Error(`${name}: the property ${other} of ${type} is not played`);
        return make(given, name);
      });
  }

  checkAll(): void {
    const other = this.resources.find(([type]) => !this.types.has(type));
    if (other !== undefined) throw new Error(`${other[1]}: ${other[0]} is not played`);
  }
}
