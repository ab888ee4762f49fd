/** The environment variables that cosign runs with. Pure. */
import { delimiter } from 'node:path';
import { proxyEnvironment } from '../../proxy.ts';
import type { SigningKey } from '../key.ts';
import { absoluteEntries } from './exec.ts';

const PASSED_ON = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];

/**
 * The variables from which the AWS SDK for Go, or a credential process, reads credentials, region and endpoints. All other
 * AWS_ variables are left out, above all AWS_TLS_INSECURE_SKIP_VERIFY, with which sigstore's client does not verify the
 * certificate of KMS.
 * Source: aws-sdk-go-v2, config/env_config.go, and sigstore, pkg/signature/kms/aws/client.go.
 */
const PASSED_ON_OF_AWS = new Set([
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_ACCOUNT_ID',
  'AWS_ACCOUNT_ID_ENDPOINT_MODE',
  'AWS_CA_BUNDLE',
  'AWS_CONFIG_FILE',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_DEFAULTS_MODE',
  'AWS_DEFAULT_PROFILE',
  'AWS_DEFAULT_REGION',
  'AWS_EC2_METADATA_DISABLED',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT',
  'AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE',
  'AWS_EC2_METADATA_V1_DISABLED',
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_KMS',
  'AWS_ENDPOINT_URL_SIGNER',
  'AWS_ENDPOINT_URL_SIGNIN',
  'AWS_ENDPOINT_URL_SSO',
  'AWS_ENDPOINT_URL_SSO_OIDC',
  'AWS_ENDPOINT_URL_STS',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_LOGIN_CACHE_DIRECTORY',
  'AWS_MAX_ATTEMPTS',
  'AWS_METADATA_SERVICE_NUM_ATTEMPTS',
  'AWS_METADATA_SERVICE_TIMEOUT',
  'AWS_PROFILE',
  'AWS_REGION',
  'AWS_RETRY_MODE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_STS_REGIONAL_ENDPOINTS',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
]);
const OIDC = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN'];

export interface ChildSettings {
  /** The private directory: cosign's HOME, DOCKER_CONFIG and TUF cache. */
  readonly home: string;
  /** Undefined if cosign sends no requests to AWS. */
  readonly region: string | undefined;
  /** `none`: cosign needs no secrets, as for verifying with a public key. */
  readonly key: SigningKey['kind'] | 'none';
  /** The trusted entries of PATH; default: the absolute entries of the parent's PATH. */
  readonly searchPath?: string | undefined;
}

/**
 * The environment of cosign: what it needs and nothing else. cosign also reads every flag from a COSIGN_ variable, so a
 * variable of the job could turn off its checks. Only the variables that are named here are passed on.
 * @throws GateError `configuration` if the environment names a proxy that cannot be used
 */
export function childEnvironment(
  parent: Readonly<Record<string, string | undefined>>,
  { home, region, key, searchPath }: ChildSettings,
): Record<string, string> {
  const environment = { ...commonEnvironment(parent, searchPath), ...awsEnvironment(parent) };
  if (key === 'keyless') keep(parent, OIDC, environment);
  if (key === 'file') {
    // Without this variable, cosign would prompt for the password.
    environment.COSIGN_PASSWORD = parent.COSIGN_PASSWORD ?? '';
  }
  // cosign does not read the region in a key's ARN.
  if (region !== undefined) environment.AWS_REGION = region;
  return { ...environment, HOME: home, DOCKER_CONFIG: home, TUF_ROOT: `${home}/tuf` };
}

type Variables = Readonly<Record<string, string | undefined>>;

function keep(parent: Variables, names: readonly string[], into: Record<string, string>): void {
  for (const name of names) {
    const value = parent[name];
    if (value !== undefined) into[name] = value;
  }
}

/**
 * What every program that this action starts gets: PATH, directories for temporary files, proxies and certificates.
 * @param searchPath the trusted entries of PATH; default: the absolute entries of the parent's PATH
 * @throws GateError `configuration` if the environment names a proxy that cannot be used
 */
export function commonEnvironment(parent: Variables, searchPath: string | undefined): Record<string, string> {
  const environment: Record<string, string> = {};
  keep(parent, PASSED_ON, environment);
  Object.assign(environment, proxyEnvironment(parent));
  // Go does not read NODE_EXTRA_CA_CERTS. On Linux it trusts the certificates of this file and of the system's directories;
  // on macOS and Windows it trusts the system's store alone. Source: crypto/x509, root_unix.go.
  if (environment.SSL_CERT_FILE === undefined && parent.NODE_EXTRA_CA_CERTS) {
    environment.SSL_CERT_FILE = parent.NODE_EXTRA_CA_CERTS;
  }
  // A wrapper or a credential process that is started by its name must not come from the checkout either. On Windows the
  // shell would look in the current directory first.
  if (searchPath !== undefined) environment.PATH = searchPath;
  else if (environment.PATH !== undefined) {
    environment.PATH = absoluteEntries(environment.PATH).join(delimiter);
  }
  if (process.platform === 'win32') environment.NoDefaultCurrentDirectoryInExePath = '1';
  return environment;
}

/** What programs need that send requests to AWS: credentials, region and endpoints. */
export function awsEnvironment(parent: Variables): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(parent)) {
    // On Windows, names of variables are not case-sensitive.
    const variable = process.platform === 'win32' ? name.toUpperCase() : name;
    if (PASSED_ON_OF_AWS.has(variable) && value !== undefined) environment[variable] = value;
  }
  const userHome = parent.HOME ?? parent.USERPROFILE;
  if (userHome !== undefined) {
    // The SDK looks for its files below HOME, and the program gets another HOME.
    environment.AWS_CONFIG_FILE ??= `${userHome}/.aws/config`;
    environment.AWS_SHARED_CREDENTIALS_FILE ??= `${userHome}/.aws/credentials`;
  }
  return environment;
}
