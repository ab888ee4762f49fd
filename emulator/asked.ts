/** Identifies the service and the operation of an HTTP request. */
import { ECR_TARGET } from './ecr.ts';
import type { Service } from './faults.ts';
import { INSPECTOR_PATHS } from './inspector2.ts';

const KMS_TARGET = 'TrentService.';

/** A request to an AWS API. */
export interface ApiRequest {
  readonly service: Service;
  readonly api: string;
  readonly input: unknown;
}

/**
 * The service and operation of a POST request; undefined if the emulator does not have it.
 * @param url its path, with or without a query
 * @param target its `X-Amz-Target` header
 */
export function identify(url: string, target: string | undefined, body: string): ApiRequest | undefined {
  const path = new URL(url, 'http://aws').pathname;
  const operation = INSPECTOR_PATHS[path];
  if (operation !== undefined) return { service: 'inspector2', api: operation, input: parse(body) };
  if (target !== undefined) {
    if (target.startsWith(ECR_TARGET)) {
      return { service: 'ecr', api: target.slice(ECR_TARGET.length), input: parse(body) };
    }
    if (target.startsWith(KMS_TARGET)) {
      return { service: 'kms', api: target.slice(KMS_TARGET.length), input: parse(body) };
    }
    return undefined;
  }
  const action = new URLSearchParams(body).get('Action');
  return action === null ? undefined : { service: 'sts', api: action, input: body };
}

/** The JSON value of the body; undefined if it is not JSON, which every operation refuses. */
function parse(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
