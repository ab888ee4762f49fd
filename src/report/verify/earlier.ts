/** The report of an earlier run of the verify action. It is not trusted: it comes from an artifact or a file. */
import * as v from 'valibot';
import { DAY_MS } from '../../time.ts';
import { date, integer, list } from '../findings/document-finding.ts';
import { parseEarlier } from '../kit/earlier.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';

/** As long as GitHub keeps an artifact by default. A comparison with an older report would not be meaningful. */
const MAX_AGE_DAYS = 90;

/**
 * The most images, and references of an image. The input `image` is an environment variable, which has at most 128 KiB in
 * Linux (MAX_ARG_STRLEN): fewer than 3,000 references. All names together fit into a Map, which has at most 2^24 entries.
 */
const MOST = 4_000;

const verdict = v.picklist(['pass', 'warn', 'block', 'error']);
const text = v.string();

/** Only the members that are compared, so that reports of other versions of the action can be read. */
const image = v.object({
  image: text,
  digest: v.nullable(text),
  references: v.pipe(list(text), v.maxLength(MOST, `it has more than ${MOST} references`)),
  verdict,
  error: v.nullable(v.object({ code: text, message: text })),
  findings: list(
    v.object({
      vulnerability: text,
      severity: text,
      effect: v.picklist(['block', 'warn', 'allow']),
      packages: list(v.object({ name: text, manager: v.nullable(text) })),
    }),
  ),
  exceededLimits: list(v.object({ severity: text, allowed: integer, found: integer })),
  exceptions: list(
    v.object({
      origin: v.picklist(['exceptions', 'vex']),
      source: text,
      ids: list(text),
      scope: v.nullable(
        v.object({ package: v.nullable(text), image: v.nullable(text), platform: v.nullable(text) }),
      ),
      ends: v.nullable(date),
      matches: v.picklist(['finding', 'vulnerability', 'image', 'nothing']),
      applied: integer,
      refusals: list(v.object({ kind: text })),
    }),
  ),
  proofs: list(
    v.object({
      kind: text,
      state: v.picklist(['proven', 'failed', 'skipped', 'noted']),
      what: text,
      by: v.nullable(text),
      at: v.nullable(date),
      ageMs: v.nullable(v.number()),
      ends: v.optional(v.nullable(date)),
      detail: v.nullable(text),
    }),
  ),
});

const report = v.object({
  schemaVersion: v.literal(1, 'schemaVersion is not 1'),
  action: v.object({ name: v.literal('ecr-deployment-gate', 'the action is not this one') }),
  startedAt: date,
  judgedAt: v.nullable(date),
  error: v.nullable(v.object({ code: text, message: text })),
  // The gate and the audit have none, and neither has a run that ended before it knew what to verify.
  verification: v.object({}, 'it is not an object, so the verify action has verified nothing'),
  // Without the images of the earlier run, nothing can be said of those that disappeared.
  images: v.pipe(
    list(v.unknown()),
    v.minLength(1, 'it is empty, so the run ended before it had read its images'),
    v.maxLength(MOST, `it has more than ${MOST} images`),
    list(image),
  ),
});

/**
 * Reads what is compared of an earlier `report.json`.
 * @param now when this run started, by the runner's clock, as the earlier report has it of its own run
 * @throws Error that says what is wrong with it
 */
export function readEarlierReport(bytes: Uint8Array, now: Date): Snapshot {
  const { startedAt, judgedAt, error, images } = parseEarlier(bytes, report);
  // A cancelled run writes no issue, so what it found may not have been read.
  if (error?.code === 'cancelled') throw new Error('its run was cancelled');
  const ageMs = now.getTime() - new Date(startedAt).getTime();
  if (!(ageMs >= 0)) throw new Error(`its run started at ${startedAt}, which is later than this run`);
  if (ageMs > MAX_AGE_DAYS * DAY_MS) throw new Error(`it is older than ${MAX_AGE_DAYS} days`);
  return snapshotOf({
    startedAt: new Date(startedAt),
    judgedAt: judgedAt === null ? undefined : new Date(judgedAt),
    error: error?.message,
    images,
  });
}
