/**
 * Whether a changed answer of AWS is well-formed and says something else: that an item is not there, that a name or a
 * time is another one, or that a policy is another one. No reader of the answer alone could tell. Null, other types,
 * unknown words, missing members, malformed documents and pages without their successors are never believable.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Json } from './mutate.ts';
import type { Sent } from './search.ts';

interface Change {
  readonly path: readonly string[];
  readonly was: Json | undefined;
  readonly is: Json | undefined;
}

/** Whether any of the changes may be the reason for a better result. */
export function saysSomethingElse(sent: readonly Sent[]): boolean {
  return sent.some(({ where, was, is }) => {
    const changes = changesIn(was, is);
    const isTold = (change: Change) =>
      isWellFormed(change) || (where.startsWith('iam:') && isEmptyInXml(change));
    return saysThatNothingIsThere(where, is) || (changes.length > 0 && changes.every(isTold));
  });
}

/** The errors by which AWS says that there is none. */
const ABSENT: Readonly<Record<string, readonly string[]>> = {
  'ecr:GetRepositoryPolicy': ['RepositoryPolicyNotFoundException'],
  'ecr:GetLifecyclePolicy': ['LifecyclePolicyNotFoundException'],
  'ecr:GetRegistryPolicy': ['RegistryPolicyNotFoundException'],
  'ecr:GetSigningConfiguration': ['SigningConfigurationNotFoundException'],
  'ecr:DescribeImageScanFindings': ['ScanNotFoundException'],
  'inspector2:GetDelegatedAdminAccount': ['ResourceNotFoundException'],
  'organizations:DescribeOrganization': ['AWSOrganizationsNotInUseException'],
};

function saysThatNothingIsThere(where: string, is: Json): boolean {
  const { errorType } = Object(is) as { readonly errorType?: unknown };
  return ABSENT[where]?.includes(String(errorType)) ?? false;
}

function changesIn(was: Json | undefined, is: Json | undefined, path: readonly string[] = []): Change[] {
  if (isDeepStrictEqual(was, is)) return [];
  if (Array.isArray(was) && Array.isArray(is) && was.length === is.length) {
    return was.flatMap((item: Json, at) => changesIn(item, is[at] as Json, [...path, `${at}`]));
  }
  if (!isStructure(was) || !isStructure(is)) return [{ path, was, is }];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.flatMap((name) => changesIn(was[name], is[name], [...path, name]));
}

/** Members of policy documents that may be left out. */
const LEFT_OUT_OF_POLICIES = /^(?:Sid|Id|Condition|description)$/;
/** Members of policy documents that are one of a few words. */
const WORDS_OF_POLICIES = /^(?:Effect|Version|tagStatus|countType|countUnit|type|storageClass)$/;
/** Members of answers that are one of a few words; others are known by their capitals. */
const WORDS = /^(?:KeyState|KeyManager|PackageType|upstreamRegistry|architecture|status|mediaType)$/;
const NUMBERS_OF_ACCOUNTS = /^(?:registryId|accountId|Account|MasterAccountId|inspectorAccount)$/i;
/** Task definitions need no roles, and images that have no tags have no list of them. */
const OPTIONAL = /^(?:taskRoleArn|executionRoleArn|imageTags)$/;
/** Tags of images, by the rule of the OCI distribution specification. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const IMAGES = /^(?:ImageUri|ResolvedImageUri)$/;

function isWellFormed(change: Change): boolean {
  const { path, was, is } = change;
  const inDocument = path.some((part) => part === 'json' || part === 'encoded');
  // The digest of a manifest is known.
  if (path.includes('imageManifest') || path[0] !== 'body') return false;
  const isLeftOut = is === undefined || is === null;
  if (Array.isArray(was) && !isLeftOut) return isShorter(was, is);
  if (isLeftOut) {
    return inDocument ? is === undefined && isOptionalIn(path) : OPTIONAL.test(path.at(-1) ?? '');
  }
  if (typeof was === 'boolean') return is === !was && !inDocument;
  if (typeof was === 'number') {
    return (
      typeof is === 'number' && is >= (inDocument ? 1 : 0) && is < 2 ** 53 && (!inDocument || is % 1 === 0)
    );
  }
  if (typeof was !== 'string' || typeof is !== 'string') return false;
  return inDocument ? isOtherText(path, is) : isOtherName(path.findLast(isMember) ?? '', was, is);
}

/**
 * Whether the answer has an empty list as XML: one without `member` elements, whatever else is in it, which the SDK does
 * not hand on. IAM leaves out the inline policies of a user who has none.
 */
function isEmptyInXml({ path, was, is }: Change): boolean {
  if (!Array.isArray(was) || path.includes('encoded') || Array.isArray(is)) return false;
  return is === undefined || is === null
    ? path.at(-1) === 'UserPolicyList'
    : !isStructure(is) || Object.keys(is).length === 0;
}

function isMember(part: string): boolean {
  return !/^\d+$/.test(part);
}

function isOptionalIn(path: readonly string[]): boolean {
  return LEFT_OUT_OF_POLICIES.test(path.at(-1) ?? '') || path.slice(0, -1).includes('Condition');
}

function isOtherText(path: readonly string[], is: string): boolean {
  const canBeEmpty = path.includes('Condition');
  return (canBeEmpty || is.trim() !== '') && !WORDS_OF_POLICIES.test(path.findLast(isMember) ?? '');
}

/** Some of the items, in whatever order. */
function isShorter(was: readonly Json[], is: Json | undefined): boolean {
  return (
    Array.isArray(is) &&
    is.length < was.length &&
    is.every((item: Json) => was.some((one) => isDeepStrictEqual(one, item)))
  );
}

function isOtherName(name: string, was: string, is: string): boolean {
  if (/^[A-Z][A-Z0-9_]*$/.test(was) || WORDS.test(name) || NUMBERS_OF_ACCOUNTS.test(name)) return false;
  if (name === 'imageTags') return TAG.test(is);
  // The tag of a resource has any text as its value.
  if (name === 'Value') return true;
  if (was.startsWith('sha256:')) return /^sha256:[0-9a-f]{64}$/.test(is);
  if (was.startsWith('arn:')) return /^arn:aws[\w-]*:[\w-]+:[\w-]*:(?:\d{12}|aws)?:[^\s]+$/.test(is);
  // ECS takes any text; what is no reference cannot be pulled from anywhere.
  if (name === 'image') return is !== '';
  if (IMAGES.test(name)) return /^[a-z0-9.-]+\/[a-z0-9/._-]+(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.test(is);
  return /^[\w+=,.@/-]+$/.test(is) && is !== '__proto__';
}

function isStructure(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
