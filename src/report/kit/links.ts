/** Links to advisories and to the AWS console. Only addresses of a known form become links. */

/** The page that describes a vulnerability; undefined for an ID of an unknown form. */
export function advisoryUrl(id: string): string | undefined {
  if (/^CVE-\d{4}-\d{4,12}$/.test(id)) return `https://nvd.nist.gov/vuln/detail/${id}`;
  if (/^GHSA(-[23456789cfghjmpqrvwx]{4}){3}$/.test(id)) return `https://github.com/advisories/${id}`;
  return undefined;
}

// The sites on which the vendors that Inspector uses publish their advisories.
const VENDORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'access.redhat.com': 'Red Hat',
    'alas.aws.amazon.com': 'Amazon Linux',
    'errata.almalinux.org': 'AlmaLinux',
    'errata.rockylinux.org': 'Rocky Linux',
    'explore.alas.aws.amazon.com': 'Amazon Linux',
    'linux.oracle.com': 'Oracle Linux',
    'people.canonical.com': 'Ubuntu',
    'security-tracker.debian.org': 'Debian',
    'security.alpinelinux.org': 'Alpine',
    'ubuntu.com': 'Ubuntu',
    'www.suse.com': 'SUSE',
  }),
);

export interface Advisory {
  readonly vendor: string;
  readonly url: string;
}

/** The vendor's advisory behind a finding; undefined for any other address. */
export function vendorAdvisory(sourceUrl: string | undefined): Advisory | undefined {
  if (sourceUrl === undefined || !/^https:\/\/[a-z.-]+\/[\w./~%?=&#-]{1,200}$/.test(sourceUrl))
    return undefined;
  const { hostname, href } = new URL(sourceUrl);
  const vendor = VENDORS.get(hostname);
  return vendor === undefined ? undefined : { vendor, url: href };
}

/** The page of an organization's linked artifacts on github.com or another GitHub server; undefined for any other address. */
export function linkedArtifactsUrl(page: string | undefined): string | undefined {
  const isKnown =
    page !== undefined && /^https?:\/\/[\w.-]{1,253}(:\d{1,5})?\/orgs\/[\w-]{1,100}\/artifacts$/.test(page);
  return isKnown ? page : undefined;
}

/** An image as AWS names it. */
export interface ImageAddress {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly digest: string;
}

/** Pages of the AWS console about an image; none for a Region with an unknown console. */
export function consoleLinks({
  account,
  region,
  repository,
  digest,
}: ImageAddress): { name: string; url: string }[] {
  const host = consoleHost(region);
  const known =
    /^\d{12}$/.test(account) &&
    /^[a-z0-9/._-]{2,256}$/.test(repository) &&
    /^sha256:[0-9a-f]{64}$/.test(digest);
  if (host === undefined || !known) return [];
  return [
    {
      name: 'Amazon ECR',
      url: `https://${host}/ecr/repositories/private/${account}/${repository}/_/image/${digest}/details?region=${region}`,
    },
    { name: 'Amazon Inspector', url: `https://${host}/inspector/v2/home?region=${region}#/findings/all` },
  ];
}

function consoleHost(region: string): string | undefined {
  if (/^cn-[a-z]+-\d$/.test(region)) return `${region}.console.amazonaws.cn`;
  if (/^us-gov-[a-z]+-\d$/.test(region)) return `${region}.console.amazonaws-us-gov.com`;
  if (/^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d$/.test(region)) return `${region}.console.aws.amazon.com`;
  return undefined;
}
