import { configured, type ContainerSpec } from '../../model/container-spec.ts';
import { defineControl } from '../../model/control.ts';
import type { MountEntry } from '../../model/effective.ts';
import { evidenceOf } from '../../model/fact.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { isWithin, normalPath } from './host-path.ts';
import { listed } from './listing.ts';

/** What every engine hides, and what it leaves readable at most: the core that all versions' lists share. */
const hidden = ['/proc/acpi', '/proc/kcore', '/proc/keys', '/proc/timer_list', '/sys/firmware'];
const unwritable = ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'];

/** The others do not exist in every kernel, and what does not exist is not in the mount table either. */
const inEveryKernel = new Set(['/sys/firmware', '/proc/sys']);

export const containerProcSysMasked = defineControl({
  id: 'container-proc-sys-masked',
  subject: 'container',
  severity: 'high',
  title: { en: 'Sensitive parts of /proc and /sys stay masked', zh: '/proc 与 /sys 的敏感部分保持屏蔽' },
  why: {
    en: "Through /proc/sys, /proc/sysrq-trigger and their like a process as root changes or stops the host's kernel; /proc/kcore shows its memory, /proc/keys its keys.",
    zh: '借助 /proc/sys、/proc/sysrq-trigger 等，root 进程可以更改甚至停止主机内核；/proc/kcore 会暴露其内存，/proc/keys 会暴露其密钥。',
  },
  how: {
    en: "The running process' mount table must cover the paths that every engine masks or makes read-only; one that it does not show counts as absent from this kernel where the configuration covers it, but for /proc/sys and /sys/firmware, which every kernel has. Otherwise the configured lists must name them; a list that is not set is the engine's own.",
    zh: '运行中进程的挂载表必须覆盖各引擎都会屏蔽或设为只读的路径；未出现在表中、但配置已覆盖的路径视为此内核没有（每个内核都有的 /proc/sys 和 /sys/firmware 除外）。其余情况下，配置的列表必须包含这些路径；未设置列表即采用引擎默认列表。',
  },
  references: {
    cisDocker: ['5.5'],
    nist800190: ['4.4.3'],
    podSecurity: 'baseline',
    aliases: ['KSV-0027'],
    links: ['https://docs.docker.com/reference/cli/docker/container/run/#security-opt'],
  },
  counterexample: { maskedPaths: [], readOnlyPaths: [] },

  judge(container) {
    const declared = openOnPaper(container);
    const mounts = container.effective?.mounts;
    const open = mounts?.known ? openInKernel(mounts.value, declared) : declared;
    const evidence = mounts?.known
      ? evidenceOf(
          mounts,
          mounts.value.filter(({ target }) => /^\/(proc|sys)(\/|$)/.test(target)).map(({ target }) => target),
        )
      : [
          ...(container.privileged ? [configured(container, 'privileged', true)] : []),
          configured(container, 'maskedPaths', container.maskedPaths ?? null),
          configured(container, 'readOnlyPaths', container.readOnlyPaths ?? null),
        ];
    if (open.length === 0) {
      return pass({ en: 'The sensitive paths are masked.', zh: '敏感路径均已屏蔽。' }, evidence);
    }
    const field = open.some((path) => hidden.includes(path)) ? 'maskedPaths' : 'readOnlyPaths';
    const names = listed(open, hidden.length + unwritable.length);
    return fail(
      {
        en: `Not masked or read-only as they should be: ${names.en}.`,
        zh: `以下路径未按要求屏蔽或设为只读：${names.zh}。`,
      },
      evidence,
      container.privileged ? 'privileged' : field,
    );
  },

  remedy(container) {
    return changeSpec(
      { ...(container.privileged ? { privileged: false } : {}), maskedPaths: null, readOnlyPaths: null },
      {
        en: "Return to the engine's own lists: no systempaths=unconfined, no unmasked paths, not privileged.",
        zh: '恢复使用引擎默认列表：去掉 systempaths=unconfined 和自定义列表，且不使用特权模式。',
      },
    );
  },
});

function openOnPaper({ privileged, maskedPaths, readOnlyPaths }: ContainerSpec): string[] {
  if (privileged) return [...hidden, ...unwritable];
  return [
    ...(maskedPaths ? hidden.filter((path) => !maskedPaths.some((mask) => isWithin(path, normalPath(mask)))) : []),
    ...(readOnlyPaths
      ? unwritable.filter(
          (path) => ![...readOnlyPaths, ...(maskedPaths ?? [])].some((each) => isWithin(path, normalPath(each))),
        )
      : []),
  ];
}

function openInKernel(mounts: readonly MountEntry[], declared: readonly string[]): string[] {
  return [
    ...hidden.filter((path) => !isHidden(mounts, path)),
    ...unwritable.filter((path) => !isHidden(mounts, path) && !mountAt(mounts, path)?.options.includes('ro')),
  ].filter((path) => inEveryKernel.has(path) || declared.includes(path));
}

/** A mask is anything else mounted in the place of the kernel's own file: an empty tmpfs, /dev/null. */
function isHidden(mounts: readonly MountEntry[], path: string): boolean {
  const mount = mountAt(mounts, path);
  return mount !== undefined && mount.fileSystem !== 'proc' && mount.fileSystem !== 'sysfs';
}

/** The mount that a path leads to: of those on it or above it, the latest lies on top. */
function mountAt(mounts: readonly MountEntry[], path: string): MountEntry | undefined {
  return mounts.findLast(({ target }) => isWithin(path, normalPath(target)));
}
