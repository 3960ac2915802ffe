import { Command } from 'commander';
import type { Language, Text } from '../model/text.ts';
import type { ChangesOptions } from './changes.ts';
import type { ExportOptions } from './feeds-bundle.ts';
import type { UpdateOptions } from './feeds-update.ts';
import type { FeedsOptions, ImportOptions } from './feeds.ts';
import { localised } from './localised.ts';
import { addEngineOptions, addSharedOptions, collect, oneOf } from './options.ts';

const texts = {
  feeds: {
    en: 'advisories that packages are matched against: fetch or read them, see how fresh they are',
    zh: '用于匹配软件包的漏洞公告：获取或导入，并查看新旧程度',
  },
  update: {
    en: 'fetch what is new: exports of osv.dev, the catalogue of exploited CVEs, and EPSS',
    zh: '联网获取更新：osv.dev 的导出、已被利用漏洞目录与 EPSS',
  },
  ecosystem: {
    en: 'fetch advisories of this ecosystem, such as Debian or npm; may be repeated (default: those in use, and that of this system)',
    zh: '获取该生态系统的公告，如 Debian、npm，可重复（默认：已在使用的，以及本机系统对应的）',
  },
  mirror: {
    en: 'fetch everything from below this address, in place of osv.dev, CISA and FIRST',
    zh: '全部改从该地址获取，而不访问 osv.dev、CISA 与 FIRST',
  },
  ca: { en: 'trust servers whose certificates are signed by this one', zh: '信任由此 CA 证书签发的服务器' },
  import: {
    en: 'read advisories from files, for hosts without a network',
    zh: '从文件导入漏洞公告，适用于无网络的主机',
  },
  path: {
    en: 'a folder or a zip archive with exports of osv.dev (ECOSYSTEM.zip or ECOSYSTEM/all.zip), the catalogue of exploited CVEs (kev.json) and EPSS; or a bundle made by feeds export',
    zh: '文件夹或 zip 归档，内含 osv.dev 的导出（ECOSYSTEM.zip 或 ECOSYSTEM/all.zip）、已被利用漏洞目录（kev.json）与 EPSS；或由 feeds export 生成的离线包',
  },
  verifyKey: {
    en: 'the bundle must be signed by the owner of this public key (Ed25519, PEM)',
    zh: '离线包必须由该公钥（Ed25519，PEM）对应的私钥签名',
  },
  allowOlder: {
    en: 'also where what is in use is newer, or has feeds that are not in it',
    zh: '即使正在使用的数据更新，或含有其中没有的数据源，也导入',
  },
  export: {
    en: 'write all advisories into one file, for hosts without a network and for --data',
    zh: '将全部漏洞公告写入一个文件，供无网络的主机与 --data 使用',
  },
  bundle: { en: 'the file to write: a zip archive', zh: '要写入的文件：zip 归档' },
  signKey: {
    en: 'sign it with this private key (Ed25519, PEM), so that --verify-key can tell who made it',
    zh: '用该私钥（Ed25519，PEM）签名，以便用 --verify-key 验证来源',
  },
  status: {
    en: 'how many records there are of each ecosystem, how fresh, from where',
    zh: '各生态系统的记录数、新旧程度与来源',
  },
  changes: {
    en: 'say what became of the images that were scanned, now that advisories are others; no image is opened',
    zh: '公告更新后，说明已扫描镜像的漏洞有哪些变化；无需重新打开镜像',
  },
  notify: {
    en: 'send the changes to this address, signed, as Standard Webhooks has it',
    zh: '按 Standard Webhooks 规范将变化签名后发送到该地址',
  },
  notifyKey: {
    en: 'the file with the key that signs: whsec_ and base64, or any long text',
    zh: '签名密钥文件：whsec_ 加 base64，或任意较长文本',
  },
  since: {
    en: 'also tell what was found since this day, such as 2026-11-22',
    zh: '同时列出自该日期以来发现的变化，如 2026-11-22',
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
    withOptions(new Command('update').description(texts.update[language]), language)
      .option('--ecosystem <name>', texts.ecosystem[language], collect)
      .option('--mirror <url>', texts.mirror[language])
      .option('--ca <file>', texts.ca[language])
      .option('--allow-older', texts.allowOlder[language])
      .action(async (options: UpdateOptions, self: Command) => {
        const { updateFeeds } = await import('./feeds-update.ts');
        exit(await updateFeeds({ ...self.optsWithGlobals(), ...options }, language));
      }),
  );
  feeds.addCommand(
    withOptions(new Command('import').description(texts.import[language]), language)
      .argument('<path>', texts.path[language])
      .option('--verify-key <file>', texts.verifyKey[language])
      .option('--allow-older', texts.allowOlder[language])
      .action(async (path: string, options: ImportOptions, self: Command) => {
        const { importFrom } = await import('./feeds.ts');
        exit(await importFrom(path, { ...self.optsWithGlobals(), ...options }, language));
      }),
  );
  feeds.addCommand(
    withOptions(new Command('export').description(texts.export[language]), language)
      .argument('<file>', texts.bundle[language])
      .option('--sign-key <file>', texts.signKey[language])
      .action(async (file: string, options: ExportOptions, self: Command) => {
        const { exportTo } = await import('./feeds-bundle.ts');
        exit(await exportTo(file, { ...self.optsWithGlobals(), ...options }, language));
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
  feeds.addCommand(
    withOptions(addEngineOptions(new Command('changes'), language).description(texts.changes[language]), language)
      .option('--since <date>', texts.since[language])
      .option('--notify <url>', texts.notify[language])
      .option('--notify-key <file>', texts.notifyKey[language])
      .action(async (options: ChangesOptions, self: Command) => {
        const { feedsChanges } = await import('./changes.ts');
        exit(await feedsChanges({ ...self.optsWithGlobals(), ...options }, language));
      }),
  );
  return feeds;
}

function withOptions(command: Command, language: Language): Command {
  const withForm = localised(command, language)
    .option('--format <format>', `${texts.format[language]}: table, json`, oneOf(['table', 'json']), 'table')
    .option('--data-folder <folder>', texts.dataFolder[language]);
  return addSharedOptions(withForm, language);
}
