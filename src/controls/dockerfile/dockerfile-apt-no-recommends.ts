import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { hasOption, type PackageCall, packageCalls } from './package-calls.ts';
import { installsOf } from './package-install.ts';
import { type Place, verdictsAt } from './places.ts';
import { isConfiguredBefore, runsOfTarget } from './run-instructions.ts';

export const dockerfileAptNoRecommends = defineControl({
  id: 'dockerfile-apt-no-recommends',
  subject: 'dockerfile',
  severity: 'low',
  title: {
    en: 'apt-get installs only what is needed, not what is recommended',
    zh: 'apt-get 只安装必需的软件包，不安装推荐的软件包',
  },
  why: {
    en: 'Recommended packages are installed by default. They make the image larger and bring in programs that nobody asked for and everybody has to patch.',
    zh: '默认会安装推荐的软件包。它们使镜像变大，并带入无人要求却需要持续打补丁的程序。',
  },
  how: {
    en: 'Every apt-get install or apt install whose result stays in the final image says --no-install-recommends, or --install-recommends where that is meant, or APT::Install-Recommends is set by an option or a file written earlier. Stages that the final image is not built on are left alone.',
    zh: '凡结果留在最终镜像中的 apt-get install 或 apt install 都写明 --no-install-recommends（或在确有需要时写明 --install-recommends），或已通过选项或先前写入的文件设置 APT::Install-Recommends。最终镜像不以其为基础的阶段不作判断。',
  },
  references: {
    nist800190: ['4.1.2'],
    aliases: ['DL3015', 'DS-0029'],
    links: ['https://manpages.debian.org/stable/apt/apt-get.8.en.html'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n',
    good: 'FROM debian:13\nRUN apt-get update && apt-get install -y --no-install-recommends curl\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'No recommended packages are installed unasked.',
      zh: '没有未经要求安装的推荐软件包。',
    });
  },

  remedy() {
    return byHand({
      en: 'Add --no-install-recommends behind install. Name recommended packages that the image does need, such as ca-certificates.',
      zh: '在 install 后添加 --no-install-recommends，并写出镜像确实需要的推荐软件包，例如 ca-certificates。',
    });
  },
});

function places(dockerfile: Dockerfile): readonly Place[] {
  return packageCalls(runsOfTarget(dockerfile), ['apt-get', 'apt'])
    .filter((call) => (installsOf(call.command)?.packages.length ?? 0) > 0 && !isDecided(dockerfile, call))
    .map(({ manager, action, span }) => ({
      span,
      value: `${manager} ${action}`,
      message: {
        en: `${manager} ${action} also installs what the packages recommend.`,
        zh: `${manager} ${action} 还会安装软件包推荐的内容。`,
      },
    }));
}

function isDecided(dockerfile: Dockerfile, call: PackageCall): boolean {
  return (
    hasOption(call, '--no-install-recommends', '--install-recommends') ||
    isConfiguredBefore(dockerfile, call.run, /Install-Recommends\W{0,6}(?:false|no|0|off)\b/i, /apt\.conf/)
  );
}
