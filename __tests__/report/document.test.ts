import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { safeParse } from 'valibot';
import { describe, expect, it } from 'vitest';
import schema from '../../schema/report.schema.json' with { type: 'json' };
import { type ReportDocument, reportSchema } from '../../src/report/findings/document.ts';
import { reportDocument } from './either.ts';
import { everyReport } from './everything.ts';

const isReport = new Ajv2020({ allowUnionTypes: true }).compile(schema);
const golden = join(import.meta.dirname, 'golden');

/** The golden reports, with times in place of the words that stand for them. */
const goldenReports = readdirSync(golden)
  .filter((name) => name.endsWith('.report.json'))
  .map((name): [string, ReportDocument] => {
    const text = readFileSync(join(golden, name), 'utf8')
      .replaceAll('"TIME"', '"2026-05-02T10:19:00.000Z"')
      .replaceAll('"SHA256"', `"${'c'.repeat(64)}"`);
    return [name, JSON.parse(text)];
  });

type Path = readonly (string | number)[];

function* pathsIn(value: unknown, path: Path = []): Generator<Path> {
  yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    yield* pathsIn(member, [...path, Array.isArray(value) ? Number(key) : key]);
  }
}

type Container = Record<string | number, unknown>;

function at(document: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Container)[key], document);
}

/** A copy of the document in which something is changed at a path. */
function changed(
  document: unknown,
  path: Path,
  change: (around: Container, key: string | number) => void,
): unknown {
  const copy = { root: structuredClone(document) };
  const whole: Path = ['root', ...path];
  change(at(copy, whole.slice(0, -1)) as Container, whole.at(-1) ?? 'root');
  return copy.root;
}

function isObject(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

describe('the JSON Schema of report.json', () => {
  it.each(goldenReports)('describes the golden report %s', (_, document) => {
    expect(isReport(document), JSON.stringify(isReport.errors)).toBe(true);
    expect(safeParse(reportSchema, document).issues).toBeUndefined();
  });

  it('requires every member, allows no other, and no value of another type', () => {
    const seen = new Set<string>();
    const documents = [
      ...goldenReports.map(([, document]) => document),
      ...everyReport().map(reportDocument),
    ];
    for (const document of documents) {
      for (const path of pathsIn(document)) {
        // What is in a list, or below the name of another member, is the same everywhere.
        const shape = path.map((part) => (typeof part === 'number' ? '*' : part)).join('.');
        if (seen.has(shape)) continue;
        seen.add(shape);
        const without = changed(document, path, (around, key) => {
          if (!Array.isArray(around)) delete around[key];
        });
        const isOptional = /^(|images\.\*\.weakened\..*)$/.test(shape) || typeof path.at(-1) === 'number';
        if (!isOptional) expect(isReport(without), `without ${shape}`).toBe(false);
        if (isObject(at(document, path))) {
          const more = changed(document, path, (around, key) => {
            around[key] = { ...(around[key] as Container), more: 1 };
          });
          expect(isReport(more), `more in ${shape}`).toBe(false);
        }
        // No member is a list of lists.
        const other = changed(document, path, (around, key) => {
          around[key] = [[]];
        });
        expect(isReport(other), `a list of lists for ${shape}`).toBe(false);
      }
    }
    expect(seen.size).toBeGreaterThan(150);
  });
});
