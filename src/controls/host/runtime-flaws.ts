import type { Text } from '../../model/text.ts';
import {
  type ComponentVersion,
  compareComponentVersions,
  parseComponentVersion,
  seriesOf,
} from '../daemon/component-version.ts';

/** A known way out of a container through the program that starts it. */
export interface RuntimeFlaw {
  readonly ids: readonly string[];
  readonly component: 'containerd' | 'runc';
  /** The day on which it became public. */
  readonly published: string;
  /** The first version that has it; absent: all. */
  readonly introduced?: string;
  /** The first version without it in each series that was mended, in their order; later series are clean. */
  readonly fixed: readonly string[];
  readonly about: Text;
}

export const runtimeFlaws: readonly RuntimeFlaw[] = [
  {
    ids: ['CVE-2019-5736'],
    component: 'runc',
    published: '2019-02-11',
    fixed: ['1.0.0-rc7'],
    about: { en: 'a container overwrites runc itself on the host', zh: '容器可覆盖主机上的 runc 程序本身' },
  },
  {
    ids: ['CVE-2021-30465'],
    component: 'runc',
    published: '2021-05-19',
    fixed: ['1.0.0-rc95'],
    about: {
      en: 'a link that is swapped in time lets a mount land on the host',
      zh: '利用竞争条件替换链接，可将挂载引向主机',
    },
  },
  {
    ids: ['CVE-2024-21626'],
    component: 'runc',
    published: '2024-01-31',
    introduced: '1.0.0-rc93',
    fixed: ['1.1.12'],
    about: { en: 'a folder of the host stays open for the container', zh: '主机目录的文件描述符泄漏给容器' },
  },
  {
    ids: ['CVE-2025-31133', 'CVE-2025-52565', 'CVE-2025-52881'],
    component: 'runc',
    published: '2025-11-05',
    fixed: ['1.2.8', '1.3.3', '1.4.0-rc.3'],
    about: { en: 'a container writes to files of the kernel below /proc', zh: '容器可写入 /proc 下的内核文件' },
  },
  {
    ids: ['CVE-2020-15257'],
    component: 'containerd',
    published: '2020-11-30',
    fixed: ['1.3.9', '1.4.3'],
    about: {
      en: "a container in the host's network commands the shims of others",
      zh: '使用主机网络的容器可控制其他容器的 shim',
    },
  },
];

/** The flaws of a version that were public on a day. */
export function flawsOf(component: RuntimeFlaw['component'], version: ComponentVersion, day: Date): RuntimeFlaw[] {
  return runtimeFlaws.filter((flaw) => {
    if (flaw.component !== component || new Date(flaw.published) > day) return false;
    if (flaw.introduced !== undefined && isBefore(version, flaw.introduced)) return false;
    const own = flaw.fixed.find((first) => seriesIn(first) === seriesOf(version));
    return isBefore(version, own ?? flaw.fixed.at(-1) ?? '');
  });
}

function isBefore(version: ComponentVersion, other: string): boolean {
  const parsed = parseComponentVersion(other);
  return parsed !== undefined && compareComponentVersions(version, parsed) < 0;
}

function seriesIn(text: string): string | undefined {
  const parsed = parseComponentVersion(text);
  return parsed && seriesOf(parsed);
}
