import { configured, type ContainerSpec, type Mount } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import { evidenceOf } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { isWithin, normalPath } from './host-path.ts';
import { listed } from './listing.ts';
import { writtenPaths } from './written-path.ts';

export const containerReadonlyRootfs = defineControl({
  id: 'container-readonly-rootfs',
  subject: 'container',
  severity: 'medium',
  title: { en: 'The root file system is read-only', zh: '根文件系统为只读' },
  why: {
    en: 'On a writable root an attacker can replace programs, drop tools and leave a foothold in the container; data written there by accident is lost with it.',
    zh: '根文件系统可写时，攻击者可以替换程序、放入工具并在容器内驻留；无意写入其中的数据也会随容器一起丢失。',
  },
  how: {
    en: "The mount of / in the running process' own mount table decides, else the configuration.",
    zh: '运行中的容器以进程自身挂载表中 / 的挂载选项为准，其余以配置为准。',
  },
  references: {
    cisDocker: ['5.13'],
    nist800190: ['4.4.3'],
    aliases: ['k8s-readonly-rootfs', 'KSV-0014', 'C-0017', 'CKV_K8S_22', 'kube-linter:no-read-only-root-fs'],
    links: ['https://docs.docker.com/reference/cli/docker/container/run/#read-only'],
  },
  parameters: {
    writable: {
      default: ['/tmp', '/run'],
      description: {
        en: 'Directories that the remedy keeps writable, in memory.',
        zh: '修复建议以内存文件系统保持可写的目录。',
      },
    },
  },
  counterexample: { readOnlyRoot: false },

  judge(container) {
    const mounts = container.effective?.mounts;
    const root = mounts?.known ? mounts.value.findLast(({ target }) => target === '/') : undefined;
    const readOnly = root ? root.options.includes('ro') : container.readOnlyRoot;
    const evidence =
      mounts?.known && root
        ? evidenceOf(mounts, root.options, `${mounts.path} /`)
        : configured(container, 'readOnlyRoot', container.readOnlyRoot);
    return readOnly
      ? pass({ en: 'Its root file system is read-only.', zh: '其根文件系统为只读。' }, evidence)
      : fail({ en: 'Its root file system can be written.', zh: '其根文件系统可写。' }, evidence, 'readOnlyRoot');
  },

  remedy(container, { parameters }) {
    const { changedPaths } = container;
    const missing = parameters.writable.filter((path) => !isMounted(container, path));
    const written = changedPaths?.known ? writtenPaths(container, changedPaths.value) : [];
    const elsewhere = written.filter((path) => !missing.some((directory) => isWithin(path, normalPath(directory))));
    const names = listed(elsewhere);
    const mounts = missing.map((target): Mount => ({
      kind: 'tmpfs',
      target,
      readOnly: false,
      options: { nosuid: '', nodev: '', noexec: '' },
    }));
    return changeSpec(
      { readOnlyRoot: true, ...(mounts.length > 0 ? { mounts: [...container.mounts, ...mounts] } : {}) },
      elsewhere.length > 0
        ? {
            en: `Make the root read-only, and first give a volume to what it has written elsewhere: ${names.en}.`,
            zh: `将根文件系统设为只读；在此之前，先为它写过的其他位置挂载 volume：${names.zh}。`,
          }
        : {
            en: 'Make the root read-only; what it must write goes to tmpfs or to a volume.',
            zh: '将根文件系统设为只读；需要写入的内容放到 tmpfs 或 volume 中。',
          },
    );
  },
});

function isMounted({ mounts }: ContainerSpec, path: string): boolean {
  return mounts.some(({ target }) => isWithin(normalPath(path), normalPath(target)));
}
