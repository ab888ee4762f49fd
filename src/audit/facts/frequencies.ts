/** How often each repository is scanned, as ECR applies the registry's rules. */
import { BatchGetRepositoryScanningConfigurationCommand } from '@aws-sdk/client-ecr';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { Fact } from '../facts.ts';
import type { Context } from './context.ts';
import type { DescribedRepository } from './repository.ts';
import { byKey, chunks, text } from './shapes.ts';

// The most repositories of one call (ECR service model).
const FREQUENCIES_BATCH = 25;

const Frequencies = v.object({
  scanningConfigurations: v.array(v.object({ repositoryArn: text, scanFrequency: text })),
  failures: v.nullish(
    v.array(v.object({ repositoryName: text, failureCode: text, failureReason: v.nullish(v.string()) })),
  ),
});

/** The effective scan frequency of each repository by its ARN. */
export async function scanFrequencies(
  context: Context,
  repositories: readonly DescribedRepository[],
): Promise<ReadonlyMap<string, Fact<string>>> {
  const found = new Map<string, Fact<string>>();
  const batches = chunks(repositories, FREQUENCIES_BATCH).map(async (batch) => {
    const answer = await context.asker.fact(() => frequenciesOf(context, batch));
    for (const { arn } of batch) {
      const content = Fact.open(answer);
      found.set(
        arn,
        'gap' in content
          ? Fact.unknown(content.gap.reason, content.gap.missing)
          : (content.known.get(arn) ?? NO_FREQUENCY),
      );
    }
  });
  await Promise.all(batches);
  return found;
}

const ACTION = 'ecr:BatchGetRepositoryScanningConfiguration';
const NO_FREQUENCY = Fact.unknown(`${ACTION} did not return the repository`);

async function frequenciesOf(
  context: Context,
  batch: readonly DescribedRepository[],
): Promise<ReadonlyMap<string, Fact<string>>> {
  const { asker, ecr } = context;
  const command = new BatchGetRepositoryScanningConfigurationCommand({
    repositoryNames: batch.map(({ name }) => name),
  });
  return asker.call(
    context.question(ACTION),
    (abortSignal) => ecr.send(command, { abortSignal }),
    (answer) => {
      const { scanningConfigurations, failures } = checked(Frequencies, answer, ACTION);
      const configurations = byKey(ACTION, scanningConfigurations, ({ repositoryArn: arn }) => arn);
      const failed = new Map((failures ?? []).map((failure) => [failure.repositoryName, failure]));
      return new Map(
        batch.flatMap(({ name, arn }): [string, Fact<string>][] => {
          const failure = failed.get(name);
          const configuration = configurations.get(arn);
          // A response with both contradicts itself.
          if (failure !== undefined) {
            const reason = `${ACTION} failed: ${failure.failureReason ?? ''} (${failure.failureCode})`;
            return [[arn, Fact.unknown(reason)]];
          }
          return configuration === undefined ? [] : [[arn, Fact.known(configuration.scanFrequency)]];
        }),
      );
    },
  );
}
