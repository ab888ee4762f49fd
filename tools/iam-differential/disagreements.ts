/**
 * Where the two evaluators differ, and why that is right. Each entry says how a case reads without what they differ about:
 * a disagreement is explained by it only if they agree on the case then.
 */
import type { Case, Json } from './cases.ts';

export interface Explanation {
  readonly about: string;
  readonly why: string;
  readonly source: string;
  /** The same case without it; equal to the case if it has nothing of the kind. */
  readonly without: (one: Case) => Case;
}

export const DISAGREEMENTS: readonly Explanation[] = [
  {
    about: 'policy variables in version 2008-10-17',
    why: 'They are text there; the other evaluator replaces them in every version.',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html: "If you do not include the Version element, or set it to an earlier version, variables … are treated as literal strings".',
    without: (one) =>
      inDocuments(one, (document) =>
        JSON.stringify(document).includes('${')
          ? { ...(document as object), Version: '2012-10-17' }
          : document,
      ),
  },
  {
    about: 'the network 0.0.0.0/0',
    why: 'It has every IPv4 address; the other evaluator matches none.',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress: "The value must be in the standard CIDR format".',
    without: (one) => inDocuments(one, halved),
  },
  {
    about: 'negated operators with a policy variable that has no value',
    why: 'The condition holds; the other evaluator takes it for one that does not.',
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value: "Inverted condition operators like StringNotEquals or StringNotLike do match against a null value".',
    without: (one) => {
      const absent = [
        'none',
        ...(one.principalTags.team === undefined || one.who.kind === 'service' ? ['team'] : []),
      ];
      const text = absent.reduce(
        (changed, name) => changed.replaceAll(`\${aws:PrincipalTag/${name}}`, 'no-such-value'),
        JSON.stringify(one),
      );
      return JSON.parse(text) as Case;
    },
  },
];

/** What is undecided here on purpose, although the other evaluator decides it. */
export const UNDECIDED: readonly { readonly reason: RegExp; readonly source: string }[] = [
  {
    reason: /^whether a permissions boundary limits a grant to everyone is not documented$/,
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html: it says what a boundary does to grants to users, roles and sessions by ARN, and by aws:PrincipalArn.',
  },
  {
    reason: /^a NotPrincipal lists only part of /,
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html: "Otherwise, the policy might deny access to the entire account containing the principal."',
  },
  {
    reason: /^a NotPrincipal lists \S+ and none of its sessions$/,
    source:
      'https://repost.aws/knowledge-center/explicit-deny-principal-elements-s3: "you must list the role session name of every user". The user guide recommends to list the role and its account.',
  },
  {
    reason: /^a policy variable of \S+ has no value$/,
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value: what "will not match any resource" means for NotResource is left open.',
  },
  {
    reason: /combines ForAnyValue and IfExists, and the key is missing$/,
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html: one rule of the two says true, the other false.',
  },
  {
    reason: /^AWS does not document the values of AWS services$/,
    source:
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html: for calls of service principals it tells of aws:PrincipalIsAWSService and of the names alone.',
  },
];

/** The case with each policy document changed. */
function inDocuments(one: Case, change: (document: Json) => unknown): Case {
  const changed = JSON.parse(JSON.stringify(one), (_, value: Json) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && 'Statement' in value
      ? change(value)
      : value,
  ) as Case;
  return { ...one, ...changed };
}

function halved(document: Json): unknown {
  return JSON.parse(JSON.stringify(document), (_, value: Json) => {
    if (value === '0.0.0.0/0') return ['0.0.0.0/1', '128.0.0.0/1'];
    return Array.isArray(value) ? value.flat() : value;
  });
}
