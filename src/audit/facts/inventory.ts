/** Combines what iam:GetAccountAuthorizationDetails lists about an account. */
import * as v from 'valibot';
import { MalformedAnswer } from '../../aws/errors.ts';
import { type GroupFacts, type Known, known, type PolicyText, unknownFact } from '../access/facts.ts';
import type { IamPrincipal } from '../facts.ts';
import { tagRecord } from './repository.ts';
import { arn, byKey, roleArn, text, texts } from './shapes.ts';

export const ACTION = 'iam:GetAccountAuthorizationDetails';

const Inline = v.array(v.object({ PolicyName: text, PolicyDocument: text }));
const Attached = v.array(v.object({ PolicyArn: arn }));
const Boundary = v.nullish(v.object({ PermissionsBoundaryArn: arn }));
const Tags = v.nullish(v.array(v.object({ Key: text, Value: v.string() })));
/** The shape of an answer. */
export const Details = v.object({
  IsTruncated: v.boolean(),
  Marker: v.nullish(v.string()),
  UserDetailList: v.array(
    v.object({
      Arn: arn,
      UserId: text,
      // IAM omits it for users without groups.
      UserPolicyList: v.nullish(Inline),
      GroupList: texts,
      AttachedManagedPolicies: Attached,
      PermissionsBoundary: Boundary,
      Tags,
    }),
  ),
  GroupDetailList: v.array(
    v.object({ Arn: arn, GroupName: text, GroupPolicyList: Inline, AttachedManagedPolicies: Attached }),
  ),
  RoleDetailList: v.array(
    v.object({
      Arn: roleArn,
      RoleId: text,
      AssumeRolePolicyDocument: text,
      RolePolicyList: Inline,
      AttachedManagedPolicies: Attached,
      PermissionsBoundary: Boundary,
      Tags,
      InstanceProfileList: v.array(v.object({ Arn: arn })),
    }),
  ),
  Policies: v.array(
    v.object({
      Arn: arn,
      DefaultVersionId: text,
      PolicyVersionList: v.array(
        v.object({ VersionId: text, IsDefaultVersion: v.boolean(), Document: v.nullish(text) }),
      ),
    }),
  ),
});

type Answer = v.InferOutput<typeof Details>;
type User = Answer['UserDetailList'][number];
type Group = Answer['GroupDetailList'][number];
type Role = Answer['RoleDetailList'][number];
type Policy = Answer['Policies'][number];

/** What the pages list. */
export interface Lists {
  readonly users: readonly User[];
  readonly groups: readonly Group[];
  readonly roles: readonly Role[];
  readonly policies: readonly Policy[];
}

/** The combined lists of IAM. Each member throws MalformedAnswer if the lists contradict each other. */
export class Inventory {
  private readonly account: string;
  private readonly users: readonly User[];
  private readonly roles: readonly Role[];
  private readonly byName: ReadonlyMap<string, Group>;
  private readonly managed: ReadonlyMap<string, PolicyText>;

  constructor(account: string, { users, groups, roles, policies }: Lists) {
    this.account = account;
    this.users = [...byKey(ACTION, users, ({ Arn }) => Arn).values()];
    this.roles = [...byKey(ACTION, roles, ({ Arn }) => Arn).values()];
    this.byName = byKey(ACTION, groups, ({ GroupName }) => GroupName);
    const byArn = byKey(ACTION, policies, ({ Arn }) => Arn);
    // Principals with the same policy share its text.
    this.managed = new Map(
      [...byArn].map(([arn, policy]) => [arn, { name: arn, text: defaultVersion(policy) }]),
    );
    for (const { Arn } of [...users, ...groups, ...roles]) this.expectOwn(Arn);
  }

  private expectOwn(arn: string): void {
    if (arn.split(':')[4] !== this.account) {
      throw new MalformedAnswer(`${ACTION} listed ${arn}, which is not of account ${this.account}`);
    }
  }

  principals(): readonly IamPrincipal[] {
    return [...this.users.map((user) => this.user(user)), ...this.roles.map((role) => this.role(role))];
  }

  groups(): readonly GroupFacts[] {
    return [...this.byName.values()].map((group) => ({
      arn: group.Arn,
      account: this.account,
      policies: known(this.groupPolicies(group)),
    }));
  }

  instanceProfiles(): readonly { readonly arn: string; readonly roles: readonly string[] }[] {
    const found = new Map<string, string[]>();
    for (const { Arn, InstanceProfileList } of this.roles) {
      for (const profile of InstanceProfileList) {
        this.expectOwn(profile.Arn);
        const roles = found.get(profile.Arn);
        if (roles === undefined) found.set(profile.Arn, [Arn]);
        else roles.push(Arn);
      }
    }
    return [...found].map(([arn, roles]) => ({ arn, roles }));
  }

  private user(user: User): IamPrincipal {
    const groups = user.GroupList.map((name) => this.byName.get(name));
    const listed = groups.filter((group) => group !== undefined);
    const policies = [
      ...this.policies(user.UserPolicyList ?? [], user.AttachedManagedPolicies),
      ...listed.flatMap((group) => this.groupPolicies(group)),
    ];
    return {
      arn: user.Arn,
      kind: 'user',
      account: this.account,
      id: user.UserId,
      tags: tags(user.Tags),
      policies:
        listed.length === groups.length
          ? known(policies)
          : unknownFact(`${ACTION} did not list every group of ${user.Arn}`),
      managedPolicies: [user, ...listed].flatMap(({ AttachedManagedPolicies }) =>
        AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
      ),
      boundary: this.boundary(user.PermissionsBoundary),
      trust: known(undefined),
    };
  }

  private role(role: Role): IamPrincipal {
    return {
      arn: role.Arn,
      kind: 'role',
      account: this.account,
      id: role.RoleId,
      tags: tags(role.Tags),
      policies: known(this.policies(role.RolePolicyList, role.AttachedManagedPolicies)),
      managedPolicies: role.AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
      boundary: this.boundary(role.PermissionsBoundary),
      trust: decoded(role.AssumeRolePolicyDocument),
    };
  }

  private groupPolicies(group: Group): readonly PolicyText[] {
    return this.policies(group.GroupPolicyList, group.AttachedManagedPolicies).map(
      ({ name, text: document }) => ({
        name: `${name} (group ${group.GroupName})`,
        text: document,
      }),
    );
  }

  private policies(
    inline: v.InferOutput<typeof Inline>,
    attached: v.InferOutput<typeof Attached>,
  ): readonly PolicyText[] {
    return [
      ...inline.map(({ PolicyName, PolicyDocument }) => ({
        name: PolicyName,
        text: decoded(PolicyDocument),
      })),
      ...attached.map(({ PolicyArn }) => this.policy(PolicyArn)),
    ];
  }

  private policy(arn: string): PolicyText {
    return (
      this.managed.get(arn) ?? { name: arn, text: unknownFact(`${ACTION} did not list the policy ${arn}`) }
    );
  }

  private boundary(boundary: v.InferOutput<typeof Boundary>): Known<PolicyText | undefined> {
    return known(boundary ? this.policy(boundary.PermissionsBoundaryArn) : undefined);
  }
}

function defaultVersion({ Arn, DefaultVersionId, PolicyVersionList }: Policy): Known<string> {
  const defaults = PolicyVersionList.filter(({ IsDefaultVersion }) => IsDefaultVersion);
  const [version] = defaults;
  if (version === undefined || defaults.length > 1 || version.VersionId !== DefaultVersionId) {
    return unknownFact(`${ACTION} did not report which version of the policy ${Arn} is the default`);
  }
  return version.Document
    ? decoded(version.Document)
    : unknownFact(`${ACTION} did not return the policy ${Arn}`);
}

/** Documents are URL-encoded as RFC 3986 has it (IAM API reference, GetAccountAuthorizationDetails). */
function decoded(document: string): Known<string> {
  try {
    return known(decodeURIComponent(document));
  } catch {
    return unknownFact(`${ACTION} returned a document that is not URL-encoded`);
  }
}

function tags(given: v.InferOutput<typeof Tags>): IamPrincipal['tags'] {
  return given ? known(tagRecord(ACTION, given)) : unknownFact(`${ACTION} did not return the tags`);
}
