/** Repositories and families of checks, as a table of marks. */
import { FAMILIES, type Family } from '../../audit/check.ts';
import type { Result } from '../../audit/result.ts';
import type { Severity } from '../../audit/severity.ts';
import type { AuditRunResult } from '../../results/modes/audit.ts';
import { compareTexts } from '../../text.ts';

/** The worst result of a family of checks for a resource. */
export type Cell = Severity | 'unknown' | 'ignored' | 'pass' | undefined;

export interface MatrixRow {
  /**
   * ARN of a repository, or host of a registry. Results about cache rules and templates are in the row of their
   * registry.
   */
  readonly resource: string;
  readonly cells: ReadonlyMap<Family, Cell>;
}

export interface Matrix {
  readonly families: readonly Family[];
  /** The worst first. */
  readonly rows: readonly MatrixRow[];
}

const ORDER: readonly Cell[] = ['critical', 'high', 'medium', 'low', 'unknown', 'ignored', 'pass', undefined];

/** A table of all registries and a table of all repositories. Neither contains results about roles and users. */
export function matricesOf({ audit }: Pick<AuditRunResult, 'audit'>): {
  readonly registries: Matrix;
  readonly repositories: Matrix;
} {
  const rows = new Map<string, Map<Family, Cell>>();
  const hosts = new Set(audit?.registries.map(({ host }) => host));
  for (const registry of audit?.registries ?? []) {
    const { host, account, region, partition, repositories } = registry;
    rows.set(host, new Map());
    for (const name of repositories) {
      rows.set(`arn:${partition}:ecr:${region}:${account}:repository/${name}`, new Map());
    }
  }
  for (const result of audit?.results ?? []) {
    const row = rows.get(result.resource) ?? rows.get(result.registry ?? '');
    const family = FAMILIES.find((one) => result.check.startsWith(`${one}/`));
    if (row === undefined || family === undefined) continue;
    row.set(family, worse(row.get(family), cellOf(result)));
  }
  const all = [...rows].map(([resource, cells]): MatrixRow => ({ resource, cells }));
  return {
    registries: matrixOf(all.filter(({ resource }) => hosts.has(resource))),
    repositories: matrixOf(all.filter(({ resource }) => !hosts.has(resource))),
  };
}

function matrixOf(rows: readonly MatrixRow[]): Matrix {
  const badness = new Map(rows.map((row) => [row, keyOf(row)]));
  return {
    families: FAMILIES.filter((family) => rows.some(({ cells }) => cells.has(family))),
    rows: rows.toSorted(
      (a, b) =>
        compareTexts(badness.get(a) ?? '', badness.get(b) ?? '') || compareTexts(a.resource, b.resource),
    ),
  };
}

function cellOf({ status, severity }: Result): Cell {
  return status === 'fail' ? severity : status;
}

function worse(a: Cell, b: Cell): Cell {
  return ORDER.indexOf(a) <= ORDER.indexOf(b) ? a : b;
}

/** Sorts rows by their worst cell, then by the next worst. The mark at the end sorts after all cells. */
function keyOf({ cells }: MatrixRow): string {
  const ranks = [...cells.values()].map((cell) => ORDER.indexOf(cell)).sort();
  return `${ranks.join('')}~`;
}
