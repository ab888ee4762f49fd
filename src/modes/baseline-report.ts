/** The earlier report that the verify action compares its result with. */
import type { Context } from '../context.ts';
import { GateError, messageOf } from '../errors.ts';
import { readEarlierReport } from '../report/verify/earlier.ts';
import type { Snapshot } from '../report/verify/snapshot.ts';
import { sentences } from '../text.ts';
import { readEarlier } from './earlier.ts';
import type { Known } from './images.ts';

const NEXT_STEP =
  'Set baseline-report to the path of the report.json that an earlier run of this step wrote.';

/**
 * Reads the earlier report. It only affects what is reported as new, so a report that cannot be used does not end the
 * run: everything then counts as new.
 */
export async function readBaselineReport(
  path: string,
  { workspace, warn }: Pick<Context, 'workspace' | 'warn'>,
  { startedAt, notices }: Pick<Known, 'startedAt' | 'notices'>,
): Promise<Snapshot | undefined> {
  try {
    const bytes = await readEarlier('baseline-report', path, workspace, NEXT_STEP);
    if (bytes !== undefined) return snapshotIn(bytes, path, startedAt);
    notices.push(`There is no earlier report ${path}. Everything counts as new.`);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const notice = sentences(`${error.message} Everything counts as new.`, error.nextStep ?? NEXT_STEP);
    notices.push(notice);
    warn(notice);
  }
  return undefined;
}

function snapshotIn(bytes: Uint8Array, path: string, now: Date): Snapshot {
  try {
    return readEarlierReport(bytes, now);
  } catch (error) {
    const message = `Input baseline-report: ${path} cannot be used as an earlier report: ${messageOf(error)}.`;
    throw new GateError('input', message, { nextStep: NEXT_STEP, cause: error });
  }
}
