/** Pull-through caches: whether they work, whether the cached images are scanned, and which images they can fetch. */
import { cacheRuleCheck } from '../checkers.ts';
import type { CacheRule, CreationTemplate } from '../facts.ts';
import * as needs from '../needs.ts';
import { expectationsUnder, isUnder, namespaceOf, ROOT, whyPushedTo } from '../pushed-to.ts';
import { frequencyByRules, rulesWith } from '../scan-rules.ts';
import { aws, count, list, name, some } from '../words.ts';

const GUIDE = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide';

interface Upstream {
  readonly called: string;
  readonly needsCredential: boolean;
  /** Whether anyone can register names there. */
  readonly isOpen: boolean;
}

/** By the values of UpstreamRegistry. */
const UPSTREAMS: Readonly<Record<string, Upstream>> = {
  ecr: { called: 'Amazon ECR', needsCredential: false, isOpen: false },
  'ecr-public': { called: 'Amazon ECR Public', needsCredential: false, isOpen: true },
  quay: { called: 'Quay', needsCredential: false, isOpen: true },
  k8s: { called: 'the Kubernetes registry', needsCredential: false, isOpen: false },
  'docker-hub': { called: 'Docker Hub', needsCredential: true, isOpen: true },
  'github-container-registry': { called: 'GitHub', needsCredential: true, isOpen: true },
  'azure-container-registry': { called: 'Azure', needsCredential: true, isOpen: false },
  'gitlab-container-registry': { called: 'GitLab', needsCredential: true, isOpen: true },
  chainguard: { called: 'Chainguard', needsCredential: true, isOpen: false },
};

/** By the host, for rules that do not name the registry. */
const HOSTS: readonly (readonly [RegExp, string])[] = [
  [/^public\.ecr\.aws$/, 'ecr-public'],
  [/^quay\.io$/, 'quay'],
  [/^registry\.k8s\.io$/, 'k8s'],
  [/^registry-1\.docker\.io$/, 'docker-hub'],
  [/^ghcr\.io$/, 'github-container-registry'],
  [/\.azurecr\.io$/, 'azure-container-registry'],
  [/^registry\.gitlab\.com$/, 'gitlab-container-registry'],
  [/^cgr\.dev$/, 'chainguard'],
  [/^\d{12}\.dkr\.ecr\./, 'ecr'],
];

function upstreamOf({
  upstream,
  upstreamUrl,
}: CacheRule): (Upstream & { readonly word: string }) | undefined {
  const host = hostOf(upstreamUrl);
  const word = upstream ?? HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? '';
  const found = Object.hasOwn(UPSTREAMS, word) ? UPSTREAMS[word] : undefined;
  return found === undefined ? undefined : { ...found, word };
}

function hostOf(url: string): string {
  return (url.replace(/^https:\/\//, '').split('/', 1)[0] ?? '').toLowerCase();
}

function unknownUpstream({ upstream, upstreamUrl }: CacheRule): string {
  return `the upstream registry ${name(upstream ?? upstreamUrl)} is unknown`;
}

export const credentials = cacheRuleCheck({
  id: 'cache/credentials',
  title: 'The cache can authenticate to its upstream registry.',
  severities: ['medium'],
  means:
    'The upstream registry requires credentials (Docker Hub, GitHub, GitLab, Azure, Chainguard) and the rule has none; an ECR registry of another account requires a role and the rule has none; or, with `validate-cache`, ECR reports that the rule does not work.',
  why: 'Images that are not cached yet cannot be pulled, and cached images are no longer refreshed.',
  fix: 'Store the credentials in Secrets Manager, and name the secret in the rule.',
  nearest: 'none',
  reference: `${GUIDE}/pull-through-cache-creating-rule.html`,
  needs: { validation: needs.validation },
  judge(facts, { registry, rule }, report) {
    const upstream = upstreamOf(rule);
    const change = (option: string, value: string) =>
      aws('ecr update-pull-through-cache-rule', {
        'ecr-repository-prefix': rule.prefix,
        [option]: value,
        region: registry.region,
      });
    if (upstream === undefined) report.unknown(unknownUpstream(rule));
    else if (upstream.needsCredential && !rule.hasCredential) {
      report.fail({
        what: `The cache rule ${name(rule.prefix)} has no credentials for ${upstream.called}, which requires them.`,
        toDo: 'Store credentials in Secrets Manager, and name the secret in the rule.',
        evidence: { upstream: rule.upstreamUrl },
        command: change('credential-arn', 'SECRET-ARN'),
      });
    } else if (upstream.word === 'ecr' && !rule.hasRole) {
      const account = /^(\d{12})\.dkr\.ecr\./.exec(hostOf(rule.upstreamUrl))?.[1];
      if (account === undefined)
        report.unknown(`the account of the upstream ${name(rule.upstreamUrl)} is unknown`);
      else if (account !== registry.account) {
        report.fail({
          what: `The cache rule ${name(rule.prefix)} reads from the registry of ${account} and has no role for it.`,
          toDo: 'Name a role in the rule that can read from that registry.',
          evidence: { upstream: rule.upstreamUrl },
          command: change('custom-role-arn', 'ROLE-ARN'),
        });
      }
    }
    const { validation } = facts;
    if (validation?.isValid !== false) return;
    report.fail({
      what: `ECR reports that the cache rule ${name(rule.prefix)} does not work${validation.failure === undefined ? '' : `: ${name(validation.failure)}`}.`,
      toDo: 'Correct the problem that ECR names, and validate the rule again.',
      evidence: { failure: validation.failure ?? null },
      command: aws('ecr validate-pull-through-cache-rule', {
        'ecr-repository-prefix': rule.prefix,
        region: registry.region,
      }),
    });
  },
});

export const scanned = cacheRuleCheck({
  id: 'cache/scanned',
  title: 'Cached images are scanned.',
  severities: ['high'],
  means: 'No scanning rule covers `PREFIX/*`.',
  why: 'Images from other publishers are cached and deployed without a scan. A creation template cannot turn on scanning.',
  fix: 'Add the filter `PREFIX/*` to a scanning rule of the registry.',
  nearest: 'none',
  reference: `${GUIDE}/image-scanning-filters.html`,
  needs: { scanning: needs.scanning },
  judge({ scanning }, { registry, rule }, report) {
    const names = `${namespaceOf(rule)}*`;
    const frequency = frequencyByRules(scanning, names);
    if (frequency === undefined) return report.unknown('the scan frequency of a rule is unknown');
    if (frequency !== 'MANUAL') return;
    report.fail({
      what: `No scanning rule of the registry covers ${name(names)}, into which ${name(rule.upstreamUrl)} is cached.`,
      toDo: `Add the filter ${name(names)} to a scanning rule.`,
      evidence: { filter: names },
      command: aws('ecr put-registry-scanning-configuration', {
        'scan-type': scanning.scanType,
        rules: 'file://rules.json',
        region: registry.region,
      }),
      document: () =>
        rulesWith(scanning, scanning.scanType === 'ENHANCED' ? 'CONTINUOUS_SCAN' : 'SCAN_ON_PUSH', names),
    });
  },
});

export const openUpstream = cacheRuleCheck({
  id: 'cache/open-upstream',
  title: 'A missing name of your own is not fetched from a public registry.',
  severities: ['high'],
  means:
    'The prefix also contains repositories that you push to (`push` is expected, or the repository policy grants it), and anyone can register names in the upstream registry.',
  why: 'ECR fetches a name that does not exist here from the upstream registry. After a typing error, or after a repository was deleted, an image of someone else is pulled.',
  fix: 'Give the cache its own prefix, or an upstream prefix that you own.',
  nearest: 'none',
  reference: `${GUIDE}/pull-through-cache.html`,
  needs: { repositories: needs.repositories, names: needs.repositoryNames },
  judge(facts, { registry, rule }, report) {
    const upstream = upstreamOf(rule);
    if (upstream === undefined) return report.unknown(unknownUpstream(rule));
    const isOneNamespace = rule.upstreamPrefix !== undefined && rule.upstreamPrefix !== ROOT;
    if (!upstream.isOpen || isOneNamespace) return;
    const selected = facts.repositories.filter(({ repository }) => isUnder(rule, repository.name));
    const found: { readonly name: string; readonly why: string }[] = [];
    for (const about of selected) {
      report.attempt(() => {
        const { repository } = about;
        const why = whyPushedTo(
          about,
          {
            get policy() {
              return report.read(repository.policy);
            },
          },
          report,
        );
        if (why !== undefined) found.push({ name: repository.name, why });
      });
    }
    if (found.length === 0) {
      const names = new Set(selected.map(({ repository }) => repository.name));
      const others = facts.names.filter((one) => isUnder(rule, one) && !names.has(one));
      if (others.length > 0) {
        report.unknown(`whether principals push to ${list(others)}, which the input repositories excludes`);
      }
      return;
    }
    report.fail({
      what: `${count(found.length, 'repository', 'repositories')} under ${rule.prefix === ROOT ? 'the root of the registry' : name(rule.prefix)} ${found.length === 1 ? 'is' : 'are'} pushed to (${list(found.map((one) => one.name))}), and names that do not exist there are fetched from ${upstream.called}, where anyone may register them.`,
      toDo: 'Give the cache its own prefix.',
      evidence: { upstream: rule.upstreamUrl, repositories: some(found) },
      command: aws('ecr delete-pull-through-cache-rule', {
        'ecr-repository-prefix': rule.prefix,
        region: registry.region,
      }),
      items: found.map((one) => one.name),
    });
  },
});

export const template = cacheRuleCheck({
  id: 'cache/template',
  title: 'Cached images expire.',
  severities: ['low'],
  means: 'No creation template gives cached repositories a lifecycle policy.',
  why: 'Without a template, repositories that the cache creates have no lifecycle policy, and every image that was pulled once is kept.',
  fix: 'Create a template for the prefix with a lifecycle policy.',
  nearest: 'none',
  reference: `${GUIDE}/repository-creation-templates.html`,
  needs: { templates: needs.templates },
  judge({ templates }, { world, registry, rule }, report) {
    const found = templateFor(rule, templates);
    if (found?.lifecyclePolicy !== undefined) return;
    const isOwn = found !== undefined && namespaceOf(found) === namespaceOf(rule);
    report.fail({
      what:
        found === undefined
          ? `No creation template applies to images that are cached under ${name(rule.prefix)}, so all of them are kept.`
          : `The creation template ${name(found.prefix)}, which applies to images that are cached under ${name(rule.prefix)}, has no lifecycle policy.`,
      toDo: 'Give the template for the prefix a lifecycle policy.',
      evidence: { template: found?.prefix ?? null },
      command: aws(
        isOwn ? 'ecr update-repository-creation-template' : 'ecr create-repository-creation-template',
        {
          prefix: isOwn ? found.prefix : rule.prefix,
          ...(isOwn ? {} : { 'applied-for': 'PULL_THROUGH_CACHE' }),
          'lifecycle-policy': 'file://lifecycle.json',
          region: registry.region,
        },
      ),
      // Signatures can be untagged, and AWS does not document whether such a rule selects them.
      document: () => (expectationsUnder(world, registry, rule).signed ? undefined : REPLACED_IMAGES_EXPIRE),
    });
  },
});

/**
 * When the cache moves a tag, the previous image becomes untagged. A rule that also selects tagged images could expire
 * deployed images, which `template/lifecycle` reports.
 */
const REPLACED_IMAGES_EXPIRE = {
  rules: [
    {
      rulePriority: 1,
      description: 'Expire images that the cache replaced',
      selection: {
        tagStatus: 'untagged',
        countType: 'sinceImagePushed',
        countUnit: 'days',
        countNumber: 90,
      },
      action: { type: 'expire' },
    },
  ],
};

/** The template that ECR uses for repositories of a cache rule: the most specific one, or the default. */
function templateFor(rule: CacheRule, templates: readonly CreationTemplate[]): CreationTemplate | undefined {
  const applying = templates.filter(
    (one) => one.appliedFor.includes('PULL_THROUGH_CACHE') && namespaceOf(rule).startsWith(namespaceOf(one)),
  );
  return applying.toSorted((a, b) => namespaceOf(b).length - namespaceOf(a).length)[0];
}
