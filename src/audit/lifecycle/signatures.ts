/**
 * What lifecycle rules do to signatures, attestations and SBOMs that cosign stores under legacy tags
 * (`sha256-….sig`). For ECR they are ordinary tagged images.
 */
import type { Evaluation, Fate } from './evaluate.ts';
import { type ImageFacts, legacySubject } from './images.ts';
import type { Rule } from './policy.ts';

/** A signature, attestation or SBOM under a legacy tag, and the effect of rules on it. */
export interface LegacySignature {
  readonly image: ImageFacts;
  readonly tag: string;
  /** The digest that it refers to. */
  readonly subject: string;
  /** Whether that image is still in the repository. */
  readonly subjectIsThere: boolean;
  /** Count rules that count it as an image. */
  readonly countedBy: readonly Rule[];
  /** Rules that expire or archive it, or may do so, now or later. */
  readonly takenBy: readonly Rule[];
  /**
   * Whether its subject is deleted already, or no later than the artifact itself, so that its deletion does no harm;
   * undefined if that is unknown.
   */
  readonly outlivesSubject: boolean | undefined;
}

/** Every signature, attestation and SBOM under a legacy tag, including those that no rule affects. */
export function legacySignatures({ images, fates, rules }: Evaluation): readonly LegacySignature[] {
  const signatures = images.flatMap((image) => {
    const tag = image.tags?.find((candidate) => legacySubject(candidate) !== undefined);
    const subject = tag === undefined ? undefined : legacySubject(tag);
    return tag === undefined || subject === undefined ? [] : [{ image, tag, subject }];
  });
  const digests = new Set(images.map(({ digest }) => digest));
  const counts = new Map<string, Rule[]>();
  for (const { image } of signatures) counts.set(image.digest, []);
  for (const { rule, identified, perhapsIdentified } of rules) {
    if (rule.criterion?.type !== 'imageCountMoreThan') continue;
    for (const { digest } of [...identified, ...perhapsIdentified]) counts.get(digest)?.push(rule);
  }
  return signatures.map(({ image, tag, subject }) => {
    const fate = fates.get(image.digest);
    const subjectIsThere = digests.has(subject);
    return {
      image,
      tag,
      subject,
      subjectIsThere,
      countedBy: counts.get(image.digest) ?? [],
      takenBy: fate === undefined ? [] : rulesOf(fate),
      outlivesSubject: subjectIsThere ? goesFirst(fates.get(subject), fate) : true,
    };
  });
}

function rulesOf(fate: Fate): readonly Rule[] {
  if (fate.is === 'uncertain') return [...new Set(fate.may.map(({ rule }) => rule))];
  if (fate.is === 'acted-on') return [fate.rule];
  return fate.why === 'age' || fate.why === 'count' ? [fate.rule] : [];
}

/** Whether one image is deleted no later than another one. */
function goesFirst(one: Fate | undefined, other: Fate | undefined): boolean | undefined {
  if (one === undefined || other === undefined) return undefined;
  if (one.is === 'uncertain' || other.is === 'uncertain') return undefined;
  if (one.is === 'acted-on') return true;
  if (other.is === 'acted-on') return false;
  if (other.why === 'count') {
    // With the same count, the older one is deleted first.
    if (one.why !== 'count' || one.rule !== other.rule) return false;
    return one.rank.least > other.rank.most ? true : undefined;
  }
  if (other.why !== 'age') return true;
  return one.why === 'age' && one.after <= other.after;
}
