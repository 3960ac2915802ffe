import { describe, expect, test } from 'vitest';
import { usualSourceOfDeb } from './usual-source-of-deb.ts';

describe('the source of what never has its name', () => {
  test.each([
    ['libc6', '2.39-0ubuntu8.4', 'glibc'],
    ['libc-bin', '2.35-0ubuntu3.8', 'glibc'],
    ['libssl3t64', '3.0.13-0ubuntu3.5', 'openssl'],
    ['libssl3', '3.0.2-0ubuntu1.18', 'openssl'],
    ['libssl1.1', '1.1.1f-1ubuntu2.23', 'openssl'],
    ['base-files', '13ubuntu10.1', 'base-files'],
    ['zlib1g', '1:1.3.dfsg-3.1ubuntu2.1', 'zlib'],
    ['libcurl3t64-gnutls', '8.5.0-2ubuntu10.6', 'curl'],
    ['libglib2.0-0t64', '2.80.0-6ubuntu3.2', 'glib2.0'],
    ['libgcc-s1', '14.2.0-4ubuntu2~24.04', 'gcc-14'],
    ['libstdc++6', '12.3.0-1ubuntu1~22.04', 'gcc-12'],
    ['gcc-14-base', '14-20240412-0ubuntu1', 'gcc-14'],
    ['openjdk-21-jre-headless', '21.0.5+11-1ubuntu1~24.04', 'openjdk-21'],
    ['python3.12-minimal', '3.12.3-1ubuntu0.5', 'python3.12'],
    ['libpython3.12-stdlib', '3.12.3-1ubuntu0.5', 'python3.12'],
    ['libpython3.12t64', '3.12.3-1ubuntu0.5', 'python3.12'],
  ])('%s %s', (name, version, source) => {
    expect(usualSourceOfDeb(name, version)).toBe(source);
  });
});

describe('none where releases differ, or nothing is known', () => {
  test.each([
    // Of util-linux since Debian 13.
    ['login', '1:4.13+dfsg1-4ubuntu3'],
    // Of openjdk-lts in Ubuntu.
    ['openjdk-11-jre-headless', '11.0.25+9-1ubuntu1~24.04'],
    // Of openssl1.0 in some.
    ['libssl1.0.0', '1.0.2n-1ubuntu5.13'],
    // Of eglibc.
    ['libc6', '2.19-0ubuntu6.15'],
    // Of gcc-4.8.
    ['libstdc++6', '4.8.4-2ubuntu1~14.04.4'],
    // Of coreutils-from-uutils in some.
    ['coreutils', '9.4-3ubuntu6'],
    // Has an epoch that its source has not.
    ['bsdutils', '1:2.39.3-9ubuntu6.2'],
    ['mylibssl3', '1'],
    ['libssl3-extra', '1'],
    ['', ''],
    ['t64', '1'],
    ['__proto__', '1'],
  ])('%s %s', (name, version) => {
    expect(usualSourceOfDeb(name, version)).toBeUndefined();
  });
});
