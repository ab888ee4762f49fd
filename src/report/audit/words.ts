/** Words that all forms of an audit's report share: plain text that is not escaped yet. */
import type { PrincipalKind } from '../../audit/access/facts.ts';
import type { Severity } from '../../audit/severity.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { enumerate, plural } from '../kit/words.ts';

const REPOSITORY_ARN = /^arn:[^:]*:ecr:([^:]*):([^:]*):repository\/(.+)$/s;
const IAM_ARN = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(.+)$/s;

/** The name of a resource if the registry is clear. */
export class Names {
  private readonly several: boolean;
  private readonly accounts: ReadonlyMap<string, string>;
  private readonly audited: ReadonlySet<string>;

  constructor({ audit, expectations }: Pick<AuditRunResult, 'audit' | 'expectations'>) {
    const registries = audit?.registries ?? [];
    this.several = registries.length > 1;
    this.accounts = expectations.accounts;
    this.audited = new Set(registries.map(({ account }) => account));
  }

  /** The name of a repository or another resource, with its account and region if several registries are audited. */
  resource(resource: string): string {
    const [, region, account, name] = REPOSITORY_ARN.exec(resource) ?? [];
    if (name !== undefined)
      return this.several ? `${name} (${this.account(account ?? '')}, ${region})` : name;
    const [, owner, principal] = IAM_ARN.exec(resource) ?? [];
    if (principal === undefined) return resource;
    return this.several ? `${principal} (${this.account(owner ?? '')})` : principal;
  }

  /** The name of a principal, with its account if that is not the only audited account. */
  principal(arn: string, kind?: PrincipalKind): string {
    if (kind === 'anyone') return 'everyone';
    const [, account, name] = IAM_ARN.exec(arn) ?? [];
    if (name === undefined || account === undefined) return arn;
    if (kind === 'account') return `account ${this.account(account)}`;
    if (kind === 'root') return `the root user of ${this.account(account)}`;
    return this.audited.size === 1 && this.audited.has(account) ? name : `${name} (${this.account(account)})`;
  }

  /** The name of an account, with its id. */
  account(id: string): string {
    const called = this.accounts.get(id);
    return called === undefined ? id : `${called} ${id}`;
  }
}

/** `2 critical, 5 high and 1 low`; empty if there are none. */
export function severityWords(counts: Readonly<Record<Severity, number>>): string {
  const present = (['critical', 'high', 'medium', 'low'] as const).filter((one) => counts[one] > 0);
  return enumerate(present.map((severity) => `${counts[severity]} ${severity}`));
}

/** `12 repositories`, `1 registry`. */
export function many(count: number, one: string): string {
  return count !== 1 && /[^aeiou]y$/.test(one) ? `${count} ${one.slice(0, -1)}ies` : plural(count, one);
}

/** The first sentences of a text, up to a number of characters; the whole first sentence if it is longer. */
export function beginning(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { index } of text.matchAll(/[.!?] /g)) {
    if (end > 0 && index + 1 > max) break;
    end = index + 1;
  }
  return end === 0 ? text : text.slice(0, end);
}
