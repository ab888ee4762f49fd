import { describe, expect, it } from 'vitest';
import { ambiguityOf, foldedKey } from '../../src/image/manifest-keys.ts';

const why = (text: string) => ambiguityOf(text, JSON.parse(text));
const CHILD = `"digest":"sha256:${'0'.repeat(64)}","size":1`;

describe('ambiguityOf', () => {
  it.each([
    ['an index', `{"schemaVersion":2,"manifests":[{${CHILD},"platform":{"os":"linux","os.version":"1"}}]}`],
    ['an image', `{"config":{"mediaType":"a",${CHILD}},"layers":[{"mediaType":"b",${CHILD}}]}`],
    ['unknown keys', '{"manifests":[],"seed":1,"x-vendor":{"Region":"eu","région":1}}'],
    ['the same key in two objects', `{"manifests":[{${CHILD}},{${CHILD}}]}`],
    [
      'annotations by any name',
      '{"annotations":{"Digest":"a","MANIFESTS":"b","manifeſts":"c","digest":"d"}}',
    ],
    ['annotations of a child', '{"manifests":[{"annotations":{"Platform":"a","platform":"b"}}]}'],
    ['a field as a value', '{"annotations":{"a":"Manifests"},"artifactType":"Layers:"}'],
    ['letters that only look alike', '{"manifests":[],"manıfests":[],"mаnifests":[],"manifest\\u0455":[]}'],
    ['a word that a field only begins', '{"manifest":[],"manifestsAndMore":[],"os.versions":1}'],
    ['the name of a member of every object', '{"manifests":[],"constructor":1,"__proto__":2,"toString":3}'],
    ['no object', '[1,"Digest",null]'],
  ])('accepts %s', (_, text) => {
    expect(why(text)).toBeUndefined();
  });

  it.each([
    ['at the top', '{"manifests":[],"manifests":[]}'],
    ['though the first is the same', '{"a":1,"a":1}'],
    ['where one is escaped', '{"manifests":[],"\\u006danifests":[]}'],
    ['in a child', '{"manifests":[{"digest":"a","digest" : "b"}]}'],
    ['in annotations', '{"annotations":{"a":"b","a":"c"}}'],
    ['that are unknown', '{"manifests":[],"seed":{"a":{"b":1,"b":2}}}'],
    ['that every object inherits', '{"__proto__":1,"__proto__":2}'],
  ])('refuses a duplicate key %s', (_, text) => {
    expect(why(text)).toContain('the same key twice');
  });

  it.each([
    ['Manifests', '{"manifests":[],"Manifests":[]}', 'manifests'],
    ['manifeſts, with a long s', '{"manifests":[],"manifeſts":[]}', 'manifests'],
    ['an escaped long s', '{"manifests":[],"manifest\\u017f":[]}', 'manifests'],
    ['Layers', '{"config":{},"layers":[],"Layers":[]}', 'layers'],
    ['layerſ', '{"config":{},"layers":[],"layerſ":[]}', 'layers'],
    ['CONFIG', '{"config":{},"layers":[],"CONFIG":{}}', 'config'],
    ['MediaType', '{"MediaType":"a","manifests":[]}', 'mediaType'],
    ['mediatype', '{"mediatype":"a","manifests":[]}', 'mediaType'],
    ['SchemaVersion', '{"SchemaVersion":1,"manifests":[]}', 'schemaVersion'],
    ['Annotations', '{"Annotations":{}}', 'annotations'],
    ['artifacttype', '{"artifacttype":"a"}', 'artifactType'],
    ['Subject', '{"Subject":{}}', 'subject'],
    ['DIGEST of a child', '{"manifests":[{"digest":"a","DIGEST":"b"}]}', 'digest'],
    ['Digest of a layer', '{"layers":[{"digest":"a","Digest":"b"}]}', 'digest'],
    ['ſize of a config', '{"config":{"size":1,"ſize":2}}', 'size'],
    ['Platform of a child', '{"manifests":[{"platform":{},"Platform":{}}]}', 'platform'],
    ['OS', '{"manifests":[{"platform":{"os":"linux","OS":"unknown"}}]}', 'os'],
    ['oſ', '{"manifests":[{"platform":{"os":"linux","oſ":"unknown"}}]}', 'os'],
    ['Architecture', '{"manifests":[{"platform":{"Architecture":"amd64"}}]}', 'architecture'],
    ['Variant', '{"manifests":[{"platform":{"Variant":"v8"}}]}', 'variant'],
    ['OS.Version', '{"manifests":[{"platform":{"OS.Version":"1"}}]}', 'os.version'],
    ['URLs', '{"layers":[{"URLs":["https://example.com"]}]}', 'urls'],
    ['a folded key below an unknown one', '{"seed":[{"deep":{"Digest":1}}]}', 'digest'],
    ['what is beside annotations', '{"manifests":[{"annotations":{},"Digest":"b"}]}', 'digest'],
    ['an __proto__ with one inside', '{"__proto__":{"Digest":1}}', 'digest'],
  ])('refuses %s', (_, text, field) => {
    expect(why(text)).toContain(`"${field}"`);
  });

  it('does not quote the manifest', () => {
    expect(why('{"manifeſts":[],"manifests":[]}')).not.toContain('ſ');
  });
});

describe('foldedKey', () => {
  it.each([
    ['MediaType', 'mediatype'],
    ['maniFE\u017fTS', 'manifests'],
    // No field has a k today; the Kelvin sign would be one.
    ['\u212aey', 'key'],
    ['OS.Features', 'os.features'],
  ])('folds %s to %s', (key, folded) => {
    expect(foldedKey(key)).toBe(folded);
  });

  it('covers every case variant of an ASCII letter in Unicode', () => {
    for (let code = 0x80; code <= 0x10ffff; code++) {
      const character = String.fromCodePoint(code);
      // A pattern with the flags i and u compares by simple case folding, as Go does.
      const isVariant = /^[a-z]$/iu.test(character);
      if (isVariant || /^[a-z]$/.test(foldedKey(character))) {
        expect([character, isVariant, /^[a-z]$/.test(foldedKey(character))]).toEqual([character, true, true]);
      }
    }
  });
});
