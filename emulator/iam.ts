/** IAM's API as the audit uses it (query protocol): the authorization details of an account, and its OIDC providers. */
import { createHash } from 'node:crypto';
import type { GroupSpec, IamSpec, ManagedPolicySpec, RoleSpec, UserSpec } from './account.ts';
import { type Pager, ServiceError } from './answer.ts';
import { documentText } from './ecr/registry.ts';
import { type Handler, handlerOf, operation } from './operation.ts';
import type { JsonObject } from './scenario.ts';
import { list, oneOf, structure, text } from './shapes.ts';

const CREATED = '2026-01-01T00:00:00Z';
const PAGE = 100;
const MOST = 1000;

const KINDS = ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;
type Kind = (typeof KINDS)[number];

interface Described {
  readonly kind: Kind;
  readonly wire: JsonObject;
}

/** The list of an answer that has what is described. */
const LISTS: Readonly<Record<Kind, string>> = {
  User: 'UserDetailList',
  Group: 'GroupDetailList',
  Role: 'RoleDetailList',
  LocalManagedPolicy: 'Policies',
  AWSManagedPolicy: 'Policies',
};

export function createIam(account: string, spec: IamSpec, pager: Pager): Handler {
  const prefix = `arn:aws:iam::${account}`;

  const policies = new Map((spec.policies ?? []).map((policy) => [policy.name, policyArn(policy)]));

  function policyArn({ name, aws }: ManagedPolicySpec): string {
    return aws ? `arn:aws:iam::aws:policy/${name}` : `${prefix}:policy/${name}`;
  }

  /** Of a policy of the account by its name, or an ARN as it is. */
  function managed(name: string): string {
    const arn = name.startsWith('arn:') ? name : policies.get(name);
    if (arn === undefined) throw new Error(`The scenario has no managed policy ${name}`);
    return arn;
  }

  const attached = (names: readonly string[] = []) => ({
    AttachedManagedPolicies: names.map((name) => {
      const arn = managed(name);
      return { PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn };
    }),
  });

  const inline = (documents: UserSpec['inline'] = {}) =>
    Object.entries(documents).map(([PolicyName, document]) => ({
      PolicyName,
      PolicyDocument: encoded(documentText(document)),
    }));

  const boundary = (name: string | undefined) =>
    name === undefined
      ? {}
      : {
          PermissionsBoundary: {
            PermissionsBoundaryType: 'PermissionsBoundaryPolicy',
            PermissionsBoundaryArn: managed(name),
          },
        };

  const tags = (given: UserSpec['tags'] = {}) => ({
    Tags: Object.entries(given).map(([Key, Value]) => ({ Key, Value })),
  });

  function user({ name, path = '/', ...rest }: UserSpec): JsonObject {
    const own = inline(rest.inline);
    return {
      Path: path,
      UserName: name,
      UserId: id('AIDA', name),
      Arn: `${prefix}:user${path}${name}`,
      CreateDate: CREATED,
      // IAM leaves the list out where it would be empty.
      ...(own.length > 0 ? { UserPolicyList: own } : {}),
      GroupList: rest.groups ?? [],
      ...attached(rest.attached),
      ...boundary(rest.boundary),
      ...tags(rest.tags),
    };
  }

  function group({ name, path = '/', ...rest }: GroupSpec): JsonObject {
    return {
      Path: path,
      GroupName: name,
      GroupId: id('AGPA', name),
      Arn: `${prefix}:group${path}${name}`,
      CreateDate: CREATED,
      GroupPolicyList: inline(rest.inline),
      ...attached(rest.attached),
    };
  }

  function role({ name, path = '/', instanceProfile, ...rest }: RoleSpec): JsonObject {
    const trust = encoded(documentText(rest.trust));
    const bare = {
      Path: path,
      RoleName: name,
      RoleId: id('AROA', name),
      Arn: `${prefix}:role${path}${name}`,
      CreateDate: CREATED,
      AssumeRolePolicyDocument: trust,
    };
    const profiles =
      instanceProfile === undefined
        ? []
        : [
            {
              Path: '/',
              InstanceProfileName: instanceProfile,
              InstanceProfileId: id('AIPA', instanceProfile),
              Arn: `${prefix}:instance-profile/${instanceProfile}`,
              CreateDate: CREATED,
              Roles: [bare],
            },
          ];
    return {
      ...bare,
      InstanceProfileList: profiles,
      RolePolicyList: inline(rest.inline),
      ...attached(rest.attached),
      ...boundary(rest.boundary),
      ...tags(rest.tags),
      RoleLastUsed: {},
    };
  }

  function policy(given: ManagedPolicySpec): JsonObject {
    const documents = [...(given.earlier ?? []), given.document];
    const versions = documents.map((document, index) => ({
      Document: encoded(documentText(document)),
      VersionId: `v${index + 1}`,
      IsDefaultVersion: index === documents.length - 1,
      CreateDate: CREATED,
    }));
    return {
      PolicyName: given.name,
      PolicyId: id('ANPA', given.name),
      Arn: policyArn(given),
      Path: '/',
      DefaultVersionId: `v${documents.length}`,
      AttachmentCount: 1,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      CreateDate: CREATED,
      UpdateDate: CREATED,
      // The newest version comes first.
      PolicyVersionList: versions.toReversed(),
    };
  }

  const everything: readonly Described[] = [
    ...(spec.users ?? []).map((given): Described => ({ kind: 'User', wire: user(given) })),
    ...(spec.groups ?? []).map((given): Described => ({ kind: 'Group', wire: group(given) })),
    ...(spec.roles ?? []).map((given): Described => ({ kind: 'Role', wire: role(given) })),
    ...(spec.policies ?? []).map(
      (given): Described => ({
        kind: given.aws ? 'AWSManagedPolicy' : 'LocalManagedPolicy',
        wire: policy(given),
      }),
    ),
  ];
  const providers = new Map(
    (spec.oidcProviders ?? []).map((provider) => [`${prefix}:oidc-provider/${provider.url}`, provider]),
  );

  return handlerOf(
    'IAM',
    [
      {
        GetAccountAuthorizationDetails: operation(
          structure({
            Filter: list(oneOf(...KINDS), 0, KINDS.length),
            MaxItems: text({ pattern: /^[1-9]\d*$/ }),
            Marker: text({ min: 1, max: 320 }),
          }),
          (input: {
            readonly Filter?: readonly string[];
            readonly MaxItems?: string;
            readonly Marker?: string;
          }) => {
            const size = Number(input.MaxItems ?? PAGE);
            if (size > MOST) throw invalid(`MaxItems must have value less than or equal to ${MOST}`);
            const wanted = input.Filter ?? KINDS;
            const found = everything.filter(({ kind }) => wanted.includes(kind));
            const query = `GetAccountAuthorizationDetails ${wanted.join()}`;
            const page = pager.page(found, query, input.Marker, size);
            if (page === undefined) throw invalid('Invalid Marker');
            const lists: Record<string, JsonObject[]> = {
              UserDetailList: [],
              GroupDetailList: [],
              RoleDetailList: [],
              Policies: [],
            };
            for (const { kind, wire } of page.items) lists[LISTS[kind]]?.push(wire);
            return {
              IsTruncated: page.nextToken !== undefined,
              ...(page.nextToken === undefined ? {} : { Marker: page.nextToken }),
              ...lists,
            };
          },
        ),

        ListOpenIDConnectProviders: operation(structure({}), () => ({
          OpenIDConnectProviderList: [...providers.keys()].map((Arn) => ({ Arn })),
        })),

        GetOpenIDConnectProvider: operation(
          structure({ OpenIDConnectProviderArn: text({ min: 20, max: 2048 }) }, ['OpenIDConnectProviderArn']),
          ({ OpenIDConnectProviderArn: arn }: { readonly OpenIDConnectProviderArn: string }) => {
            const provider = providers.get(arn);
            if (provider === undefined) {
              throw new ServiceError('NoSuchEntity', `OpenIDConnect Provider not found for arn ${arn}`, 404);
            }
            return {
              Url: provider.url,
              ClientIDList: provider.clientIds,
              ThumbprintList: [],
              CreateDate: CREATED,
              Tags: [],
            };
          },
        ),
      },
    ],
    (wrong) => invalid(`1 validation error detected: ${wrong}`),
  );
}

function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message);
}

/** A unique id as IAM makes them: a prefix and 17 characters, the same for the same name. */
function id(prefix: string, name: string): string {
  const digest = createHash('sha256').update(`${prefix} ${name}`).digest('hex');
  return `${prefix}${digest.toUpperCase().slice(0, 17)}`;
}

/** "Policies returned by this operation are URL-encoded compliant with RFC 3986" (IAM API reference). */
function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
