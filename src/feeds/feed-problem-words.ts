import type { Text } from '../model/text.ts';

/** Why a file is not taken for a feed. */
export type FeedProblemKind =
  | 'missing'
  | 'unreadable'
  | 'no-place'
  | 'nothing'
  | 'unknown'
  | 'stray-records'
  | 'too-deep'
  | 'too-many-files'
  | 'too-many-records'
  | 'leads-out'
  | 'special'
  | 'twice'
  | 'same-ecosystem'
  | 'encrypted'
  | 'unknown-compression'
  | 'damaged'
  | 'no-archive'
  | 'damaged-archive'
  | 'too-many-entries'
  | 'too-large'
  | 'too-large-in-all'
  | 'no-records'
  | 'nested-archive'
  | 'no-json'
  | 'no-catalogue'
  | 'more';

interface ProblemWords {
  readonly reason: (detail: string) => Text;
  readonly need: Text;
}

const layouts: Text = {
  en: "osv.dev's exports as `ECOSYSTEM.zip`, `ECOSYSTEM/all.zip` or `ECOSYSTEM/*.json`, and beside them `kev.json`, `epss*.csv.gz`, `cve-meta.jsonl.gz`, `*-status.jsonl.gz`",
  zh: 'osv.dev 的导出文件 `ECOSYSTEM.zip`、`ECOSYSTEM/all.zip` 或 `ECOSYSTEM/*.json`，以及同一位置的 `kev.json`、`epss*.csv.gz`、`cve-meta.jsonl.gz`、`*-status.jsonl.gz`',
};
const place: Text = {
  en: `a folder or a zip archive with ${layouts.en}`,
  zh: `一个目录或 zip 归档，其中包含 ${layouts.zh}`,
};
const freshCopy: Text = { en: 'the file, fetched or copied again', zh: '重新下载或复制的文件' };
const always = (en: string, zh: string): (() => Text) => {
  const text = { en, zh };
  return () => text;
};

export const problemWords: Readonly<Record<FeedProblemKind, ProblemWords>> = {
  missing: { reason: always('it is not there', '不存在'), need: place },
  unreadable: {
    reason: (code) => ({ en: `it cannot be read: ${code}`, zh: `无法读取：${code}` }),
    need: { en: 'a file that this user may read', zh: '当前用户有权读取的文件' },
  },
  'no-place': {
    reason: always('it is neither a folder nor a zip archive', '既不是目录，也不是 zip 归档'),
    need: place,
  },
  nothing: { reason: always('it holds nothing that is a feed', '其中没有任何可用的数据源'), need: place },
  unknown: { reason: always('its name is not that of a feed', '文件名不属于任何数据源'), need: layouts },
  'stray-records': {
    reason: (count) => ({
      en: `${count} records lie beside the feeds, and it is not known of which ecosystem they are`,
      zh: `${count} 条记录与数据源放在同一级，无法得知属于哪个生态系统`,
    }),
    need: { en: 'the records in a folder with the name of their ecosystem', zh: '放在以其生态系统命名的目录中的记录' },
  },
  'too-deep': {
    reason: always('it lies deeper than feeds are looked for', '所在层级过深，超出查找范围'),
    need: { en: 'the folder that it lies in, given by itself', zh: '直接指定其所在的目录' },
  },
  'too-many-files': {
    reason: (most) => ({
      en: `there are more than ${most} files; the others are not looked at`,
      zh: `文件超过 ${most} 个，其余未查看`,
    }),
    need: { en: 'a folder with nothing but feeds', zh: '只存放数据源的目录' },
  },
  'too-many-records': {
    reason: (most) => ({
      en: `it has more than ${most} records in files of their own, and none of them is read`,
      zh: `单独成文件的记录超过 ${most} 条，全部未读取`,
    }),
    need: {
      en: 'the same records as a zip archive, `ECOSYSTEM/all.zip`',
      zh: '打包为 zip 归档的相同记录：`ECOSYSTEM/all.zip`',
    },
  },
  'leads-out': {
    reason: always('it leads out of the folder or archive that was given', '它指向所给目录或归档之外'),
    need: { en: 'the file itself in place of a link to it', zh: '文件本身，而非指向它的链接' },
  },
  special: {
    reason: always('it is no regular file', '不是普通文件'),
    need: { en: 'a regular file', zh: '普通文件' },
  },
  twice: {
    reason: always(
      'another file of the archive has the same name; the first one counts',
      '归档中有同名文件，以第一个为准',
    ),
    need: { en: 'an archive in which every name stands once', zh: '文件名不重复的归档' },
  },
  'same-ecosystem': {
    reason: (first) => ({
      en: `it is of the same ecosystem as ${first}, which counts`,
      zh: `与 ${first} 属于同一生态系统，以后者为准`,
    }),
    need: { en: 'one export for each ecosystem', zh: '每个生态系统只有一份导出' },
  },
  encrypted: {
    reason: always('it is encrypted', '已加密'),
    need: { en: 'an archive without a password', zh: '没有密码的归档' },
  },
  'unknown-compression': {
    reason: always('it is compressed in a way that is not read', '压缩方式不受支持'),
    need: { en: 'an archive that is stored or deflated', zh: '以存储（store）或 deflate 方式写成的归档' },
  },
  damaged: { reason: always('it is damaged', '已损坏'), need: freshCopy },
  'no-archive': {
    reason: always('it is no zip archive, or it is cut off', '不是 zip 归档，或内容不完整'),
    need: freshCopy,
  },
  'damaged-archive': { reason: always('its table of files is damaged', '归档的文件表已损坏'), need: freshCopy },
  'too-many-entries': {
    reason: always('it has more files than any export', '其中的文件多于任何正常的导出'),
    need: { en: 'an export of osv.dev', zh: 'osv.dev 的导出文件' },
  },
  'too-large': {
    reason: always('it is larger than is read', '大小超过读取上限'),
    need: {
      en: 'feeds in a folder, or in an archive that holds them as they are, without compressing them again',
      zh: '放在目录中的数据源，或不再次压缩、原样存储它们的归档',
    },
  },
  'too-large-in-all': {
    reason: (largest) => ({
      en: `together with the files before it, it is larger than ${largest}`,
      zh: `与之前的文件合计超过 ${largest}`,
    }),
    need: { en: 'fewer files at once', zh: '一次提供更少的文件' },
  },
  'no-records': {
    reason: always('it has no records: no file in it ends with .json', '其中没有记录：没有以 .json 结尾的文件'),
    need: { en: 'an export of osv.dev', zh: 'osv.dev 的导出文件' },
  },
  'nested-archive': {
    reason: always('it holds archives, and they are not opened at this depth', '其中还有归档，在此层级不会打开'),
    need: { en: 'that archive, given by itself', zh: '直接指定该归档' },
  },
  'no-json': {
    reason: always('it is no JSON', '不是 JSON'),
    need: freshCopy,
  },
  'no-catalogue': {
    reason: always(
      'it is not the catalogue of exploited vulnerabilities: no `vulnerabilities` with a `cveID`',
      '不是已被利用漏洞目录：缺少带有 `cveID` 的 `vulnerabilities`',
    ),
    need: { en: "CISA's known_exploited_vulnerabilities.json", zh: 'CISA 的 known_exploited_vulnerabilities.json' },
  },
  more: {
    reason: (count) => ({ en: `${count} more files were left out`, zh: `另有 ${count} 个文件未采用` }),
    need: { en: 'a folder or archive with nothing but feeds', zh: '只存放数据源的目录或归档' },
  },
};
