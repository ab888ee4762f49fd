/** Which operation of which service an HTTP request asks for. */
import { ECR_TARGET } from './ecr/index.ts';
import type { Service } from './faults.ts';
import { INSPECTOR_PATHS } from './inspector2.ts';

const KMS_TARGET = 'TrentService.';

/** What a request asks of AWS. */
export interface Asked {
  readonly service: Service;
  readonly api: string;
  readonly input: unknown;
}

/**
 * Which operation a POST request asks for; undefined if it is none that is emulated.
 * @param url its path, with or without a query
 * @param target its `X-Amz-Target` header
 */
export function identify(url: string, target: string | undefined, body: string): Asked | undefined {
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

/** The body's value; what is not JSON is no structure, which every operation refuses. */
function parse(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
