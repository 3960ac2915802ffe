import type { DataSource, ExportedBundle } from '../model/feed-status.ts';
import { readableBytes } from '../model/readable-bytes.ts';
import type { Language, Text } from '../model/text.ts';
import { visible } from './visible.ts';
import { labelled, timeText } from './words.ts';

const words = {
  data: { en: 'Data', zh: '数据摘要' },
  bundle: { en: 'From the bundle', zh: '来自离线包' },
  signature: { en: 'Signature', zh: '签名' },
  key: { en: 'Signed by key', zh: '签名密钥' },
  unsigned: { en: 'Not signed', zh: '未签名' },
  notVerified: { en: 'not verified: no --verify-key was given', zh: '未验证：未指定 --verify-key' },
} satisfies Record<string, Text>;

/** Which data there is, and the bundle that it came in. */
export function dataSourceLines(source: DataSource | undefined, language: Language): string[] {
  if (!source || source.data === null) return [];
  const { data, bundle } = source;
  return ['', labelled(words.data, data, language), ...(bundle ? bundleLines(bundle, language) : [])];
}

function bundleLines({ file, made, verifiedBy }: NonNullable<DataSource['bundle']>, language: Language): string[] {
  const time = timeText(timeOf(made));
  const when = language === 'zh' ? `${visible(file)}（${time} 生成）` : `${visible(file)}, made ${time}`;
  const verified =
    verifiedBy === null
      ? words.notVerified[language]
      : language === 'zh'
        ? `已用密钥 ${verifiedBy} 验证`
        : `verified with key ${verifiedBy}`;
  return [labelled(words.bundle, when, language), labelled(words.signature, verified, language)];
}

export function dataSourceJson({ data, bundle }: DataSource): object {
  return { data, bundle: bundle && { ...bundle, made: timeOf(bundle.made) } };
}

/** What was exported: for people, or for programs as `plimsoll.feeds/1`. */
export function renderExported(exported: ExportedBundle, format: 'table' | 'json', language: Language): string {
  const { file, bytes, made, data, feeds, signedBy } = exported;
  if (format === 'json') {
    const document = { schema: 'plimsoll.feeds/1', exported: { ...exported, made: timeOf(made) } };
    return `${JSON.stringify(document, null, 2)}\n`;
  }
  const size = readableBytes(bytes);
  const count = language === 'zh' ? `${feeds} 个数据源` : `${feeds} ${feeds === 1 ? 'feed' : 'feeds'}`;
  return `${[
    [visible(file), size, count].join(' · '),
    labelled(words.data, data, language),
    signedBy === null ? words.unsigned[language] : labelled(words.key, signedBy, language),
  ].join('\n')}\n`;
}

function timeOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
