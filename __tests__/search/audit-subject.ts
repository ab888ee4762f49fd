/** The audit as a subject of the search: what it found, and who has access, must not get better by what AWS answers. */
import type { Answer } from '../../emulator/answer.ts';
import { type DatedAnswer, type Exchange, playInProcess } from '../../emulator/in-process.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import { audit } from '../../src/audit/audit.ts';
import { NO_EXPECTATIONS, parseAuditPolicy } from '../../src/audit/expectations.ts';
import { collectFacts } from '../../src/audit/facts/collect.ts';
import type { AuditScope } from '../../src/audit/facts/scope.ts';
import type { AccessEntry, AuditResult, Result } from '../../src/audit/result.ts';
import { bySeverity } from '../../src/audit/severity.ts';
import type { RequestHandler } from '../../src/aws/clients.ts';
import { startDeadline } from '../../src/deadline.ts';
import { GateError } from '../../src/errors.ts';
import { SCOPE } from '../audit/facts/stage.ts';
import { documentsParsed, documentsWritten } from './documents.ts';
import type { Json } from './mutate.ts';
import { PatientClock } from './patient-clock.ts';
import type { Sent, Subject } from './search.ts';
import type { Alter } from './stage.ts';

// The SDK retries errors of a service whose clock is not that of the machine.
const EPOCH = Date.now();
/** How long every call takes by the run's clock: a loop without a pause ends by the deadline too. */
const CALL_MS = 20;
const MOST_CALLS = 200_000;
const TIMEOUT_MS = 10 * 60_000;
/** How far beyond its time a run may end: the calls that are under way then. */
const OVERTIME_MS = 1_000;

// Files of the machine have no part in a run.
Object.assign(process.env, { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' });

export interface AuditClaim {
  readonly name: string;
  readonly scenario: Scenario;
  readonly scope?: Partial<AuditScope>;
  /** The text of the audit policy. */
  readonly policy?: string;
  /** Checks that must fail or be unknown in the unchanged run: without them, the subject would show nothing. */
  readonly finds: readonly string[];
  readonly always?: RegExp;
  /** Whether what was sent is well-formed and says, without a contradiction, something else. */
  readonly isBelievable: (sent: readonly Sent[]) => boolean;
}

export function auditSubject({ name, always, isBelievable, ...claim }: AuditClaim): Subject {
  let unchanged: AuditResult | undefined;
  return {
    name,
    always,
    run: async (alter) => {
      const sent: Sent[] = [];
      const { outcome, tookMs } = await play(claim, (where, index, was) => {
        const is = alter(where, index, was);
        if (is !== was && JSON.stringify(is) !== JSON.stringify(was)) sent.push({ where, index, was, is });
        return is;
      });
      const late = tookMs > TIMEOUT_MS + OVERTIME_MS ? [`it took ${tookMs} of ${TIMEOUT_MS} ms`] : [];
      if (outcome instanceof Error) {
        // An audit that ends with an error that it explains says nothing good of anything.
        const isExplained = outcome instanceof GateError && outcome.code !== 'internal' && sent.length > 0;
        return [...late, ...(isExplained ? [] : [`${outcome.stack}`])];
      }
      if (sent.length === 0) {
        unchanged = outcome;
        const isFound = (check: string) => outcome.results.some((one) => one.check === check && isOpen(one));
        return claim.finds.filter((check) => !isFound(check)).map((check) => `${check} does not fail`);
      }
      if (unchanged === undefined) throw new Error('the unchanged run has to come first');
      return isBelievable(sent) ? late : [...late, ...betterIn(unchanged, outcome)];
    },
  };
}

interface Played {
  readonly outcome: AuditResult | Error;
  readonly tookMs: number;
}

/** Plays one audit to its end. */
export async function play(
  { scenario, scope, policy }: Pick<AuditClaim, 'scenario' | 'scope' | 'policy'>,
  alter: Alter,
): Promise<Played> {
  const clock = new PatientClock();
  const counts = new Map<string, number>();
  const altered = ({ service, api, answer }: Exchange): Answer | DatedAnswer => {
    const where = `${service}:${api}`;
    const index = counts.get(where) ?? 0;
    counts.set(where, index + 1);
    return alteredAnswer(answer, (value) => alter(where, index, value));
  };
  const aws = playInProcess(scenario, () => EPOCH, altered);
  const forever = new AbortController().signal;
  const deadline = startDeadline(TIMEOUT_MS, clock, forever);
  const expectations =
    policy === undefined ? NO_EXPECTATIONS : parseAuditPolicy(Buffer.from(policy), 'audit.yml');
  const handle = async (...request: Parameters<typeof aws.requestHandler.handle>) => {
    if (aws.calls.length > MOST_CALLS) throw new Error('the run makes calls without end');
    await clock.sleep(CALL_MS, forever);
    return aws.requestHandler.handle(...request);
  };
  try {
    const facts = await collectFacts(
      { ...SCOPE, ...scope, expectations },
      {
        deadline,
        environment: {},
        log: () => {},
        handler: { handle } as unknown as NonNullable<RequestHandler>,
      },
    );
    const outcome = audit(facts, expectations, { failOn: 'low', access: true, baseline: undefined });
    return { outcome, tookMs: clock.now() };
  } catch (thrown) {
    const outcome = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { outcome, tookMs: clock.now() };
  } finally {
    deadline.clear();
  }
}

/** An answer with the documents in it as values, changed, and as texts again. */
function alteredAnswer(answer: DatedAnswer, alter: (value: Json) => Json): DatedAnswer {
  const { status, date, errorType, body } = answer;
  const parsed = documentsParsed(body as Json);
  const sent: Json = { status, date: date ?? null, errorType: errorType ?? null, body: parsed };
  const is = alter(sent);
  if (is === sent) return answer;
  const changed = Object(is) as Partial<Record<keyof DatedAnswer, Json>>;
  return {
    status: typeof changed.status === 'number' ? changed.status : 502,
    date: typeof changed.date === 'string' ? changed.date : undefined,
    ...(typeof changed.errorType === 'string' ? { errorType: changed.errorType } : {}),
    body: documentsWritten(changed.body ?? ''),
  };
}

function isOpen({ status }: Result): boolean {
  return status === 'fail' || status === 'unknown';
}

const ABILITIES = ['pull', 'push', 'retag', 'delete', 'administer', 'token'] as const;

/**
 * What an audit no longer finds, what it calls less bad, and access that it no longer shows, without saying that it is not
 * known.
 */
export function betterIn(before: AuditResult, after: AuditResult): string[] {
  const results = new Map(after.results.map((one) => [keyOf(one), one]));
  const passed = before.results.filter(isOpen).flatMap((one) => {
    const now = results.get(keyOf(one));
    if (now === undefined) {
      const told = toldOfRegistry(one, after);
      return told.some((result) => !isMilder(result, one))
        ? []
        : [`${keyOf(one)}: ${one.status} disappeared`];
    }
    if (!isOpen(now)) return [`${keyOf(one)}: ${one.status} became ${now.status}`];
    return isMilder(now, one) ? [`${keyOf(one)}: ${inWords(one)} became ${inWords(now)}`] : [];
  });
  const told = after.accessIncomplete.some((sentence) => !before.accessIncomplete.includes(sentence));
  const rows = new Map(after.access.map((row) => [rowOf(row), row]));
  const hidden = before.access.flatMap((row) => {
    const now = rows.get(rowOf(row));
    if (now === undefined) return told ? [] : [`${rowOf(row)}: its access disappeared`];
    return ABILITIES.filter((ability) => isAble(row[ability]) && !isAble(now[ability])).map(
      (ability) => `${rowOf(row)}: ${ability} was ${row[ability]} and is ${now[ability]}`,
    );
  });
  return [...passed, ...hidden];
}

/** Where it is unknown which repositories, rules or principals there are, the registries have the results. */
function toldOfRegistry(
  { check, registry }: Result,
  { results, registries }: AuditResult,
): readonly Result[] {
  const hosts = registry === undefined ? registries.map(({ host }) => host) : [registry];
  return results.filter((one) => one.check === check && isOpen(one) && hosts.includes(one.resource));
}

/**
 * Whether a result is less bad than another one, also as far as it could be: a failure of which something is unknown
 * says how bad it could be, and so does an unknown result.
 */
export function isMilder(now: Result, before: Result): boolean {
  return bySeverity(now.couldBe ?? now.severity, before.severity) > 0;
}

function inWords({ status, severity, couldBe }: Result): string {
  return `${status} ${severity}${couldBe === undefined ? '' : ` (could be ${couldBe})`}`;
}

function isAble(verdict: AccessEntry['token']): boolean {
  return verdict !== undefined && verdict !== 'denied';
}

function keyOf({ check, resource }: Result): string {
  return `${check} of ${resource}`;
}

function rowOf({ repository, principal }: AccessEntry): string {
  return `${principal} on ${repository}`;
}
