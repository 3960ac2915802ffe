import { defineControl } from '../../model/control.ts';
import type { KubernetesObject, PodTemplate } from '../../model/kubernetes.ts';
import { byHand, changeObject } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { accountNameOf, accountsBeside, bindingsOf } from './service-account.ts';
import { holdsWholePod } from './whole-pod.ts';

const field = 'automountServiceAccountToken';

export const kubernetesSaTokenAutomount = defineControl({
  id: 'kubernetes-sa-token-automount',
  subject: 'kubernetes-object',
  severity: {
    usual: 'medium',
    note: {
      en: 'Low where the pod names an account of its own: it was made for something, and may get its rights in a file that was not read.',
      zh: 'Pod 使用专用账户时为低：该账户有其用途，权限可能在未读取的文件中授予。',
    },
    of: ({ pod, set }) => (pod && accountNameOf(pod) !== 'default' && !set.complete ? 'low' : 'medium'),
  },
  title: {
    en: 'Pods that do not use the Kubernetes API get no token for it',
    zh: '不使用 Kubernetes API 的 Pod 不挂载其令牌',
  },
  why: {
    en: 'Whoever breaks into a container finds the token in a file and speaks to the API with it. Most programs never need it.',
    zh: '入侵容器者可从文件中取得令牌，并以此访问 API。大多数程序根本用不到它。',
  },
  how: {
    en: 'automountServiceAccountToken of the pod counts, else that of its ServiceAccount where it was read too, else it is true. A pod passes as well where a binding that was read together with it gives rights to its account: then it evidently uses the API.',
    zh: '以 Pod 的 automountServiceAccountToken 为准；未设置时看一并读取的 ServiceAccount；都未设置则视为 true。若一并读取的绑定赋予其账户权限，说明 Pod 确实使用 API，也判为通过。',
  },
  references: {
    cisKubernetes: ['5.1.6'],
    nist800190: ['4.4.3'],
    aliases: ['k8s-sa-token-automount', 'KSV-0036', 'C-0034', 'C-0190', 'C-0261', 'CKV_K8S_38'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
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
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  automountServiceAccountToken: false
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },
  appliesTo: holdsWholePod,

  judge(object) {
    const { pod } = object;
    const account = pod ? accountNameOf(pod) : 'default';
    if (!pod || !isMounted(object, pod)) {
      return pass({ en: 'Its containers get no token of the API.', zh: '其容器不会得到 API 令牌。' });
    }
    if (bindingsOf(object, account).length > 0) {
      return pass({
        en: `Its account ${account} has rights at the API.`,
        zh: `其账户 ${account} 在 API 上拥有权限。`,
      });
    }
    const value = pod.spec[field] ?? null;
    return [
      failAt(
        {
          en: `Its containers get a token of the account ${account}, and nothing that was read gives rights to it.`,
          zh: `其容器会得到账户 ${account} 的令牌，而所读内容中没有任何绑定赋予该账户权限。`,
        },
        object.locate([...pod.path, 'spec', field]),
        value,
      ),
    ];
  },

  remedy({ pod }) {
    // An account of its own was made for something: the rights may be bound in a file that was not read.
    if (!pod || accountNameOf(pod) !== 'default') {
      return byHand({
        en: `Set ${field}: false in the pod, unless the program calls the Kubernetes API.`,
        zh: `若程序不调用 Kubernetes API，请在 Pod 中设置 ${field}: false。`,
      });
    }
    return changeObject([{ path: [...pod.path, 'spec', field], value: false }], {
      en: 'Mount no token. If the program does call the API, give it an account of its own instead.',
      zh: '不挂载令牌。若程序确实调用 API，请改为使用专用账户。',
    });
  },
});

function isMounted(object: KubernetesObject, pod: PodTemplate): boolean {
  const own = pod.spec[field];
  if (typeof own === 'boolean') return own;
  const name = accountNameOf(pod);
  return !accountsBeside(object).some((account) => account.name === name && account.value[field] === false);
}
