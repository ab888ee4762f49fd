/** Images that run: whether they are scanned, can be pulled again, and are signed. */
import { repositoryCheck } from '../checkers.ts';
import type { Image, SigningRule } from '../facts.ts';
import { ImageSet } from '../images.ts';
import { legacySubject } from '../lifecycle/images.ts';
import { includes } from '../lifecycle/patterns.ts';
import { isRunning, knownUses, runningOf } from '../lifecycles.ts';
import * as needs from '../needs.ts';
import { problemOf, type Top, unscanned } from '../scans.ts';
import { lack, type PlacedUse, type Running } from '../uses.ts';
import { aws, count, list, name, short, some } from '../words.ts';

function evidenceOf({ digest, by, clusters }: Running) {
  return { digest, by: some(by), clusters: some(clusters) };
}

export const current = repositoryCheck({
  id: 'runtime/current',
  title: 'Images that run have a current scan.',
  severities: ['high'],
  means:
    'An image that ECS tasks or Lambda functions run, or that Inspector reports as in use, has no current scan (as in `scanning/current`). All platforms of an index count, unless the task names one.',
  why: 'Attackers can exploit vulnerabilities of images that run. An old image that is no longer scanned shows no findings, however many vulnerabilities it has.',
  fix: 'Deploy an image that is scanned, or push this image again.',
  nearest: 'none',
  reference: 'https://docs.aws.amazon.com/inspector/latest/user/scanning-ecr.html',
  needs: {
    images: needs.scannedImages,
    uses: needs.uses,
    coverage: needs.coverage,
    scanning: needs.scanning,
  },
  judge(facts, about, report) {
    const set = new ImageSet(facts.images);
    const running = runningOf(set, facts, report, isRunning);
    if (running.all.length === 0) return report.doesNotApply();
    const tops: Top[] = [];
    const gone: Running[] = [];
    for (const one of running.all) {
      if (one.image === undefined) gone.push(one);
      else tops.push({ image: one.image, as: one.by, architectures: one.architectures });
    }
    let isBasic = false;
    report.attempt(() => {
      isBasic = facts.scanning.scanType === 'BASIC';
    });
    if (gone.length > 0) {
      report.fail({
        what: `${count(gone.length, 'image')} of ${name(about.repository.name)} that ${gone.length === 1 ? 'runs is' : 'run are'} no longer in the repository, so nothing scans ${gone.length === 1 ? 'it' : 'them'}: ${list(gone.map(({ digest }) => short(digest)))}.`,
        toDo: 'Deploy an existing image.',
        evidence: { running: some(gone).map(evidenceOf) },
        items: gone.map(({ digest }) => digest),
      });
    }
    const bad = unscanned(tops, set, report);
    if (bad.length === 0) return;
    const digests = new Set(bad.map(({ image }) => image.digest));
    const runs = running.all.filter(
      ({ digest, image }) =>
        digests.has(digest) || image?.entries?.some((entry) => digests.has(entry.digest)),
    );
    report.fail(problemOf(bad, about, isBasic, { running: some(runs).map(evidenceOf) }));
  },
});

export const gone = repositoryCheck({
  id: 'runtime/gone',
  title: 'Services and functions can pull their images again.',
  severities: ['high'],
  means:
    'An ECS service (even one with a desired count of 0) or a Lambda function refers to a digest or tag that is missing or archived. Each published version of a function counts, because it can be invoked by its number.',
  why: 'When a task is replaced, its image cannot be pulled, and the service does not start again.',
  fix: 'Deploy an existing image, push the image again, or restore it from the archive. Delete versions of functions that nothing invokes.',
  nearest: 'none',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cannot-pull-image.html',
  needs: { images: needs.images, uses: needs.uses },
  judge(facts, { registry, repository }, report) {
    const uses = knownUses(facts.uses, report).filter(({ kind }) => kind !== 'ecs-task');
    if (uses.length === 0) return report.doesNotApply();
    const set = new ImageSet(facts.images);
    const found: {
      readonly use: PlacedUse;
      readonly reference: string;
      readonly why: 'missing' | 'archived';
    }[] = [];
    for (const use of uses) {
      for (const { reference, image } of referencesOf(use, set)) {
        const why = lack(image);
        const mayBeThere = why === 'missing' && !reference.startsWith('sha256:') && set.hasUnknownTags();
        if (why === 'unknown' || mayBeThere) {
          report.unknown(`whether ${name(reference)}, to which ${name(use.by)} refers, can be pulled`);
        } else if (why !== undefined) found.push({ use, reference, why });
      }
    }
    if (found.length === 0) return;
    const archived = found.find(({ why }) => why === 'archived');
    report.fail({
      what: `${count(found.length, 'reference')} of services and functions to ${name(repository.name)} ${found.length === 1 ? 'leads' : 'lead'} to an image that is missing or archived: ${list(found.map(({ use, reference, why }) => `${use.by} to ${reference} (${why})`))}.`,
      toDo:
        archived === undefined
          ? 'Deploy an existing image, or push this one again.'
          : 'Restore the image, or deploy an existing one.',
      evidence: {
        references: some(found).map(({ use, reference, why }) => ({
          by: use.by,
          cluster: use.cluster ?? null,
          image: use.image,
          reference,
          why,
        })),
      },
      command:
        archived === undefined
          ? aws('ecr describe-images', { 'repository-name': repository.name, region: registry.region })
          : aws('ecr update-image-storage-class', {
              'repository-name': repository.name,
              'image-id': archived.reference.startsWith('sha256:')
                ? `imageDigest=${archived.reference}`
                : `imageTag=${archived.reference}`,
              'target-storage-class': 'STANDARD',
              region: registry.region,
            }),
      items: found.map(({ use }) => use.by),
    });
  },
});

/**
 * What a service or function refers to. Lambda continues to use the digest that it resolved, and so does a service that
 * keeps its version. A new deployment of the service resolves the tag again.
 */
function referencesOf(
  { kind, tag, pinned, digest }: PlacedUse,
  set: ImageSet,
): readonly { readonly reference: string; readonly image: Image | undefined }[] {
  const found: { readonly reference: string; readonly image: Image | undefined }[] = [];
  const digests = new Set([digest, pinned].filter((one) => one !== undefined));
  for (const reference of digests) found.push({ reference, image: set.of(reference) });
  if (tag !== undefined && (kind === 'ecs-service' || found.length === 0)) {
    found.push({ reference: tag, image: set.tagged(tag) });
  }
  return found;
}

/** Artifact types of signatures that refer to an image. */
const SIGNATURES = [
  'application/vnd.dev.sigstore.bundle',
  'application/vnd.cncf.notary.signature',
  'application/vnd.dev.cosign.artifact.sig',
];

export const signed = repositoryCheck({
  id: 'runtime/signed',
  title: 'Images that run are signed.',
  severities: ['medium'],
  means:
    'The audit policy expects signatures (`signed`), and an image that runs has none: neither the image nor its index has a Sigstore bundle, a legacy tag or a Notation referrer. The check looks only for the presence of a signature; the verify action checks whether it is valid.',
  why: 'An image without a signature did not pass the gate, or its signature was deleted.',
  fix: "Deploy an image that passed the gate. If ECR's managed signing covers the repository, check the signing status of the image.",
  nearest: 'none',
  reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-signing.html',
  needs: {
    images: needs.images,
    uses: needs.uses,
    coverage: needs.coverage,
    signing: needs.signing,
  },
  applies: ({ expected }) => expected.signed,
  judge(facts, { registry, repository }, report) {
    const set = new ImageSet(facts.images);
    const running = runningOf(set, facts, report, isRunning);
    if (running.all.length === 0) return report.doesNotApply();
    const subjects = new Set<string>();
    const doubtful = new Set<string>();
    let isUnclear = set.hasUnknownTags();
    for (const image of facts.images) {
      for (const tag of image.tags ?? []) {
        const subject = tag.endsWith('.sig') ? legacySubject(tag) : undefined;
        if (subject !== undefined) subjects.add(subject);
      }
      if (image.subject === undefined) isUnclear = true;
      if (typeof image.subject !== 'string') continue;
      if (image.artifactType === undefined) doubtful.add(image.subject);
      else if (SIGNATURES.some((type) => image.artifactType?.startsWith(type))) subjects.add(image.subject);
    }
    const bad: Running[] = [];
    for (const one of running.all) {
      const digests = [...set.indexes.withIndexesOf([one.digest])];
      if (digests.some((digest) => subjects.has(digest))) continue;
      const unsure = isUnclear || digests.some((digest) => doubtful.has(digest)) || mayHaveIndex(one, set);
      if (unsure) report.unknown(`whether ${short(one.digest)}, which runs, is signed`);
      else bad.push(one);
    }
    if (bad.length === 0) return;
    let profiles: readonly string[] = [];
    report.attempt(() => {
      profiles = signedBy(facts.signing ?? [], repository.name);
    });
    const image = { 'repository-name': repository.name, region: registry.region };
    const [first] = bad;
    const id = `imageDigest=${first?.digest ?? ''}`;
    report.fail({
      what: `${count(bad.length, 'image')} of ${name(repository.name)} that ${bad.length === 1 ? 'runs has' : 'run have'} no signature: ${list(bad.map((one) => one.image?.tags?.[0] ?? short(one.digest)))}.`,
      toDo:
        profiles.length === 0
          ? 'Deploy an image that passed the gate.'
          : "ECR's managed signing now covers the repository. Check the signing status of the image: it may have been pushed before managed signing was set up, or signing it failed.",
      evidence: { running: some(bad).map(evidenceOf), managedSigning: some(profiles) },
      command:
        profiles.length === 0
          ? aws('ecr list-image-referrers', { ...image, 'subject-id': id })
          : aws('ecr describe-image-signing-status', { ...image, 'image-id': id }),
      items: bad.map(({ digest }) => digest),
    });
  },
});

/**
 * Signing profiles of the rules that cover a repository. AWS does not document what a filter without a wildcard matches
 * besides the name itself, so such a rule does not count.
 */
function signedBy(rules: readonly SigningRule[], repository: string): readonly string[] {
  return rules
    .filter(({ filters }) => filters.length === 0 || filters.some((filter) => includes(filter, repository)))
    .map(({ profile }) => profile);
}

/** Whether an index whose entries were not read may list an image. */
function mayHaveIndex({ digest, image }: Running, { images }: ImageSet): boolean {
  return (
    image !== undefined &&
    images.some((one) => one.digest !== digest && one.isIndex !== false && one.children === undefined)
  );
}
