/**
 * Writes the JSON Schemas in schema/: those of the policy and exceptions files, for editors, from the schemas that the
 * actions read these files with, and those of the reports from their definitions. `--check` writes nothing and fails if a
 * file differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { auditPolicySchema } from '../src/audit/expectations.ts';
import { policySchema } from '../src/policy/document.ts';
import { exceptionsSchema } from '../src/policy/exceptions-document.ts';
import { auditReportSchema } from '../src/report/audit/schema.ts';
import { reportDefinitions, reportSchema } from '../src/report/findings/document.ts';

const schemas: Readonly<Record<string, () => JsonSchema>> = {
  'policy.schema.json': () => forEditors(policySchema),
  'exceptions.schema.json': () => forEditors(exceptionsSchema),
  'report.schema.json': forReaders,
  'audit-policy.schema.json': () => forEditors(auditPolicySchema),
  'audit-report.schema.json': () => forEditors(auditReportSchema),
};

/** The text of each file, by its name. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(schemas).map(([name, generate]) => [name, `${JSON.stringify(generate(), null, 2)}\n`]),
  );
}

/** The schema of report.json: its parts are defined once. */
function forReaders(): JsonSchema {
  return toJsonSchema(reportSchema, {
    target: 'draft-2020-12',
    definitions: reportDefinitions,
    ignoreActions: ['readonly'],
  });
}

/** What is accepted as input, draft-07: the version that editors know best. */
function forEditors(schema: GenericSchema): JsonSchema {
  return toJsonSchema(schema, {
    typeMode: 'input',
    target: 'draft-07',
    ignoreActions: ['trim'],
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      const properties = jsonSchema.properties ?? {};
      const isRule =
        valibotSchema.type === 'strict_object' && 'action' in properties && 'reason' in properties;
      return isRule ? ({ ...jsonSchema, ...IGNORE_NEEDS_REASON } as JsonSchema) : undefined;
    },
  });
}

// The fields of a rule depend on each other. The action checks this after the schema.
const IGNORE_NEEDS_REASON = {
  if: { properties: { action: { const: 'ignore' } } },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
  then: { required: ['reason'] },
};

function main(): void {
  for (const [name, text] of schemaFiles()) {
    const file = join(import.meta.dirname, '..', 'schema', name);
    if (!process.argv.includes('--check')) {
      writeFileSync(file, text);
    } else if (readFileSync(file, 'utf8') !== text) {
      process.exitCode = 1;
      console.error(`schema/${name} differs from the code: run npm run schema`);
    } else {
      console.log(`schema/${name} matches the code`);
    }
  }
}

if (import.meta.main) main();
