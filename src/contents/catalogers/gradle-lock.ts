import { type CatalogerReading, defineCataloger } from '../cataloger.ts';
import { PackageList } from '../languages/package-list.ts';
import { linesOf } from '../languages/text-lines.ts';

/** Libraries that Gradle resolved. */
export const gradleLock = defineCataloger({
  id: 'gradle-lock',
  version: 1,
  reads: {
    en: '`gradle.lockfile` and the older lock files of single configurations',
    zh: '`gradle.lockfile`，以及旧式的按配置划分的锁文件',
  },
  globs: ['**/gradle.lockfile', '**/buildscript-gradle.lockfile', '**/dependency-locks/*.lockfile'],

  read(file): CatalogerReading {
    const list = new PackageList({ type: 'maven', state: 'declared' });
    // Plugins of the build, or one configuration a file.
    const [, folder, base = ''] = /(?:^|\/)(dependency-locks\/)?([^/]*)\.lockfile$/.exec(file.path) ?? [];
    const isOfBuild = base.startsWith('buildscript-');
    for (const line of linesOf(file.text())) {
      if (line === '' || line.startsWith('#') || line.startsWith('empty=')) continue;
      const [coordinates = '', configurations] = line.trim().split('=', 2);
      const [group, name, version, ...more] = coordinates.split(':', 5);
      if (!group || !name || more.length > 0) {
        list.gap({ en: 'a line is no `group:name:version`', zh: '某一行不是 `group:name:version` 格式' });
        continue;
      }
      const wanted = folder === undefined ? configurations : base;
      const isForTests = wanted?.split(',').every((each) => /^(?:test|androidTest)[A-Z]/.test(each)) ?? false;
      list.add({ namespace: group, name, version, ...(isOfBuild || isForTests ? { development: true } : {}) });
    }
    return list.reading();
  },
});
