/**
 * A second reading of trust policies, for one token at a time: regular expressions in the place of compiled patterns, and
 * nothing of the code under test. For statements that name one provider, with text operators.
 */
import type { Json } from './factories.ts';

/** The claims of a token. */
export type Token = Readonly<Record<string, string>>;

/** Whether STS would accept a token. */
export function accepts(statements: readonly Json[], host: string, token: Token): boolean {
  const applies = (effect: string) =>
    statements.some((item) => {
      const statement = item as {
        Effect: string;
        Condition?: Record<string, Record<string, string | string[]>>;
      };
      return statement.Effect === effect && conditionsHold(statement.Condition ?? {}, host, token);
    });
  return applies('Allow') && !applies('Deny');
}

function conditionsHold(
  conditions: Record<string, Record<string, string | string[]>>,
  host: string,
  token: Token,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      const [prefix, claim] = [key.slice(0, key.lastIndexOf(':')), key.slice(key.lastIndexOf(':') + 1)];
      const value = prefix === host ? token[claim] : undefined;
      return holds(operator, value, typeof values === 'string' ? [values] : values);
    }),
  );
}

function holds(operator: string, value: string | undefined, values: readonly string[]): boolean {
  const negated = operator.includes('Not');
  if (value === undefined) {
    if (operator.endsWith('IfExists') || operator.startsWith('ForAllValues:')) return true;
    return negated && !operator.startsWith('ForAnyValue:');
  }
  return values.some((wanted) => matcher(operator, wanted).test(value)) !== negated;
}

function matcher(operator: string, wanted: string): RegExp {
  const plain = wanted.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (operator.includes('Like')) {
    return new RegExp(`^${plain.replaceAll('\\*', '.*').replaceAll('\\?', '.')}$`, 's');
  }
  return new RegExp(`^${plain}$`, operator.includes('IgnoreCase') ? 'is' : 's');
}
