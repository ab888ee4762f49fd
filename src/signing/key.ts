/** Reads the input signing-key. Pure. */

export type SigningKey =
  | {
      readonly kind: 'kms';
      /** `awskms:///…`, as cosign takes it. */
      readonly reference: string;
      /** The region in its ARN, if it is one. cosign does not read it there. */
      readonly region: string | undefined;
    }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'keyless' };

/** What is wrong with a key. The caller adds the name of the input. */
export class InvalidSigningKey extends Error {
  override readonly name = 'InvalidSigningKey';
}

// The forms that sigstore's AWS KMS provider accepts, with the partitions that it accepts in ARNs.
const ARN =
  /^arn:aws(?:-us-gov|-cn)?:kms:(?<region>[a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+)$/;
const KEY_ID = /^(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
const ALIAS = /^alias\/[A-Za-z0-9/_-]+$/;
const ENDPOINT = /^[A-Za-z0-9.-]+(?::\d+)?$/;

/**
 * Reads a key: `awskms:///…`, a bare KMS ARN, alias or key id, `keyless`, or else the path of a private key.
 * @throws InvalidSigningKey
 */
export function parseSigningKey(text: string): SigningKey {
  if (text === 'keyless') return { kind: 'keyless' };
  if (text.startsWith('awskms:')) return parseKmsUri(text);
  if (text.startsWith('arn:')) return kms('', text);
  if (ALIAS.test(text) || KEY_ID.test(text)) return kms('', text);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    throw new InvalidSigningKey('only AWS KMS keys, key files and keyless are supported');
  }
  if (text === '' || text.startsWith('-') || hasControlCharacter(text)) {
    throw new InvalidSigningKey('it is neither a KMS key nor a file path');
  }
  return { kind: 'file', path: text };
}

function parseKmsUri(text: string): SigningKey {
  const match = /^awskms:\/\/([^/]*)\/(.+)$/.exec(text);
  const [, endpoint = '', id = ''] = match ?? [];
  if (
    match === null ||
    (endpoint !== '' && (!ENDPOINT.test(endpoint) || endpoint.startsWith('arn') || endpoint === 'alias'))
  ) {
    throw new InvalidSigningKey('a KMS key is written awskms:/// and its ARN, alias or key ID');
  }
  return kms(endpoint, id);
}

function kms(endpoint: string, id: string): SigningKey {
  if (/(?:^|:)alias\/aws\//.test(id)) {
    throw new InvalidSigningKey('alias/aws/… names an AWS managed key, which is symmetric and cannot sign');
  }
  const arn = ARN.exec(id);
  if (arn === null && !ALIAS.test(id) && !KEY_ID.test(id)) {
    throw new InvalidSigningKey('it is not a KMS key ARN, alias ARN, alias or key ID');
  }
  return { kind: 'kms', reference: `awskms://${endpoint}/${id}`, region: arn?.groups?.region };
}

function hasControlCharacter(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}
