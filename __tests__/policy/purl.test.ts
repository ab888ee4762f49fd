import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidPackageUrl, parsePurl } from '../../src/policy/purl.ts';

describe('parsePurl', () => {
  it.each([
    [
      'pkg:oci/debian@sha256%3A244fd47e07d10?repository_url=ghcr.io/debian&tag=bullseye',
      'oci',
      undefined,
      'debian',
      'sha256:244fd47e07d10',
    ],
    [
      'pkg:oci/hello-wasm@sha256:244fd47e07d10?tag=v1',
      'oci',
      undefined,
      'hello-wasm',
      'sha256:244fd47e07d10',
    ],
    ['pkg:oci/app', 'oci', undefined, 'app', undefined],
    ['pkg:npm/%40angular/core@17.0.1', 'npm', '@angular', 'core', '17.0.1'],
    ['pkg:npm/@angular/core@17.0.1', 'npm', '@angular', 'core', '17.0.1'],
    // Tools write the scope without its escape, with a version and without.
    ['pkg:npm/@angular/core', 'npm', '@angular', 'core', undefined],
    ['pkg:npm/@angular/core?arch=x#y', 'npm', '@angular', 'core', undefined],
    ['pkg:npm/@angular/core@', 'npm', '@angular', 'core', undefined],
    ['pkg:npm/registry/@scope/pkg', 'npm', 'registry/@scope', 'pkg', undefined],
    [
      'PKG:Maven/org.apache.logging.log4j/log4j-core@2.14.1',
      'maven',
      'org.apache.logging.log4j',
      'log4j-core',
      '2.14.1',
    ],
    ['pkg:deb/debian/libc6@1%3A2.36-9', 'deb', 'debian', 'libc6', '1:2.36-9'],
    ['pkg:deb/debian//libc6@', 'deb', 'debian', 'libc6', undefined],
    ['pkg:oci/app?', 'oci', undefined, 'app', undefined],
    ['pkg:x-y.z+1/a%2Fb/c%40d@1%20', 'x-y.z+1', 'a/b', 'c@d', '1 '],
    ['pkg:///npm/a', 'npm', undefined, 'a', undefined],
    ['pkg://golang/github.com/gin-gonic/gin@v1.9.0', 'golang', 'github.com/gin-gonic', 'gin', 'v1.9.0'],
  ])('%s', (text, type, namespace, name, version) => {
    expect(parsePurl(text)).toMatchObject({ type, namespace, name, version });
  });

  it('reads qualifiers, their keys in lower case, and the subpath', () => {
    const purl = parsePurl('pkg:oci/app?Repository_URL=h%2Ft%2Fapp&tag=a=b&arch=#x/y');
    expect([...purl.qualifiers]).toEqual([
      ['repository_url', 'h/t/app'],
      ['tag', 'a=b'],
    ]);
    expect(purl.subpath).toBe('x/y');
    expect(parsePurl('pkg:oci/app#x%2Fy').subpath).toBe('x/y');
    expect(parsePurl('pkg:oci/app#')).toMatchObject({ name: 'app', subpath: undefined });
    expect([...parsePurl('pkg:oci/app?&a=1&&b').qualifiers]).toEqual([['a', '1']]);
  });

  it.each([
    ['', 'it does not begin with "pkg:"'],
    ['app', 'it does not begin with "pkg:"'],
    ['npm:a/b', 'it does not begin with "pkg:"'],
    ['pkg', 'it does not begin with "pkg:"'],
    ['pkg:', 'it has no type and name'],
    ['pkg:oci', 'it has no type and name'],
    ['pkg:/app', 'it has no type and name'],
    ['pkg:1oci/app', 'it has no type and name'],
    ['pkg:o ci/app', 'it has no type and name'],
    ['pkg:oci /app', 'it has no type and name'],
    ['pkg:oci/', 'it has no name'],
    ['pkg:oci/%20', 'it has no name'],
    ['pkg:oci/@1', 'it has no name'],
    ['pkg:oci/app@%zz', 'its percent-encoding is broken'],
    ['pkg:oci/%zz', 'its percent-encoding is broken'],
    ['pkg:oci/app?a=%zz', 'its percent-encoding is broken'],
    ['pkg:npm/a@b/core', 'it has an "@" that is not in front of the version and not written %40'],
    ['pkg:npm/@a@b/core', 'it has an "@" that is not in front of the version and not written %40'],
    [
      'pkg:golang/example.com@v1/sub',
      'it has an "@" that is not in front of the version and not written %40',
    ],
    ['pkg:oci/app?tag=1&TAG=2', 'it has the qualifier TAG twice'],
    ['pkg:oci/app?=1', 'it has a qualifier without a key'],
    ['pkg:oci/app?1a=1', 'it has a qualifier without a key'],
    ['pkg:oci/app?a b=1', 'it has a qualifier without a key'],
  ])('refuses %j', (text, message) => {
    expect(() => parsePurl(text)).toThrow(new InvalidPackageUrl(message));
  });

  it('throws nothing else', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'pkg:oci/@?#&=%20.') })),
        (text) => {
          for (const candidate of [text, `pkg:${text}`, `pkg:oci/${text}`]) {
            try {
              expect(parsePurl(candidate).name.trim()).not.toBe('');
            } catch (error) {
              if (!(error instanceof InvalidPackageUrl)) throw error;
            }
          }
        },
      ),
    );
  });
});
