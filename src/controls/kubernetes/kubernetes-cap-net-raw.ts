import { normaliseCapability } from '../../model/capability.ts';
import { defineControl } from '../../model/control.ts';
import { type JsonValue, listIn, objectIn } from '../../model/json.ts';
import type { PodTemplate } from '../../model/kubernetes.ts';
import { changeObject, type FieldChange } from '../../model/remedy.ts';
import { type Breach, verdictsOn } from './pod-security-breach.ts';
import { withoutEntries } from './pod-security-list.ts';
import { containerWords } from './security-context.ts';
import { holdsLinuxPod, wholeContainers } from './workload-pod.ts';

export const kubernetesCapNetRaw = defineControl({
  id: 'kubernetes-cap-net-raw',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'No container can send raw packets', zh: '容器无法发送原始数据包' },
  why: {
    en: 'NET_RAW is in the default set of most runtimes. With it a compromised container can forge ARP and DNS answers and so read or redirect the traffic of other pods on its node.',
    zh: '多数运行时的默认集合都含有 NET_RAW。被攻陷的容器可借此伪造 ARP 与 DNS 应答，从而窃听或劫持同一节点上其他 Pod 的流量。',
  },
  how: {
    en: 'capabilities.drop of every container names ALL or NET_RAW, and capabilities.add does not name NET_RAW.',
    zh: '每个容器的 capabilities.drop 须包含 ALL 或 NET_RAW，且 capabilities.add 不得包含 NET_RAW。',
  },
  references: {
    cisKubernetes: ['5.2.8'],
    nist800190: ['4.4.3'],
    aliases: [
      'k8s-cap-net-raw',
      'KSV-0119',
      'C-0199',
      'CKV_K8S_7',
      'CKV_K8S_28',
      'kube-linter:drop-net-raw-capability',
    ],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
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
      securityContext:
        capabilities:
          drop: [MKNOD]
          add: [NET_RAW, CHOWN]
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
      securityContext:
        capabilities:
          drop: [MKNOD, NET_RAW]
          add: [CHOWN]
`,
  },
  appliesTo: holdsLinuxPod,

  judge(object) {
    const breaches = holdersIn(object.pod).flatMap(breachesOf);
    return verdictsOn(breaches, object, {
      en: 'None of its containers can get NET_RAW.',
      zh: '其容器均无法取得 NET_RAW。',
    });
  },

  remedy({ pod }) {
    return changeObject(holdersIn(pod).flatMap(changesOf), {
      en: 'Drop NET_RAW. A ping without it works where the node sets net.ipv4.ping_group_range, as most runtimes do for pods.',
      zh: '丢弃 NET_RAW。没有它也能使用 ping，前提是设置了 net.ipv4.ping_group_range，多数运行时会为 Pod 设置。',
    });
  },
});

type Holder = ReturnType<typeof holdersIn>[number];

function holdersIn(pod: PodTemplate | undefined) {
  return wholeContainers(pod).map((entry) => {
    const capabilities = objectIn(entry.value, 'securityContext').capabilities ?? {};
    return {
      words: containerWords(entry),
      path: [...entry.path, 'securityContext', 'capabilities'],
      add: listIn(capabilities, 'add'),
      drop: listIn(capabilities, 'drop'),
    };
  });
}

function breachesOf({ words, path, add, drop }: Holder): Breach[] {
  const added = add.flatMap((value, index) =>
    isRaw(value)
      ? [
          {
            path: [...path, 'add', index],
            value,
            message: { en: `${words.en} adds NET_RAW.`, zh: `${words.zh} 添加了 NET_RAW。` },
          },
        ]
      : [],
  );
  if (added.length > 0 || drop.some(dropsRaw)) return added;
  return [
    {
      path: [...path, 'drop'],
      value: drop.length === 0 ? undefined : drop,
      message: { en: `${words.en} does not drop NET_RAW.`, zh: `${words.zh} 未丢弃 NET_RAW。` },
    },
  ];
}

function changesOf({ path, add, drop }: Holder): FieldChange[] {
  const dropped = drop.some(dropsRaw)
    ? []
    : drop.length === 0
      ? [{ path: [...path, 'drop'], value: ['NET_RAW'] }]
      : [{ path: [...path, 'drop', drop.length], value: 'NET_RAW' }];
  return [...dropped, ...withoutEntries([...path, 'add'], add, isRaw)];
}

function isRaw(value: JsonValue): boolean {
  return typeof value === 'string' && normaliseCapability(value) === 'NET_RAW';
}

function dropsRaw(value: JsonValue): boolean {
  return isRaw(value) || (typeof value === 'string' && normaliseCapability(value) === 'ALL');
}
