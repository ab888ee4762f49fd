/** Makes a case smaller as long as it shows what it shows. */
import type { Case, Document, Statement } from './cases.ts';

/** All cases with one document, statement or condition less. */
function* smaller(one: Case): Generator<Case> {
  for (const [index] of one.identity.entries()) yield { ...one, identity: without(one.identity, index) };
  for (const kind of ['scps', 'rcps'] as const) {
    for (const [index] of one[kind].entries()) yield { ...one, [kind]: without(one[kind], index) };
    for (const [index, level] of one[kind].entries()) {
      if (level.length < 2) continue;
      for (const [inner] of level.entries()) {
        yield { ...one, [kind]: one[kind].with(index, without(level, inner)) };
      }
    }
  }
  if (one.boundary !== undefined) yield { ...one, boundary: undefined };
  // A role always has a trust policy.
  if (one.resource !== undefined && one.on.type !== 'trust') yield { ...one, resource: undefined };
  for (const [index, document] of one.identity.entries()) {
    for (const less of smallerDocuments(document)) yield { ...one, identity: one.identity.with(index, less) };
  }
  for (const kind of ['scps', 'rcps'] as const) {
    for (const [index, level] of one[kind].entries()) {
      for (const [inner, document] of level.entries()) {
        for (const less of smallerDocuments(document)) {
          yield { ...one, [kind]: one[kind].with(index, level.with(inner, less)) };
        }
      }
    }
  }
  for (const kind of ['boundary', 'resource'] as const) {
    const document = one[kind];
    if (document !== undefined) for (const less of smallerDocuments(document)) yield { ...one, [kind]: less };
  }
}

function* smallerDocuments({ Version, Statement: statements }: Document): Generator<Document> {
  for (const [index, statement] of statements.entries()) {
    if (statements.length > 1) yield { Version, Statement: without(statements, index) };
    for (const less of smallerStatements(statement))
      yield { Version, Statement: statements.with(index, less) };
  }
}

function* smallerStatements(statement: Statement): Generator<Statement> {
  const { Condition: condition, ...rest } = statement;
  if (condition === undefined) return;
  yield rest;
  const operators = Object.entries(condition as { [operator: string]: { [key: string]: never } });
  if (operators.length > 1) {
    for (const [index] of operators.entries())
      yield { ...rest, Condition: Object.fromEntries(without(operators, index)) };
  }
}

function without<T>(list: readonly T[], index: number): T[] {
  return list.filter((_, at) => at !== index);
}

/** The smallest case found that still shows it. */
export async function shrink(one: Case, shows: (one: Case) => Promise<boolean>): Promise<Case> {
  for (const less of smaller(one)) if (await shows(less)) return shrink(less, shows);
  return one;
}
