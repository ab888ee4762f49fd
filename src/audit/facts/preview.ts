/** ECR's own preview of what a lifecycle policy does. */
import { isDeepStrictEqual } from 'node:util';
import { GetLifecyclePolicyPreviewCommand, StartLifecyclePolicyPreviewCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import type { PreviewedImage } from '../lifecycle/preview.ts';
import type { Context } from './context.ts';
import { About, type DescribedRepository, expectRepository } from './repository.ts';
import { digest, once, optionalText, page, text } from './shapes.ts';

// The most items of one page (ECR service model).
const PREVIEW_PAGE = 100;

const PREVIEW_POLL_MS = 2_000;

const Preview = v.object({
  ...About,
  lifecyclePolicyText: text,
  status: text,
  previewResults: v.nullish(
    v.array(
      v.object({
        imageDigest: digest,
        action: v.nullish(v.object({ type: optionalText, targetStorageClass: optionalText })),
        appliedRulePriority: v.nullish(v.number()),
      }),
    ),
  ),
  nextToken: v.nullish(v.string()),
});

/**
 * Starts ECR's preview of the repository's own lifecycle policy, and reads it when it is complete.
 * @param policy the text of that policy
 * @throws Unanswered
 */
export async function previewOf(
  context: Context,
  { name, arn }: DescribedRepository,
  policy: string,
): Promise<readonly PreviewedImage[]> {
  const { asker, ecr, registry } = context;
  const about = { registryId: registry.account, repositoryName: name };
  const start = 'ecr:StartLifecyclePolicyPreview';
  const read = 'ecr:GetLifecyclePolicyPreview';
  await asker.optional(
    context.question(start, arn),
    // A preview that the audit itself started, if the response was lost, or that another principal started.
    ['LifecyclePolicyPreviewInProgressException'],
    (abortSignal) => ecr.send(new StartLifecyclePolicyPreviewCommand(about), { abortSignal }),
    () => undefined,
  );
  const get = (nextToken: string | undefined, abortSignal: AbortSignal) =>
    ecr.send(new GetLifecyclePolicyPreviewCommand({ ...about, maxResults: PREVIEW_PAGE, nextToken }), {
      abortSignal,
    });
  const whenComplete = async (nextToken: string | undefined, abortSignal: AbortSignal) => {
    let answer = await get(nextToken, abortSignal);
    while (answer.status === 'IN_PROGRESS' && !abortSignal.aborted) {
      await asker.deadline.sleep(PREVIEW_POLL_MS);
      answer = await get(nextToken, abortSignal);
    }
    return answer;
  };
  const results = await asker.list(context.question(read, arn), whenComplete, (answer) => {
    const preview = checked(Preview, answer, read);
    const { status, previewResults, nextToken } = preview;
    expectRepository(read, preview, about);
    if (!isSame(preview.lifecyclePolicyText, policy)) {
      throw new MalformedAnswer('the lifecycle preview is about another policy than the current one');
    }
    if (status !== 'COMPLETE') throw new MalformedAnswer(`the lifecycle preview ended as ${status}`);
    if (!previewResults) throw new MalformedAnswer(`${read} returned no previewResults`);
    return page(previewResults, nextToken);
  });
  return once(read, results, ({ imageDigest }) => imageDigest).map(
    ({ imageDigest, action, appliedRulePriority }) => ({
      digest: imageDigest,
      action: actionOf(action?.type, action?.targetStorageClass),
      priority: appliedRulePriority ?? undefined,
    }),
  );
}

/** Whether two texts are the same JSON, regardless of formatting. */
function isSame(one: string, other: string): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(one), JSON.parse(other));
  } catch {
    return one === other;
  }
}

function actionOf(
  type: string | null | undefined,
  target: string | null | undefined,
): PreviewedImage['action'] {
  if (type === 'EXPIRE') return 'expire';
  return type === 'TRANSITION' && target === 'ARCHIVE' ? 'archive' : undefined;
}
