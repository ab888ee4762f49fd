/** Network failures and what to do about them. */
import { proxyRefusal } from '../proxy.ts';

/** A failure of the connection, before there is an HTTP answer. */
export interface NetworkFailure {
  /** The name that the operating system or Node.js has for it, such as `ENOTFOUND`. */
  readonly code: string;
  readonly message: string;
  readonly nextStep: string;
  /** Whether another attempt can succeed. An untrusted certificate stays untrusted, and a wrong login stays wrong. */
  readonly transient: boolean;
}

interface Kind {
  readonly codes: RegExp;
  readonly nextStep: string;
  readonly transient: boolean;
}

const KINDS: readonly Kind[] = [
  {
    codes: /^(ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/,
    nextStep:
      'Check the region in the image URI, DNS resolution on the runner, and HTTPS_PROXY if the runner needs a proxy.',
    transient: true,
  },
  {
    codes: /^ECONNREFUSED$/,
    nextStep:
      'Check the firewall, and whether a proxy (HTTPS_PROXY) or a custom endpoint (AWS_ENDPOINT_URL) is set to an address where nothing listens.',
    transient: true,
  },
  {
    codes: /^(ECONNRESET|EPIPE|ECONNABORTED)$/,
    nextStep: 'Check whether a proxy or firewall between the runner and AWS closes the connection.',
    transient: true,
  },
  {
    codes: /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/,
    nextStep:
      'Check whether the runner can reach AWS: its network, the VPC endpoints for ECR and Amazon Inspector, and HTTPS_PROXY if it needs a proxy.',
    transient: true,
  },
  {
    codes: /^ERR_PROXY_/,
    nextStep:
      'Check the address and the credentials in HTTPS_PROXY, and whether the proxy allows connections to AWS.',
    transient: true,
  },
  {
    codes: /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH)/,
    nextStep:
      'If a proxy inspects TLS connections, set NODE_EXTRA_CA_CERTS to the file with its certificate authority. Otherwise check which host responds in place of AWS.',
    transient: false,
  },
];

/** The network failure that caused an error; undefined if the cause is another one. */
export function networkFailure(error: unknown): NetworkFailure | undefined {
  // Node.js wraps failures: several addresses in an AggregateError, a proxy's answer in a cause.
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const all = cause instanceof AggregateError ? [cause, ...cause.errors] : [cause];
    for (const one of all as (Error & { code?: unknown })[]) {
      for (const code of [one.code, one.name]) {
        const kind = KINDS.find(({ codes }) => typeof code === 'string' && codes.test(code));
        if (kind === undefined) continue;
        const refusal = proxyRefusal(one);
        return {
          code: String(code),
          message: one.message || String(code),
          nextStep: refusal ?? kind.nextStep,
          transient: kind.transient && refusal === undefined,
        };
      }
    }
  }
  return undefined;
}
