import type { Text } from '../../model/text.ts';

/** A stream that is not as it must be. Whoever reads it says so, and what was read before stays. */
export class DamagedStream extends Error {
  readonly reason: Text;

  constructor(reason: Text) {
    super(reason.en);
    this.name = 'DamagedStream';
    this.reason = reason;
  }
}

/** `position`: bytes from the beginning of what is compressed. */
export function damagedAt(position: number, what: Text): DamagedStream {
  return new DamagedStream({
    en: `byte ${position} of what is compressed: ${what.en}`,
    zh: `压缩数据第 ${position} 字节处：${what.zh}`,
  });
}

export const isCutOff: Text = { en: 'it is cut off', zh: '数据不完整' };
export const isDamaged: Text = { en: 'it is damaged', zh: '数据已损坏' };
