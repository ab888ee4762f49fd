/** The proxy that the environment names, as Node's own HTTP agents want it. */

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'];
const EXCEPTIONS = ['NO_PROXY', 'no_proxy'];

/**
 * The proxy variables of an environment for the option `proxyEnv` of Node's agents. Node ignores a proxy without a
 * scheme, so that requests would go past it; curl and Go read one as http://.
 */
export function proxyEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of [...PROXIES, ...EXCEPTIONS]) {
    const value = environment[name]?.trim();
    if (!value) continue;
    const bare = PROXIES.includes(name) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(value);
    result[name] = bare ? `http://${value}` : value;
  }
  return result;
}
