/** What went wrong with a connection, and what to do about it. */

/** A failure below HTTP. */
export interface NetworkFailure {
  /** The system's or Node's own name for it, such as `ENOTFOUND`. */
  readonly code: string;
  readonly message: string;
  readonly nextStep: string;
  /** Whether another attempt could go better: a certificate that is not trusted does not change. */
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
      'Check the region in the image URI, the name resolution of the runner, and HTTPS_PROXY if the runner needs a proxy.',
    transient: true,
  },
  {
    codes: /^ECONNREFUSED$/,
    nextStep:
      'Check whether a proxy (HTTPS_PROXY) or an endpoint of your own (AWS_ENDPOINT_URL) is set to an address where nothing listens, and the firewall.',
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
      'Check whether the runner can reach AWS: its network, VPC endpoints for ECR and Inspector, and HTTPS_PROXY if it needs a proxy.',
    transient: true,
  },
  {
    codes: /^ERR_PROXY_/,
    nextStep:
      'Check the address and the login in HTTPS_PROXY, and whether the proxy lets the runner reach AWS.',
    transient: true,
  },
  {
    codes: /^(CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_TLS_|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH)/,
    nextStep:
      'If a proxy of yours opens TLS connections, name its certificate authority in NODE_EXTRA_CA_CERTS; otherwise something else answers in place of AWS.',
    transient: false,
  },
];

/** The failure of a connection that stands behind an error; undefined if it is none. */
export function networkFailure(error: unknown): NetworkFailure | undefined {
  // Node wraps what failed: several addresses in an AggregateError, a proxy's answer in a cause.
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const all = cause instanceof AggregateError ? [cause, ...cause.errors] : [cause];
    for (const one of all as (Error & { code?: unknown })[]) {
      for (const code of [one.code, one.name]) {
        const kind = KINDS.find(({ codes }) => typeof code === 'string' && codes.test(code));
        if (kind === undefined) continue;
        return {
          code: String(code),
          message: one.message || String(code),
          nextStep: kind.nextStep,
          transient: kind.transient,
        };
      }
    }
  }
  return undefined;
}
