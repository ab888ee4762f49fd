/** The project's OpenVEX documents against OpenVEX's own schema. */
import { readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { scenarios } from '../../emulator/scenarios/index.ts';
import { parseVex } from '../../src/policy/vex.ts';
import { sharedData } from '../shared-data.ts';
import { bytes } from './errors.ts';
import { FULL_VEX } from './examples.ts';

/** What OpenVEX's schema finds wrong with a document; undefined where it is not at hand. */
async function officialSchema(): Promise<((document: unknown) => unknown[]) | undefined> {
  const file = sharedData('schemas', 'openvex-0.2.0.json');
  if (file === undefined) return undefined;
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const absolute = (text: string) => /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(text);
  ajv.addFormat('uri', (text) => URL.canParse(text));
  ajv.addFormat('iri', absolute);
  ajv.addFormat('date-time', (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)));
  const validate = ajv.compile(JSON.parse(await readFile(file, 'utf8')));
  return (document) => {
    validate(document);
    return validate.errors ?? [];
  };
}

/** Every document the project has: the tests' full one and those of the scenarios, with the dates filled in. */
function documents(): unknown[] {
  const files = Object.values(scenarios).flatMap((scenario) => Object.values(scenario.files ?? {}));
  const vex = files.filter((text) => text.includes('openvex.dev'));
  expect(vex.length).toBeGreaterThan(0);
  return [FULL_VEX, ...vex.map((text) => JSON.parse(text.replace(/\{day:[+-]\d+\}/g, '2026-01-01')))];
}

it("are what OpenVEX's schema and the action read alike", async (context) => {
  const validate = await officialSchema();
  if (validate === undefined) return context.skip("the folder with OpenVEX's schema is not here");
  const read = (document: unknown) => () => parseVex(bytes(JSON.stringify(document)), 'a.vex.json');
  for (const document of documents()) {
    expect(validate(document)).toEqual([]);
    expect(read(document)).not.toThrow();
  }
  // What the schema refuses is refused by the action as well, but for a document that states nothing.
  const { '@context': context0, author, statements, ...rest } = FULL_VEX;
  const [first] = statements;
  const { status, ...nameless } = first;
  const broken: readonly object[] = [
    { ...rest, '@context': context0, statements },
    { ...rest, author, statements },
    { ...FULL_VEX, version: 0 },
    { ...FULL_VEX, timestamp: 'yesterday' },
    { ...FULL_VEX, extra: true },
    { ...FULL_VEX, statements: [nameless] },
    { ...FULL_VEX, statements: [{ ...first, status: 'harmless' }] },
    { ...FULL_VEX, statements: [{ ...nameless, status, justification: 'none' }] },
    { ...FULL_VEX, statements: [{ ...first, vulnerability: { aliases: ['CVE-2026-1'] } }] },
    { ...FULL_VEX, statements: [{ ...first, products: [{ hashes: {} }] }] },
  ];
  for (const document of broken) {
    expect(validate(document), JSON.stringify(document)).not.toEqual([]);
    expect(read(document), JSON.stringify(document)).toThrow();
  }
});
