/** Signing profiles of AWS Signer. Pure. */

/** A signing profile of AWS Signer. */
export interface SigningProfile {
  readonly arn: string;
  readonly region: string;
}

/** The ARN of a signing profile. Source: AWS Signer API reference, ProfileName. Versioned ARNs end with `/VERSION`. */
const PROFILE =
  /^arn:aws(?:-us-gov|-cn)?:signer:(?<region>[a-z0-9-]+):\d{12}:\/signing-profiles\/[A-Za-z0-9_]{2,64}$/;

/** The signing profile with an ARN; undefined for any other text. */
export function signingProfile(arn: string): SigningProfile | undefined {
  const region = PROFILE.exec(arn)?.groups?.region;
  return region === undefined ? undefined : { arn, region };
}
