/** Reads the findings of an image once, without waiting: for advice, which has no time to wait for a scan. */
import type { PlatformImage } from '../image/resolve.ts';
import type { Finding } from '../results/finding.ts';
import { formatAge } from '../time.ts';
import { staleScan } from './age.ts';
import type { Scanner } from './scanner.ts';
import { type Blocking, ecrContradiction, isLongFinished } from './settle.ts';

export type SettledRead =
  | { readonly findings: readonly Finding[]; readonly unknown?: undefined }
  | { readonly findings?: undefined; readonly unknown: string };

/** Any finding that is missing can change the advice. */
const ANY: Blocking = { canBlock: () => true, alwaysBlocks: () => false };

/**
 * The findings of an image whose scan has ended, has settled and is current, by the answers of both services; otherwise the
 * reason why they are unknown, which may quote AWS. For each severity, ECR must not count more
 * findings than Inspector lists.
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
  const contradiction = ecrContradiction(findings, counted, ANY);
  return contradiction === undefined ? { findings } : { unknown: contradiction };
}
