/** The report of an earlier audit, read again as a baseline. */
import * as v from 'valibot';
import type { BaselineResult } from '../../audit/result.ts';
import { SEVERITIES } from '../../audit/severity.ts';
import { parseEarlier } from '../kit/earlier.ts';

/** Only the members that are compared, so that reports of other versions of the action can be read. */
const Earlier = v.object({
  schemaVersion: v.literal(1, 'schemaVersion is not 1'),
  mode: v.literal('audit', 'mode is not audit'),
  // A report that ended with an error may have no results. Every failure is then new.
  verdict: v.picklist(['pass', 'warn', 'block', 'error']),
  results: v.array(
    v.object({
      check: v.string(),
      resource: v.string(),
      status: v.picklist(['pass', 'fail', 'unknown', 'ignored']),
      severity: v.picklist(SEVERITIES),
      items: v.array(v.string()),
    }),
    'results is not a list',
  ),
});

/**
 * Reads the results of an earlier `report.json`.
 * @throws Error saying what is wrong with it
 */
export function readEarlierReport(bytes: Uint8Array): readonly BaselineResult[] {
  return parseEarlier(bytes, Earlier).results;
}
