/** The collector on the emulator, inside the process. Its modules are loaded here, so that no test waits for them. */
import '@aws-sdk/client-ecs';
import '@aws-sdk/client-eks';
import '@aws-sdk/client-iam';
import '@aws-sdk/client-kms';
import '@aws-sdk/client-lambda';
import '@aws-sdk/client-organizations';
import '@aws-sdk/client-sts';
import type { Answer } from '../../../emulator/answer.ts';
import { ACCESS_KEY_ID, SECRET_ACCESS_KEY } from '../../../emulator/aws.ts';
import { type Exchange, type InProcessAws, playInProcess } from '../../../emulator/in-process.ts';
import type { Scenario } from '../../../emulator/scenario.ts';
import { REGION } from '../../../emulator/scenarios/build.ts';
import { NO_EXPECTATIONS } from '../../../src/audit/expectations.ts';
import { type CollectedFacts, collectFacts } from '../../../src/audit/facts/collect.ts';
import type { AuditScope } from '../../../src/audit/facts/scope.ts';
import { Fact, type Gap, type RegistryFacts, type RepositoryFacts } from '../../../src/audit/facts.ts';
import type { RequestHandler } from '../../../src/aws/clients.ts';
import { type Clock, startDeadline } from '../../../src/deadline.ts';

// The SDK reads its environment when a client makes its first call.
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: ACCESS_KEY_ID,
  AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY,
  AWS_REGION: REGION,
});

/** The time of AWS in every run, so that two runs tell the same. */
const NOW = Date.now();

export const ROLE = 'arn:aws:iam::{account}:role/auditor';

export const SCOPE: AuditScope = {
  registries: [],
  role: ROLE,
  repositories: ['**'],
  expectations: NO_EXPECTATIONS,
  levels: [],
  access: true,
  validateCache: true,
  lifecyclePreview: true,
};

export interface Collected {
  readonly facts: CollectedFacts;
  readonly aws: InProcessAws;
  readonly log: readonly string[];
}

export interface Options {
  readonly scope?: Partial<AuditScope>;
  readonly alter?: (exchange: Exchange) => Answer;
  /** Which calls are made to fail again and again: the time ends when nothing else has happened for a while. */
  readonly failing?: (name: string) => boolean;
  readonly cancelled?: AbortSignal;
  /** The clock of AWS; default: one that stands still. */
  readonly clock?: () => number;
}

/** How long a pause takes where calls are made to fail: what fails again and again is not to keep the machine busy. */
const PAUSE_MS = 5;
/**
 * The time ends after so many turns of the event loop, each of at least so many milliseconds, without any other call. Timers
 * end in the order in which they are due and each turn is a timer, however slow the machine is. Between two calls, a run
 * sets at most three timers: two pauses and one of 0 ms of the SDK, which take six turns.
 */
const IDLE_TURNS = 20;
const TURN_MS = 2;

/** Reads all facts of a scenario. Waiting takes no time. */
export async function collect(scenario: Scenario, options: Options = {}): Promise<Collected> {
  const { scope, alter, failing, cancelled, clock = () => NOW } = options;
  const aws = playInProcess(scenario, clock, alter);
  const log: string[] = [];
  const time = new EventTime();
  const deadline = startDeadline(30 * 60_000, time, cancelled ?? new AbortController().signal);
  const handler = {
    handle: async (request: Parameters<InProcessAws['requestHandler']['handle']>[0], more: object) => {
      const seen = aws.calls.length;
      const answer = aws.requestHandler.handle(request, more);
      const call = aws.calls[seen];
      const other = failing?.(`${call?.service}:${call?.api}`) === false;
      if (other) time.touch();
      try {
        return await answer;
      } finally {
        if (other) time.touch();
      }
    },
  };
  const watch = failing === undefined ? undefined : time.endWhenIdle();
  try {
    const facts = await collectFacts(
      { ...SCOPE, ...scope },
      {
        deadline,
        environment: {},
        log: (line) => log.push(line),
        handler: handler as unknown as NonNullable<RequestHandler>,
      },
    );
    return { facts, aws, log };
  } finally {
    watch?.();
    deadline.clear();
  }
}

/**
 * A clock of events: it stands still, pauses end soon, and the deadline when nothing happens any more. Files that are read
 * count as something that happens. Modules that are loaded for the first time do not show, so a run in which the time
 * ends has to come after another one.
 */
class EventTime implements Clock {
  private over: (() => void) | undefined;
  private turns = 0;
  private pauseMs = 0;

  now(): number {
    return 0;
  }

  sleep(_: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
      // The first one is the deadline's.
      if (this.over === undefined) this.over = resolve;
      else setTimeout(resolve, this.pauseMs);
    });
  }

  touch(): void {
    this.turns = 0;
  }

  /** @returns what ends the watching */
  endWhenIdle(): () => void {
    let watching = true;
    this.pauseMs = PAUSE_MS;
    const turn = () => {
      if (!watching) return;
      this.turns = isReading() ? 0 : this.turns + 1;
      if (this.turns > IDLE_TURNS) this.over?.();
      else setTimeout(turn, TURN_MS);
    };
    setTimeout(turn, TURN_MS);
    return () => {
      watching = false;
    };
  }
}

/** Whether files are being read, such as the configuration of the SDK. */
function isReading(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FS'));
}

/** What a fact holds; fails where it is unknown. */
export function knownOf<T>(fact: Fact<T>): T {
  const content = Fact.open(fact);
  if ('gap' in content) throw new Error(`unknown: ${content.gap.reason}`);
  return content.known;
}

/** Why a fact is unknown; undefined where it is known. */
export function gapOf(fact: Fact<unknown>): Gap | undefined {
  const content = Fact.open(fact);
  return 'gap' in content ? content.gap : undefined;
}

export function registryOf({ facts }: Collected, host?: string): RegistryFacts {
  const found = host === undefined ? facts.registries[0] : facts.registries.find((one) => one.host === host);
  if (found === undefined) throw new Error(`no registry ${host}`);
  return found;
}

export function repositoryOf(collected: Collected, name: string, host?: string): RepositoryFacts {
  const found = knownOf(registryOf(collected, host).repositories).find((one) => one.name === name);
  if (found === undefined) throw new Error(`no repository ${name}`);
  return found;
}

/** That a fact is unknown, among values. */
export const UNKNOWN = 'unknown';

/**
 * Every fact by its path, such as `registries[HOST].policy`: its value as JSON, or that it is unknown. Facts within facts
 * are entries of their own; so are `Known` values, and members that are unknown where a member beside them says why.
 */
export function entriesOf(value: unknown, path = '', found = new Map<string, string>()): Map<string, string> {
  if (value instanceof Fact) {
    const content = Fact.open(value);
    found.set(path, 'gap' in content ? UNKNOWN : JSON.stringify(shown(content.known)));
    if ('known' in content) entriesOf(content.known, path, found);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) entriesOf(item, `${path}[${nameOf(item) ?? index}]`, found);
  } else if (isStructure(value)) {
    if (isKnown(value)) found.set(path, 'unknown' in value ? UNKNOWN : JSON.stringify(shown(value.known)));
    for (const [gap, members] of Object.entries(EXPLAINED)) {
      for (const name of members.filter((member) => member in value)) {
        found.set(`${path}.${name}`, gap in value ? UNKNOWN : JSON.stringify(shown(value[name])));
      }
    }
    for (const [name, member] of Object.entries(value)) {
      entriesOf(member, path === '' ? name : `${path}.${name}`, found);
    }
  }
  return found;
}

/** Members that are unknown where another one says why. */
const EXPLAINED: Readonly<Record<string, readonly string[]>> = {
  entriesGap: ['entries', 'children'],
  clustersGap: ['clusters'],
};

/** Why each fact is unknown that is, by its path. */
export function gapsOf(value: unknown, path = '', found = new Map<string, Gap>()): Map<string, Gap> {
  if (value instanceof Fact) {
    const content = Fact.open(value);
    if ('gap' in content) found.set(path, content.gap);
    else gapsOf(content.known, path, found);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) gapsOf(item, `${path}[${nameOf(item) ?? index}]`, found);
  } else if (isStructure(value)) {
    for (const [gap, members] of Object.entries(EXPLAINED)) {
      for (const name of gap in value ? members : []) found.set(`${path}.${name}`, value[gap] as Gap);
    }
    for (const [name, member] of Object.entries(value)) {
      gapsOf(member, path === '' ? name : `${path}.${name}`, found);
    }
  }
  return found;
}

/** Without what is an entry of its own. */
function shown(value: unknown): unknown {
  if (value instanceof Fact) return undefined;
  if (Array.isArray(value)) return value.map(shown);
  if (!isStructure(value)) return value ?? null;
  if (isKnown(value)) return undefined;
  const own = new Set([...Object.keys(EXPLAINED), ...Object.values(EXPLAINED).flat()]);
  const members = Object.entries(value).filter(([name]) => !own.has(name));
  return Object.fromEntries(members.map(([name, member]) => [name, shown(member)]));
}

type Structure = Readonly<Record<string, unknown>>;

function isStructure(value: unknown): value is Structure {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

function isKnown(value: Structure): boolean {
  const [name, ...others] = Object.keys(value);
  return others.length === 0 && (name === 'known' || name === 'unknown');
}

function nameOf(item: unknown): string | undefined {
  const { name, digest, arn, host, id, prefix } = (item ?? {}) as Record<string, unknown>;
  return [name, digest, arn, host, id, prefix].find((one) => typeof one === 'string') as string | undefined;
}
