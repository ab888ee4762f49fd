/** STS: the operation GetCallerIdentity. */
import type { Answer } from './answer.ts';

export interface Sts {
  handle(action: string): Answer;
}

export function createSts({ account }: { readonly account: string }): Sts {
  return {
    handle: (action) => {
      if (action !== 'GetCallerIdentity') {
        const error = `<ErrorResponse><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>${action} is not emulated</Message></Error></ErrorResponse>`;
        return { status: 400, body: error, errorType: 'InvalidAction' };
      }
      const identity = `<Arn>arn:aws:sts::${account}:assumed-role/deployment-gate/job</Arn><UserId>AROAEMULATED:job</UserId><Account>${account}</Account>`;
      return {
        status: 200,
        body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>${identity}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
      };
    },
  };
}
