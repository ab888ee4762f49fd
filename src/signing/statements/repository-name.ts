/** Whether a resource URI certainly names another repository. Pure. */

import { InvalidReference, isRepository, parseReference } from '../../image/reference.ts';
import { resourceUri as resourceUriOf } from './predicate.ts';

// No image has a longer name. Longer texts are not parsed.
const MOST_RESOURCE_CHARACTERS = 1_000;

// The schemes with which an image or its registry can be named.
const SCHEME = /^(?:(oci|docker|https?):\/\/)?/i;
const DOMAIN = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/;

/**
 * Whether a resource URI certainly names a repository other than the expected one: it has a well-formed registry and
 * repository, and they differ in more than the host name of the same registry, the port, scheme, case, tag or digest. A
 * URI that is missing, malformed or of another kind may mean the expected repository.
 * @param expected as `resourceUri` makes it
 */
export function isClearlyOther(resource: unknown, expected: string): boolean {
  if (typeof resource !== 'string' || resource.length > MOST_RESOURCE_CHARACTERS) return false;
  const text = resource.trim().toLowerCase();
  const [start, scheme] = SCHEME.exec(text) ?? [''];
  const [host = '', ...path] = text.slice(start.length).split('/');
  const registry = host.replace(/\.$|\.?:(?:443|80)$/, '');
  const repository = path
    .join('/')
    .replace(/[?#].*$/, '')
    .replace(/@.*$/, '')
    .replace(/:[^/]*$/, '')
    .replace(/\/+$/, '');
  // In the registry's own API, the repository follows "v2/".
  const names = [repository, repository.replace(/^v2\//, '')].map((name) =>
    canonical(registry, name, scheme),
  );
  return names.every((name) => name !== undefined && name !== expected);
}

/** A repository as `resourceUri` writes it; undefined if it is malformed or may not be a repository. */
function canonical(host: string, repository: string, scheme: string | undefined): string | undefined {
  try {
    const { registry, repository: name } = parseReference(`${host}/${repository}`);
    return resourceUriOf(registry, name);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    // A host that only resembles one of ECR's may be a typing error, and an https URL can name anything.
    const isRegistry = DOMAIN.test(host) && !host.includes('dkr') && !scheme?.startsWith('http');
    return isRegistry && isRepository(repository) ? `oci://${host}/${repository}` : undefined;
  }
}
