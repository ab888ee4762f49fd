/** One account in which every call that the collector can make has something to tell. */
import type { Scenario } from '../../../emulator/scenario.ts';
import { scenarios } from '../../../emulator/scenarios/index.ts';

const audit = scenarios.audit as Scenario;
const access = scenarios.access as Scenario;
export const ACCOUNT = audit.account;

const roles = [...(access.iam?.[ACCOUNT]?.roles ?? []), ...(audit.iam?.[ACCOUNT]?.roles ?? [])];

export const everything: Scenario = {
  ...audit,
  name: 'everything',
  iam: {
    [ACCOUNT]: {
      ...access.iam?.[ACCOUNT],
      roles: [...new Map(roles.map((role) => [role.name, role])).values()],
    },
  },
  workloads: {
    ...audit.workloads,
    eks: (access.workloads?.eks ?? []).map((cluster) => ({
      ...cluster,
      fargateProfiles: [{ name: 'jobs', role: 'app-task-exec' }],
    })),
  },
  registry: {
    ...audit.registry,
    signing: [{ profileArn: 'arn:aws:signer:eu-central-1:123456789012:/signing-profiles/release' }],
  },
};
