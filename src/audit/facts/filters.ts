/** The suppression filters of Amazon Inspector that an account can see. */
import { ListFiltersCommand } from '@aws-sdk/client-inspector2';
import * as v from 'valibot';
import { checked } from '../../aws/checked.ts';
import { MalformedAnswer } from '../../aws/errors.ts';
import type { FilterValue, SuppressionFilter } from '../facts.ts';
import type { Context } from './context.ts';
import { byKey, page, text } from './shapes.ts';

// The most items of one page (Inspector2 service model).
const FILTERS_PAGE = 100;

const Filters = v.object({
  filters: v.array(
    v.object({
      arn: text,
      name: text,
      action: v.literal('SUPPRESS'),
      criteria: v.record(v.string(), v.unknown()),
    }),
  ),
  nextToken: v.nullish(v.string()),
});

/** @throws Unanswered */
export async function filtersOf(context: Context): Promise<readonly SuppressionFilter[]> {
  const { asker, registry, session } = context;
  const action = 'inspector2:ListFilters';
  const filters = await asker.list(
    context.question(action),
    (nextToken, abortSignal) =>
      session
        .inspector(registry)
        .send(new ListFiltersCommand({ action: 'SUPPRESS', maxResults: FILTERS_PAGE, nextToken }), {
          abortSignal,
        }),
    (answer) => {
      const { filters: found, nextToken } = checked(Filters, answer, action);
      return page(found, nextToken);
    },
  );
  return [...byKey(action, filters, ({ arn }) => arn).values()].map(({ name, arn, criteria }) => ({
    name,
    arn,
    criteria: criteriaOf(criteria),
  }));
}

/** Criteria by name. Nested structures have both names: `vulnerablePackages.name`. */
function criteriaOf(
  criteria: Readonly<Record<string, unknown>>,
): Readonly<Record<string, readonly FilterValue[]>> {
  const found = new Map<string, FilterValue[]>();
  const add = (name: string, value: FilterValue) => {
    const list = found.get(name);
    if (list === undefined) found.set(name, [value]);
    else list.push(value);
  };
  const visit = (name: string, condition: unknown) => {
    if (typeof condition !== 'object' || condition === null || condition instanceof Date) {
      throw new MalformedAnswer(
        `inspector2:ListFilters returned a condition on ${name} that is not a structure`,
      );
    }
    const { comparison, value, key } = condition as Readonly<Record<string, unknown>>;
    if (typeof comparison === 'string' && (typeof value === 'string' || typeof key === 'string')) {
      add(name, { comparison, value: [key, value].filter((part) => typeof part === 'string').join('=') });
      return;
    }
    const members = Object.entries(condition).filter(([, member]) => member !== undefined && member !== null);
    if (members.length === 0) {
      throw new MalformedAnswer(`inspector2:ListFilters returned an empty condition on ${name}`);
    }
    if (members.every(([, member]) => typeof member === 'number' || member instanceof Date)) {
      add(name, { comparison: undefined, value: members.map((member) => rangeText(member)).join(' ') });
      return;
    }
    for (const [inner, member] of members) visit(`${name}.${inner}`, member);
  };
  for (const [name, conditions] of Object.entries(criteria)) {
    if (conditions === undefined || conditions === null) continue;
    if (!Array.isArray(conditions)) {
      throw new MalformedAnswer(`inspector2:ListFilters returned criteria on ${name} that are not a list`);
    }
    for (const condition of conditions) visit(name, condition);
  }
  return Object.fromEntries(found);
}

function rangeText([name, member]: [string, unknown]): string {
  return `${name} ${member instanceof Date ? member.toISOString() : member}`;
}
