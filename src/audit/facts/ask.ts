/** Calls to AWS whose failure makes a fact unknown and never ends the run. */
import { failureWords, isNamed, MalformedAnswer, missingAction, translate } from '../../aws/errors.ts';
import { allPages, type Page } from '../../aws/pages.ts';
import type { Deadline } from '../../deadline.ts';
import { messageOf } from '../../errors.ts';
import { Fact, type Gap } from '../facts.ts';
import type { Action } from './actions.ts';
import { Lanes } from './lanes.ts';

/** Why a call returned no result. */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly gap: Gap;
  /** The same as an error that can end a run. */
  readonly error: Error;

  constructor(gap: Gap, error: Error) {
    super(gap.reason, { cause: error });
    this.gap = gap;
    this.error = error;
  }
}

/**
 * The failure of a call as a value, for `catch`.
 * @throws every other error again
 */
export function orUnanswered(error: unknown): Unanswered {
  if (error instanceof Unanswered) return error;
  throw error;
}

/** The most characters of an AWS message that a reason repeats. */
const LONGEST_MESSAGE = 300;

export class Asker {
  readonly deadline: Deadline;
  private readonly lanes: Lanes;

  constructor(deadline: Deadline) {
    this.deadline = deadline;
    this.lanes = new Lanes(deadline.signal);
  }

  /**
   * Makes a call when its lane is free, and reads the response. A malformed response is no evidence, so the call is
   * made once more.
   * @param lane calls in one lane wait for each other and for no other calls. There is a lane for each action, account
   *   and region
   * @param resource what the call is about, for messages
   * @throws Unanswered
   */
  async call<A, T>(
    { action, lane, resource }: Question,
    make: (abortSignal: AbortSignal) => Promise<A>,
    read: (answer: A) => T,
  ): Promise<T> {
    const { signal } = this.deadline;
    const once = async () => read(await this.lanes.run(`${action} ${lane}`, () => make(signal)));
    try {
      return await once().catch((error: unknown) => {
        if (error instanceof MalformedAnswer && !signal.aborted) return once();
        throw error;
      });
    } catch (error) {
      throw this.unanswered(error, action, resource);
    }
  }

  /**
   * The same for something that may not exist.
   * @param names the errors with which AWS says that it does not exist
   */
  optional<A, T>(
    question: Question,
    names: readonly string[],
    make: (abortSignal: AbortSignal) => Promise<A>,
    read: (answer: A) => T,
  ): Promise<T | undefined> {
    const absent = Symbol('absent');
    return this.call(
      question,
      (signal): Promise<A | typeof absent> =>
        make(signal).catch((error: unknown) => {
          if (isNamed(error, ...names)) return absent;
          throw error;
        }),
      (answer) => (answer === absent ? undefined : read(answer as A)),
    );
  }

  /**
   * Reads every page of a list. If the pages contradict each other, for example because something changed in the
   * meantime, it reads the list once more.
   * @param make reads a page by its token; undefined for the first page
   * @param whole computes the result from all items; throws MalformedAnswer if they contradict each other
   * @throws Unanswered
   */
  async list<A, T>(
    question: Question,
    make: (token: string | undefined, abortSignal: AbortSignal) => Promise<A>,
    read: (answer: A) => Page<T>,
    whole: (items: readonly T[]) => readonly T[] = (items) => items,
  ): Promise<readonly T[]> {
    const once = async () =>
      whole(
        await allPages(question.action, (token) =>
          this.call(question, (abortSignal) => make(token, abortSignal), read),
        ),
      );
    try {
      return await once().catch((error: unknown) => {
        if (error instanceof MalformedAnswer && !this.deadline.signal.aborted) return once();
        throw error;
      });
    } catch (error) {
      throw this.unanswered(error, question.action, question.resource);
    }
  }

  /** Reads every page of a list of names, each of which counts once. */
  async names<A>(
    question: Question,
    make: (token: string | undefined, abortSignal: AbortSignal) => Promise<A>,
    read: (answer: A) => Page<string>,
  ): Promise<readonly string[]> {
    return [...new Set(await this.list(question, make, read))];
  }

  /** The result of some work, or why there is none. */
  async fact<T>(work: () => Promise<T>): Promise<Fact<T>> {
    try {
      return Fact.known(await work());
    } catch (error) {
      if (error instanceof Unanswered) return Fact.unknown(error.gap.reason, error.gap.missing);
      if (error instanceof MalformedAnswer) return Fact.unknown(error.message);
      throw error;
    }
  }

  private unanswered(error: unknown, action: Action, resource: string): Unanswered {
    if (error instanceof Unanswered) return error;
    return new Unanswered(this.gap(error, action), translate(error, { action, resource }, this.deadline));
  }

  private gap(error: unknown, action: Action): Gap {
    const { deadline } = this;
    if (deadline.signal.aborted) {
      const end = deadline.expired ? 'the timeout ended' : 'the job was cancelled';
      return { reason: `${end} before AWS answered ${action}`, missing: [] };
    }
    const missing = missingAction(error, action);
    if (missing !== undefined) {
      const needed = missing === action ? '' : `, which ${action} needs`;
      return { reason: `AWS denied ${missing}${needed}`, missing: [missing] };
    }
    if (error instanceof MalformedAnswer) return { reason: messageOf(error), missing: [] };
    return { reason: `${action} failed: ${failureWords(error).slice(0, LONGEST_MESSAGE)}`, missing: [] };
  }
}

export interface Question {
  readonly action: Action;
  readonly lane: string;
  readonly resource: string;
}
