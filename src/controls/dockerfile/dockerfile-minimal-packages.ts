import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { imageInstructions } from './image-instructions.ts';
import { keptPackages } from './kept-packages.ts';

export const dockerfileMinimalPackages = defineControl({
  id: 'dockerfile-minimal-packages',
  subject: 'dockerfile',
  severity: 'low',
  title: { en: 'The image has no compilers, debuggers and editors', zh: '镜像不含编译器、调试器和编辑器' },
  why: {
    en: 'Tools that the service does not need are found ready by whoever breaks in, bring vulnerabilities of their own, and make the image big.',
    zh: '服务用不到的工具会成为入侵者现成的帮手，自身也带来漏洞，还使镜像变大。',
  },
  how: {
    en: "Looks at what the distribution's package managers install in the stages that make the image, lists kept in variables and apk's virtual packages included. What a later command removes again passes, and so does whatever only a builder stage installs.",
    zh: '检查构成镜像的各阶段中由发行版软件包管理器安装的内容，包括保存在变量中的列表和 apk 的虚拟软件包。后续命令又移除的不算，仅在构建阶段安装的也不算。',
  },
  references: {
    cisDocker: ['4.3'],
    nist800190: ['4.1.2'],
    links: ['https://docs.docker.com/build/building/multi-stage/'],
  },
  parameters: {
    packages: {
      default: [
        'gcc',
        'g++',
        'gcc-c++',
        'clang',
        'make',
        'cmake',
        'autoconf',
        'automake',
        'build-essential',
        'build-base',
        'development tools',
        '@development tools',
        'gdb',
        'gdbserver',
        'lldb',
        'strace',
        'ltrace',
        'valgrind',
        'tcpdump',
        'tshark',
        'wireshark',
        'nmap',
        'nmap-ncat',
        'ncat',
        'netcat',
        'netcat-openbsd',
        'netcat-traditional',
        'nc',
        'socat',
        'telnet',
        'inetutils-telnet',
        'busybox-extras',
        'hping3',
        'vim',
        'vim-tiny',
        'vim-enhanced',
        'vim-minimal',
        'nano',
        'emacs',
        'emacs-nox',
      ],
      description: {
        en: 'Packages that do not belong into an image, in lower case, without versions.',
        zh: '不应出现在镜像中的软件包，小写且不含版本。',
      },
    },
  },
  counterexample: {
    bad: 'FROM debian:13\nRUN apt-get update && apt-get install -y gcc\n',
    good: 'FROM debian:13 AS build\nRUN apt-get update && apt-get install -y gcc\nFROM debian:13\nCOPY --from=build /web /web\n',
  },

  judge(file, { parameters: { packages } }) {
    const listed = new Set(packages);
    const failures = keptPackages(imageInstructions(file))
      .filter(({ name }) => isListed(name, listed))
      .map(({ name, word: { span } }) =>
        failAt({ en: `It installs ${name}.`, zh: `安装了 ${name}。` }, file.locate(span), name, span),
      );
    return failures.length > 0
      ? failures
      : pass({ en: 'No package on the list stays in the image.', zh: '清单中的软件包均未留在镜像中。' });
  },

  remedy() {
    return byHand(
      {
        en: 'Build in a stage of its own and copy the result, or remove the packages in the RUN that installs them. Debug with a container that joins the namespaces of this one.',
        zh: '在单独的阶段中构建并复制产物，或在安装它们的同一 RUN 中移除。调试时使用加入目标容器命名空间的另一个容器。',
      },
      ['docker debug CONTAINER', 'kubectl debug POD --image=IMAGE --target=CONTAINER'],
      'rebuild',
    );
  },
});

/** `gcc-12` and `@development-tools` are meant by `gcc` and `@development tools`. */
function isListed(name: string, listed: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return [lower, lower.replace(/-\d[\d.]*$/, ''), lower.replaceAll('-', ' ')].some((each) => listed.has(each));
}
