/** The settings of Amazon Inspector for an account in a region. */
import {
  BatchGetAccountStatusCommand,
  GetConfigurationCommand,
  GetDelegatedAdminAccountCommand,
} from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import type { InspectorRescan, RegistryFacts } from '../facts.ts';
import type { Context } from './context.ts';
import { filtersOf } from './filters.ts';
import { byKey, optionalText, text } from './shapes.ts';
import type { Promised } from './together.ts';

const Status = v.object({
  accounts: v.array(
    v.object({
      accountId: text,
      resourceState: v.object({ ecr: v.object({ status: text }) }),
    }),
  ),
  failedAccounts: v.nullish(
    v.array(v.object({ accountId: text, errorCode: text, errorMessage: v.nullish(v.string()) })),
  ),
});
const Configuration = v.object({
  ecrConfiguration: v.object({
    rescanDurationState: v.object({
      rescanDuration: text,
      pullDateRescanDuration: optionalText,
      pullDateRescanMode: optionalText,
    }),
  }),
});
const Administrator = v.object({
  delegatedAdmin: v.object({ accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)) }),
});
type Settings = Pick<
  RegistryFacts,
  'inspectorStatus' | 'inspectorRescan' | 'suppressionFilters' | 'inspectorAdministrator'
>;

/** Reads Inspector's settings. */
export function inspectorSettings(context: Context): Promised<Settings> {
  const { asker } = context;
  return {
    inspectorStatus: asker.fact(() => statusOf(context)),
    inspectorRescan: asker.fact(() => rescanOf(context)),
    suppressionFilters: asker.fact(() => filtersOf(context)),
    inspectorAdministrator: asker.fact(() => administratorOf(context)),
  };
}

function statusOf(context: Context): Promise<string> {
  const { asker, registry, session } = context;
  const { account } = registry;
  const action = 'inspector2:BatchGetAccountStatus';
  const command = new BatchGetAccountStatusCommand({ accountIds: [account] });
  return asker.call(
    context.question(action),
    (abortSignal) => session.inspector(registry).send(command, { abortSignal }),
    (answer) => {
      const { accounts, failedAccounts } = checked(Status, answer, action);
      const failed = failedAccounts?.find(({ accountId }) => accountId === account);
      if (failed !== undefined) {
        throw new MalformedAnswer(`${action} failed: ${failed.errorMessage ?? ''} (${failed.errorCode})`);
      }
      const status = byKey(action, accounts, ({ accountId }) => accountId).get(account);
      if (status === undefined) throw new MalformedAnswer(`${action} did not return ${account}`);
      return status.resourceState.ecr.status;
    },
  );
}

function rescanOf(context: Context): Promise<InspectorRescan> {
  const { asker, registry, session } = context;
  const action = 'inspector2:GetConfiguration';
  return asker.call(
    context.question(action),
    (abortSignal) => session.inspector(registry).send(new GetConfigurationCommand({}), { abortSignal }),
    (answer) => {
      const { rescanDurationState: state } = checked(Configuration, answer, action).ecrConfiguration;
      return {
        pushDuration: state.rescanDuration,
        pullDuration: state.pullDateRescanDuration ?? undefined,
        pullMode: state.pullDateRescanMode ?? undefined,
      };
    },
  );
}

async function administratorOf(context: Context): Promise<string | undefined> {
  const { asker, registry, session } = context;
  const action = 'inspector2:GetDelegatedAdminAccount';
  const administrator = await asker.optional(
    context.question(action),
    ['ResourceNotFoundException'],
    (abortSignal) =>
      session.inspector(registry).send(new GetDelegatedAdminAccountCommand({}), { abortSignal }),
    (answer) => checked(Administrator, answer, action).delegatedAdmin.accountId,
  );
  return administrator === registry.account ? undefined : administrator;
}
