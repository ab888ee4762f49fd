/** The proxy variables of the environment, in the form that Node's HTTP agents read. */

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
const EXCEPTIONS = ['NO_PROXY', 'no_proxy'];

/**
 * The proxy variables of an environment, for the option `proxyEnv` of Node's agents. Node ignores a proxy without a
 * scheme, so that requests would bypass it; curl and Go read such a proxy as http://.
 */
export function proxyEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of [...PROXIES, ...EXCEPTIONS]) {
    const value = environment[name]?.trim();
    if (!value) continue;
    const hasNoScheme = PROXIES.includes(name) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(value);
    result[name] = hasNoScheme ? `http://${value}` : value;
  }
  return result;
}
