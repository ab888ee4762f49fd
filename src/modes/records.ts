/**
 * Records in GitHub's artifact metadata. They are the last step of a run: every image has passed, and is signed where the run
 * signs. They have a deadline of their own, and no failure changes the verdict.
 */
import type { Context } from '../context.ts';
import { startDeadline } from '../deadline.ts';
import { messageOf } from '../errors.ts';
import {
  type ArtifactRecord,
  deploymentRecord,
  storageRecord,
  type WrittenRecords,
  writeRecords,
} from '../github/records.ts';
import { plainName } from '../image/reference.ts';
import { isResolved, type Resolution, type ResolvedImage } from '../image/resolve.ts';
import type { ImageInputs } from '../inputs/common.ts';
import type { Deployment } from '../inputs/verify.ts';
import { allows, worst } from '../results/modes/envelope.ts';
import { isSigned, type SigningReport } from '../results/modes/gate.ts';
import { type ImageReport, verdictOf } from '../results/modes/images.ts';
import type { ImageReference } from '../results/registry.ts';
import { sentences } from '../text.ts';
import type { Known } from './images.ts';

/** The longest time that the records may take, and the time of the run that they do not use. */
const RECORDS_MS = 15_000;
const RESERVE_MS = 1_000;
/** How many reasons a warning has. */
const MOST_PROBLEMS = 3;

/** One record for each image. Its name is the canonical one, whichever host name of the registry the workflow uses. */
export function storageRecords(images: readonly Resolution[]): ArtifactRecord[] {
  return images.filter(isResolved).map((image) => storageRecord(recorded(image)));
}

/**
 * One record for each reference: the same image can be deployed under several names.
 * @param references in the order of the names of the deployment
 */
export function deploymentRecords(
  references: readonly ImageReference[],
  images: readonly Resolution[],
  { names, ...place }: Deployment,
): ArtifactRecord[] {
  return references.flatMap(({ text }, index) => {
    const image = images.filter(isResolved).find((one) => one.references.includes(text));
    const name = names[index];
    return image === undefined || name === undefined
      ? []
      : [deploymentRecord(recorded(image), { ...place, name })];
  });
}

function recorded({ registry, repository, digest }: ResolvedImage) {
  return { name: plainName(registry, repository), digest };
}

/** Whether every image of a run passed and, if the run signs, is signed. */
export function isRecordable({
  images,
  signing,
}: {
  readonly images: readonly ImageReport[];
  readonly signing?: SigningReport | undefined;
}): boolean {
  return allows(worst(images.map(verdictOf))) && (signing === undefined || isSigned({ signing }));
}

/** Writes the records, at least one, and reports what was written. A failure is a warning. It never rejects. */
export async function record(
  records: readonly ArtifactRecord[],
  { githubToken }: Pick<ImageInputs, 'githubToken'>,
  context: Context,
  known: Known,
): Promise<void> {
  const kind = records[0]?.kind;
  if (kind === undefined) return;
  const { organization, page, written, problems } = await tryToWrite(records, githubToken, context);
  if (written > 0) {
    known.records = { kind, written, organization, page };
    context.log(`Recorded on GitHub in ${organization} (${kind}): ${written} of ${records.length} records.`);
  }
  const { signal, expired } = context.deadline;
  // A cancelled run has no verdict, so what it did not record does not matter.
  if (problems.length === 0 || (signal.aborted && !expired)) return;
  const left = problems.length - MOST_PROBLEMS;
  const text = [
    `Not recorded on GitHub (${kind}): ${records.length - written} of ${records.length} records. The verdict does not depend on them.`,
    ...problems.slice(0, MOST_PROBLEMS),
    ...(left > 0 ? [`Reasons that are not listed here: ${left}.`] : []),
  ].join(' ');
  context.warn(text);
  known.notices.push(text);
}

async function tryToWrite(
  records: readonly ArtifactRecord[],
  token: string | undefined,
  { deadline: whole, clock, environment, mask }: Context,
): Promise<WrittenRecords> {
  const failed = (problem: string) => ({
    organization: '',
    page: undefined,
    written: 0,
    problems: [problem],
  });
  if (token === undefined) {
    return failed(
      'Input github-token is empty. Remove it from the step, so that it uses the token of the job.',
    );
  }
  const budgetMs = Math.min(RECORDS_MS, whole.remainingMs() - RESERVE_MS);
  if (budgetMs <= 0 || whole.signal.aborted) {
    return failed('The run had no time left for them. Set a longer timeout.');
  }
  mask(token);
  const deadline = startDeadline(budgetMs, clock, whole.signal);
  try {
    return await writeRecords(records, { token, environment }, deadline.signal);
  } catch (error) {
    return failed(sentences(messageOf(error), 'Run the action in a workflow of GitHub Actions.'));
  } finally {
    deadline.clear();
  }
}
