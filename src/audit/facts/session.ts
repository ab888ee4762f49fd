/** An audited account: its credentials and the clients for its services. */
import { ECRClient } from '@aws-sdk/client-ecr';
import { Inspector2Client } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { type ClientFactory, type Place, placeKey } from '../../aws/clients.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import { GateError } from '../../errors.ts';
import type { Registry } from '../../results/registry.ts';
import { MINUTE_MS } from '../../time.ts';
import { type Asker, Unanswered } from './ask.ts';

/** The credentials in the form of the SDK. */
type Credentials = NonNullable<NonNullable<ConstructorParameters<typeof ECRClient>[0]>['credentials']>;

/** The configuration of a client, with the credentials of an account. */
export type Configuration = ReturnType<ClientFactory['configuration']> & {
  readonly credentials?: Credentials;
};

/** An account with the credentials for it. */
export class Session {
  readonly account: string;
  private readonly factory: ClientFactory;
  private readonly credentials: Credentials | undefined;

  /** @param credentials default: those of the environment */
  constructor(account: string, factory: ClientFactory, credentials?: Credentials) {
    this.account = account;
    this.factory = factory;
    this.credentials = credentials;
  }

  /** A client for a service, created once for each endpoint. */
  client<T extends { readonly middlewareStack: object; destroy(): void }>(
    service: string,
    place: Place,
    make: (configuration: Configuration) => T,
  ): T {
    const configuration: Configuration = {
      ...this.factory.configuration(place),
      ...(this.credentials && { credentials: this.credentials }),
    };
    const key = `${this.account} ${placeKey(service, place)}`;
    return this.factory.cached(key, place.region, () => make(configuration));
  }

  ecr(place: Place): ECRClient {
    return this.client('ecr', place, (configuration) => new ECRClient(configuration));
  }

  inspector(place: Place): Inspector2Client {
    return this.client('inspector2', place, (configuration) => new Inspector2Client(configuration));
  }
}

/**
 * The region that the environment of the credentials names.
 * @throws GateError if it names none
 */
export async function defaultRegion(): Promise<string> {
  const { STSClient } = await import('@aws-sdk/client-sts');
  const client = new STSClient({});
  try {
    return await client.config.region();
  } catch (error) {
    throw new GateError('input', 'The input registry is empty, and no region is set.', {
      nextStep:
        'Set the input registry, or run aws-actions/configure-aws-credentials with aws-region before this step.',
      cause: error,
    });
  } finally {
    client.destroy();
  }
}

const SESSION_NAME = 'ecr-audit';

/**
 * How long credentials are shared. They are valid for an hour, and the SDK renews them 5 minutes before they expire.
 */
const SHARED_MS = 50 * MINUTE_MS;

const text = v.pipe(v.string(), v.nonEmpty());
const Identity = v.object({ Account: v.pipe(v.string(), v.regex(/^\d{12}$/)) });
const Assumed = v.object({
  Credentials: v.object({
    AccessKeyId: text,
    SecretAccessKey: text,
    SessionToken: text,
    Expiration: v.date(),
  }),
});

/**
 * The session with the credentials of the environment.
 * @throws GateError if there are no valid credentials
 */
export async function callerOf(asker: Asker, factory: ClientFactory, place: Place): Promise<Session> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = factory.cached(
    placeKey('sts', place),
    place.region,
    () => new STSClient(factory.configuration(place)),
  );
  try {
    const question = { action: 'sts:GetCallerIdentity', lane: place.region, resource: '*' } as const;
    const account = await asker.call(
      question,
      (abortSignal) => client.send(new GetCallerIdentityCommand({}), { abortSignal }),
      (answer) => checked(Identity, answer, 'sts:GetCallerIdentity').Account,
    );
    return new Session(account, factory);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    if (error.error instanceof MalformedAnswer)
      throw new GateError('aws', `${error.error.message}.`, { cause: error });
    throw error.error;
  }
}

/**
 * The session of a role in another account. The role is assumed immediately, so that a failure is known early, and
 * again when its credentials expire.
 * @throws Unanswered if the role cannot be assumed
 */
export async function assume(
  asker: Asker,
  factory: ClientFactory,
  { account, region, fips, dualStack }: Registry,
  arn: string,
): Promise<Session> {
  const place = { region, fips, dualStack };
  const { AssumeRoleCommand, STSClient } = await import('@aws-sdk/client-sts');
  const client = factory.cached(
    placeKey('sts', place),
    region,
    () => new STSClient(factory.configuration(place)),
  );
  const question = { action: 'sts:AssumeRole', lane: region, resource: arn } as const;
  const credentials = () =>
    asker.call(
      question,
      (abortSignal) =>
        client.send(new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: SESSION_NAME }), { abortSignal }),
      credentialsOf,
    );
  let current = { given: credentials(), at: asker.deadline.elapsedMs() };
  await current.given;
  return new Session(account, factory, () => {
    // Every client needs credentials, and new ones before they expire.
    const now = asker.deadline.elapsedMs();
    if (now - current.at > SHARED_MS) current = { given: credentials(), at: now };
    return current.given;
  });
}

function credentialsOf(answer: unknown) {
  const { Credentials: given } = checked(Assumed, answer, 'sts:AssumeRole');
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    expiration: given.Expiration,
  };
}
