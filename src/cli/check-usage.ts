import { PlimsollError } from '../model/error.ts';
import type { Text } from '../model/text.ts';
import type { CheckOptions } from './check.ts';

/** Options that cannot be meant together. Throws a PlimsollError that names them. */
export function refuseContradictions(paths: readonly string[], options: CheckOptions): void {
  const { fix = false, dryRun = false, convert, stdin = false, stdinFilename } = options;
  const readsInput = stdin || paths.includes('-');
  if (dryRun && !fix) throw usage(texts.dryRun, texts.addFix);
  if (convert && fix) throw usage(texts.convertAndFix, texts.oneOfThem);
  if (stdinFilename !== undefined && !readsInput) throw usage(texts.filename, texts.addStdin);
  // One document goes to standard output: the mended text, or a patch of all of them.
  if (fix && !dryRun && readsInput && new Set([...paths, '-']).size > 1) {
    throw usage(texts.inputAndFiles, texts.eachByItself);
  }
}

function usage(text: Text, advice: Text): PlimsollError {
  return new PlimsollError('usage', text, advice);
}

const texts = {
  dryRun: { en: '--dry-run only says something of --fix', zh: '--dry-run 只能与 --fix 一起使用' },
  addFix: { en: 'Add --fix, or leave --dry-run out.', zh: '请加上 --fix，或去掉 --dry-run。' },
  convertAndFix: { en: '--convert and --fix cannot be used together', zh: '--convert 与 --fix 不能同时使用' },
  oneOfThem: {
    en: '--convert prints the hardened containers and leaves the files as they are; --fix changes the files.',
    zh: '--convert 输出加固后的容器，不改动文件；--fix 则修改文件。',
  },
  filename: {
    en: '--stdin-filename is the name of standard input, which is not read',
    zh: '--stdin-filename 用于命名标准输入，但并未读取标准输入',
  },
  addStdin: { en: 'Add --stdin.', zh: '请加上 --stdin。' },
  inputAndFiles: {
    en: '--fix prints what becomes of standard input: it cannot mend files in the same run',
    zh: '--fix 会输出修复后的标准输入内容，不能在同一次运行中修改文件',
  },
  eachByItself: { en: 'Mend the files in a run of their own.', zh: '请另行运行以修复文件。' },
} satisfies Record<string, Text>;
