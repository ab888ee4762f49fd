/** The KMS keys that encrypt repositories. */
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { type Encryption, Fact, type KeyFacts } from '../facts.ts';
import type { Context } from './context.ts';
import { expectAbout, optionalDate, text } from './shapes.ts';
import { unknown } from './unknown.ts';

const Key = v.object({
  KeyMetadata: v.object({
    Arn: text,
    KeyState: text,
    KeyManager: v.nullish(v.picklist(['AWS', 'CUSTOMER'])),
    DeletionDate: optionalDate,
  }),
});

/** Reads each KMS key of a registry once. */
export class Keys {
  private readonly context: Context;
  private readonly asked = new Map<string, Promise<Fact<KeyFacts>>>();

  constructor(context: Context) {
    this.context = context;
  }

  /**
   * The key of a repository (undefined if it has none), and how many calls it takes: none for a key that was already
   * requested.
   */
  of(encryption: Fact<Encryption>): {
    readonly key: Promise<Fact<KeyFacts | undefined>>;
    readonly calls: number;
  } {
    const content = Fact.open(encryption);
    if ('gap' in content) return { key: Promise.resolve(unknown(content.gap)), calls: 0 };
    const { key } = content.known;
    if (key === undefined) return { key: Promise.resolve(Fact.known(undefined)), calls: 0 };
    const before = this.asked.get(key);
    if (before !== undefined) return { key: before, calls: 0 };
    const asked = this.context.asker.fact(() => describeKey(this.context, key));
    this.asked.set(key, asked);
    return { key: asked, calls: 1 };
  }
}

async function describeKey(context: Context, arn: string): Promise<KeyFacts> {
  const { asker, registry, session } = context;
  const { DescribeKeyCommand, KMSClient } = await import('@aws-sdk/client-kms');
  const client = session.client('kms', registry, (configuration) => new KMSClient(configuration));
  const action = 'kms:DescribeKey';
  return asker.call(
    context.question(action, arn),
    (abortSignal) => client.send(new DescribeKeyCommand({ KeyId: arn }), { abortSignal }),
    (answer) => {
      const { Arn, KeyState, KeyManager, DeletionDate } = checked(Key, answer, action).KeyMetadata;
      // The key behind an alias has another ARN.
      if (!arn.includes(':alias/')) expectAbout(action, [[Arn, arn]]);
      return { state: KeyState, manager: KeyManager ?? undefined, deletionDate: DeletionDate ?? undefined };
    },
  );
}
