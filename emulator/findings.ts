/** Findings as Inspector lists them: real vulnerabilities with their real data, and large generated sets. */
import type { JsonObject, WireFinding, WirePackage } from './scenario.ts';

export interface FindingSpec {
  readonly id: string;
  readonly severity: string;
  /** CVSS 3.1 base score and vector. */
  readonly score: number;
  readonly vector: string;
  /** The source of the score; default NVD. */
  readonly scoredBy?: string;
  readonly source: string;
  readonly sourceUrl: string;
  readonly package: string;
  /** Of an operating system's package: with epoch and release, as its package manager writes it. */
  readonly version: string;
  /** Undefined: there is no fix. */
  readonly fixedIn?: string;
  readonly manager: string;
  readonly filePath?: string;
  /** Whether the image's own command reaches the package. Undefined: Inspector has not judged it yet. */
  readonly reachable?: boolean;
  readonly exploit?: boolean;
  /** For vulnerabilities in CISA's catalog of known exploited ones: the date of the entry, and the due date of a fix. */
  readonly kev?: { readonly added: string; readonly due: string };
}

const NVD = 'https://nvd.nist.gov/vuln/detail';
const DEBIAN = 'https://security-tracker.debian.org/tracker';
const REMOTE = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const REMOTE_AND_BEYOND = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H';

/** Well-known vulnerabilities, with their real ids, packages, fixed versions and scores. */
export const CATALOGUE = {
  log4shell: {
    id: 'CVE-2021-44228',
    severity: 'CRITICAL',
    score: 10,
    vector: REMOTE_AND_BEYOND,
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2021-44228`,
    package: 'org.apache.logging.log4j:log4j-core',
    version: '2.14.1',
    fixedIn: '2.15.0',
    manager: 'JAR',
    filePath: 'app/lib/log4j-core-2.14.1.jar',
    exploit: true,
    kev: { added: '2021-12-10', due: '2021-12-24' },
  },
  spring4shell: {
    id: 'CVE-2022-22965',
    severity: 'CRITICAL',
    score: 9.8,
    vector: REMOTE,
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2022-22965`,
    package: 'org.springframework:spring-beans',
    version: '5.3.17',
    fixedIn: '5.3.18',
    manager: 'JAR',
    filePath: 'app/lib/spring-beans-5.3.17.jar',
    exploit: true,
    kev: { added: '2022-04-04', due: '2022-04-25' },
  },
  zlibInflate: {
    id: 'CVE-2022-37434',
    severity: 'CRITICAL',
    score: 9.8,
    vector: REMOTE,
    source: 'DEBIAN_CVE',
    sourceUrl: `${DEBIAN}/CVE-2022-37434`,
    package: 'zlib',
    version: '1:1.2.11.dfsg-2+deb11u1',
    fixedIn: '1:1.2.11.dfsg-2+deb11u2',
    manager: 'OS',
  },
  zlibMinizip: {
    id: 'CVE-2023-45853',
    severity: 'CRITICAL',
    score: 9.8,
    vector: REMOTE,
    source: 'DEBIAN_CVE',
    sourceUrl: `${DEBIAN}/CVE-2023-45853`,
    package: 'zlib',
    version: '1:1.2.13.dfsg-1',
    manager: 'OS',
  },
  curlSocks: {
    id: 'CVE-2023-38545',
    severity: 'CRITICAL',
    score: 9.8,
    vector: REMOTE,
    source: 'DEBIAN_CVE',
    sourceUrl: `${DEBIAN}/CVE-2023-38545`,
    package: 'curl',
    version: '7.88.1-10+deb12u1',
    fixedIn: '7.88.1-10+deb12u4',
    manager: 'OS',
  },
  xzBackdoor: {
    id: 'CVE-2024-3094',
    severity: 'CRITICAL',
    score: 10,
    vector: REMOTE_AND_BEYOND,
    source: 'DEBIAN_CVE',
    sourceUrl: `${DEBIAN}/CVE-2024-3094`,
    package: 'xz-utils',
    version: '5.6.1-1',
    fixedIn: '5.6.1+really5.4.5-1',
    manager: 'OS',
  },
  ejsInjection: {
    id: 'CVE-2022-29078',
    severity: 'CRITICAL',
    score: 9.8,
    vector: REMOTE,
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2022-29078`,
    package: 'ejs',
    version: '3.1.6',
    fixedIn: '3.1.7',
    manager: 'NODEPKG',
    filePath: 'app/node_modules/ejs/package.json',
  },
  lodashDefaults: {
    id: 'CVE-2019-10744',
    severity: 'CRITICAL',
    score: 9.1,
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:H',
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2019-10744`,
    package: 'lodash',
    version: '4.17.11',
    fixedIn: '4.17.12',
    manager: 'NPM',
    filePath: 'app/package-lock.json',
  },
  opensslLoop: {
    id: 'CVE-2022-0778',
    severity: 'HIGH',
    score: 7.5,
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
    source: 'DEBIAN_CVE',
    sourceUrl: `${DEBIAN}/CVE-2022-0778`,
    package: 'openssl',
    version: '1.1.1k-1+deb11u1',
    fixedIn: '1.1.1k-1+deb11u2',
    manager: 'OS',
  },
  rapidReset: {
    id: 'CVE-2023-44487',
    severity: 'HIGH',
    score: 7.5,
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2023-44487`,
    package: 'golang.org/x/net',
    version: 'v0.15.0',
    fixedIn: '0.17.0',
    manager: 'GOBINARY',
    filePath: 'usr/local/bin/server',
    exploit: true,
    kev: { added: '2023-10-10', due: '2023-10-31' },
  },
  looneyTunables: {
    id: 'CVE-2023-4911',
    severity: 'HIGH',
    score: 7.8,
    vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H',
    source: 'DEBIAN_CVE',
    sourceUrl: `${DEBIAN}/CVE-2023-4911`,
    package: 'glibc',
    version: '2.36-9+deb12u1',
    fixedIn: '2.36-9+deb12u3',
    manager: 'OS',
    exploit: true,
    kev: { added: '2023-11-21', due: '2023-12-12' },
  },
  lodashPollution: {
    id: 'CVE-2020-8203',
    severity: 'HIGH',
    score: 7.4,
    vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:H',
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2020-8203`,
    package: 'lodash',
    version: '4.17.15',
    fixedIn: '4.17.20',
    manager: 'NPM',
    filePath: 'app/package-lock.json',
  },
  urllib3Backtracking: {
    id: 'CVE-2021-33503',
    severity: 'HIGH',
    score: 7.5,
    vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2021-33503`,
    package: 'urllib3',
    version: '1.26.4',
    fixedIn: '1.26.5',
    manager: 'PYTHONPKG',
    filePath: 'usr/lib/python3/dist-packages/urllib3-1.26.4.dist-info/METADATA',
  },
  terrapin: {
    id: 'CVE-2023-48795',
    severity: 'MEDIUM',
    score: 5.9,
    vector: 'CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:H/A:N',
    source: 'NVD',
    sourceUrl: `${NVD}/CVE-2023-48795`,
    package: 'golang.org/x/crypto',
    version: 'v0.16.0',
    fixedIn: '0.17.0',
    manager: 'GOBINARY',
    filePath: 'usr/local/bin/server',
  },
  requestsVerify: {
    id: 'CVE-2024-35195',
    severity: 'MEDIUM',
    score: 5.6,
    vector: 'CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:H/I:H/A:N',
    scoredBy: 'GITHUB',
    source: 'GITHUB',
    sourceUrl: 'https://github.com/advisories/GHSA-9wx4-h78v-vm56',
    package: 'requests',
    version: '2.31.0',
    fixedIn: '2.32.0',
    manager: 'PYTHONPKG',
    filePath: 'usr/lib/python3/dist-packages/requests-2.31.0.dist-info/METADATA',
  },
  gnupgCompressed: {
    id: 'CVE-2022-3219',
    severity: 'LOW',
    score: 3.3,
    vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:L',
    source: 'DEBIAN_CVE',
    sourceUrl: `${DEBIAN}/CVE-2022-3219`,
    package: 'gnupg2',
    version: '2.2.40-1.1',
    manager: 'OS',
  },
} as const satisfies Record<string, FindingSpec>;

/** One finding in Inspector's shape; the server adds the image it is found in, and an ARN made from both. */
export function finding(spec: FindingSpec, overrides: Partial<WireFinding> = {}): WireFinding {
  const scoreSource = spec.scoredBy ?? 'NVD';
  return {
    title: `${spec.id} - ${spec.package}`,
    description: `${spec.id} in ${spec.package} ${spec.version}.`,
    severity: spec.severity,
    fixAvailable: spec.fixedIn === undefined ? 'NO' : 'YES',
    exploitAvailable: spec.exploit ? 'YES' : 'NO',
    inspectorScore: spec.score,
    inspectorScoreDetails: {
      adjustedCvss: {
        adjustments: [],
        cvssSource: scoreSource,
        score: spec.score,
        scoreSource,
        scoringVector: spec.vector,
        version: '3.1',
      },
    },
    remediation: { recommendation: { text: 'None Provided' } },
    packageVulnerabilityDetails: {
      vulnerabilityId: spec.id,
      source: spec.source,
      sourceUrl: spec.sourceUrl,
      cvss: [{ baseScore: spec.score, scoringVector: spec.vector, source: scoreSource, version: '3.1' }],
      referenceUrls: [],
      relatedVulnerabilities: [],
      vulnerablePackages: [vulnerablePackage(spec)],
    },
    ...(spec.kev && { details: { cisaData: cisaData(spec.kev) } }),
    ...overrides,
  };
}

function cisaData({ added, due }: NonNullable<FindingSpec['kev']>): JsonObject {
  return {
    dateAdded: Date.parse(added) / 1000,
    dateDue: Date.parse(due) / 1000,
    action: 'Apply updates per vendor instructions.',
  };
}

// Inspector's word for a missing value.
const NOT_AVAILABLE = 'NotAvailable';

function vulnerablePackage(spec: FindingSpec): WirePackage {
  const { fixedIn } = spec;
  if (spec.manager !== 'OS') {
    return {
      name: spec.package,
      version: spec.version,
      packageManager: spec.manager,
      fixedInVersion: fixedIn ?? NOT_AVAILABLE,
      ...(spec.filePath !== undefined && { filePath: spec.filePath }),
      ...reachability(spec),
    };
  }
  // Inspector splits the installed version into its parts, and writes the fixed one in full, including an epoch of zero.
  const { epoch, version, release } = takeApart(spec.version);
  return {
    name: spec.package,
    version,
    epoch,
    ...(release !== undefined && { release }),
    packageManager: spec.manager,
    fixedInVersion: fixedIn === undefined ? NOT_AVAILABLE : fixedIn.includes(':') ? fixedIn : `0:${fixedIn}`,
    remediation: fixedIn === undefined ? NOT_AVAILABLE : 'apt-get update && apt-get upgrade',
    ...reachability(spec),
  };
}

/** Source: Amazon Inspector's service model, RuntimeReachability and RuntimeReachabilityReason. */
function reachability({ reachable }: FindingSpec): Partial<WirePackage> {
  if (reachable === undefined) return {};
  return reachable
    ? {
        runtimeReachability: 'REACHABLE',
        runtimeReachabilityReason: 'PACKAGE_IN_DOCKERFILE_WORKLOAD_PATH',
      }
    : {
        runtimeReachability: 'NOT_REACHABLE',
        runtimeReachabilityReason: 'PACKAGE_NOT_IN_DOCKERFILE_WORKLOAD_PATH',
      };
}

/** A Debian version: `[epoch:]upstream[-release]`. */
function takeApart(full: string): { epoch: number; version: string; release: string | undefined } {
  const [, epoch = '0', version = full, release] = /^(?:(\d+):)?(.*?)(?:-([^-]*))?$/.exec(full) ?? [];
  return { epoch: Number(epoch), version, release };
}

/** Many findings of invented vulnerabilities, with ids that are recognizably not real. */
export function many(
  count: number,
  seed: string,
  severities: readonly string[] = ['MEDIUM', 'LOW'],
  more: Partial<FindingSpec> = {},
): WireFinding[] {
  return Array.from({ length: count }, (_, index) =>
    finding({
      id: `EXAMPLE-${seed}-${String(index).padStart(5, '0')}`,
      severity: severities[index % severities.length] ?? 'LOW',
      score: 5,
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:L/I:L/A:N',
      source: 'EXAMPLE',
      sourceUrl: 'https://example.com/',
      package: `example-package-${index % 100}`,
      version: `1.0.${index % 10}`,
      fixedIn: '2.0.0',
      manager: 'NPM',
      ...more,
    }),
  );
}
