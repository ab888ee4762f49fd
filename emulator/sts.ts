/** STS's GetCallerIdentity and AssumeRole (query protocol). */
import { createHash } from 'node:crypto';
import { ServiceError } from './answer.ts';
import { type Handler, handlerOf, operation } from './operation.ts';
import { structure, text } from './shapes.ts';

const SESSION_MS = 60 * 60 * 1000;

export interface StsOptions {
  /** The account of the caller. */
  readonly account: string;
  /** ARNs of roles that may be assumed. */
  readonly assumable: readonly string[];
  readonly now: () => number;
}

export function createSts({ account, assumable, now }: StsOptions): Handler {
  const user = `arn:aws:sts::${account}:assumed-role/deployment-gate/job`;
  return handlerOf(
    'STS',
    [
      {
        GetCallerIdentity: operation(structure({}), () => ({
          Arn: user,
          UserId: 'AROAEMULATED:job',
          Account: account,
        })),

        AssumeRole: operation(
          structure(
            {
              RoleArn: text({ min: 20, max: 2048 }),
              RoleSessionName: text({ min: 2, max: 64, pattern: /^[\w+=,.@-]*$/ }),
              DurationSeconds: text({ pattern: /^\d+$/ }),
            },
            ['RoleArn', 'RoleSessionName'],
          ),
          ({ RoleArn, RoleSessionName }: { readonly RoleArn: string; readonly RoleSessionName: string }) => {
            const other = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(RoleArn);
            if (other === null || !assumable.includes(RoleArn)) {
              throw new ServiceError(
                'AccessDenied',
                `User: ${user} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
                403,
              );
            }
            const [, id = '', name = ''] = other;
            return {
              AssumedRoleUser: {
                Arn: `arn:aws:sts::${id}:assumed-role/${name}/${RoleSessionName}`,
                AssumedRoleId: `AROAEMULATED:${RoleSessionName}`,
              },
              Credentials: {
                AccessKeyId: sessionKey(id),
                SecretAccessKey: createHash('sha256').update(RoleArn).digest('base64').slice(0, 40),
                SessionToken: Buffer.from(`session of ${RoleArn}`).toString('base64'),
                Expiration: new Date(now() + SESSION_MS).toISOString(),
              },
            };
          },
        ),
      },
    ],
    (wrong) => new ServiceError('ValidationError', `1 validation error detected: ${wrong}`),
  );
}

const SESSION_KEY = 'ASIAEMU';

/** The access key id of sessions in an account. */
function sessionKey(account: string): string {
  return `${SESSION_KEY}${account}`;
}

/** The account whose session has an access key id; undefined if there is none. */
export function accountOfSession(key: string): string | undefined {
  return key.startsWith(SESSION_KEY) ? key.slice(SESSION_KEY.length) : undefined;
}
