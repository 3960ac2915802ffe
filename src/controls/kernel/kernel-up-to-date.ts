import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { byHand } from '../../model/remedy.ts';
import { fail, notApplicable, pass, unknownFrom } from '../../model/verdict.ts';
import { kernelWith } from './other-kernel.ts';
import { compareKernelReleases, type KernelRelease, parseKernelRelease } from './release.ts';

export const kernelUpToDate = defineControl({
  id: 'kernel-up-to-date',
  subject: 'host',
  severity: 'high',
  title: { en: 'The newest installed kernel is the one that runs', zh: '运行的是已安装内核中最新的一个' },
  why: {
    en: 'Every container shares the kernel of the host. A mended kernel that waits on the disk closes no hole: escapes from containers were flaws of the running one.',
    zh: '所有容器共用主机内核。修复后的内核若只是装在磁盘上，漏洞依然存在：历次容器逃逸利用的都是运行中内核的缺陷。',
  },
  how: {
    en: 'Compares the running release with the installed ones of the same flavour, number by number. A machine without kernels of its own, such as a container, is not asked. Which flaws the running one has is the matter of kernel-no-known-flaws.',
    zh: '将运行中的版本与同一 flavour 的已安装版本逐段按数字比较。自身没有安装内核的机器（例如容器）不作判断。运行中的内核存在哪些漏洞由 kernel-no-known-flaws 判断。',
  },
  references: {
    cisDocker: ['1.2.1'],
    nist800190: ['4.5.3'],
    links: ['https://docs.kernel.org/admin-guide/sysctl/kernel.html#osrelease-ostype-version'],
  },
  counterexample: kernelWith({ installed: ['6.12.0', '6.12.1'] }),

  judge({ kernelRelease, kernel: { installed } }) {
    if (!kernelRelease.known) return unknownFrom(kernelRelease);
    if (!installed.known) return unknownFrom(installed);
    const current = kernelRelease.value;
    const running = parseKernelRelease(current);
    const evidence = [evidenceOf(kernelRelease), evidenceOf(installed, [...installed.value])];
    if (installed.value.length === 0) {
      return notApplicable(
        {
          en: 'No kernel is installed here: whoever runs this machine provides it.',
          zh: '此处未安装内核：内核由运行这台机器的一方提供。',
        },
        evidence,
      );
    }
    const newest = running && newestOf(installed.value, running);
    if (!newest) {
      return notApplicable(
        {
          en: `None of the installed kernels is of the kind of ${current}, which runs.`,
          zh: `已安装的内核中没有与运行中的 ${current} 同类的。`,
        },
        evidence,
      );
    }
    return compareKernelReleases(running, newest.release) < 0
      ? fail(
          {
            en: `${newest.name} is installed, and ${current} still runs.`,
            zh: `已安装 ${newest.name}，但运行的仍是 ${current}。`,
          },
          evidence,
          'kernelRelease',
        )
      : pass(
          { en: `${current} runs, and nothing newer is installed.`, zh: `运行中的 ${current} 已是最新。` },
          evidence,
        );
  },

  remedy() {
    return byHand(
      {
        en: 'Move or stop the containers of this host, then reboot it into the newer kernel.',
        zh: '迁移或停止本机容器，然后重启进入较新的内核。',
      },
      ['docker ps', 'systemctl reboot'],
      'reboot',
    );
  },
});

interface Named {
  readonly name: string;
  readonly release: KernelRelease;
}

/** The newest of the running one's flavour. */
function newestOf(names: readonly string[], running: KernelRelease): Named | undefined {
  return names
    .flatMap((name): Named[] => {
      const release = parseKernelRelease(name);
      return release?.flavour === running.flavour ? [{ name, release }] : [];
    })
    .toSorted((left, right) => compareKernelReleases(left.release, right.release))
    .at(-1);
}
