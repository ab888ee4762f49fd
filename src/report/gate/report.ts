/** The result of the gate in every form in which it is published. */
import { allows } from '../../results/modes/envelope.ts';
import { type GateImage, type GateResult, isImageSigned, isSigned } from '../../results/modes/gate.ts';
import type { ImageReport } from '../../results/modes/images.ts';
import { annotations } from '../findings/annotations.ts';
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
import { inertJson } from '../kit/escape.ts';
import type { Outputs } from '../kit/outputs.ts';
import type { FileToWrite, LogPart, Report, ReportFiles } from '../report.ts';
import { attestationBlocks, attestationLines } from './attestations.ts';
import { headline } from './headline.ts';
import { reportText } from './json.ts';
import { signatureBlock, signingLines } from './signatures.ts';

export function gateReport(result: GateResult): Report {
  return {
    log: () => gateLog(result),
    annotations: (dockerfile) => annotations(result, dockerfile),
    summary: (limitBytes) => gateSummary(result, limitBytes),
    bareSummary: () => bareSummary(result),
    files: (dockerfile) => [
      reportFile(() => reportText(result)),
      sarifFile(result, dockerfile),
      ...result.images.flatMap(bundleFiles),
    ],
    outputs: (files) => gateOutputs(result, files),
    comment: {
      isFailing: !allows(result.verdict),
      render: (place, limitBytes) => renderComment(result, headline(result), place, limitBytes),
    },
    errors: () => errorsOf(result),
  };
}

function gateLog(result: GateResult): LogPart[] {
  const gated = new Map<ImageReport, GateImage>(result.images.map((image) => [image, image]));
  const ofImage = (image: ImageReport) => {
    const found = gated.get(image);
    return found === undefined ? [] : attestationLines(found);
  };
  return logLines(result, { headline: headline(result), ofImage, end: signingLines(result) });
}

/** The job summary of the gate. */
export function gateSummary(result: GateResult, limitBytes: number): string {
  const attested = new Set<ImageReport>(
    result.images.filter(({ verdictAttestations }) => verdictAttestations.length > 0),
  );
  const signed = new Set<ImageReport>(result.images.filter((image) => isImageSigned(result, image)));
  return renderSummary(
    result,
    {
      headline: headline(result),
      steps: nextSteps(result),
      proofs: [],
      signatures: [
        ...attestationBlocks(result),
        signatureBlock(result),
        ...commandBlock(commandsOf(result)),
        ...recordBlock(result),
      ],
      isSigned: (image) => signed.has(image),
      isAttested: (image) => attested.has(image),
    },
    limitBytes,
  );
}

/** The commands for the signatures and verification summaries of the images on which later steps can rely. */
function commandsOf(result: GateResult): CommandsOf[] {
  return result.images
    .filter((image) => isImageSigned(result, image))
    .map((image) => ({
      image,
      commands: [...image.signatures, ...image.verdictAttestations].map(({ command }) => command),
    }));
}

/** Every output of the gate. */
export function gateOutputs(result: GateResult, files: ReportFiles): Outputs<'gate'> {
  const signed = isSigned(result);
  const ofImage = (image: GateImage) => {
    const own = isImageSigned(result, image);
    return { signed: own, attested: own && image.verdictAttestations.length > 0 };
  };
  const commands = commandLines(commandsOf(result));
  return {
    ...sharedOutputs(result, { signed, commands, ofImage }, files),
    bundles: files.bundles.join('\n'),
  };
}

/**
 * The Sigstore bundles that this run created. Their names consist of account, Region, repository, digest and kind; all
 * characters of a repository name in ECR are allowed in a file name, except the slash.
 */
function bundleFiles(image: GateImage): FileToWrite[] {
  const made = [
    ...image.signatures.map((entry) => ({ ...entry, what: 'signature' })),
    ...image.verdictAttestations.map((entry) => ({
      ...entry,
      what: /\/verification_summary\//.test(entry.type) ? 'summary' : 'vulnerabilities',
    })),
  ];
  const owner = `${image.account}.${image.region}.${image.repository.replaceAll('/', '__')}`;
  return made.flatMap(({ digest, what, bundle }): FileToWrite[] =>
    bundle === undefined
      ? []
      : [
          {
            kind: 'bundle',
            name: `${owner}@${digest.replace(':', '-')}.${what}.sigstore.json`,
            what: 'A Sigstore bundle',
            render: () => ({ text: inertJson(bundle), omissions: [] }),
          },
        ],
  );
}
