/**
 * Compares src/audit/access with the evaluator of iam-simulate on generated cases, always the same ones. Prints what they
 * agree and differ about; ends with exit code 1 where they differ for a reason that `disagreements.ts` does not have.
 * CASES and SEED change how many cases there are, and which.
 */
import fc from 'fast-check';
import { anyCase, type Case } from './cases.ts';
import { DISAGREEMENTS, UNDECIDED } from './disagreements.ts';
import { evaluate } from './evaluator.ts';
import { shrink } from './shrink.ts';
import { simulate } from './simulator.ts';

const CASES = Number(process.env.CASES ?? 12_000);
const SEED = Number(process.env.SEED ?? 20_261_126);
/** Of both allowed and denied, so many cases have to be decided alike at least. */
const LEAST = CASES / 10;

async function differ(one: Case): Promise<boolean> {
  const { verdict } = evaluate(one);
  return verdict !== 'unknown' && verdict !== (await simulate(one));
}

/** What explains a disagreement: one entry of the table, or all of them together. */
async function explained(one: Case): Promise<string | undefined> {
  for (const { about, without } of DISAGREEMENTS) if (!(await differ(without(one)))) return about;
  const plain = DISAGREEMENTS.reduce((changed, { without }) => without(changed), one);
  return (await differ(plain)) ? undefined : 'several of the above';
}

const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
const problems: string[] = [];

for (const one of fc.sample(anyCase, { numRuns: CASES, seed: SEED })) {
  const mine = evaluate(one);
  const theirs = await simulate(one);
  if (typeof theirs !== 'string') {
    problems.push(`it refuses a case: ${theirs.error}\n${JSON.stringify(one)}`);
  } else if (mine.verdict === 'conditional') {
    problems.push(
      `conditional, although each key is known: ${mine.conditions.join('; ')}\n${JSON.stringify(one)}`,
    );
  } else if (mine.verdict === 'unknown') {
    const strange = mine.unknown.find((reason) => !UNDECIDED.some((entry) => entry.reason.test(reason)));
    if (strange === undefined) count('undecided on purpose');
    else problems.push(`unknown: ${strange}\n${JSON.stringify(one)}`);
  } else if (mine.verdict === theirs) {
    count(`both ${theirs}`);
  } else {
    const about = await explained(one);
    if (about === undefined) {
      const smallest = JSON.stringify(
        await shrink(one, async (less) => (await differ(less)) && !(await explained(less))),
      );
      problems.push(`${mine.verdict} here and ${theirs} there\n${smallest}`);
    } else {
      count(`explained: ${about}`);
    }
  }
}

for (const verdict of ['allowed', 'denied']) {
  if ((counts.get(`both ${verdict}`) ?? 0) < LEAST)
    problems.push(`too few cases are ${verdict} to tell anything`);
}
for (const [what, number] of [...counts].sort()) console.log(`${number} ${what}`);
for (const problem of problems.slice(0, 10)) console.error(`\n${problem}`);
console.log(`${CASES} cases, ${problems.length} without an explanation`);
process.exitCode = problems.length === 0 ? 0 : 1;
