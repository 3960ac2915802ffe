import { type ErrorCode, PlimsollError } from '../../model/error.ts';
import type { Text } from '../../model/text.ts';

/** What may be wrong with a bundle. */
export type BundleFault = keyof typeof faults;

interface FaultWords {
  readonly code?: ErrorCode;
  /** Follows the name of the file. */
  readonly text: (detail: string) => Text;
  readonly advice: Text;
}

const copyAgain: Text = {
  en: 'Fetch or copy the bundle again. Nothing was changed.',
  zh: '请重新下载或复制该离线包。未作任何更改。',
};
const makeAgain: Text = {
  en: 'Have it made again: plimsoll feeds export FILE. Nothing was changed.',
  zh: '请重新制作：plimsoll feeds export FILE。未作任何更改。',
};
const doNotTrust: Text = {
  en: 'Do not use it. Ask whoever made it for the right key, or for a new bundle. Nothing was changed.',
  zh: '请勿使用。请向制作者索取正确的密钥或新的离线包。未作任何更改。',
};

const faults = {
  missing: {
    text: () => ({ en: 'is not there', zh: '不存在' }),
    advice: { en: 'Name a bundle of advisories.', zh: '请指定漏洞公告离线包。' },
  },
  unreadable: {
    text: (code) => ({ en: `cannot be read: ${code}`, zh: `无法读取：${code}` }),
    advice: { en: 'Name a file that this user may read.', zh: '请指定当前用户有权读取的文件。' },
  },
  'no-bundle': {
    text: () => ({
      en: 'is no bundle of advisories, or it is cut off',
      zh: '不是漏洞公告离线包，或内容不完整',
    }),
    advice: { en: 'A bundle is made by plimsoll feeds export FILE.', zh: '离线包由 plimsoll feeds export FILE 生成。' },
  },
  absent: {
    text: (name) => ({ en: `has no ${name} at its top`, zh: `顶层没有 ${name}` }),
    advice: makeAgain,
  },
  twice: {
    text: (name) => ({ en: `has ${name} more than once`, zh: `含有多个 ${name}` }),
    advice: makeAgain,
  },
  damaged: { text: (name) => ({ en: `is damaged: ${name}`, zh: `已损坏：${name}` }), advice: copyAgain },
  'no-manifest': {
    text: () => ({ en: 'has a manifest.json that is none of a bundle', zh: '中的 manifest.json 不是离线包的清单' }),
    advice: makeAgain,
  },
  field: {
    text: (field) => ({
      en: `has a manifest.json whose ${field} is missing or not as it must be`,
      zh: `的 manifest.json 中，${field} 缺失或无效`,
    }),
    advice: makeAgain,
  },
  newer: {
    text: () => ({ en: 'was made by a newer Plimsoll', zh: '由更新版本的 Plimsoll 生成' }),
    advice: { en: 'Use that version. Nothing was changed.', zh: '请使用该版本。未作任何更改。' },
  },
  unsigned: {
    code: 'feeds-signature',
    text: () => ({
      en: 'is not signed, and --verify-key asks for a signature',
      zh: '没有签名，而 --verify-key 要求签名',
    }),
    advice: doNotTrust,
  },
  'not-verified': {
    code: 'feeds-signature',
    text: (key) => ({
      en: `was not signed with the key ${key}, or it was changed since`,
      zh: `并非由密钥 ${key} 签名，或签名后被改动`,
    }),
    advice: doNotTrust,
  },
  size: {
    text: (sizes) => ({
      en: `does not hold what its manifest says: a store of another size (${sizes})`,
      zh: `与其清单不符：公告库大小不同（${sizes}）`,
    }),
    advice: copyAgain,
  },
  checksum: {
    text: () => ({
      en: 'does not hold what its manifest says: a store with another checksum',
      zh: '与其清单不符：公告库校验和不同',
    }),
    advice: copyAgain,
  },
  'no-store': {
    text: (why) => ({
      en: `holds no store of advisories that can be used: ${why}`,
      zh: `中没有可用的漏洞公告库：${why}`,
    }),
    advice: makeAgain,
  },
  'other-facts': {
    text: (what) => ({
      en: `does not hold what its manifest says: a store with other ${what}`,
      zh: `与其清单不符：公告库的 ${what} 不同`,
    }),
    advice: makeAgain,
  },
  changed: {
    text: () => ({ en: 'was changed while it was read', zh: '在读取过程中被改动' }),
    advice: { en: 'Read it once more when nobody writes it.', zh: '请在无人写入该文件时重新读取。' },
  },
} satisfies Record<string, FaultWords>;

/** @param detail - what the words of this fault have a place for: a name, a code */
export function bundleError(file: string, fault: BundleFault, detail = ''): PlimsollError {
  const { code = 'file-unreadable', text, advice }: FaultWords = faults[fault];
  const { en, zh } = text(detail);
  return new PlimsollError(code, { en: `${file} ${en}`, zh: `${file} ${zh}` }, advice);
}
