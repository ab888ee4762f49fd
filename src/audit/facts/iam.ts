/** The IAM users, roles and policies of an account, and the management account of its organization. */
import type { IAMClient } from '@aws-sdk/client-iam';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import type { OidcProvider } from '../access/trust.ts';
import type { AccountFacts } from '../facts.ts';
import type { Context } from './context.ts';
import { ACTION, Details, Inventory } from './inventory.ts';
import { optionalText, text, texts } from './shapes.ts';
import { type Promised, settled } from './together.ts';

/** Fewer than the 1,000 that IAM allows, so that a page is returned in time. */
const PAGE = 500;

const Providers = v.object({ OpenIDConnectProviderList: v.array(v.object({ Arn: text })) });
const Provider = v.object({ Url: optionalText, ClientIDList: texts });
const Organization = v.object({
  Organization: v.object({ MasterAccountId: v.pipe(v.string(), v.regex(/^\d{12}$/)) }),
});

/** Reads the users, roles and policies of an account. */
export function accountFacts(context: Context): Promised<AccountFacts> {
  const { asker, registry, session } = context;
  const iam = import('@aws-sdk/client-iam').then((sdk) => ({
    sdk,
    client: session.client('iam', registry, (configuration) => new sdk.IAMClient(configuration)),
  }));
  const details = iam.then(({ sdk, client }) => authorizationDetails(context, sdk, client));
  return {
    ...settled({ id: registry.account, partition: registry.partition }),
    principals: asker.fact(async () => (await details).principals()),
    groups: asker.fact(async () => (await details).groups()),
    instanceProfiles: asker.fact(async () => (await details).instanceProfiles()),
    oidcProviders: asker.fact(async () => {
      const { sdk, client } = await iam;
      return oidcProvidersOf(context, sdk, client);
    }),
  };
}

type Sdk = typeof import('@aws-sdk/client-iam');

/** @throws Unanswered */
async function authorizationDetails(context: Context, sdk: Sdk, client: IAMClient): Promise<Inventory> {
  const pages = await context.asker.list(
    context.question(ACTION),
    (Marker, abortSignal) =>
      client.send(new sdk.GetAccountAuthorizationDetailsCommand({ MaxItems: PAGE, Marker }), { abortSignal }),
    (answer) => {
      const page = checked(Details, answer, ACTION);
      if (page.IsTruncated !== Boolean(page.Marker)) {
        throw new MalformedAnswer(`${ACTION} did not report whether there is another page`);
      }
      return { items: [page], nextToken: page.Marker ?? undefined };
    },
  );
  return new Inventory(context.registry.account, {
    users: pages.flatMap((page) => page.UserDetailList),
    groups: pages.flatMap((page) => page.GroupDetailList),
    roles: pages.flatMap((page) => page.RoleDetailList),
    policies: pages.flatMap((page) => page.Policies),
  });
}

/** @throws Unanswered */
async function oidcProvidersOf(
  context: Context,
  sdk: Sdk,
  client: IAMClient,
): Promise<readonly OidcProvider[]> {
  const { asker } = context;
  const list = 'iam:ListOpenIDConnectProviders';
  const arns = await asker.call(
    context.question(list),
    (abortSignal) => client.send(new sdk.ListOpenIDConnectProvidersCommand({}), { abortSignal }),
    (answer) => checked(Providers, answer, list).OpenIDConnectProviderList.map(({ Arn }) => Arn),
  );
  const get = 'iam:GetOpenIDConnectProvider';
  const reads = [...new Set(arns)].map((arn) =>
    asker.call(
      context.question(get, arn),
      (abortSignal) =>
        client.send(new sdk.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }), {
          abortSignal,
        }),
      (answer): OidcProvider => {
        const { Url, ClientIDList } = checked(Provider, answer, get);
        if (Url && !arn.toLowerCase().endsWith(`/${Url.toLowerCase().replace(/^https:\/\//, '')}`)) {
          throw new MalformedAnswer(`${get} returned another provider than ${arn}`);
        }
        return { arn, clientIds: ClientIDList };
      },
    ),
  );
  return Promise.all(reads);
}

/** The management account of the organization; undefined if there is none. */
export async function managementAccountOf(context: Context): Promise<string | undefined> {
  const { asker, registry, session } = context;
  const { DescribeOrganizationCommand, OrganizationsClient } = await import('@aws-sdk/client-organizations');
  const client = session.client(
    'organizations',
    registry,
    (configuration) => new OrganizationsClient(configuration),
  );
  const action = 'organizations:DescribeOrganization';
  return asker.optional(
    context.question(action),
    ['AWSOrganizationsNotInUseException'],
    (abortSignal) => client.send(new DescribeOrganizationCommand({}), { abortSignal }),
    (answer) => checked(Organization, answer, action).Organization.MasterAccountId,
  );
}
