/** AWS Organizations' DescribeOrganization (AWS JSON 1.1). */
import { ServiceError } from './answer.ts';
import { type Handler, handlerOf, operation } from './operation.ts';
import type { Scenario } from './scenario.ts';
import { structure } from './shapes.ts';

/** The prefix of the `X-Amz-Target` header. */
export const ORGANIZATIONS_TARGET = 'AWSOrganizationsV20161128.';

export function createOrganizations(organization: Scenario['organization']): Handler {
  return handlerOf(
    'Organizations',
    [
      {
        DescribeOrganization: operation(structure({}), () => {
          if (organization === undefined) {
            throw new ServiceError(
              'AWSOrganizationsNotInUseException',
              'Your account is not a member of an organization.',
            );
          }
          const { id, managementAccount } = organization;
          return {
            Organization: {
              Id: id,
              Arn: `arn:aws:organizations::${managementAccount}:organization/${id}`,
              FeatureSet: 'ALL',
              MasterAccountArn: `arn:aws:organizations::${managementAccount}:account/${id}/${managementAccount}`,
              MasterAccountId: managementAccount,
              MasterAccountEmail: 'management@example.com',
              AvailablePolicyTypes: [],
            },
          };
        }),
      },
    ],
    (wrong) => new ServiceError('InvalidInputException', wrong),
  );
}
