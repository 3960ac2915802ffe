import { defineControl } from '../../model/control.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsStandardPod } from './pod-security-pod.ts';
import { volumesIn } from './pod-security-volume.ts';

/** The admission plugin takes `image` in every version since that kind of volume exists. */
const allowed: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

export const kubernetesPssVolumeTypes = defineControl({
  id: 'kubernetes-pss-volume-types',
  subject: 'kubernetes-object',
  severity: 'low',
  title: {
    en: 'Pod Security Standards: volumes are of the core types',
    zh: 'Pod 安全标准：只使用核心类型的卷',
  },
  why: {
    en: 'Storage that a pod names by itself, such as nfs, iscsi or hostPath, passes by whoever hands out storage in the cluster, and several of its drivers run with rights of the node.',
    zh: 'Pod 自行指定的存储（如 nfs、iscsi、hostPath）绕过了集群的存储管理，其中一些驱动还以节点的权限运行。',
  },
  how: {
    en: 'Restricted, every version: every entry of spec.volumes is a configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret. A volume without a type is an emptyDir.',
    zh: '受限级，所有版本：spec.volumes 的每一项须为 configMap、csi、downwardAPI、emptyDir、ephemeral、image、persistentVolumeClaim、projected 或 secret。未写类型的卷即为 emptyDir。',
  },
  references: {
    nist800190: ['4.4.3'],
    podSecurity: 'restricted',
    aliases: ['k8s-pss-volume-types', 'KSV-0028', 'KSV-0121'],
    links: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
  volumes:
    - name: data
      nfs:
        server: files.shop.example
        path: /web
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: web
`,
  },
  appliesTo: holdsStandardPod,

  judge(object) {
    const breaches = volumesIn(object.pod).flatMap(({ name, sources, path }) => {
      const [first] = sources;
      if (first === undefined || sources.some((source) => allowed.has(source))) return [];
      const message = { en: `The volume ${name} is of the type ${first}.`, zh: `卷 ${name} 的类型为 ${first}。` };
      return [{ path: [...path, first], value: first, message }];
    });
    return verdictsOn(breaches, object, { en: 'Its volumes are of the core types.', zh: '其卷均为核心类型。' });
  },

  remedy() {
    return byHand({
      en: 'Define the storage as a PersistentVolume or through a StorageClass, and name it with a persistentVolumeClaim.',
      zh: '以 PersistentVolume 或 StorageClass 定义存储，再用 persistentVolumeClaim 引用。',
    });
  },
});
