import { Command } from 'commander';
import type { Language, Text } from '../model/text.ts';
import type { FeedsOptions } from './feeds.ts';
import { localised } from './localised.ts';
import { addSharedOptions, oneOf } from './options.ts';

const texts = {
  feeds: {
    en: 'advisories that packages are matched against: read them, see how fresh they are',
    zh: '用于匹配软件包的漏洞公告：导入，并查看新旧程度',
  },
  import: {
    en: 'read advisories from files, for hosts without a network',
    zh: '从文件导入漏洞公告，适用于无网络的主机',
  },
  path: {
    en: 'a folder or a zip archive with exports of osv.dev (ECOSYSTEM.zip or ECOSYSTEM/all.zip), the catalogue of exploited CVEs (kev.json) and EPSS',
    zh: '文件夹或 zip 归档，内含 osv.dev 的导出（ECOSYSTEM.zip 或 ECOSYSTEM/all.zip）、已被利用漏洞目录（kev.json）与 EPSS',
  },
  status: {
    en: 'how many records there are of each ecosystem, how fresh, from where',
    zh: '各生态系统的记录数、新旧程度与来源',
  },
  format: { en: 'form of the answer', zh: '输出格式' },
  dataFolder: {
    en: 'the folder of the advisories (default: ~/.local/share/plimsoll)',
    zh: '漏洞公告所在的文件夹（默认：~/.local/share/plimsoll）',
  },
} satisfies Record<string, Text>;

export function feedsCommand(language: Language, exit: (code: number) => void): Command {
  const feeds = localised(new Command('feeds'), language).description(texts.feeds[language]);
  feeds.addCommand(
    withOptions(new Command('import').description(texts.import[language]), language)
      .argument('<path>', texts.path[language])
      .action(async (path: string, options: FeedsOptions, self: Command) => {
        const { importFrom } = await import('./feeds.ts');
        exit(await importFrom(path, { ...self.optsWithGlobals(), ...options }, language));
      }),
  );
  feeds.addCommand(
    withOptions(new Command('status').description(texts.status[language]), language).action(
      async (options: FeedsOptions, self: Command) => {
        const { feedStatus } = await import('./feeds.ts');
        exit(await feedStatus({ ...self.optsWithGlobals(), ...options }, language));
      },
    ),
  );
  return feeds;
}

function withOptions(command: Command, language: Language): Command {
  const withForm = localised(command, language)
    .option('--format <format>', `${texts.format[language]}: table, json`, oneOf(['table', 'json']), 'table')
    .option('--data-folder <folder>', texts.dataFolder[language]);
  return addSharedOptions(withForm, language);
}
