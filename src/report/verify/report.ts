/** The result of the verify action in every form in which it is published. */
import { hasChanged } from '../../results/modes/changes.ts';
import { allows } from '../../results/modes/envelope.ts';
import type { ImageReport } from '../../results/modes/images.ts';
import { isSigned, type VerifiedImage, type VerifyResult } from '../../results/modes/verify.ts';
import { type CommandsOf, commandBlock, commandLines } from '../findings/by-hand.ts';
import { renderComment } from '../findings/comment.ts';
import { errorsOf } from '../findings/errors.ts';
import { reportFile } from '../findings/json.ts';
import { logLines } from '../findings/log.ts';
import { sharedOutputs } from '../findings/outputs.ts';
import { recordBlock } from '../findings/records.ts';
import { sarifFile } from '../findings/sarif.ts';
import { nextSteps } from '../findings/steps.ts';
import { bareSummary, renderSummary } from '../findings/summary.ts';
import type { Outputs } from '../kit/outputs.ts';
import type { Report, ReportFiles } from '../report.ts';
import { changeAnnotations, changeBlocks, changeLines, renderNews } from './changes-section.ts';
import { headline } from './headline.ts';
import { reportText } from './json.ts';
import { proofBlocks, proofLines } from './proofs.ts';

export function verifyReport(result: VerifyResult): Report {
  const verified = new Map<ImageReport, VerifiedImage>(result.images.map((image) => [image, image]));
  const ofImage = (image: ImageReport) => {
    const found = verified.get(image);
    return found === undefined ? [] : proofLines(found, result);
  };
  return {
    log: () => logLines(result, { headline: headline(result), ofImage, end: changeLines(result) }),
    annotations: (dockerfile) => changeAnnotations(result, dockerfile),
    summary: (limitBytes) => verifySummary(result, limitBytes),
    bareSummary: () => bareSummary(result),
    files: (dockerfile) => [reportFile(() => reportText(result)), sarifFile(result, dockerfile)],
    outputs: (files) => verifyOutputs(result, files),
    comment: {
      isFailing: !allows(result.verdict),
      render: (place, limitBytes) => renderComment(result, headline(result), place, limitBytes),
    },
    issue: {
      isFailing: !allows(result.verdict),
      render: (place, limitBytes) =>
        renderComment(result, headline(result), place, limitBytes, changeBlocks(result, limitBytes / 2)),
      news: (place, limitBytes) => renderNews(result, place, limitBytes),
    },
    errors: () => errorsOf(result),
  };
}

/** The job summary of the verify action. */
export function verifySummary(result: VerifyResult, limitBytes: number): string {
  const signed = new Set<ImageReport>(result.images.filter(isSigned));
  return renderSummary(
    result,
    {
      headline: headline(result),
      steps: [...changeBlocks(result, limitBytes / 4), ...nextSteps(result)],
      proofs: proofBlocks(result),
      signatures: [...commandBlock(commandsOf(result)), ...recordBlock(result)],
      isSigned: (image) => signed.has(image),
      isAttested: () => false,
    },
    limitBytes,
  );
}

/** The commands for the signatures and verification summaries of the images. */
function commandsOf({ images }: VerifyResult): CommandsOf[] {
  return images.map((image) => ({ image, commands: image.proofs.map(({ command }) => command) }));
}

/** Every output of the verify action. */
export function verifyOutputs(result: VerifyResult, files: ReportFiles): Outputs<'verify'> {
  const signed = result.images.length > 0 && result.images.every(isSigned);
  const ofImage = (image: VerifiedImage) => ({
    signed: isSigned(image),
    attested: false,
    promotedFrom: [...new Set(image.proofs.flatMap(({ promotedFrom }) => promotedFrom ?? []))],
  });
  const commands = commandLines(commandsOf(result));
  const { changes } = result;
  return {
    ...sharedOutputs(result, { signed, commands, ofImage }, files),
    changed: String(changes === undefined || hasChanged(changes)),
  };
}
