/** Whether tags can be moved to another image. */
import { repositoryCheck } from '../checkers.ts';
import type { Mutability } from '../facts.ts';
import { includes, intersects, matches } from '../lifecycle/patterns.ts';
import { productionTest } from '../lifecycle/production.ts';
import * as needs from '../needs.ts';
import { isOfCache } from '../pushed-to.ts';
import { aws, count, list, name, some } from '../words.ts';

/** Which tags can be moved to another image. */
type Movable = { readonly except: boolean; readonly filters: readonly string[] };

/**
 * With `IMMUTABLE_WITH_EXCLUSION`, the filters name the mutable tags; with `MUTABLE_WITH_EXCLUSION`, the immutable
 * tags. Undefined for an unknown setting.
 */
function movable({ setting, exclusions }: Mutability): Movable | undefined {
  switch (setting) {
    case 'MUTABLE':
      return { except: true, filters: [] };
    case 'IMMUTABLE':
      return { except: false, filters: [] };
    case 'MUTABLE_WITH_EXCLUSION':
      return { except: true, filters: exclusions };
    case 'IMMUTABLE_WITH_EXCLUSION':
      return { except: false, filters: exclusions };
    default:
      return undefined;
  }
}

function canMove({ except, filters }: Movable, tag: string): boolean {
  return filters.some((filter) => matches(filter, tag)) !== except;
}

/** Whether a tag that matches a pattern can be moved. */
function canMoveSome({ except, filters }: Movable, pattern: string): boolean {
  return except
    ? !filters.some((filter) => includes(filter, pattern))
    : filters.some((filter) => intersects(filter, pattern));
}

export const mutable = repositoryCheck({
  id: 'tags/mutable',
  title: 'Production tags cannot be moved.',
  severities: ['medium', 'low'],
  means:
    'Medium: an existing production tag can be moved, because the repository is MUTABLE or an exclusion filter makes the tag mutable. Low: the repository is MUTABLE and has no production tags today, or only the patterns of production tags and of the filters overlap. Repositories of pull-through caches are exempt, because AWS recommends MUTABLE for them.',
  why: 'Anyone who can push can move a tag to another image. A deployment by tag then runs another image than the one that was tested.',
  fix: 'Make tags immutable, and exclude tags that have to move, such as latest.',
  nearest:
    'Security Hub ECR.2 (AWS Config `ecr-private-tag-immutability-enabled`), Checkov CKV_AWS_51 and Trivy AVD-AWS-0031 know only IMMUTABLE. Prowler `ecr_repositories_tag_immutability` passes with any exclusion filter.',
  reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html',
  needs: {
    mutability: needs.mutability,
    images: needs.images,
    cacheRules: needs.cacheRules,
    policy: needs.repositoryPolicy,
  },
  judge(facts, about, report) {
    const { registry, repository, expected } = about;
    const { mutability } = facts;
    const can = movable(mutability);
    if (can === undefined) return report.unknown(`the tag mutability ${name(mutability.setting)} is unknown`);
    const patterns = expected.productionTags.filter((pattern) => canMoveSome(can, pattern));
    if (patterns.length === 0) return;
    if (isOfCache(about, facts, report)) return report.doesNotApply();
    if (report.unknowns.length > 0) return;
    const isProduction = productionTest(expected.productionTags);
    let tags: readonly string[] = [];
    report.attempt(() => {
      tags = facts.images.flatMap((image) => image.tags ?? []);
      if (facts.images.some((image) => image.tags === undefined)) report.unknown('the tags of some images');
    });
    const found = tags.filter((tag) => isProduction(tag) && canMove(can, tag));
    report.fail({
      ...(found.length > 0
        ? {
            what: `${count(found.length, 'production tag')} of ${repository.name} can be moved to another image: ${list(found)}.`,
          }
        : {
            severity: 'low',
            what: `Tags of ${repository.name} that match ${list(patterns)} could be moved to another image.`,
          }),
      toDo: 'Make production tags immutable.',
      evidence: {
        setting: mutability.setting,
        exclusions: some(mutability.exclusions),
        patterns,
        tags: some(found),
      },
      command: aws('ecr put-image-tag-mutability', {
        'repository-name': repository.name,
        ...settingFor(mutability, expected.productionTags, tags),
        region: registry.region,
      }),
      // Each new tag would be another thing, although it can be moved for the same reason.
      items: patterns,
    });
  },
});

/** Immutable, except for the filters that do not match production tags, and for latest if it is used. */
function settingFor(
  { setting, exclusions }: Mutability,
  production: readonly string[],
  tags: readonly string[],
) {
  const filters =
    setting === 'IMMUTABLE_WITH_EXCLUSION' ? exclusions : tags.includes('latest') ? ['latest'] : [];
  const kept = filters.filter((filter) => !production.some((pattern) => intersects(filter, pattern)));
  if (kept.length === 0) return { 'image-tag-mutability': 'IMMUTABLE' };
  return {
    'image-tag-mutability': 'IMMUTABLE_WITH_EXCLUSION',
    'image-tag-mutability-exclusion-filters': kept.map((filter) => `filterType=WILDCARD,filter=${filter}`),
  };
}
