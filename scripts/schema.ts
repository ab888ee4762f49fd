/**
 * Writes the JSON Schemas of schema/ that are made from code: those of the files that the actions read, for editors, and
 * that of an audit's report. `--check` writes nothing and fails where they differ.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { auditPolicySchema } from '../src/audit/expectations.ts';
import { policySchema } from '../src/policy/document.ts';
import { exceptionsSchema } from '../src/policy/exceptions-document.ts';
import { auditReportSchema } from '../src/report/audit/schema.ts';

const schemas: Readonly<Record<string, GenericSchema>> = {
  'policy.schema.json': policySchema,
  'exceptions.schema.json': exceptionsSchema,
  'audit-policy.schema.json': auditPolicySchema,
  'audit-report.schema.json': auditReportSchema,
};

/** The text of each file, by its name. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(Object.entries(schemas).map(([name, schema]) => [name, generate(schema)]));
}

/** What is accepted as input, draft-07: the version that editors know best. */
function generate(schema: GenericSchema): string {
  const generated = toJsonSchema(schema, {
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
  return `${JSON.stringify(generated, null, 2)}\n`;
}

// A rule's fields depend on each other, which the action checks after its schema.
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
      console.log(`schema/${name} says what the code says`);
    }
  }
}

if (import.meta.main) main();
