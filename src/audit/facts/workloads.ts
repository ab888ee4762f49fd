/** What runs in the account and region of a registry. */
import { Fact, type ImageUse, type WorkloadFacts } from '../facts.ts';
import type { Context } from './context.ts';
import { ecsFacts } from './ecs.ts';
import { eksFacts } from './eks.ts';
import { lambdaFacts } from './lambda.ts';

/** Reads what runs, and with which roles. */
export async function workloadsOf(context: Context, notice: (text: string) => void): Promise<WorkloadFacts> {
  const [ecs, eks, lambda] = await Promise.all([
    ecsFacts(context, notice),
    eksFacts(context),
    lambdaFacts(context),
  ]);
  return { ...ecs, ...eks, ...lambda };
}

/** The uses of images that are known, of all registries. */
export function usesOf(workloads: readonly WorkloadFacts[]): readonly ImageUse[] {
  return workloads.flatMap(({ ecs, lambda }) =>
    [ecs, lambda].flatMap((uses) => {
      const content = Fact.open(uses);
      return 'known' in content ? content.known : [];
    }),
  );
}
