/**
 * Resource and NotResource
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html).
 */
import type { Source } from './decide.ts';
import { type Resources, shortened } from './document.ts';
import { ANYTHING, covers, glob, intersect, isLiteral, matches } from './glob.ts';
import type { Context } from './keys.ts';
import { conditional, either, type Match, NO, not, unknown, YES } from './match.ts';
import { partsOf } from './operators.ts';
import { hasVariables, substitute } from './variables.ts';

/** The resource of a request. */
export type ResourceName =
  /** One resource. */
  | { readonly arn: string }
  /** The action has no resource: its permissions are for `*`. */
  | { readonly everything: true }
  /** Any resource that matches a compiled pattern; the caller chooses it. */
  | { readonly any: string };

/** Whether a statement applies to a resource. */
export function matchResources(
  resources: Resources | undefined,
  name: ResourceName,
  source: Source,
  variables: boolean,
  context: Context,
): Match {
  if (resources === undefined) return YES;
  let match = NO;
  for (const pattern of resources.patterns) {
    const one = matchResource(pattern, name, source, variables ? context : undefined);
    if (one === 'nothing') {
      // "… will not match any resource": for NotResource, this can be read in two ways.
      if (resources.except)
        match = either(match, unknown(`a policy variable of ${shortened(pattern)} has no value`));
      continue;
    }
    match = either(match, one);
    if (match.truth === 'yes') break;
  }
  return resources.except ? not(match) : match;
}

/**
 * Whether one value of a Resource element names a resource; `nothing` where a policy variable in it has no value.
 * @param context where policy variables get their values; undefined if they are text
 */
export function matchResource(
  pattern: string,
  name: ResourceName,
  source: Source,
  context: Context | undefined,
): Match | 'nothing' {
  if (/^\*+$/.test(pattern)) return YES;
  if ('everything' in name) {
    // For registry policies, it is not documented whether statements about repositories apply to actions on the
    // registry itself.
    return source === 'registry'
      ? unknown(`whether ${shortened(pattern)} in a registry policy applies to actions that have no resource`)
      : NO;
  }
  if (context === undefined || !hasVariables(pattern)) return fixed(pattern, glob(pattern), name);
  const parts = partsOf(pattern);
  if (parts === undefined || parts.slice(0, 5).some(hasVariables)) {
    return unknown(`${shortened(pattern)} has a policy variable where none is allowed`);
  }
  const substituted = substitute(pattern, context, true);
  if (substituted.kind === 'unreadable') return unknown(substituted.reason);
  if (substituted.kind === 'nothing') return 'nothing';
  const match = fixed(pattern, substituted.pattern, name);
  if (substituted.kind === 'fixed' || match.truth === 'no') return match;
  return substituted.reason === undefined
    ? conditional(`the resource ${shortened(pattern)}`)
    : unknown(substituted.reason);
}

function fixed(written: string, pattern: string, name: ResourceName): Match {
  if ('arn' in name) return matchArn(written, pattern, name.arn);
  if (!('any' in name)) return NO;
  const [patterns, names] = [completed(pattern), partsOf(name.any)];
  if (patterns === undefined || names === undefined) {
    return intersect(pattern, name.any) ? spans(written) : NO;
  }
  if (!patterns.every((part, index) => intersect(part, names[index] ?? ''))) return NO;
  return patterns.every((part, index) => covers(part, names[index] ?? ''))
    ? YES
    : conditional(`a resource like ${shortened(written)}`);
}

/** The six parts of a pattern. If it ends early with a wildcard, the remaining parts are wildcards. */
function completed(pattern: string): readonly string[] | undefined {
  const parts = pattern.split(':');
  if (parts.length >= 6) return partsOf(pattern);
  return pattern.endsWith(ANYTHING)
    ? [...parts, ...Array<string>(6 - parts.length).fill(ANYTHING)]
    : undefined;
}

/**
 * "You can use wildcard characters (* and ?) within ARN segments", and if an ARN ends early with a wildcard, its
 * remaining parts are wildcards. A pattern that matches only if a wildcard includes a colon is `unknown`.
 */
function matchArn(written: string, pattern: string, arn: string): Match {
  if (!matches(pattern, arn)) return NO;
  if (isLiteral(pattern)) return YES;
  const parts = partsOf(arn);
  if (parts === undefined) return YES;
  const patterns = completed(pattern);
  return patterns?.every((part, index) => matches(part, parts[index] ?? '')) ? YES : spans(written);
}

function spans(written: string): Match {
  return unknown(`whether the wildcard of ${shortened(written)} matches several parts of an ARN`);
}
