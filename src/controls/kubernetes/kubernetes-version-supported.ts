import { defineControl } from '../../model/control.ts';
import { type KeyPath, valueAt } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass, unknown } from '../../model/verdict.ts';

/** The day on which the project stopped, or will stop, mending a minor version 1.x. */
const endOfLife: ReadonlyMap<number, string> = new Map([
  [30, '2025-06-28'],
  [31, '2025-10-28'],
  [32, '2026-02-28'],
  [33, '2026-06-28'],
  [34, '2026-10-27'],
  [35, '2027-02-28'],
  [36, '2027-06-28'],
]);
const oldestListed = Math.min(...endOfLife.keys());

/** Where objects that set up clusters say which version they want. */
const places: readonly { readonly group: string; readonly kind: string; readonly path: KeyPath }[] = [
  { group: 'kubeadm.k8s.io', kind: 'ClusterConfiguration', path: ['kubernetesVersion'] },
  { group: 'controlplane.cluster.x-k8s.io', kind: 'KubeadmControlPlane', path: ['spec', 'version'] },
  { group: 'cluster.x-k8s.io', kind: 'Cluster', path: ['spec', 'topology', 'version'] },
  { group: 'cluster.x-k8s.io', kind: 'MachineDeployment', path: ['spec', 'template', 'spec', 'version'] },
  { group: 'kops.k8s.io', kind: 'Cluster', path: ['spec', 'kubernetesVersion'] },
];

export const kubernetesVersionSupported = defineControl({
  id: 'kubernetes-version-supported',
  subject: 'kubernetes-object',
  severity: 'high',
  title: { en: 'The version of Kubernetes is still mended', zh: 'Kubernetes 版本仍在维护期内' },
  why: {
    en: 'A version gets corrections for about fourteen months. What is found later stays open in it, and is known to everybody.',
    zh: '每个版本约维护十四个月。此后发现的漏洞在该版本中不再修复，且人尽皆知。',
  },
  how: {
    en: "Reads the version from the objects that set up clusters: kubeadm's ClusterConfiguration, Cluster API and kOps. Compares its minor version with the days on which the project's support ends. Versions that are newer than the list are unknown. What vendors mend for longer is not taken into account.",
    zh: '从用于搭建集群的对象（kubeadm 的 ClusterConfiguration、Cluster API、kOps）读取版本，将其次版本与项目的停止支持日期比对。比清单更新的版本为未知。厂商的延长支持不计在内。',
  },
  references: {
    nist800190: ['4.3.5'],
    aliases: ['k8s-version-supported', 'C-0273'],
    links: ['https://kubernetes.io/releases/'],
  },
  counterexample: { bad: sample('v1.24.3'), good: sample('v1.35.2') },
  appliesTo: (object) => versionIn(object) !== undefined,

  judge(object, { now }) {
    const found = versionIn(object);
    const end = found && (endOfLife.get(found.minor) ?? (found.minor < oldestListed ? '' : undefined));
    if (!found || end === undefined) {
      return unknown(
        { en: 'The version is newer than the list of versions.', zh: '该版本比内置的版本清单更新。' },
        { en: 'a newer release of Plimsoll', zh: '请使用更新的 Plimsoll 版本' },
        { source: 'file', path: 'version', value: found?.text ?? null },
      );
    }
    if (end > now.toISOString())
      return pass({ en: `${found.text} is mended until ${end}.`, zh: `${found.text} 维护至 ${end}。` });
    const since =
      end === ''
        ? { en: 'is no longer mended', zh: '已停止维护' }
        : { en: `is no longer mended since ${end}`, zh: `自 ${end} 起停止维护` };
    const message = { en: `${found.text} ${since.en}.`, zh: `${found.text} ${since.zh}。` };
    return failAt(message, object.locate(found.path), found.text);
  },

  remedy() {
    return byHand({
      en: 'Upgrade one minor version at a time: first the control plane, then the nodes.',
      zh: '逐个次版本升级：先控制平面，后节点。',
    });
  },
});

interface WantedVersion {
  readonly text: string;
  readonly minor: number;
  readonly path: KeyPath;
}

function versionIn({ group, kind, value }: KubernetesObject): WantedVersion | undefined {
  const place = places.find((each) => each.group === group && each.kind === kind);
  const text = place && valueAt(value, place.path);
  const minor = typeof text === 'string' ? /^v?1\.(?<minor>\d+)(?:\.|$)/.exec(text)?.groups?.minor : undefined;
  return place && typeof text === 'string' && minor !== undefined
    ? { text, minor: Number(minor), path: place.path }
    : undefined;
}

function sample(version: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: ${version}
`;
}
