import { describe, expect, test } from 'vitest';
import { foundPackage as found } from '../../test/found-package.ts';
import { onlyQuestion as only, questionsOrReason as outcome } from '../../test/package-questions.ts';
import { orderingOf } from '../versions/ecosystems.ts';

describe('packages of languages', () => {
  test.each([
    ['npm', undefined, 'left-pad', '1.3.0', 'npm', 'left-pad'],
    ['npm', '@angular', 'core', '17.0.0', 'npm', '@angular/core'],
    ['npm', 'angular', 'core', '17.0.0', 'npm', '@angular/core'],
    ['npm', undefined, 'JSONStream', '1.3.5', 'npm', 'JSONStream'],
    ['pypi', undefined, 'Zope.Interface', '5.4.0', 'PyPI', 'zope-interface'],
    ['maven', 'org.apache.logging.log4j', 'log4j-core', '2.14.1', 'Maven', 'org.apache.logging.log4j:log4j-core'],
    ['composer', 'Symfony', 'http-kernel', 'v5.4.0', 'Packagist', 'symfony/http-kernel'],
    ['cargo', undefined, 'openssl', '0.10.35', 'crates.io', 'openssl'],
    ['nuget', undefined, 'Newtonsoft.Json', '12.0.3', 'NuGet', 'newtonsoft.json'],
    ['gem', undefined, 'nokogiri', '1.13.4-x86_64-linux', 'RubyGems', 'nokogiri'],
    ['pub', undefined, 'http', '0.13.0', 'Pub', 'http'],
    ['hex', undefined, 'Phoenix', '1.7.0', 'Hex', 'phoenix'],
    ['swift', 'github.com/apple', 'swift-nio', '2.40.0', 'SwiftURL', 'github.com/apple/swift-nio'],
    ['swift', 'github.com/apple', 'swift-nio.git', '2.40.0', 'SwiftURL', 'github.com/apple/swift-nio'],
    ['cran', undefined, 'commonmark', '1.7', 'CRAN', 'commonmark'],
    ['bioconductor', undefined, 'Biobase', '2.60.0', 'Bioconductor', 'Biobase'],
    ['hackage', undefined, 'aeson', '2.0.0.0', 'Hackage', 'aeson'],
    ['githubactions', 'tj-actions', 'Changed-Files', 'v44.0.0', 'GitHub Actions', 'tj-actions/changed-files'],
    ['github', 'actions', 'checkout', 'v4.1.1', 'GitHub Actions', 'actions/checkout'],
    ['bitnami', undefined, 'wordpress', '6.2.0-3', 'Bitnami', 'wordpress'],
  ])('%s %s %s %s', (type, namespace, name, version, ecosystem, expected) => {
    const each = found(type, name, version, namespace === undefined ? {} : { namespace });
    expect(only(each)).toEqual({ ecosystem, name: expected, version, compared: 'package', doubts: [] });
    expect(orderingOf(ecosystem)?.parse(version)).toBeDefined();
  });

  test.each([
    ['generic', undefined, 'node', '18.0.0', 'no-ecosystem'],
    ['generic', undefined, 'openssl', '3.0.1', 'no-ecosystem'],
    ['conan', undefined, 'zlib', '1.2.11', 'no-ecosystem'],
    ['conda', undefined, 'openssl', '3.0.1', 'no-ecosystem'],
    ['jsr', '@std', 'path', '1.0.0', 'no-ecosystem'],
    ['cocoapods', undefined, 'AFNetworking', '2.5.0', 'no-ecosystem'],
    ['hex', 'acme', 'secret', '1.0.0', 'no-ecosystem'],
    ['maven', undefined, 'log4j-core', '2.14.1', 'no-group'],
    ['npm', undefined, 'left-pad', '', 'no-version'],
    ['github', 'actions', 'checkout', 'v4', 'no-version'],
    ['__proto__', undefined, 'a', '1', 'no-ecosystem'],
  ])('%s %s %s %j is not asked', (type, namespace, name, version, reason) => {
    expect(outcome(found(type, name, version, namespace === undefined ? {} : { namespace }))).toBe(reason);
  });

  test('whoever owns them, and whether they are there or asked for', () => {
    const question = only(found('pypi', 'requests', '2.25.1'));
    for (const changes of [
      { ownedBy: 'pkg:deb/debian/python3-requests@2.25.1' },
      { state: 'declared' },
      { development: true },
    ] as const) {
      expect(only(found('pypi', 'requests', '2.25.1', changes))).toEqual(question);
    }
  });
});
