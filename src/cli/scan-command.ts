import { Command } from 'commander';
import type { Language, Text } from '../model/text.ts';
import { scanFormats } from '../report/formats.ts';
import { addAdvisoryOptions } from './advisory-options.ts';
import { localised } from './localised.ts';
import { addEngineOptions, addPolicyOptions, addSharedOptions, addVexOption, collect, oneOf } from './options.ts';
import type { ScanOptions } from './scan.ts';

const texts = {
  scan: {
    en: 'look inside an image: its packages, secrets and risky files; as a report or a bill of materials',
    zh: '查看镜像内部：软件包、密钥与风险文件；可输出报告或软件物料清单',
  },
  targets: {
    en: 'an image of the engine, an archive, an OCI layout, a folder, a bill of materials (- is standard input); engine:, container:, registry:, archive:, oci:, dir: or sbom: in front says which',
    zh: '引擎中的镜像、归档、OCI 布局、文件夹或物料清单（- 为标准输入）；可用前缀 engine:、container:、registry:、archive:、oci:、dir:、sbom: 指明',
  },
  format: { en: 'form of the report or bill of materials', zh: '报告或物料清单的格式' },
  summary: { en: 'one screen instead of the whole report', zh: '仅显示一屏摘要' },
  diff: {
    en: 'compare two targets: packages, files, size and findings that were added and removed',
    zh: '比较两个目标：新增与移除的软件包、文件、大小和检查结果',
  },
  failOnNew: { en: 'with --diff: exit with 1 when something new fails', zh: '配合 --diff：有新的未通过项时以 1 退出' },
  platform: {
    en: 'of an image for several platforms: which, such as linux/arm64 (default: that of this machine)',
    zh: '多平台镜像中的哪个平台，如 linux/arm64（默认：本机平台）',
  },
  thorough: {
    en: "also search packages' own files for secrets, and hold every file against its package's checksums",
    zh: '同时在软件包自带的文件中查找密钥，并将所有文件与软件包校验和比对',
  },
  cache: {
    en: 'keep nothing and use nothing of earlier scans',
    zh: '不保存也不使用以往的扫描结果',
  },
  cacheFolder: {
    en: 'the folder of what earlier scans found (default: ~/.cache/plimsoll)',
    zh: '以往扫描结果所在的文件夹（默认：~/.cache/plimsoll）',
  },
  clearCache: {
    en: 'forget what earlier scans found, and the bundles of --data that were unpacked',
    zh: '清除以往的扫描结果，以及 --data 解包的离线包',
  },
  remember: {
    en: 'do not remember the packages for plimsoll feeds changes',
    zh: '不为 plimsoll feeds changes 记录软件包',
  },
  writeVex: {
    en: 'write what is said of the vulnerabilities found as an OpenVEX document',
    zh: '将对所发现漏洞的声明写为 OpenVEX 文档',
  },
  ignoreUntil: {
    en: 'do not count this vulnerability until the end of that day in UTC: CVE-2024-1234=2026-12-31; may be repeated',
    zh: '在该日（UTC）结束前不计该漏洞，如 CVE-2024-1234=2026-12-31，可重复',
  },
  onlyFixed: {
    en: 'of vulnerabilities, let only those that can be had repaired decide about the exit code',
    zh: '就漏洞而言，仅可修复的影响退出码',
  },
  kernelHeaders: {
    en: 'also match packages that only hold headers of the kernel, which nothing runs',
    zh: '同时匹配仅含内核头文件的软件包（其中没有可运行的代码）',
  },
  registryCa: {
    en: 'trust registries whose certificates are signed by this one',
    zh: '信任由此 CA 证书签发的镜像仓库',
  },
  registryInsecure: {
    en: 'speak to this registry without verified TLS, or without any; may be repeated',
    zh: '访问该镜像仓库时不校验 TLS 或不使用 TLS，可重复',
  },
  registryMirror: {
    en: 'ask this mirror of Docker Hub first; may be repeated',
    zh: '优先访问该 Docker Hub 镜像站，可重复',
  },
} satisfies Record<string, Text>;

export function scanCommand(language: Language, exit: (code: number) => void): Command {
  const command = addEngineOptions(localised(new Command('scan'), language), language)
    .description(texts.scan[language])
    .argument('[targets...]', texts.targets[language])
    .option('--format <format>', `${texts.format[language]}: ${scanFormats.join(', ')}`, oneOf(scanFormats), 'terminal')
    .option('--summary', texts.summary[language])
    .option('--diff', texts.diff[language])
    .option('--fail-on-new', texts.failOnNew[language])
    .option('--platform <os/arch>', texts.platform[language])
    .option('--thorough', texts.thorough[language])
    .option('--no-cache', texts.cache[language])
    .option('--cache-folder <folder>', texts.cacheFolder[language])
    .option('--clear-cache', texts.clearCache[language])
    .option('--no-remember', texts.remember[language])
    .option('--write-vex <file>', texts.writeVex[language])
    .option('--ignore-until <id=date>', texts.ignoreUntil[language], collect)
    .option('--only-fixed', texts.onlyFixed[language])
    .option('--kernel-headers', texts.kernelHeaders[language])
    .option('--registry-ca <file>', texts.registryCa[language])
    .option('--registry-insecure <host>', texts.registryInsecure[language], collect)
    .option('--registry-mirror <url>', texts.registryMirror[language], collect);
  addAdvisoryOptions(addVexOption(command, language), language);
  return addSharedOptions(addPolicyOptions(command, language), language).action(
    async (targets: string[], options: ScanOptions, self: Command) => {
      const { scan } = await import('./scan.ts');
      exit(await scan(targets, { ...self.optsWithGlobals(), ...options }, language));
    },
  );
}
