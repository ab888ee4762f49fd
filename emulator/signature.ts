/** Who signed a request, and for which service and region. */

export interface Credential {
  readonly key: string;
  readonly region: string;
  readonly service: string;
}

/** Reads an `Authorization` header; undefined if it is not a signature of AWS. The signature itself is not checked. */
export function credentialOf(authorization: string): Credential | undefined {
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=[^,]+, ?Signature=[0-9a-f]{64}$/.exec(
      authorization,
    );
  const [, key, region, service] = match ?? [];
  if (key === undefined || region === undefined || service === undefined) return undefined;
  return { key, region, service };
}
