/** Policy variables (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html). */
import { shortened } from './document.ts';
import { ANYTHING, collapsed, glob, literal } from './glob.ts';
import type { Context } from './keys.ts';

/** The value of a text with variables. */
export type Substituted =
  | { readonly kind: 'fixed'; readonly pattern: string }
  /** The request decides a part of it or, with a `reason`, data that was not read. */
  | { readonly kind: 'open'; readonly pattern: string; readonly reason: string | undefined }
  /** A variable has no value, so nothing matches. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

export function hasVariables(text: string): boolean {
  return text.includes('${');
}

const VARIABLE = /\$\{([^}]*)(\}?)/g;
const DEFAULT = /^\s*'([^']*)'\s*$/;

/**
 * The key and the default value in a policy variable, such as `aws:username` or `aws:PrincipalTag/team, 'none'`.
 * Undefined for text of another form. Only a name after a slash, such as the key of a tag, can contain spaces.
 */
function keyAndDefault(inside: string): { readonly key: string; readonly byDefault?: string } | undefined {
  const comma = inside.indexOf(',');
  const key = (comma === -1 ? inside : inside.slice(0, comma)).trimEnd();
  const slash = key.indexOf('/', 1);
  const name = slash === -1 || slash === key.length - 1 ? key : key.slice(0, slash);
  if (key === '' || key.includes("'") || /\s/.test(name)) return undefined;
  if (comma === -1) return { key };
  const [, byDefault] = DEFAULT.exec(inside.slice(comma + 1)) ?? [];
  return byDefault === undefined ? undefined : { key, byDefault };
}

/**
 * Replaces the variables of a text.
 * @param wildcards whether `*` and `?` of the text are wildcards
 */
export function substitute(text: string, context: Context, wildcards: boolean): Substituted {
  const compile = wildcards ? glob : literal;
  let pattern = '';
  let end = 0;
  let open = false;
  let reason: string | undefined;
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, inside = '', closed] = match;
    pattern += compile(text.slice(end, match.index));
    end = match.index + whole.length;
    if (closed === '') return { kind: 'unreadable', reason: 'a policy variable is not closed' };
    // ${*}, ${?} and ${$} stand for the characters themselves.
    if (inside === '*' || inside === '?' || inside === '$') {
      pattern += literal(inside);
      continue;
    }
    const variable = keyAndDefault(inside);
    if (variable === undefined)
      return { kind: 'unreadable', reason: `\${${shortened(inside)}} is not a policy variable` };
    const { key, byDefault } = variable;
    const value = context.value(key);
    if (value.kind === 'open') {
      open = true;
      reason ??= value.reason;
      pattern += value.patterns.length === 1 && !value.mayBeAbsent ? value.patterns[0] : ANYTHING;
      continue;
    }
    if (value.values.length > 1) return { kind: 'unreadable', reason: `\${${key}} has several values` };
    const [given = byDefault] = value.values;
    if (given === undefined) return { kind: 'nothing' };
    if (wildcards && /[*?]/.test(given)) {
      return { kind: 'unreadable', reason: `the value of \${${key}} has a wildcard` };
    }
    pattern += literal(given);
  }
  pattern += compile(text.slice(end));
  pattern = collapsed(pattern);
  return open ? { kind: 'open', pattern, reason } : { kind: 'fixed', pattern };
}
