/** Enhanced scanning: Amazon Inspector's coverage and findings, confirmed by ECR's own view of the scan. */
import { ListFindingsCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { translate } from '../aws/errors.ts';
import { allPages } from '../aws/pages.ts';
import { sendRaw } from '../aws/raw.ts';
import type { Deadline } from '../deadline.ts';
import { explainMissingInspectorScan } from './configuration.ts';
import { countsOfScanned, describeScan, ECR_PAGE, serviceTime, sumOfPages } from './ecr-scan.ts';
import { belongsTo, FindingRow, normalise, sharedTexts } from './inspector-finding.ts';
import { FILTER_VALUES, InspectorScans } from './inspector-scan.ts';
import type { Scanner } from './scanner.ts';

// The most items of one page (Inspector2 service model).
const FINDINGS_PAGE = 100;

const NextToken = v.object({ nextToken: v.optional(v.nullable(v.string())) });
const Findings = v.object({ findings: v.array(FindingRow) });
const LIST_FINDINGS = 'inspector2:ListFindings';

/** Enhanced scanning as a Scanner. */
export function inspectorScanner(clients: AwsClients, deadline: Deadline): Scanner {
  const scans = new InspectorScans(clients, deadline);

  return {
    observe: (images, counts) => scans.observe(images, counts),

    imagesPerPoll: FILTER_VALUES,
    poll: (images) => scans.poll(images),

    findings: async (image) => {
      const client = await clients.inspector(image.registry);
      const share = sharedTexts();
      return allPages(LIST_FINDINGS, async (token) => {
        const command = new ListFindingsCommand({
          // By digest alone: any other filter could match nothing if its format differs from what is documented.
          filterCriteria: { ecrImageHash: [{ comparison: 'EQUALS', value: image.digest }] },
          maxResults: FINDINGS_PAGE,
          nextToken: token,
        });
        try {
          const answer = await sendRaw(command, () => client.send(command, { abortSignal: deadline.signal }));
          const { nextToken } = checked(NextToken, answer, LIST_FINDINGS);
          return {
            items: () =>
              checked(Findings, answer, LIST_FINDINGS)
                .findings.filter((row) => belongsTo(row, image))
                .map((row) => normalise(row, image, share)),
            nextToken: nextToken ?? undefined,
          };
        } catch (error) {
          throw translate(error, { action: LIST_FINDINGS, resource: '*' }, deadline);
        }
      });
    },

    countedByEcr: async (image) => {
      const pages = await allPages('ecr:DescribeImageScanFindings', async (nextToken) => {
        const answer = await describeScan(clients, deadline, image, { maxResults: ECR_PAGE, nextToken });
        return {
          items: [countsOfScanned(answer)],
          nextToken: answer?.nextToken ?? undefined,
        };
      });
      return sumOfPages(pages);
    },

    explainMissingScan: (image) => explainMissingInspectorScan(clients, deadline, image),

    serviceTime: (image) => serviceTime(clients, image),
  };
}
