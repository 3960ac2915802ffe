import { defineControl } from '../../model/control.ts';
import { type JsonObject, type KeyPath, objectIn, textIn, valueAt } from '../../model/json.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { notApplicable } from '../../model/verdict.ts';
import { verdictsOn } from './pod-security-breach.ts';

export const kubernetesRuntimeclassUntrusted = defineControl({
  id: 'kubernetes-runtimeclass-untrusted',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: {
    en: 'Programs that nobody trusts run in a sandboxed runtime',
    zh: '不受信任的程序在沙箱运行时中运行',
  },
  why: {
    en: 'Code of customers and of agents is hostile sooner or later, and in an ordinary container one flaw of the kernel is enough to leave it. gVisor and Kata put a second wall there.',
    zh: '客户代码和智能体代码迟早会有恶意的，而在普通容器中，一个内核漏洞就足以逃逸。gVisor 和 Kata 在此多设了一道屏障。',
  },
  how: {
    en: 'runtimeClassName is set for the pod of a Sandbox or SandboxTemplate of the agent-sandbox project, and for every pod that carries one of the listed labels. Which runtime stands behind the class is not judged.',
    zh: 'agent-sandbox 项目的 Sandbox、SandboxTemplate 的 Pod，以及带有所列标签之一的 Pod，均须设置 runtimeClassName。不判断该类背后是哪种运行时。',
  },
  references: {
    nist800190: ['4.4.3'],
    aliases: ['k8s-runtimeclass-untrusted', 'C-0297', 'C-0242'],
    links: ['https://kubernetes.io/docs/concepts/containers/runtime-class/', 'https://agent-sandbox.sigs.k8s.io/'],
  },
  parameters: {
    labels: {
      default: ['untrusted=true', 'trust=untrusted'] as readonly string[],
      description: {
        en: 'Labels of pods that nobody trusts, as name=value; a name after a prefix counts as well.',
        zh: '不受信任 Pod 的标签，写作 名称=值；带前缀的名称同样适用。',
      },
    },
  },
  counterexample: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: runner
  labels:
    shop.example/untrusted: 'true'
spec:
  containers:
    - name: runner
      image: registry.example/shop/runner:1.4.2
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: runner
  labels:
    shop.example/untrusted: 'true'
spec:
  runtimeClassName: gvisor
  containers:
    - name: runner
      image: registry.example/shop/runner:1.4.2
`,
  },
  appliesTo: (object) => podIn(object) !== undefined,

  judge(object, { parameters: { labels } }) {
    const found = podIn(object);
    if (!found) return [];
    if (!found.isSandbox && !isUntrusted(found.labels, labels)) {
      return notApplicable({ en: 'Nothing says that it is not to be trusted.', zh: '没有迹象表明它不受信任。' });
    }
    const path = [...found.path, 'spec', 'runtimeClassName'];
    const name = valueAt(object.value, path);
    const message = {
      en: 'It runs in the ordinary runtime of its node.',
      zh: '它在节点的普通运行时中运行。',
    };
    const isSet = name !== undefined && name !== null && name !== '';
    return verdictsOn(isSet ? [] : [{ path, value: name, message }], object, {
      en: 'It names a runtime class.',
      zh: '它指定了运行时类。',
    });
  },

  remedy() {
    return byHand(
      {
        en: 'Name a runtime class of the cluster that stands for gVisor, Kata or the like.',
        zh: '指定集群中对应 gVisor、Kata 等沙箱的运行时类。',
      },
      ['kubectl get runtimeclasses'],
      'recreate',
    );
  },
});

interface FoundPod {
  readonly path: KeyPath;
  readonly labels: JsonObject;
  readonly isSandbox: boolean;
}

/** The pod of an object. Sandboxes hold theirs where no other kind does. */
function podIn({ group, kind, pod }: KubernetesObject): FoundPod | undefined {
  const isSandbox = /(?:^|\.)agents\.x-k8s\.io$/.test(group) && (kind === 'Sandbox' || kind === 'SandboxTemplate');
  if (isSandbox) return { path: ['spec', 'podTemplate'], labels: {}, isSandbox };
  return pod && { path: pod.path, labels: objectIn(pod.metadata, 'labels'), isSandbox };
}

function isUntrusted(labels: JsonObject, listed: readonly string[]): boolean {
  return Object.keys(labels).some((name) => {
    const value = textIn(labels, name) ?? '';
    return [name, name.slice(name.lastIndexOf('/') + 1)].some((each) => listed.includes(`${each}=${value}`));
  });
}
