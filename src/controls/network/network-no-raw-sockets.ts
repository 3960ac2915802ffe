import { defineControl } from '../../model/control.ts';
import { changeSpec } from '../../model/remedy.ts';
import { fail, pass } from '../../model/verdict.ts';
import { boundingCapabilities, fieldGiving, withoutCapabilities } from '../container/obtainable-capabilities.ts';

const raw = 'NET_RAW';

export const networkNoRawSockets = defineControl({
  id: 'network-no-raw-sockets',
  subject: 'container',
  severity: 'medium',
  title: { en: 'The container cannot send raw packets', zh: '容器无法发送原始数据包' },
  why: {
    en: 'NET_RAW is in the default set of most engines. With it a compromised container can forge ARP and DNS answers, and so read or redirect the traffic of every other container on its network.',
    zh: '多数引擎的默认集合都含有 NET_RAW。被攻陷的容器可借此伪造 ARP 与 DNS 应答，从而窃听或劫持同一网络上其他容器的流量。',
  },
  how: {
    en: 'The bounding set that the kernel shows for a running container, else what the specification yields, must not hold NET_RAW: a process that docker exec starts as root has all of it. A stopped container of Podman, which does not give it by default, fails only where it is added.',
    zh: '运行中的容器以内核给出的 bounding 集合为准，其余以配置推算的结果为准，其中不得含有 NET_RAW：以 root 执行 docker exec 启动的进程会拥有其中的全部。Podman 默认不授予该项，其已停止的容器仅在显式加入时判为未通过。',
  },
  references: {
    cisDocker: ['5.4'],
    cisKubernetes: ['5.2.8'],
    nist800190: ['4.4.2'],
    aliases: [
      'k8s-cap-net-raw',
      'KSV-0119',
      'C-0199',
      'CKV_K8S_7',
      'CKV_K8S_28',
      'kube-linter:drop-net-raw-capability',
    ],
    links: [
      'https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities',
      'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
    ],
  },
  counterexample: { capabilities: { drop: [] } },

  judge(container, { machine }) {
    const { names, evidence } = boundingCapabilities(container);
    const field = fieldGiving(container, [raw], 'capabilities.drop');
    const isGivenUnasked = !container.effective?.capabilities.known && field === 'capabilities.drop';
    if (!names.has(raw) || (isGivenUnasked && machine?.engine.kind === 'podman')) {
      return pass({ en: 'No process in it can get NET_RAW.', zh: '容器内没有进程能够取得 NET_RAW。' }, evidence);
    }
    return fail(
      { en: 'A process in it has or can get NET_RAW.', zh: '容器内的进程拥有或可以取得 NET_RAW。' },
      evidence,
      field,
    );
  },

  remedy(container) {
    return changeSpec(withoutCapabilities(container, [raw]), {
      en: 'Drop NET_RAW. A ping works without it where net.ipv4.ping_group_range is open, as Docker from 20.10 and most runtimes of pods leave it.',
      zh: '丢弃 NET_RAW。只要 net.ipv4.ping_group_range 开放，没有它也能使用 ping；Docker 20.10 起及多数 Pod 运行时均如此设置。',
    });
  },
});
