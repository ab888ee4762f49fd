import { describe, expect, it } from 'vitest';
import { isRelease, isVendor, systemOf } from '../../src/versions/distributions.ts';

describe('systemOf', () => {
  it.each([
    ['DEBIAN_10', 'deb', 'debian'],
    ['debian_12', 'deb', 'debian'],
    ['UBUNTU_22_04', 'deb', 'ubuntu'],
    ['ALPINE_LINUX_3_20', 'apk', 'alpine'],
    ['ALPINE_3_20', 'apk', 'alpine'],
    ['AMAZON_LINUX_2', 'rpm', 'amzn'],
    ['AMAZON_LINUX_2023', 'rpm', 'amazon'],
    ['CENTOS_7', 'rpm', 'centos'],
    ['ORACLE_LINUX_8', 'rpm', 'oracle'],
    ['RHEL_9', 'rpm', 'redhat'],
    ['REDHAT_9', 'rpm', 'rhel'],
    ['ROCKY_LINUX_9', 'rpm', 'rocky'],
    ['ALMALINUX_9', 'rpm', 'almalinux'],
    ['ALMA_LINUX_9', 'rpm', 'alma'],
    ['FEDORA_42', 'rpm', 'fedora'],
    ['SLES_15_6', 'rpm', 'suse'],
    ['OPENSUSE_LEAP_15_6', 'rpm', 'opensuse'],
    ['PHOTON_5', 'rpm', 'photon'],
    ['CHAINGUARD', 'apk', 'chainguard'],
    ['WOLFI', 'apk', 'wolfi'],
    ['MINIMOS', 'apk', 'minimos'],
  ])('finds %s: pkg:%s/%s', (name, type, vendor) => {
    const system = systemOf(name);
    expect(system).toMatchObject({ type });
    expect(system && isVendor(system, vendor)).toBe(true);
    expect(system && isVendor(system, vendor.toUpperCase())).toBe(true);
    expect(system && isVendor(system, 'acme')).toBeUndefined();
  });

  it.each([
    undefined,
    '',
    'DISTROLESS',
    'WINDOWS_SERVER_2022',
    'DEBIANISH_12',
    'SOMETHING_NEW_1',
    'LINUX',
    '__proto__',
  ])('does not find %s', (name) => {
    expect(systemOf(name)).toBeUndefined();
  });

  it('distinguishes every distribution from every other', () => {
    const names = [
      'DEBIAN_12',
      'UBUNTU_22_04',
      'ALPINE_LINUX_3_20',
      'WOLFI',
      'CHAINGUARD',
      'RHEL_9',
      'CENTOS_7',
    ];
    const systems = names.flatMap((name) => systemOf(name) ?? []);
    expect(systems).toHaveLength(names.length);
    for (const system of systems) {
      for (const other of systems) {
        for (const vendor of other.namespaces) expect(isVendor(system, vendor)).toBe(system === other);
      }
    }
  });
});

describe('isRelease', () => {
  it.each<[string, string, boolean | undefined]>([
    ['DEBIAN_12', 'debian-12', true],
    ['DEBIAN_12', 'debian-12.5', true],
    ['DEBIAN_12', 'Debian-12', true],
    ['DEBIAN_12', '12', true],
    ['DEBIAN_12', 'bookworm', true],
    ['DEBIAN_12', 'debian-bookworm', true],
    ['DEBIAN_12', 'debian-11', false],
    ['DEBIAN_12', 'debian-1', false],
    ['DEBIAN_12', 'debian-120', false],
    ['DEBIAN_12', 'bullseye', false],
    ['DEBIAN_12', 'jammy', false],
    ['DEBIAN_12', 'ubuntu-12', false],
    ['DEBIAN_12', 'alpine-3.20.3', false],
    ['DEBIAN_12', 'debian', undefined],
    ['DEBIAN_12', 'sid', undefined],
    ['DEBIAN_12', 'ubuntu-bookworm', undefined],
    ['DEBIAN_12', 'acme-12', undefined],
    ['DEBIAN_12', 'debian-12-slim', undefined],
    ['DEBIAN_12', '', undefined],
    ['DEBIAN_12', `debian-${'1'.repeat(100)}`, undefined],
    ['DEBIAN_12', ` debian-12 `, true],
    ['DEBIAN_12', `debian-12${' '.repeat(60)}`, undefined],
    ['DEBIAN', 'debian-12', undefined],
    ['DEBIAN_SID', 'debian-12', undefined],
    ['UBUNTU_22_04', 'ubuntu-22.04', true],
    ['UBUNTU_22_04', 'jammy', true],
    ['UBUNTU_22_04', 'ubuntu-22.10', false],
    ['UBUNTU_22_04', 'ubuntu-22', undefined],
    ['UBUNTU_22_04', 'debian-22.04', false],
    ['ALPINE_LINUX_3_20', 'alpine-3.20.3', true],
    ['ALPINE_LINUX_3_20', 'alpine-3.20', true],
    ['ALPINE_LINUX_3_20', '3.20.3', true],
    ['ALPINE_LINUX_3_20', 'v3.20', true],
    ['ALPINE_LINUX_3_20', 'alpine-v3.20', true],
    ['ALPINE_LINUX_3_20', '3.2', false],
    ['ALPINE_LINUX_3_20', 'alpine-3.19.1', false],
    ['ALPINE_LINUX_3_20', '3', undefined],
    ['ALPINE_LINUX_3_20', 'edge', undefined],
    ['ALPINE_LINUX_EDGE', 'alpine-3.20', undefined],
    ['AMAZON_LINUX_2023', 'amzn-2023', true],
    ['AMAZON_LINUX_2023', 'amazon-2023.6.20241212', true],
    ['AMAZON_LINUX_2023', 'al2023', true],
    ['AMAZON_LINUX_2023', 'amzn-2', false],
    ['AMAZON_LINUX_2', 'amzn-2', true],
    ['AMAZON_LINUX_2', 'amzn-2023', false],
    ['RHEL_9', 'rhel-9.4', true],
    ['RHEL_9', 'redhat-9', true],
    ['RHEL_9', 'el9', true],
    ['RHEL_9', 'rhel-8.10', false],
    ['RHEL_9', 'centos-9', false],
    ['ROCKY_LINUX_9', 'rocky-9.3', true],
    ['ROCKY_LINUX_9', 'el9', true],
    ['ROCKY_LINUX_9', 'rhel-9.3', false],
    ['ORACLE_LINUX_8', 'ol-8.9', true],
    ['ORACLE_LINUX_8', 'oracle-8', true],
    ['FEDORA_42', 'fedora-42', true],
    ['FEDORA_42', 'fc42', true],
    ['SLES_15_6', 'sles-15.6', true],
    ['SLES_15_6', 'sles-15.5', false],
    ['SLES_15_6', 'opensuse-leap-15.6', false],
    ['OPENSUSE_LEAP_15_6', 'opensuse-leap-15.6', true],
    ['PHOTON_5', 'photon-5.0', true],
    ['WOLFI', 'wolfi-20230201', true],
    ['WOLFI', 'wolfi', true],
    ['WOLFI', 'chainguard-20230214', false],
    ['WOLFI', '20230201', undefined],
  ])('on %s, distro=%s: %s', (name, distro, expected) => {
    const system = systemOf(name);
    expect(system && isRelease(system, distro)).toBe(expected);
  });
});
