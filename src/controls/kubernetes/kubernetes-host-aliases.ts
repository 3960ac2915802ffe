import { defineControl } from '../../model/control.ts';
import { listIn, textIn } from '../../model/json.ts';
import { byHand } from '../../model/remedy.ts';
import { verdictsOn } from './pod-security-breach.ts';
import { holdsPod } from './workload-pod.ts';

export const kubernetesHostAliases = defineControl({
  id: 'kubernetes-host-aliases',
  subject: 'kubernetes-object',
  severity: 'low',
  title: {
    en: 'Names are resolved by DNS, not by entries in the hosts file',
    zh: '名称由 DNS 解析，而非写入 hosts 文件',
  },
  why: {
    en: 'hostAliases outranks DNS for every program in the pod. An entry leads names to an address that nobody watches any more, and whoever may write the manifest can lead them astray.',
    zh: '对 Pod 内的所有程序而言，hostAliases 优先于 DNS。条目会把名称指向早已无人维护的地址，能修改清单的人也可借此把流量引向别处。',
  },
  how: { en: 'spec.hostAliases of the pod is absent or empty.', zh: 'Pod 的 spec.hostAliases 须未设置或为空。' },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-host-aliases', 'KSV-0007'],
    links: ['https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  hostAliases:
    - ip: 192.0.2.7
      hostnames: [db.shop.example]
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsPod,

  judge(object) {
    const { pod } = object;
    const breaches = (pod ? listIn(pod.spec, 'hostAliases') : []).map((alias, index) => {
      const address = textIn(alias, 'ip') ?? '';
      return {
        path: [...(pod?.path ?? []), 'spec', 'hostAliases', index],
        value: address,
        message: {
          en: `The hosts file of the pod gets an entry for ${address}.`,
          zh: `Pod 的 hosts 文件被加入了指向 ${address} 的条目。`,
        },
      };
    });
    return verdictsOn(breaches, object, {
      en: 'Nothing is added to its hosts file.',
      zh: '其 hosts 文件未被添加条目。',
    });
  },

  remedy() {
    return byHand({
      en: 'Give the name to DNS: a Service with an EndpointSlice for an address, or of the type ExternalName for another name. Then take hostAliases away.',
      zh: '把名称交给 DNS：地址用带 EndpointSlice 的 Service，其他名称用 ExternalName 类型的 Service。然后去掉 hostAliases。',
    });
  },
});
