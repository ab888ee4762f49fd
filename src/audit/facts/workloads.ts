/** The workloads in the account and region of a registry. */
import { USES, type WorkloadFacts } from '../facts.ts';
import { usesByRepository } from '../uses.ts';
import type { Context } from './context.ts';
import { ecsFacts } from './ecs.ts';
import { eksFacts } from './eks.ts';
import { lambdaFacts } from './lambda.ts';
import type { Uses } from './repositories.ts';
import type { Promised } from './together.ts';

/** Reads the workloads and their roles. */
export function workloadsOf(context: Context, notice: (text: string) => void): Promised<WorkloadFacts> {
  return { ...ecsFacts(context, notice), ...eksFacts(context), ...lambdaFacts(context, notice) };
}

/** The uses of images, separately for each source. */
export function usesOf(workloads: Promise<Promised<WorkloadFacts>>): readonly Uses[] {
  return USES.map(async (source) => {
    const parts = await workloads;
    return (await parts[source]).map(usesByRepository);
  });
}
