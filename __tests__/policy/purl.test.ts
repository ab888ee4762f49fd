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
    [
      'PKG:Maven/org.apache.logging.log4j/log4j-core@2.14.1',
      'maven',
      'org.apache.logging.log4j',
      'log4j-core',
      '2.14.1',
    ],
    ['pkg:deb/debian/libc6@1%3A2.36-9', 'deb', 'debian', 'libc6', '1:2.36-9'],
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
  });

  it.each([
    '',
    'app',
    'pkg:',
    'pkg:oci',
    'pkg:oci/',
    'pkg:oci/%20',
    'pkg:/app',
    'pkg:oci/@1',
    'npm:a/b',
    'pkg:oci/app@%zz',
    'pkg:npm/@angular/core',
    'pkg:oci/app?tag=1&TAG=2',
    'pkg:oci/app?=1',
  ])('refuses %j', (text) => {
    expect(() => parsePurl(text)).toThrow(InvalidPackageUrl);
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
