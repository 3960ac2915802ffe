import { CatalogerError, defineCataloger, type FoundPackage, type ReadingGap } from '../cataloger.ts';
import { archiveEndings, readArchive, usualAllowance } from '../java/archive.ts';

/** Endings that files of other kinds have too: such a file is passed over when it is no ZIP archive. */
const ambiguous = /\.(?:par|sar|rar|kar)$/i;

/**
 * Libraries in archives of Java, and in the archives in those. What is known of one comes from Maven's own files in it; without those
 * from its manifest and name, and then it has a group only where there is no doubt of it: a package without one is part of the
 * inventory, and not enough to tell which advisories are about it.
 */
export const javaArchive = defineCataloger({
  id: 'java-archive',
  version: 1,
  reads: {
    en: 'Java archives (`.jar`, `.war`, `.ear` and others) with the archives inside of them: Maven coordinates, manifests, file names',
    zh: 'Java 归档文件（`.jar`、`.war`、`.ear` 等）及其内嵌归档：Maven 坐标、清单文件与文件名',
  },
  globs: archiveEndings.map((ending) => `**/*.${ending}`),
  limit: 4 * 1024 ** 3,

  read(file) {
    const collected = { packages: [] as FoundPackage[], gaps: [] as ReadingGap[] };
    if (file.content.size === 0) return {};
    const archive = { content: file.content, path: file.path, within: '', depth: 0 };
    if (readArchive(archive, usualAllowance(), collected)) return collected;
    if (ambiguous.test(file.path)) return {};
    throw new CatalogerError({
      en: 'not a whole ZIP archive: its table of entries cannot be read',
      zh: '不是完整的 ZIP 归档，无法读取其条目表',
    });
  },
});
