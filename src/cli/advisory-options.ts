import type { Command } from 'commander';
import type { Language, Text } from '../model/text.ts';

const texts = {
  dataFolder: {
    en: 'the folder of the advisories (default: ~/.local/share/plimsoll)',
    zh: '漏洞公告所在的文件夹（默认：~/.local/share/plimsoll）',
  },
  data: {
    en: 'ask the advisories of this bundle, made by feeds export, and no others',
    zh: '仅使用该离线包（由 feeds export 生成）中的漏洞公告',
  },
  verifyKey: {
    en: 'with --data: the bundle must be signed by the owner of this public key (Ed25519, PEM)',
    zh: '配合 --data：离线包必须由该公钥（Ed25519，PEM）对应的私钥签名',
  },
} satisfies Record<string, Text>;

/** Options of every verb that asks advisories: `AdvisoryDataOptions`. */
export function addAdvisoryOptions(command: Command, language: Language): Command {
  return command
    .option('--data-folder <folder>', texts.dataFolder[language])
    .option('--data <bundle>', texts.data[language])
    .option('--verify-key <file>', texts.verifyKey[language]);
}
