/** The settings of a registry, as ECR reports them. */
import {
  DescribePullThroughCacheRulesCommand,
  DescribeRegistryCommand,
  DescribeRepositoryCreationTemplatesCommand,
  GetAccountSettingCommand,
  GetRegistryPolicyCommand,
  GetRegistryScanningConfigurationCommand,
  GetSigningConfigurationCommand,
  ListPullTimeUpdateExclusionsCommand,
  ValidatePullThroughCacheRuleCommand,
} from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import {
  type CacheRule,
  type CreationTemplate,
  Fact,
  type RegistryFacts,
  type RegistryScanning,
  type ReplicationRule,
  type SigningRule,
} from '../facts.ts';
import type { Context } from './context.ts';
import { arn, byKey, expectAbout, optionalText, page, prefix, text, texts } from './shapes.ts';
import type { Promised } from './together.ts';

// The most items of one page (ECR service model).
const PAGE = 1000;
const EXCLUSIONS_PAGE = 100;

const region = v.pipe(v.string(), v.regex(/^[a-z]{2,}(?:-[a-z]+)+-\d+$/));
const account = v.pipe(v.string(), v.regex(/^\d{12}$/));
// What a filter of another kind selects is unknown, and no repository has a name with other characters.
const filter = v.pipe(v.string(), v.regex(/^[a-z0-9._/*-]+$/));
const Filter = v.object({ filter, filterType: v.literal('WILDCARD') });
const Prefix = v.object({ filter, filterType: v.literal('PREFIX_MATCH') });
const Scanning = v.object({
  registryId: optionalText,
  scanningConfiguration: v.object({
    scanType: text,
    rules: v.array(v.object({ scanFrequency: text, repositoryFilters: v.array(Filter) })),
  }),
});
const Policy = v.object({ registryId: optionalText, policyText: text });
const Setting = v.object({ name: optionalText, value: v.picklist(['V1', 'V2']) });
const Replication = v.object({
  registryId: optionalText,
  replicationConfiguration: v.object({
    rules: v.array(
      v.object({
        destinations: v.array(v.object({ region, registryId: account })),
        repositoryFilters: v.nullish(v.array(Prefix)),
      }),
    ),
  }),
});
const Signing = v.object({
  registryId: optionalText,
  signingConfiguration: v.object({
    rules: v.array(
      v.object({
        signingProfileArn: arn,
        repositoryFilters: v.nullish(v.array(v.object({ filter, filterType: v.literal('WILDCARD_MATCH') }))),
      }),
    ),
  }),
});
const Rules = v.object({
  pullThroughCacheRules: v.array(
    v.object({
      ecrRepositoryPrefix: prefix,
      upstreamRegistryUrl: text,
      registryId: optionalText,
      upstreamRegistry: optionalText,
      upstreamRepositoryPrefix: optionalText,
      credentialArn: optionalText,
      customRoleArn: optionalText,
    }),
  ),
  nextToken: v.nullish(v.string()),
});
const Validation = v.object({
  ecrRepositoryPrefix: optionalText,
  registryId: optionalText,
  isValid: v.boolean(),
  failure: v.nullish(v.string()),
});
const Templates = v.object({
  registryId: optionalText,
  repositoryCreationTemplates: v.array(
    v.object({
      prefix,
      appliedFor: texts,
      repositoryPolicy: optionalText,
      lifecyclePolicy: optionalText,
    }),
  ),
  nextToken: v.nullish(v.string()),
});
const Exclusions = v.object({ pullTimeUpdateExclusions: texts, nextToken: v.nullish(v.string()) });

type Settings = Pick<
  RegistryFacts,
  | 'scanning'
  | 'policy'
  | 'policyScope'
  | 'signing'
  | 'replication'
  | 'cacheRules'
  | 'templates'
  | 'pullTimeExclusions'
>;

/**
 * Reads the settings of a registry. Most of these calls have no account parameter: ECR returns the settings of the
 * caller's registry.
 */
export function registrySettings(context: Context, validateCache: boolean): Promised<Settings> {
  const { asker } = context;
  return {
    scanning: asker.fact(() => scanningOf(context)),
    policy: asker.fact(() => policyOf(context)),
    policyScope: asker.fact(() => policyScopeOf(context)),
    signing: asker.fact(() => signingOf(context)),
    replication: asker.fact(() => replicationOf(context)),
    cacheRules: asker.fact(() => cacheRulesOf(context, validateCache)),
    templates: asker.fact(() => templatesOf(context)),
    pullTimeExclusions: asker.fact(() => exclusionsOf(context)),
  };
}

function scanningOf(context: Context): Promise<RegistryScanning> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:GetRegistryScanningConfiguration';
  return asker.call(
    context.question(action),
    (abortSignal) => ecr.send(new GetRegistryScanningConfigurationCommand({}), { abortSignal }),
    (answer) => {
      const { registryId, scanningConfiguration } = checked(Scanning, answer, action);
      expectAbout(action, [[registryId, registry.account]]);
      return {
        scanType: scanningConfiguration.scanType,
        rules: scanningConfiguration.rules.map(({ scanFrequency, repositoryFilters }) => ({
          frequency: scanFrequency,
          filters: repositoryFilters.map(({ filter }) => filter),
        })),
      };
    },
  );
}

function policyOf(context: Context): Promise<string | undefined> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:GetRegistryPolicy';
  return asker.optional(
    context.question(action),
    ['RegistryPolicyNotFoundException'],
    (abortSignal) => ecr.send(new GetRegistryPolicyCommand({}), { abortSignal }),
    (answer) => {
      const { registryId, policyText } = checked(Policy, answer, action);
      expectAbout(action, [[registryId, registry.account]]);
      return policyText;
    },
  );
}

function policyScopeOf(context: Context): Promise<'V1' | 'V2'> {
  const { asker, ecr } = context;
  const action = 'ecr:GetAccountSetting';
  const name = 'REGISTRY_POLICY_SCOPE';
  return asker.call(
    context.question(action),
    (abortSignal) => ecr.send(new GetAccountSettingCommand({ name }), { abortSignal }),
    (answer) => {
      const setting = checked(Setting, answer, action);
      expectAbout(action, [[setting.name, name]]);
      return setting.value;
    },
  );
}

function signingOf(context: Context): Promise<readonly SigningRule[] | undefined> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:GetSigningConfiguration';
  return asker.optional(
    context.question(action),
    ['SigningConfigurationNotFoundException'],
    (abortSignal) => ecr.send(new GetSigningConfigurationCommand({}), { abortSignal }),
    (answer) => {
      const { registryId, signingConfiguration } = checked(Signing, answer, action);
      expectAbout(action, [[registryId, registry.account]]);
      return signingConfiguration.rules.map(({ signingProfileArn: profile, repositoryFilters }) => ({
        profile,
        filters: (repositoryFilters ?? []).map(({ filter }) => filter),
      }));
    },
  );
}

function replicationOf(context: Context): Promise<readonly ReplicationRule[]> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribeRegistry';
  return asker.call(
    context.question(action),
    (abortSignal) => ecr.send(new DescribeRegistryCommand({}), { abortSignal }),
    (answer) => {
      const { registryId, replicationConfiguration } = checked(Replication, answer, action);
      expectAbout(action, [[registryId, registry.account]]);
      return replicationConfiguration.rules.map(({ destinations, repositoryFilters }) => ({
        destinations: destinations.map(({ region, registryId: account }) => ({ region, account })),
        prefixes: (repositoryFilters ?? []).map(({ filter }) => filter),
      }));
    },
  );
}

async function cacheRulesOf(context: Context, validate: boolean): Promise<readonly CacheRule[]> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribePullThroughCacheRules';
  const rules = await asker.list(
    context.question(action),
    (nextToken, abortSignal) =>
      ecr.send(
        new DescribePullThroughCacheRulesCommand({
          registryId: registry.account,
          maxResults: PAGE,
          nextToken,
        }),
        { abortSignal },
      ),
    (answer) => {
      const { pullThroughCacheRules, nextToken } = checked(Rules, answer, action);
      for (const { registryId } of pullThroughCacheRules)
        expectAbout(action, [[registryId, registry.account]]);
      return page(pullThroughCacheRules, nextToken);
    },
  );
  byKey(action, rules, ({ ecrRepositoryPrefix }) => ecrRepositoryPrefix);
  return Promise.all(
    rules.map(
      async (rule): Promise<CacheRule> => ({
        prefix: rule.ecrRepositoryPrefix,
        upstream: rule.upstreamRegistry ?? undefined,
        upstreamUrl: rule.upstreamRegistryUrl,
        upstreamPrefix: rule.upstreamRepositoryPrefix ?? undefined,
        hasCredential: typeof rule.credentialArn === 'string',
        hasRole: typeof rule.customRoleArn === 'string',
        validation: validate
          ? await asker.fact(() => validationOf(context, rule.ecrRepositoryPrefix))
          : Fact.known(undefined),
      }),
    ),
  );
}

async function validationOf(
  context: Context,
  prefix: string,
): Promise<{ readonly isValid: boolean; readonly failure: string | undefined }> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:ValidatePullThroughCacheRule';
  const command = new ValidatePullThroughCacheRuleCommand({
    registryId: registry.account,
    ecrRepositoryPrefix: prefix,
  });
  return asker.call(
    context.question(action, prefix),
    (abortSignal) => ecr.send(command, { abortSignal }),
    (answer) => {
      const { registryId, ecrRepositoryPrefix, isValid, failure } = checked(Validation, answer, action);
      expectAbout(action, [
        [registryId, registry.account],
        [ecrRepositoryPrefix, prefix],
      ]);
      return { isValid, failure: failure || undefined };
    },
  );
}

async function templatesOf(context: Context): Promise<readonly CreationTemplate[]> {
  const { asker, ecr, registry } = context;
  const action = 'ecr:DescribeRepositoryCreationTemplates';
  const templates = await asker.list(
    context.question(action),
    (nextToken, abortSignal) =>
      ecr.send(new DescribeRepositoryCreationTemplatesCommand({ maxResults: PAGE, nextToken }), {
        abortSignal,
      }),
    (answer) => {
      const { registryId, repositoryCreationTemplates, nextToken } = checked(Templates, answer, action);
      expectAbout(action, [[registryId, registry.account]]);
      return page(repositoryCreationTemplates, nextToken);
    },
  );
  return [...byKey(action, templates, ({ prefix }) => prefix).values()].map((template) => ({
    prefix: template.prefix,
    appliedFor: template.appliedFor,
    policy: template.repositoryPolicy ?? undefined,
    lifecyclePolicy: template.lifecyclePolicy ?? undefined,
  }));
}

function exclusionsOf(context: Context): Promise<readonly string[]> {
  const { asker, ecr } = context;
  const action = 'ecr:ListPullTimeUpdateExclusions';
  return asker.names(
    context.question(action),
    (nextToken, abortSignal) =>
      ecr.send(new ListPullTimeUpdateExclusionsCommand({ maxResults: EXCLUSIONS_PAGE, nextToken }), {
        abortSignal,
      }),
    (answer) => {
      const { pullTimeUpdateExclusions, nextToken } = checked(Exclusions, answer, action);
      return page(pullTimeUpdateExclusions, nextToken);
    },
  );
}
