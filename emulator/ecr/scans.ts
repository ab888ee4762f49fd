/** What ECR shows of an image's scan: DescribeImageScanFindings. */
import { epochSeconds, ServiceError } from '../answer.ts';
import { type Operations, operation } from '../operation.ts';
import type { Json, JsonObject } from '../scenario.ts';
import { integer, structure } from '../shapes.ts';
import type { ListedFinding } from '../world.ts';
import {
  type ImageId,
  imageId,
  next,
  nextToken,
  type PagedInput,
  type RepositoryInput,
  registryId,
  repositoryName,
} from './operation.ts';
import { idText, type Registry } from './registry.ts';

const SCANNED = new Set(['ACTIVE', 'COMPLETE', 'IN_PROGRESS', 'PENDING']);

interface ScanFindingsInput extends RepositoryInput, PagedInput {
  readonly imageId: ImageId;
}

export function scanOperations(registry: Registry): Operations {
  const { world } = registry;
  return {
    DescribeImageScanFindings: operation(
      structure({ registryId, repositoryName, imageId, nextToken, maxResults: integer(1, 1000) }, [
        'repositoryName',
        'imageId',
      ]),
      (input: ScanFindingsInput) => {
        const repository = registry.repositoryOf(input);
        const manifest = registry.imageOf(repository, input.imageId);
        const image = world.find(repository.name, manifest.digest);
        const state = image && world.state(image);
        if (state === undefined || state.ecr === 'ScanNotFound') {
          throw new ServiceError(
            'ScanNotFoundException',
            `Image scan does not exist for the image with '${idText(input.imageId)}' in ${registry.inRepository(repository)}`,
          );
        }
        const answer = {
          registryId: world.scenario.account,
          repositoryName: repository.name,
          imageId: {
            imageDigest: manifest.digest,
            ...(input.imageId.imageTag ? { imageTag: input.imageId.imageTag } : {}),
          },
          imageScanStatus: { ...state.ecr },
        };
        if (!SCANNED.has(state.ecr.status)) return answer;
        if (state.ecrView !== undefined) return { ...answer, imageScanFindings: state.ecrView };
        const times = {
          imageScanCompletedAt: epochSeconds(state.scannedAt),
          vulnerabilitySourceUpdatedAt: epochSeconds(state.scannedAt),
        };
        // The counts cover the page they come with, not the whole image.
        if (world.scanType() === 'BASIC') {
          const page = registry.paged(state.basic, 'DescribeImageScanFindings', input, 100);
          const findings = page.items.map((finding) => ({ ...finding }) as unknown as JsonObject);
          const findingSeverityCounts =
            state.basicCounts ?? severityCounts(page.items.map(({ severity }) => severity));
          return {
            ...answer,
            imageScanFindings: { ...times, findingSeverityCounts, findings },
            ...next(page.nextToken),
          };
        }
        const page = registry.paged(state.shownByEcr, 'DescribeImageScanFindings', input, 100);
        const enhancedFindings = page.items.map(enhancedFinding);
        const findingSeverityCounts = severityCounts(page.items.map(({ wire }) => String(wire.severity)));
        return {
          ...answer,
          imageScanFindings: { ...times, findingSeverityCounts, enhancedFindings },
          ...next(page.nextToken),
        };
      },
    ),
  };
}

function severityCounts(severities: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const severity of severities) counts[severity] = (counts[severity] ?? 0) + 1;
  return counts;
}

/** Inspector's finding as ECR shows it: other names for some members, no EPSS score. */
function enhancedFinding({ wire }: ListedFinding): JsonObject {
  const {
    epss: _epss,
    inspectorScore,
    inspectorScoreDetails,
    exploitabilityDetails: _known,
    remediation,
    ...same
  } = wire;
  const recommendation = (remediation as { recommendation?: { text?: string; Url?: string } } | undefined)
    ?.recommendation;
  const adjusted = (inspectorScoreDetails as { adjustedCvss?: Json } | undefined)?.adjustedCvss;
  return {
    ...same,
    ...(inspectorScore === undefined ? {} : { score: inspectorScore }),
    ...(adjusted === undefined ? {} : { scoreDetails: { cvss: adjusted } }),
    remediation: {
      recommendation: {
        ...(recommendation?.text === undefined ? {} : { text: recommendation.text }),
        ...(recommendation?.Url === undefined ? {} : { url: recommendation.Url }),
      },
    },
  };
}
