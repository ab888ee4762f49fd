/** The proxy of the environment: the same for Node.js, the packages with their own HTTP client, and cosign. */
import { GateError } from './errors.ts';

const VARIABLES = ['https_proxy', 'http_proxy'] as const;
const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/**
 * The proxy variables of an environment, under their names in lower case, in a form that all HTTP clients read in the
 * same way. The differences that it removes:
 * - In lower and upper case: curl, Node.js and this function prefer lower case, Go upper case.
 * - A proxy without a scheme is http:// for curl and Go. Node.js ignores it, so that requests would bypass it; it also
 *   ignores every scheme except http and https, which is an error here.
 * - In NO_PROXY, `example.com` includes its subdomains for curl and Go, but not for Node.js; CIDR ranges are known to Go
 *   only, ranges of two addresses to Node.js only. The list contains each in all forms.
 * Source: lib/internal/http.js of Node.js 24, golang.org/x/net/http/httpproxy, and proxy.ts of @actions/http-client.
 * @throws GateError `configuration` if a proxy has no usable address. The message does not contain the address, which
 *   may contain a password.
 */
export function proxyEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of VARIABLES) {
    const given = [name, name.toUpperCase()].find((one) => environment[one]?.trim());
    if (given !== undefined) result[name] = addressOf(given, environment[given]?.trim() ?? '');
  }
  const exceptions = environment.no_proxy?.trim() || environment.NO_PROXY?.trim();
  if (exceptions)
    result.no_proxy = exceptions
      .split(/[\s,]+/)
      .flatMap(formsOf)
      .join(',');
  return result;
}

function addressOf(name: string, value: string): string {
  const variable = name.toUpperCase();
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`);
  if (url === null || url.hostname === '' || !isDecodable(url.username) || !isDecodable(url.password)) {
    throw new GateError('configuration', `${variable} is not the address of a proxy.`, {
      nextStep: `Write ${variable} as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT. In the user name and the password, encode all characters except letters and digits, for example # as %23.`,
    });
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new GateError('configuration', `${variable} is not an http:// or https:// proxy.`, {
      nextStep: `Set ${variable} to an HTTP proxy. Proxies of other protocols, such as SOCKS, are not supported.`,
    });
  }
  // Encoded, because Go refuses some characters that are valid here, and its message contains the address.
  return url.href;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** One entry of NO_PROXY, in all forms that HTTP clients read. */
function formsOf(entry: string): string[] {
  const range = CIDR.exec(entry);
  if (range !== null) {
    const [a = 0, b = 0, c = 0, d = 0, bits = 0] = range.slice(1).map(Number);
    if (Math.max(a, b, c, d) > 255 || bits > 32) return [entry];
    const size = 2 ** (32 - bits);
    const address = ((a * 256 + b) * 256 + c) * 256 + d;
    const first = address - (address % size);
    return [entry, `${dotted(first)}-${dotted(first + size - 1)}`];
  }
  if (entry.startsWith('*.')) return [entry, entry.slice(1)];
  const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(entry) && !/^[\d.-]+$/.test(entry);
  return isDomain ? [entry, `.${entry}`] : entry === '' ? [] : [entry];
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/**
 * What to do about an answer of the proxy that another attempt does not change; undefined for every other error. A wrong
 * login must not be repeated, because proxies lock the account.
 */
export function proxyRefusal({ message }: Error): string | undefined {
  const status = /^Failed to establish tunnel .*: HTTP\/1\.\d (\d{3})\b/.exec(message)?.[1];
  if (status === '407') {
    return 'Check the user name and the password in HTTPS_PROXY. All characters except letters and digits have to be encoded, for example # as %23. Only Basic authentication is supported.';
  }
  return status === '403' ? 'Allow this host in the proxy that HTTPS_PROXY names.' : undefined;
}
