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

/** The name of what is acted on. */
export type ResourceName =
  /** One resource. */
  | { readonly arn: string }
  /** The action has no resource: its permissions are for `*`. */
  | { readonly everything: true }
  /** A resource that the caller may choose, of those that match a compiled pattern. */
  | { readonly any: string };

/** Whether a statement is about a resource. */
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
      // "… will not match any resource": of NotResource that can be read both ways.
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
 * @param context where policy variables get their values; undefined where they are text
 */
export function matchResource(
  pattern: string,
  name: ResourceName,
  source: Source,
  context: Context | undefined,
): Match | 'nothing' {
  if (/^\*+$/.test(pattern)) return YES;
  if ('everything' in name) {
    // Whether statements about repositories bind the registry's own actions is not documented for registry policies.
    return source === 'registry'
      ? unknown(`whether ${shortened(pattern)} in a registry policy is about actions that have no resource`)
      : NO;
  }
  if (context === undefined || !hasVariables(pattern)) return fixed(pattern, glob(pattern), name);
  const parts = partsOf(pattern);
  if (parts === undefined || parts.slice(0, 5).some(hasVariables)) {
    return unknown(`${shortened(pattern)} has a policy variable where none may be`);
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

/** The six parts of a pattern; one that ends early with a wildcard is completed with wildcards. */
function completed(pattern: string): readonly string[] | undefined {
  const parts = pattern.split(':');
  if (parts.length >= 6) return partsOf(pattern);
  return pattern.endsWith(ANYTHING)
    ? [...parts, ...Array<string>(6 - parts.length).fill(ANYTHING)]
    : undefined;
}

/**
 * "You can use wildcard characters (* and ?) within ARN segments", and an ARN that ends early with a wildcard is completed
 * with wildcards. A pattern that only matches where a wildcard takes in a colon is `unknown`.
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
  return unknown(`whether the wildcard of ${shortened(written)} stands for several parts of an ARN`);
}
