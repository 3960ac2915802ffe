import type { Text } from '../../model/text.ts';
import type { ReadingGap } from '../cataloger.ts';
import type { EntryProblem } from '../../syntax/zip/entry-content.ts';

const reasons: Readonly<Record<EntryProblem, Text>> = {
  encrypted: { en: 'encrypted', zh: '已加密' },
  'unknown-compression': { en: 'compressed in a way that is not known here', zh: '压缩方式未知' },
  damaged: { en: 'damaged: it cannot be unpacked', zh: '已损坏，无法解压' },
  'too-large': { en: 'unpacked, it is larger than what is read', zh: '解压后超出读取上限' },
};

const needs: Readonly<Record<EntryProblem, Text>> = {
  encrypted: { en: 'an archive without a password', zh: '未设密码的归档文件' },
  'unknown-compression': { en: 'an archive as `jar` makes them', zh: '由 `jar` 生成的归档文件' },
  damaged: { en: 'an archive that `unzip -t` accepts', zh: '可通过 `unzip -t` 检查的归档文件' },
  'too-large': {
    en: 'a smaller archive, or one that is stored uncompressed in the outer one',
    zh: '更小的归档文件，或在外层中以不压缩方式存放',
  },
};

/** An entry of an archive was not read. */
export function unreadEntry(within: string, problem: EntryProblem): ReadingGap {
  return { reason: reasons[problem], need: needs[problem], ...inside(within) };
}

/** The table of an archive is damaged, or the file is none. */
export function unreadTable(within: string): ReadingGap {
  return {
    reason: {
      en: 'not a whole ZIP archive: its table of entries cannot be read',
      zh: '不是完整的 ZIP 归档，无法读取其条目表',
    },
    need: needs.damaged,
    ...inside(within),
  };
}

export function tooDeep(within: string): ReadingGap {
  return {
    reason: { en: 'too many archives inside of each other', zh: '归档文件嵌套过深' },
    need: { en: 'archives nested at most five deep', zh: '嵌套不超过五层的归档文件' },
    ...inside(within),
  };
}

export function tooMuch(within: string): ReadingGap {
  return {
    reason: { en: 'more entries than are read: the rest was left out', zh: '条目数超出读取上限，其余已略去' },
    need: { en: 'a smaller archive', zh: '更小的归档文件' },
    ...inside(within),
  };
}

function inside(within: string) {
  return within === '' ? {} : { within };
}
