/** The gate and the verify action as subjects of the search. */
import type { Json } from './mutate.ts';
import { REPOSITORY } from './pull-request.ts';
import type { Sent, Subject } from './search.ts';
import { type Outcome, type Play, play } from './stage.ts';

export interface Claim extends Play {
  readonly name: string;
  readonly always?: RegExp;
  /**
   * What the unchanged run comes to. `allowed`: nothing stands against the image, so a change may make it allowed or
   * not. Every other verdict must not become better.
   */
  readonly unchanged: 'allowed' | 'block' | 'error';
  /** What an error of the unchanged run says: for another reason, it would show nothing. */
  readonly because?: RegExp;
  /**
   * Whether what was sent says, without a contradiction, that the image may be deployed: then nobody could tell.
   */
  readonly isBelievable?: (sent: readonly Sent[]) => boolean;
  /** Of an image that is allowed unchanged: whether what was sent no longer says what it has to. */
  readonly isInsufficient?: (sent: readonly Sent[]) => boolean;
}

/** How far beyond its time a run may end: the calls that are under way then. */
const OVERTIME_MS = 1_000;

export function imageSubject(claim: Claim): Subject {
  return {
    name: claim.name,
    always: claim.always,
    run: async (alter) => {
      const sent: Sent[] = [];
      const outcome = await play(claim, (where, index, was) => {
        const is = alter(where, index, was);
        if (is !== was && JSON.stringify(is) !== JSON.stringify(was)) sent.push({ where, index, was, is });
        return is;
      });
      return wrongIn(outcome, sent, claim);
    },
  };
}

function wrongIn(outcome: Outcome, sent: readonly Sent[], claim: Claim): string[] {
  const { unchanged, isBelievable = () => false, isInsufficient = () => false } = claim;
  const { allowedBy, errors, unpublished, tookMs, timeoutMs, verdict, written } = outcome;
  const wrong = [...unpublished];
  const messages = errors.map(({ message }) => message).join('; ');
  // The environment says which repository it is, and no answer or event says otherwise.
  for (const { path } of written) {
    if (!path.startsWith(`/repos/${REPOSITORY}/issues/`)) wrong.push(`it commented at ${path}`);
  }
  if (sent.length === 0 && claim.event !== undefined && written.length !== 1)
    wrong.push('it did not comment');
  const isAsExpected = unchanged === 'allowed' ? allowedBy.length > 0 : verdict === unchanged;
  if (sent.length === 0 && !(isAsExpected && (claim.because?.test(messages) ?? true))) {
    wrong.push(`the verdict is ${verdict}: ${messages}`);
  }
  for (const { code, message, cause } of errors) {
    if (code === 'internal') wrong.push(`${message} ${cause instanceof Error ? cause.stack : ''}`);
  }
  const isForbidden = unchanged === 'allowed' ? isInsufficient(sent) : !isBelievable(sent);
  if (isForbidden && allowedBy.length > 0) {
    wrong.push(`allowed by ${allowedBy.join(', ')}`);
  }
  if (tookMs > timeoutMs + OVERTIME_MS) wrong.push(`it took ${tookMs} of ${timeoutMs} ms`);
  return wrong;
}

/** The value at a path of members; undefined where it leads nowhere. */
export function memberOf(value: Json, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inside, part) =>
      typeof inside === 'object' && inside !== null
        ? (inside as Record<string, Json>)[part as string]
        : undefined,
    value,
  );
}
