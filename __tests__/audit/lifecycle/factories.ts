/** Images, rules and policies for the tests of lifecycle policies. */
import {
  type Circumstances,
  type Evaluation,
  evaluate,
  type Fate,
} from '../../../src/audit/lifecycle/evaluate.ts';
import type { ImageFacts } from '../../../src/audit/lifecycle/images.ts';
import { type Policy, readPolicy } from '../../../src/audit/lifecycle/policy.ts';

export const NOW = new Date('2026-11-25T12:00:00Z');
const DAY_MS = 86_400_000;

export function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

/** An ordinary image, pushed a number of days ago and never pulled, restored or archived. */
export function image(
  digest: string,
  tags: readonly string[],
  pushed: number,
  changes: Partial<ImageFacts> = {},
): ImageFacts {
  return {
    digest,
    tags,
    pushedAt: daysAgo(pushed),
    lastPulledAt: null,
    lastActivatedAt: null,
    archivedAt: null,
    storageClass: 'standard',
    isIndex: false,
    children: [],
    subject: null,
    ...changes,
  };
}

interface RuleText {
  readonly rulePriority?: unknown;
  readonly selection: object;
  readonly action?: object;
}

/** A policy's text; rules get their place as priority and expire images, unless they say something else. */
export function text(...rules: RuleText[]): string {
  return JSON.stringify({
    rules: rules.map((rule, at) => ({ rulePriority: at + 1, action: { type: 'expire' }, ...rule })),
  });
}

export function policy(...rules: RuleText[]): Policy {
  return read(text(...rules));
}

export function read(json: string): Policy {
  const reading = readPolicy(json);
  if ('unknown' in reading) throw new Error(reading.unknown);
  return reading.policy;
}

export const ARCHIVE = { type: 'transition', targetStorageClass: 'archive' };

export const count = (countNumber: number) => ({ countType: 'imageCountMoreThan', countNumber });
export const pushed = (countNumber: number) => ({
  countType: 'sinceImagePushed',
  countUnit: 'days',
  countNumber,
});
export const pulled = (countNumber: number) => ({
  countType: 'sinceImagePulled',
  countUnit: 'days',
  countNumber,
});
export const archived = (countNumber: number) => ({
  storageClass: 'archive',
  countType: 'sinceImageTransitioned',
  countUnit: 'days',
  countNumber,
});
export const tagged = (...tagPatternList: string[]) => ({ tagStatus: 'tagged', tagPatternList });
export const prefixed = (...tagPrefixList: string[]) => ({ tagStatus: 'tagged', tagPrefixList });
export const untagged = { tagStatus: 'untagged' };
export const any = { tagStatus: 'any' };

export function evaluated(
  rules: Policy,
  images: readonly ImageFacts[],
  circumstances: Partial<Circumstances> = {},
): Evaluation {
  return evaluate(rules, images, { now: NOW, pullTimeExclusions: [], ...circumstances });
}

/** Each image's fate in a few words: `expire by 1`, `kept: count of 2`, `uncertain`. */
export function fates(evaluation: Evaluation): Record<string, string> {
  return Object.fromEntries([...evaluation.fates].map(([digest, fate]) => [digest, inWords(fate)]));
}

export function inWords(fate: Fate): string {
  if (fate.is === 'uncertain') return 'uncertain';
  if (fate.is === 'acted-on') {
    return `${fate.action} by ${fate.rule.priority}${fate.subject === undefined ? '' : ` with ${fate.subject}`}`;
  }
  return fate.why === 'age' || fate.why === 'count'
    ? `kept: ${fate.why} of ${fate.rule.priority}`
    : `kept: ${fate.why}`;
}

/** The digests that a policy expires or archives now, in alphabetical order. */
export function taken(evaluation: Evaluation): string[] {
  return [...evaluation.fates]
    .filter(([, { is }]) => is === 'acted-on')
    .map(([digest]) => digest)
    .sort();
}
