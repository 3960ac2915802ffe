import { array, assert, constantFrom, option, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { foundPackage } from '../../test/found-package.ts';
import type { Distribution } from '../model/image-contents.ts';
import { orderingOf } from '../versions/ecosystems.ts';
import { packageName, splitEcosystem } from './package-name.ts';
import { questionsOf } from './questions.ts';
import { uncoveredReasons } from './uncovered.ts';

function system(id: string, version: string): Distribution {
  return { id, version, name: `${id} ${version}`, idLike: [] };
}

test('every reason has a text in both languages', () => {
  for (const { en, zh } of Object.values(uncoveredReasons)) {
    expect(en).toMatch(/^[a-z]/);
    expect(zh).toMatch(/\p{Script=Han}/u);
  }
});

const types = ['deb', 'apk', 'rpm', 'npm', 'golang', 'maven', 'pypi', 'composer', 'generic', 'hex', 'alpm', 'github'];

const packages = record({
  type: constantFrom(...types),
  name: string(),
  version: string(),
  namespace: option(string(), { nil: undefined }),
  modularity: option(string(), { nil: undefined }),
  vendor: option(string(), { nil: undefined }),
  source: option(record({ name: string(), version: string() }), { nil: undefined }),
});

const distributions = constantFrom(
  system('debian', '12'),
  system('ubuntu', '22.04'),
  system('alpine', '3.20.1'),
  system('almalinux', '9.4'),
  system('rhel', '8.10'),
  system('rocky', '9.3'),
  system('sles', '15.5'),
  undefined,
);

test('whatever a package is, it is asked about in a form that can be looked up, or there is a reason', () => {
  assert(
    property(array(packages, { maxLength: 5 }), distributions, (each, distribution) => {
      for (const { type, name, version, ...more } of each) {
        const questions = questionsOf(
          foundPackage(
            type,
            name,
            version,
            Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)),
          ),
          distribution,
          { kernelHeaders: false },
        );
        const asked = questions.kind === 'asked' ? questions.questions : [];
        const isTold = questions.kind === 'asked' ? asked.length > 0 : questions.reason in uncoveredReasons;
        expect(isTold).toBe(true);
        for (const question of asked) {
          expect(orderingOf(question.ecosystem)).toBeDefined();
          expect(packageName(splitEcosystem(question.ecosystem)[0], question.name)).toBe(question.name);
        }
      }
    }),
  );
});
