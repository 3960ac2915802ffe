import type { Text } from '../../model/text.ts';

/** Whoever is shown the records of a package database. */
export interface RecordVisitor {
  /** One package's header. The bytes are written over once this returns. */
  readonly header: (blob: Buffer) => void;
  /** A part of the file could not be read; reading goes on with the next. */
  readonly damaged: (reason: Text) => void;
}

/** Bytes of one package's header. The largest that are known, of kernel sources and of type-setting fonts, have 10 MB. */
export const largestHeader = 32 * 1024 ** 2;

export const damages = {
  circle: { en: 'a page is used twice', zh: '同一页面被重复引用' },
  beyond: { en: 'a record lies beyond the end of the file', zh: '有记录超出文件末尾' },
  tooLarge: { en: 'a record is larger than 32 MiB', zh: '有记录大于 32 MiB' },
  page: { en: 'a page is not of the kind that it should be', zh: '有页面的类型不正确' },
  record: { en: 'a record is cut off', zh: '有记录不完整' },
  header: { en: "a package's header is not in rpm's format", zh: '有软件包头不符合 rpm 格式' },
} as const satisfies Readonly<Record<string, Text>>;
