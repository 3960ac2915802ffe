import { defineControl } from '../../model/control.ts';
import { isObject, listIn, textIn } from '../../model/json.ts';
import {
  type KubernetesObject,
  type KubernetesVersion,
  podContainers,
  type PodTemplate,
} from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { pass, unknown } from '../../model/verdict.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { since } from './pod-security-version.ts';
import { volumesIn } from './pod-security-volume.ts';
import { containerWords } from './security-context.ts';

export const kubernetesSubpathSymlink = defineControl({
  id: 'kubernetes-subpath-symlink',
  subject: 'kubernetes-object',
  severity: 'high',
  title: {
    en: 'subPath is not used where the kubelet can be led astray by links',
    zh: '在 kubelet 会被链接误导的版本上不使用 subPath',
  },
  why: {
    en: 'Older kubelets look at the path below a volume first and mount it afterwards. A container that swaps it for a link in between gets any file of the node (CVE-2021-25741).',
    zh: '旧版 kubelet 先检查卷下的路径，之后才挂载。容器若在此间隙把它换成链接，就能得到节点上的任意文件（CVE-2021-25741）。',
  },
  how: {
    en: 'Asked of mounts with subPath or subPathExpr on volumes that containers write to. Every version before 1.19 fails. 1.19 to 1.22 were mended in 1.19.15, 1.20.11, 1.21.5 and 1.22.2, which the minor version alone does not tell. From 1.23 on, and where no version is given, it passes.',
    zh: '针对容器可写入的卷上带有 subPath 或 subPathExpr 的挂载。1.19 之前的版本均判为未通过。1.19 至 1.22 分别在 1.19.15、1.20.11、1.21.5、1.22.2 修复，仅凭次版本号无法得知。1.23 及以后，或未指定版本时，判为通过。',
  },
  references: {
    nist800190: ['4.4.1'],
    aliases: ['k8s-subpath-symlink', 'C-0058'],
    links: ['https://github.com/kubernetes/kubernetes/issues/104980'],
  },
  appliesTo: ({ pod }: KubernetesObject) => subPathsIn(pod).length > 0,

  judge(object, { kubernetesVersion: version }) {
    if (version && isMendedInPart(version)) {
      return unknown(
        {
          en: `It uses subPath, and only some releases of ${version.major}.${version.minor} are safe for that.`,
          zh: `它使用了 subPath，而 ${version.major}.${version.minor} 只有部分发行版对此安全。`,
        },
        {
          en: 'the patch release of every kubelet: 1.19.15, 1.20.11, 1.21.5, 1.22.2 or newer',
          zh: '每个 kubelet 的修订版本：须为 1.19.15、1.20.11、1.21.5、1.22.2 或更新',
        },
      );
    }
    if (since(version, 23)) {
      return pass({
        en: 'Kubelets of this version follow no links there.',
        zh: '该版本的 kubelet 不会在此处跟随链接。',
      });
    }
    return verdictsOn(subPathsIn(object.pod), object, { en: 'It uses no subPath.', zh: '它未使用 subPath。' });
  },

  remedy() {
    return byHand({
      en: 'Bring the nodes to a version that is still maintained. Until then mount whole volumes, one for each purpose.',
      zh: '将节点升级到仍受维护的版本。在此之前请挂载整个卷，每种用途使用单独的卷。',
    });
  },
});

function isMendedInPart(version: KubernetesVersion): boolean {
  return since(version, 19) && !since(version, 23);
}

/** Volumes that the kubelet fills: no container can lay a link there. */
const filled = new Set(['configMap', 'downwardAPI', 'image', 'projected', 'secret']);

function subPathsIn(pod: PodTemplate | undefined): Breach[] {
  if (!pod) return [];
  const safe = new Set(
    volumesIn(pod)
      .filter(({ sources }) => sources.some((source) => filled.has(source)))
      .map(({ name }) => name),
  );
  return podContainers(pod).flatMap((entry) =>
    listIn(entry.value, 'volumeMounts').flatMap((mount, index): Breach[] => {
      if (!isObject(mount) || safe.has(textIn(mount, 'name') ?? '')) return [];
      const key = ['subPath', 'subPathExpr'].find((each) => (textIn(mount, each) ?? '') !== '');
      if (key === undefined) return [];
      const words = containerWords(entry);
      return [
        {
          path: [...entry.path, 'volumeMounts', index, key],
          value: mount[key],
          message: {
            en: `${words.en} uses ${key}, which this version does not guard against links.`,
            zh: `${words.zh} 使用了 ${key}，而该版本未对链接加以防范。`,
          },
        },
      ];
    }),
  );
}
