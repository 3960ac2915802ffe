import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import type { PackageCall } from './package-calls.ts';
import { optionOf } from './package-install.ts';
import { isDynamic, unpinnedInstalls } from './pins.ts';
import { verdictsAt } from './places.ts';
import { isConfiguredBefore } from './run-instructions.ts';

export const dockerfilePinApt = defineControl({
  id: 'dockerfile-pin-apt',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Packages of apt have a version', zh: '用 apt 安装的软件包写明版本' },
  why: {
    en: 'Without a version two builds of the same file install different packages. Debian and Ubuntu drop old versions, so a snapshot of the archive is the steadier way.',
    zh: '不写版本时，同一文件的两次构建会安装不同的软件包。Debian 和 Ubuntu 会移除旧版本，因此使用软件源快照更稳妥。',
  },
  how: {
    en: 'Every package that apt-get or apt installs is written name=version or name/release, or is a local .deb file, or the file names a snapshot of the archive before it. Names with a variable that nothing gives a value are left alone.',
    zh: 'apt-get 或 apt 安装的每个软件包都写作 name=version 或 name/release，或是本地 .deb 文件，或此前文件中写明了软件源快照。变量没有取值的名称不作判断。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['DL3008'],
    links: ['https://manpages.debian.org/stable/apt/apt-get.8.en.html', 'https://snapshot.debian.org/'],
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl\n',
    good: 'FROM debian:13\nRUN apt-get update && apt-get install -y curl=8.14.*\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every package of apt has a version.',
      zh: '用 apt 安装的软件包都写明了版本。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Write name=version, or install from a snapshot of the archive on a base image with a digest.',
        zh: '写作 name=version，或在带摘要的基础镜像上从软件源快照安装。',
      },
      ['apt-cache policy PACKAGE'],
    );
  },
});

function places(dockerfile: Dockerfile) {
  return unpinnedInstalls(dockerfile, ['apt-get', 'apt', 'aptitude'], (name, call) => {
    if (isDynamic(name) || /[=/]|\.deb$|.-$/.test(name)) return true;
    return isSnapshot(dockerfile, call);
  });
}

function isSnapshot(dockerfile: Dockerfile, call: PackageCall): boolean {
  return (
    optionOf(call, '-S', '--snapshot') !== undefined ||
    isConfiguredBefore(dockerfile, call.run, /snapshot(?:-cloudflare)?\.(?:debian|ubuntu)\.(?:org|com)|APT::Snapshot/i)
  );
}
