/** Enhanced scanning: Amazon Inspector's coverage and findings, confirmed by ECR's own view of the scan. */
import { ListFindingsCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { translate } from '../aws/errors.ts';
import { allPages } from '../aws/pages.ts';
import type { Deadline } from '../deadline.ts';
import { explainMissingInspectorScan } from './configuration.ts';
import { countsOfPage, describeScan, ECR_PAGE, serviceTime, sumOfPages } from './ecr-scan.ts';
import { belongsTo, FindingRow, normalise } from './inspector-finding.ts';
import { FILTER_VALUES, InspectorScans } from './inspector-scan.ts';
import type { Scanner } from './scanner.ts';

// The most items of one page (Inspector2 service model).
const FINDINGS_PAGE = 100;

const FindingsAnswer = v.object({
  findings: v.array(FindingRow),
  nextToken: v.optional(v.nullable(v.string())),
});

/** Enhanced scanning as a Scanner. */
export function inspectorScanner(clients: AwsClients, deadline: Deadline): Scanner {
  const scans = new InspectorScans(clients, deadline);

  return {
    observe: (images, counts) => scans.observe(images, counts),

    imagesPerPoll: FILTER_VALUES,
    poll: (images) => scans.poll(images),

    findings: async (image) => {
      const client = clients.inspector(image.registry);
      return allPages('inspector2:ListFindings', async (nextToken) => {
        const command = new ListFindingsCommand({
          // By digest alone: any other filter could match nothing if its format differs from what is documented.
          filterCriteria: { ecrImageHash: [{ comparison: 'EQUALS', value: image.digest }] },
          maxResults: FINDINGS_PAGE,
          nextToken,
        });
        try {
          const answer = await client.send(command, { abortSignal: deadline.signal });
          const page = checked(FindingsAnswer, answer, 'inspector2:ListFindings');
          const items = page.findings.filter((row) => belongsTo(row, image));
          return {
            items: items.map((row) => normalise(row, image)),
            nextToken: page.nextToken ?? undefined,
          };
        } catch (error) {
          throw translate(error, { action: 'inspector2:ListFindings', resource: '*' }, deadline);
        }
      });
    },

    countedByEcr: async (image) => {
      const pages = await allPages('ecr:DescribeImageScanFindings', async (nextToken) => {
        const answer = await describeScan(clients, deadline, image, { maxResults: ECR_PAGE, nextToken });
        return { items: [countsOfPage(answer, 'enhancedFindings')], nextToken: answer?.nextToken };
      });
      return sumOfPages(pages);
    },

    explainMissingScan: (image) => explainMissingInspectorScan(clients, deadline, image),

    serviceTime: (image) => serviceTime(clients, image),
  };
}
