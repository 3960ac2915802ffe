import { defineControl } from '../../model/control.ts';
import type { Dockerfile } from '../../model/dockerfile.ts';
import { byHand } from '../../model/remedy.ts';
import { installsOf } from './package-install.ts';
import type { PackageCall } from './package-calls.ts';
import { isDynamic, unpinnedInstalls } from './pins.ts';
import { verdictsAt } from './places.ts';

export const dockerfilePinYum = defineControl({
  id: 'dockerfile-pin-yum',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'Packages of yum, dnf and zypper have a version', zh: '用 yum、dnf 和 zypper 安装的软件包写明版本' },
  why: {
    en: 'Without a version two builds of the same file install different packages, and nobody can tell which ones a past build took.',
    zh: '不写版本时，同一文件的两次构建会安装不同的软件包，也无法得知过去的构建用了哪些版本。',
  },
  how: {
    en: 'Every package that yum, dnf, microdnf, tdnf or zypper installs ends in -version or -version-release, for zypper also =version, or is a group or an .rpm file; a module has a stream behind its colon. A last part that begins with a digit is taken for a version. Names with a variable that nothing gives a value are left alone.',
    zh: 'yum、dnf、microdnf、tdnf 或 zypper 安装的每个软件包都以 -version 或 -version-release 结尾（zypper 也可写 =version），或是软件包组或 .rpm 文件；模块在冒号后带有流。以数字开头的最后一段视为版本。变量没有取值的名称不作判断。',
  },
  references: {
    nist800190: ['4.1.5'],
    aliases: ['DL3033', 'DL3041', 'DL3037'],
    links: ['https://dnf.readthedocs.io/en/latest/command_ref.html#specifying-packages'],
  },
  counterexample: {
    bad: 'FROM rockylinux:9\nRUN dnf install -y httpd && dnf clean all\n',
    good: 'FROM rockylinux:9\nRUN dnf install -y httpd-2.4.62 && dnf clean all\n',
  },

  judge(dockerfile) {
    return verdictsAt(dockerfile, places(dockerfile), {
      en: 'Every package has a version.',
      zh: '软件包都写明了版本。',
    });
  },

  remedy() {
    return byHand({ en: 'Write name-version.', zh: '写作 name-version。' }, ['dnf list --showduplicates PACKAGE']);
  },
});

function places(dockerfile: Dockerfile) {
  return unpinnedInstalls(
    dockerfile,
    ['yum', 'dnf', 'microdnf', 'tdnf', 'zypper'],
    (name, call) => isDynamic(name) || (call.action === 'module install' ? /:./.test(name) : isPinned(name, call)),
    ({ action, command, options }) =>
      (installsOf(command) !== undefined || action === 'module install') &&
      !options.some(({ name, value }) => (name === '-t' || name === '--type') && value !== 'package'),
  );
}

function isPinned(name: string, { manager }: PackageCall): boolean {
  // `dnf-command(builddep)` is what a package provides.
  if (/^[@!+/~-]|\.rpm$|:\/\/|\)$/.test(name)) return true;
  if (manager === 'zypper' && /[=<>]|^\w+:/.test(name)) return true;
  const parts = name.split('-');
  const last = parts.at(-1) ?? '';
  return parts.length > 1 && (/^\d/.test(last) || (last === '*' && /^\d/.test(parts.at(-2) ?? '')));
}
