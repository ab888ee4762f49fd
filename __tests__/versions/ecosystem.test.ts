import { describe, expect, it } from 'vitest';
import { ecosystemOf } from '../../src/versions/ecosystem.ts';

const of = (manager: string | undefined, operatingSystem?: string, remediation?: string) =>
  ecosystemOf({ manager, remediation }, operatingSystem);

describe('ecosystemOf', () => {
  it.each([
    ['NPM', 'npm'],
    ['NODEPKG', 'npm'],
    ['YARN', 'npm'],
    ['PYTHONPKG', 'pep440'],
    ['JAR', 'maven'],
    ['GOBINARY', 'go'],
    ['GEMSPEC', 'gem'],
    ['DOTNET_CORE', 'nuget'],
    ['CARGO', 'cargo'],
    ['COMPOSER', 'composer'],
  ])('is known for %s', (manager, ecosystem) => {
    // The system the image runs on has no say in it.
    expect(of(manager, 'DEBIAN_12')).toBe(ecosystem);
  });

  it.each([
    ['DEBIAN_12', 'dpkg'],
    ['UBUNTU_22_04', 'dpkg'],
    ['ALPINE_LINUX_3_20', 'apk'],
    ['AMAZON_LINUX_2023', 'rpm'],
    ['RHEL_9', 'rpm'],
    ['rocky_linux_9', 'rpm'],
  ])('is known for the packages of %s', (system, ecosystem) => {
    expect(of('OS', system)).toBe(ecosystem);
  });

  it.each([
    ['apt-get update && apt-get upgrade', 'dpkg'],
    ['yum update libxml2', 'rpm'],
    ['dnf update --advisory X', 'rpm'],
    ['apk update && apk upgrade', 'apk'],
  ])('takes it from the command "%s" if the system is unknown', (command, ecosystem) => {
    expect(of('OS', undefined, command)).toBe(ecosystem);
    expect(of('OS', 'SOMETHING_NEW_1', command)).toBe(ecosystem);
  });

  it.each([
    [undefined, 'DEBIAN_12', 'apt-get upgrade'],
    ['NODEPKG_OF_THE_FUTURE', 'DEBIAN_12', undefined],
    // What every object has by these names.
    ['__proto__', undefined, undefined],
    ['constructor', 'DEBIAN_12', undefined],
    ['OS', undefined, undefined],
    ['OS', 'UNKNOWN', 'NotAvailable'],
    // A contradiction.
    ['OS', 'ALPINE_LINUX_3_20', 'apt-get upgrade'],
  ])('is unknown for %s on %s with %s', (manager, system, command) => {
    expect(of(manager, system, command)).toBeUndefined();
  });
});
