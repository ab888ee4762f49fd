/** The context of everything that reads a registry and its region. */
import type { ECRClient } from '@aws-sdk/client-ecr';
import { canonicalHost } from '../../image/reference.ts';
import type { Registry } from '../../results/registry.ts';
import type { Action } from './actions.ts';
import type { Asker, Question } from './ask.ts';
import type { Session } from './session.ts';

export class Context {
  readonly asker: Asker;
  /** With the host name as given, which decides the kind of endpoint. */
  readonly registry: Registry;
  readonly session: Session;
  /** The canonical host. */
  readonly host: string;

  constructor(asker: Asker, registry: Registry, session: Session) {
    this.asker = asker;
    this.registry = registry;
    this.session = session;
    this.host = canonicalHost(registry);
  }

  get ecr(): ECRClient {
    return this.session.ecr(this.registry);
  }

  /** @param resource what it is about, for messages */
  question(action: Action, resource = '*'): Question {
    return { action, lane: this.host, resource };
  }
}
