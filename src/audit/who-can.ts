/** Questions of the input `who-can`, such as `push team/app` or `pull **`. */
import { GateError } from '../errors.ts';
import { matchesGlob } from '../policy/globs.ts';
import type { Ability } from './access/abilities.ts';
import type { Verdict } from './access/decide.ts';
import type { AuditResult, WhoCanAnswer, WhoCanRow } from './result.ts';

const ABILITIES: readonly Ability[] = ['pull', 'push', 'retag', 'delete', 'administer'];

export interface Question {
  readonly ability: Ability;
  /** A glob over the repository names of all audited registries. */
  readonly repositories: string;
}

/**
 * Reads a question.
 * @throws GateError `input` if it has another form
 */
export function parseQuestion(text: string): Question {
  const [ability, repositories, ...more] = text.trim().split(/\s+/);
  const found = ABILITIES.find((one) => one === ability);
  if (found !== undefined && repositories !== undefined && more.length === 0) {
    return { ability: found, repositories };
  }
  throw new GateError('input', `"${text.trim()}" is not a valid question for who-can.`, {
    nextStep: `Write an ability (${ABILITIES.join(', ')}) and a glob over repository names, for example push team/app.`,
  });
}

const CERTAINTY: readonly Verdict[] = ['allowed', 'conditional', 'unknown'];

/** Answers a question from the access map of an audit. */
export function whoCan(
  { ability, repositories: glob }: Question,
  { registries, access, accessIncomplete }: Pick<AuditResult, 'registries' | 'access' | 'accessIncomplete'>,
): WhoCanAnswer {
  const repositories = registries.flatMap(({ partition, region, account, repositories: names }) =>
    names
      .filter((name) => matchesGlob(glob, name))
      .map((name) => `arn:${partition}:ecr:${region}:${account}:repository/${name}`),
  );
  const asked = new Map(repositories.map((arn, at) => [arn, at]));
  const rows = access.flatMap((entry): WhoCanRow[] => {
    const verdict = entry[ability];
    if (verdict === undefined || verdict === 'denied' || !asked.has(entry.repository)) return [];
    const { repository, principal, kind, conditions, unknown, because } = entry;
    return [{ repository, principal, kind, verdict, conditions, unknown, because }];
  });
  const place = ({ repository }: WhoCanRow) => asked.get(repository) ?? 0;
  return {
    question: `${ability} ${glob}`,
    repositories,
    rows: rows.toSorted(
      (a, b) =>
        place(a) - place(b) ||
        CERTAINTY.indexOf(a.verdict) - CERTAINTY.indexOf(b.verdict) ||
        (a.principal < b.principal ? -1 : 1),
    ),
    incomplete: accessIncomplete,
  };
}
