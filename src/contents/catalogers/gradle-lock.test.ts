import { expect, test } from 'vitest';
import { expectToSurvive, gapsIn, packagesIn } from '../../../test/language-packages.ts';
import { gradleLock } from './gradle-lock.ts';

const lock = `# This is a Gradle generated file for dependency locking.
com.google.guava:guava:32.1.2-jre=compileClasspath,runtimeClasspath
org.junit.jupiter:junit-jupiter:5.10.0=testCompileClasspath,testRuntimeClasspath
rubbish
empty=annotationProcessor
`;

test('tells libraries, and which are for tests only', () => {
  expect(packagesIn(gradleLock, 'app/gradle.lockfile', lock)).toEqual([
    'pkg:maven/com.google.guava/guava@32.1.2-jre',
    'pkg:maven/org.junit.jupiter/junit-jupiter@5.10.0 development',
  ]);
  expect(gapsIn(gradleLock, 'app/gradle.lockfile', lock)).toEqual(['a line is no `group:name:version`']);
});

test('plugins of the build are for development, and so is what one configuration of tests has to itself', () => {
  const line = 'org.example:a:1.0\n';
  const paths = ['buildscript-gradle.lockfile', 'gradle/dependency-locks/testRuntimeClasspath.lockfile'];
  for (const path of paths) {
    expect(packagesIn(gradleLock, path, line)).toEqual(['pkg:maven/org.example/a@1.0 development']);
  }
  expect(packagesIn(gradleLock, 'gradle/dependency-locks/runtimeClasspath.lockfile', line)).toEqual([
    'pkg:maven/org.example/a@1.0',
  ]);
});

test('reads whatever bytes it is given', () => {
  expect(() => expectToSurvive(gradleLock, 'gradle.lockfile', lock)).not.toThrow();
});
