import { defineControl } from '../../model/control.ts';
import type { KubernetesObject } from '../../model/kubernetes.ts';
import { byHand } from '../../model/remedy.ts';
import { failAt, pass } from '../../model/verdict.ts';
import { accountNameOf, accountsBeside } from './service-account.ts';

/** Clusters make these in every namespace: Kubernetes the first, OpenShift and its pipelines the others. */
const madeByCluster: ReadonlySet<string> = new Set(['default', 'builder', 'deployer', 'pipeline']);

export const kubernetesSaExists = defineControl({
  id: 'kubernetes-sa-exists',
  subject: 'kubernetes-object',
  severity: 'medium',
  title: { en: 'The service account that a pod names exists', zh: 'Pod 指定的服务账户存在' },
  why: {
    en: 'No pod is made while its account is missing: the Deployment looks applied, and nothing runs.',
    zh: '账户不存在时不会创建任何 Pod：Deployment 看似已应用，实际上什么都没有运行。',
  },
  how: {
    en: 'The pod names an account, and ServiceAccounts of its namespace were read together with it, but not this one. Where none was read, nothing is asked: the accounts may be made elsewhere.',
    zh: 'Pod 指定了账户，且一并读取了同一命名空间的 ServiceAccount，但其中没有该账户。若未读到任何账户则不作判断：账户可能在别处创建。',
  },
  references: {
    aliases: ['k8s-sa-exists', 'C-0307', 'kube-linter:non-existent-service-account'],
    links: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
  },
  counterexample: {
    bad: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  serviceAccountName: wep
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
    good: `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  serviceAccountName: web
  containers:
    - name: web
      image: registry.example/shop/web:1.4.2
`,
  },

  appliesTo(object) {
    const { pod, set, namespace } = object;
    if (!pod || madeByCluster.has(accountNameOf(pod))) return false;
    return set.complete || accountsBeside(object).some((account) => account.namespace === namespace);
  },

  judge(object) {
    const name = nameIn(object);
    if (accountsBeside(object).some((account) => account.name === name)) {
      return pass({ en: `The account ${name} was read too.`, zh: `已一并读取账户 ${name}。` });
    }
    return [
      failAt(
        {
          en: `No ServiceAccount ${name} was read, though others of the same namespace were.`,
          zh: `读到了同一命名空间的其他 ServiceAccount，但没有 ${name}。`,
        },
        object.locate(fieldIn(object)),
        name,
      ),
    ];
  },

  remedy(object) {
    const name = nameIn(object);
    const place = object.namespace === undefined ? '' : ` --namespace ${object.namespace}`;
    return byHand({ en: `Create ${name}, or name an account that exists.`, zh: `创建 ${name}，或改用已有的账户。` }, [
      `kubectl create serviceaccount ${name}${place}`,
    ]);
  },
});

function nameIn({ pod }: KubernetesObject): string {
  return pod ? accountNameOf(pod) : 'default';
}

function fieldIn({ pod }: KubernetesObject) {
  const spec = [...(pod?.path ?? []), 'spec'];
  return [...spec, (pod?.spec.serviceAccountName ?? '') === '' ? 'serviceAccount' : 'serviceAccountName'];
}
