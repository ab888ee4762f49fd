/** Reads the findings of an image once, without waiting: for advice, which has no time to wait for a scan. */
import type { PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import { formatAge } from '../time.ts';
import { staleScan } from './age.ts';
import type { Scanner } from './scanner.ts';
import { ecrContradiction, isLongFinished } from './settle.ts';

export type SettledRead =
  | { readonly findings: readonly Finding[]; readonly unknown?: undefined }
  | { readonly findings?: undefined; readonly unknown: string };

/**
 * The findings of an image whose scan has ended, has settled and is current, by the answers of both services; otherwise
 * the reason why they are unknown, which may quote AWS. For each severity, ECR must not count more findings than
 * Inspector lists.
 * @throws MalformedAnswer, GateError if the services cannot be read
 */
export async function readSettled(image: PlatformImage, scanner: Scanner): Promise<SettledRead> {
  const observation = (await scanner.observe([image], true)).get(image);
  const now = scanner.serviceTime(image);
  if (observation === undefined) return { unknown: 'the state of its scan is unknown' };
  const { state } = observation;
  if (state.kind !== 'scanned') return { unknown: `it is not scanned: ${state.reason}` };
  const { scannedAt } = state;
  if (staleScan([state], now) !== undefined) {
    const age = formatAge(now.getTime() - scannedAt.getTime());
    return { unknown: `it was last scanned ${age} ago and is not scanned continuously` };
  }
  if (!isLongFinished(scannedAt, now)) return { unknown: 'its scan has only just ended' };
  const findings = await scanner.findings(image);
  const counted = observation.countedByEcr ?? (await scanner.countedByEcr(image));
  const contradiction = ecrContradiction(findings, counted, () => true) ?? moreIn(counted, findings);
  return contradiction === undefined ? { findings } : { unknown: contradiction };
}

/** Why ECR's counts show that findings are missing in Inspector's list; undefined if they do not. */
function moreIn(
  counted: ReadonlyMap<string, number> | undefined,
  findings: readonly Finding[],
): string | undefined {
  const open = Map.groupBy(
    findings.filter(({ status }) => status !== 'CLOSED'),
    ({ severity }) => severity,
  );
  const ids = (severity: string) => new Set(open.get(severity)?.map(({ id }) => id)).size;
  const more = [...(counted ?? [])].filter(([severity, count]) => count > ids(severity));
  if (more.length === 0) return undefined;
  const listed = more.map(([severity, count]) => `${count} ${severity}`).join(', ');
  return `ECR counts findings that Amazon Inspector does not list (${listed})`;
}
