/** Responses of the emulated services: bodies, errors and pages. */
import { createHmac, randomBytes } from 'node:crypto';
import type { Json } from './scenario.ts';

/** The response of an operation: a JSON body, or text that is already JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Json | string;
  /** The error's type; the service's protocol decides where it is written. */
  readonly errorType?: string;
}

/** An error of a service. */
export class ServiceError extends Error {
  readonly type: string;
  readonly status: number;
  readonly members: Readonly<Record<string, Json>>;

  constructor(type: string, message: string, status = 400, members: Readonly<Record<string, Json>> = {}) {
    super(message);
    this.type = type;
    this.status = status;
    this.members = members;
  }

  answer(): Answer {
    return {
      status: this.status,
      body: { __type: this.type, message: this.message, ...this.members },
      errorType: this.type,
    };
  }
}

/** Lists in pages. A page token is opaque and valid for one query only. */
export class Pager {
  private readonly secret = randomBytes(16);
  private readonly most: number;

  /** @param most the most items of a page, whatever the request says: services may return fewer */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.most = most;
  }

  /** @returns undefined if the token is not one this query was given */
  page<T>(
    items: readonly T[],
    query: string,
    token: string | undefined,
    size: number,
  ): { items: readonly T[]; nextToken: string | undefined } | undefined {
    const start = token === undefined ? 0 : this.position(query, token);
    if (start === undefined) return undefined;
    const end = start + Math.min(size, this.most);
    return {
      items: items.slice(start, end),
      nextToken: end < items.length ? this.token(query, end) : undefined,
    };
  }

  private token(query: string, position: number): string {
    const signature = createHmac('sha256', this.secret).update(`${position} ${query}`).digest('base64url');
    return Buffer.from(`${position} ${signature}`).toString('base64');
  }

  private position(query: string, token: string): number | undefined {
    const position = Number.parseInt(Buffer.from(token, 'base64').toString('latin1'), 10);
    return Number.isSafeInteger(position) && this.token(query, position) === token ? position : undefined;
  }
}

/** Milliseconds since the epoch as AWS's JSON writes times: seconds, with a fraction. */
export function epochSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}
