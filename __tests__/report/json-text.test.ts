import fc from 'fast-check';
import { expect, it } from 'vitest';
import { jsonText, oneByOne } from '../../src/report/kit/json-text.ts';
import { hostileText } from './hostile.ts';

it('is the text of JSON.stringify for any document, without invisible characters and workflow commands', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), hostileText);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'medium', withCrossShrink: true },
      fc.constantFrom(null, undefined, true, 0, -1.5, 1e21, 'a\nb'),
      text,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4 }),
    ),
  }));
  const document = fc.oneof(fc.array(value, { maxLength: 4 }), fc.dictionary(text, value, { maxKeys: 4 }));
  fc.assert(
    fc.property(document, (plain) => {
      const text = [...jsonText(plain)].join('');
      const usual = `${JSON.stringify(plain, undefined, 2)}\n`;
      expect(text).not.toMatch(/(?![ \n])[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u);
      expect(`${JSON.stringify(JSON.parse(text), undefined, 2)}\n`).toBe(usual);
      expect(text).not.toMatch(/##\[|^\s*::/m);
      if (/^[\n -~]*$/.test(usual) && !usual.includes('##[')) expect(text).toBe(usual);
    }),
    { numRuns: 500 },
  );
});

it('has each element of a long list on one line, in pieces that are not much longer than an element', () => {
  const findings = Array.from({ length: 5_000 }, (_, index) => ({
    id: index,
    title: `${'x'.repeat(100)}\n`,
  }));
  const document = (list: Iterable<unknown>) => ({ images: [{ digest: 'd', findings: list, none: [] }] });
  let made = 0;
  const list = oneByOne(findings, (finding) => {
    made += 1;
    return finding;
  });
  const pieces: string[] = [];
  for (const piece of jsonText(document(list))) {
    // An element is created when its line is.
    if (pieces.length === 0) expect(made).toBeLessThan(1_000);
    pieces.push(piece);
  }
  expect(made).toBe(5_000);
  expect(pieces.length).toBeGreaterThan(5);
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(70_000);
  const text = pieces.join('');
  expect(JSON.parse(text)).toEqual(document(findings));
  const lines = text.split('\n').filter((line) => line.includes('"title"'));
  expect(lines.slice(0, -1)).toEqual(
    findings.slice(0, -1).map((finding) => `        ${JSON.stringify(finding)},`),
  );
  expect(lines).toHaveLength(5_000);
});
