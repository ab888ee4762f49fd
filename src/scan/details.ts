/** Data about exploits, from Inspector's details of findings: CISA's catalog (KEV) and EPSS. */

import { BatchGetFindingDetailsCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../aws/checked.ts';
import type { AwsClients } from '../aws/clients.ts';
import { translate } from '../aws/errors.ts';
import type { Deadline } from '../deadline.ts';
import { GateError, messageOf } from '../errors.ts';
import type { Finding } from '../results/finding.ts';
import type { Registry } from '../results/registry.ts';

// The most ARNs of one call (Inspector2 service model).
const ARNS_PER_CALL = 10;
const CALLS_AT_ONCE = 4;

const Answer = v.object({
  findingDetails: v.array(
    v.object({
      findingArn: v.string(),
      // The member is present where the catalog has the vulnerability.
      cisaData: v.optional(v.nullable(v.looseObject({}))),
      epssScore: v.optional(v.nullable(v.number())),
    }),
  ),
});

export interface Details {
  /** The given findings, each with the details that Inspector returned. */
  readonly findings: readonly Finding[];
  /** How many findings have no details, why, and what to do about it. */
  readonly unknown:
    | { readonly count: number; readonly why: string; readonly nextStep: string | undefined }
    | undefined;
}

/**
 * Reads the details of findings from Inspector, ten per call. A finding without details stays as it is: the policy
 * treats missing data as the stricter case, so it is not an error here. Of several answers about one finding the
 * stricter one applies: known to be exploited, and the higher probability.
 * @throws GateError only if the run has ended
 */
export async function withDetails(
  findings: readonly Finding[],
  registry: Registry,
  clients: AwsClients,
  deadline: Deadline,
): Promise<Details> {
  const client = await clients.inspector(registry);
  const received = new Map<string, Pick<Finding, 'knownExploited' | 'epss'>>();
  let why = 'Amazon Inspector returned no details of them.';
  let nextStep: string | undefined;
  const read = async (ids: string[]) => {
    try {
      const command = new BatchGetFindingDetailsCommand({ findingArns: ids });
      const answer = await client.send(command, { abortSignal: deadline.signal });
      for (const detail of checked(Answer, answer, 'inspector2:BatchGetFindingDetails').findingDetails) {
        const { findingArn, cisaData, epssScore } = detail;
        const other = received.get(findingArn);
        received.set(findingArn, {
          knownExploited: (cisaData !== undefined && cisaData !== null) || other?.knownExploited === true,
          epss: higher(probability(epssScore), other?.epss),
        });
      }
    } catch (error) {
      const call = { action: 'inspector2:BatchGetFindingDetails', resource: '*' };
      const translated = translate(error, call, deadline);
      if (deadline.signal.aborted) throw translated;
      why = messageOf(translated);
      if (translated instanceof GateError) nextStep = translated.nextStep;
    }
  };

  const ids = [...new Set(findings.map(({ id }) => id))];
  const batches: string[][] = [];
  for (let at = 0; at < ids.length; at += ARNS_PER_CALL) batches.push(ids.slice(at, at + ARNS_PER_CALL));
  const workers = Array.from({ length: Math.min(CALLS_AT_ONCE, batches.length) }, async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) await read(batch);
  });
  await Promise.all(workers);

  const count = ids.filter((id) => !received.has(id)).length;
  return {
    findings: findings.map((finding) => {
      const detail = received.get(finding.id);
      if (detail === undefined) return finding;
      return {
        ...finding,
        knownExploited: detail.knownExploited,
        epss: higher(finding.epss, detail.epss),
      };
    }),
    unknown: count === 0 ? undefined : { count, why, nextStep },
  };
}

function probability(value: number | null | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 1 ? value : undefined;
}

function higher(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}
