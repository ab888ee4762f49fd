/** The audit policy: its schema, and the expectations for each repository. It is not the gate's policy. */
import * as v from 'valibot';
import {
  choice,
  DAY_MESSAGE,
  day,
  endOfDay,
  exampleAsWritten,
  flag,
  globText,
  text,
  version,
} from '../policy/fields.ts';
import { matchesAny, matchesGlob } from '../policy/globs.ts';
import { FIXED_FORMAT, failer, validate, vocabularyOf } from '../policy/schema.ts';
import { type Path, type SourceDocument, tooManyAt } from '../policy/source.ts';
import { parseYaml } from '../policy/yaml.ts';
import { SEVERITIES, type Severity } from './severity.ts';

export interface Expectations {
  /** The organization's id, which decides `aws:PrincipalOrgID`. */
  readonly organization: string | undefined;
  /** The names of known accounts. */
  readonly accounts: ReadonlyMap<string, string>;
  /** Globs over principals that have every ability, everywhere. */
  readonly administrators: readonly string[];
  /** The verdict of a run with unknown results of at least `fail-on`. */
  readonly unknown: 'warn' | 'block';
  readonly entries: readonly Entry[];
  readonly rules: readonly CheckRule[];
}

/** An entry of `repositories`; undefined for keys that it does not have. */
export interface Entry {
  readonly match: readonly string[];
  readonly accounts: readonly string[] | undefined;
  readonly productionTags: readonly string[] | undefined;
  readonly keep: number | undefined;
  readonly push: readonly string[] | undefined;
  readonly pull: readonly string[] | undefined;
  readonly administer: readonly string[] | undefined;
  readonly pullAccounts: readonly string[] | undefined;
  readonly signed: boolean | undefined;
  readonly customerKey: boolean | undefined;
}

/** What happens to the failed and unknown results of some checks. */
export interface CheckRule {
  /** Where it is: `audit.yml:12`. */
  readonly source: string;
  /** Glob over check ids. */
  readonly check: string;
  /** Glob over resources; undefined for all. */
  readonly resource: string | undefined;
  readonly action: 'ignore' | Severity;
  readonly reason: string;
  /** As written, `2027-06-30`; undefined for a rule that does not expire. */
  readonly expires: string | undefined;
  /** The first moment at which it no longer applies. */
  readonly end: Date | undefined;
}

/** The expectations for one repository. */
export interface RepositoryExpectations {
  /** Patterns of production tags, as in lifecycle rules: `*` stands for any characters. */
  readonly productionTags: readonly string[];
  /** How many of the newest production images must never be expired. */
  readonly keep: number;
  /** Globs over principals; undefined if there is no expectation. */
  readonly push: readonly string[] | undefined;
  readonly pull: readonly string[] | undefined;
  readonly administer: readonly string[] | undefined;
  /** Other accounts that may pull. */
  readonly pullAccounts: readonly string[];
  /** Whether images that run must have a signature. */
  readonly signed: boolean;
  /** Whether it has to be encrypted with a customer managed key. */
  readonly customerKey: boolean;
}

const PRODUCTION_TAGS = ['prod-*', 'release-*', 'v*'];
const KEEP = 10;

/** The expectations without an audit policy. */
export const NO_EXPECTATIONS: Expectations = {
  organization: undefined,
  accounts: new Map(),
  administrators: [],
  unknown: 'warn',
  entries: [],
  rules: [],
};

// Limits, because each entry and each rule is compared with each repository or result.
const MAX_ENTRIES = 500;
const MAX_RULES = 500;
const MAX_VALUES = 5_000;

const ACCOUNT_MESSAGE = 'expected the id of an account: 12 digits, in quotes';
const account = v.pipe(
  v.string(ACCOUNT_MESSAGE),
  v.regex(/^\d{12}$/, ACCOUNT_MESSAGE),
  v.metadata({ [FIXED_FORMAT]: true }),
);

const accountList = (description: string) =>
  v.pipe(
    v.array(account, 'expected a list of account ids'),
    v.description(description),
    v.examples([['123456789012']]),
  );

const principals = (description: string, example: string) =>
  v.pipe(
    v.union([globText, v.array(globText)], 'expected a glob over principals, or a list of globs'),
    v.description(description),
    v.examples([[example]]),
    v.transform((value) => (typeof value === 'string' ? [value] : [...new Set(value)])),
  );

const TAGS_MESSAGE =
  'expected a pattern of tags: letters, digits, ".", "_", "-", and at most four "*" for any characters';
const tagPattern = v.pipe(
  v.string(TAGS_MESSAGE),
  v.maxLength(256, 'expected a pattern of at most 256 characters'),
  v.regex(/^(?=[A-Za-z0-9_.*{}-]+$)[^*]*(?:\*[^*]*){0,4}$/, TAGS_MESSAGE),
);

const entry = v.strictObject({
  match: v.pipe(
    v.union(
      [globText, v.pipe(v.array(globText), v.nonEmpty('expected at least one glob'))],
      'expected a glob over repository names, or a list of globs',
    ),
    v.description(
      'Globs over repository names. {name} is one segment of the path, which the values of the entry can use.',
    ),
    exampleAsWritten<string | string[]>(['{team}/{app}']),
    v.transform((value) => (typeof value === 'string' ? [value] : value)),
  ),
  accounts: v.optional(accountList('Only in the registries of these accounts. Default: all accounts.')),
  'production-tags': v.optional(
    v.pipe(
      v.array(tagPattern, 'expected a list of patterns'),
      v.nonEmpty('expected at least one pattern'),
      v.description(`Patterns of production tags. Default: ${PRODUCTION_TAGS.join(', ')}.`),
      v.examples([PRODUCTION_TAGS]),
    ),
  ),
  keep: v.optional(
    v.pipe(
      v.number('expected a whole number, 1 or more'),
      v.safeInteger('expected a whole number, 1 or more'),
      v.minValue(1, 'expected a whole number, 1 or more'),
      v.description(`The number of newest production images that no rule may expire. Default: ${KEEP}.`),
      v.examples([KEEP]),
    ),
  ),
  push: v.optional(
    principals('Principals that may push and retag.', 'arn:aws:iam::123456789012:role/ci-{team}-{app}'),
  ),
  pull: v.optional(
    principals('Principals that may pull, in addition to those in push.', 'arn:aws:iam::*:role/*-task-exec'),
  ),
  administer: v.optional(
    principals(
      'Principals that may delete, and change policies and settings.',
      'arn:aws:iam::123456789012:role/platform-*',
    ),
  ),
  'pull-accounts': v.optional(accountList('Other accounts that may pull. Default: the keys of accounts.')),
  signed: v.optional(flag('true: images that run must have a signature.')),
  'customer-key': v.optional(flag('true: the repository must be encrypted with a customer managed key.')),
});

const rule = v.strictObject({
  check: v.pipe(globText, v.description('Glob over the ids of checks.'), v.examples(['tags/*'])),
  resource: v.optional(
    v.pipe(
      globText,
      v.description('Glob over resources. Default: all resources.'),
      v.examples(['**/sandbox/**']),
    ),
  ),
  action: choice(
    ['ignore', ...SEVERITIES],
    'Ignore the failed and unknown results, or give them this severity.',
    'ignore',
  ),
  reason: text('Why.', 'nothing is deployed from there'),
  expires: v.optional(day('The last day on which the rule applies, in UTC.', '2027-06-30')),
});

const ORGANIZATION_MESSAGE = 'expected the id of an organization, such as o-a1b2c3d4e5';

/** The schema of an audit policy. `npm run schema` generates the JSON Schema for editors from it. */
export const auditPolicySchema = v.pipe(
  v.strictObject({
    version,
    organization: v.optional(
      v.pipe(
        v.string(ORGANIZATION_MESSAGE),
        v.regex(/^o-[a-z0-9]{4,32}$/, ORGANIZATION_MESSAGE),
        v.metadata({ [FIXED_FORMAT]: true }),
        v.description(
          'The organization of the audited accounts. It decides conditions on aws:PrincipalOrgID.',
        ),
        v.examples(['o-a1b2c3d4e5']),
      ),
    ),
    accounts: v.optional(
      v.pipe(
        v.record(account, text('The name of the account.', 'production')),
        v.description('Known accounts, with their names.'),
        exampleAsWritten({ '987654321098': 'production' }),
      ),
    ),
    administrators: v.optional(
      principals(
        'Principals that may have every ability on every repository and registry.',
        'arn:aws:iam::*:role/break-glass',
      ),
    ),
    unknown: v.optional(
      choice(['warn', 'block'], 'The verdict of a run with unknown results of at least fail-on.', 'warn'),
    ),
    repositories: v.optional(
      v.pipe(
        v.array(entry, 'expected a list of entries'),
        v.description('In order. For each key, the first matching entry that has the key decides.'),
        exampleAsWritten([
          { match: ['{team}/{app}'], push: ['arn:aws:iam::123456789012:role/ci-{team}-{app}'] },
        ]),
      ),
    ),
    checks: v.optional(
      v.pipe(
        v.array(rule, 'expected a list of rules'),
        v.description('In order. The first rule that matches a result decides.'),
        exampleAsWritten([{ check: 'tags/*', action: 'ignore', reason: 'nothing is deployed from there' }]),
      ),
    ),
  }),
  v.title('ECR audit policy'),
  v.description(
    'The expectations for the repositories of registries, and the results of checks that do not count.',
  ),
);

type Written = v.InferOutput<typeof auditPolicySchema>;
type WrittenEntry = NonNullable<Written['repositories']>[number];

const WITH_PLACEHOLDERS = ['production-tags', 'push', 'pull', 'administer'] as const;

/**
 * Reads an audit policy.
 * @throws GateError `input` with file, line, column, the path in the document and an example
 */
export function parseAuditPolicy(bytes: Uint8Array, file: string): Expectations {
  const source = parseYaml(bytes, file, vocabularyOf(auditPolicySchema));
  const written = validate(auditPolicySchema, source);
  const { repositories = [], checks = [] } = written;
  checkSize(repositories, checks.length, source);
  for (const [index, one] of repositories.entries()) checkPlaceholders(one, index, source);
  return {
    organization: written.organization,
    accounts: new Map(Object.entries(written.accounts ?? {})),
    administrators: written.administrators ?? [],
    unknown: written.unknown ?? NO_EXPECTATIONS.unknown,
    entries: repositories.map((one) => ({
      match: one.match,
      accounts: one.accounts,
      productionTags: one['production-tags'],
      keep: one.keep,
      push: one.push,
      pull: one.pull,
      administer: one.administer,
      pullAccounts: one['pull-accounts'],
      signed: one.signed,
      customerKey: one['customer-key'],
    })),
    rules: checks.map((one, index) => toRule(one, index, source)),
  };
}

function checkSize(repositories: readonly WrittenEntry[], rules: number, source: SourceDocument): void {
  const atMost = (path: Path, most: number, what: string, got: number) => {
    if (got > most) throw tooManyAt(source, path, { most, what, got });
  };
  atMost(['repositories'], MAX_ENTRIES, 'entries', repositories.length);
  atMost(['checks'], MAX_RULES, 'rules', rules);
  const values = repositories.flatMap((one) => [
    one.match.length,
    ...WITH_PLACEHOLDERS.map((key) => one[key]?.length ?? 0),
  ]);
  const sum = values.reduce((all, count) => all + count, 0);
  atMost(['repositories'], MAX_VALUES, 'globs in all entries', sum);
}

/** Checks where a `{name}` may be, which no schema of a single value can express. */
function checkPlaceholders(one: WrittenEntry, index: number, source: SourceDocument): void {
  const fail = failer(auditPolicySchema, source);
  const matches = Array.isArray(one.match) ? one.match : [one.match];
  const named = matches.map((glob) => {
    const names = placeholdersIn(glob);
    const segments = glob.split('/');
    const whole = segments.filter((segment) => PLACEHOLDER.test(segment));
    if (names.length !== whole.length || new Set(names).size !== names.length) {
      const what = 'expected each {name} once, as a whole segment of the path';
      throw fail(['repositories', index, 'match'], what);
    }
    // Segments are compared one by one, so braces cannot contain a slash.
    if (names.length > 0 && segments.some((segment) => !hasWholeBraces(segment))) {
      throw fail(
        ['repositories', index, 'match'],
        'expected no slash within braces or brackets if the glob contains a {name}',
      );
    }
    return names;
  });
  for (const key of WITH_PLACEHOLDERS) {
    for (const value of one[key] ?? []) {
      for (const name of placeholdersIn(value)) {
        if (named.every((names) => names.includes(name))) continue;
        const what = `expected only a {name} that each glob of match has, got {${name}}`;
        throw fail(['repositories', index, key], what);
      }
      if (key === 'production-tags' && /[{}]/.test(value.replace(PLACEHOLDERS, ''))) {
        throw fail(['repositories', index, key], TAGS_MESSAGE);
      }
    }
  }
}

function hasWholeBraces(segment: string): boolean {
  const count = (character: string) => segment.split(character).length;
  return count('{') === count('}') && count('[') === count(']');
}

const PLACEHOLDER = /^\{([A-Za-z][A-Za-z0-9_-]*)\}$/;
const PLACEHOLDERS = /\{([A-Za-z][A-Za-z0-9_-]*)\}/g;

function placeholdersIn(text: string): readonly string[] {
  return [...text.matchAll(PLACEHOLDERS)].map(([, name = '']) => name);
}

function toRule(
  one: NonNullable<Written['checks']>[number],
  index: number,
  source: SourceDocument,
): CheckRule {
  const end = one.expires === undefined ? undefined : endOfDay(one.expires);
  if (one.expires !== undefined && end === undefined) {
    throw failer(auditPolicySchema, source)(
      ['checks', index, 'expires'],
      `${DAY_MESSAGE}, got ${one.expires}`,
    );
  }
  return {
    source: `${source.file}:${source.locate(['checks', index]).line}`,
    check: one.check,
    resource: one.resource,
    action: one.action,
    reason: one.reason,
    expires: one.expires,
    end,
  };
}

/** The expectations of a policy for a repository in the registry of an account. */
export function expectationsFor(
  { entries, accounts }: Expectations,
  repository: { readonly name: string; readonly account: string },
): RepositoryExpectations {
  const matching: { readonly entry: Entry; readonly segments: Segments }[] = [];
  for (const one of entries) {
    if (one.accounts !== undefined && !one.accounts.includes(repository.account)) continue;
    for (const glob of one.match) {
      const segments = segmentsOf(glob, repository.name);
      if (segments === undefined) continue;
      matching.push({ entry: one, segments });
      break;
    }
  }
  const first = <K extends keyof Entry>(key: K) => matching.find(({ entry }) => entry[key] !== undefined);
  const list = (key: 'productionTags' | 'push' | 'pull' | 'administer') => {
    const found = first(key);
    const values = found?.entry[key];
    if (found === undefined || values === undefined) return undefined;
    // All repositories share the same list if there is nothing to fill in.
    const own = values.map((value) => filled(value, found.segments));
    return own.every((value, at) => value === values[at]) ? values : own;
  };
  return {
    productionTags: list('productionTags') ?? PRODUCTION_TAGS,
    keep: first('keep')?.entry.keep ?? KEEP,
    push: list('push'),
    pull: list('pull'),
    administer: list('administer'),
    pullAccounts: first('pullAccounts')?.entry.pullAccounts ?? [...accounts.keys()],
    signed: first('signed')?.entry.signed ?? false,
    customerKey: first('customerKey')?.entry.customerKey ?? false,
  };
}

/** What each `{name}` of a glob stands for. */
type Segments = ReadonlyMap<string, string>;

const NO_SEGMENTS: Segments = new Map();

/**
 * The values of the placeholders of a glob for a name that it matches; undefined if it does not match. `**` matches as
 * few segments as possible.
 */
function segmentsOf(glob: string, name: string): Segments | undefined {
  const patterns = glob.split('/');
  if (!patterns.some((pattern) => PLACEHOLDER.test(pattern))) {
    return matchesGlob(glob, name) ? NO_SEGMENTS : undefined;
  }
  const parts = name.split('/');
  // Keyed by the number of patterns and parts that are left, so that a failed combination is not tried again.
  const failed = new Set<number>();
  const walk = (at: number, from: number): Segments | undefined => {
    const key = at * (parts.length + 1) + from;
    if (failed.has(key)) return undefined;
    const found = step(at, from);
    if (found === undefined) failed.add(key);
    return found;
  };
  const step = (at: number, from: number): Segments | undefined => {
    const pattern = patterns[at];
    const part = parts[from];
    if (pattern === undefined) return part === undefined ? NO_SEGMENTS : undefined;
    if (pattern === '**') return walk(at + 1, from) ?? (part === undefined ? undefined : walk(at, from + 1));
    if (part === undefined) return undefined;
    const placeholder = PLACEHOLDER.exec(pattern)?.[1];
    if (placeholder === undefined && !matchesGlob(pattern, part)) return undefined;
    const rest = walk(at + 1, from + 1);
    return rest === undefined || placeholder === undefined ? rest : new Map([...rest, [placeholder, part]]);
  };
  return walk(0, 0);
}

/** A value with its placeholders filled in. Characters that a name should not have are not read as parts of a glob. */
function filled(value: string, segments: Segments): string {
  return value.replace(PLACEHOLDERS, (whole, name: string) =>
    (segments.get(name) ?? whole).replace(/[^A-Za-z0-9._-]/g, '\uffff'),
  );
}

/** Whether a principal matches lists of globs. */
export function isExpected(principal: string, ...globs: readonly (readonly string[] | undefined)[]): boolean {
  return globs.some((list) => {
    if (list === undefined) return false;
    const { literals, patterns, found } = sorted(list);
    if (literals.has(principal)) return true;
    if (patterns.length === 0) return false;
    let matches = found.get(principal);
    if (matches === undefined) {
      matches = matchesAny(patterns, principal);
      found.set(principal, matches);
    }
    return matches;
  });
}

interface Sorted {
  readonly literals: ReadonlySet<string>;
  readonly patterns: readonly string[];
  /** Which principals a pattern matches; filled on request. */
  readonly found: Map<string, boolean>;
}

const lists = new WeakMap<readonly string[], Sorted>();

/** Most globs over principals have no wildcard and can be looked up, which takes less time. */
function sorted(list: readonly string[]): Sorted {
  let found = lists.get(list);
  if (found === undefined) {
    const isPattern = (glob: string) => /[*?[{]/.test(glob);
    found = {
      literals: new Set(list.filter((glob) => !isPattern(glob))),
      patterns: list.filter(isPattern),
      found: new Map(),
    };
    lists.set(list, found);
  }
  return found;
}
