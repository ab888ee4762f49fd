/** The clusters in which images run, as Inspector reports them. */
import { GetClustersForImageCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { compareTexts } from '../../text.ts';
import { Fact, type ImageCoverage } from '../facts.ts';
import { OVER_BUDGET } from './budget.ts';
import type { Context } from './context.ts';
import { type CoverageRow, isInUse } from './coverage.ts';
import { page, text } from './shapes.ts';

const Answer = v.object({
  cluster: v.array(v.object({ clusterArn: text })),
  nextToken: v.nullish(v.string()),
});

const NONE = Fact.known<readonly string[]>([]);

/**
 * Reads the clusters in which the images of a registry run, for the report. If something cannot be read, a notice says
 * so, and nothing else changes.
 */
export class Clusters {
  private readonly context: Context;
  private unread = 0;
  private reason: string | undefined;

  constructor(context: Context) {
    this.context = context;
  }

  /**
   * The rows of a repository, with the clusters of the first image that runs.
   * @param mayAsk whether a call is left for the repository
   */
  async of(rows: readonly CoverageRow[], mayAsk: boolean): Promise<readonly ImageCoverage[]> {
    const [first, ...others] = rows
      .filter(isInUse)
      .toSorted((a, b) => compareTexts(a.resourceId, b.resourceId))
      .map(({ resourceId }) => resourceId);
    const asked =
      first !== undefined && mayAsk
        ? await this.context.asker.fact(() => this.read(first))
        : Fact.unknown(OVER_BUDGET);
    this.unread += others.length + (first !== undefined && !mayAsk ? 1 : 0);
    return rows.map((row) =>
      this.covered(row, row.resourceId === first ? asked : isInUse(row) ? Fact.unknown(OVER_BUDGET) : NONE),
    );
  }

  /** What was not read, as sentences. */
  get notices(): readonly string[] {
    const { host } = this.context;
    return [
      ...(this.unread === 0
        ? []
        : [
            `The clusters of some images of ${host} that Inspector reports in use (${this.unread}) were not read: ${OVER_BUDGET}.`,
          ]),
      ...(this.reason === undefined
        ? []
        : [`The clusters of some images of ${host} that are in use were not read: ${this.reason}.`]),
    ];
  }

  private covered({ resourceId: _, ...row }: CoverageRow, clusters: Fact<readonly string[]>): ImageCoverage {
    const content = Fact.open(clusters);
    if ('known' in content) return { ...row, clusters: content.known };
    if (content.gap.reason !== OVER_BUDGET) this.reason ??= content.gap.reason;
    return { ...row, clusters: [], clustersGap: content.gap };
  }

  /** @throws Unanswered */
  private read(resourceId: string): Promise<readonly string[]> {
    const { asker, registry, session } = this.context;
    const action = 'inspector2:GetClustersForImage';
    return asker.names(
      this.context.question(action, resourceId),
      (nextToken, abortSignal) =>
        session
          .inspector(registry)
          .send(new GetClustersForImageCommand({ filter: { resourceId }, nextToken }), { abortSignal }),
      (answer) => {
        const { cluster, nextToken } = checked(Answer, answer, action);
        return page(
          cluster.map(({ clusterArn }) => clusterArn),
          nextToken,
        );
      },
    );
  }
}
