/** Functions that create checks of registries, repositories and other resources. */
import { checkFor } from './check.ts';
import type { CacheRuleCase, PrincipalCase, RegistryCase, RepositoryCase, TemplateCase } from './world.ts';

export const registryCheck = checkFor<RegistryCase>('registry');
export const repositoryCheck = checkFor<RepositoryCase>('repository');
export const cacheRuleCheck = checkFor<CacheRuleCase>('cache-rule');
export const templateCheck = checkFor<TemplateCase>('template');
export const roleCheck = checkFor<PrincipalCase>('role');
export const principalCheck = checkFor<PrincipalCase>('role', 'user');
